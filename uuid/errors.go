package uuid

import (
	"errors"
	"fmt"
	"strconv"
)

// The kinds of failure; they stand for Python's ValueError. Errors of this
// package match one of them with [errors.Is], but for those of a [Generator]'s
// own sources, which are passed on.
var (
	// ErrSyntax means that a text is no UUID.
	ErrSyntax = errors.New("uuid: badly formed UUID")
	// ErrLength means that bytes are not 16 in number.
	ErrLength = errors.New("uuid: not 16 bytes")
	// ErrRange means that a number does not fit in its field.
	ErrRange = errors.New("uuid: out of range")
	// ErrScan means that a database value has a type which holds no UUID, or is
	// NULL where a UUID must be.
	ErrScan = errors.New("uuid: cannot scan")
	// ErrNoHardware means that no network interface has a hardware address.
	ErrNoHardware = errors.New("uuid: no hardware address")
)

// A ParseError tells which text was refused, where and why. It matches
// [ErrSyntax].
type ParseError struct {
	// Func is the function that refused the text, such as "ParseStrict".
	Func string
	// In is the text.
	In string
	// Pos is the offset in bytes at which In ceases to be a UUID, or -1 where no
	// single place is to blame, as always in Parse and ParseBytes.
	Pos int
	// Reason says what is wrong.
	Reason string
}

// Error quotes the text, so that no control character reaches a terminal or a
// log, and cuts it.
func (e *ParseError) Error() string {
	in := e.In
	const most = 64
	if len(in) > most {
		in = in[:most]
	}
	text := strconv.Quote(in)
	if len(in) < len(e.In) {
		text += "…"
	}
	return "uuid: " + e.Func + "(" + text + "): " + e.Reason
}

// Unwrap returns [ErrSyntax].
func (e *ParseError) Unwrap() error { return ErrSyntax }

// A RangeError tells which number does not fit. It matches [ErrRange].
type RangeError struct {
	// Field is the Python name of the field, such as "time_low", or "version" or
	// "int".
	Field string
	// Bits is how many the field has; 0 for a version, which is from 1 to 8.
	Bits int
	// Value is the number in decimal.
	Value string
}

// Error implements error.
func (e *RangeError) Error() string {
	if e.Bits == 0 {
		return fmt.Sprintf("uuid: %s %s is out of range", e.Field, e.Value)
	}
	return fmt.Sprintf("uuid: %s %s is out of range: it must have at most %d bits and no sign", e.Field, e.Value, e.Bits)
}

// Unwrap returns [ErrRange].
func (e *RangeError) Unwrap() error { return ErrRange }
