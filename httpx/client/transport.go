package client

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/pynet-go/pynet/httpx"
	"github.com/pynet-go/pynet/internal/http1"
)

// RoundTrip implements http.RoundTripper. Header fields go out sorted by name. Nothing
// is added but Host, the length and, for userinfo in the URL of a proxy, its
// credentials: no User-Agent, no Accept-Encoding, and nothing is decompressed.
func (p *Pool) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := p.roundTrip(req)
	if err != nil && req.Body != nil {
		req.Body.Close()
	}
	return resp, err
}

func (p *Pool) roundTrip(req *http.Request) (*http.Response, error) {
	t, err := requestTarget(req)
	if err != nil {
		return nil, err
	}
	if p.Proxy != nil {
		if err := p.via(&t, req); err != nil {
			return nil, err
		}
	}
	ctx := req.Context()
	body := req.Body
	for fresh := false; ; fresh = true {
		c, err := p.get(ctx, t.key, t.proxy, fresh)
		if err != nil {
			return nil, err
		}
		used := c.w != nil
		r, err := c.send(ctx, req, body, &t)
		if err == nil {
			return c.httpResponse(req, r), nil
		}
		c.discard()
		if !used || fresh || ctx.Err() != nil || !staleError(err) || !replayable(req) {
			return nil, err
		}
		if body != nil && body != http.NoBody {
			if body, err = req.GetBody(); err != nil {
				return nil, err
			}
		}
	}
}

// replayable reports whether a request may be sent again, as net/http sees it.
func replayable(req *http.Request) bool {
	if req.Body != nil && req.Body != http.NoBody && req.GetBody == nil {
		return false
	}
	switch req.Method {
	case "", "GET", "HEAD", "OPTIONS", "TRACE":
		return true
	}
	_, a := req.Header["Idempotency-Key"]
	_, b := req.Header["X-Idempotency-Key"]
	return a || b
}

// requestTarget takes a request's URL apart.
func requestTarget(req *http.Request) (t target, err error) {
	u := req.URL
	if u == nil {
		return t, badURL("none", "")
	}
	switch u.Scheme {
	case "http":
	case "https":
		t.key.tls = true
	default:
		return t, badURL("scheme", u.Redacted())
	}
	if u.Host == "" {
		return t, badURL("host", u.Redacted())
	}
	t.key.addr = u.Host
	if t.path = u.RequestURI(); req.Method == http.MethodConnect && u.Path == "" {
		if t.path = u.Opaque; t.path == "" {
			t.path = u.Host
		}
	}
	return t, checkTarget(t.path)
}

// inlineBody is how long a body may be that is sent before the response is looked for,
// on the caller's goroutine: no server's buffer is too small for it.
const inlineBody = 16 << 10

// send sends a request and reads the header of the response.
func (c *pooled) send(ctx context.Context, req *http.Request, body io.ReadCloser, t *target) (*Response, error) {
	if err := c.enter(); err != nil {
		return nil, err
	}
	chunked, err := c.putRequestHead(req, t)
	c.mu.Unlock()
	if err != nil {
		return nil, err
	}
	if body == nil || body == http.NoBody {
		if err := c.EndHeaders(ctx, nil); err != nil {
			return nil, err
		}
		return c.Response(ctx)
	}
	var r io.Reader = body
	switch {
	case chunked:
		r = &chunkedReader{r: body, trailerOf: req}
	case req.ContentLength > 0:
		r = &exactly{r: body, left: req.ContentLength}
	}
	if !chunked && req.ContentLength <= inlineBody || c.expect {
		err := c.EndHeaders(ctx, r)
		body.Close()
		if err != nil {
			return nil, err
		}
		return c.Response(ctx)
	}
	return c.sendLong(ctx, r, body)
}

// sendLong sends a long body while it looks for the response, which may come before
// the body has been read.
func (c *pooled) sendLong(ctx context.Context, r io.Reader, body io.Closer) (*Response, error) {
	if err := c.EndHeaders(ctx, nil); err != nil {
		body.Close()
		return nil, err
	}
	w := c.w
	up := &upload{body: body, done: make(chan error, 1)}
	c.mu.Lock()
	c.sending = up
	c.mu.Unlock()
	go func() {
		t := &traced{c: c.Conn, w: w}
		var err error
		if wt, ok := r.(io.WriterTo); ok {
			_, err = wt.WriteTo(t)
		} else {
			_, err = io.CopyBuffer(struct{ io.Writer }{t}, struct{ io.Reader }{r}, make([]byte, 32<<10))
		}
		body.Close()
		up.done <- err
		if err != nil && t.err == nil {
			w.nc.SetReadDeadline(longAgo) // nobody will answer half a request
		}
	}()
	resp, err := c.Response(ctx)
	if err == nil {
		return resp, nil
	}
	w.nc.Close() // ends the sending
	select {
	case werr := <-up.done:
		if werr != nil && ctx.Err() == nil && !isConnError(werr) {
			err = werr
		}
	default:
		body.Close() // it may be waited for
	}
	return nil, err
}

// An upload is a request's body that is sent while the response is looked for.
type upload struct {
	body io.Closer
	done chan error // how it ended
}

// finish reports whether the whole body has been sent. If it is still under way, it is
// given up.
func (u *upload) finish() bool {
	select {
	case err := <-u.done:
		return err == nil
	default:
		u.body.Close() // the server did not wait for it
		return false
	}
}

var errLongBody = errors.New("client: the body is longer than ContentLength")

// exactly reads so many bytes, no fewer and no more.
type exactly struct {
	r    io.Reader
	left int64
}

func (e *exactly) Read(p []byte) (int, error) {
	if e.left == 0 {
		var one [1]byte
		if n, err := e.r.Read(one[:]); n > 0 {
			return 0, errLongBody
		} else if err != nil {
			return 0, err
		}
		return 0, nil
	}
	n, err := e.r.Read(p[:min(int64(len(p)), e.left)])
	e.left -= int64(n)
	if err == io.EOF && e.left > 0 {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// putRequestHead puts the head of a request, and reports whether the body goes in
// chunks.
func (c *Conn) putRequestHead(req *http.Request, t *target) (chunked bool, err error) {
	method := req.Method
	if method == "" {
		method = "GET"
	}
	if err := c.putRequest(method, t.path, SkipHost|SkipAcceptEncoding); err != nil {
		return false, err
	}
	host := req.Host
	if host == "" {
		host = req.URL.Host
	}
	if host, err = c.cleanHost(host, t.key.tls); err != nil {
		return false, err
	}
	c.out = http1.AppendField(c.out, "Host", host)
	var few [24]string
	names := few[:0]
	for k := range req.Header {
		if !saidByRequest(k) {
			names = append(names, k)
		}
	}
	slices.Sort(names)
	for _, k := range names {
		for _, v := range req.Header[k] {
			if err := http1.CheckField(k, v); err != nil {
				return false, invalid(err)
			}
			c.putHeader(k, v)
		}
	}
	if t.proxy != nil && !t.key.tls && req.Header.Get("Proxy-Authorization") == "" {
		for _, f := range proxyAuth(t.proxy) {
			c.putHeader(f.Name, f.Value)
		}
	}
	if _, ok := req.Header["Connection"]; req.Close && !ok {
		c.putHeader("Connection", "close")
	}
	return c.putRequestLength(req, method)
}

// saidByRequest reports whether a field is said by those of an http.Request and not by
// its header, however the name is spelled there: a second one would be another opinion.
func saidByRequest(name string) bool {
	switch len(name) {
	case 4:
		return http1.EqualFold(name, "host")
	case 7:
		return http1.EqualFold(name, "trailer")
	case 14:
		return http1.EqualFold(name, "content-length")
	case 17:
		return http1.EqualFold(name, "transfer-encoding")
	}
	return false
}

func (c *Conn) putRequestLength(req *http.Request, method string) (chunked bool, err error) {
	if req.Body == nil || req.Body == http.NoBody {
		switch method {
		case "POST", "PUT", "PATCH":
			c.out = http1.AppendField(c.out, "Content-Length", "0")
		}
		return false, nil
	}
	if req.ContentLength > 0 {
		c.out = append(c.out, "Content-Length: "...)
		c.out = strconv.AppendInt(c.out, req.ContentLength, 10)
		c.out = append(c.out, "\r\n"...)
		return false, nil
	}
	c.putHeader("Transfer-Encoding", "chunked")
	if len(req.Trailer) > 0 {
		names := make([]string, 0, len(req.Trailer))
		for k := range req.Trailer {
			if err := http1.CheckField(k, ""); err != nil {
				return false, invalid(err)
			}
			if http1.ForbiddenTrailer(k) {
				return false, invalid(&http1.Error{Kind: http1.ErrTrailer, Text: k[:min(len(k), 100)]})
			}
			names = append(names, k)
		}
		slices.Sort(names)
		c.putHeader("Trailer", strings.Join(names, ","))
	}
	return true, nil
}

// cleanHost is the value of Host: without the default port and a zone.
func (c *Conn) cleanHost(host string, withTLS bool) (string, error) {
	def := HTTPPort
	if withTLS {
		def = HTTPSPort
	}
	if i := strings.IndexByte(host, ':'); i < 0 && ascii(host) {
		if err := http1.CheckField("Host", host); err != nil {
			return "", invalid(err)
		}
		return host, checkHost(host)
	}
	name, port, err := splitHost(host, 0, def)
	if err != nil {
		return "", err
	}
	return hostValue(name, port, def)
}

// httpResponse makes a response of net/http, whose body gives the connection back.
func (c *pooled) httpResponse(req *http.Request, r *Response) *http.Response {
	out := &http.Response{
		Status:        statusText(r),
		StatusCode:    int(r.Status),
		Proto:         "HTTP/1.1",
		ProtoMajor:    1,
		ProtoMinor:    1,
		Header:        r.Header.HTTP(),
		ContentLength: r.Length(),
		Close:         r.WillClose,
		Request:       req,
	}
	if r.Header.HasToken("Connection", "close") {
		delete(out.Header, "Connection") // said by Close, as in net/http
	}
	if r.Version == 10 {
		out.Proto, out.ProtoMinor = "HTTP/1.0", 0
	}
	if r.body.Kind() == http1.ChunkedBody {
		out.TransferEncoding = []string{"chunked"}
		delete(out.Header, "Transfer-Encoding")
		out.Trailer = announced(out.Header)
	}
	if req.Method == "HEAD" {
		out.ContentLength = -1
		if n, err := strconv.ParseInt(r.Header.Get("Content-Length"), 10, 64); err == nil && n >= 0 {
			out.ContentLength = n
		}
	}
	if tc, ok := r.w.nc.(*tls.Conn); ok {
		s := tc.ConnectionState()
		out.TLS = &s
	}
	switch {
	case r.Status == httpx.StatusSwitchingProtocols:
		out.Body = newUpgraded(r)
	case r.over():
		out.Body = http.NoBody
	case out.Trailer != nil || r.body.Kind() == http1.ChunkedBody:
		out.Body = &trailedBody{Response: r, out: out}
	default:
		out.Body = r
	}
	return out
}

func statusText(r *Response) string {
	if r.Status == httpx.StatusOK && r.Reason == "OK" {
		return "200 OK"
	}
	return strconv.Itoa(int(r.Status)) + " " + r.Reason
}

// announced makes the keys of the trailer that the header announces.
func announced(h http.Header) http.Header {
	vs, ok := h["Trailer"]
	if !ok {
		return nil
	}
	delete(h, "Trailer")
	t := http.Header{}
	for _, v := range vs {
		for name := range strings.SplitSeq(v, ",") {
			if name = http.CanonicalHeaderKey(strings.TrimSpace(name)); http1.IsToken(name) {
				t[name] = nil
			}
		}
	}
	return t
}

// trailedBody fills in the trailer at the end of the body.
type trailedBody struct {
	*Response
	out *http.Response
}

func (b *trailedBody) Read(p []byte) (int, error) {
	n, err := b.Response.Read(p)
	if err == io.EOF && b.out != nil {
		if t := b.Response.Trailer(); len(t) > 0 {
			if b.out.Trailer == nil {
				b.out.Trailer = http.Header{}
			}
			for k, vs := range t.HTTP() {
				b.out.Trailer[k] = vs
			}
		}
		b.out = nil
	}
	return n, err
}

// upgraded is the body after 101: the connection.
type upgraded struct {
	net.Conn
	buffered []byte
}

func newUpgraded(r *Response) io.ReadCloser {
	nc, buffered, err := r.Hijack()
	if err != nil {
		return http.NoBody
	}
	return &upgraded{Conn: nc, buffered: buffered}
}

func (u *upgraded) Read(p []byte) (int, error) {
	if len(u.buffered) > 0 {
		n := copy(p, u.buffered)
		u.buffered = u.buffered[n:]
		return n, nil
	}
	return u.Conn.Read(p)
}
