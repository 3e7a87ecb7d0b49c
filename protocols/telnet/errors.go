package telnet

import (
	"context"
	"errors"
	"os"
)

// What a connection may fail with, beside the errors of the network. They are found with
// errors.Is.
var (
	// ErrTooLong: more than Config.MaxBuffer bytes came without what was waited for. They
	// are still there to be read.
	ErrTooLong = errors.New("telnet: too much data without a match")
	// ErrSubnegotiation: a subnegotiation is longer than Config.MaxSubnegotiation. Nothing
	// more can be read from the connection.
	ErrSubnegotiation = errors.New("telnet: subnegotiation too long")
	// ErrNegotiation: more than Config.MaxNegotiations commands came without a byte of data
	// in between. Nothing more can be read from the connection.
	ErrNegotiation = errors.New("telnet: too many commands in a row")
	// ErrNotAgreed: a subnegotiation was to be sent about an option that is not in use.
	// Nothing has been sent.
	ErrNotAgreed = errors.New("telnet: option not in use")
	// ErrArgument: what was to be sent is no such thing: a command that cannot stand alone,
	// a name with control characters. Nothing has been sent.
	ErrArgument = errors.New("telnet: invalid argument")
	// ErrLogin: the host refused the login.
	ErrLogin = errors.New("telnet: login refused")
)

// An Error tells which operation failed. What the peer sent is not in its text.
type Error struct {
	// Op is what was done: "read until", "expect", "write".
	Op string
	// Err is the cause: one of this package's errors, that of a context, io.ErrUnexpectedEOF,
	// net.ErrClosed, or the network's.
	Err error
}

// Error implements error.
func (e *Error) Error() string { return "telnet: " + e.Op + ": " + e.Err.Error() }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Is has the end of a context's time match os.ErrDeadlineExceeded, as the end of a
// connection's deadline does.
func (e *Error) Is(target error) bool {
	return target == os.ErrDeadlineExceeded && errors.Is(e.Err, context.DeadlineExceeded)
}

// Timeout reports whether time ran out. With Temporary it makes an Error a net.Error.
func (e *Error) Timeout() bool {
	return errors.Is(e.Err, os.ErrDeadlineExceeded) || errors.Is(e.Err, context.DeadlineExceeded)
}

// Temporary is Timeout.
func (e *Error) Temporary() bool { return e.Timeout() }
