package cookies

import (
	"strings"
	"unicode/utf8"
)

// Quote returns the value as it stands in a header: itself if it is made of the characters
// of a token and colons, else in double quotes, with a backslash before a quote or backslash
// and other characters up to U+00FF as octal numbers. An empty value is "". It is what
// Python's SimpleCookie does.
func Quote(s string) string {
	if s != "" && all(s, token) {
		return s
	}
	return string(appendQuoted(make([]byte, 0, len(s)+8), s))
}

func appendQuoted(b []byte, s string) []byte {
	b = append(b, '"')
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case is(c, plain):
			b = append(b, c)
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c < utf8.RuneSelf:
			b = appendOctal(b, c)
		default:
			r, n := utf8.DecodeRuneInString(s[i:])
			switch {
			case r == utf8.RuneError && n == 1: // no UTF-8: the byte itself
				b = appendOctal(b, c)
			case r <= 0xff:
				b = appendOctal(b, byte(r))
			default:
				b = append(b, s[i:i+n]...)
			}
			i += n
			continue
		}
		i++
	}
	return append(b, '"')
}

func appendOctal(b []byte, c byte) []byte {
	return append(b, '\\', '0'+c>>6, '0'+c>>3&7, '0'+c&7)
}

// Unquote returns the value that stands in a header: what Quote was given. A text that is
// not in double quotes is itself. It takes time in proportion to the text.
func Unquote(s string) string {
	if len(s) < 2 || s[0] != '"' || s[len(s)-1] != '"' {
		return s
	}
	s = s[1 : len(s)-1]
	i := strings.IndexByte(s, '\\')
	if i < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i >= 0 {
		b.WriteString(s[:i])
		s = s[i:]
		switch {
		case len(s) >= 4 && s[1] >= '0' && s[1] <= '3' && octal(s[2]) && octal(s[3]):
			b.WriteRune(rune(s[1]-'0')<<6 | rune(s[2]-'0')<<3 | rune(s[3]-'0'))
			s = s[4:]
		case len(s) >= 2 && s[1] != '\n':
			b.WriteByte(s[1]) // the rest of a longer character follows
			s = s[2:]
		default:
			b.WriteByte('\\')
			s = s[1:]
		}
		i = strings.IndexByte(s, '\\')
	}
	b.WriteString(s)
	return b.String()
}

func octal(c byte) bool { return c >= '0' && c <= '7' }

// A Codec translates between a value and what stands in a header.
type Codec interface {
	// Encode returns what stands in the header: Python's value_encode.
	Encode(value string) (coded string)
	// Decode returns the value: Python's value_decode.
	Decode(coded string) (value string)
}

// The codecs of Python's two classes.
var (
	Quoted Codec = quoted{} // Quote and Unquote: SimpleCookie
	Plain  Codec = asIs{}   // values as they are: BaseCookie
)

type quoted struct{}

func (quoted) Encode(v string) string { return Quote(v) }
func (quoted) Decode(v string) string { return Unquote(v) }

type asIs struct{}

func (asIs) Encode(v string) string { return v }
func (asIs) Decode(v string) string { return v }
