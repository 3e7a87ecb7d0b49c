package parse

import (
	"math/bits"
	"unicode/utf8"
)

// Classes of bytes.
const (
	alpha      = 1 << iota // the first character of a scheme
	schemeChar             // the others
	netlocEnd              // / ? #
	netlocOdd              // [ ] and what is not ASCII
	unreserved             // of RFC 3986 section 2.3
	hexDigit
	subDelim // of RFC 3986 section 2.2
)

// class is the classes of each byte.
var class = func() (t [256]uint8) {
	mark := func(chars string, class uint8) {
		for _, c := range []byte(chars) {
			t[c] |= class
		}
	}
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	mark(letters, alpha)
	mark(letters+"0123456789+-.", schemeChar)
	mark("/?#", netlocEnd)
	mark("[]", netlocOdd)
	for c := 0x80; c < 0x100; c++ {
		t[c] |= netlocOdd
	}
	mark(letters+"0123456789-._~", unreserved)
	mark("0123456789abcdefABCDEF", hexDigit)
	mark("!$&'()*+,;=", subDelim)
	return t
}()

// What follows looks at eight bytes of a text at a time.

const ones = 0x0101010101010101

// zeroBytes marks the first zero byte of w, counted from the low end, with its
// high bit. Marks above it may be wrong.
func zeroBytes(w uint64) uint64 { return (w - ones) &^ w & (0x80 * ones) }

// load64 returns the first eight bytes of s, the first one lowest.
func load64(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// isASCII reports whether s is ASCII only.
func isASCII(s string) bool {
	for len(s) >= 8 {
		if load64(s)&(0x80*ones) != 0 {
			return false
		}
		s = s[8:]
	}
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// formQuoted reports whether s has a percent or plus sign.
func formQuoted(s string) bool {
	if len(s) >= 8 {
		var found uint64
		for i := 0; ; i = min(i+8, len(s)-8) {
			w := load64(s[i:])
			found |= zeroBytes(w^'%'*ones) | zeroBytes(w^'+'*ones)
			if i == len(s)-8 {
				return found != 0
			}
		}
	}
	for i := 0; i < len(s); i++ {
		if s[i] == '%' || s[i] == '+' {
			return true
		}
	}
	return false
}

// scanField returns the index of the first equals sign in s, or -1, and whether
// s has a percent or plus sign.
func scanField(s string) (equals int, quoted bool) {
	equals = -1
	if len(s) >= 8 {
		var found uint64
		for i := 0; ; i = min(i+8, len(s)-8) {
			w := load64(s[i:])
			if e := zeroBytes(w ^ '='*ones); e != 0 && equals < 0 {
				equals = i + bits.TrailingZeros64(e)/8
			}
			found |= zeroBytes(w^'%'*ones) | zeroBytes(w^'+'*ones)
			if i == len(s)-8 {
				return equals, found != 0
			}
		}
	}
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '=':
			if equals < 0 {
				equals = i
			}
		case '%', '+':
			quoted = true
		}
	}
	return equals, quoted
}

// indexControl returns the index of the first tab or line end in s, or -1.
func indexControl(s string) int {
	i := 0
	// Eight bytes at a time: the high bit of a byte of x is set if that byte of
	// w is below 0x20 (a byte above such a one may be marked in error, which
	// only costs the closer look).
	for ; i+8 <= len(s); i += 8 {
		w := load64(s[i:])
		x := (w - 0x2020202020202020) &^ w & 0x8080808080808080
		if x == 0 {
			continue
		}
		for j := i; j < i+8; j++ {
			if c := s[j]; c == '\t' || c == '\n' || c == '\r' {
				return j
			}
		}
	}
	for ; i < len(s); i++ {
		if c := s[i]; c == '\t' || c == '\n' || c == '\r' {
			return i
		}
	}
	return -1
}
