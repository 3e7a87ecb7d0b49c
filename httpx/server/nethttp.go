package server

import (
	"crypto/tls"
	"errors"
	"io"
	"net/http"
	"net/textproto"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pynet-go/pynet/httpx"
	"github.com/pynet-go/pynet/internal/http1"
)

// httpHandler is an http.Handler as a Handler.
type httpHandler struct{ h http.Handler }

// An exchange is what an http.Handler gets, in one piece of memory.
type exchange struct {
	req  http.Request
	w    writer
	url  url.URL
	body bodyReader
	ctx  requestContext
	// values is where the values of the request's header lie if they fit.
	values [4]string
}

// ServeRequest calls the handler with a request and a writer of net/http.
func (a httpHandler) ServeRequest(r *Request) {
	x := &exchange{}
	req, err := x.request(r)
	if err != nil {
		r.SendError(httpx.StatusBadRequest, "", "")
		return
	}
	// The header is this answer's alone: some handlers leave goroutines that write to it.
	x.w = writer{r: r, c: r.c, h: make(http.Header, 8)}
	defer func() { // a panic may leave somebody who reads or writes
		if x.body.r != nil {
			x.body.shut()
		}
		x.w.done = x.w.done || !r.hijacked
	}()
	a.h.ServeHTTP(&x.w, req)
	if x.body.r != nil && x.body.shut() {
		r.CloseConnection = true
	}
	x.w.finish()
}

// request makes the request.
func (x *exchange) request(r *Request) (*http.Request, error) {
	if err := parseTarget(&x.url, r.Method, r.raw); err != nil {
		return nil, err
	}
	x.ctx = requestContext{parent: r.c.ctx, c: r.c}
	r.ctx = &x.ctx
	req := &http.Request{
		Method: r.Method, URL: &x.url, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: r.minor,
		Header: x.requestHeader(r.Header), Host: x.url.Host, RequestURI: r.raw,
		RemoteAddr: r.c.remote(), Close: r.CloseConnection, Body: http.NoBody,
	}
	if r.minor == 0 {
		req.Proto = "HTTP/1.0"
	}
	if req.Host == "" {
		req.Host = r.Header.Get("Host")
	}
	switch r.framing.Kind {
	case http1.ChunkedBody:
		req.ContentLength = -1
		req.TransferEncoding = []string{"chunked"}
		req.Trailer = announcedTrailer(r.Header)
	case http1.LengthBody:
		req.ContentLength = r.framing.Length
	}
	if r.framing.Kind != http1.NoBody {
		x.body.r, x.body.req = r, &x.req
		req.Body = &x.body
	}
	if sc := r.c.sc; sc != nil {
		if s, ok := sc.TLS(); ok {
			req.TLS = &s
		}
	} else if tc, ok := r.c.nc.(*tls.Conn); ok {
		s := tc.ConnectionState()
		req.TLS = &s
	}
	x.req = *req.WithContext(&x.ctx) // both are on the stack
	return &x.req, nil
}

// remote is the client's address as text, which is kept with the connection.
func (c *conn) remote() string {
	if c.sc != nil {
		if s, ok := c.sc.State.(*string); ok {
			return *s
		}
	}
	if c.from == "" {
		if a := c.nc.RemoteAddr(); a != nil {
			c.from = a.String()
		}
		if c.sc != nil {
			from := c.from
			c.sc.State = &from
		}
	}
	return c.from
}

// requestHeader makes a header of net/http, without Host, as there, and the framing.
func (x *exchange) requestHeader(h httpx.Header) http.Header {
	out := make(http.Header, len(h))
	values := x.values[:]
	if len(h) > len(values) {
		values = make([]string, len(h))
	}
	for i := range h {
		k := textproto.CanonicalMIMEHeaderKey(h[i].Name)
		switch k {
		case "Host", "Transfer-Encoding", "Trailer":
			continue
		}
		if repeats(h[:i], k) {
			if vs := out[k]; k != "Content-Length" {
				out[k] = append(vs, h[i].Value)
			}
			continue
		}
		values[i] = h[i].Value
		out[k] = values[i : i+1 : i+1]
	}
	return out
}

// repeats reports whether a name has been there.
func repeats(h httpx.Header, name string) bool {
	for i := range h {
		if len(h[i].Name) == len(name) && strings.EqualFold(h[i].Name, name) {
			return true
		}
	}
	return false
}

func announcedTrailer(h httpx.Header) http.Header {
	var t http.Header
	for v := range h.Values("Trailer") {
		for name := range strings.SplitSeq(v, ",") {
			if name = textproto.CanonicalMIMEHeaderKey(strings.TrimSpace(name)); http1.IsToken(name) {
				if t == nil {
					t = http.Header{}
				}
				t[name] = nil
			}
		}
	}
	return t
}

// plainPath are the bytes of a path that need no parsing.
var plainPath = func() (t [256]bool) {
	for _, c := range "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/$&+,:;=@" {
		t[c] = true
	}
	return t
}()

// parseTarget parses a request target as net/http does.
func parseTarget(u *url.URL, method, target string) error {
	path, query, hasQuery := strings.Cut(target, "?")
	if len(path) > 0 && path[0] == '/' && !strings.HasPrefix(path, "//") {
		plain := true
		for i := 0; i < len(path) && plain; i++ {
			plain = plainPath[path[i]]
		}
		if plain && strings.IndexByte(query, '#') < 0 {
			u.Path, u.RawQuery, u.ForceQuery = path, query, hasQuery && query == ""
			return nil
		}
	}
	authority := method == "CONNECT" && !strings.HasPrefix(target, "/")
	if authority {
		target = "http://" + target
	}
	p, err := url.ParseRequestURI(target)
	if err != nil {
		return err
	}
	if *u = *p; authority {
		u.Scheme = ""
	}
	return nil
}

// bodyReader is the body of an http.Request.
type bodyReader struct {
	r   *Request
	req *http.Request

	mu     sync.Mutex // held while the body is read; guards closed
	closed bool
	cut    atomic.Bool // a read was broken off
}

// Read reads the body; after the handler has returned it is http.ErrBodyReadAfterClose.
func (b *bodyReader) Read(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return 0, http.ErrBodyReadAfterClose
	}
	n, err := b.r.Read(p)
	if err == io.EOF && b.req.Trailer != nil {
		for _, f := range b.r.Trailer() {
			k := textproto.CanonicalMIMEHeaderKey(f.Name)
			if _, ok := b.req.Trailer[k]; ok {
				b.req.Trailer[k] = append(b.req.Trailer[k], f.Value)
			}
		}
	}
	if errors.Is(err, errBodyTooLarge) {
		err = &http.MaxBytesError{Limit: b.r.c.srv.MaxBody}
	}
	return n, err
}

// Close lets the body go. A Read under way is broken off.
func (b *bodyReader) Close() error {
	b.shut()
	return nil
}

// shut ends the reading, whoever reads: a goroutine that outlives the handler must not
// take of the next request. It reports whether a Read has been broken off, after which
// nobody knows what comes.
func (b *bodyReader) shut() (cut bool) {
	if !b.mu.TryLock() {
		b.cut.Store(true)
		b.r.c.nc.SetReadDeadline(time.Unix(1, 0))
		b.mu.Lock()
	}
	defer b.mu.Unlock()
	b.closed = true
	return b.cut.Load()
}
