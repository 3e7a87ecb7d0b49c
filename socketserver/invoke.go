package socketserver

import (
	"context"
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
	defer func() {
		if v := recover(); v != nil {
			s.report(s.ctx, clientOf(c), &PanicError{Value: v, Stack: debug.Stack()})
		}
	}()
	h.CloseConn(c)
}

// calledByHandler reports whether the goroutine is in one of the functions above, so that
// to wait for the handlers would be to wait for itself. The context tells for sure; else
// the stack tells that it is some server's handler.
func (s *Server) calledByHandler(ctx context.Context) bool {
	if ctx.Value(serverKey{}) == s {
		return true
	}
	if s.active.Load() == 0 {
		return false
	}
	pcs := make([]uintptr, 256)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs)])
	for {
		f, more := frames.Next()
		if _, name, ok := strings.Cut(f.Function, "/socketserver.(*Server).invoke"); ok && (name == "Conn" || name == "Datagram" || name == "Close") {
			return true
		}
		if !more {
			return false
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
		s.HandleError(ctx, client, err)
		return
	}
	if gone(err) {
		return
	}
	log := s.Logger
	if log == nil {
		log = slog.Default()
	}
	args := []any{"error", quoted(err.Error())}
	if client != nil {
		args = append(args, "client", quoted(client.String()))
	}
	var p *PanicError
	if errors.As(err, &p) {
		args = append(args, "stack", string(p.Stack))
	}
	log.ErrorContext(ctx, "socketserver: request failed", args...)
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
