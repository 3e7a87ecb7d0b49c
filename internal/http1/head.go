package http1

import (
	"bytes"
	"strings"

	"github.com/pynet-go/pynet/httpx"
)

// span is a part of the head's bytes.
type span struct{ off, end uint32 }

type field struct{ name, value span }

// A Head is the head of a request or of a response, parsed where it lies: it holds
// offsets into the bytes that [Head.Parse] got. A Head is used again after
// [Head.Reset]; then it does not allocate.
type Head struct {
	// Limits and Lenient say what is accepted. They survive a Reset.
	Limits  Limits
	Lenient Lenient

	// Response tells which of the two it is to parse.
	Response bool

	// Minor is the minor version, 0 or 1; a higher one is read as 1. Old tells of a
	// request of HTTP/0.9.
	Minor int
	Old   bool
	// Status is the code of a response.
	Status int
	// Size is the number of bytes of the head once it is complete.
	Size int

	data   []byte
	pos    int // where the next line begins
	seen   int // bytes of it that have no line feed
	lines  int
	begun  bool // the start line is parsed
	bare   bool // there is none
	parts  [3]span
	fields []field
	folded bool // a value holds a line end, for Header to take out
	notes  notes
	few    [24]field
}

// Reset prepares for another message.
func (h *Head) Reset() {
	if h.fields == nil {
		h.fields = h.few[:0]
	}
	h.fields = h.fields[:0]
	h.Minor, h.Old, h.Status, h.Size = 0, false, 0, 0
	h.data, h.pos, h.seen, h.lines, h.begun, h.folded, h.bare = nil, 0, 0, 0, false, false, false
	h.parts = [3]span{}
	h.notes = notes{}
}

// FieldsOnly is called after Reset to parse fields without a start line.
func (h *Head) FieldsOnly() { h.begun, h.bare = true, true }

// Parse takes the bytes from the start of the message on, of which there may be
// more than the last time, and returns the size of the head once it is complete, 0
// as long as it is not. A message that is refused is so as soon as the line is
// there. The head refers to b until Reset.
func (h *Head) Parse(b []byte) (int, error) {
	if h.fields == nil {
		h.fields = h.few[:0]
	}
	h.data = b
	for {
		i := bytes.IndexByte(b[h.pos+h.seen:], '\n')
		if i < 0 {
			h.seen = len(b) - h.pos
			return 0, h.tooLong(h.seen)
		}
		end := h.pos + h.seen + i // of the line feed
		if err := h.tooLong(end + 1 - h.pos); err != nil {
			return 0, err
		}
		done, err := h.line(h.pos, end)
		if err != nil {
			return 0, err
		}
		h.pos, h.seen = end+1, 0
		if done {
			h.Size = h.pos
			return h.pos, h.finish()
		}
	}
}

// ParseEOF is called where the stream ends within a head. In Python's reading that
// ends the head, if its first line is there.
func (h *Head) ParseEOF(b []byte) (int, error) {
	if h.Lenient&Python == 0 || len(b) == 0 {
		return 0, nil
	}
	h.data = b
	if h.pos < len(b) {
		if _, err := h.line(h.pos, len(b)); err != nil {
			return 0, err
		}
	}
	if !h.begun {
		return 0, nil
	}
	h.pos, h.Size = len(b), len(b)
	return h.Size, h.finish()
}

func (h *Head) tooLong(n int) error {
	if n > h.Limits.line() {
		return fail(ErrLineTooLong, h.what(), nil)
	}
	if h.pos+n > h.Limits.head() {
		return fail(ErrHeadTooLarge, "", nil)
	}
	return nil
}

func (h *Head) what() string {
	switch {
	case h.begun:
		return "header line"
	case h.Response:
		return "status line"
	}
	return "request line"
}

// line parses the line from off to its line feed at end and reports whether the
// head is complete.
func (h *Head) line(off, end int) (done bool, err error) {
	b := h.data
	stop := end
	if stop > off && b[stop-1] == '\r' {
		stop--
	} else if !h.Lenient.has(BareLF) {
		return false, fail(ErrField, h.what()+" ends in a bare line feed", b[off:end])
	}
	if !h.begun {
		if stop == off && !h.Response && h.lines == 0 && h.Lenient&Python == 0 {
			h.lines++ // RFC 9112 section 2.2: one empty line before a request is no harm
			return false, nil
		}
		h.lines = 0
		h.begun = true
		if h.Response {
			return false, h.statusLine(off, stop)
		}
		return h.requestLine(off, stop)
	}
	if stop == off {
		return true, nil
	}
	if h.lines++; h.lines > h.Limits.fields() {
		return false, fail(ErrTooManyFields, "", nil)
	}
	if h.Lenient&Python != 0 {
		return false, nil // all of them at the end
	}
	return false, h.field(off, stop)
}

func (h *Head) finish() error {
	if h.Lenient&Python != 0 {
		h.pythonFields()
	}
	return nil
}

// field parses a field line (RFC 9112 section 5).
func (h *Head) field(off, stop int) error {
	b := h.data[off:stop]
	if b[0] == ' ' || b[0] == '\t' {
		return h.fold(off, stop)
	}
	i := 0
	for i < len(b) && class[b[i]]&isToken != 0 {
		i++
	}
	if i == 0 || i == len(b) || b[i] != ':' {
		return fail(ErrField, "header line", b)
	}
	v := i + 1
	for v < len(b) && (b[v] == ' ' || b[v] == '\t') {
		v++
	}
	e := len(b)
	for e > v && (b[e-1] == ' ' || b[e-1] == '\t') {
		e--
	}
	if !all(b[v:e], isValue) {
		return fail(ErrField, "header line", b)
	}
	h.add(span{uint32(off), uint32(off + i)}, span{uint32(off + v), uint32(off + e)})
	return nil
}

func (h *Head) add(name, value span) {
	h.fields = append(h.fields, field{name, value})
	h.note(name, value, len(h.fields)-1)
}

// fold lets the last field go on in a line that begins with a blank.
func (h *Head) fold(off, stop int) error {
	b := h.data[off:stop]
	if !h.Lenient.has(Fold) || len(h.fields) == 0 || !all(b, isValue) {
		return fail(ErrField, "obsolete folding", b)
	}
	if n := len(h.fields) - 1; h.notes.critical == n+1 {
		return fail(ErrField, "folded "+string(h.bytes(h.fields[n].name)), b)
	}
	h.fields[len(h.fields)-1].value.end = uint32(stop)
	h.folded = true
	return nil
}

func (h *Head) bytes(s span) []byte { return h.data[s.off:s.end] }

// NumFields returns the number of fields.
func (h *Head) NumFields() int { return len(h.fields) }

// FieldAt returns the i-th field. The slices are parts of the bytes given to Parse.
func (h *Head) FieldAt(i int) (name, value []byte) {
	return h.bytes(h.fields[i].name), h.bytes(h.fields[i].value)
}

// Lookup returns the value of the first field of the name, which must be in lower
// case.
func (h *Head) Lookup(lower string) ([]byte, bool) {
	for i := range h.fields {
		if f := &h.fields[i]; int(f.name.end-f.name.off) == len(lower) && EqualFold(h.bytes(f.name), lower) {
			return h.bytes(f.value), true
		}
	}
	return nil, false
}

// Text is the head as one string, of which [Head.Header] and [Head.Part] give parts.
func (h *Head) Text() string { return string(h.data[:h.Size]) }

// Header appends the fields to dst; text is what [Head.Text] has returned.
func (h *Head) Header(dst httpx.Header, text string) httpx.Header {
	for i := range h.fields {
		f := &h.fields[i]
		v := text[f.value.off:f.value.end]
		if h.folded && h.Lenient&Python == 0 {
			v = unfold(v)
		}
		dst = append(dst, httpx.Field{Name: text[f.name.off:f.name.end], Value: v})
	}
	return dst
}

// unfold puts one blank in place of each line end and the blanks around it.
func unfold(v string) string {
	if !strings.Contains(v, "\n") {
		return v
	}
	var b strings.Builder
	for i, line := range strings.Split(v, "\n") {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(trimBlanks(strings.TrimSuffix(line, "\r")))
	}
	return strings.TrimRight(b.String(), " ")
}
