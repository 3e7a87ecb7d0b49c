package selectors

import (
	"sync/atomic"

	"golang.org/x/sys/unix"
)

// A waker is a descriptor that becomes readable when wake is called.
type waker struct {
	event   int
	pending atomic.Bool
}

func newWaker() (*waker, error) {
	fd, err := unix.Eventfd(0, unix.EFD_CLOEXEC|unix.EFD_NONBLOCK)
	return &waker{event: fd}, err
}

func (w *waker) fd() int { return w.event }

func (w *waker) wake() {
	if !w.pending.Swap(true) {
		unix.Write(w.event, []byte{1, 1, 1, 1, 1, 1, 1, 1})
	}
}

// drain takes the wakes back. What was said before each of them is visible after it.
func (w *waker) drain() {
	var n [8]byte
	unix.Read(w.event, n[:])
	w.pending.Store(false)
}

func (w *waker) close() error { return unix.Close(w.event) }
