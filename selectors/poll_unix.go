//go:build unix

package selectors

import (
	"sync"
	"time"

	"golang.org/x/sys/unix"
)

// PollMask is a set of the events of poll: the POLL constants.
type PollMask int16

// The events of poll.
const (
	PollIn   PollMask = unix.POLLIN   // data to read: `POLLIN`
	PollPri  PollMask = unix.POLLPRI  // urgent data: `POLLPRI`
	PollOut  PollMask = unix.POLLOUT  // ready to write: `POLLOUT`
	PollErr  PollMask = unix.POLLERR  // an error; always told: `POLLERR`
	PollHup  PollMask = unix.POLLHUP  // hung up; always told: `POLLHUP`
	PollNVal PollMask = unix.POLLNVAL // not open; always told: `POLLNVAL`
)

// A PollEvent is a descriptor with what it is ready for.
type PollEvent struct {
	FD   int
	Mask PollMask
}

// A Poll is a set of descriptors for the call poll: `select.poll`. Its zero value is
// empty and ready for use. It knows numbers alone, and a wait holds a thread. Its methods
// may be called concurrently; those that change the set wait for a Poll to end.
type Poll struct {
	mu  sync.Mutex
	set pollSet
}

// Register watches obj, an object or number as [Selector.Register] has it; one that is
// watched already gets the new mask: `register`.
func (p *Poll) Register(obj any, mask PollMask) error {
	fd, _, err := resolve(obj)
	if err != nil {
		return opError("register", fd, err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.set.put(fd, int16(mask), 0)
	return nil
}

// Modify changes the mask: `modify`. What is not watched is ENOENT, as in Python.
func (p *Poll) Modify(obj any, mask PollMask) error {
	fd, _, err := resolve(obj)
	p.mu.Lock()
	defer p.mu.Unlock()
	if err == nil && !p.set.has(fd) {
		err = unix.ENOENT
	}
	if err == nil {
		p.set.put(fd, int16(mask), 0)
	}
	return opError("modify", fd, err)
}

// Unregister watches obj no more: `unregister`. What is not watched is ErrNotRegistered.
func (p *Poll) Unregister(obj any) error {
	fd, _, err := resolve(obj)
	p.mu.Lock()
	defer p.mu.Unlock()
	if err == nil && !p.set.remove(fd) {
		err = ErrNotRegistered
	}
	return opError("unregister", fd, err)
}

// Poll waits until something is ready, at most for timeout, which may be Forever: `poll`. A
// timeout of zero or less does not wait; Python's is endless below zero. A signal does not end
// the wait.
func (p *Poll) Poll(timeout time.Duration) ([]PollEvent, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	err := untilTimeout(timeout, func(d time.Duration) error {
		_, err := sysPoll(p.set.fds, d)
		return err
	})
	if err != nil {
		return nil, opError("poll", -1, err)
	}
	var out []PollEvent
	for _, f := range p.set.fds {
		if f.Revents != 0 {
			out = append(out, PollEvent{int(f.Fd), PollMask(f.Revents)})
		}
	}
	return out, nil
}

func sysPoll(fds []unix.PollFd, d time.Duration) (int, error) {
	return unix.Poll(fds, milliseconds(d))
}
