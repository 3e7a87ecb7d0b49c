package http1

import (
	"bytes"
	"strconv"
	"strings"
)

// pythonRequestLine reads a request line as Python's http.server does: words with any
// white space between. The errors say What as it does.
func (h *Head) pythonRequestLine(off, stop int) (done bool, err error) {
	line := h.data[off:stop]
	words := h.words(off, stop)
	if len(words) == 0 {
		return false, fail(ErrEmptyRequest, "request line", nil)
	}
	if len(words) >= 3 {
		if err := h.pythonVersion(words[len(words)-1]); err != nil {
			return false, err
		}
	}
	if len(words) != 2 && len(words) != 3 {
		return false, fail(ErrStartLine, "Bad request syntax ("+quote(line)+")", line)
	}
	h.parts[Method], h.parts[Target] = words[0], words[1]
	if len(words) == 3 {
		h.parts[Version] = words[2]
		return false, nil
	}
	h.parts[Version] = span{uint32(stop), uint32(stop)}
	if m := h.bytes(words[0]); string(m) != "GET" {
		return false, fail(ErrStartLine, "Bad HTTP/0.9 request type ("+quote(m)+")", line)
	}
	h.Old = true
	return true, nil
}

// words splits a line at white space.
func (h *Head) words(off, stop int) (words []span) {
	space := func(c byte) bool {
		return c == ' ' || c >= '\t' && c <= '\r' || c >= 0x1c && c <= 0x1f || c == 0x85 || c == 0xa0
	}
	for i := off; i < stop; {
		for i < stop && space(h.data[i]) {
			i++
		}
		start := i
		for i < stop && !space(h.data[i]) {
			i++
		}
		if i > start {
			words = append(words, span{uint32(start), uint32(i)})
		}
	}
	return words
}

// pythonVersion reads "HTTP/", digits, a dot and digits, of which the value counts.
func (h *Head) pythonVersion(s span) error {
	v := h.bytes(s)
	bad := fail(ErrStartLine, "Bad request version ("+quote(v)+")", v)
	num, ok := bytes.CutPrefix(v, []byte("HTTP/"))
	if !ok {
		return bad
	}
	a, b, ok := strings.Cut(string(num), ".")
	if !ok || !pythonNumber(a) || !pythonNumber(b) {
		return bad
	}
	major, _ := strconv.Atoi(a)
	minor, _ := strconv.Atoi(b)
	if major >= 2 {
		return fail(ErrVersion, "Invalid HTTP version ("+string(num)+")", v)
	}
	h.Minor = 0
	if major == 1 && minor >= 1 {
		h.Minor = 1
	}
	return nil
}

func pythonNumber(s string) bool {
	if s == "" || len(s) > 10 {
		return false
	}
	for i := 0; i < len(s); i++ {
		if !digit(s[i]) {
			return false
		}
	}
	return true
}

// quote is Python's repr of a text in Latin-1, with what is not ASCII escaped.
func quote(b []byte) string {
	b = b[:min(len(b), 1000)]
	q := byte('\'')
	if bytes.IndexByte(b, '\'') >= 0 && bytes.IndexByte(b, '"') < 0 {
		q = '"'
	}
	out := []byte{q}
	for _, c := range b {
		switch {
		case c == '\\' || c == q:
			out = append(out, '\\', c)
		case c == '\t':
			out = append(out, `\t`...)
		case c == '\r':
			out = append(out, `\r`...)
		case c == '\n':
			out = append(out, `\n`...)
		case c < 0x20 || c >= 0x7f && c <= 0xa0 || c == 0xad:
			out = append(out, '\\', 'x', "0123456789abcdef"[c>>4], "0123456789abcdef"[c&15])
		default:
			out = append(out, c)
		}
	}
	return string(append(out, q))
}
