package parse

import (
	"strings"
	"unicode"
)

// Unwrap takes a URL out of "<URL:scheme://host/path>", "<scheme://host/path>"
// or "URL:scheme://host/path" (RFC 3986 appendix C), without the blanks around
// it. Other text comes back without the blanks around it.
func Unwrap(s string) string {
	s = strings.TrimFunc(s, isSpace)
	if len(s) > 1 && s[0] == '<' && s[len(s)-1] == '>' {
		s = strings.TrimFunc(s[1:len(s)-1], isSpace)
	}
	if rest, ok := strings.CutPrefix(s, "URL:"); ok {
		s = strings.TrimFunc(rest, isSpace)
	}
	return s
}

// isSpace reports what Python's str.strip removes: White_Space, and the four
// information separators.
func isSpace(c rune) bool { return unicode.IsSpace(c) || 0x1C <= c && c <= 0x1F }
