package ipaddress

import (
	"errors"
	"fmt"
	"strconv"
)

// The kinds of failure. Each error of the package matches one of them with
// [errors.Is]; those of texts are a [*ParseError].
var (
	// ErrAddress: a text, number or byte string is no address of the version
	// asked for. It is Python's `AddressValueError`.
	ErrAddress = errors.New("ipaddress: invalid address")

	// ErrNetmask: a prefix length, net mask or host mask is none. It is
	// Python's `NetmaskValueError`.
	ErrNetmask = errors.New("ipaddress: invalid netmask")

	// ErrHostBits: the address of a network has bits set that its prefix does
	// not cover. In Python it is a `ValueError`.
	ErrHostBits = errors.New("ipaddress: host bits set")

	// ErrOverflow: the result of an addition or subtraction, or the network
	// asked for, lies outside the address space. Such an error also matches
	// ErrAddress, as Python raises `AddressValueError`.
	ErrOverflow = errors.New("ipaddress: outside the address space")

	// ErrVersion: the values are of different versions, or one of them is not
	// valid. In Python it is a `TypeError`.
	ErrVersion = errors.New("ipaddress: not of the same version")

	// ErrPrefix: a new prefix is not longer (or not shorter) as it must be, or
	// not a prefix length of the version. In Python it is a `ValueError`.
	ErrPrefix = errors.New("ipaddress: invalid new prefix length")

	// ErrNotContained: the network to exclude is not a part of the other. In
	// Python it is a `ValueError`.
	ErrNotContained = errors.New("ipaddress: network not contained")

	// ErrOrder: the last address of a range comes before the first. In Python
	// it is a `ValueError`.
	ErrOrder = errors.New("ipaddress: last address before the first")

	// ErrIndex: a network has no address of that index. In Python it is an
	// `IndexError`.
	ErrIndex = errors.New("ipaddress: address index out of range")

	// ErrFormat: a format specification is not understood. In Python it is a
	// `ValueError` or `TypeError`.
	ErrFormat = errors.New("ipaddress: invalid format specification")

	// ErrZone: a value with an IPv6 zone was given where there can be none.
	ErrZone = errors.New("ipaddress: zone not permitted")
)

// A ParseError tells which text was refused, where and why.
type ParseError struct {
	Func string // the function called, such as "ParseNetwork" or "V4.ParseAddr"
	In   string // the text; of a long one only the beginning
	Pos  int    // the byte offset in the text at which it failed
	Msg  string // why
	Kind error  // ErrAddress, ErrNetmask or ErrHostBits
}

// maxErrorText is how much of a refused text an error keeps and shows.
const maxErrorText = 48

// Error returns one line. The text is quoted, and cut if it is long.
func (e *ParseError) Error() string {
	q := strconv.Quote(e.In)
	if len(q) > 2*maxErrorText {
		q = q[:2*maxErrorText] + "…"
	}
	return "ipaddress: " + e.Func + "(" + q + "): " + e.Msg + " at offset " + strconv.Itoa(e.Pos)
}

// Unwrap returns the kind.
func (e *ParseError) Unwrap() error { return e.Kind }

// newParseError is the one place that makes a ParseError.
func newParseError[T text](fn string, v Version, in T, pos int, why reason) error {
	cut := in
	if len(cut) > maxErrorText {
		cut = cut[:maxErrorText]
	}
	switch v {
	case V4:
		fn = "V4." + fn
	case V6:
		fn = "V6." + fn
	}
	return &ParseError{Func: fn, In: string(cut), Pos: pos, Msg: why.String(), Kind: why.kind()}
}

// overflowError matches both ErrOverflow and ErrAddress.
type overflowError struct{ what string }

func (e *overflowError) Error() string   { return ErrOverflow.Error() + ": " + e.what }
func (e *overflowError) Unwrap() []error { return []error{ErrOverflow, ErrAddress} }

// versionError says that a and b cannot be used together.
func versionError(a, b fmt.Stringer) error {
	return fmt.Errorf("%w: %v and %v", ErrVersion, a, b)
}
