package socketserver_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
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

// TestVerify: who is refused is closed, the others are served.
func TestVerify(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		var asked atomic.Int32
		s := &socketserver.Server{Handler: echo, Model: m, VerifyRequest: func(_ context.Context, from socket.Addr) bool {
			require.Equal(t, loopback.Addr, from.(socket.Inet).Addr)
			return asked.Add(1) != 1
		}}
		start(t, s)
		ended(t, dial(t, s))
		c := dial(t, s)
		say(t, c, "x")
		hear(t, c, "x")
	})
}

// TestOrder: what a client did before it sent a request has happened before the handler runs,
// and what the handler did before the client goes on, also to the race detector.
func TestOrder(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		state := 0
		s := &socketserver.Server{Model: m, Handler: socketserver.ConnHandlerFunc(func(_ context.Context, c *socketserver.Conn) (socketserver.Next, error) {
			if _, err := c.Reader().ReadByte(); err != nil {
				return socketserver.Close, nil
			}
			state++
			_, err := c.Write([]byte{byte('0' + state)})
			return socketserver.Idle, err
		})}
		start(t, s)
		c := dial(t, s)
		for i := range 3 {
			state = 2 * i
			say(t, c, "x")
			hear(t, c, string(rune('0'+2*i+1)))
			require.Equal(t, 2*i+1, state)
		}
	})
}

func TestTimeouts(t *testing.T) {
	eachAtOnce(t, func(t *testing.T, m socketserver.Model) {
		errs := make(chan error, 10)
		s := &socketserver.Server{Handler: lines, Model: m, ReadTimeout: short, HandleError: func(_ context.Context, _ socket.Addr, err error) { errs <- err }}
		start(t, s)
		c := dial(t, s)
		say(t, c, "never a line's end")
		ended(t, c)
		require.True(t, isTimeout(<-errs))

		s = &socketserver.Server{Handler: echo, Model: m, IdleTimeout: 25 * short, HandleError: s.HandleError}
		start(t, s)
		c = dial(t, s)
		say(t, c, "x")
		hear(t, c, "x")
		began := time.Now()
		ended(t, c)
		require.GreaterOrEqual(t, time.Since(began), 20*short)
		require.Empty(t, errs, "no error")
	})
}

func isTimeout(err error) bool {
	var e net.Error
	return errors.As(err, &e) && e.Timeout()
}

func TestHandleRequest(t *testing.T) {
	for _, m := range []socketserver.Model{nil, socketserver.Threading{}} {
		timeouts := 0
		s := &socketserver.Server{Addr: loopback, Handler: echo, Model: m, Timeout: short, HandleTimeout: func() { timeouts++ }}
		require.Equal(t, -1, s.Fileno())
		require.Nil(t, s.LocalAddr())
		require.NoError(t, s.HandleRequest(t.Context()))
		require.Equal(t, 1, timeouts)
		require.Positive(t, s.Fileno())
		c := dial(t, s)
		say(t, c, "x")
		require.NoError(t, c.(*net.TCPConn).CloseWrite())
		require.NoError(t, s.HandleRequest(t.Context()))
		hear(t, c, "x")
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		require.ErrorIs(t, s.HandleRequest(ctx), context.Canceled)
		require.NoError(t, s.Close())
		require.ErrorIs(t, s.HandleRequest(t.Context()), socketserver.ErrServerClosed)
	}
}

func TestLifecycle(t *testing.T) {
	require.ErrorIs(t, (&socketserver.Server{Addr: loopback}).Bind(), socketserver.ErrNoHandler)
	each(t, func(t *testing.T, m socketserver.Model) {
		s := &socketserver.Server{Addr: loopback, Handler: echo, Model: m}
		require.NoError(t, s.Bind())
		require.ErrorIs(t, s.Bind(), socketserver.ErrStarted)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- s.ServeForever(ctx) }()
		c := dial(t, s)
		say(t, c, "x")
		hear(t, c, "x")
		require.ErrorIs(t, s.ServeForever(t.Context()), socketserver.ErrStarted)
		cancel()
		require.ErrorIs(t, <-done, context.Canceled)
		ended(t, c)
		require.ErrorIs(t, s.ServeForever(t.Context()), socketserver.ErrServerClosed)
		require.NoError(t, s.Shutdown(t.Context()))

		s = &socketserver.Server{Addr: loopback, Handler: echo, Model: m}
		require.NoError(t, s.Shutdown(t.Context()), "before it serves")
		require.ErrorIs(t, s.ServeForever(t.Context()), socketserver.ErrServerClosed)
	})
}

// TestShutdown: idle connections end at once, a handler at work is waited for, and cut when
// the time is over.
func TestShutdown(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		began, finish := make(chan struct{}), make(chan struct{})
		h := socketserver.ConnHandlerFunc(func(ctx context.Context, c *socketserver.Conn) (socketserver.Next, error) {
			buf := make([]byte, 4)
			if _, err := io.ReadFull(c, buf); err != nil {
				return socketserver.Close, err
			}
			if string(buf) == "work" {
				began <- struct{}{}
				select {
				case <-finish:
				case <-ctx.Done():
					return socketserver.Close, ctx.Err()
				}
			}
			_, err := c.Write(buf)
			return socketserver.Idle, err
		})
		for _, patient := range []bool{true, false} {
			s := &socketserver.Server{Handler: h, Model: m}
			start(t, s)
			var resting net.Conn
			if m != (socketserver.Sequential{}) {
				resting = dial(t, s)
				say(t, resting, "rest")
				hear(t, resting, "rest")
			}
			c := dial(t, s)
			say(t, c, "work")
			<-began
			ctx, cancel := context.WithTimeout(t.Context(), long)
			if !patient {
				ctx, cancel = context.WithTimeout(t.Context(), short)
			}
			done := make(chan error, 1)
			go func() { done <- s.Shutdown(ctx) }()
			if resting != nil {
				ended(t, resting)
			}
			if patient {
				finish <- struct{}{}
				require.NoError(t, <-done)
				hear(t, c, "work")
			} else {
				require.ErrorIs(t, <-done, context.DeadlineExceeded)
			}
			ended(t, c)
			cancel()
			_, err := net.Dial("tcp", s.LocalAddr().String())
			require.Error(t, err)
		}
	})
}

func TestHooks(t *testing.T) {
	var calls []string
	var mu sync.Mutex
	note := func(s string) {
		mu.Lock()
		defer mu.Unlock()
		calls = append(calls, s)
	}
	rounds := make(chan struct{}, 1000)
	s := &socketserver.Server{
		Handler: echo, PollInterval: time.Millisecond,
		ServerBind:     func(s *socket.Socket) error { note("bind"); return s.Bind(loopback) },
		ServerActivate: func(s *socket.Socket) error { note("activate"); return s.Listen(5) },
		GetRequest: func(l *socket.Socket) (*socket.Socket, socket.Addr, error) {
			c, from, err := l.Accept()
			if err == nil {
				note("get")
			}
			return c, from, err
		},
		ServiceActions: func() {
			select {
			case rounds <- struct{}{}:
			default:
			}
		},
	}
	start(t, s)
	for range 3 {
		<-rounds
	}
	c := dial(t, s)
	say(t, c, "x")
	hear(t, c, "x")
	c.Close()
	require.NoError(t, s.Shutdown(t.Context()))
	require.Equal(t, []string{"bind", "activate", "get"}, calls)
}

// TestHooksShare: the loops that share a port are activated by the hook too, and at the
// address that ServerBind has chosen.
func TestHooksShare(t *testing.T) {
	m := socketserver.EventLoop{Loops: 3, SharePort: true}
	var activated atomic.Int32
	for _, s := range []*socketserver.Server{
		{ServerBind: func(s *socket.Socket) error { return s.Bind(loopback) }},
		{ServerActivate: func(s *socket.Socket) error { activated.Add(1); return s.Listen(100) }},
	} {
		s.Model, s.Handler = m, echo
		s.HandleError = func(_ context.Context, _ socket.Addr, err error) { t.Error(err) }
		start(t, s)
		for range 30 { // for each loop some
			c := dial(t, s)
			say(t, c, "x")
			hear(t, c, "x")
		}
	}
	require.EqualValues(t, 3, activated.Load())
}

// staged notes the order of setup, handle and finish.
type staged struct {
	fail string
	log  chan string
}

func (h staged) stage(name string) error {
	h.log <- name
	if h.fail == name {
		return errors.New(name + " failed")
	}
	return nil
}

func (h staged) Setup(context.Context, *socketserver.StreamConn) error { return h.stage("setup") }
func (h staged) ServeStream(context.Context, *socketserver.StreamConn) error {
	return h.stage("handle")
}
func (h staged) Finish(context.Context, *socketserver.StreamConn) error { return h.stage("finish") }

func TestStages(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		for fail, want := range map[string][]string{
			"": {"setup", "handle", "finish"}, "setup": {"setup"},
			"handle": {"setup", "handle", "finish"}, "finish": {"setup", "handle", "finish"},
		} {
			log, errs := make(chan string, 10), make(chan error, 10)
			s := &socketserver.Server{Model: m, Handler: socketserver.Stream(staged{fail, log}),
				HandleError: func(_ context.Context, _ socket.Addr, err error) { errs <- err }}
			start(t, s)
			ended(t, dial(t, s))
			require.NoError(t, s.Shutdown(t.Context()))
			for _, w := range want {
				require.Equal(t, w, <-log)
			}
			require.Empty(t, log)
			if fail != "" {
				require.EqualError(t, <-errs, fail+" failed")
			}
			require.Empty(t, errs)
		}
	})
}

func TestDualStack(t *testing.T) {
	if !socket.HasDualStackIPv6() {
		t.Skip("no IPv6")
	}
	seen := make(chan net.Addr, 1)
	s := &socketserver.Server{Addr: socket.Inet6{}, DualStack: true, Handler: socketserver.Stream(socketserver.StreamHandlerFunc(func(_ context.Context, s *socketserver.StreamConn) error {
		seen <- s.RemoteAddr()
		return nil
	}))}
	start(t, s)
	c, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", s.LocalAddr().(socket.Inet6).Port))
	require.NoError(t, err)
	defer c.Close()
	require.Equal(t, c.LocalAddr(), <-seen, "plain, not mapped")
}

// TestDualStackDatagrams: IPv4 is served if it was asked for.
func TestDualStackDatagrams(t *testing.T) {
	if !socket.HasDualStackIPv6() {
		t.Skip("no IPv6")
	}
	for _, dual := range []bool{true, false} {
		s := &socketserver.Server{Addr: socket.Inet6{}, DualStack: dual, DatagramHandler: socketserver.DatagramHandlerFunc(func(_ context.Context, d *socketserver.Datagram) error {
			_, err := fmt.Fprint(d, d.From)
			return err
		})}
		start(t, s)
		c, err := net.Dial("udp", fmt.Sprintf("127.0.0.1:%d", s.LocalAddr().(socket.Inet6).Port))
		require.NoError(t, err)
		defer c.Close()
		require.NoError(t, c.SetDeadline(time.Now().Add(long)))
		say(t, c, "x")
		buf := make([]byte, 100)
		n, err := c.Read(buf)
		if dual {
			require.NoError(t, err)
			require.Equal(t, c.LocalAddr().String(), string(buf[:n]), "plain, not mapped")
		} else {
			require.ErrorIs(t, err, syscall.ECONNREFUSED)
		}
	}
	s := &socketserver.Server{Addr: loopback, DualStack: true, DatagramHandler: capitals}
	require.ErrorIs(t, s.Bind(), socket.ErrDualStack)
}

// TestHookedOptions: a hook changes what it stands for, and not the socket's options.
func TestHookedOptions(t *testing.T) {
	for _, s := range []*socketserver.Server{
		{Addr: loopback, Handler: echo},
		{Addr: loopback, Handler: echo, ServerBind: func(s *socket.Socket) error { return s.Bind(loopback) }},
		{Addr: loopback, Handler: echo, ServerActivate: func(s *socket.Socket) error { return s.Listen(1) }},
		{Addr: loopback, DatagramHandler: capitals, AllowReuseAddress: true},
	} {
		require.NoError(t, s.Bind())
		on, err := s.Socket().Option(socket.SolSocket, socket.SOReuseAddr)
		require.NoError(t, err)
		require.NotZero(t, on)
		require.NoError(t, s.Close())
	}
	activated := 0
	s := &socketserver.Server{Addr: loopback, DatagramHandler: capitals, ServerActivate: func(*socket.Socket) error {
		activated++
		return nil
	}}
	start(t, s)
	require.NoError(t, s.Activate())
	require.Equal(t, 1, activated, "for datagrams too")
}

// TestDisableNagle: TCP_NODELAY is set as it was asked for, however a connection was accepted.
func TestDisableNagle(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		for _, get := range []func(*socket.Socket) (*socket.Socket, socket.Addr, error){nil, (*socket.Socket).Accept} {
			for _, want := range []bool{true, false} {
				got := make(chan int, 1)
				s := &socketserver.Server{Model: m, GetRequest: get, DisableNagle: want, Handler: socketserver.ConnHandlerFunc(func(_ context.Context, c *socketserver.Conn) (socketserver.Next, error) {
					d, err := c.Detach()
					if err != nil {
						return socketserver.Close, err
					}
					defer d.Close()
					on, err := d.(*socket.Socket).Option(socket.Level(socket.ProtoTCP), socket.TCPNoDelay)
					got <- on
					return socketserver.Detached, err
				})}
				start(t, s)
				dial(t, s).Close()
				require.Equal(t, want, <-got != 0)
			}
		}
	})
}

// TestUse: a socket that is there already.
func TestUse(t *testing.T) {
	l, err := socket.CreateServer(loopback, nil)
	require.NoError(t, err)
	s := &socketserver.Server{Handler: echo}
	require.NoError(t, s.Use(l))
	require.Same(t, l, s.Socket())
	start(t, s)
	c := dial(t, s)
	say(t, c, "x")
	hear(t, c, "x")
	c.Close()
}

// TestSecX01LongLine: a line without an end costs no more than the limit.
func TestSecX01LongLine(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		errs := make(chan error, 1)
		s := &socketserver.Server{Model: m, Handler: lines, HandleError: func(_ context.Context, _ socket.Addr, err error) { errs <- err }}
		start(t, s)
		c := dial(t, s)
		okay := strings.Repeat("x", 64<<10-1)
		say(t, c, okay+"\n")
		hear(t, c, "1 "+strings.ToUpper(okay)+"\n")
		go io.WriteString(c, okay+"y\n")
		require.ErrorIs(t, <-errs, socketserver.ErrLineTooLong)
		_, err := io.Copy(io.Discard, bufio.NewReader(c))
		_ = err // the end, or a reset for what was not read
	})
}

// TestHandleRequestFull: also for room it waits no longer than it may.
func TestHandleRequestFull(t *testing.T) {
	for name, s := range map[string]*socketserver.Server{
		"connections": {Model: socketserver.Threading{}, MaxConns: 1},
		"handlers":    {Model: socketserver.Threading{MaxHandlers: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			waited := 0
			s.Addr, s.Handler, s.HandleTimeout = loopback, echo, func() { waited++ }
			s.Timeout = short
			require.NoError(t, s.Activate())
			defer s.Close()
			c := dial(t, s)
			require.NoError(t, s.HandleRequest(t.Context()))
			require.NoError(t, s.HandleRequest(t.Context()))
			require.Equal(t, 1, waited)
			s.Timeout = 0
			ctx, cancel := context.WithCancel(t.Context())
			done := make(chan error, 1)
			go func() { done <- s.HandleRequest(ctx) }()
			cancel()
			require.ErrorIs(t, <-done, context.Canceled)
			c.Close()
		})
	}
}

// TestContextEnds: ServeForever that ends by its context has waited for the handlers.
func TestContextEnds(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		began, over := make(chan struct{}), false
		s := &socketserver.Server{Addr: loopback, Model: m, Handler: socketserver.Stream(socketserver.StreamHandlerFunc(func(ctx context.Context, _ *socketserver.StreamConn) error {
			close(began)
			<-ctx.Done()
			for range 10000 {
				runtime.Gosched()
			}
			over = true
			return nil
		}))}
		require.NoError(t, s.Activate())
		done := make(chan error, 1)
		go func() { done <- s.ServeForever(ctx) }()
		dial(t, s)
		<-began
		cancel()
		require.ErrorIs(t, <-done, context.Canceled)
		require.True(t, over)
	})
}

// TestHandleRequestContext: a context that ends when the request has come is nothing to the
// next one.
func TestHandleRequestContext(t *testing.T) {
	ended := func() {}
	handled, timeouts := 0, 0
	s := &socketserver.Server{Addr: loopback, HandleTimeout: func() { timeouts++ },
		DatagramHandler: socketserver.DatagramHandlerFunc(func(context.Context, *socketserver.Datagram) error {
			handled++
			ended()
			return nil
		})}
	require.NoError(t, s.Activate())
	defer s.Close()
	c, err := net.Dial("udp", s.LocalAddr().(socket.Inet).String())
	require.NoError(t, err)
	defer c.Close()
	for i := range 200 {
		ctx, cancel := context.WithCancel(t.Context())
		ended = cancel
		say(t, c, "x")
		require.ErrorIs(t, s.HandleRequest(ctx), context.Canceled)
		require.Equal(t, i+1, handled)
	}
	require.Zero(t, timeouts)
}
