package robotparser

import (
	"strings"

	"github.com/pynet-go/pynet/urllib/parse"
)

// What normalize is for: in a pattern stars mean something.
const (
	forTarget  = false
	forPattern = true
)

// plain are the bytes that are written as they are.
var plain = func() (t [256]bool) {
	for _, c := range "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~/" {
		t[c] = true
	}
	return t
}()

// target is the path and query of a URL, normalized, and whether it is a URL.
func (p *Parser) target(url string) (string, bool) {
	u, err := (&parse.Parser{KeepEmpty: true}).Split(url)
	if err != nil {
		return "", false
	}
	s := u.Path
	if u.Present&parse.HasQuery != 0 {
		s += "?" + u.Query
	}
	if p.Python && u.Present&parse.HasFragment != 0 {
		s += "#" + u.Fragment
	}
	if s == "" {
		s = "/"
	}
	return normalize(s, forTarget, p.Python), true
}

// normalize gives all spellings of a path and query the same form: what is in the set plain
// as it is, everything else escaped. In the path an escaped slash stays one, but for Python;
// in the query, "=" and "&" and their escapes are told apart. It keeps the stars of a pattern.
func normalize(s string, pattern, python bool) string {
	i := 0
	for i < len(s) && plain[s[i]] {
		i++
	}
	if i == len(s) {
		return s
	}
	b := make([]byte, i, len(s)+16)
	copy(b, s)
	query := false
	for ; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '%':
			d, ok := unescape(s[i:])
			if !ok {
				break
			}
			i += 2
			if c = d; c == '/' && !query && !python {
				b = append(b, "%2F"...)
				continue
			}
		case c == '?' && !query:
			query = true
			b = append(b, c)
			continue
		case query && (c == '=' || c == '&'), pattern && c == '*':
			b = append(b, c)
			continue
		}
		if plain[c] {
			b = append(b, c)
		} else {
			b = append(b, '%', "0123456789ABCDEF"[c>>4], "0123456789ABCDEF"[c&15])
		}
	}
	return string(b)
}

// unescape reads an escape at the beginning of s.
func unescape(s string) (byte, bool) {
	if len(s) < 3 {
		return 0, false
	}
	hi, lo := strings.IndexByte(hexDigits, s[1]), strings.IndexByte(hexDigits, s[2])
	if hi < 0 || lo < 0 {
		return 0, false
	}
	return byte(hi%16<<4 | lo%16), true
}

// hexDigits are the digits, those in lower case 16 places after those in upper case.
const hexDigits = "0123456789ABCDEF0123456789abcdef"
