package parse

import (
	"encoding/binary"
	"math/bits"
	"strings"
	"unicode/utf8"
)

// Unquote undoes percent-encoding: Python's unquote. What %XX escapes stand
// for is taken as UTF-8, and what is not UTF-8 becomes U+FFFD. Escapes that are
// none ("%", "%4", "%zz") stay as they are; nothing is undone twice. Bytes of s
// that are not ASCII stay too, whatever they are.
//
// A text without escapes is returned as it is, without allocation.
func Unquote(s string) string {
	n := strings.Count(s, "%")
	if n == 0 {
		return s
	}
	return unquote(s, n, '+')
}

// UnquotePlus is Unquote that makes spaces of plus signs first: Python's
// unquote_plus.
func UnquotePlus(s string) string {
	if !formQuoted(s) {
		return s
	}
	return unquote(s, strings.Count(s, "%"), ' ')
}

// UnquoteToBytes undoes percent-encoding and returns the bytes: Python's
// unquote_to_bytes. Text that is not ASCII counts as its UTF-8.
func UnquoteToBytes[T ~string | ~[]byte](s T) []byte {
	return appendUnquoted(make([]byte, 0, len(s)), s, false)
}

// An Unquoter undoes percent-encoding with all that Python's unquote and
// unquote_plus have as arguments. The zero Unquoter does what [Unquote] does.
type Unquoter struct {
	// Plus makes spaces of plus signs first: Python's unquote_plus.
	Plus bool
	// Encoding is that of the bytes behind the escapes. Nil means UTF8.
	Encoding Encoding
	// Errors says what to do with bytes that mean nothing in Encoding. Zero
	// means ErrorsReplace.
	Errors ErrorMode
}

// Unquote undoes percent-encoding. Each run of ASCII is decoded by itself,
// other characters stay as they are. The error is an [*EncodingError] of kind
// ErrDecode.
func (u Unquoter) Unquote(s string) (string, error) {
	if isUTF8(u.Encoding) && (u.Errors == ErrorsDefault || u.Errors == ErrorsReplace) {
		if u.Plus {
			return UnquotePlus(s), nil
		}
		return Unquote(s), nil
	}
	if strings.IndexByte(s, '%') < 0 {
		if u.Plus {
			s = strings.ReplaceAll(s, "+", " ")
		}
		return s, nil
	}
	var b, run []byte
	for s != "" {
		n := 0
		for n < len(s) && s[n] < utf8.RuneSelf {
			n++
		}
		run = appendUnquoted(run[:0], s[:n], u.Plus)
		var err error
		if b, err = decode(b, run, u.Encoding, u.Errors); err != nil {
			return "", err
		}
		s = s[n:]
		for n = 0; n < len(s) && s[n] >= utf8.RuneSelf; n++ {
		}
		b = append(b, s[:n]...)
		s = s[n:]
	}
	return string(b), nil
}

// UnquoteBytes undoes percent-encoding in bytes and decodes the result as a
// whole: Python's unquote of bytes. The error is an [*EncodingError] of kind
// ErrDecode.
func (u Unquoter) UnquoteBytes(p []byte) (string, error) {
	b, err := decode(nil, appendUnquoted(make([]byte, 0, len(p)), p, u.Plus), u.Encoding, u.Errors)
	if err != nil {
		return "", err
	}
	return string(b), nil
}

// unquote undoes the escapes of s, which has n percent signs; plus is what
// becomes of a plus sign.
func unquote(s string, n int, plus byte) string {
	// If all is well, the result has two bytes less for each percent sign.
	b := make([]byte, max(len(s)-2*n, 0))
	if _, ok := putUnquoted(b, s, plus); ok {
		return owned(b)
	}
	return owned(appendText(make([]byte, 0, len(s)), s, plus))
}

// putUnquoted writes s with its escapes undone to b and returns the length. It
// gives up where that takes more than a look at each byte: when b has no room,
// an escape is none, or what escapes stand for is not UTF-8.
func putUnquoted(b []byte, s string, plus byte) (n int, ok bool) {
	var decoded byte // the bits of all bytes from escapes
	for i := 0; i < len(s); {
		c := s[i]
		if c == '%' {
			if len(s)-i < 3 {
				return 0, false
			}
			if c, ok = unhex(s[i+1], s[i+2]); !ok {
				return 0, false
			}
			decoded |= c
			i += 3
		} else {
			if i+8 <= len(s) && n+8 <= len(b) { // eight bytes up to the next escape
				w := load64(s[i:])
				binary.LittleEndian.PutUint64(b[n:], w)
				if run := bits.TrailingZeros64(zeroBytes(w^'%'*ones)|zeroBytes(w^'+'*ones)) / 8; run > 0 {
					i += run
					n += run
					continue
				}
			}
			if c == '+' {
				c = plus
			}
			i++
		}
		if n >= len(b) {
			return 0, false
		}
		b[n] = c
		n++
	}
	// Bytes from escapes and others could make a character together, which none
	// of them is to be.
	return n, decoded < utf8.RuneSelf || isASCII(s) && utf8.Valid(b[:n])
}

// appendText appends the text that s is with its escapes undone, whatever they
// are. It never has more bytes than s: where bytes become U+FFFD, three
// characters stood for each of them.
func appendText(b []byte, s string, plus byte) []byte {
	for i := 0; i < len(s); {
		c := s[i]
		if c == '%' && i+2 < len(s) {
			if x, ok := unhex(s[i+1], s[i+2]); ok {
				if x < utf8.RuneSelf {
					b = append(b, x)
					i += 3
				} else {
					b, i = appendHigh(b, s, i)
				}
				continue
			}
		}
		if c == '+' {
			c = plus
		}
		b = append(b, c)
		i++
	}
	return b
}

// appendHigh appends the text of the escapes of bytes above 0x7F that s has
// from i on, and returns where they end. Only these together can be a
// character: everything else ends a sequence of UTF-8.
func appendHigh(b []byte, s string, i int) ([]byte, int) {
	start := len(b)
	for i+2 < len(s) && s[i] == '%' {
		x, ok := unhex(s[i+1], s[i+2])
		if !ok || x < utf8.RuneSelf {
			break
		}
		b = append(b, x)
		i += 3
	}
	if !utf8.Valid(b[start:]) {
		bad := append([]byte(nil), b[start:]...)
		b, _ = decode(b[:start], bad, UTF8, ErrorsReplace)
	}
	return b, i
}

// appendUnquoted appends the bytes of s with its escapes undone.
func appendUnquoted[T ~string | ~[]byte](b []byte, s T, plus bool) []byte {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '%' && i+2 < len(s) {
			if x, ok := unhex(s[i+1], s[i+2]); ok {
				b = append(b, x)
				i += 2
				continue
			}
		}
		if c == '+' && plus {
			c = ' '
		}
		b = append(b, c)
	}
	return b
}

// unhex returns the byte that two hexadecimal digits stand for.
func unhex(hi, lo byte) (x byte, ok bool) {
	h, l := hexValue[hi], hexValue[lo]
	return h<<4 | l, h|l < 16
}

// hexValue has the value of each hexadecimal digit, and 255 for other bytes.
var hexValue = func() (t [256]byte) {
	for i := range t {
		t[i] = 255
	}
	for i, c := range []byte("0123456789abcdef") {
		t[c] = byte(i)
	}
	for i, c := range []byte("ABCDEF") {
		t[c] = byte(10 + i)
	}
	return t
}()
