package socketserver

import (
	"context"
	"errors"
	"net"
	"syscall"
	"time"

	"github.com/pynet-go/pynet/socket"
)

// A pause is the time to wait after accepting has failed for want of something: it doubles
// up to a second.
type pause time.Duration

const (
	firstPause pause = pause(5 * time.Millisecond)
	lastPause  pause = pause(time.Second)
)

func (p *pause) next() time.Duration {
	*p = min(max(*p*2, firstPause), lastPause)
	return time.Duration(*p)
}

// passing reports whether accepting may go well at once: it was that one connection's
// trouble (accept(2): errors of the network that are already pending).
func passing(err error) bool {
	for _, e := range acceptPassing {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}

var acceptPassing = []syscall.Errno{syscall.ECONNABORTED, syscall.EPROTO, syscall.EINTR, syscall.ECONNRESET,
	syscall.ENETDOWN, syscall.EHOSTDOWN, syscall.EHOSTUNREACH, syscall.ENETUNREACH, syscall.ENOPROTOOPT, syscall.EOPNOTSUPP}

// exhausted reports whether accepting failed for want of descriptors or memory, which
// takes a while.
func exhausted(err error) bool {
	for _, e := range []syscall.Errno{syscall.EMFILE, syscall.ENFILE, syscall.ENOBUFS, syscall.ENOMEM, syscall.EPERM} {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}

// accept waits for the next connection that is to be served. Errors that pass are not
// returned.
func (s *Server) accept(ctx context.Context, u until) (*Conn, error) {
	var p pause
	for {
		if err := s.room(u); err != nil {
			return nil, err
		}
		c, from, err := s.get()
		switch {
		case err == nil:
		case s.stopped.Load(), isTimeout(err), errors.Is(err, net.ErrClosed):
			return nil, err
		case passing(err):
			s.report(ctx, nil, err)
			if !s.rest(p.next() / 8) { // a broken socket must not spin
				return nil, ErrServerClosed
			}
			continue
		case exhausted(err):
			s.report(ctx, nil, err)
			if !s.rest(p.next()) {
				return nil, ErrServerClosed
			}
			continue
		default:
			return nil, err
		}
		if s.admit(ctx, c, from) {
			return c, nil
		}
	}
}

// admit reports whether a connection is to be served, and counts it as one.
func (s *Server) admit(ctx context.Context, c *Conn, from socket.Addr) bool {
	if s.VerifyRequest != nil && !s.invokeVerify(ctx, from) {
		c.t.Close()
		return false
	}
	return s.admitted(c)
}

// admitted counts a connection, unless the server has stopped.
func (s *Server) admitted(c *Conn) bool {
	c.srv = s
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopped.Load() {
		c.t.Close()
		return false
	}
	s.conns[c] = struct{}{}
	s.open.Add(1)
	s.calls.Add(1)
	return true
}

// get accepts one connection.
func (s *Server) get() (*Conn, socket.Addr, error) {
	if s.GetRequest != nil {
		sock, from, err := s.GetRequest(s.sock)
		if err != nil {
			return nil, nil, err
		}
		if s.DisableNagle { // other sockets than TCP's have none
			sock.SetOption(socket.Level(socket.ProtoTCP), socket.TCPNoDelay, 1)
		}
		return &Conn{t: &socketTransport{sock}}, from, nil
	}
	return acceptConn(s.sock, s.DisableNagle)
}

// room waits until one more connection may be open.
func (s *Server) room(u until) error {
	for s.MaxConns > 0 {
		s.freeMu.Lock()
		if s.open.Load() < int64(s.MaxConns) {
			s.freeMu.Unlock()
			break
		}
		if s.free == nil {
			s.free = make(chan struct{})
		}
		free := s.free
		s.freeMu.Unlock()
		if err := u.await(s, free, nil); err != nil {
			return err
		}
	}
	return nil
}

// reserve counts a connection, unless there are MaxConns already.
func (s *Server) reserve() bool {
	for {
		n := s.open.Load()
		if s.MaxConns > 0 && n >= int64(s.MaxConns) {
			return false
		}
		if s.open.CompareAndSwap(n, n+1) { // never more, which would hide that one has ended
			return true
		}
	}
}

// rest waits for a while, and reports whether the server goes on.
func (s *Server) rest(d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-s.stopping:
		return false
	}
}

// forget takes a connection out that has ended or been detached.
func (s *Server) forget(c *Conn) {
	s.mu.Lock()
	delete(s.conns, c)
	s.mu.Unlock()
	s.left()
}

// left counts a connection less, and tells all that wait for that.
func (s *Server) left() {
	if s.MaxConns <= 0 {
		s.open.Add(-1)
		return
	}
	s.freeMu.Lock()
	defer s.freeMu.Unlock()
	s.open.Add(-1)
	if s.free != nil {
		close(s.free)
		s.free = nil
	}
}
