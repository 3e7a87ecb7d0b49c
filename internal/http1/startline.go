package http1

import (
	"bytes"
	"strings"
)

// The parts of a start line, for [Head.Part].
const (
	Method  = 0 // of a request
	Target  = 1
	Version = 2 // of both
	Reason  = 1 // of a response
)

// Part returns a part of the start line; text is what [Head.Text] has returned.
func (h *Head) Part(i int, text string) string { return text[h.parts[i].off:h.parts[i].end] }

// PartBytes returns a part of the start line as it lies.
func (h *Head) PartBytes(i int) []byte { return h.bytes(h.parts[i]) }

// requestLine parses "GET /path HTTP/1.1" (RFC 9112 section 3): single blanks, no
// others. done tells of HTTP/0.9, which has no fields.
func (h *Head) requestLine(off, stop int) (done bool, err error) {
	if h.Lenient&Python != 0 {
		return h.pythonRequestLine(off, stop)
	}
	b := h.data[off:stop]
	i := 0
	for i < len(b) && class[b[i]]&isToken != 0 {
		i++
	}
	if i == 0 || i == len(b) || b[i] != ' ' {
		return false, fail(ErrStartLine, "request line", b)
	}
	j := i + 1
	for j < len(b) && class[b[j]]&isTarget != 0 {
		j++
	}
	if j == i+1 {
		return false, fail(ErrStartLine, "request line", b)
	}
	h.parts[Method] = span{uint32(off), uint32(off + i)}
	h.parts[Target] = span{uint32(off + i + 1), uint32(off + j)}
	if j == len(b) {
		if !h.Lenient.has(HTTP09) || string(b[:i]) != "GET" {
			return false, fail(ErrStartLine, "request line", b)
		}
		h.Old = true
		h.parts[Version] = span{uint32(stop), uint32(stop)}
		return true, nil
	}
	if b[j] != ' ' {
		return false, fail(ErrStartLine, "request line", b)
	}
	h.parts[Version] = span{uint32(off + j + 1), uint32(stop)}
	return false, h.version(b[j+1:], b)
}

// version parses HTTP/1.x.
func (h *Head) version(v, line []byte) error {
	if len(v) != 8 || string(v[:5]) != "HTTP/" || v[6] != '.' || !digit(v[5]) || !digit(v[7]) {
		return fail(ErrStartLine, h.startName(), line)
	}
	if v[5] != '1' {
		return fail(ErrVersion, h.startName(), line)
	}
	if v[7] != '0' {
		h.Minor = 1
	}
	return nil
}

func (h *Head) startName() string {
	if h.Response {
		return "status line"
	}
	return "request line"
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// statusLine parses "HTTP/1.1 200 OK" (RFC 9112 section 4). The blank before an
// empty reason may be missing.
func (h *Head) statusLine(off, stop int) error {
	if h.Lenient&Python != 0 {
		return h.pythonStatusLine(off, stop)
	}
	b := h.data[off:stop]
	sp := bytes.IndexByte(b, ' ')
	if sp < 0 {
		return fail(ErrStartLine, "status line", b)
	}
	if err := h.version(b[:sp], b); err != nil {
		return err
	}
	h.parts[Version] = span{uint32(off), uint32(off + sp)}
	code := b[sp+1:]
	if len(code) < 3 || !digit(code[0]) || !digit(code[1]) || !digit(code[2]) || code[0] == '0' {
		return fail(ErrStartLine, "status line", b)
	}
	h.Status = int(code[0]-'0')*100 + int(code[1]-'0')*10 + int(code[2]-'0')
	reason := code[3:]
	if len(reason) > 0 {
		if reason[0] != ' ' || !all(reason, isValue) {
			return fail(ErrStartLine, "status line", b)
		}
		reason = reason[1:]
	}
	h.parts[Reason] = span{uint32(stop - len(reason)), uint32(stop)}
	return nil
}

// pythonStatusLine splits at white space, as Python does.
func (h *Head) pythonStatusLine(off, stop int) error {
	line := string(h.data[off:stop])
	v, rest := cutSpace(line)
	code, reason := cutSpace(rest)
	n, ok := pythonInt([]byte(code))
	if !strings.HasPrefix(v, "HTTP/") || !ok || n < 100 || n > 999 {
		return fail(ErrStartLine, "status line", h.data[off:stop])
	}
	h.Status = int(n)
	switch {
	case v == "HTTP/1.0" || v == "HTTP/0.9":
	case strings.HasPrefix(v, "HTTP/1."):
		h.Minor = 1
	default:
		return fail(ErrVersion, "status line", []byte(v))
	}
	reason = strings.TrimRight(reason, " \t\r\v\f")
	start := strings.LastIndex(line, reason)
	h.parts[Reason] = span{uint32(off + start), uint32(off + start + len(reason))}
	return nil
}

// cutSpace cuts off the first word and the white space around it.
func cutSpace(s string) (word, rest string) {
	const space = " \t\n\r\v\f\x1c\x1d\x1e\x1f"
	s = strings.TrimLeft(s, space)
	if i := strings.IndexAny(s, " \t\n\r\v\f\x1c\x1d\x1e\x1f"); i >= 0 {
		return s[:i], strings.TrimLeft(s[i:], " \t\n\r\v\f\x1c\x1d\x1e\x1f")
	}
	return s, ""
}
