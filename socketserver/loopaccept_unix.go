//go:build unix

package socketserver

import (
	"errors"
	"io"
	"net"
	"time"

	"github.com/pynet-go/pynet/selectors"
	"github.com/pynet-go/pynet/socket"
)

var (
	errEOF   = io.EOF
	errNoOne = errors.ErrUnsupported
)

// batch is how many connections or datagrams a loop takes before it looks at the others.
const batch = 64

// receive takes what has come to the listening socket.
func (l *loop) receive() {
	l.mu.Lock()
	sock := l.listener
	l.mu.Unlock()
	if sock == nil {
		return
	}
	if l.r.s.DatagramHandler != nil {
		l.receiveDatagrams(sock)
		return
	}
	for range batch {
		if !l.accept(sock) {
			return
		}
	}
}

// accept takes one connection, and reports whether to go on.
func (l *loop) accept(sock *socket.Socket) bool {
	s := l.r.s
	if s.MaxConns > 0 && s.open.Load() >= int64(s.MaxConns) {
		l.rest(sock, 0)
		return false
	}
	fd, from, err := l.get(sock)
	switch {
	case err == nil:
		l.pause = 0
	case errors.Is(err, socket.ErrWouldBlock), errors.Is(err, net.ErrClosed):
		return false
	case passing(err):
		s.report(s.ctx, nil, err)
		return true
	default:
		s.report(s.ctx, nil, err)
		l.rest(sock, l.pause.next())
		return false
	}
	if s.VerifyRequest != nil && !s.verify(s.ctx, from) {
		socket.CloseFD(fd)
		return true
	}
	s.open.Add(1)
	if !s.begin() {
		s.open.Add(-1)
		socket.CloseFD(fd)
		return false
	}
	if s.DisableNagle {
		setNoDelay(fd)
	}
	to := l
	if !l.r.share {
		to = l.r.loops[l.r.turn%len(l.r.loops)]
		l.r.turn++
	}
	to.add(fd)
	return true
}

// get accepts a descriptor.
func (l *loop) get(sock *socket.Socket) (int, socket.Addr, error) {
	if l.r.s.GetRequest == nil {
		return sock.AcceptFD()
	}
	c, from, err := l.r.s.GetRequest(sock)
	if err != nil {
		return -1, nil, err
	}
	fd, err := c.Detach()
	return fd, from, err
}

// rest stops accepting: for a time, or if that is zero until a connection has ended.
func (l *loop) rest(sock *socket.Socket, d time.Duration) {
	s := l.r.s
	if !s.begin() {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.paused || l.stopping {
		s.calls.Done()
		return
	}
	l.paused = true
	l.sel.Unregister(sock)
	go func() {
		defer s.calls.Done()
		if d > 0 && s.rest(d) || d == 0 && s.room() {
			l.mu.Lock()
			defer l.mu.Unlock()
			if l.paused = false; !l.stopping && l.listener != nil {
				l.sel.Register(sock, selectors.Read, nil)
			}
		}
	}()
}

// receiveDatagrams queues datagrams for the handler, but not more than it keeps up with.
func (l *loop) receiveDatagrams(sock *socket.Socket) {
	s := l.r.s
	for range batch {
		l.mu.Lock()
		full := len(l.queue)-l.head >= batch
		l.mu.Unlock()
		if full {
			return
		}
		d, err := s.receiveFrom(s.ctx, sock)
		if err != nil {
			return
		}
		l.mu.Lock()
		l.queue = append(l.queue, work{d: d})
		l.mu.Unlock()
	}
}

// shared makes one more socket at the address of the server's. The mutex must be held.
func (s *Server) shared() (*socket.Socket, error) {
	at := s.Addr
	s.Addr = s.local
	defer func() { s.Addr = at }()
	return s.newSocket()
}
