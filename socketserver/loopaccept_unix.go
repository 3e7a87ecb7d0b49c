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

// batch is how many connections or datagrams a loop takes, or calls it makes, before it looks
// at the others.
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
	if !s.reserve() {
		l.rest(sock, 0)
		return false
	}
	fd, from, err := l.get(sock)
	if err != nil {
		s.left()
		l.failed(sock, err)
		return false
	}
	l.pause = 0
	if s.VerifyRequest != nil && !s.invokeVerify(s.ctx, from) {
		s.left()
		socket.CloseFD(fd)
		return true
	}
	if !s.begin() {
		s.left()
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

// failed has the loop accept again after a while, unless there was only nothing to accept. An
// error that does not pass ends the server.
func (l *loop) failed(sock *socket.Socket, err error) {
	if errors.Is(err, socket.ErrWouldBlock) || errors.Is(err, net.ErrClosed) || isTimeout(err) {
		return
	}
	if !passing(err) && !exhausted(err) {
		l.mu.Lock()
		l.sel.Unregister(sock)
		l.mu.Unlock()
		l.r.fail(err)
		return
	}
	l.r.s.report(l.r.s.ctx, nil, err)
	d := l.pause.next()
	if passing(err) {
		d /= 8 // a broken socket must not spin
	}
	l.rest(sock, d)
}

// get accepts a descriptor.
func (l *loop) get(sock *socket.Socket) (int, socket.Addr, error) {
	if l.r.s.GetRequest == nil {
		return sock.AcceptFD()
	}
	c, from, err := l.r.s.invokeGet(sock)
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
		if d > 0 && s.rest(d) || d == 0 && s.room(until{}) == nil {
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
		if len(l.queue)-l.head >= batch { // the rest waits until some have been handled
			l.full = true
			l.sel.Unregister(sock)
			l.mu.Unlock()
			return
		}
		l.mu.Unlock()
		d, err := s.receiveFrom(s.ctx, sock)
		if err != nil {
			l.failed(sock, err)
			return
		}
		l.mu.Lock()
		l.queue = append(l.queue, work{d: d})
		l.mu.Unlock()
	}
}

// shared makes one more socket at the address of the server's, which is a stream's
// listening. The mutex must be held.
func (s *Server) shared() (*socket.Socket, error) {
	sock, err := s.newSocket(s.local, nil)
	if err == nil && s.ServerActivate != nil {
		if err = s.ServerActivate(sock); err != nil {
			sock.Close()
		}
	}
	return sock, err
}
