package selectors

import (
	"errors"
	"os"
	"strconv"
	"syscall"
)

// Causes of an [Error], to be told with errors.Is. A closed selector or object is
// net.ErrClosed (Python's RuntimeError and ValueError), what a backend cannot do is
// errors.ErrUnsupported.
var (
	// ErrRegistered: the descriptor is registered already. Python's KeyError.
	ErrRegistered = errors.New("already registered")
	// ErrNotRegistered: it is not. Python's KeyError.
	ErrNotRegistered = errors.New("not registered")
	// ErrEvents: no event to wait for, or an unknown one. Python's ValueError.
	ErrEvents = errors.New("invalid events")
	// ErrObject: nothing that has a descriptor. Python's ValueError.
	ErrObject = errors.New("no descriptor")
	// ErrDescriptor: a descriptor below zero, or one that does not fit into the sets of
	// select. Python's ValueError.
	ErrDescriptor = errors.New("descriptor out of range")
)

// An Error tells which operation failed, on which descriptor, and why.
type Error struct {
	// Op is the operation, as "register" or "select".
	Op string
	// FD is the descriptor, -1 where it is about none.
	FD int
	// Err is the cause: one of the package's, or an *os.SyscallError with the errno.
	Err error
}

// Error gives the operation, the descriptor and the cause.
func (e *Error) Error() string {
	s := "selectors: " + e.Op
	if e.FD >= 0 {
		s += " " + strconv.Itoa(e.FD)
	}
	return s + ": " + e.Err.Error()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// opError wraps the cause; nil stays nil.
func opError(op string, fd int, err error) error {
	if err == nil {
		return nil
	}
	if errno, ok := err.(syscall.Errno); ok {
		err = os.NewSyscallError(op, errno)
	}
	return &Error{Op: op, FD: fd, Err: err}
}
