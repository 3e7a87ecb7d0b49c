package httpx

import (
	"errors"
	"fmt"
	"iter"
)

// A Method is a request method (RFC 9110 section 9), Python's HTTPMethod. Any token
// can be one.
type Method string

// The methods of Python's enumeration.
const (
	MethodConnect Method = "CONNECT" // RFC 9110 section 9.3.6
	MethodDelete  Method = "DELETE"  // RFC 9110 section 9.3.5
	MethodGet     Method = "GET"     // RFC 9110 section 9.3.1
	MethodHead    Method = "HEAD"    // RFC 9110 section 9.3.2
	MethodOptions Method = "OPTIONS" // RFC 9110 section 9.3.7
	MethodPatch   Method = "PATCH"   // RFC 5789
	MethodPost    Method = "POST"    // RFC 9110 section 9.3.3
	MethodPut     Method = "PUT"     // RFC 9110 section 9.3.4
	MethodTrace   Method = "TRACE"   // RFC 9110 section 9.3.8
)

// ErrMethod is wrapped by the error of [ParseMethod].
var ErrMethod = errors.New("httpx: no such method")

var methods = [...]struct {
	method      Method
	description string
}{
	{MethodConnect, "Establish a connection to the server."},
	{MethodDelete, "Remove the target."},
	{MethodGet, "Retrieve the target."},
	{MethodHead, "Same as GET, but only retrieve the status line and header section."},
	{MethodOptions, "Describe the communication options for the target."},
	{MethodPatch, "Apply partial modifications to a target."},
	{MethodPost, "Perform target-specific processing with the request payload."},
	{MethodPut, "Replace the target with the request payload."},
	{MethodTrace, "Perform a message loop-back test along the path to the target."},
}

// ParseMethod returns the method of the enumeration that is spelled so, letter
// case included; otherwise the error wraps [ErrMethod]. It is the call
// HTTPMethod(name).
func ParseMethod(name string) (Method, error) {
	for i := range methods {
		if string(methods[i].method) == name {
			return methods[i].method, nil
		}
	}
	return "", fmt.Errorf("%w: %.60q", ErrMethod, name)
}

// Methods yields the methods of the enumeration, sorted. It can be ranged over
// again and again.
func Methods() iter.Seq[Method] {
	return func(yield func(Method) bool) {
		for i := range methods {
			if !yield(methods[i].method) {
				return
			}
		}
	}
}

// Description says what the method is for; it is "" for one that the enumeration
// does not have.
func (m Method) Description() string {
	for i := range methods {
		if methods[i].method == m {
			return methods[i].description
		}
	}
	return ""
}

// String returns the method as it stands in a request.
func (m Method) String() string { return string(m) }

// IsSafe reports whether the method asks for no change on the server: GET, HEAD,
// OPTIONS and TRACE (RFC 9110 section 9.2.1).
func (m Method) IsSafe() bool {
	switch m {
	case MethodGet, MethodHead, MethodOptions, MethodTrace:
		return true
	}
	return false
}

// IsIdempotent reports whether repeating a request of the method does what one does:
// the safe ones, PUT and DELETE (RFC 9110 section 9.2.2).
func (m Method) IsIdempotent() bool {
	return m.IsSafe() || m == MethodPut || m == MethodDelete
}
