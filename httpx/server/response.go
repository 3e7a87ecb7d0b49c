package server

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/pynet-go/pynet/httpx"
	"github.com/pynet-go/pynet/internal/http1"
)

// A response is how far an answer is.
type response struct {
	status  int
	started bool // the status line is there
	ended   bool // the header is
	sentAny bool // something has gone out
	mark    int  // where the answer begins in the output
	length  int64
	coded   bool // the handler has sent Transfer-Encoding
	conn    bool // and Connection
	typed   bool // Content-Type
	noBody  bool
	// held tells that the header is kept open for the length, from the place bodyAt on,
	// at which the body begins.
	held    bool
	bodyAt  int
	chunked bool // in chunks that we make
	written int64
	trailer httpx.Header
}

// ErrHeader is what sending a header field out of place or of a bad form gives.
var ErrHeader = errors.New("server: bad header")

// SendResponse begins the answer with the status line and the header fields Server and
// Date, and logs the request. An empty reason is the phrase of the code. Python's
// send_response.
func (r *Request) SendResponse(code httpx.Status, reason string) error {
	r.LogRequest(code, -1)
	if err := r.SendResponseOnly(code, reason); err != nil {
		return err
	}
	c := r.c
	if r.old() {
		return nil
	}
	if c.srv.version != "" {
		c.out = http1.AppendField(c.out, "Server", c.srv.version)
	}
	c.out = append(c.out, "Date: "...)
	c.out = c.srv.appendDate(c.out)
	c.out = append(c.out, "\r\n"...)
	return nil
}

// old tells of an answer without a header.
func (r *Request) old() bool { return r.Version == "HTTP/0.9" }

// SendResponseOnly begins the answer with the status line alone. A reason with control
// characters, and a second answer, are [ErrHeader]. Python's send_response_only.
func (r *Request) SendResponseOnly(code httpx.Status, reason string) error {
	c := r.c
	if c.resp.started {
		return &headerError{"a second answer"}
	}
	if err := http1.CheckReason(reason); err != nil {
		return &headerError{err.Error()}
	}
	if r.expects {
		c.expecting.Lock()
		c.resp.started = true
		c.expecting.Unlock()
	}
	c.resp.started, c.resp.status = true, int(code)
	c.resp.noBody = r.Method == "HEAD" || !code.HasBody()
	if !r.old() {
		c.out = http1.AppendStatusLine(c.out, c.srv.minor, int(code), reason)
	}
	return nil
}

type headerError struct{ what string }

func (e *headerError) Error() string { return ErrHeader.Error() + ": " + e.what }
func (e *headerError) Unwrap() error { return ErrHeader }

// SendHeader adds a field to the header. A name that is no token, a value with a control
// character, a field out of place, and a second opinion on where the body ends (RFC 9112
// section 6.2) are [ErrHeader], and nothing is added. Connection:
// close ends the connection after the answer, keep-alive keeps it. Python's
// send_header.
func (r *Request) SendHeader(name, value string) error {
	c := r.c
	if err := http1.CheckField(name, value); err != nil {
		return &headerError{err.Error()}
	}
	if !c.resp.started || c.resp.ended {
		return &headerError{"the header is not open"}
	}
	switch len(name) {
	case 10:
		if http1.EqualFold(name, "connection") {
			c.resp.conn = true
			switch strings.ToLower(value) {
			case "close":
				r.CloseConnection = true
			case "keep-alive":
				r.CloseConnection = false
			}
		}
	case 12:
		c.resp.typed = c.resp.typed || http1.EqualFold(name, "content-type")
	case 14:
		if http1.EqualFold(name, "content-length") {
			n, err := strconv.ParseInt(value, 10, 64)
			if err != nil || n < 0 || value[0] == '+' || value[0] == '-' || c.resp.length >= 0 || c.resp.coded {
				return &headerError{"Content-Length " + strconv.Quote(value)}
			}
			c.resp.length = n
		}
	case 17:
		if http1.EqualFold(name, "transfer-encoding") {
			if c.resp.length >= 0 {
				return &headerError{"Transfer-Encoding beside Content-Length"}
			}
			c.resp.coded = true
		}
	}
	if !r.old() {
		c.out = http1.AppendField(c.out, name, value)
	}
	return nil
}

// EndHeaders ends the header. Python's end_headers.
func (r *Request) EndHeaders() error {
	c := r.c
	if !c.resp.started || c.resp.ended {
		return &headerError{"the header is not open"}
	}
	c.resp.ended = true
	if r.old() {
		return nil
	}
	if s := c.resp.status; s >= 100 && s < 200 && s != 101 { // another answer follows
		c.out = append(c.out, "\r\n"...)
		sent, mark := c.resp.sentAny, c.resp.mark
		c.resp = response{length: -1, sentAny: sent, mark: mark}
		return c.flush()
	}
	r.sayClose()
	switch {
	case c.resp.noBody, c.resp.length >= 0, c.resp.coded:
		if !c.resp.coded {
			r.sayKeepAlive()
		}
		c.out = append(c.out, "\r\n"...)
	case c.srv.minor == 1 && (r.minor == 1 || !r.CloseConnection) && !c.srv.Bare:
		c.resp.held, c.resp.bodyAt = true, len(c.out)
	default: // the body ends with the connection
		r.CloseConnection = true
		c.out = append(c.out, "\r\n"...)
	}
	return nil
}

// sayClose tells the client that the connection ends, for else it would send its next
// request there (RFC 9112 section 9.6).
func (r *Request) sayClose() {
	c := r.c
	if c.resp.status == 101 {
		return
	}
	if c.srv.stopping.Load() {
		r.CloseConnection = true
	}
	if !r.CloseConnection && r.waits() {
		r.CloseConnection, c.resp.conn = true, false // the client may or may not send its body
	}
	if r.CloseConnection && r.minor == 1 && c.srv.minor == 1 && !c.resp.conn && !c.srv.Bare {
		c.resp.conn = true
		c.out = append(c.out, "Connection: close\r\n"...)
	}
}

// sayKeepAlive tells an old client that asked for it that the connection goes on, for else
// it would wait for its end.
func (r *Request) sayKeepAlive() {
	c := r.c
	if r.minor == 0 && !r.CloseConnection && !c.resp.conn && !c.srv.Bare {
		c.resp.conn = true
		c.out = append(c.out, "Connection: keep-alive\r\n"...)
	}
}

// Write writes to the body, after an answer 200 without a type if there is none yet. What
// is more than the Content-Length sent is http.ErrContentLength. The body of an answer to
// HEAD is dropped. Python's wfile.
func (r *Request) Write(p []byte) (int, error) {
	if err := r.openBody(len(p)); err != nil {
		return 0, err
	}
	if r.c.resp.noBody {
		return len(p), nil
	}
	return len(p), writeBody(r.c, p)
}

// WriteString is Write for a text.
func (r *Request) WriteString(s string) (int, error) {
	if err := r.openBody(len(s)); err != nil {
		return 0, err
	}
	if r.c.resp.noBody {
		return len(s), nil
	}
	return len(s), writeBody(r.c, s)
}

// openBody sees that n bytes of the body may follow.
func (r *Request) openBody(n int) error {
	c := r.c
	if !c.resp.ended {
		if !c.resp.started {
			if err := r.SendResponse(httpx.StatusOK, ""); err != nil {
				return err
			}
		}
		if err := r.EndHeaders(); err != nil {
			return err
		}
	}
	if c.resp.length >= 0 && c.resp.written+int64(n) > c.resp.length {
		r.CloseConnection = true // who knows what the handler meant
		return http.ErrContentLength
	}
	c.resp.written += int64(n)
	return c.werr
}

// writeBody writes a piece of the body.
func writeBody[T string | []byte](c *conn, p T) error {
	if len(p) == 0 {
		return c.werr
	}
	if c.resp.held {
		if len(c.out)-c.resp.bodyAt+len(p) <= maxOut {
			c.out = append(c.out, p...)
			return nil
		}
		c.startChunks()
	}
	if c.resp.chunked {
		c.out = http1.AppendChunkSize(c.out, len(p))
	}
	if len(c.out)+len(p) > maxOut {
		if err := c.flush(); err != nil {
			return err
		}
	}
	if len(p) >= maxOut {
		c.resp.sentAny = true
		_, c.werr = c.nc.Write([]byte(p))
	} else {
		c.out = append(c.out, p...)
	}
	if c.resp.chunked {
		c.out = append(c.out, "\r\n"...)
	}
	return c.werr
}

// startChunks ends a header that was kept open, and makes a chunk of what there is of the
// body. To an old client the body ends with the connection.
func (c *conn) startChunks() {
	c.resp.held = false
	body := append([]byte(nil), c.out[c.resp.bodyAt:]...)
	c.out = c.out[:c.resp.bodyAt]
	if c.req.minor == 0 {
		c.req.CloseConnection = true
		c.out = append(c.out, "\r\n"...)
		c.out = append(c.out, body...)
		return
	}
	c.resp.chunked = true
	c.out = append(c.out, "Transfer-Encoding: chunked\r\n\r\n"...)
	if len(body) > 0 {
		c.out = http1.AppendChunkSize(c.out, len(body))
		c.out = append(c.out, body...)
		c.out = append(c.out, "\r\n"...)
	}
}

// Flush sends what has been written so far. Python's flush_headers, and wfile.flush.
func (r *Request) Flush() error {
	c := r.c
	if c.resp.held {
		c.startChunks()
	}
	return c.flush()
}

// finish completes the answer.
func (c *conn) finish() {
	if c.req.hijacked {
		return
	}
	if c.resp.started && !c.resp.ended {
		c.req.EndHeaders()
	}
	switch {
	case c.resp.held:
		c.fillLength()
	case c.resp.chunked:
		c.out = append(c.out, "0\r\n"...)
		if out, err := http1.AppendTrailer(c.out, c.resp.trailer); err == nil {
			c.out = out
		}
		c.out = append(c.out, "\r\n"...)
	case c.resp.length > c.resp.written && !c.resp.noBody:
		c.req.CloseConnection = true // less than was promised
	}
}

// fillLength puts the length of the body at hand where the header was kept open.
func (c *conn) fillLength() {
	c.resp.held = false
	n := len(c.out) - c.resp.bodyAt
	var field [80]byte
	b := append(field[:0], "Content-Length: "...)
	b = strconv.AppendInt(b, int64(n), 10)
	if c.req.minor == 0 && !c.req.CloseConnection && !c.resp.conn && !c.srv.Bare {
		b = append(b, "\r\nConnection: keep-alive"...)
	}
	b = append(b, "\r\n\r\n"...)
	c.out = append(c.out, b...)
	copy(c.out[c.resp.bodyAt+len(b):], c.out[c.resp.bodyAt:c.resp.bodyAt+n])
	copy(c.out[c.resp.bodyAt:], b)
}
