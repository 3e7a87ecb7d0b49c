package server

import (
	"context"
	"io"
	"net"
	"strings"

	"github.com/pynet-go/pynet/httpx"
	"github.com/pynet-go/pynet/internal/http1"
)

// A Request is a request and the means to answer it: Python's
// BaseHTTPRequestHandler. It is valid until the handler returns, and so are its Header
// and its body; the texts may be kept.
//
// An answer is [Request.SendResponse], [Request.SendHeader] for each field,
// [Request.EndHeaders], then [Request.Write]; or [Request.SendError]. What is written is
// collected and sent when the handler returns, or a few kilobytes are there. Where
// HTTP/1.1 is spoken and neither Content-Length nor Transfer-Encoding was sent, the
// length is filled in, or the body goes in chunks.
type Request struct {
	// Method is the method: Python's command.
	Method string
	// Target is the request target as it came, with slashes at its beginning made one.
	// Python's path.
	Target string
	// Version is the version as text, "HTTP/1.1". Python's request_version.
	Version string
	// Line is the request line. Python's requestline.
	Line string
	// Header are the fields.
	Header httpx.Header
	// CloseConnection says that the connection ends after this request. A handler may
	// set it. Python's close_connection.
	CloseConnection bool

	c         *conn
	fields    httpx.Header // where Header lies
	framing   http1.Framing
	expects   bool // the client waits for 100
	continued bool // and got it
	hijacked  bool
	keepAlive bool // an old client asks for it
	minor     int
	raw       string // the target as it came
	host      string // of a target in absolute form
	ctx       *requestContext
}

func (r *Request) reset() {
	c, fields := r.c, r.fields
	*r = Request{c: c, fields: fields}
}

// fill sets the request from a head that has been read.
func (r *Request) fill(h *http1.Head, f http1.Framing) {
	text := h.Text()
	r.Method, r.Target = h.Part(http1.Method, text), h.Part(http1.Target, text)
	r.Line, _, _ = strings.Cut(strings.TrimLeft(text, "\r\n"), "\n")
	r.Line = strings.TrimSuffix(r.Line, "\r")
	if r.Version = h.Part(http1.Version, text); h.Old {
		if r.Version = r.c.srv.DefaultVersion; r.Version == "" {
			r.Version = "HTTP/0.9"
		}
	}
	r.raw = r.Target
	r.absolute()
	if strings.HasPrefix(r.Target, "//") {
		r.Target = "/" + strings.TrimLeft(r.Target, "/") // no host is to be seen in it
	}
	r.Header = h.Header(r.fields[:0], text)
	r.fields = r.Header
	r.framing, r.minor = f, h.Minor
	r.keepAlive = h.KeepAlive()
	r.CloseConnection = f.Close || r.c.srv.minor == 0
}

// absolute takes the scheme and the authority off a target in absolute form, which a
// server must accept (RFC 9112 section 3.2.2); the authority counts, not Host.
func (r *Request) absolute() {
	if len(r.Target) == 0 || r.Target[0] == '/' || r.c.srv.Lenient&LenientPython != 0 {
		return
	}
	scheme, rest, ok := strings.Cut(r.Target, "://")
	if !ok || !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") {
		return
	}
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	r.host = rest[:end]
	if r.Target = rest[end:]; !strings.HasPrefix(r.Target, "/") {
		r.Target = "/" + r.Target
	}
}

// badTarget reports whether a target has none of the forms of RFC 9112 section 3.2.
func (r *Request) badTarget() bool {
	switch {
	case r.raw != r.Target && !strings.HasPrefix(r.raw, "/") && (r.host == "" || !http1.ValidHost(r.host)):
		return true // an absolute form without a host, or with userinfo
	case strings.HasPrefix(r.Target, "/"), r.Method == "CONNECT":
		return false
	}
	return r.Target != "*" || r.Method != "OPTIONS"
}

// Server returns the server. Python's server.
func (r *Request) Server() *Server { return r.c.srv }

// Context ends when the client has gone, the server is closed, or the handler has
// returned. That the client has gone shows once the body has been read.
func (r *Request) Context() context.Context {
	if r.ctx == nil {
		r.ctx = &requestContext{parent: r.c.ctx, c: r.c}
	}
	return r.ctx
}

// stopContext ends the look-out for the client's end.
func (r *Request) stopContext() {
	if r.ctx != nil {
		r.ctx.stop()
	}
}

// Host returns the host that the request is for: that of a target in absolute form, or
// else the header Host.
func (r *Request) Host() string {
	if r.host != "" {
		return r.host
	}
	return r.Header.Get("Host")
}

// RemoteAddr returns the client's address. Python's client_address.
func (r *Request) RemoteAddr() net.Addr { return r.c.nc.RemoteAddr() }

// LocalAddr returns the server's address.
func (r *Request) LocalAddr() net.Addr { return r.c.nc.LocalAddr() }

// NetConn returns the connection, for its deadlines and the state of its TLS; reading and
// writing is the request's. Python's connection.
func (r *Request) NetConn() net.Conn {
	r.c.deadlines = true
	return r.c.nc
}

// Path returns the path of the target, decoded once, and the query after it; ok is false
// for an escape that is none.
func (r *Request) Path() (path, query string, ok bool) {
	target, query, _ := strings.Cut(r.Target, "?")
	target, _, _ = strings.Cut(target, "#")
	path, ok = unquote(target)
	return path, query, ok
}

// ContentLength returns the length of the body, -1 if it comes in chunks.
func (r *Request) ContentLength() int64 {
	if r.framing.Kind == http1.ChunkedBody {
		return -1
	}
	return r.framing.Length
}

// Read reads the body, and io.EOF at its end: Python's rfile, which ends here where the
// body does. A body that is cut off is io.ErrUnexpectedEOF. The first call tells a client
// that waits for it to go on.
func (r *Request) Read(p []byte) (int, error) {
	if err := r.sendContinue(); err != nil {
		return 0, err
	}
	n, err := r.c.body.Read(p)
	if r.ctx != nil && r.c.body.Done() {
		r.ctx.bodyDone()
	}
	if max := r.c.srv.MaxBody; max > 0 && r.c.body.Count() > max {
		r.CloseConnection = true
		over := r.c.body.Count() - max
		return n - int(min(over, int64(n))), errBodyTooLarge
	}
	return n, err
}

var errBodyTooLarge = &http1.Error{Kind: http1.ErrInvalid, What: "body longer than MaxBody"}

// Trailer returns the trailer fields of a body in chunks that has been read.
func (r *Request) Trailer() httpx.Header {
	if !r.c.body.Done() {
		return nil
	}
	return r.c.body.Trailer()
}

func (r *Request) sendContinue() error {
	if !r.expects {
		return nil
	}
	return r.SendContinue()
}

// SendContinue tells a client that waits with the body to send it: what Python's
// handle_expect_100 does. The first Read does so by itself.
func (r *Request) SendContinue() error {
	if !r.expects {
		if r.c.resp.started {
			return nil // it has its answer
		}
		r.c.out = append(r.c.out, goOn...)
		return r.c.flush()
	}
	// The body may be read in another goroutine than the one that answers.
	r.c.expecting.Lock()
	defer r.c.expecting.Unlock()
	if r.continued || r.c.resp.started {
		r.continued = true
		return nil
	}
	r.continued = true
	_, err := io.WriteString(r.c.nc, goOn)
	return err
}

const goOn = "HTTP/1.1 100 Continue\r\n\r\n"

// waits reports whether the client still waits to be told to send the body.
func (r *Request) waits() bool {
	if !r.expects {
		return false
	}
	r.c.expecting.Lock()
	defer r.c.expecting.Unlock()
	return !r.continued && !r.c.body.Done()
}

// Hijack takes the connection over, with what has been read of it but not used. The
// handler must not use the request afterwards.
func (r *Request) Hijack() (nc net.Conn, buffered []byte, err error) {
	c := r.c
	if r.hijacked {
		return nil, nil, errHijacked
	}
	r.stopContext()
	if err := c.flush(); err != nil {
		return nil, nil, err
	}
	buffered = append([]byte(nil), c.rd.Buffered()...)
	nc = c.nc
	if c.sc != nil {
		if nc, err = c.sc.Detach(); err != nil {
			return nil, nil, err
		}
	}
	c.rd.Drop()
	r.hijacked = true
	return nc, buffered, nil
}

// unquote decodes escapes, once.
func unquote(s string) (string, bool) {
	if strings.IndexByte(s, '%') < 0 {
		return s, true
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] != '%' {
			b = append(b, s[i])
			continue
		}
		if i+2 >= len(s) {
			return "", false
		}
		hi, lo := hexDigit(s[i+1]), hexDigit(s[i+2])
		if hi < 0 || lo < 0 {
			return "", false
		}
		b = append(b, byte(hi<<4|lo))
		i += 2
	}
	return string(b), true
}

func hexDigit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c - 'a' + 10)
	case c >= 'A' && c <= 'F':
		return int(c - 'A' + 10)
	}
	return -1
}

var _ io.ReadWriter = (*Request)(nil)
