package http1

import (
	"bytes"
	"strconv"
)

// pythonFields reads the lines after the start line as Python's email parser reads
// them: a carriage return alone ends a line too, a line without a colon ends the
// fields, a name may end in blanks, a value goes on in lines that begin with a
// blank and keeps what is between them.
func (h *Head) pythonFields() {
	off := 0
	if !h.bare {
		off = bytes.IndexByte(h.data[:h.Size], '\n') + 1
	}
	last := -1
lines:
	for off < h.Size {
		end, next := pythonLine(h.data[:h.Size], off)
		b := h.data[off:end]
		switch {
		case len(b) == 0:
			break lines
		case b[0] == ' ' || b[0] == '\t':
			if last >= 0 {
				h.fields[last].value.end = uint32(end)
			}
		case bytes.HasPrefix(b, []byte("From ")) && !bytes.Contains(b[:5], []byte(":")):
			last = -1
		default:
			i := bytes.IndexByte(b, ':')
			if i < 0 || bytes.IndexFunc(b[:i], func(r rune) bool { return r <= ' ' || r > '~' }) >= 0 {
				break lines
			}
			last = -1
			if i == 0 {
				break
			}
			v := off + i + 1
			for v < end && (h.data[v] == ' ' || h.data[v] == '\t') {
				v++
			}
			last = len(h.fields)
			h.fields = append(h.fields, field{span{uint32(off), uint32(off + i)}, span{uint32(v), uint32(end)}})
		}
		off = next
	}
	for i := range h.fields {
		f := &h.fields[i]
		for f.value.off < f.value.end && bytes.IndexByte([]byte(" \t\r\n"), h.data[f.value.off]) >= 0 {
			f.value.off++
		}
		v := f.value
		for v.end > v.off && bytes.IndexByte([]byte(" \t\r\n"), h.data[v.end-1]) >= 0 {
			v.end--
		}
		h.pythonNote(f.name, v, i)
	}
}

// pythonLine returns where the line at off ends and where the next one begins.
func pythonLine(b []byte, off int) (end, next int) {
	i := bytes.IndexAny(b[off:], "\r\n")
	if i < 0 {
		return len(b), len(b)
	}
	end = off + i
	next = end + 1
	if b[end] == '\r' && next < len(b) && b[next] == '\n' {
		next++
	}
	return end, next
}

// pythonSize reads the line of a chunk's size.
func (c *Chunked) pythonSize(line []byte) error {
	text, _, _ := bytes.Cut(line, []byte(";"))
	text = bytes.TrimFunc(text, pythonSpace)
	if len(text) > 0 && text[0] == '+' {
		text = text[1:]
	}
	if len(text) > 2 && text[0] == '0' && text[1]|0x20 == 'x' {
		if text = text[2:]; text[0] == '_' {
			text = text[1:]
		}
	}
	text = bytes.TrimLeft(pythonDigits(text), "0")
	size, err := strconv.ParseInt("0"+string(text), 16, 64)
	if err != nil || len(bytes.TrimFunc(line, pythonSpace)) == 0 || line[0] == ';' || len(text) > 0 && class[text[0]]&isHex == 0 {
		return fail(ErrChunk, "chunk size", line)
	}
	c.remain, c.state = size, atData
	if size == 0 {
		c.state = atTrailer
	}
	return nil
}

func pythonSpace(r rune) bool { return r == ' ' || r >= '\t' && r <= '\r' || r >= 0x1c && r <= 0x1f }

// pythonDigits takes single underscores between digits out.
func pythonDigits(b []byte) []byte {
	digits := b[:0:0]
	for i, c := range b {
		if c == '_' && i > 0 && i+1 < len(b) && b[i-1] != '_' {
			continue
		}
		digits = append(digits, c)
	}
	return digits
}

// pythonInt reads a number as Python's int does: blanks around it, a sign, single
// underscores between digits.
func pythonInt(b []byte) (int64, bool) {
	b = bytes.TrimFunc(b, pythonSpace)
	neg := len(b) > 0 && b[0] == '-'
	if neg || len(b) > 0 && b[0] == '+' {
		b = b[1:]
	}
	n, ok := parseLength(pythonDigits(b))
	if neg {
		n = -n
	}
	return n, ok
}

// pythonNote is note as Python sees the fields that matter: the first of each name.
func (h *Head) pythonNote(name, value span, i int) {
	n, v := h.bytes(name), h.bytes(value)
	switch {
	case EqualFold(n, "content-length"):
		if h.notes.lengths++; h.notes.lengths > 1 {
			return
		}
		length, ok := pythonInt(v)
		if h.notes.length = length; !ok || length < 0 {
			h.notes.length, h.notes.badLength = -1, i+1
		}
	case EqualFold(n, "transfer-encoding"):
		if h.notes.codings++; h.notes.codings == 1 {
			f := h.fields[i].value // blanks at its end count
			h.notes.chunked = EqualFold(bytes.TrimRight(h.bytes(f), "\r\n"), "chunked")
			h.notes.coding = i + 1
		}
	case EqualFold(n, "connection") && !h.Response:
		if h.notes.options++; h.notes.options == 1 { // one word, or it is nothing
			h.notes.close = EqualFold(v, "close")
			h.notes.keepAlive = EqualFold(v, "keep-alive")
		}
	default:
		h.note(name, value, i)
	}
}
