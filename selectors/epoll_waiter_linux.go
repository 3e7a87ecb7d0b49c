package selectors

import (
	"errors"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// An epollWaiter is the backend over an epoll object. Each registration has its
// generation in the event's data.
type epollWaiter struct {
	ep   *Epoll
	wake int
}

func newEpollWaiter(wake int) (*epollWaiter, error) {
	w := &epollWaiter{wake: wake}
	return w, w.open()
}

func (w *epollWaiter) open() error {
	ep, err := NewEpoll(0)
	if err != nil {
		return errors.Unwrap(err)
	}
	if err := ep.ctl(unix.EPOLL_CTL_ADD, w.wake, EpollIn, wakeGen); err != nil {
		ep.Close()
		return err
	}
	w.ep = ep
	return nil
}

func (w *epollWaiter) renew() error {
	old := w.ep
	if err := w.open(); err != nil {
		return err
	}
	return old.Close()
}

func (w *epollWaiter) kind() Backend   { return BackendEpoll }
func (w *epollWaiter) supports() Event { return allFlags }
func (w *epollWaiter) fileno() int     { return w.ep.fd }
func (w *epollWaiter) close() error    { return w.ep.Close() }

func (w *epollWaiter) traits() traits {
	return traits{tellsReuse: true, tellsOnce: true, parks: true}
}

// epollMask is what to ask epoll for.
func epollMask(ev Event) (m EpollMask) {
	for _, b := range [...]struct {
		ev Event
		m  EpollMask
	}{{Read, EpollIn}, {Write, EpollOut}, {Priority, EpollPri}, {ReadHangup, EpollRDHup}, {Edge, EpollET}, {OneShot, EpollOneShot}, {Exclusive, EpollExclusive}} {
		if ev&b.ev != 0 {
			m |= b.m
		}
	}
	return m
}

// readiness is what an answer of epoll means. As in Python an error or a hang-up is
// readiness for everything; unlike there, the peer's end of its side is not one to write.
func readiness(m EpollMask) (ev Event) {
	if m&(EpollErr|EpollHup) != 0 {
		ev = Read | Write
	}
	if m&(EpollIn|EpollRDHup) != 0 {
		ev |= Read
	}
	if m&EpollOut != 0 {
		ev |= Write
	}
	if m&EpollPri != 0 {
		ev |= Priority
	}
	if m&(EpollRDHup|EpollHup) != 0 {
		ev |= ReadHangup
	}
	return ev
}

func (w *epollWaiter) add(fd int, ev Event, gen uint32) error {
	return w.ep.ctl(unix.EPOLL_CTL_ADD, fd, epollMask(ev), gen)
}

func (w *epollWaiter) modify(fd int, old, ev Event, gen uint32) error {
	if (old|ev)&Exclusive == 0 {
		return w.ep.ctl(unix.EPOLL_CTL_MOD, fd, epollMask(ev), gen)
	}
	// An exclusive registration cannot be changed, only made anew.
	if err := w.remove(fd, old); err != nil {
		return err
	}
	err := w.add(fd, ev, gen)
	if err != nil {
		w.add(fd, old, gen)
	}
	return err
}

func (w *epollWaiter) remove(fd int, _ Event) error {
	return w.ep.ctl(unix.EPOLL_CTL_DEL, fd, 0, 0)
}

func (w *epollWaiter) collect(dst []event, limit int, d time.Duration) ([]event, error) {
	n, err := w.ep.wait(max(1, limit), d)
	if err != nil {
		if err == syscall.EINTR {
			err = nil
		}
		return dst, err
	}
	for i := range w.ep.events[:n] {
		ev := &w.ep.events[i]
		dst = append(dst, event{ev.Fd, uint32(ev.Pad), readiness(EpollMask(ev.Events))})
	}
	return dst, nil
}
