package selectors

import (
	"net"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// EpollMask is a set of an epoll object's events and flags: the EPOLL constants.
type EpollMask uint32

// The events and flags of epoll.
const (
	EpollIn        EpollMask = unix.EPOLLIN        // data to read: `EPOLLIN`
	EpollOut       EpollMask = unix.EPOLLOUT       // ready to write: `EPOLLOUT`
	EpollPri       EpollMask = unix.EPOLLPRI       // urgent data: `EPOLLPRI`
	EpollErr       EpollMask = unix.EPOLLERR       // an error; always told: `EPOLLERR`
	EpollHup       EpollMask = unix.EPOLLHUP       // hung up; always told: `EPOLLHUP`
	EpollRDHup     EpollMask = unix.EPOLLRDHUP     // the peer closed its side: `EPOLLRDHUP`
	EpollRDNorm    EpollMask = unix.EPOLLRDNORM    // normal data to read: `EPOLLRDNORM`
	EpollRDBand    EpollMask = unix.EPOLLRDBAND    // priority data to read: `EPOLLRDBAND`
	EpollWRNorm    EpollMask = unix.EPOLLWRNORM    // normal data can be written: `EPOLLWRNORM`
	EpollWRBand    EpollMask = unix.EPOLLWRBAND    // priority data can be written: `EPOLLWRBAND`
	EpollMsg       EpollMask = unix.EPOLLMSG       // ignored by the system: `EPOLLMSG`
	EpollET        EpollMask = unix.EPOLLET        // tell changes only: `EPOLLET`
	EpollOneShot   EpollMask = unix.EPOLLONESHOT   // tell once, then wait for Modify: `EPOLLONESHOT`
	EpollExclusive EpollMask = unix.EPOLLEXCLUSIVE // wake one of several objects: `EPOLLEXCLUSIVE`
	EpollWakeup    EpollMask = unix.EPOLLWAKEUP    // keep the machine from sleeping: `EPOLLWAKEUP`
)

// EpollCloexec is the flag of a new epoll object that closes it on exec: `EPOLL_CLOEXEC`.
// It is always set.
const EpollCloexec = unix.EPOLL_CLOEXEC

// An EpollEvent is a descriptor with what it is ready for.
type EpollEvent struct {
	FD   int
	Mask EpollMask
}

// An Epoll is an epoll object of Linux: `select.epoll`. Unlike a [Selector] it knows
// numbers alone: one that is closed and used again is another file under the old name. A
// wait holds a thread. The zero value is a closed one.
//
// Register, Modify and Unregister may be called while another goroutine is in Poll;
// Close and several Polls may not.
type Epoll struct {
	fd     int
	open   bool
	events []unix.EpollEvent
}

// NewEpoll opens an epoll object: `select.epoll`. Flags are 0 or EpollCloexec.
func NewEpoll(flags int) (*Epoll, error) {
	fd, err := unix.EpollCreate1(flags | unix.EPOLL_CLOEXEC)
	if err != nil {
		return nil, opError("epoll", -1, err)
	}
	return &Epoll{fd: fd, open: true}, nil
}

// EpollFromFD makes an Epoll of a descriptor, which it owns from then on:
// `select.epoll.fromfd`.
func EpollFromFD(fd int) *Epoll { return &Epoll{fd: fd, open: true} }

// Close frees the object: `close`. A second Close does nothing.
func (e *Epoll) Close() error {
	if !e.open {
		return nil
	}
	err := unix.Close(e.fd)
	e.fd, e.open = -1, false
	return opError("close", -1, err)
}

// Closed reports whether the object is closed: `closed`.
func (e *Epoll) Closed() bool { return !e.open }

// Fileno returns the descriptor, -1 after Close: `fileno`.
func (e *Epoll) Fileno() int {
	if !e.open { // the zero value's is 0
		return -1
	}
	return e.fd
}

// Register watches obj, an object or number as [Selector.Register] has it: `register`. The
// error is an *Error, with EEXIST for what is watched already.
func (e *Epoll) Register(obj any, mask EpollMask) error {
	return e.change("register", unix.EPOLL_CTL_ADD, obj, mask)
}

// Modify changes what obj is watched for: `modify`. It fails with ENOENT for what is not.
func (e *Epoll) Modify(obj any, mask EpollMask) error {
	return e.change("modify", unix.EPOLL_CTL_MOD, obj, mask)
}

// Unregister watches obj no more: `unregister`. It fails with ENOENT for what was not.
func (e *Epoll) Unregister(obj any) error {
	return e.change("unregister", unix.EPOLL_CTL_DEL, obj, 0)
}

func (e *Epoll) change(op string, ctl int, obj any, mask EpollMask) error {
	fd, _, err := resolve(obj)
	if err == nil && !e.open {
		err = net.ErrClosed
	}
	if err == nil {
		err = e.ctl(ctl, fd, mask, 0)
	}
	return opError(op, fd, err)
}

// ctl does not block and so does without the scheduler's leave.
func (e *Epoll) ctl(op, fd int, mask EpollMask, gen uint32) error {
	ev := unix.EpollEvent{Events: uint32(mask), Fd: int32(fd), Pad: int32(gen)}
	_, _, errno := unix.RawSyscall6(unix.SYS_EPOLL_CTL, uintptr(e.fd), uintptr(op), uintptr(fd), uintptr(unsafe.Pointer(&ev)), 0, 0)
	if errno != 0 {
		return errno
	}
	return nil
}

// Poll waits until something is ready, at most for timeout, which may be Forever, and
// returns at most maxEvents events, of which 0 and less mean 128: `poll`. A timeout of zero or
// less does not wait; Python's is endless below zero. A signal does not end the wait.
func (e *Epoll) Poll(timeout time.Duration, maxEvents int) ([]EpollEvent, error) {
	return e.AppendPoll(nil, timeout, maxEvents)
}

// AppendPoll is Poll that appends to dst.
func (e *Epoll) AppendPoll(dst []EpollEvent, timeout time.Duration, maxEvents int) ([]EpollEvent, error) {
	if !e.open {
		return dst, opError("poll", -1, net.ErrClosed)
	}
	if maxEvents <= 0 {
		maxEvents = 128
	}
	var n int
	err := untilTimeout(timeout, func(d time.Duration) (err error) {
		n, err = e.wait(maxEvents, d)
		return err
	})
	if err != nil {
		return dst, opError("poll", -1, err)
	}
	for _, ev := range e.events[:n] {
		dst = append(dst, EpollEvent{int(ev.Fd), EpollMask(ev.Events)})
	}
	return dst, nil
}

// wait fills e.events and returns how many there are.
func (e *Epoll) wait(limit int, d time.Duration) (int, error) {
	if len(e.events) < limit {
		e.events = make([]unix.EpollEvent, max(limit, 2*len(e.events)))
	}
	limit = min(limit, len(e.events))
	var n uintptr
	var errno syscall.Errno
	if d <= 0 {
		// Looking does not block: the scheduler need not know.
		n, _, errno = unix.RawSyscall6(unix.SYS_EPOLL_PWAIT, uintptr(e.fd), uintptr(unsafe.Pointer(&e.events[0])), uintptr(limit), 0, 0, 0)
	} else {
		n, _, errno = unix.Syscall6(unix.SYS_EPOLL_PWAIT, uintptr(e.fd), uintptr(unsafe.Pointer(&e.events[0])), uintptr(limit), uintptr(milliseconds(d)), 0, 0)
	}
	if errno != 0 {
		return 0, errno
	}
	return int(n), nil
}
