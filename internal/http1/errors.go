package http1

import (
	"errors"
	"strconv"
)

// The kinds of [Error].
var (
	ErrStartLine     = errors.New("malformed start line")
	ErrVersion       = errors.New("unsupported version")
	ErrField         = errors.New("malformed header field")
	ErrLineTooLong   = errors.New("line too long")
	ErrTooManyFields = errors.New("too many header fields")
	ErrHeadTooLarge  = errors.New("header section too large")
	ErrLength        = errors.New("invalid Content-Length")
	ErrEncoding      = errors.New("unsupported Transfer-Encoding")
	ErrHost          = errors.New("missing or doubled Host")
	ErrChunk         = errors.New("malformed chunk")
	ErrTrailer       = errors.New("forbidden trailer field")
	ErrInvalid       = errors.New("invalid argument") // of what is to be written
)

// An Error is a message that is not accepted.
type Error struct {
	// Kind is one of the errors of this package.
	Kind error
	// What says which part it is: "status line", "header line", "chunk size".
	What string
	// Text is that part as it came, cut to a hundred bytes; [Error.Error] quotes it.
	Text string
}

// Error implements error. What the peer sent is quoted.
func (e *Error) Error() string {
	s := e.Kind.Error()
	if e.What != "" {
		s = e.What + ": " + s
	}
	if e.Text != "" {
		s += ": " + strconv.QuoteToASCII(e.Text)
	}
	return s
}

// Unwrap returns the kind.
func (e *Error) Unwrap() error { return e.Kind }

func fail(kind error, what string, text []byte) *Error {
	return &Error{Kind: kind, What: what, Text: string(text[:min(len(text), 100)])}
}

// ErrEmptyRequest is a request line without a word, in Python's reading: the end.
var ErrEmptyRequest = errors.New("empty request line")
