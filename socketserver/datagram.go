package socketserver

import (
	"context"
	"errors"
	"net"
	"sync"
	"syscall"
	"time"

	"github.com/pynet-go/pynet/socket"
)

// A DatagramHandler serves datagrams: `DatagramRequestHandler`. It is called from many
// goroutines at once. A panic is recovered and told like an error.
type DatagramHandler interface {
	// ServeDatagram is called for each datagram. What it has written to d is sent as one
	// datagram when it returns nil. An error goes to [Server.HandleError].
	ServeDatagram(ctx context.Context, d *Datagram) error
}

// A DatagramHandlerFunc is a function as a [DatagramHandler].
type DatagramHandlerFunc func(ctx context.Context, d *Datagram) error

// ServeDatagram calls the function.
func (f DatagramHandlerFunc) ServeDatagram(ctx context.Context, d *Datagram) error { return f(ctx, d) }

// A Datagram is a request of a datagram server, and the answer to it. It belongs to the
// handler until that returns.
//
// The sender's address may be forged. An answer that is larger than the request, sent to
// whoever asks, makes the server an amplifier for attacks on others.
type Datagram struct {
	// Data is what was received: `request[0]`, and what `rfile` reads.
	Data []byte
	// Truncated tells that it was larger than [Server.MaxPacketSize]; the rest is lost.
	Truncated bool
	// From is the sender: `client_address`. It is nil for a Unix socket without a name.
	From socket.Addr

	srv   *Server
	to    socket.Addr // From as the socket has it
	buf   []byte
	reply []byte
}

// Server returns the server: `server`.
func (d *Datagram) Server() *Server { return d.srv }

// Socket returns the server's socket, to send more than one answer: `request[1]`.
func (d *Datagram) Socket() *socket.Socket { return d.srv.sock }

// Write adds to the answer: `wfile`. Nothing is sent if nothing was written.
func (d *Datagram) Write(p []byte) (int, error) {
	d.reply = append(d.reply, p...)
	return len(p), nil
}

var datagrams = sync.Pool{New: func() any { return new(Datagram) }}

// maxKept is the largest buffer that is kept for another datagram.
const maxKept = 64 << 10

func (s *Server) newDatagram() *Datagram {
	size := s.MaxPacketSize
	if size <= 0 {
		size = defaultMaxPacketSize
	}
	d := datagrams.Get().(*Datagram)
	if len(d.buf) < size+1 {
		d.buf = make([]byte, size+1) // one more tells a larger one
	}
	d.buf = d.buf[:size+1]
	d.srv = s
	return d
}

func (d *Datagram) free() {
	if cap(d.buf) > maxKept || cap(d.reply) > maxKept {
		return
	}
	*d = Datagram{buf: d.buf[:cap(d.buf)], reply: d.reply[:0]}
	datagrams.Put(d)
}

// receive waits for the next datagram that is to be served.
func (s *Server) receive(ctx context.Context) (*Datagram, error) { return s.receiveFrom(ctx, s.sock) }

func (s *Server) receiveFrom(ctx context.Context, sock *socket.Socket) (*Datagram, error) {
	d := s.newDatagram()
	var p pause
	for {
		n, from, err := sock.RecvFrom(d.buf, 0)
		switch {
		case err == nil:
			p = 0
			if d.got(ctx, n, from) && s.begin() {
				return d, nil
			}
			if s.stopped.Load() { // the flood may go on
				d.free()
				return nil, ErrServerClosed
			}
		case s.stopped.Load(), isTimeout(err), errors.Is(err, net.ErrClosed), errors.Is(err, socket.ErrWouldBlock):
			d.free()
			return nil, err
		case errors.Is(err, syscall.ECONNREFUSED), passing(err): // an answer that did not arrive
		case exhausted(err):
			s.report(ctx, nil, err)
			if !s.rest(p.next()) {
				d.free()
				return nil, ErrServerClosed
			}
		default:
			d.free()
			return nil, err
		}
	}
}

// begin counts a call, unless the server has stopped.
func (s *Server) begin() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopped.Load() {
		return false
	}
	s.calls.Add(1)
	return true
}

// got fills the datagram in, and reports whether it is to be served.
func (d *Datagram) got(ctx context.Context, n int, from socket.Addr) bool {
	if u, ok := from.(socket.Unix); ok && u.Name == "" {
		from = nil
	}
	d.to, d.From = from, unmap(from)
	size := len(d.buf) - 1
	d.Truncated = n > size
	d.Data = d.buf[:min(n, size)]
	return d.srv.VerifyRequest == nil || d.srv.invokeVerify(ctx, from)
}

// serveDatagram handles a datagram and sends the answer.
func (s *Server) serveDatagram(ctx context.Context, d *Datagram) {
	defer s.calls.Done()
	err := s.invokeDatagram(ctx, d)
	if err == nil && len(d.reply) > 0 && d.to != nil {
		err = s.answer(ctx, d)
	}
	if err != nil {
		s.report(ctx, d.From, err)
	}
	var p *PanicError
	if !errors.As(err, &p) { // who knows who still has it
		d.free()
	}
}

// answer sends the answer. If the client has no room for it, as one of a Unix socket that
// does not read, it waits by a socket of its own: other answers go on.
func (s *Server) answer(ctx context.Context, d *Datagram) error {
	_, err := s.sock.SendTo(d.reply, dontWait, d.to)
	if !errors.Is(err, socket.ErrWouldBlock) {
		return err
	}
	sock, err := s.sock.Dup()
	if err != nil {
		return err
	}
	defer sock.Close()
	if s.WriteTimeout > 0 {
		sock.SetWriteDeadline(time.Now().Add(s.WriteTimeout))
	}
	_, err = sock.SendToContext(ctx, d.reply, 0, d.to)
	return err
}
