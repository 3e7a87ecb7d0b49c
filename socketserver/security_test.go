//go:build unix

package socketserver_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log/slog"
	"net"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/socket"
	"github.com/pynet-go/pynet/socketserver"
)

// faulty is a GetRequest that fails at first, once with each error.
func faulty(errs ...error) func(l *socket.Socket) (*socket.Socket, socket.Addr, error) {
	var mu sync.Mutex
	return func(l *socket.Socket) (*socket.Socket, socket.Addr, error) {
		mu.Lock()
		if len(errs) > 0 {
			err := errs[0]
			errs = errs[1:]
			mu.Unlock()
			return nil, nil, err
		}
		mu.Unlock()
		return l.Accept()
	}
}

// TestSecSRV01AcceptErrors: a client that resets before it is accepted, or a want of
// descriptors, is an error of the accept call. It must not end the server, nor have it
// spin.
func TestSecSRV01AcceptErrors(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		errs := []error{syscall.ECONNABORTED, syscall.EPROTO, syscall.ECONNABORTED, syscall.EMFILE, syscall.ENFILE, syscall.ENOBUFS}
		told := make(chan error, 100)
		s := &socketserver.Server{Handler: echo, Model: m, GetRequest: faulty(errs...),
			HandleError: func(_ context.Context, _ socket.Addr, err error) { told <- err }}
		start(t, s)
		c := dial(t, s)
		began := time.Now()
		say(t, c, "x")
		hear(t, c, "x")
		require.GreaterOrEqual(t, time.Since(began), 5*time.Millisecond, "it waited before it went on")
		for _, want := range errs {
			require.ErrorIs(t, <-told, want)
		}
	})
}

// TestSecSRV01OtherErrors: one that does not pass ends the server and is returned.
func TestSecSRV01OtherErrors(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		s := &socketserver.Server{Addr: loopback, Handler: echo, Model: m, GetRequest: faulty(syscall.EINVAL),
			HandleError: func(_ context.Context, _ socket.Addr, err error) { t.Error(err) }}
		require.NoError(t, s.Activate())
		addr := s.LocalAddr().String()
		done := make(chan error, 1)
		go func() { done <- s.ServeForever(t.Context()) }()
		if c, err := net.Dial("tcp", addr); err == nil { // the server may have ended
			defer c.Close()
		}
		select {
		case err := <-done:
			require.ErrorIs(t, err, syscall.EINVAL)
		case <-time.After(long):
			t.Error("ServeForever goes on")
		}
		require.NoError(t, s.Close())
	})
}

// TestSecSRV02MaxConns: connections beyond the limit wait; those within it are served, and
// when one ends the next is.
func TestSecSRV02MaxConns(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		if m == (socketserver.Sequential{}) {
			return // one at a time anyway
		}
		s := &socketserver.Server{Handler: echo, Model: m, MaxConns: 2}
		start(t, s)
		a, b := dial(t, s), dial(t, s)
		for _, c := range []net.Conn{a, b} {
			say(t, c, "x")
			hear(t, c, "x")
		}
		c := dial(t, s) // not before: sockets that share a port have a queue each
		say(t, c, "third")
		require.NoError(t, c.SetReadDeadline(time.Now().Add(2*short)))
		_, err := c.Read(make([]byte, 1))
		require.ErrorIs(t, err, os.ErrDeadlineExceeded)
		require.NoError(t, c.SetReadDeadline(time.Now().Add(long)))
		say(t, a, "still")
		hear(t, a, "still")
		b.Close()
		hear(t, c, "third")
		a.Close()
		d := dial(t, s)
		say(t, d, "fourth")
		hear(t, d, "fourth")
	})
}

// TestSecSRV03Flood: with a limit there are so many goroutines and no more.
func TestSecSRV03Flood(t *testing.T) {
	const limit, clients = 100, 1000
	for _, m := range []socketserver.Model{socketserver.Threading{MaxHandlers: limit}, socketserver.EventLoop{Loops: 2, Workers: limit / 2}} {
		var at, most atomic.Int32
		h := socketserver.Stream(socketserver.StreamHandlerFunc(func(ctx context.Context, s *socketserver.StreamConn) error {
			defer at.Add(-1)
			for n := at.Add(1); ; {
				if old := most.Load(); old >= n || most.CompareAndSwap(old, n) {
					break
				}
			}
			_, err := s.ReadLine()
			return err
		}))
		before := runtime.NumGoroutine()
		s := &socketserver.Server{Handler: h, Model: m}
		start(t, s)
		for range clients {
			dial(t, s)
		}
		require.Eventually(t, func() bool { return at.Load() == limit }, long, time.Millisecond)
		require.LessOrEqual(t, runtime.NumGoroutine()-before, limit+20)
		require.NoError(t, s.Close())
		require.EqualValues(t, limit, most.Load())
	}
}

// TestSecSRV04Shutdown: called by a handler, before the server serves, or more than once.
func TestSecSRV04Shutdown(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		for name, with := range map[string]func(context.Context, *socketserver.Server) error{
			"its context":  func(ctx context.Context, s *socketserver.Server) error { return s.Shutdown(ctx) },
			"no context":   func(_ context.Context, s *socketserver.Server) error { return s.Shutdown(context.Background()) },
			"close":        func(_ context.Context, s *socketserver.Server) error { return s.Close() },
			"once and yet": func(ctx context.Context, s *socketserver.Server) error { s.Shutdown(ctx); return s.Shutdown(ctx) },
		} {
			answer := make(chan error, 1)
			s := &socketserver.Server{Addr: loopback, Model: m, Handler: socketserver.Stream(socketserver.StreamHandlerFunc(func(ctx context.Context, s *socketserver.StreamConn) error {
				answer <- with(ctx, s.Server())
				return nil
			}))}
			require.NoError(t, s.Activate())
			done := make(chan error, 1)
			go func() { done <- s.ServeForever(t.Context()) }()
			c := dial(t, s)
			err := <-answer
			if name == "close" {
				require.NoError(t, err)
			} else {
				require.ErrorIs(t, err, socketserver.ErrRunning, name)
			}
			require.ErrorIs(t, <-done, socketserver.ErrServerClosed)
			ended(t, c)
			require.NoError(t, s.Close())
			require.NoError(t, s.Shutdown(t.Context()))
		}
	})
}

// TestSecSRV04Context: a handler's context ends with Close.
func TestSecSRV04Context(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		began, ended := make(chan struct{}), make(chan error, 1)
		s := &socketserver.Server{Model: m, Handler: socketserver.Stream(socketserver.StreamHandlerFunc(func(ctx context.Context, _ *socketserver.StreamConn) error {
			close(began)
			<-ctx.Done()
			ended <- ctx.Err()
			return nil
		}))}
		start(t, s)
		dial(t, s)
		<-began
		require.NoError(t, s.Close())
		require.ErrorIs(t, <-ended, context.Canceled)
	})
}

// TestSecSRV05Panic: a handler's panic ends its connection, tells the peer nothing, and
// hurts no other.
func TestSecSRV05Panic(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		var log bytes.Buffer
		var mu sync.Mutex
		s := &socketserver.Server{Model: m, Logger: slog.New(slog.NewTextHandler(writerFunc(func(p []byte) (int, error) {
			mu.Lock()
			defer mu.Unlock()
			return log.Write(p)
		}), nil)), Handler: socketserver.ConnHandlerFunc(func(_ context.Context, c *socketserver.Conn) (socketserver.Next, error) {
			b, err := c.Reader().ReadByte()
			if err != nil {
				return socketserver.Close, nil
			}
			if b == '!' {
				c.Writer().WriteString("half an answer")
				panic("secret\x1b[2J\nlevel=ERROR forged")
			}
			_, err = c.Write([]byte{b})
			return socketserver.Idle, err
		})}
		start(t, s)
		if m != (socketserver.Sequential{}) {
			other := dial(t, s)
			say(t, other, "a")
			hear(t, other, "a")
			defer func() {
				say(t, other, "b")
				hear(t, other, "b")
			}()
		}
		c := dial(t, s)
		say(t, c, "!")
		got, _ := io.ReadAll(c)
		require.NotContains(t, string(got), "secret")
		c = dial(t, s)
		say(t, c, "x")
		hear(t, c, "x")
		c.Close()
		mu.Lock()
		defer mu.Unlock()
		require.Contains(t, log.String(), "secret")
		require.NotContains(t, log.String(), "\x1b")
		require.Equal(t, 1, strings.Count(log.String(), "\n"), log.String())
	})
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// TestSecSRV05DatagramPanic is the same for datagrams, and for hooks.
func TestSecSRV05DatagramPanic(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		errs := make(chan error, 10)
		s := &socketserver.Server{Model: m, DatagramHandler: socketserver.DatagramHandlerFunc(func(_ context.Context, d *socketserver.Datagram) error {
			if string(d.Data) == "panic" {
				d.Write([]byte("secret"))
				panic(io.ErrUnexpectedEOF)
			}
			_, err := d.Write(d.Data)
			return err
		}), HandleError: func(_ context.Context, _ socket.Addr, err error) { errs <- err },
			VerifyRequest: func(_ context.Context, a socket.Addr) bool { return true }}
		start(t, s)
		c, err := net.Dial("udp", s.LocalAddr().String())
		require.NoError(t, err)
		defer c.Close()
		require.NoError(t, c.SetDeadline(time.Now().Add(long)))
		say(t, c, "panic")
		var p *socketserver.PanicError
		require.ErrorAs(t, <-errs, &p)
		require.ErrorIs(t, p, io.ErrUnexpectedEOF)
		require.NotEmpty(t, p.Stack)
		say(t, c, "x")
		hear(t, c, "x")
	})
	s := &socketserver.Server{Handler: echo, HandleError: func(context.Context, socket.Addr, error) {}}
	var n atomic.Int32
	s.VerifyRequest = func(context.Context, socket.Addr) bool {
		if n.Add(1) == 1 {
			panic("hook")
		}
		return true
	}
	start(t, s)
	ended(t, dial(t, s))
	c := dial(t, s)
	say(t, c, "x")
	hear(t, c, "x")
	c.Close()
}

// TestSecSRV06Verify: who is refused is asked nothing: not a byte is read, no TLS spoken.
func TestSecSRV06Verify(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		s := &socketserver.Server{Model: m, TLS: serverTLS(t), HandleError: func(_ context.Context, _ socket.Addr, err error) { t.Error(err) },
			VerifyRequest: func(context.Context, socket.Addr) bool { return false },
			Handler:       socketserver.Stream(socketserver.StreamHandlerFunc(func(context.Context, *socketserver.StreamConn) error { panic("served") }))}
		start(t, s)
		c := dial(t, s)
		n, err := c.Read(make([]byte, 1)) // not even an alert
		require.Zero(t, n)
		require.Error(t, err)
	})
}

// TestSecSRV08Datagram: a datagram that is larger than the limit is told as that, and
// nothing is answered by itself.
func TestSecSRV08Datagram(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		got := make(chan [2]int, 1)
		s := &socketserver.Server{Model: m, DatagramHandler: socketserver.DatagramHandlerFunc(func(_ context.Context, d *socketserver.Datagram) error {
			truncated := 0
			if d.Truncated {
				truncated = 1
			}
			got <- [2]int{len(d.Data), truncated}
			return nil
		})}
		start(t, s)
		c, err := net.Dial("udp", s.LocalAddr().String())
		require.NoError(t, err)
		defer c.Close()
		for size, want := range map[int][2]int{9000: {8192, 1}, 8193: {8192, 1}, 8192: {8192, 0}, 1: {1, 0}} {
			say(t, c, strings.Repeat("x", size))
			require.Equal(t, want, <-got)
		}
		require.NoError(t, c.SetReadDeadline(time.Now().Add(short)))
		_, err = c.Read(make([]byte, 1))
		require.ErrorIs(t, err, os.ErrDeadlineExceeded)
	})
}

// TestSecSRV11Handshake: half a ClientHello, and then nothing: the deadline of the
// handshake is kept, whatever was set before.
func TestSecSRV11Handshake(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		errs := make(chan error, 1)
		s := &socketserver.Server{Model: m, TLS: serverTLS(t), Handler: echo, HandshakeTimeout: 2 * short, IdleTimeout: time.Hour,
			HandleError: func(_ context.Context, _ socket.Addr, err error) { errs <- err }}
		start(t, s)
		c := dial(t, s)
		say(t, c, "\x16\x03\x01\x02\x00\x01")
		ended(t, c)
		var h *socketserver.HandshakeError
		require.ErrorAs(t, <-errs, &h)
		require.True(t, isTimeout(h))
	})
}

// TestSecSRV11Detach: a connection that is handed on keeps its deadline.
func TestSecSRV11Detach(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		got := make(chan error, 1)
		s := &socketserver.Server{Model: m, ReadTimeout: 3 * short, Handler: socketserver.ConnHandlerFunc(func(_ context.Context, c *socketserver.Conn) (socketserver.Next, error) {
			if _, err := c.Reader().ReadByte(); err != nil {
				return socketserver.Close, err
			}
			d, err := c.Detach()
			if err != nil {
				return socketserver.Close, err
			}
			go func() {
				defer d.Close()
				_, err := d.Read(make([]byte, 1)) // the next layer, stalled
				got <- err
			}()
			return socketserver.Detached, nil
		})}
		start(t, s)
		c := dial(t, s)
		say(t, c, "x")
		require.ErrorIs(t, <-got, os.ErrDeadlineExceeded)
	})
}

// TestSecX17Slow: a peer that sends a byte now and then is cut at an absolute time.
func TestSecX17Slow(t *testing.T) {
	eachAtOnce(t, func(t *testing.T, m socketserver.Model) {
		s := &socketserver.Server{Model: m, ReadTimeout: 6 * short, Handler: socketserver.ConnHandlerFunc(func(_ context.Context, c *socketserver.Conn) (socketserver.Next, error) {
			_, err := c.Reader().ReadString('\n')
			return socketserver.Close, err
		}), HandleError: func(context.Context, socket.Addr, error) {}}
		start(t, s)
		c := dial(t, s)
		began, sent := time.Now(), 0
		for ; quiet(t, c, short); sent++ {
			require.Less(t, sent, 500)
			c.Write([]byte("G"))
		}
		require.GreaterOrEqual(t, time.Since(began), 5*short)
		require.Positive(t, sent)
	})
}

// TestSecX17First: a client that connects and says nothing.
func TestSecX17First(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		s := &socketserver.Server{Model: m, IdleTimeout: 2 * short, Handler: echo}
		start(t, s)
		ended(t, dial(t, s))
	})
}

// TestSecX04Errors: what a peer chose comes quoted.
func TestSecX04Errors(t *testing.T) {
	for _, err := range []error{
		&socketserver.PanicError{Value: "\x1b[2J\n"},
		&socketserver.HandshakeError{Err: errors.New("tls: \x1b]0;x\x07")},
	} {
		require.NotContains(t, err.Error(), "\x1b")
		require.NotContains(t, err.Error(), "\n")
	}
}

// TestSecX05ALPN: names that a client offers, in an error of the handshake.
func TestSecX05ALPN(t *testing.T) {
	errs := make(chan error, 1)
	cfg := serverTLS(t)
	cfg.NextProtos = []string{"good"}
	s := &socketserver.Server{TLS: cfg, Handler: echo, HandleError: func(_ context.Context, _ socket.Addr, err error) { errs <- err }}
	start(t, s)
	bad := clientTLS(t)
	bad.NextProtos = []string{"\x1b]0;x\x07"}
	c := tls.Client(dial(t, s), bad)
	require.Error(t, c.Handshake())
	err := <-errs
	require.NotContains(t, err.Error(), "\x1b")
	c.Close()
}
