package socketserver

import (
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
	for err == nil && (next == Idle || next == Again) {
		if next == Idle && s.waitRequest(c) != nil {
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
		c.SetReadDeadline(now.Add(s.ReadTimeout))
	}
	if s.WriteTimeout > 0 {
		c.SetWriteDeadline(now.Add(s.WriteTimeout))
	}
	next, err := s.invokeConn(ctx, c, open)
	if c.gone {
		return Detached, err
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

// waitRequest parks until there is a request to read, without a buffer, for IdleTimeout.
func (s *Server) waitRequest(c *Conn) error {
	if c.Buffered() > 0 {
		return nil
	}
	c.release()
	if s.IdleTimeout > 0 {
		c.t.SetReadDeadline(time.Now().Add(s.IdleTimeout))
		defer c.t.SetReadDeadline(time.Time{})
	}
	c.rest.Store(idle)
	var err error
	for err == nil && !s.stopped.Load() && (c.tls == nil || !c.fetch()) {
		if err = c.t.wait(); c.tls == nil {
			break
		}
	}
	if !c.rest.CompareAndSwap(idle, busy) || s.stopped.Load() {
		return ErrServerClosed
	}
	return err
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
