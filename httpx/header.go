package httpx

import (
	"iter"
	"net/http"
	"net/textproto"
	"slices"
	"strings"
)

// A Field is one line of a header: a name as it was spelled, and a value without
// the blanks around it.
type Field struct{ Name, Value string }

// A Header is the fields of a message in the order in which they came, each with
// its spelling; a name may occur more than once. Lookups do not mind the case of
// ASCII letters. It is Python's HTTPMessage.
//
// The zero value is an empty header. A Header is a slice: copies share their
// fields; [Header.Clone] makes one of its own.
type Header []Field

// FromHTTP returns the fields of h sorted by name, as the order is unknown there;
// the values of one name keep theirs.
func FromHTTP(h http.Header) Header {
	names := make([]string, 0, len(h))
	n := 0
	for k, vs := range h {
		names = append(names, k)
		n += len(vs)
	}
	slices.Sort(names)
	out := make(Header, 0, n)
	for _, k := range names {
		for _, v := range h[k] {
			out = append(out, Field{k, v})
		}
	}
	return out
}

// HTTP returns the header as net/http has it, with names in canonical form. Order
// between names and spelling are lost.
func (h Header) HTTP() http.Header {
	out := make(http.Header, len(h))
	values := make([]string, len(h)) // one array for all the slices of one
	for i, f := range h {
		k := textproto.CanonicalMIMEHeaderKey(f.Name)
		if vs, ok := out[k]; ok {
			out[k] = append(vs, f.Value)
			continue
		}
		values[i] = f.Value
		out[k] = values[i : i+1 : i+1]
	}
	return out
}

// index returns the place of the first field of the name from i on, or -1.
func (h Header) index(i int, name string) int {
	for ; i < len(h); i++ {
		if len(h[i].Name) == len(name) && (h[i].Name == name || equalFold(h[i].Name, name)) {
			return i
		}
	}
	return -1
}

// equalFold compares two names of one length, letters of ASCII alone without case.
func equalFold(a, b string) bool {
	for i := 0; i < len(a); i++ {
		x, y := a[i], b[i]
		if x == y {
			continue
		}
		if x|0x20 != y|0x20 || x|0x20 < 'a' || x|0x20 > 'z' {
			return false
		}
	}
	return true
}

// Get returns the value of the first field of the name, or "".
func (h Header) Get(name string) string {
	v, _ := h.Lookup(name)
	return v
}

// Lookup returns the value of the first field of the name, and whether there is
// one.
func (h Header) Lookup(name string) (string, bool) {
	if i := h.index(0, name); i >= 0 {
		return h[i].Value, true
	}
	return "", false
}

// Has reports whether there is a field of the name.
func (h Header) Has(name string) bool { return h.index(0, name) >= 0 }

// Values yields the values of the fields of the name, in order.
func (h Header) Values(name string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := h.index(0, name); i >= 0; i = h.index(i+1, name) {
			if !yield(h[i].Value) {
				return
			}
		}
	}
}

// Join returns the values of the fields of the name with ", " between them, which
// for all fields but Set-Cookie means the same (RFC 9110 section 5.3), and whether
// there is any. It is getheader of Python's HTTPResponse.
func (h Header) Join(name string) (string, bool) {
	i := h.index(0, name)
	if i < 0 {
		return "", false
	}
	j := h.index(i+1, name)
	if j < 0 {
		return h[i].Value, true
	}
	var b strings.Builder
	b.WriteString(h[i].Value)
	for ; j >= 0; j = h.index(j+1, name) {
		b.WriteString(", ")
		b.WriteString(h[j].Value)
	}
	return b.String(), true
}

// Lines yields the fields of the name as lines, "Name: value", without line ends:
// Python's getallmatchingheaders.
func (h Header) Lines(name string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := h.index(0, name); i >= 0; i = h.index(i+1, name) {
			if !yield(h[i].Name + ": " + h[i].Value) {
				return
			}
		}
	}
}

// All yields the names and values in order.
func (h Header) All() iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		for _, f := range h {
			if !yield(f.Name, f.Value) {
				return
			}
		}
	}
}

// Len returns the number of fields.
func (h Header) Len() int { return len(h) }

// Add appends a field. Nothing is checked before it is written to a connection.
func (h *Header) Add(name, value string) { *h = append(*h, Field{name, value}) }

// Set gives the first field of the name the value and removes the others; if there
// is none, it appends one.
func (h *Header) Set(name, value string) {
	i := h.index(0, name)
	if i < 0 {
		h.Add(name, value)
		return
	}
	(*h)[i].Value = value
	h.delFrom(i+1, name)
}

// Del removes the fields of the name.
func (h *Header) Del(name string) { h.delFrom(0, name) }

func (h *Header) delFrom(i int, name string) {
	if i = h.index(i, name); i < 0 {
		return
	}
	out := (*h)[:i]
	for _, f := range (*h)[i+1:] {
		if len(f.Name) != len(name) || !equalFold(f.Name, name) {
			out = append(out, f)
		}
	}
	clear((*h)[len(out):])
	*h = out
}

// Clone returns a copy that shares nothing with h.
func (h Header) Clone() Header { return slices.Clone(h) }

// String returns the fields as lines, each ended by CR LF, for people: what is
// in a value is not escaped. There is no blank line at the end.
func (h Header) String() string {
	b, _ := h.AppendText(nil)
	return string(b)
}

// AppendText appends what [Header.String] returns; the error is nil.
func (h Header) AppendText(b []byte) ([]byte, error) {
	for _, f := range h {
		b = append(b, f.Name...)
		b = append(b, ": "...)
		b = append(b, f.Value...)
		b = append(b, "\r\n"...)
	}
	return b, nil
}

// HasToken reports whether one of the fields of the name has the token in its
// list, with commas between; the case of letters does not matter. So Connection:
// keep-alive, Upgrade has the token "upgrade".
func (h Header) HasToken(name, token string) bool {
	for i := h.index(0, name); i >= 0; i = h.index(i+1, name) {
		for part := range strings.SplitSeq(h[i].Value, ",") {
			part = strings.Trim(part, " \t")
			if len(part) == len(token) && equalFold(part, token) {
				return true
			}
		}
	}
	return false
}
