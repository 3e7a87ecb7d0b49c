package client

import (
	"errors"
	"fmt"
	"strconv"
	"syscall"

	"github.com/pynet-go/pynet/internal/http1"
)

// A kind is a class of errors, below another.
type kind struct {
	text   string
	parent error
}

func (k *kind) Error() string { return k.text }

// Is lets errors.Is find the classes above.
func (k *kind) Is(target error) bool { return k.parent != nil && errors.Is(k.parent, target) }

// The classes of errors of this package. All of them match ErrHTTP with errors.Is.
var (
	// ErrHTTP is the class of all errors of the protocol: Python's HTTPException.
	ErrHTTP error = &kind{text: "client: HTTP error"}
	// ErrNotConnected: there is no connection and none may be opened. Python's NotConnected.
	ErrNotConnected error = &kind{"client: not connected", ErrHTTP}
	// ErrInvalidURL: a host, port or request target that cannot be. Python's InvalidURL.
	ErrInvalidURL error = &kind{"client: invalid URL", ErrHTTP}
	// ErrUnknownProtocol: the server answers in another version. Python's UnknownProtocol.
	ErrUnknownProtocol error = &kind{"client: unknown protocol", ErrHTTP}
	// ErrUnknownTransferEncoding: a coding other than chunked. Python's UnknownTransferEncoding.
	ErrUnknownTransferEncoding error = &kind{"client: unknown transfer encoding", ErrHTTP}
	// ErrIncompleteRead: the body ended early; the error is an [*IncompleteReadError].
	ErrIncompleteRead error = &kind{"client: incomplete read", ErrHTTP}
	// ErrState: a step at the wrong time. Python's ImproperConnectionState.
	ErrState error = &kind{"client: improper connection state", ErrHTTP}
	// ErrCannotSendRequest: another request is under way. Python's CannotSendRequest.
	ErrCannotSendRequest error = &kind{"client: cannot send a request now", ErrState}
	// ErrCannotSendHeader: no request has been begun. Python's CannotSendHeader.
	ErrCannotSendHeader error = &kind{"client: cannot send a header now", ErrState}
	// ErrResponseNotReady: no request has been sent, or an earlier response has not
	// been read. Python's ResponseNotReady.
	ErrResponseNotReady error = &kind{"client: response not ready", ErrState}
	// ErrBadStatusLine: the status line is not understood; the error is an
	// [*StatusLineError].
	ErrBadStatusLine error = &kind{"client: bad status line", ErrHTTP}
	// ErrLineTooLong: a line is longer than the limit. Python's LineTooLong.
	ErrLineTooLong error = &kind{"client: line too long", ErrHTTP}
	// ErrTooManyHeaders: a response or its trailers have more lines than the limit.
	ErrTooManyHeaders error = &kind{"client: too many headers", ErrHTTP}
	// ErrBadResponse: headers or framing that are refused.
	ErrBadResponse error = &kind{"client: malformed response", ErrHTTP}
	// ErrRemoteDisconnected: the server closed before it answered. It matches
	// ErrBadStatusLine and syscall.ECONNRESET too. Python's RemoteDisconnected.
	ErrRemoteDisconnected error = &kind{"client: remote end closed the connection without a response", remote{}}
	// ErrInvalid: a method or header that must not be sent. Nothing has been written.
	ErrInvalid error = &kind{"client: invalid argument", nil}
	// ErrTunnel: the proxy refused to connect; the error is a [*TunnelError].
	ErrTunnel error = &kind{"client: tunnel refused", nil}
)

// remote makes ErrRemoteDisconnected both of its classes.
type remote struct{}

func (remote) Error() string { return "" }
func (remote) Is(target error) bool {
	return target == syscall.ECONNRESET || errors.Is(ErrBadStatusLine, target)
}

// An Error is a failure of one of the classes with its cause.
type Error struct {
	// Kind is the class, one of the Err variables of this package.
	Kind error
	// Err is the cause, perhaps nil.
	Err error
}

// Error implements error. What a peer sent is quoted.
func (e *Error) Error() string {
	if e.Err == nil {
		return e.Kind.Error()
	}
	return e.Kind.Error() + ": " + e.Err.Error()
}

// Unwrap returns the class and the cause.
func (e *Error) Unwrap() []error {
	if e.Err == nil {
		return []error{e.Kind}
	}
	return []error{e.Kind, e.Err}
}

// A StatusLineError is a status line that is not understood: Python's BadStatusLine.
// It matches [ErrBadStatusLine].
type StatusLineError struct {
	// Line is the line as it came, with its end, at most 64 KiB.
	Line string
}

// Error implements error.
func (e *StatusLineError) Error() string {
	return fmt.Sprintf("client: bad status line %.200q", e.Line)
}

// Unwrap returns ErrBadStatusLine.
func (e *StatusLineError) Unwrap() error { return ErrBadStatusLine }

// An IncompleteReadError is a body that ended early: Python's IncompleteRead. It
// matches [ErrIncompleteRead], and io.ErrUnexpectedEOF or whatever else ended it.
type IncompleteReadError struct {
	// Partial is what the call had read.
	Partial []byte
	// Read is how many bytes of the body came in all.
	Read int64
	// Expected is how many are missing, -1 if that is unknown.
	Expected int64
	// Err is what ended the body.
	Err error
}

// Error implements error.
func (e *IncompleteReadError) Error() string {
	s := "client: incomplete read: " + strconv.FormatInt(e.Read, 10) + " bytes"
	if e.Expected >= 0 {
		s += ", " + strconv.FormatInt(e.Expected, 10) + " more expected"
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap returns ErrIncompleteRead and the cause.
func (e *IncompleteReadError) Unwrap() []error { return []error{ErrIncompleteRead, e.Err} }

// Timeout reports whether a deadline ended the body.
func (e *IncompleteReadError) Timeout() bool {
	var t interface{ Timeout() bool }
	return errors.As(e.Err, &t) && t.Timeout()
}

// A TunnelError is the answer of a proxy that refused. Its text is the status alone,
// so that nobody takes what a proxy says for the words of the origin.
type TunnelError struct {
	// Status is the code of the proxy's answer, Reason its phrase.
	Status int
	Reason string
}

// Error implements error.
func (e *TunnelError) Error() string {
	return fmt.Sprintf("client: tunnel refused: %d %.100q", e.Status, e.Reason)
}

// Unwrap returns ErrTunnel.
func (e *TunnelError) Unwrap() error { return ErrTunnel }

// invalid says what was wrong with an argument.
func invalid(err error) error { return &Error{Kind: ErrInvalid, Err: err} }

// headError turns a refusal of the codec into an error of this package. head is
// what has been read of the head.
func headError(err error, head []byte) error {
	switch {
	case errors.Is(err, http1.ErrStartLine):
		return &StatusLineError{Line: firstLine(head)}
	case errors.Is(err, http1.ErrVersion):
		return &Error{Kind: ErrUnknownProtocol, Err: err}
	case errors.Is(err, http1.ErrLineTooLong):
		return &Error{Kind: ErrLineTooLong, Err: err}
	case errors.Is(err, http1.ErrTooManyFields), errors.Is(err, http1.ErrHeadTooLarge):
		return &Error{Kind: ErrTooManyHeaders, Err: err}
	case errors.Is(err, http1.ErrEncoding):
		return &Error{Kind: ErrUnknownTransferEncoding, Err: err}
	}
	return &Error{Kind: ErrBadResponse, Err: err}
}

func firstLine(b []byte) string {
	for i, c := range b {
		if c == '\n' {
			return string(b[:i+1])
		}
	}
	return string(b[:min(len(b), http1.DefaultLine)])
}
