package http1

import "bytes"

// pythonFields reads the lines after the start line as Python's email parser reads
// them: a carriage return alone ends a line too, a line without a colon ends the
// fields, a name may end in blanks, a value goes on in lines that begin with a
// blank and keeps what is between them.
func (h *Head) pythonFields() {
	off := bytes.IndexByte(h.data[:h.Size], '\n') + 1
	last := -1
	for off < h.Size {
		end, next := pythonLine(h.data[:h.Size], off)
		b := h.data[off:end]
		switch {
		case len(b) == 0:
			return
		case b[0] == ' ' || b[0] == '\t':
			if last >= 0 {
				h.fields[last].value.end = uint32(end)
			}
		case bytes.HasPrefix(b, []byte("From ")) && !bytes.Contains(b[:5], []byte(":")):
			last = -1
		default:
			i := bytes.IndexByte(b, ':')
			if i < 0 || !all(trimRight(b[:i]), isTarget) || bytes.IndexFunc(b[:i], func(r rune) bool { return r > 0x7e }) >= 0 {
				return
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
		v := f.value
		for v.end > v.off && bytes.IndexByte([]byte(" \t\r\n"), h.data[v.end-1]) >= 0 {
			v.end--
		}
		h.note(f.name, v, i)
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

func trimRight(b []byte) []byte { return bytes.TrimRight(b, " \t") }
