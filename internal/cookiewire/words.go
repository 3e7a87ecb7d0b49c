package cookiewire

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// An Attr is a word of a header, perhaps with a value. NoValue is Python's None.
type Attr struct {
	Name, Value string
	NoValue     bool
	// Time is what Value says, if Name is "expires" and the header is a Netscape one.
	Time int64
}

// space is white space as Python's text has it.
func space(r rune) bool { return unicode.IsSpace(r) || r >= 0x1c && r <= 0x1f }

// TrimSpace takes white space from both ends: `str.strip`.
func TrimSpace(s string) string { return strings.TrimFunc(s, space) }

func trimLeft(s string) string {
	if s == "" || s[0] > ' ' && s[0] < utf8.RuneSelf {
		return s
	}
	return strings.TrimLeftFunc(s, space)
}

// word reports whether r is a letter, a digit or an underscore.
func word(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r) }

// Word reports whether s is made of letters, digits and underscores.
func Word(s string) bool {
	for _, r := range s {
		if !word(r) {
			return false
		}
	}
	return true
}

// Token reports whether s is a token (RFC 9110 section 5.6.2).
func Token(s string) bool {
	for i := range len(s) {
		c := s[i]
		if (c|0x20 < 'a' || c|0x20 > 'z') && (c < '0' || c > '9') && strings.IndexByte("!#$%&'*+-.^_`|~", c) < 0 {
			return false
		}
	}
	return s != ""
}

// SplitHeaderWords reads the headers as lists of words: `split_header_words`.
func SplitHeaderWords(headers []string) [][]Attr {
	var out [][]Attr
	for _, s := range headers {
		var list []Attr
		for s != "" {
			name, rest := token(s)
			if name != "" {
				var a Attr
				a, s = valueOf(name, rest)
				list = append(list, a)
				continue
			}
			if t := trimLeft(s); strings.HasPrefix(t, ",") {
				s = t[1:]
				if len(list) > 0 {
					out = append(out, list)
				}
				list = nil
				continue
			}
			s = strings.TrimLeftFunc(s, func(r rune) bool { return r == '=' || r == ';' || space(r) })
		}
		if len(list) > 0 {
			out = append(out, list)
		}
	}
	return out
}

// token takes a name from the beginning, "" if there is none.
func token(s string) (name, rest string) {
	t := trimLeft(s)
	i := wordEnd(t, true)
	return t[:i], t[i:]
}

// wordEnd finds the end of a word: a semicolon, a comma, white space or, in a name, an equal
// sign.
func wordEnd(s string, name bool) int {
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == ';' || c == ',' || c == '=' && name:
			return i
		case c < utf8.RuneSelf:
			if c <= ' ' && space(rune(c)) {
				return i
			}
			i++
		default:
			r, n := utf8.DecodeRuneInString(s[i:])
			if space(r) {
				return i
			}
			i += n
		}
	}
	return len(s)
}

// valueOf takes the value behind a name.
func valueOf(name, s string) (Attr, string) {
	t := trimLeft(s)
	if !strings.HasPrefix(t, "=") {
		return Attr{Name: name, NoValue: true}, s
	}
	t = trimLeft(t[1:])
	if v, rest, ok := quotedValue(t); ok {
		return Attr{Name: name, Value: v}, rest
	}
	i := wordEnd(t, false)
	return Attr{Name: name, Value: t[:i]}, t[i:]
}

// quotedValue takes a text in double quotes and undoes its backslashes.
func quotedValue(s string) (v, rest string, ok bool) {
	if s == "" || s[0] != '"' {
		return "", s, false
	}
	if i := strings.IndexAny(s[1:], "\"\\"); i >= 0 && s[1+i] == '"' {
		return s[1 : 1+i], s[2+i:], true
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"':
			return b.String(), s[i+1:], true
		case c == '\\':
			if i+1 >= len(s) || s[i+1] == '\n' {
				return "", s, false
			}
			_, n := utf8.DecodeRuneInString(s[i+1:])
			b.WriteString(s[i+1 : i+1+n])
			i += n
		default:
			b.WriteByte(c)
		}
	}
	return "", s, false
}

// JoinHeaderWords writes lists of words as a header: `join_header_words`.
func JoinHeaderWords(lists [][]Attr) string {
	var b strings.Builder
	for _, list := range lists {
		if len(list) > 0 && b.Len() > 0 {
			b.WriteString(", ")
		}
		for i, a := range list {
			if i > 0 {
				b.WriteString("; ")
			}
			b.WriteString(a.Name)
			if a.NoValue {
				continue
			}
			b.WriteByte('=')
			if Token(a.Value) {
				b.WriteString(a.Value)
				continue
			}
			b.WriteByte('"')
			b.WriteString(Escape(a.Value))
			b.WriteByte('"')
		}
	}
	return b.String()
}

// Escape puts a backslash before each quote and backslash.
func Escape(s string) string { return escaper.Replace(s) }

var escaper = strings.NewReplacer(`"`, `\"`, `\`, `\\`)
