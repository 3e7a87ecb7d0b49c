package parse

import "unicode/utf8"

// An ErrorMode says what to do with characters that an encoding has no bytes
// for, and with bytes that mean nothing in it: Python's argument errors.
//
// Go strings are bytes, and these functions take and give any: a byte that is
// not part of valid UTF-8 stands for the lone surrogate that Python's mode
// surrogateescape makes of it, U+DC00 plus the byte, and the three bytes that
// UTF-8 would have for a surrogate stand for that surrogate.
type ErrorMode uint8

// The error modes.
const (
	// ErrorsDefault is ErrorsStrict where text is encoded and ErrorsReplace
	// where it is decoded, which are Python's defaults.
	ErrorsDefault ErrorMode = iota
	// ErrorsStrict returns an [*EncodingError].
	ErrorsStrict
	// ErrorsReplace writes "?" for a character, and U+FFFD for bytes.
	ErrorsReplace
	// ErrorsIgnore leaves out what is wrong.
	ErrorsIgnore
	// ErrorsXMLCharRef writes "&#233;" for a character; bytes are an error.
	// Python's name is xmlcharrefreplace.
	ErrorsXMLCharRef
	// ErrorsBackslash writes `\xe9`, `\u20ac` or `\U0001f600`. Python's name is
	// backslashreplace.
	ErrorsBackslash
	// ErrorsSurrogateEscape lets bytes through that mean nothing, as bytes that
	// are not UTF-8, and back; other characters without bytes are an error, and
	// so are bytes below 0x80.
	ErrorsSurrogateEscape
	// ErrorsSurrogatePass lets surrogates through in UTF-8 and UTF-16; what
	// else is wrong is an error.
	ErrorsSurrogatePass
)

// LookupErrorMode returns the mode for one of Python's names. The error for
// others, "namereplace" among them, is ErrUnknownEncoding; Python's is
// LookupError.
func LookupErrorMode(name string) (ErrorMode, error) {
	for i, n := range errorModes {
		if n == name && i > 0 {
			return ErrorMode(i), nil
		}
	}
	return 0, ErrUnknownEncoding
}

var errorModes = [...]string{"default", "strict", "replace", "ignore", "xmlcharrefreplace",
	"backslashreplace", "surrogateescape", "surrogatepass"}

// String returns Python's name of the mode.
func (m ErrorMode) String() string {
	if int(m) < len(errorModes) {
		return errorModes[m]
	}
	return "unknown"
}

// nextRune returns the first character of s, not empty, in the sense that
// ErrorMode describes: surrogates for what is not UTF-8.
func nextRune(s string) (c rune, size int) {
	c, size = utf8.DecodeRuneInString(s)
	if c != utf8.RuneError || size > 1 {
		return c, size
	}
	if len(s) >= 3 && s[0] == 0xED && s[1]>>5 == 0xA0>>5 && s[2]>>6 == 2 {
		return 0xD000 | rune(s[1]&0x3F)<<6 | rune(s[2]&0x3F), 3
	}
	return 0xDC00 + rune(s[0]), 1
}

// isUTF8 reports whether e is, or stands for, UTF8.
func isUTF8(e Encoding) bool { return e == nil || e == UTF8 }

// encode appends the bytes that s has in e.
func encode(b []byte, s string, e Encoding, mode ErrorMode) ([]byte, error) {
	if isUTF8(e) {
		if mode == ErrorsSurrogateEscape || utf8.ValidString(s) {
			return append(b, s...), nil
		}
		e = UTF8
	}
	for i := 0; i < len(s); {
		c, n := nextRune(s[i:])
		var ok bool
		if b, ok = e.AppendRune(b, c); !ok {
			if b, ok = substitute(b, s[i:i+n], c, e, mode); !ok {
				return b, &EncodingError{Encoding: e.String(), Pos: i, Rune: c, Kind: ErrEncode}
			}
		}
		i += n
	}
	return b, nil
}

// substitute appends what mode has in place of c, which e has no bytes for and
// whose own are text.
func substitute(b []byte, text string, c rune, e Encoding, mode ErrorMode) ([]byte, bool) {
	ok := true
	switch mode {
	case ErrorsReplace:
		return e.AppendRune(b, '?')
	case ErrorsIgnore:
		return b, true
	case ErrorsXMLCharRef, ErrorsBackslash:
		var buf [16]byte
		ref := appendCharRef(buf[:0], c)
		if mode == ErrorsBackslash {
			ref = appendBackslash(buf[:0], c)
		}
		for _, x := range ref {
			if b, ok = e.AppendRune(b, rune(x)); !ok {
				return b, false
			}
		}
		return b, true
	case ErrorsSurrogateEscape:
		if len(text) == 1 {
			return append(b, text[0]), true
		}
	case ErrorsSurrogatePass:
		if c < 0xD800 || c > 0xDFFF {
			return b, false
		}
		if u, ok := e.(utf16Encoding); ok {
			return u.appendUnit(b, c), true
		}
		if isUTF8(e) {
			return append(b, 0xE0|byte(c>>12), 0x80|byte(c>>6&0x3F), 0x80|byte(c&0x3F)), true
		}
	}
	return b, false
}

// decode appends the text that p is in e.
func decode(b, p []byte, e Encoding, mode ErrorMode) ([]byte, error) {
	if isUTF8(e) {
		if mode == ErrorsSurrogateEscape || utf8.Valid(p) {
			return append(b, p...), nil
		}
		e = UTF8
	}
	for i := 0; i < len(p); {
		c, n, ok := e.DecodeRune(p[i:])
		bad := p[i : i+n]
		switch {
		case ok:
			b = utf8.AppendRune(b, c)
		case mode == ErrorsDefault || mode == ErrorsReplace:
			b = utf8.AppendRune(b, utf8.RuneError)
		case mode == ErrorsIgnore:
		case mode == ErrorsBackslash:
			for _, x := range bad {
				b = appendBackslash(b, rune(x))
			}
		case mode == ErrorsSurrogateEscape && isHigh(bad):
			b = append(b, bad...)
		default:
			size := 0
			if mode == ErrorsSurrogatePass {
				b, size = passSurrogate(b, p[i:], e)
			}
			if size == 0 {
				return b, &EncodingError{Encoding: e.String(), Pos: i, Bytes: append([]byte(nil), bad...), Kind: ErrDecode}
			}
			n = size
		}
		i += n
	}
	return b, nil
}

// passSurrogate appends the surrogate at the start of p, if there is one, and
// returns how many bytes of p it took.
func passSurrogate(b, p []byte, e Encoding) ([]byte, int) {
	switch e := e.(type) {
	case utf8Encoding:
		if len(p) >= 3 {
			if c, n := nextRune(string(p[:3])); n == 3 && c >= 0xD800 {
				return append(b, p[:3]...), 3
			}
		}
	case utf16Encoding:
		if len(p) >= 2 {
			if c := e.unit(p); 0xD800 <= c && c <= 0xDFFF {
				return append(b, 0xE0|byte(c>>12), 0x80|byte(c>>6&0x3F), 0x80|byte(c&0x3F)), 2
			}
		}
	}
	return b, 0
}

func isHigh(p []byte) bool {
	for _, x := range p {
		if x < utf8.RuneSelf {
			return false
		}
	}
	return true
}

func appendCharRef(b []byte, c rune) []byte {
	b = append(b, "&#"...)
	for d := rune(1000000); d > 0; d /= 10 {
		if c >= d {
			b = append(b, byte('0'+c/d%10))
		}
	}
	return append(b, ';')
}

func appendBackslash(b []byte, c rune) []byte {
	kind, digits := byte('x'), 2
	if c > 0xFFFF {
		kind, digits = 'U', 8
	} else if c > 0xFF {
		kind, digits = 'u', 4
	}
	b = append(b, '\\', kind)
	for digits--; digits >= 0; digits-- {
		b = append(b, "0123456789abcdef"[c>>(4*digits)&0xF])
	}
	return b
}
