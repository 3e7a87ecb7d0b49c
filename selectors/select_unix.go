//go:build unix

package selectors

import (
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// PipeBuf is how many bytes a pipe that is ready to write takes at once, at least:
// `PIPE_BUF`.
const PipeBuf = pipeBuf

// Select waits until one of the objects is ready to read, to write, or in an exceptional
// state (urgent data), and returns those that are: `select.select`. The objects are as
// [Selector.Register] has them. It waits no longer than timeout, which may be Forever. A
// descriptor of 1,024 or more is ErrDescriptor; a closed number is EBADF. A wait holds a
// thread; a signal does not end it.
func Select[T any](read, write, except []T, timeout time.Duration) (r, w, x []T, err error) {
	lists := [3][]T{read, write, except}
	var fds [3][]int
	var want fdSets
	for i, list := range lists {
		for _, obj := range list {
			fd, _, err := resolve(obj)
			if err == nil && fd >= unix.FD_SETSIZE {
				err = ErrDescriptor
			}
			if err != nil {
				return nil, nil, nil, opError("select", fd, err)
			}
			want.sets[i].Set(fd)
			want.n = max(want.n, fd+1)
			fds[i] = append(fds[i], fd)
		}
	}
	var got fdSets
	err = untilTimeout(timeout, func(d time.Duration) error {
		got = want
		return got.wait(d)
	})
	if err != nil {
		return nil, nil, nil, opError("select", -1, err)
	}
	var out [3][]T
	for i, list := range lists {
		for j, fd := range fds[i] {
			if got.sets[i].IsSet(fd) {
				out[i] = append(out[i], list[j])
			}
		}
	}
	return out[0], out[1], out[2], nil
}

// fdSets are the three sets of select: to read, to write, exceptional.
type fdSets struct {
	sets [3]unix.FdSet
	n    int // one more than the largest descriptor
}

func (s *fdSets) wait(d time.Duration) error {
	var tv *unix.Timeval
	if d != Forever {
		// Rounded up, as in CPython.
		t := unix.NsecToTimeval(int64(max(0, min(d, 1<<62))) + 999)
		tv = &t
	}
	_, err := unix.Select(s.n, &s.sets[0], &s.sets[1], &s.sets[2], tv)
	return err
}

// A selectWaiter is the backend over select. A wait works on a copy of the sets.
type selectWaiter struct {
	mu   sync.Mutex
	want fdSets
	gens [unix.FD_SETSIZE]uint32 // 0: not registered

	got  fdSets
	work [unix.FD_SETSIZE]uint32
	from int // where to look first, so that all have their turn
}

func newSelectWaiter(wake int) (*selectWaiter, error) {
	w := &selectWaiter{}
	return w, w.add(wake, Read, wakeGen)
}

func (w *selectWaiter) kind() Backend   { return BackendSelect }
func (w *selectWaiter) supports() Event { return Read | Write | Priority | OneShot }
func (w *selectWaiter) fileno() int     { return -1 }
func (w *selectWaiter) close() error    { return nil }
func (w *selectWaiter) traits() traits  { return traits{interrupts: true} }

func (w *selectWaiter) add(fd int, ev Event, gen uint32) error {
	if fd >= unix.FD_SETSIZE { // FdSet.Set would write beyond it
		return ErrDescriptor
	}
	if _, err := unix.FcntlInt(uintptr(fd), unix.F_GETFD, 0); err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.set(fd, ev)
	w.gens[fd] = gen
	w.want.n = max(w.want.n, fd+1)
	return nil
}

func (w *selectWaiter) set(fd int, ev Event) {
	for i, bit := range [...]Event{Read, Write, Priority} {
		if ev&bit != 0 {
			w.want.sets[i].Set(fd)
		} else {
			w.want.sets[i].Clear(fd)
		}
	}
}

func (w *selectWaiter) modify(fd int, _, ev Event, gen uint32) error {
	if ev&ready == 0 {
		return w.remove(fd, ev)
	}
	return w.add(fd, ev, gen)
}

func (w *selectWaiter) remove(fd int, _ Event) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.gens[fd] == 0 {
		return syscall.ENOENT
	}
	w.set(fd, 0)
	w.gens[fd] = 0
	for w.want.n > 0 && w.gens[w.want.n-1] == 0 {
		w.want.n--
	}
	return nil
}

func (w *selectWaiter) collect(dst []event, limit int, d time.Duration) ([]event, error) {
	for {
		w.mu.Lock()
		w.got = w.want
		copy(w.work[:w.got.n], w.gens[:w.got.n])
		w.mu.Unlock()
		err := w.got.wait(d)
		if err == nil {
			break
		}
		if err != unix.EBADF {
			return dst, err
		}
		w.dropClosed()
	}
	start, n, first := len(dst), w.got.n, w.from
	for k := range n {
		fd := (first + k) % n
		if len(dst)-start == limit {
			w.from = fd
			break
		}
		var is Event
		for i, bit := range [...]Event{Read, Write, Priority} {
			if w.got.sets[i].IsSet(fd) {
				is |= bit
			}
		}
		if is != 0 {
			dst = append(dst, event{int32(fd), w.work[fd], is})
		}
	}
	return dst, nil
}

// dropClosed takes out the descriptors that are no longer open, for which select would fail.
func (w *selectWaiter) dropClosed() {
	for fd := range w.got.n {
		if w.work[fd] == 0 {
			continue
		}
		if _, err := unix.FcntlInt(uintptr(fd), unix.F_GETFD, 0); err != unix.EBADF {
			continue
		}
		w.mu.Lock()
		if w.gens[fd] == w.work[fd] {
			w.set(fd, 0)
		}
		w.mu.Unlock()
	}
}
