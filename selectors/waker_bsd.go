//go:build unix && !linux

package selectors

import (
	"errors"
	"sync/atomic"
	"syscall"

	"golang.org/x/sys/unix"
)

// A waker is a descriptor that becomes readable when wake is called: a pipe.
type waker struct {
	r, w    int
	pending atomic.Bool
}

func newWaker() (*waker, error) {
	var p [2]int
	syscall.ForkLock.RLock() // not every system has pipe2
	err := unix.Pipe(p[:])
	if err == nil {
		unix.CloseOnExec(p[0])
		unix.CloseOnExec(p[1])
	}
	syscall.ForkLock.RUnlock()
	if err != nil {
		return nil, err
	}
	w := &waker{r: p[0], w: p[1]}
	if err := errors.Join(unix.SetNonblock(w.r, true), unix.SetNonblock(w.w, true)); err != nil {
		w.close()
		return nil, err
	}
	return w, nil
}

func (w *waker) fd() int { return w.r }

func (w *waker) wake() {
	if !w.pending.Swap(true) {
		unix.Write(w.w, []byte{0})
	}
}

// drain takes the wakes back. What was said before each of them is visible after it.
func (w *waker) drain() {
	var b [64]byte
	unix.Read(w.r, b[:])
	w.pending.Store(false)
}

func (w *waker) close() error { return errors.Join(unix.Close(w.r), unix.Close(w.w)) }
