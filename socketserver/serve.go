package socketserver

import (
	"bufio"
	"context"
	"io"
	"time"
)

// What a connection is at, for Shutdown: an idle one is closed.
const (
	busy uint32 = iota
	idle
	ended
)

// serveConn serves one connection to its end, in a goroutine of its own.
func (s *Server) serveConn(ctx context.Context, c *Conn) {
	defer s.calls.Done()
	next, err := s.openConn(ctx, c)
	for err == nil && (next == Idle || next == Again || next == More) {
		if next != Again && s.waitRequest(c, next == More) != nil {
			break // the peer or the time is gone, or the server
		}
		next, err = s.call(ctx, c, nil)
	}
	s.end(ctx, c, err)
}

// openConn does what comes before the first request.
func (s *Server) openConn(ctx context.Context, c *Conn) (Next, error) {
	if s.TLS != nil {
		if err := s.startTLS(ctx, c); err != nil {
			return Close, err
		}
	}
	if h, ok := s.Handler.(Opener); ok {
		return s.call(ctx, c, h)
	}
	return Idle, nil
}

// call has the handler handle a request, within the times for it.
func (s *Server) call(ctx context.Context, c *Conn, open Opener) (Next, error) {
	var now time.Time
	if s.ReadTimeout > 0 || s.WriteTimeout > 0 {
		now = time.Now()
	}
	if s.ReadTimeout > 0 {
		if c.since.IsZero() {
			c.since = now
		}
		c.SetReadDeadline(c.since.Add(s.ReadTimeout))
	}
	if s.WriteTimeout > 0 {
		c.SetWriteDeadline(now.Add(s.WriteTimeout))
	}
	next, err := s.invokeConn(ctx, c, open)
	if c.gone {
		return Detached, err
	}
	if next != More {
		c.since = time.Time{}
	} else if err == nil {
		err = c.mayGrow()
	}
	if ferr := c.flush(); err == nil {
		err = ferr
	}
	if !c.readBy.IsZero() {
		c.SetReadDeadline(time.Time{})
	}
	if !c.writeBy.IsZero() {
		c.SetWriteDeadline(time.Time{})
	}
	return next, err
}

// mayGrow says why there cannot be more of a request.
func (c *Conn) mayGrow() error {
	switch {
	case c.over:
		return io.EOF
	case c.Buffered() >= c.Reader().Size():
		return bufio.ErrBufferFull
	}
	return nil
}

// waitRequest parks until there is a request to read, without a buffer, for IdleTimeout, or
// more of one.
func (s *Server) waitRequest(c *Conn, more bool) error {
	if !more && c.Buffered() > 0 {
		return nil
	}
	c.release()
	if by := s.waitUntil(c, more); !by.IsZero() {
		c.t.SetReadDeadline(by)
		defer c.t.SetReadDeadline(time.Time{})
	}
	c.rest.Store(idle)
	var err error
	for err == nil && !s.stopped.Load() && ((c.tls == nil && !more) || !c.fetchMore()) {
		if err = c.t.wait(); c.tls == nil && !more {
			break
		}
	}
	if !c.rest.CompareAndSwap(idle, busy) || s.stopped.Load() {
		return ErrServerClosed
	}
	return err
}

// waitUntil is when the wait for a request, or for more of one, is over; the zero time is
// never.
func (s *Server) waitUntil(c *Conn, more bool) time.Time {
	switch {
	case more && s.ReadTimeout > 0:
		return c.since.Add(s.ReadTimeout)
	case !more && s.IdleTimeout > 0:
		return time.Now().Add(s.IdleTimeout)
	}
	return time.Time{}
}

// end closes a connection and tells of it.
func (s *Server) end(ctx context.Context, c *Conn, err error) {
	if err != nil && err != io.EOF {
		s.report(ctx, clientOf(c), err)
	}
	if !c.gone {
		c.drop()
		c.Close()
		s.invokeClose(c)
	}
	s.forget(c)
}
