//go:build unix

package selectors

import (
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// A pollSet is an array for poll that is searched by descriptor.
type pollSet struct {
	fds  []unix.PollFd
	gens []uint32
	at   map[int]int
}

func (p *pollSet) has(fd int) bool {
	_, ok := p.at[fd]
	return ok
}

// put adds fd, or changes what it is asked for.
func (p *pollSet) put(fd int, mask int16, gen uint32) {
	if p.at == nil {
		p.at = map[int]int{}
	}
	i, ok := p.at[fd]
	if !ok {
		i = len(p.fds)
		p.at[fd] = i
		p.fds, p.gens = append(p.fds, unix.PollFd{}), append(p.gens, 0)
	}
	p.fds[i], p.gens[i] = unix.PollFd{Fd: int32(fd), Events: mask}, gen
}

// remove puts the last one in the place of fd.
func (p *pollSet) remove(fd int) bool {
	i, ok := p.at[fd]
	if !ok {
		return false
	}
	last := len(p.fds) - 1
	p.fds[i], p.gens[i] = p.fds[last], p.gens[last]
	p.at[int(p.fds[i].Fd)] = i
	p.fds, p.gens = p.fds[:last], p.gens[:last]
	delete(p.at, fd)
	return true
}

// A pollWaiter is the backend over poll. A wait works on a copy of the set.
type pollWaiter struct {
	mu    sync.Mutex
	set   pollSet
	dirty bool

	fds  []unix.PollFd
	gens []uint32
	from int // where to look first, so that all have their turn
}

func newPollWaiter(wake int) *pollWaiter {
	w := &pollWaiter{dirty: true}
	w.set.put(wake, unix.POLLIN, wakeGen)
	return w
}

func (w *pollWaiter) kind() Backend  { return BackendPoll }
func (w *pollWaiter) fileno() int    { return -1 }
func (w *pollWaiter) close() error   { return nil }
func (w *pollWaiter) traits() traits { return traits{interrupts: true} }

func (w *pollWaiter) supports() Event {
	if pollReadHangup == 0 {
		return Read | Write | Priority | OneShot
	}
	return Read | Write | Priority | ReadHangup | OneShot
}

// pollMask is what to ask poll for.
func pollMask(ev Event) (m int16) {
	if ev&Read != 0 {
		m |= unix.POLLIN
	}
	if ev&Write != 0 {
		m |= unix.POLLOUT
	}
	if ev&Priority != 0 {
		m |= unix.POLLPRI
	}
	if ev&ReadHangup != 0 {
		m |= pollReadHangup
	}
	return m
}

// pollReadiness is what an answer of poll means, as readiness has it for epoll.
func pollReadiness(m int16) (ev Event) {
	if m&(unix.POLLERR|unix.POLLHUP|unix.POLLNVAL) != 0 {
		ev = Read | Write
	}
	if m&(unix.POLLIN|pollReadHangup) != 0 {
		ev |= Read
	}
	if m&unix.POLLOUT != 0 {
		ev |= Write
	}
	if m&unix.POLLPRI != 0 {
		ev |= Priority
	}
	if m&(pollReadHangup|unix.POLLHUP) != 0 {
		ev |= ReadHangup
	}
	return ev
}

func (w *pollWaiter) add(fd int, ev Event, gen uint32) error {
	if _, err := unix.FcntlInt(uintptr(fd), unix.F_GETFD, 0); err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.set.put(fd, pollMask(ev), gen)
	w.dirty = true
	return nil
}

func (w *pollWaiter) modify(fd int, _, ev Event, gen uint32) error {
	if ev&ready == 0 { // poll would tell errors and hang-ups all the same
		return w.remove(fd, ev)
	}
	return w.add(fd, ev, gen)
}

func (w *pollWaiter) remove(fd int, _ Event) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.dirty = true
	if !w.set.remove(fd) {
		return syscall.ENOENT
	}
	return nil
}

func (w *pollWaiter) collect(dst []event, limit int, d time.Duration) ([]event, error) {
	w.mu.Lock()
	if w.dirty {
		w.fds, w.gens = append(w.fds[:0], w.set.fds...), append(w.gens[:0], w.set.gens...)
		w.dirty = false
	}
	w.mu.Unlock()
	n, err := sysPoll(w.fds, d)
	if err != nil {
		return dst, err
	}
	start := len(dst)
	first := w.from
	for k := range w.fds {
		i := (first + k) % len(w.fds)
		if n == 0 {
			break
		}
		if len(dst)-start == limit {
			w.from = i
			break
		}
		if f := &w.fds[i]; f.Revents != 0 {
			dst = append(dst, event{f.Fd, w.gens[i], pollReadiness(f.Revents)})
			n--
		}
	}
	return dst, nil
}
