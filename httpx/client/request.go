package client

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/pynet-go/pynet/httpx"
	"github.com/pynet-go/pynet/internal/http1"
)

// An Option changes what [Conn.PutRequest] puts by itself.
type Option uint8

// The options.
const (
	// SkipHost leaves Host out.
	SkipHost Option = 1 << iota
	// SkipAcceptEncoding leaves Accept-Encoding: identity out.
	SkipAcceptEncoding
)

// PutRequest begins a request: the request line, Host, and Accept-Encoding: identity.
// An empty target means "/". Nothing is sent yet. The errors are
// [ErrCannotSendRequest], [ErrInvalid] for a method that is no token, and
// [ErrInvalidURL] for a target with blanks, controls or characters that are not ASCII.
// Python's putrequest.
func (c *Conn) PutRequest(method, target string, opts ...Option) error {
	if err := c.enter(); err != nil {
		return err
	}
	defer c.mu.Unlock()
	var o Option
	for _, x := range opts {
		o |= x
	}
	return c.putRequest(method, target, o)
}

func (c *Conn) putRequest(method, target string, o Option) error {
	c.forget()
	if c.state != idle {
		return ErrCannotSendRequest
	}
	c.state = started
	if !http1.IsToken(method) {
		return invalid(&http1.Error{Kind: http1.ErrInvalid, What: "method", Text: method[:min(len(method), 100)]})
	}
	c.method, c.hasTE, c.expect, c.closes, c.early, c.sentBody, c.sending = method, false, false, false, nil, true, nil
	if target == "" {
		target = "/"
	}
	if err := checkTarget(target); err != nil {
		return err
	}
	b := append(c.out[:0], method...)
	b = append(b, ' ')
	b = append(b, target...)
	if c.cfg.HTTP10 {
		c.out = append(b, " HTTP/1.0\r\n"...)
		return nil
	}
	b = append(b, " HTTP/1.1\r\n"...)
	if o&SkipHost == 0 {
		host, err := c.hostHeader(target)
		if err != nil {
			return err
		}
		if err := http1.CheckField("Host", host); err != nil && c.tunnel == nil { // that is checked later
			return invalid(err)
		}
		b = http1.AppendField(b, "Host", host)
	}
	if o&SkipAcceptEncoding == 0 {
		b = http1.AppendField(b, "Accept-Encoding", "identity")
	}
	c.out = b
	return nil
}

// PutHeader puts a header field; several values are joined by commas. A name that
// is no token and a value with a control character are [ErrInvalid]; nothing has been
// put then. Before PutRequest it is [ErrCannotSendHeader]. Python's putheader.
func (c *Conn) PutHeader(name string, values ...string) error {
	if err := c.enter(); err != nil {
		return err
	}
	defer c.mu.Unlock()
	if c.state != started {
		return ErrCannotSendHeader
	}
	for _, v := range values {
		if err := http1.CheckField(name, v); err != nil {
			return invalid(err)
		}
	}
	if err := http1.CheckField(name, ""); err != nil {
		return invalid(err)
	}
	sep := ", "
	if c.cfg.Lenient {
		sep = "\r\n\t"
	}
	c.putHeader(name, strings.Join(values, sep))
	return nil
}

func (c *Conn) putHeader(name, value string) {
	switch {
	case http1.EqualFold(name, "transfer-encoding"):
		c.hasTE = true
	case http1.EqualFold(name, "expect") && strings.EqualFold(value, "100-continue"):
		c.expect = true
	case http1.EqualFold(name, "connection") && hasClose(value):
		c.closes = true
	}
	c.out = http1.AppendField(c.out, name, value)
}

// hasClose reports whether a value of Connection has the option close.
func hasClose(value string) bool {
	return http1.EqualFold(value, "close") ||
		strings.IndexByte(value, ',') >= 0 && httpx.Header{{Name: "Connection", Value: value}}.HasToken("Connection", "close")
}

// EndHeaders ends the header and sends it, with the body after it unless that is
// nil. The body is sent as it is: its length, or that it is chunked, must stand in
// the header; [Chunked] makes chunks of one. ctx bounds the call. It connects if
// needed. Python's endheaders.
//
// If the header asks for Expect: 100-continue, the body is sent once the server says
// so, or has said nothing for Config.ContinueTimeout; if it answers otherwise instead,
// the body is not sent and that is what [Conn.Response] gives.
func (c *Conn) EndHeaders(ctx context.Context, body io.Reader) error {
	if err := c.enter(); err != nil {
		return err
	}
	defer c.mu.Unlock()
	return c.endHeaders(ctx, body)
}

func (c *Conn) endHeaders(ctx context.Context, body io.Reader) error {
	if c.state != started {
		return ErrCannotSendHeader
	}
	c.state = sent
	c.out = append(c.out, "\r\n"...)
	out := c.out
	c.out = c.out[:0]
	c.trace("send", out)
	if err := c.ready(ctx, true); err != nil {
		return err
	}
	return c.run(ctx, func() error {
		// A small body at hand goes out with the header.
		if !c.expect {
			if b := peekBody(body); b != nil {
				c.trace("send", b)
				out = append(out, b...)
				c.out = out[:0]
				body = nil
			}
		}
		if err := c.write(c.w, out); err != nil {
			return c.answered(err)
		}
		if body == nil {
			return nil
		}
		if c.expect {
			if goOn, err := c.await100(); err != nil || !goOn {
				return err
			}
		}
		return c.copyBody(c.w, body)
	})
}

// peekBody returns the rest of a body in memory if it is small, and reads it.
func peekBody(r io.Reader) []byte {
	l, ok := r.(interface{ Len() int })
	if !ok || l.Len() > 16<<10 {
		return nil
	}
	switch r.(type) {
	case *strings.Reader, io.WriterTo:
		b := make([]byte, l.Len())
		n, _ := io.ReadFull(r, b)
		return b[:n]
	}
	return nil
}

// answered drops an error of writing if the server has answered already, as one does
// that does not want the body: the answer is worth more.
func (c *Conn) answered(err error) error {
	if err == nil {
		return nil
	}
	c.w.armRead(c.cfg.Timeout)
	if c.w.rd.Len() > 0 || c.w.rd.Fill() == nil {
		c.sentBody = false
		return nil
	}
	return err
}

// ready sees that there is a connection, and, if a request begins, that it can take one.
func (c *Conn) ready(ctx context.Context, begins bool) error {
	if begins && c.w != nil && (c.resp == nil || c.resp.over()) && c.spoiled() {
		c.w.nc.Close()
		c.w = nil
	}
	if c.w == nil {
		if c.cfg.NoAutoOpen {
			return ErrNotConnected
		}
		return c.connect(ctx)
	}
	return nil
}

// spoiled reports whether something has come on a connection at rest, or its end. Nobody
// asked for it: the answer to the next request would be taken for another's (SECURITY:
// response queue poisoning). A pool has looked at the descriptor already.
func (c *Conn) spoiled() bool {
	return c.w.rd.Len() > 0 ||
		c.w.used && c.owner == nil && !c.cfg.Lenient && !c.quiet()
}

// quiet reports whether nothing has come on a connection at rest. The deadline of its last
// wait does not count.
func (c *Conn) quiet() bool {
	if c.cfg.Timeout > 0 {
		c.w.disarmRead()
	}
	return c.probe.quiet(c.w.nc)
}

// run does a step on the connection, bounded by ctx. A step that ctx has ended
// closes the connection, which is in no known state.
func (c *Conn) run(ctx context.Context, do func() error) error {
	err := within(ctx, c.w, do)
	if err != nil && ctx.Err() != nil {
		c.close()
		return err
	}
	return err
}

// Send sends bytes of the body after [Conn.EndHeaders]; Python's send, of a text or
// bytes. It connects if needed.
func (c *Conn) Send(ctx context.Context, p []byte) error {
	if err := c.enter(); err != nil {
		return err
	}
	defer c.mu.Unlock()
	if err := c.ready(ctx, c.state != sent); err != nil {
		return err
	}
	c.trace("send", p)
	return c.run(ctx, func() error { return c.answered(c.write(c.w, p)) })
}

// SendFrom sends what r gives, in blocks of Config.BlockSize; Python's send, of a
// file.
func (c *Conn) SendFrom(ctx context.Context, r io.Reader) error {
	if err := c.enter(); err != nil {
		return err
	}
	defer c.mu.Unlock()
	if err := c.ready(ctx, c.state != sent); err != nil {
		return err
	}
	return c.run(ctx, func() error { return c.copyBody(c.w, r) })
}

// copyBody copies r to the connection.
func (c *Conn) copyBody(w *wire, r io.Reader) error {
	t := &traced{c: c, w: w}
	var err error
	if wt, ok := r.(io.WriterTo); ok {
		_, err = wt.WriteTo(t)
	} else {
		_, err = io.CopyBuffer(struct{ io.Writer }{t}, struct{ io.Reader }{r}, make([]byte, c.cfg.blockSize()))
	}
	if t.err != nil {
		return c.answered(t.err)
	}
	if err != nil {
		c.sentBody = false // nobody knows how much of it the server awaits
	}
	return err
}

// traced writes to the connection and remembers whether that failed.
type traced struct {
	c   *Conn
	w   *wire
	err error
}

func (t *traced) Write(p []byte) (int, error) {
	t.c.trace("send", p)
	if t.err = t.c.write(t.w, p); t.err != nil {
		return 0, t.err
	}
	return len(p), nil
}

// Chunked makes chunks of what r gives (RFC 9112 section 7.1), one of each read, or
// of each write if r is an io.WriterTo, and a last one with the trailer, which may
// be nil. The request's header must say Transfer-Encoding: chunked. A trailer that
// must not be sent is [ErrInvalid].
func Chunked(r io.Reader, trailer httpx.Header) io.Reader {
	return &chunkedReader{r: r, trailer: trailer}
}

type chunkedReader struct {
	r         io.Reader
	trailer   httpx.Header
	trailerOf *http.Request // whose Trailer is filled in while the body is read
}

// Read is not used: the connection writes by WriteTo.
func (*chunkedReader) Read([]byte) (int, error) { return 0, errors.ErrUnsupported }

// WriteTo implements io.WriterTo.
func (cr *chunkedReader) WriteTo(w io.Writer) (int64, error) {
	if _, err := http1.AppendTrailer(nil, cr.trailer); err != nil {
		return 0, invalid(err)
	}
	var err error
	cw := &chunkWriter{w: w}
	if wt, ok := cr.r.(io.WriterTo); ok {
		_, err = wt.WriteTo(cw)
	} else {
		_, err = io.CopyBuffer(struct{ io.Writer }{cw}, struct{ io.Reader }{cr.r}, make([]byte, 8192))
	}
	if err != nil {
		return cw.n, err
	}
	trailer := cr.trailer
	if cr.trailerOf != nil {
		trailer = httpx.FromHTTP(cr.trailerOf.Trailer)
	}
	last, err := http1.AppendTrailer([]byte("0\r\n"), trailer)
	if err != nil {
		return cw.n, invalid(err)
	}
	_, err = w.Write(append(last, "\r\n"...))
	return cw.n, err
}

// chunkWriter makes a chunk of each write.
type chunkWriter struct {
	w   io.Writer
	n   int64
	buf []byte
}

func (cw *chunkWriter) Write(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	b := http1.AppendChunkSize(cw.buf[:0], len(p))
	b = append(b, p...)
	b = append(b, "\r\n"...)
	cw.buf = b
	if _, err := cw.w.Write(b); err != nil {
		return 0, err
	}
	cw.n += int64(len(p))
	return len(p), nil
}

// Request sends a whole request: Python's request. Host, Accept-Encoding,
// Content-Length and Transfer-Encoding are put by themselves unless the header has
// them. The length is known of a *bytes.Reader, *bytes.Buffer or *strings.Reader, or of
// whatever else has a method Len() int; other bodies are sent in chunks, each of a
// read of at most Config.BlockSize, or of a write if it is an io.WriterTo. A nil body
// has length 0 if the method is PATCH, POST or PUT, and none otherwise. If the
// header says Transfer-Encoding, the body is taken to be encoded; use [Chunked]
// where it is not.
//
// ctx bounds the call. The errors are those of the steps.
func (c *Conn) Request(ctx context.Context, method, target string, body io.Reader, header httpx.Header) error {
	if err := c.enter(); err != nil {
		return err
	}
	defer c.mu.Unlock()
	if err := c.putHead(method, target, &body, header); err != nil {
		return err
	}
	return c.endHeaders(ctx, body)
}

// putHead puts the head of a whole request, and wraps the body if it is to be sent in
// chunks.
func (c *Conn) putHead(method, target string, body *io.Reader, header httpx.Header) error {
	var o Option
	length, encoding := false, false
	for i := range header {
		switch n := header[i].Name; len(n) {
		case 4:
			if http1.EqualFold(n, "host") {
				o |= SkipHost
			}
		case 14:
			length = length || http1.EqualFold(n, "content-length")
		case 15:
			if http1.EqualFold(n, "accept-encoding") {
				o |= SkipAcceptEncoding
			}
		case 17:
			encoding = encoding || http1.EqualFold(n, "transfer-encoding")
		}
	}
	if err := c.putRequest(method, target, o); err != nil {
		return err
	}
	if !length && !encoding {
		c.putLength(method, body)
	}
	for i := range header {
		if err := http1.CheckField(header[i].Name, header[i].Value); err != nil {
			return invalid(err)
		}
		c.putHeader(header[i].Name, header[i].Value)
	}
	return nil
}

func (c *Conn) putLength(method string, body *io.Reader) {
	if *body == nil {
		switch strings.ToUpper(method) {
		case "PATCH", "POST", "PUT":
			c.out = http1.AppendField(c.out, "Content-Length", "0")
		}
		return
	}
	if l, ok := (*body).(interface{ Len() int }); ok {
		c.out = http1.AppendField(c.out, "Content-Length", itoa(int64(l.Len())))
		return
	}
	c.putHeader("Transfer-Encoding", "chunked")
	if !c.cfg.HTTP10 {
		*body = &chunkedReader{r: *body}
	}
}
