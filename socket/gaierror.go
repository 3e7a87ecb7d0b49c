package socket

import (
	"context"
	"errors"
	"net"
	"strconv"
)

// A GAICode says why names could not be looked up: the EAI_ constants. The numbers
// are the same on every system, those of Linux.
type GAICode int

// The codes of a [GAIError].
const (
	EAIBadFlags   GAICode = -1  // flags that do not go together: `EAI_BADFLAGS`
	EAINoName     GAICode = -2  // no such host or service: `EAI_NONAME`
	EAIAgain      GAICode = -3  // the name server did not answer: `EAI_AGAIN`
	EAIFail       GAICode = -4  // the name server failed: `EAI_FAIL`
	EAINoData     GAICode = -5  // the host has no address: `EAI_NODATA`
	EAIFamily     GAICode = -6  // a family without names: `EAI_FAMILY`
	EAISockType   GAICode = -7  // a type without names: `EAI_SOCKTYPE`
	EAIService    GAICode = -8  // the type has no such service: `EAI_SERVICE`
	EAIAddrFamily GAICode = -9  // the host has no address of the family: `EAI_ADDRFAMILY`
	EAIMemory     GAICode = -10 // out of memory: `EAI_MEMORY`
	EAISystem     GAICode = -11 // the cause says what: `EAI_SYSTEM`
	EAIOverflow   GAICode = -12 // a text is too long: `EAI_OVERFLOW`
)

var gaiText = map[GAICode]string{
	EAIBadFlags: "flags do not go together", EAINoName: "no such host or service", EAIAgain: "name server does not answer",
	EAIFail: "name server failed", EAINoData: "host has no address", EAIFamily: "address family has no names",
	EAISockType: "socket type has no names", EAIService: "socket type has no such service",
	EAIAddrFamily: "host has no address of the family", EAIMemory: "out of memory", EAISystem: "system error", EAIOverflow: "text too long",
}

func (c GAICode) String() string {
	if s, ok := gaiText[c]; ok {
		return s
	}
	return "code " + strconv.Itoa(int(c))
}

// A GAIError is a failure of [GetAddrInfo] or [GetNameInfo]: Python's gaierror.
type GAIError struct {
	// Code says why.
	Code GAICode
	// Name is the host or service that was looked up.
	Name string
	// Err is the cause, nil if the code says all.
	Err error
}

// Error quotes the name and gives the reason.
func (e *GAIError) Error() string { return nameError(e.Name, e.Code.String(), e.Err) }

// Unwrap returns the cause.
func (e *GAIError) Unwrap() error { return e.Err }

// Timeout reports whether the time was over, as net.Error has it.
func (e *GAIError) Timeout() bool { return timedOut(e.Err) }

// Temporary reports whether the same call may go well later, as net.Error has it.
func (e *GAIError) Temporary() bool { return e.Code == EAIAgain }

// An HError is a failure of [GetHostByNameEx] or [GetHostByAddr]: Python's herror.
type HError struct {
	// Name is the host or address that was looked up.
	Name string
	// Err is the cause.
	Err error
}

// Error quotes the name and gives the reason.
func (e *HError) Error() string { return nameError(e.Name, "no such host", e.Err) }

// Unwrap returns the cause.
func (e *HError) Unwrap() error { return e.Err }

// Timeout reports whether the time was over, as net.Error has it.
func (e *HError) Timeout() bool { return timedOut(e.Err) }

// shownName bounds how much of a name an error repeats.
const shownName = 64

func nameError(name, what string, cause error) string {
	if len(name) > shownName {
		name = name[:shownName] + "…"
	}
	s := "socket: lookup " + strconv.Quote(name) + ": " + what
	if cause != nil {
		text := cause.Error()
		if len(text) > 2*shownName {
			text = text[:2*shownName] + "…"
		}
		s += ": " + unquoted(text)
	}
	return s
}

// unquoted is s with its control characters escaped.
func unquoted(s string) string {
	q := strconv.Quote(s)
	return q[1 : len(q)-1]
}

func timedOut(err error) bool {
	var t interface{ Timeout() bool }
	return errors.As(err, &t) && t.Timeout()
}

// gaiError translates what a resolver answers.
func gaiError(name string, err error) error {
	var dns *net.DNSError
	code := EAIFail
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		code = EAISystem
	case !errors.As(err, &dns):
	case dns.IsNotFound:
		code = EAINoName
	case dns.IsTimeout, dns.IsTemporary:
		code = EAIAgain
	}
	return &GAIError{Code: code, Name: name, Err: err}
}
