package http1

// Classes of bytes.
const (
	isToken  = 1 << iota // tchar of RFC 9110 section 5.6.2
	isValue              // what stands in a field value: VCHAR, blanks, obs-text
	isTarget             // what stands in a request target that is read: 0x21–0x7E, obs-text
	isHex
)

var class = func() (t [256]uint8) {
	for c := range 256 {
		switch {
		case c >= '0' && c <= '9', c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z':
			t[c] |= isToken
		}
		if c == '\t' || c >= 0x20 && c != 0x7f {
			t[c] |= isValue
		}
		if c > 0x20 && c != 0x7f {
			t[c] |= isTarget
		}
	}
	for _, c := range "!#$%&'*+-.^_`|~" {
		t[c] |= isToken
	}
	for _, c := range "0123456789abcdefABCDEF" {
		t[c] |= isHex
	}
	return t
}()

// all reports whether every byte of s is of the class.
func all[T string | []byte](s T, of uint8) bool {
	for i := 0; i < len(s); i++ {
		if class[s[i]]&of == 0 {
			return false
		}
	}
	return true
}

// IsToken reports whether s is a token (RFC 9110 section 5.6.2): a method or the
// name of a field.
func IsToken(s string) bool { return len(s) > 0 && all(s, isToken) }

// IsValue reports whether s may stand in a field value: no control characters but
// the tab. Thereby it has no line end.
func IsValue(s string) bool { return all(s, isValue) }

// EqualFold compares without the case of ASCII letters; lower must be in lower case.
func EqualFold[T string | []byte](s T, lower string) bool {
	if len(s) != len(lower) {
		return false
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		if c != lower[i] {
			return false
		}
	}
	return true
}

func trimBlanks[T string | []byte](s T) T {
	for len(s) > 0 && (s[0] == ' ' || s[0] == '\t') {
		s = s[1:]
	}
	for len(s) > 0 && (s[len(s)-1] == ' ' || s[len(s)-1] == '\t') {
		s = s[:len(s)-1]
	}
	return s
}
