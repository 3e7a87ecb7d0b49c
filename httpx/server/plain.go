package server

import (
	"context"
	"errors"
	"net"
	"time"

	"github.com/pynet-go/pynet/socketserver"
)

// A plainConn is a connection of a listener that is not the server's own.
type plainConn struct {
	net.Conn
	busy bool
}

// Serve answers on the connections of l, each in a goroutine, until Shutdown or Close,
// and then returns [ErrServerClosed]: for listeners of any kind. Addr, Model, TLS and
// MaxConns are not used. It closes l.
func (s *Server) Serve(l net.Listener) error {
	s.init()
	defer l.Close()
	s.mu.Lock()
	if s.done {
		s.mu.Unlock()
		return ErrServerClosed
	}
	if s.lists == nil {
		s.lists = map[net.Listener]struct{}{}
	}
	s.lists[l] = struct{}{}
	s.mu.Unlock()
	defer func() { s.mu.Lock(); delete(s.lists, l); s.mu.Unlock() }()
	wait := 5 * time.Millisecond
	for {
		nc, err := l.Accept()
		if err != nil {
			s.mu.Lock()
			done := s.done
			s.mu.Unlock()
			if done {
				return ErrServerClosed
			}
			var ne net.Error
			if errors.As(err, &ne) && ne.Timeout() || isTemporary(err) {
				time.Sleep(wait)
				wait = min(2*wait, time.Second)
				continue
			}
			return err
		}
		wait = 5 * time.Millisecond
		go s.ServeNetConn(context.Background(), nc)
	}
}

func isTemporary(err error) bool {
	var t interface{ Temporary() bool }
	return errors.As(err, &t) && t.Temporary()
}

// ServeNetConn answers on one connection until it ends, and closes it. ctx is the parent
// of the requests' contexts.
func (s *Server) ServeNetConn(ctx context.Context, nc net.Conn) {
	s.init()
	p := &plainConn{Conn: nc}
	s.mu.Lock()
	if s.done {
		s.mu.Unlock()
		nc.Close()
		return
	}
	if s.conns == nil {
		s.conns = map[net.Conn]*plainConn{}
	}
	s.conns[nc] = p
	s.calls.Add(1) // Shutdown waits once done is set: none is added then
	s.mu.Unlock()
	defer func() { s.mu.Lock(); delete(s.conns, nc); s.mu.Unlock(); s.calls.Done() }()

	c := conns.Get().(*conn)
	c.begin(ctx, s, nc)
	idle := orDefault(s.IdleTimeout, 2*time.Minute)
	for next := socketserver.Idle; ; next = c.serve() {
		switch next {
		case socketserver.Detached:
			return
		case socketserver.Close:
			nc.Close()
			c.end()
			return
		}
		if c.rd.Len() > 0 {
			continue
		}
		if idle > 0 {
			nc.SetReadDeadline(time.Now().Add(idle))
		}
		if !s.setBusy(p, false) || c.rd.Fill() != nil || !s.setBusy(p, true) {
			nc.Close()
			c.end()
			return
		}
		c.arm()
	}
}

// setBusy notes whether a connection is at work, and reports whether it may go on.
func (s *Server) setBusy(p *plainConn, busy bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	p.busy = busy
	return !s.done || busy
}

// stopPlain closes the listeners and the idle connections.
func (s *Server) stopPlain() {
	s.stopping.Store(true)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.done = true
	for l := range s.lists {
		l.Close()
	}
	for _, p := range s.conns {
		if !p.busy {
			p.Close()
		}
	}
}

func (s *Server) killPlain() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.conns {
		p.Close()
	}
}
