package socket

import (
	"errors"
	"net"
	"os"
	"strconv"
	"syscall"
)

// ErrWouldBlock matches the error of a non-blocking operation that could not be
// done at once, a connect under way included. Such an error also matches its
// errno, mostly syscall.EAGAIN. Python's BlockingIOError.
var ErrWouldBlock = errors.New("socket: operation would block")

// ErrOverflow is the cause for a number that is out of range. Python's OverflowError.
var ErrOverflow = errors.New("number out of range")

// An Error tells which operation on a socket failed, and why. Python's OSError.
//
// The cause is an *os.SyscallError with the errno, or net.ErrClosed after Close,
// os.ErrDeadlineExceeded when the time is over (Python's TimeoutError), the error
// of a context that ended, io.EOF where a peer closed too early, or errors.ErrUnsupported
// where the system cannot do it.
type Error struct {
	// Op is the operation, as "connect" or "recv".
	Op string
	// Addr is the address that the operation was about, nil for none.
	Addr net.Addr
	// Err is the cause.
	Err error
}

// Error gives the operation, the address and the cause; what a peer chose of it is
// quoted.
func (e *Error) Error() string {
	s := "socket: " + e.Op
	if e.Addr != nil {
		a := e.Addr.String()
		if q := strconv.Quote(a); q[1:len(q)-1] != a {
			a = q
		}
		s += " " + a
	}
	cause := e.Err
	if se, ok := cause.(*os.SyscallError); ok && se.Syscall == e.Op {
		cause = se.Err // the operation is named already
	}
	return s + ": " + cause.Error()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Is reports whether target is ErrWouldBlock and the operation would have blocked.
func (e *Error) Is(target error) bool {
	if target != ErrWouldBlock {
		return false
	}
	var errno syscall.Errno
	return errors.As(e.Err, &errno) && wouldBlock(errno)
}

// Timeout reports whether the time was over, as net.Error has it.
func (e *Error) Timeout() bool {
	var t interface{ Timeout() bool }
	return errors.As(e.Err, &t) && t.Timeout()
}

// Temporary reports whether the same call may go well later, as net.Error has it.
func (e *Error) Temporary() bool {
	var t interface{ Temporary() bool }
	return errors.As(e.Err, &t) && t.Temporary()
}

func wouldBlock(e syscall.Errno) bool {
	return e == syscall.EAGAIN || e == syscall.EWOULDBLOCK || e == syscall.EINPROGRESS || e == syscall.EALREADY
}

// opError wraps the cause with the operation; an errno becomes an
// *os.SyscallError, nil stays nil.
func opError(op string, addr net.Addr, err error) error {
	if err == nil {
		return nil
	}
	var e *Error
	if errors.As(err, &e) {
		return err
	}
	if errno, ok := err.(syscall.Errno); ok {
		err = os.NewSyscallError(op, errno)
	}
	return &Error{Op: op, Addr: addr, Err: err}
}

// Causes of an Error for arguments that no system call could take.
var (
	errBadText  = errors.New("control character in a name")
	errAddrKind = errors.New("an address of another kind")
	errFamily   = errors.New("an address of another family than the socket's")
	errTooLong  = errors.New("name too long")
)

// badText reports whether s holds a control character; such a text names no host,
// service, zone or interface.
func badText(s string) bool {
	for i := range len(s) {
		if s[i] < 0x20 || s[i] == 0x7f {
			return true
		}
	}
	return false
}

// errnoOf is the errno among the causes of err, EAGAIN if there is none.
func errnoOf(err error) syscall.Errno {
	var e syscall.Errno
	switch {
	case err == nil:
		return 0
	case errors.As(err, &e):
		return e
	}
	return syscall.EAGAIN
}

const (
	errNoFamily = syscall.EAFNOSUPPORT
	errNoDevice = syscall.ENXIO
)
