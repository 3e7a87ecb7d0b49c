package cookies

import "strings"

// ParseSetCookie reads the value of one Set-Cookie header as RFC 6265bis section 5.6 does:
// attributes that are not known are passed over, and of one that comes twice the last counts.
// It is strict where servers are not to be strange: the error is an *Error with ErrSyntax if
// there is no equal sign, ErrName, ErrReserved, or ErrControl for a control character
// anywhere, a tab excepted.
//
// The value is unquoted as Python does it; [Morsel.CodedValue] is what stood there.
func ParseSetCookie(line string) (*Morsel, error) {
	for i := range len(line) {
		if is(line[i], ctrl) && line[i] != '\t' {
			name, _, _ := strings.Cut(line, "=")
			return nil, fail(name, ErrControl)
		}
	}
	first, rest, _ := strings.Cut(line, ";")
	name, coded, ok := strings.Cut(first, "=")
	if !ok {
		return nil, fail(trim(first), ErrSyntax)
	}
	name, coded = trim(name), trim(coded)
	value := coded
	if len(coded) > 0 && coded[0] == '"' {
		value = Unquote(coded)
	}
	m := new(Morsel)
	if err := m.Set(name, value, coded); err != nil {
		return nil, err
	}
	for rest != "" {
		var part string
		part, rest, _ = strings.Cut(rest, ";")
		key, v, hasValue := strings.Cut(part, "=")
		key, v = trim(key), trim(v)
		a, ok := lookup(key)
		switch {
		case !ok:
			continue
		case !none(v, ctrl):
			return nil, fail(key, ErrControl)
		case a.flag():
			m.put(a, yes, "true")
		case hasValue && a == comment:
			m.put(a, text, Unquote(v))
		default:
			m.put(a, text, v)
		}
	}
	return m, nil
}

// trim takes spaces and tabs from both ends.
func trim(s string) string {
	for s != "" && (s[0] == ' ' || s[0] == '\t') {
		s = s[1:]
	}
	for s != "" && (s[len(s)-1] == ' ' || s[len(s)-1] == '\t') {
		s = s[:len(s)-1]
	}
	return s
}
