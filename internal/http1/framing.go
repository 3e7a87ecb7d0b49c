package http1

import "math"

// notes is what a head says about its framing, gathered while it is parsed.
type notes struct {
	lengths   int   // how many Content-Length lines
	length    int64 // their value, -1 if they disagree or are no numbers
	digits    int   // and how many digits it has
	badLength int   // the field at fault, plus one
	codings   int   // how many Transfer-Encoding lines
	chunked   bool  // the coding is chunked alone
	coding    int   // the last such field, plus one
	hosts     int
	host      int
	badHost   bool
	options   int // how many Connection lines, in Python's reading
	close     bool
	keepAlive bool
	expect    uint8
	critical  int // the last field, plus one, if it is one of these
}

// What Expect asks for.
const (
	expectContinue = 1
	expectOther    = 2
)

// note looks at a field that matters for framing.
func (h *Head) note(name, value span, i int) {
	n := h.bytes(name)
	switch len(n) {
	case 4:
		if EqualFold(n, "host") {
			h.notes.hosts++
			h.notes.host = i + 1
			h.notes.badHost = h.notes.badHost || !ValidHost(h.bytes(value))
			h.notes.critical = i + 1
		}
	case 6:
		if EqualFold(n, "expect") {
			h.notes.expect |= expectation(h.bytes(value))
			h.notes.critical = i + 1
		}
	case 10:
		if EqualFold(n, "connection") {
			h.noteConnection(h.bytes(value))
			h.notes.critical = i + 1
		}
	case 14:
		if EqualFold(n, "content-length") {
			h.noteLength(h.bytes(value), i)
			h.notes.critical = i + 1
		}
	case 17:
		if EqualFold(n, "transfer-encoding") {
			h.notes.codings++
			h.notes.chunked = h.notes.codings == 1 && EqualFold(h.bytes(value), "chunked")
			h.notes.coding = i + 1
			h.notes.critical = i + 1
		}
	}
}

func expectation(v []byte) uint8 {
	if EqualFold(v, "100-continue") {
		return expectContinue
	}
	return expectOther
}

func (h *Head) noteConnection(v []byte) {
	for len(v) > 0 {
		var part []byte
		part, v = cutComma(v)
		switch {
		case EqualFold(part, "close"):
			h.notes.close = true
		case EqualFold(part, "keep-alive"):
			h.notes.keepAlive = true
		}
	}
}

func cutComma(v []byte) (part, rest []byte) {
	for i, c := range v {
		if c == ',' {
			return trimBlanks(v[:i]), v[i+1:]
		}
	}
	return trimBlanks(v), nil
}

// noteLength takes a number; in a response, also the same number several times, in lines
// or with commas between (RFC 9110 section 8.6), written in the same way each time.
func (h *Head) noteLength(v []byte, i int) {
	n := &h.notes
	for first := true; first || len(v) > 0; first = false {
		var part []byte
		comma := len(v) > 0 && v[len(v)-1] == ','
		part, v = cutComma(v)
		length, ok := parseLength(part)
		if n.lengths++; !ok || n.lengths > 1 && (!h.Response || length != n.length || len(part) != n.digits) || comma {
			n.length = -1
			n.badLength = i + 1
			return
		}
		n.length, n.digits = length, len(part)
	}
}

// parseLength reads digits and nothing else.
func parseLength(b []byte) (int64, bool) {
	if len(b) == 0 {
		return 0, false
	}
	var n int64
	for _, c := range b {
		if !digit(c) || n > (math.MaxInt64-int64(c-'0'))/10 {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	return n, true
}

// ValidHost reports whether v can be the value of Host (RFC 9110 section 7.2):
// no userinfo, no blanks, nothing that ends an authority, a port of digits.
func ValidHost[T string | []byte](v T) bool {
	if len(v) == 0 {
		return true // a target without an authority
	}
	bracket := false
	colons := 0
	for i := 0; i < len(v); i++ {
		switch c := v[i]; {
		case class[c]&isTarget == 0 || c == '@' || c == '/' || c == '?' || c == '#' || c == '\\' || c == '<' || c == '>' || c == '"' || c == '`' || c == '{' || c == '}' || c == '|' || c == '^' || c == ',':
			return false
		case c == '[':
			if i != 0 {
				return false
			}
			bracket = true
		case c == ']':
			if !bracket {
				return false
			}
			bracket = false
			if i+1 < len(v) && v[i+1] != ':' {
				return false
			}
		case c == ':' && !bracket:
			if colons++; colons > 1 || !validPort(v[i+1:]) {
				return false
			}
		}
	}
	return !bracket
}

func validPort[T string | []byte](b T) bool {
	if len(b) > 5 {
		return false
	}
	n := 0
	for i := 0; i < len(b); i++ {
		if !digit(b[i]) {
			return false
		}
		n = n*10 + int(b[i]-'0')
	}
	return n <= 65535
}

// A BodyKind says how a message body ends.
type BodyKind uint8

const (
	// NoBody: the next message follows the head.
	NoBody BodyKind = iota
	// LengthBody: so many bytes follow.
	LengthBody
	// ChunkedBody: chunks follow (RFC 9112 section 7.1).
	ChunkedBody
	// EOFBody: it ends with the connection, as only a response can.
	EOFBody
)

// A Framing is what follows a head.
type Framing struct {
	Kind BodyKind
	// Length is that of a LengthBody.
	Length int64
	// Close tells that the connection serves for no further message.
	Close bool
}

// Framing applies RFC 9112 section 6 to a complete head. method is that of the
// request which a response answers. What two readers could see differently is an
// error in a request; in a response, where Transfer-Encoding beside Content-Length
// must be read as chunks, the connection is closed afterwards. Transfer-Encoding in
// HTTP/1.0 is refused in both.
func (h *Head) Framing(method string) (Framing, error) {
	f := Framing{Close: h.mustClose()}
	if h.Response {
		return h.responseFraming(f, method)
	}
	n := &h.notes
	if h.Old {
		return f, nil
	}
	if n.badHost || n.hosts > 1 || n.hosts == 0 && h.Minor == 1 && !h.Lenient.has(NoHost) {
		return f, fail(ErrHost, "", h.value(n.host))
	}
	if n.codings > 0 {
		switch {
		case !n.chunked:
			return f, fail(ErrEncoding, "", h.value(n.coding))
		case n.lengths > 0:
			return f, fail(ErrLength, "beside Transfer-Encoding", nil)
		case h.Minor == 0 && h.Lenient&Python != 0:
			f.Close = true // the framing is faulty (RFC 9112 section 6.1): nothing more is read
			return f, nil
		case h.Minor == 0:
			return f, fail(ErrEncoding, "in HTTP/1.0", nil)
		}
		f.Kind = ChunkedBody
		return f, nil
	}
	if n.badLength > 0 {
		return f, fail(ErrLength, "", h.value(n.badLength))
	}
	if n.lengths > 0 && n.length > 0 {
		f.Kind, f.Length = LengthBody, n.length
	}
	return f, nil
}

func (h *Head) responseFraming(f Framing, method string) (Framing, error) {
	n := &h.notes
	switch {
	case h.Status < 200 || h.Status == 204 || h.Status == 304 || method == "HEAD":
		return f, nil
	case method == "CONNECT" && h.Status < 300:
		f.Kind, f.Close = EOFBody, true
		return f, nil
	case n.codings > 0:
		if !n.chunked {
			if h.Lenient&Python == 0 {
				return f, fail(ErrEncoding, "", h.value(n.coding))
			}
			break
		}
		if n.badLength > 0 && h.Lenient&Python == 0 {
			return f, fail(ErrLength, "beside Transfer-Encoding", h.value(n.badLength))
		}
		if h.Minor == 0 && h.Lenient&Python == 0 { // which some read as chunks, and some do not
			return f, fail(ErrEncoding, "in HTTP/1.0", nil)
		}
		f.Kind = ChunkedBody
		f.Close = f.Close || n.lengths > 0 || h.Minor == 0
		return f, nil
	}
	switch {
	case n.badLength > 0 && h.Lenient&Python == 0:
		return f, fail(ErrLength, "", h.value(n.badLength))
	case n.lengths > 0 && n.badLength == 0:
		f.Kind, f.Length = LengthBody, n.length
	default:
		f.Kind, f.Close = EOFBody, true
	}
	return f, nil
}

func (h *Head) value(i int) []byte {
	if i == 0 {
		return nil
	}
	return h.bytes(h.fields[i-1].value)
}

func (h *Head) mustClose() bool {
	if h.Old || h.notes.close {
		return true
	}
	return h.Minor == 0 && !h.notes.keepAlive
}

// ExpectsContinue reports whether the client waits for an interim reply before
// it sends the body; unknown tells of an expectation that nobody knows
// (RFC 9110 section 10.1.1).
func (h *Head) ExpectsContinue() (expects, unknown bool) {
	return h.Minor == 1 && h.notes.expect&expectContinue != 0, h.notes.expect&expectOther != 0
}

// KeepAlive reports whether Connection has the option keep-alive, and Closes whether
// it has close.
func (h *Head) KeepAlive() bool { return h.notes.keepAlive }

// Closes reports whether Connection has the option close.
func (h *Head) Closes() bool { return h.notes.close }

// Host returns the value of Host.
func (h *Head) Host() []byte { return h.value(h.notes.host) }

// Length returns the value of Content-Length, -1 if there is none or a bad one.
func (h *Head) Length() int64 {
	if h.notes.lengths == 0 {
		return -1
	}
	return h.notes.length
}
