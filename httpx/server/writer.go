package server

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"net/http"
	"net/textproto"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pynet-go/pynet/httpx"
	"github.com/pynet-go/pynet/internal/http1"
)

// A writer is an http.ResponseWriter with all that net/http's has.
type writer struct {
	r     *Request
	c     *conn
	h     http.Header
	wrote bool // WriteHeader has been called
	open  bool // the header is not ended yet
	sniff bool
	head  bool // the header of an answer to HEAD waits for the length
	has   fieldSet
	decl  []string // the trailers announced
	done  bool
}

// A fieldSet are the fields in the header of an answer that decide on others.
type fieldSet uint8

const (
	hasDate fieldSet = 1 << iota
	hasServer
	hasConnection
	hasType // or an encoding, which stands for one
	hasTrailer
)

// Header returns the header that will be sent.
func (w *writer) Header() http.Header {
	if w.done {
		return http.Header{} // the map is another request's by now
	}
	return w.h
}

// WriteHeader sends the header with the status.
func (w *writer) WriteHeader(code int) {
	if w.wrote || w.r.hijacked || w.done {
		return
	}
	if code < 100 || code > 999 {
		panic("server: invalid status code " + strconv.Itoa(code))
	}
	c := w.c
	if code < 200 && code != http.StatusSwitchingProtocols {
		if w.r.minor == 1 {
			c.out = http1.AppendStatusLine(c.out, 1, code, "")
			w.appendHeader()
			c.out = append(c.out, "\r\n"...)
			c.flush()
			if code == 100 && w.r.expects {
				c.expecting.Lock()
				w.r.continued = true
				c.expecting.Unlock()
			}
		}
		return
	}
	w.wrote, w.open = true, true
	w.r.LogRequest(httpx.Status(code), -1)
	w.r.SendResponseOnly(httpx.Status(code), statusReason(code))
	w.appendHeader()
	if w.has&hasDate == 0 {
		c.out = append(c.out, "Date: "...)
		c.out = c.srv.appendDate(c.out)
		c.out = append(c.out, "\r\n"...)
	}
	if c.srv.Version != "" && c.srv.version != "" && w.has&hasServer == 0 {
		c.out = http1.AppendField(c.out, "Server", c.srv.version)
	}
	w.connection()
	w.sniff = w.has&hasType == 0
}

func statusReason(code int) string {
	if p := httpx.Status(code).Phrase(); p != "" {
		return p
	}
	if t := http.StatusText(code); t != "" {
		return t
	}
	return "status code " + strconv.Itoa(code)
}

// connection says whether the connection goes on.
func (w *writer) connection() {
	c := w.c
	c.resp.conn = w.has&hasConnection != 0 && !w.r.CloseConnection
	w.r.sayClose()
}

// appendHeader appends the fields, sorted. What must not go out is made harmless, as in
// net/http.
func (w *writer) appendHeader() {
	c := w.c
	w.has, w.decl = 0, w.decl[:0] // an interim answer may have had others
	var few [16]string
	keys := few[:0]
	for k := range w.h {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		vs := w.h[k]
		if name, ok := strings.CutPrefix(k, http.TrailerPrefix); ok {
			if http1.IsToken(name) && !http1.ForbiddenTrailer(name) {
				w.has |= hasTrailer
			}
			continue
		}
		if !http1.IsToken(k) || oddFraming(k) {
			continue
		}
		switch k {
		case "Date":
			w.has |= hasDate
		case "Server":
			w.has |= hasServer
		case "Content-Type":
			if w.has |= hasType; c.resp.started && c.resp.status == http.StatusNotModified {
				continue // as in net/http
			}
		case "Content-Encoding":
			if vs != nil {
				w.has |= hasType
			}
		case "Transfer-Encoding":
			continue // ours
		case "Content-Length":
			if len(vs) > 0 && c.resp.started {
				w.contentLength(vs[0])
			}
			continue
		case "Connection":
			if slices.ContainsFunc(vs, func(v string) bool { return strings.EqualFold(strings.TrimSpace(v), "close") }) {
				w.r.CloseConnection = true
				continue
			}
			w.has |= hasConnection
		case "Trailer":
			w.declare(vs)
			w.has |= hasTrailer
		}
		for _, v := range vs {
			c.out = append(c.out, k...)
			c.out = append(c.out, ": "...)
			c.out = appendClean(c.out, v)
			c.out = append(c.out, "\r\n"...)
		}
	}
}

// oddFraming reports whether a name that is spelled in another way than net/http's is one
// that says where the answer ends: that would be a second opinion.
func oddFraming(k string) bool {
	switch len(k) {
	case 14:
		return k != "Content-Length" && http1.EqualFold(k, "content-length")
	case 17:
		return k != "Transfer-Encoding" && http1.EqualFold(k, "transfer-encoding")
	}
	return false
}

func (w *writer) contentLength(v string) {
	n, err := strconv.ParseInt(v, 10, 64)
	if err != nil || n < 0 || !httpx.Status(w.c.resp.status).HasBody() {
		return
	}
	w.c.resp.length = n
	w.c.out = append(w.c.out, "Content-Length: "...)
	w.c.out = strconv.AppendInt(w.c.out, n, 10)
	w.c.out = append(w.c.out, "\r\n"...)
}

func (w *writer) declare(vs []string) {
	for _, v := range vs {
		for name := range strings.SplitSeq(v, ",") {
			name = textproto.CanonicalMIMEHeaderKey(strings.TrimSpace(name))
			if http1.IsToken(name) && !http1.ForbiddenTrailer(name) {
				w.decl = append(w.decl, name)
			}
		}
	}
}

// appendClean appends a value with blanks in place of line ends, and without other
// controls.
func appendClean(b []byte, v string) []byte {
	v = textproto.TrimString(v)
	if http1.IsValue(v) {
		return append(b, v...)
	}
	for i := 0; i < len(v); i++ {
		switch c := v[i]; {
		case c == '\r' || c == '\n':
			b = append(b, ' ')
		case c >= 0x20 && c != 0x7f || c == '\t':
			b = append(b, c)
		}
	}
	return b
}

// end ends the header. p is the first of the body.
func (w *writer) end(p []byte, s string) {
	if !w.wrote {
		w.WriteHeader(http.StatusOK)
	}
	if !w.open {
		return
	}
	w.open = false
	c := w.c
	head := w.r.Method == "HEAD" && httpx.Status(c.resp.status).HasBody()
	if w.sniff && (head || !c.resp.noBody) && len(p)+len(s) > 0 {
		if n := len(c.out); p == nil {
			c.out = append(c.out, s[:min(len(s), 512)]...)
			p, c.out = c.out[n:], c.out[:n]
		}
		c.out = http1.AppendField(c.out, "Content-Type", http.DetectContentType(p))
	}
	if head && c.resp.length < 0 && w.r.minor == 1 && w.has&hasTrailer == 0 {
		w.head = true // until the length is known
		return
	}
	w.r.EndHeaders()
	if c.resp.held && w.has&hasTrailer != 0 {
		c.startChunks()
	}
}

// endHead ends the header of an answer to HEAD, which says what one to GET would.
func (w *writer) endHead(whole bool) {
	if !w.head {
		return
	}
	w.head = false
	c := w.c
	switch {
	case whole && c.resp.written > 0:
		c.out = append(c.out, "Content-Length: "...)
		c.out = strconv.AppendInt(c.out, c.resp.written, 10)
		c.out = append(c.out, "\r\n"...)
	case !whole:
		c.out = append(c.out, "Transfer-Encoding: chunked\r\n"...)
	}
	w.r.EndHeaders()
}

// Write writes to the body.
func (w *writer) Write(p []byte) (int, error) {
	if err := w.ready(p, "", len(p)); err != nil || w.c.resp.noBody {
		return w.refused(len(p), err)
	}
	return len(p), writeBody(w.c, p)
}

// WriteString is Write for a text.
func (w *writer) WriteString(s string) (int, error) {
	if err := w.ready(nil, s, len(s)); err != nil || w.c.resp.noBody {
		return w.refused(len(s), err)
	}
	return len(s), writeBody(w.c, s)
}

func (w *writer) refused(n int, err error) (int, error) {
	if err != nil {
		return 0, err
	}
	return n, nil
}

// gone says why the answer is no longer the handler's to write: its connection may be
// another's by now.
func (w *writer) gone() error {
	switch {
	case w.done:
		return net.ErrClosed
	case w.r.hijacked:
		return http.ErrHijacked
	}
	return nil
}

func (w *writer) ready(p []byte, s string, n int) error {
	if err := w.gone(); err != nil {
		return err
	}
	if n == 0 && !w.wrote {
		w.WriteHeader(http.StatusOK)
	}
	if n == 0 && w.open {
		return nil // the first bytes may tell the type
	}
	w.end(p, s)
	if !httpx.Status(w.c.resp.status).HasBody() && n > 0 {
		return http.ErrBodyNotAllowed
	}
	if w.head {
		if w.c.resp.written += int64(n); w.c.resp.written > maxOut {
			w.endHead(false)
		}
		return nil
	}
	return w.r.openBody(n)
}

// Flush sends what has been written.
func (w *writer) Flush() { w.FlushError() }

// FlushError is Flush that tells of an error.
func (w *writer) FlushError() error {
	if err := w.gone(); err != nil {
		return err
	}
	w.end(nil, "")
	w.endHead(false)
	return w.r.Flush()
}

// ReadFrom copies r to the body, a file within the system if that can be.
func (w *writer) ReadFrom(r io.Reader) (int64, error) {
	if err := w.gone(); err != nil {
		return 0, err
	}
	if !w.wrote && w.h["Content-Type"] == nil {
		// The first bytes tell the type.
		first := make([]byte, 512)
		n, err := io.ReadFull(r, first)
		if n > 0 || err == io.EOF || err == io.ErrUnexpectedEOF {
			if m, werr := w.Write(first[:n]); werr != nil {
				return int64(m), werr
			}
		}
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return int64(n), nil
		}
		if err != nil {
			return int64(n), err
		}
		m, err := w.ReadFrom(r)
		return int64(n) + m, err
	}
	w.end(nil, "")
	if w.head {
		return io.Copy(struct{ io.Writer }{w}, r)
	}
	return w.r.copyFrom(r)
}

// Hijack takes the connection over.
func (w *writer) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	if err := w.gone(); err != nil {
		return nil, nil, err
	}
	nc, buffered, err := w.r.Hijack()
	if err != nil {
		return nil, nil, err
	}
	nc.SetDeadline(time.Time{})
	br := bufio.NewReader(nc)
	if len(buffered) > 0 {
		br = bufio.NewReaderSize(io.MultiReader(bytes.NewReader(buffered), nc), max(4096, len(buffered)))
		br.Peek(len(buffered))
	}
	return nc, bufio.NewReadWriter(br, bufio.NewWriter(nc)), nil
}

// SetReadDeadline is for http.ResponseController.
func (w *writer) SetReadDeadline(t time.Time) error {
	if err := w.gone(); err != nil {
		return err
	}
	return w.r.NetConn().SetReadDeadline(t)
}

// SetWriteDeadline is for http.ResponseController.
func (w *writer) SetWriteDeadline(t time.Time) error {
	if err := w.gone(); err != nil {
		return err
	}
	return w.r.NetConn().SetWriteDeadline(t)
}

// EnableFullDuplex is for http.ResponseController: reading and writing never wait for
// each other here.
func (w *writer) EnableFullDuplex() error { return nil }

// finish completes the answer when the handler has returned.
func (w *writer) finish() {
	if w.r.hijacked {
		return // done is not set: ErrHijacked tells more
	}
	w.end(nil, "")
	w.endHead(true)
	w.done = true
	if w.c.resp.chunked { // else there is no place for trailers
		w.trailers()
	}
}

// trailers collects the fields that come after the body.
func (w *writer) trailers() {
	var t httpx.Header
	for _, k := range w.decl {
		for _, v := range w.h[k] {
			t = append(t, httpx.Field{Name: k, Value: string(appendClean(nil, v))})
		}
	}
	for k, vs := range w.h {
		if name, ok := strings.CutPrefix(k, http.TrailerPrefix); ok && http1.IsToken(name) && !http1.ForbiddenTrailer(name) {
			for _, v := range vs {
				t = append(t, httpx.Field{Name: textproto.CanonicalMIMEHeaderKey(name), Value: string(appendClean(nil, v))})
			}
		}
	}
	slices.SortStableFunc(t, func(a, b httpx.Field) int { return strings.Compare(a.Name, b.Name) })
	w.c.resp.trailer = t
}
