package socketserver_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/socket"
	"github.com/pynet-go/pynet/socketserver"
)

// closing is a handler that calls a function when its connection has ended.
type closing struct {
	socketserver.ConnHandler
	closed func()
}

func (h closing) CloseConn(*socketserver.Conn) { h.closed() }

// TestSecSRV04Hooks: the server can be ended by a hook of a handler's, too, and by those that
// are asked before a handler is called.
func TestSecSRV04Hooks(t *testing.T) {
	fails := socketserver.ConnHandlerFunc(func(context.Context, *socketserver.Conn) (socketserver.Next, error) {
		return socketserver.Close, errors.New("no")
	})
	each(t, func(t *testing.T, m socketserver.Model) {
		for by, end := range map[string]func(*socketserver.Server){
			"close":    func(s *socketserver.Server) { s.Close() },
			"shutdown": func(s *socketserver.Server) { s.Shutdown(context.Background()) },
		} {
			for hook, set := range map[string]func(s *socketserver.Server, end func()){
				"error": func(s *socketserver.Server, end func()) {
					s.Handler = fails
					s.HandleError = func(context.Context, socket.Addr, error) { end() }
				},
				"verify": func(s *socketserver.Server, end func()) {
					s.VerifyRequest = func(context.Context, socket.Addr) bool { end(); return true }
				},
				"closer": func(s *socketserver.Server, end func()) { s.Handler = closing{fails, end} },
				"actions": func(s *socketserver.Server, end func()) {
					s.PollInterval, s.ServiceActions = time.Millisecond, end
				},
			} {
				s := &socketserver.Server{Addr: loopback, Model: m, Handler: echo, Logger: slog.New(slog.DiscardHandler)}
				set(s, func() { end(s) })
				require.NoError(t, s.Activate())
				done := make(chan error, 1)
				addr := s.LocalAddr().String()
				go func() { done <- s.ServeForever(t.Context()) }()
				if c, err := net.Dial("tcp", addr); err == nil { // the server may have ended
					io.WriteString(c, "x")
					c.Close() // or Sequential would go on with it
				}
				select {
				case err := <-done:
					require.ErrorIs(t, err, socketserver.ErrServerClosed)
				case <-time.After(long):
					t.Errorf("%s in %s: ServeForever goes on", by, hook)
					continue
				}
				over := make(chan struct{})
				go func() { s.Close(); close(over) }()
				select {
				case <-over:
				case <-time.After(long):
					t.Errorf("%s in %s: Close waits", by, hook)
				}
			}
		}
	})
}

// TestSecSRV04Deep: a handler that ends the server is found however deep it is.
func TestSecSRV04Deep(t *testing.T) {
	var deep func(n int, s *socketserver.Server)
	deep = func(n int, s *socketserver.Server) {
		if n == 0 {
			s.Close()
		} else {
			deep(n-1, s)
		}
	}
	each(t, func(t *testing.T, m socketserver.Model) {
		s := &socketserver.Server{Addr: loopback, Model: m, Handler: socketserver.ConnHandlerFunc(func(_ context.Context, c *socketserver.Conn) (socketserver.Next, error) {
			deep(1000, c.Server())
			return socketserver.Close, nil
		})}
		require.NoError(t, s.Activate())
		done := make(chan error, 1)
		go func() { done <- s.ServeForever(t.Context()) }()
		say(t, dial(t, s), "x")
		require.ErrorIs(t, <-done, socketserver.ErrServerClosed)
		require.NoError(t, s.Shutdown(t.Context()))
	})
}

// TestSecSRV05HandleError: a panic of HandleError hurts nobody, and is logged with what it
// was told.
func TestSecSRV05HandleError(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		var log bytes.Buffer
		s := &socketserver.Server{Model: m, Logger: slog.New(slog.NewTextHandler(&log, nil)),
			Handler: socketserver.ConnHandlerFunc(func(ctx context.Context, c *socketserver.Conn) (socketserver.Next, error) {
				if b, _ := c.Reader().Peek(1); string(b) == "!" {
					return socketserver.Close, errors.New("the cause")
				}
				return echo(ctx, c)
			}),
			HandleError: func(context.Context, socket.Addr, error) { panic("of the hook") },
		}
		start(t, s)
		c := dial(t, s)
		say(t, c, "!")
		ended(t, c)
		c = dial(t, s)
		say(t, c, "x")
		hear(t, c, "x")
		require.NoError(t, c.Close())
		require.NoError(t, s.Shutdown(t.Context()))
		require.Contains(t, log.String(), "the cause")
		require.Contains(t, log.String(), "of the hook")
	})
}
