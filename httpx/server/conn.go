package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/pynet-go/pynet/httpx"
	"github.com/pynet-go/pynet/internal/http1"
	"github.com/pynet-go/pynet/socketserver"
)

// A conn is a connection while it is at work. It is pooled: a connection that rests has
// none.
type conn struct {
	srv  *Server
	ctx  context.Context
	nc   net.Conn
	sc   *socketserver.Conn // nc, if the server of sockets serves it
	rd   http1.Reader
	head http1.Head
	body http1.Body
	req  Request
	out  []byte // what has not been sent
	resp response
	werr error // of writing

	deadlines bool      // a handler may have set some
	readBy    time.Time // of Server.ReadTimeout, once it is known

	expecting sync.Mutex // guards req.continued and resp.started of a request with Expect

	from string // the client's address, if it was asked for
}

var conns = sync.Pool{New: func() any { return new(conn) }}

// maxSkip is how much of a body that the handler has left is read for the sake of the
// connection.
const maxSkip = 256 << 10

// maxOut is how much is collected before it is sent.
const maxOut = 4096

func (c *conn) begin(ctx context.Context, s *Server, nc net.Conn) {
	c.srv, c.ctx, c.nc, c.sc, c.werr, c.from, c.deadlines = s, ctx, nc, nil, nil, "", false
	c.readBy = time.Time{}
	c.rd.Src = nc
	c.head.Lenient, c.head.Limits = http1.Lenient(s.Lenient), s.limits
	c.req.c = c
}

// end gives the conn back to the pool.
func (c *conn) end() {
	c.rd.Drop()
	c.rd = http1.Reader{}
	c.srv, c.ctx, c.nc, c.sc, c.from = nil, nil, nil, nil, ""
	c.body = http1.Body{}
	c.head.Reset()
	c.req = Request{fields: c.req.fields}
	clear(c.req.fields)
	if cap(c.out) > 64<<10 {
		c.out = nil
	}
	c.out = c.out[:0]
	c.resp = response{}
	conns.Put(c)
}

// serve answers requests for as long as some are at hand.
func (c *conn) serve() socketserver.Next {
	for {
		next := c.one()
		if next == socketserver.Detached {
			return next
		}
		if next == socketserver.Close {
			c.flush()
			c.linger()
			return next
		}
		if c.rd.Len() == 0 {
			if c.flush() != nil {
				return socketserver.Close
			}
			c.rd.Release()
			return socketserver.Idle
		}
		if len(c.out) > 16<<10 && c.flush() != nil {
			return socketserver.Close
		}
		if c.deadlines || c.srv.ReadTimeout > 0 || c.srv.WriteTimeout > 0 {
			c.arm()
		}
	}
}

// arm sets the times for one request, in place of those of the one before.
func (c *conn) arm() {
	c.readBy = time.Time{}
	c.disarm()
	switch limit := c.srv.WriteTimeout; {
	case limit > 0:
		c.nc.SetWriteDeadline(time.Now().Add(limit))
	case c.deadlines:
		c.nc.SetWriteDeadline(time.Time{})
	}
	c.deadlines = false
}

// linger lets the client read the answer before it learns that nobody reads any more:
// what it sends after a close would reset the connection.
func (c *conn) linger() {
	if c.werr != nil || c.body.Done() && c.rd.Len() == 0 || c.body.Err() == io.ErrUnexpectedEOF {
		return
	}
	cw, ok := c.nc.(interface{ CloseWrite() error })
	if !ok || cw.CloseWrite() != nil {
		return
	}
	c.nc.SetReadDeadline(time.Now().Add(500 * time.Millisecond))
	c.rd.Drop()
	b := make([]byte, 4096)
	for n := 0; n < maxSkip; {
		m, err := c.nc.Read(b)
		if n += m; err != nil {
			return
		}
	}
}

// one answers one request.
func (c *conn) one() socketserver.Next {
	r := &c.req
	r.reset()
	c.resp = response{length: -1}
	if err := c.readHead(); err != nil {
		return c.refuse(err)
	}
	f, err := c.head.Framing("")
	r.fill(&c.head, f)
	if err != nil {
		return c.refuse(err)
	}
	c.rd.Discard(c.head.Size)
	c.body.Start(&c.rd, f, c.srv.limits)
	if !c.admit(f) {
		c.finish()
		return socketserver.Close
	}
	if len(c.out) > 0 && !c.atHand() && c.flush() != nil { // the client may wait for it
		return socketserver.Close
	}
	c.handle()
	if r.hijacked {
		return socketserver.Detached
	}
	c.finish()
	switch {
	case c.werr != nil, r.CloseConnection:
		return socketserver.Close
	case !c.body.Done() && (!r.continued && r.expects || !c.skip()):
		return socketserver.Close
	}
	return socketserver.Idle
}

// atHand reports whether the rest of the body has come.
func (c *conn) atHand() bool {
	return c.body.Done() || c.body.Kind() == http1.LengthBody && c.body.Remaining() <= int64(c.rd.Len())
}

// skip reads what the handler has left of the body, after the answer has gone out: the
// client may wait for that.
func (c *conn) skip() bool {
	if !c.atHand() {
		if c.body.Remaining() > maxSkip || c.flush() != nil {
			return false
		}
		// The client has its answer: it shall not keep us waiting.
		if limit := orDefault(c.srv.HeaderTimeout, 30*time.Second); limit > 0 {
			c.readWithin(limit)
			defer c.disarm()
		}
	}
	return c.body.Skip(maxSkip)
}

// readHead reads a head. A slow one gets a deadline when its first bytes are there.
func (c *conn) readHead() error {
	h := &c.head
	h.Reset()
	armed := false
	for {
		if c.rd.Len() > 0 {
			n, err := h.Parse(c.rd.Buffered())
			if err != nil {
				return err
			}
			if n > 0 {
				if armed {
					c.disarm()
				}
				return nil
			}
			if limit := orDefault(c.srv.HeaderTimeout, 30*time.Second); !armed && limit > 0 {
				armed = true
				c.readWithin(limit)
			}
		}
		if err := c.flush(); err != nil {
			return err
		}
		if err := c.rd.Fill(); err != nil {
			if n, perr := h.ParseEOF(c.rd.Buffered()); err == io.EOF && (n > 0 || perr != nil) {
				return perr
			}
			if err == io.EOF && c.rd.Len() > 0 {
				return io.ErrUnexpectedEOF
			}
			return err
		}
	}
}

// readWithin sets a deadline for a part of the request, which the request's may come before.
func (c *conn) readWithin(limit time.Duration) {
	by := time.Now().Add(limit)
	if all := c.readAllBy(); !all.IsZero() && all.Before(by) {
		by = all
	}
	c.nc.SetReadDeadline(by)
}

// disarm sets the deadline of the request in place of that of a part.
func (c *conn) disarm() { c.nc.SetReadDeadline(c.readAllBy()) }

// readAllBy is when the request has to be read, zero if there is no bound.
func (c *conn) readAllBy() time.Time {
	if c.readBy.IsZero() && c.srv.ReadTimeout > 0 {
		c.readBy = time.Now().Add(c.srv.ReadTimeout)
	}
	return c.readBy
}

// refuse answers a request that is not accepted, and ends the connection.
func (c *conn) refuse(err error) socketserver.Next {
	r := &c.req
	r.CloseConnection = true
	c.body.Start(&c.rd, http1.Framing{Kind: http1.EOFBody}, c.srv.limits)
	var e *http1.Error
	switch {
	case errors.As(err, &e):
		if errors.Is(e, http1.ErrEmptyRequest) {
			c.body.Start(&c.rd, http1.Framing{}, c.srv.limits)
			return socketserver.Close
		}
		r.refused(e, &c.head)
	case isTimeout(err) && c.rd.Len() > 0:
		r.SendError(httpx.StatusRequestTimeout, "", "")
	default: // the peer has gone
		c.body.Start(&c.rd, http1.Framing{}, c.srv.limits)
		return socketserver.Close
	}
	c.finish()
	return socketserver.Close
}

func isTimeout(err error) bool {
	var t interface{ Timeout() bool }
	return errors.As(err, &t) && t.Timeout()
}

// admit answers what no handler is to see.
func (c *conn) admit(f http1.Framing) bool {
	r, s := &c.req, c.srv
	if s.Lenient&LenientPython == 0 && r.badTarget() {
		r.SendError(httpx.StatusBadRequest, "", "")
		return false
	}
	if len(s.AllowedHosts) > 0 && !allowedHost(s.AllowedHosts, r.Host()) {
		r.SendError(httpx.StatusMisdirectedRequest, "", "")
		return false
	}
	if s.MaxBody > 0 && f.Length > s.MaxBody {
		r.SendError(httpx.StatusContentTooLarge, "", "")
		return false
	}
	expects, unknown := c.head.ExpectsContinue()
	if unknown && s.Lenient&LenientPython == 0 {
		r.SendError(httpx.StatusExpectationFailed, "", "")
		return false
	}
	if expects && s.minor == 1 && (f.Kind != http1.NoBody || s.OnExpect != nil) {
		if c.flush() != nil { // the interim answer goes past what has been collected
			return false
		}
		r.expects = true
		if s.OnExpect != nil && !s.OnExpect(r) {
			return false
		}
	}
	return true
}

func allowedHost(allowed []string, host string) bool {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.ToLower(strings.Trim(host, "[]"))
	for _, a := range allowed {
		if a == host {
			return true
		}
	}
	return false
}

// handle calls the handler. A panic of it ends the connection, with 500 if nothing has
// been answered.
func (c *conn) handle() {
	defer func() {
		v := recover()
		if v == nil {
			return
		}
		r := &c.req
		r.CloseConnection = true
		if v != http.ErrAbortHandler {
			r.logger().Error("server: the handler panicked", "panic", fmt.Sprintf("%.1000q", fmt.Sprint(v)), "stack", string(debug.Stack()))
			if !c.resp.sentAny && !r.hijacked {
				c.out = c.out[:c.resp.mark]
				c.resp = response{length: -1, mark: c.resp.mark}
				r.SendError(httpx.StatusInternalServerError, "", "")
				return
			}
		}
		if !r.hijacked {
			c.out = c.out[:min(len(c.out), c.resp.mark)] // the answers before go out
			c.flush()
			c.resp = response{length: -1}
		}
		c.werr = errAborted
	}()
	if c.srv.Handler == nil {
		c.req.SendError(httpx.StatusNotFound, "", "")
		return
	}
	c.resp.mark, c.resp.sentAny = len(c.out), c.resp.started
	defer func() {
		if c.req.ctx != nil {
			c.req.ctx.finish()
			c.req.ctx = nil
		}
	}()
	c.srv.Handler.ServeRequest(&c.req)
	if !c.resp.started && !c.req.hijacked {
		c.req.SendError(httpx.StatusInternalServerError, "", "")
	}
}

var errAborted = errors.New("server: the handler gave up")

// flush sends what has been collected.
func (c *conn) flush() error {
	if c.werr != nil {
		return c.werr
	}
	if len(c.out) > 0 {
		c.resp.sentAny = true
		c.resp.mark = 0
		_, c.werr = c.nc.Write(c.out)
		c.out = c.out[:0]
	}
	return c.werr
}
