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
func (s *Server) serveConn(ctx context.Context, c *Conn) { s.serveAndGive(ctx, c, nil) }

// serveAndGive is serveConn that gives a slot back, if there are slots. The frames from here
// to a read are small on purpose: so that a connection which rests has a stack of 2 KiB.
func (s *Server) serveAndGive(ctx context.Context, c *Conn, slots chan struct{}) {
	err := errGoexit // unless it turns out otherwise
	defer func() { s.served(ctx, c, err, slots) }()
	next, e := s.openConn(ctx, c)
	for e == nil && (next == Idle || next == Again || next == More) && !s.stopped.Load() {
		if next != Again && s.waitRequest(c, next == More) != nil {
			break // the peer or the time is gone, or the server
		}
		next, e = s.call(ctx, c, nil)
	}
	err = e
}

// served does what comes after a connection.
func (s *Server) served(ctx context.Context, c *Conn, err error, slots chan struct{}) {
	defer func() {
		s.calls.Done()
		if slots != nil {
			<-slots
		}
	}()
	s.end(ctx, c, err)
}

// openConn does what comes before the first request.
func (s *Server) openConn(ctx context.Context, c *Conn) (Next, error) {
	if s.TLS != nil {
		by := s.handshakeBy()
		err := s.awaitTLS(c, by)
		if err == nil {
			err = s.startTLS(ctx, c, by)
		}
		if err != nil {
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
		by := now.Add(s.ReadTimeout)
		if c.part != nil {
			by = c.part.by.time()
		}
		c.SetReadDeadline(by)
	}
	if s.WriteTimeout > 0 {
		c.SetWriteDeadline(now.Add(s.WriteTimeout))
	}
	next, err := s.invokeConn(ctx, c, open)
	if c.gone {
		return Detached, err
	}
	if next >= Detached {
		next = Close // it is not, or there is no such thing
	}
	if next == More && err == nil {
		err = s.keepPart(c, now)
	} else if c.part != nil && len(c.part.b) == 0 {
		c.part = nil
	}
	if ferr := c.flush(); err == nil {
		err = ferr
	}
	if c.readBy != 0 {
		c.SetReadDeadline(time.Time{})
	}
	if c.writeBy != 0 {
		c.SetWriteDeadline(time.Time{})
	}
	return next, err
}

// keepPart has a part of a request wait for the rest, and says why that cannot be.
func (s *Server) keepPart(c *Conn, now time.Time) error {
	switch {
	case c.over:
		return io.EOF
	case c.Buffered() >= c.Reader().Size():
		return bufio.ErrBufferFull
	case c.part == nil:
		c.part = &part{}
		if s.ReadTimeout > 0 {
			c.part.by = momentOf(now.Add(s.ReadTimeout))
		}
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
		return s.restUntil(c, by)
	}
	return s.restNow(c)
}

// restUntil is restNow with a deadline.
func (s *Server) restUntil(c *Conn, by time.Time) error {
	c.t.SetReadDeadline(by)
	defer c.t.SetReadDeadline(time.Time{})
	return s.restNow(c)
}

// restNow parks until there is something to read.
func (s *Server) restNow(c *Conn) error {
	c.rest.Store(idle)
	var err error
	if !s.stopped.Load() {
		err = c.t.await(c)
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
	case more:
		return c.part.by.time()
	case s.IdleTimeout > 0:
		return time.Now().Add(s.IdleTimeout)
	}
	return time.Time{}
}

// end closes a connection and tells of it.
func (s *Server) end(ctx context.Context, c *Conn, err error) {
	defer s.forget(c)
	if err != nil && err != io.EOF {
		s.report(ctx, clientOf(c), err)
	}
	if !c.gone {
		c.drop()
		c.Close()
		if _, ok := err.(*HandshakeError); !ok {
			s.invokeClose(c)
		}
	}
}
