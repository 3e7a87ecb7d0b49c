package selectors

import (
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// Inner doors for the tests.

// KernelHas asks the epoll object itself whether it still knows fd.
func (s *Selector) KernelHas(fd int) bool {
	return s.b.(*epollWaiter).ep.ctl(unix.EPOLL_CTL_MOD, fd, EpollIn, 0) == nil
}

// Parks reports whether a wait parks its goroutine.
func (s *Selector) Parks() bool {
	s.wait.Lock()
	defer s.wait.Unlock()
	return s.parks()
}

// NewFakeKqueue returns a selector with the backend of macOS and the BSDs over an imitation
// of a kqueue.
func NewFakeKqueue() (*Selector, *FakeKqueue, error) {
	s := &Selector{}
	var err error
	if s.wk, err = newWaker(); err != nil {
		return nil, nil, err
	}
	kq := &FakeKqueue{watched: map[kqKey]Kevent{}}
	if kq.change, err = newWaker(); err != nil {
		return nil, nil, err
	}
	if s.b, err = newKqueueWaiter(kq, filters{-1, -2}, s.wk.fd()); err != nil {
		return nil, nil, err
	}
	s.kind = s.b.traits()
	return s, kq, nil
}

type kqKey struct {
	ident  uint64
	filter int32
}

// A FakeKqueue does by poll what a kqueue does for its two filters of reading and writing,
// level-triggered: each filter of a descriptor is an event of its own, and a closed
// descriptor is forgotten.
type FakeKqueue struct {
	mu      sync.Mutex
	watched map[kqKey]Kevent
	change  *waker
	// Changes are those that were asked for.
	Changes []Kevent
}

func (k *FakeKqueue) fileno() int  { return -1 }
func (k *FakeKqueue) close() error { return k.change.close() }

func (k *FakeKqueue) apply(c Kevent) error {
	if _, err := unix.FcntlInt(uintptr(c.Ident), unix.F_GETFD, 0); err != nil {
		return syscall.EBADF
	}
	key := kqKey{c.Ident, c.Filter}
	_, there := k.watched[key]
	switch {
	case c.Flags&evDelete != 0 && !there:
		return syscall.ENOENT
	case c.Flags&evDelete != 0:
		delete(k.watched, key)
	default:
		k.watched[key] = c
	}
	return nil
}

func (k *FakeKqueue) kevent(changes, events []Kevent, d time.Duration) (int, error) {
	k.mu.Lock()
	for _, c := range changes {
		k.Changes = append(k.Changes, c)
		if err := k.apply(c); err != nil {
			k.mu.Unlock()
			return 0, err
		}
	}
	k.mu.Unlock()
	if len(changes) > 0 {
		k.change.wake()
	}
	if len(events) == 0 {
		return 0, nil
	}
	n := 0
	err := untilTimeout(d, func(d time.Duration) (err error) {
		n, err = k.wait(events, d)
		if n == 0 && err == nil {
			err = syscall.EINTR // it was changed: again
		}
		if err == syscall.EINTR && d <= 0 {
			err = nil
		}
		return err
	})
	return n, err
}

func (k *FakeKqueue) wait(events []Kevent, d time.Duration) (n int, err error) {
	k.mu.Lock()
	fds := []unix.PollFd{{Fd: int32(k.change.fd()), Events: unix.POLLIN}}
	asked := []Kevent{{}}
	for _, c := range k.watched {
		mask := int16(unix.POLLIN)
		if c.Filter == -2 {
			mask = unix.POLLOUT
		}
		fds, asked = append(fds, unix.PollFd{Fd: int32(c.Ident), Events: mask}), append(asked, c)
	}
	k.mu.Unlock()
	if _, err := unix.Poll(fds, milliseconds(d)); err != nil {
		return 0, err
	}
	if fds[0].Revents != 0 {
		k.change.drain()
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	for i, f := range fds[1:] {
		c := asked[i+1]
		if f.Revents&unix.POLLNVAL != 0 {
			delete(k.watched, kqKey{c.Ident, c.Filter})
		} else if f.Revents != 0 && n < len(events) {
			events[n] = c
			n++
		}
	}
	return n, nil
}
