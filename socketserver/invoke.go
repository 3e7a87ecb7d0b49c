package socketserver

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log/slog"
	"net"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"

	"github.com/pynet-go/pynet/socket"
)

// invokeConn calls a handler of connections, and makes an error of its panic.
func (s *Server) invokeConn(ctx context.Context, c *Conn, open Opener) (next Next, err error) {
	s.active.Add(1)
	defer func() {
		s.active.Add(-1)
		if v := recover(); v != nil {
			next, err = Close, &PanicError{Value: v, Stack: debug.Stack()}
		}
	}()
	if open != nil {
		return open.OpenConn(ctx, c)
	}
	return s.Handler.ServeConn(ctx, c)
}

// invokeDatagram is invokeConn for datagrams.
func (s *Server) invokeDatagram(ctx context.Context, d *Datagram) (err error) {
	s.active.Add(1)
	defer func() {
		s.active.Add(-1)
		if v := recover(); v != nil {
			err = &PanicError{Value: v, Stack: debug.Stack()}
		}
	}()
	return s.DatagramHandler.ServeDatagram(ctx, d)
}

// invokeClose tells a Closer.
func (s *Server) invokeClose(c *Conn) {
	h, ok := s.Handler.(Closer)
	if !ok {
		return
	}
	s.active.Add(1)
	defer func() {
		s.active.Add(-1)
		if v := recover(); v != nil {
			s.report(s.ctx, clientOf(c), &PanicError{Value: v, Stack: debug.Stack()})
		}
	}()
	h.CloseConn(c)
}

// invokeVerify asks VerifyRequest. A panic of it is an error, and no.
func (s *Server) invokeVerify(ctx context.Context, from socket.Addr) (ok bool) {
	s.active.Add(1)
	defer func() {
		s.active.Add(-1)
		if v := recover(); v != nil {
			ok = false
			s.report(ctx, from, &PanicError{Value: v, Stack: debug.Stack()})
		}
	}()
	return s.VerifyRequest(ctx, unmap(from))
}

// invokeGet asks GetRequest, in an EventLoop: there the server waits for it.
func (s *Server) invokeGet(l *socket.Socket) (*socket.Socket, socket.Addr, error) {
	s.active.Add(1)
	defer s.active.Add(-1)
	return s.GetRequest(l)
}

// invokeHandshake makes that of TLS, and an error of a callback's panic.
func (s *Server) invokeHandshake(ctx context.Context, c *tls.Conn) (err error) {
	s.active.Add(1)
	defer func() {
		s.active.Add(-1)
		if v := recover(); v != nil {
			err = &PanicError{Value: v, Stack: debug.Stack()}
		}
	}()
	return c.HandshakeContext(ctx)
}

// invokeError tells HandleError. A panic of it is logged, and so is what it was told.
func (s *Server) invokeError(ctx context.Context, client socket.Addr, err error) {
	s.active.Add(1)
	defer func() {
		s.active.Add(-1)
		if v := recover(); v != nil {
			s.log(ctx, client, err)
			s.log(ctx, client, &PanicError{Value: v, Stack: debug.Stack()})
		}
	}()
	s.HandleError(ctx, client, err)
}

// calledByHandler reports whether the goroutine is in one of the functions above, so that
// to wait for the handlers would be to wait for itself. The context tells for sure; else
// the stack tells that it is some server's handler or hook.
func (s *Server) calledByHandler(ctx context.Context) bool {
	if ctx.Value(serverKey{}) == s {
		return true
	}
	if s.active.Load() == 0 {
		return false
	}
	var pcs [64]uintptr
	for skip := 2; ; skip += len(pcs) {
		n := runtime.Callers(skip, pcs[:])
		if n == 0 {
			return false
		}
		frames := runtime.CallersFrames(pcs[:n])
		for more := true; more; {
			var f runtime.Frame
			if f, more = frames.Next(); strings.Contains(f.Function, "/socketserver.(*Server).invoke") {
				return true
			}
		}
	}
}

// report tells HandleError, or logs. What a peer's end does is no news: it hangs up, or is
// too slow.
func (s *Server) report(ctx context.Context, client socket.Addr, err error) {
	if err == nil {
		return
	}
	if s.HandleError != nil {
		s.invokeError(ctx, client, err)
	} else if !gone(err) {
		s.log(ctx, client, err)
	}
}

// log logs an error.
func (s *Server) log(ctx context.Context, client socket.Addr, err error) {
	logger := s.Logger
	if logger == nil {
		logger = slog.Default()
	}
	args := []any{"error", quoted(err.Error())}
	if client != nil {
		args = append(args, "client", quoted(client.String()))
	}
	var p *PanicError
	if errors.As(err, &p) {
		args = append(args, "stack", string(p.Stack))
	}
	logger.ErrorContext(ctx, "socketserver: request failed", args...)
}

// gone reports whether an error is a peer's that is no longer there, or the server's end.
func gone(err error) bool {
	for _, is := range []error{io.EOF, io.ErrUnexpectedEOF, syscall.ECONNRESET, syscall.EPIPE, net.ErrClosed, os.ErrDeadlineExceeded, context.Canceled} {
		if errors.Is(err, is) {
			return true
		}
	}
	return false
}

// quoted makes control characters harmless, of which a peer may have chosen some.
func quoted(s string) string {
	const limit = 1024
	if len(s) > limit {
		s = s[:limit] + "..."
	}
	if q := strconv.Quote(s); strings.ContainsFunc(s, func(r rune) bool { return r < 0x20 || r >= 0x7f && r < 0xa0 || r == '\\' }) {
		return q[1 : len(q)-1]
	}
	return s
}

// clientOf is the address of a connection's peer.
func clientOf(c *Conn) socket.Addr {
	a := c.RemoteAddr()
	if a == nil {
		return nil
	}
	from, err := socket.AddrFrom(a)
	if err != nil {
		return nil
	}
	return from
}
