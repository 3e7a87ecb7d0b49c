package client

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/pynet-go/pynet/httpx"
	"github.com/pynet-go/pynet/internal/http1"
)

// A Response is the answer to a request: Python's HTTPResponse. It is an
// io.ReadCloser of the body. Close it, or read it to its end, before the connection
// can serve for the next response.
//
// A Response is not for concurrent use, but Close may be called at any time and ends a
// Read under way.
type Response struct {
	// Status is the code, Reason the phrase as the server sent it.
	Status httpx.Status
	Reason string
	// Version is 10 or 11.
	Version int
	// Header is the header, in order and as spelled. Python's headers and msg.
	Header httpx.Header
	// URL is the target of the request, as [Pool.Do] was given it, or "".
	URL string
	// Chunked tells whether the body comes in chunks.
	Chunked bool
	// WillClose tells that the connection ends with this response.
	WillClose bool

	cfg    *Config
	w      *wire
	conn   *Conn // which goes on after the body, nil if it does not
	body   http1.Body
	method string
	stop   func() bool // ends the watch over the context
	ctx    context.Context
	set    chan struct{}

	reading sync.Mutex      // held while the body is read
	mu      sync.Mutex      // guards closed and what ends the response
	closed  bool            // Close has been called
	ended   bool            // the connection has been let go
	unread  bool            // there is no body, and nobody has asked for one
	tooLong bool            // ErrLineTooLong has been told
	owner   *pooled         // where the connection goes back to, nil if it has no pool
	sending *upload         // the request's body, which may still be under way
	some    [12]httpx.Field // where Header lies if it fits
}

// forget lets go of an earlier response that is finished. To Python, one without a body
// is so only when somebody has asked for it.
func (c *Conn) forget() {
	if c.resp != nil && (c.resp.IsClosed() || c.resp.over() && !c.cfg.Lenient) {
		c.resp = nil
	}
}

// Response reads the header of the response to the request that has been sent,
// after any interim ones (1xx): Python's getresponse. ctx bounds this call and the
// reading of the body. The errors are [ErrResponseNotReady], [ErrRemoteDisconnected],
// [ErrUnknownProtocol], those of a header that is refused, [*StatusLineError] among
// them, and those of the network.
func (c *Conn) Response(ctx context.Context) (*Response, error) {
	if err := c.enter(); err != nil {
		return nil, err
	}
	r, err := c.response(ctx)
	c.mu.Unlock()
	if err == nil && r.body.Done() && r.Status != httpx.StatusSwitchingProtocols {
		r.end(true) // from here on, another may have the connection
	}
	return r, err
}

func (c *Conn) response(ctx context.Context) (*Response, error) {
	c.forget()
	if c.state != sent || c.resp != nil {
		return nil, ErrResponseNotReady
	}
	if c.w == nil {
		if c.broken {
			c.close()
			return nil, ErrRemoteDisconnected
		}
		return nil, ErrNotConnected
	}
	r := c.early
	if c.early = nil; r == nil {
		r = new(Response)
		if err := c.run(ctx, func() error { return c.begin(r) }); err != nil {
			if errors.Is(err, ErrRemoteDisconnected) || isConnError(err) {
				c.close()
			} else if c.w != nil {
				c.w.nc.Close()
				c.w, c.broken = nil, true
			}
			return nil, err
		}
	}
	c.watch(ctx, r)
	c.attach(r)
	return r, nil
}

// isConnError stands for Python's ConnectionError.
func isConnError(err error) bool {
	return errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE) || errors.Is(err, syscall.ECONNABORTED)
}

// attach makes r the current response of the connection, or gives it the connection
// if it is the last.
func (c *Conn) attach(r *Response) {
	c.state = idle
	if !c.sentBody || c.closes && !c.cfg.Lenient {
		r.WillClose = true // it takes no other request (RFC 9112 section 9.6)
	}
	r.owner, r.sending, c.sending = c.owner, c.sending, nil
	if r.WillClose {
		c.w = nil
	} else {
		r.conn = c
		c.resp = r
	}
}

// watch has ctx end the reading of the body.
func (c *Conn) watch(ctx context.Context, r *Response) {
	if ctx.Done() == nil || r.body.Done() {
		return
	}
	set := make(chan struct{})
	w := r.w
	r.ctx, r.set = ctx, set
	r.stop = context.AfterFunc(ctx, func() {
		w.end()
		close(set)
	})
}

// readHead reads a head into w.head, which lies in the reader's buffer until it is
// discarded there. timeout bounds each wait.
func (c *Conn) readHead(w *wire, timeout time.Duration) error {
	h := &w.head
	h.Reset()
	h.Response, h.Limits, h.Lenient = true, c.cfg.limits(), c.cfg.lenient()
	for {
		if w.rd.Len() > 0 {
			n, err := h.Parse(w.rd.Buffered())
			if err != nil {
				return headError(err, w.rd.Buffered())
			}
			if n > 0 {
				c.trace("reply", w.rd.Buffered()[:n])
				return nil
			}
		}
		w.armRead(timeout)
		if err := w.rd.Fill(); err != nil {
			return c.headEOF(w, err)
		}
	}
}

// headEOF handles the end of the stream, or an error, within a head.
func (c *Conn) headEOF(w *wire, err error) error {
	if err != io.EOF {
		return err
	}
	got := w.rd.Buffered()
	if len(got) == 0 {
		return ErrRemoteDisconnected
	}
	n, perr := w.head.ParseEOF(got)
	switch {
	case perr != nil:
		return headError(perr, got)
	case n > 0:
		return nil
	}
	if strings.IndexByte(string(got), '\n') < 0 {
		return &StatusLineError{Line: firstLine(got)}
	}
	return &Error{Kind: ErrBadResponse, Err: io.ErrUnexpectedEOF}
}

// begin reads heads up to the final one and sets r up.
func (c *Conn) begin(r *Response) error {
	for i := 0; ; i++ {
		if err := c.readHead(c.w, c.cfg.Timeout); err != nil {
			return err
		}
		code := c.w.head.Status
		if code == 100 || code > 101 && code < 200 && !c.cfg.Lenient {
			if i+1 >= c.cfg.maxInterim() {
				return &Error{Kind: ErrTooManyHeaders, Err: errors.New("interim responses")}
			}
			c.interim()
			continue
		}
		return c.fill(r, c.w)
	}
}

// interim lets an interim response go.
func (c *Conn) interim() {
	if c.cfg.OnInterim == nil {
		c.w.rd.Discard(c.w.head.Size)
		return
	}
	r := new(Response)
	if c.fill(r, c.w) == nil {
		c.cfg.OnInterim(r)
	}
}

// await100 waits for the interim response that lets the body be sent; others may come
// before it.
func (c *Conn) await100() (goOn bool, err error) {
	code := 0
	for i := 0; code == 0 || code > 101 && code < 200 && !c.cfg.Lenient; i++ {
		if code > 0 {
			c.interim()
		}
		if i >= c.cfg.maxInterim() {
			return false, &Error{Kind: ErrTooManyHeaders, Err: errors.New("interim responses")}
		}
		err = c.readHead(c.w, c.cfg.continueTimeout())
		if errors.Is(err, os.ErrDeadlineExceeded) && !c.w.ended.Load() {
			c.w.disarmRead()
			return true, nil // it may not know of Expect
		}
		if err != nil {
			return false, err
		}
		code = c.w.head.Status
	}
	c.w.disarmRead()
	if code == 100 {
		c.interim()
		return true, nil
	}
	c.sentBody = false
	r := new(Response)
	if err := c.fill(r, c.w); err != nil {
		return false, err
	}
	c.early = r
	return false, nil
}

// fill makes r of the head that has been read.
func (c *Conn) fill(r *Response, w *wire) error {
	h := &w.head
	f, err := h.Framing(c.method)
	if err != nil {
		return headError(err, nil)
	}
	text := h.Text()
	r.cfg, r.w, r.method, w.used = c.cfg, w, c.method, true
	r.Status = httpx.Status(h.Status)
	if r.Reason = h.Part(http1.Reason, text); r.Reason == r.Status.Phrase() {
		r.Reason = r.Status.Phrase()
	}
	r.Version = 10 + h.Minor
	if n := h.NumFields(); n <= len(r.some) {
		r.Header = h.Header(r.some[:0:len(r.some)], text)
	} else {
		r.Header = h.Header(make(httpx.Header, 0, n), text)
	}
	r.Chunked = f.Kind == http1.ChunkedBody || f.Kind == http1.NoBody && c.saysChunked(r.Header)
	r.WillClose = f.Close
	if c.cfg.Lenient {
		r.WillClose = pythonClose(r, f)
	}
	w.rd.Discard(h.Size)
	r.body.Python = c.cfg.Lenient
	r.body.Start(&w.rd, f, c.cfg.limits())
	r.unread = r.body.Done()
	return nil
}

func (c *Conn) saysChunked(h httpx.Header) bool {
	v, _ := h.Lookup("Transfer-Encoding")
	return strings.EqualFold(v, "chunked")
}

// pythonClose is Python's opinion on whether the connection ends.
func pythonClose(r *Response, f http1.Framing) bool {
	has := func(name, part string) bool {
		return strings.Contains(strings.ToLower(r.Header.Get(name)), part)
	}
	switch {
	case f.Kind == http1.EOFBody:
		return true
	case r.Version == 11:
		return has("Connection", "close")
	case r.Header.Get("Keep-Alive") != "", has("Connection", "keep-alive"), has("Proxy-Connection", "keep-alive"):
		return false
	}
	return true
}

// Length returns how many bytes of the body are still to come, -1 if that is not
// known. Python's length.
func (r *Response) Length() int64 {
	if r.body.Kind() == http1.ChunkedBody {
		return -1
	}
	return r.body.Remaining()
}

// IsClosed reports whether the response has been closed or read to its end. One without
// a body is so once it has been read, too. Python's isclosed.
func (r *Response) IsClosed() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.ended && !r.unread
}

// over reports whether the connection has been let go.
func (r *Response) over() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.ended
}

// touch notes that the caller has asked for the body, if there is none.
func (r *Response) touch() {
	r.mu.Lock()
	r.unread = false
	r.mu.Unlock()
}

// Closed reports whether Close has been called.
func (r *Response) Closed() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.closed
}

// Trailer returns the trailer fields of a chunked body that has been read to its
// end.
func (r *Response) Trailer() httpx.Header {
	if !r.body.Done() {
		return nil
	}
	return r.body.Trailer()
}

// HeaderValue returns the values of the header fields of the name joined by commas,
// and whether there is any. Python's getheader.
func (r *Response) HeaderValue(name string) (string, bool) { return r.Header.Join(name) }

// Close ends the response, without waiting. If the rest of the body is at hand, the
// connection can go on; else it is closed. The error is nil.
func (r *Response) Close() error {
	r.mu.Lock()
	r.closed, r.unread = true, false
	ended := r.ended
	r.mu.Unlock()
	if ended {
		return nil
	}
	if !r.reading.TryLock() {
		r.w.nc.Close()
		r.reading.Lock()
	}
	defer r.reading.Unlock()
	if !r.over() {
		reusable := !r.WillClose && r.body.SkipBuffered()
		r.end(reusable)
	}
	return nil
}

// drop ends the response with its connection.
func (r *Response) drop() { r.end(false) }

// end lets the connection go, once.
func (r *Response) end(reusable bool) {
	r.mu.Lock()
	if r.ended {
		r.mu.Unlock()
		return
	}
	r.ended = true
	r.mu.Unlock()
	if r.stop != nil && !r.stop() {
		<-r.set
		reusable = false
	}
	if r.sending != nil && !r.sending.finish() {
		reusable = false
	}
	if r.WillClose || !reusable {
		r.w.nc.Close()
		if r.conn != nil && r.conn.w == r.w {
			r.conn.w = nil
		}
		reusable = false
	}
	if r.owner != nil {
		r.owner.release(reusable)
	}
}

// Hijack takes the connection out of the client's hands, after a response with status
// 101 or to CONNECT, or to read on by oneself: the bytes of buffered have been read
// already. The response is closed.
func (r *Response) Hijack() (nc net.Conn, buffered []byte, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.ended {
		return nil, nil, net.ErrClosed
	}
	r.ended, r.closed = true, true
	if r.stop != nil && !r.stop() {
		<-r.set
		return nil, nil, r.ctx.Err()
	}
	r.w.nc.SetDeadline(time.Time{}) // the waits are the caller's now
	if r.conn != nil && r.conn.w == r.w {
		r.conn.w = nil
	}
	buffered = append([]byte(nil), r.w.rd.Buffered()...)
	r.w.rd.Drop()
	if r.owner != nil {
		r.owner.release(false)
	}
	return r.w.nc, buffered, nil
}

// RawConn gives access to the connection's descriptor, for Python's fileno. It is
// errors.ErrUnsupported if the connection has none. A Response is no syscall.Conn: what
// takes one for a source, as os.File.ReadFrom does, would read past the body.
func (r *Response) RawConn() (syscall.RawConn, error) {
	if sc, ok := r.w.nc.(syscall.Conn); ok && !r.over() {
		return sc.SyscallConn()
	}
	return nil, errors.ErrUnsupported
}

// String is the status line, for people.
func (r *Response) String() string {
	return "HTTP/" + strconv.Itoa(r.Version/10) + "." + strconv.Itoa(r.Version%10) + " " + strconv.Itoa(int(r.Status)) + " " + r.Reason
}
