package socketserver_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/netip"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/socket"
	"github.com/pynet-go/pynet/socketserver"
)

const (
	short = 20 * time.Millisecond
	long  = 20 * time.Second // must not pass
)

var loopback = socket.Inet{Addr: netip.MustParseAddr("127.0.0.1")}

// echo sends back what it reads, a call at a time.
var echo = socketserver.ConnHandlerFunc(func(_ context.Context, c *socketserver.Conn) (socketserver.Next, error) {
	buf := make([]byte, 4096)
	n, err := c.Read(buf)
	if err != nil {
		return socketserver.Close, err
	}
	_, err = c.Write(buf[:n])
	return socketserver.Idle, err
})

// lines answers each line with its number and itself in capitals.
var lines = socketserver.Stream(socketserver.StreamHandlerFunc(func(_ context.Context, s *socketserver.StreamConn) error {
	n := 0
	for line, err := range s.Lines() {
		if err != nil {
			return err
		}
		n++
		fmt.Fprintf(s, "%d %s\n", n, bytes.ToUpper(line))
	}
	return nil
}))

// models are those that a test of the suite is run with. Forking has processes of its own
// and is tested apart.
var models = []struct {
	name string
	make func() socketserver.Model
}{
	{"Sequential", func() socketserver.Model { return socketserver.Sequential{} }},
	{"Threading", func() socketserver.Model { return socketserver.Threading{} }},
	{"Threading-limit", func() socketserver.Model { return socketserver.Threading{MaxHandlers: 64} }},
	{"Process", func() socketserver.Model {
		return socketserver.Process(func(_ context.Context, serve func()) { go serve() })
	}},
	{"EventLoop", func() socketserver.Model { return socketserver.EventLoop{} }},
	{"EventLoop-one", func() socketserver.Model { return socketserver.EventLoop{Loops: 1, Workers: 64} }},
	{"EventLoop-share", func() socketserver.Model { return socketserver.EventLoop{Loops: 3, SharePort: true, MaxQueued: 1000} }},
}

func each(t *testing.T, run func(t *testing.T, m socketserver.Model)) {
	for _, m := range models {
		t.Run(m.name, func(t *testing.T) { run(t, m.make()) })
	}
}

// start has the server serve until the end of the test.
func start(t testing.TB, s *socketserver.Server) {
	t.Helper()
	if s.Addr == nil {
		s.Addr = loopback
	}
	require.NoError(t, s.Activate())
	done := make(chan error, 1)
	go func() { done <- s.ServeForever(context.Background()) }()
	t.Cleanup(func() {
		require.NoError(t, s.Close())
		select {
		case err := <-done:
			require.ErrorIs(t, err, socketserver.ErrServerClosed)
		case <-time.After(long):
			t.Error("ServeForever goes on")
		}
	})
}

// dial connects to the server.
func dial(t testing.TB, s *socketserver.Server) net.Conn {
	t.Helper()
	var c net.Conn
	var err error
	switch a := s.LocalAddr().(type) {
	case socket.Unix:
		c, err = net.Dial("unix", a.Name)
	case socket.Inet:
		c, err = net.Dial("tcp", a.String())
	case socket.Inet6:
		c, err = net.Dial("tcp", a.String())
	}
	require.NoError(t, err)
	t.Cleanup(func() { c.Close() })
	require.NoError(t, c.SetDeadline(time.Now().Add(long)))
	return c
}

func say(t testing.TB, c net.Conn, text string) {
	t.Helper()
	_, err := io.WriteString(c, text)
	require.NoError(t, err)
}

func hear(t testing.TB, c net.Conn, want string) {
	t.Helper()
	buf := make([]byte, len(want))
	_, err := io.ReadFull(c, buf)
	require.NoError(t, err)
	require.Equal(t, want, string(buf))
}

// ended checks that the server has closed the connection.
func ended(t testing.TB, c net.Conn) {
	t.Helper()
	n, err := c.Read(make([]byte, 1))
	require.Zero(t, n)
	require.Error(t, err)
	require.False(t, errors.Is(err, context.DeadlineExceeded) || strings.Contains(err.Error(), "timeout"), err)
}

func TestEcho(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		s := &socketserver.Server{Handler: echo, Model: m}
		start(t, s)
		for range 3 {
			c := dial(t, s)
			for range 3 {
				say(t, c, "hello")
				hear(t, c, "hello")
			}
			c.Close()
		}
	})
}

func TestLines(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		s := &socketserver.Server{Handler: lines, Model: m, Addr: socket.Unix{Name: filepath.Join(t.TempDir(), "s")}}
		start(t, s)
		c := dial(t, s)
		say(t, c, "one\r\ntw")
		hear(t, c, "1 ONE\n")
		say(t, c, "o\nthree\nfour")
		hear(t, c, "2 TWO\n3 THREE\n")
		require.NoError(t, c.(*net.UnixConn).CloseWrite())
		hear(t, c, "4 FOUR\n")
		ended(t, c)
	})
}

// TestAtOnce: connections are served at once, however many. Sequential does not.
func TestAtOnce(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		if m == (socketserver.Sequential{}) {
			return
		}
		s := &socketserver.Server{Handler: echo, Model: m}
		start(t, s)
		var conns []net.Conn
		for range 50 {
			conns = append(conns, dial(t, s))
		}
		for i := range conns {
			say(t, conns[len(conns)-1-i], "x")
			hear(t, conns[len(conns)-1-i], "x")
		}
	})
}

// A counter keeps State, tells what comes, and reads a byte at a call through the buffer.
type counter struct {
	opened, closed atomic.Int32
	end            chan any
}

func (h *counter) OpenConn(_ context.Context, c *socketserver.Conn) (socketserver.Next, error) {
	h.opened.Add(1)
	c.State = 0
	_, err := c.Writer().WriteString("welcome\n")
	return socketserver.Idle, err
}

func (h *counter) ServeConn(_ context.Context, c *socketserver.Conn) (socketserver.Next, error) {
	b, err := c.Reader().ReadByte()
	if err != nil {
		return socketserver.Close, err
	}
	n := c.State.(int) + 1
	c.State = n
	fmt.Fprintf(c.Writer(), "%d%c\n", n, b)
	switch b {
	case '.':
		return socketserver.Close, nil
	case '+':
		return socketserver.Again, nil
	}
	return socketserver.Idle, nil
}

func (h *counter) CloseConn(c *socketserver.Conn) {
	h.closed.Add(1)
	h.end <- c.State
}

// TestConnHandler: a greeting, state, pipelined requests of which one call takes one, and
// the end.
func TestConnHandler(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		h := &counter{end: make(chan any, 1)}
		s := &socketserver.Server{Handler: h, Model: m}
		start(t, s)
		c := dial(t, s)
		hear(t, c, "welcome\n")
		say(t, c, "abc+d")
		hear(t, c, "1a\n2b\n3c\n4+\n5d\n")
		say(t, c, "e.f")
		hear(t, c, "6e\n7.\n")
		ended(t, c)
		require.Equal(t, 7, <-h.end)

		c = dial(t, s)
		hear(t, c, "welcome\n")
		c.Close()
		require.Equal(t, 0, <-h.end)
		require.EqualValues(t, 2, h.opened.Load())
		require.EqualValues(t, 2, h.closed.Load())
	})
}

// lineEcho sends back lines, one a call. A part of one costs no goroutine.
type lineEcho struct{}

func (lineEcho) ServeConn(_ context.Context, c *socketserver.Conn) (socketserver.Next, error) {
	r := c.Reader()
	if _, err := r.Peek(1); err != nil {
		return socketserver.Close, nil
	}
	b, _ := r.Peek(r.Buffered())
	end := bytes.IndexByte(b, '\n') + 1
	if end == 0 {
		return socketserver.More, nil
	}
	c.Writer().Write(b[:end])
	r.Discard(end)
	return socketserver.Idle, nil
}

// TestMore: a handler that wants whole lines and waits for none.
func TestMore(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		for _, cfg := range []*tls.Config{nil, serverTLS(t)} {
			errs := make(chan error, 1)
			s := &socketserver.Server{Model: m, Handler: lineEcho{}, TLS: cfg,
				HandleError: func(_ context.Context, _ socket.Addr, err error) { errs <- err }}
			start(t, s)
			hasty := &socketserver.Server{Model: m, Handler: lineEcho{}, TLS: cfg, ReadTimeout: 10 * short, HandleError: func(context.Context, socket.Addr, error) {}}
			start(t, hasty)
			connect := func(s *socketserver.Server) net.Conn {
				if cfg != nil {
					return tls.Client(dial(t, s), clientTLS(t))
				}
				return dial(t, s)
			}
			c := connect(s)
			say(t, c, "a")
			say(t, c, "b")
			say(t, c, "c\nd\nef")
			hear(t, c, "abc\nd\n")
			say(t, c, "\n")
			hear(t, c, "ef\n")
			say(t, c, "part")
			c.(interface{ CloseWrite() error }).CloseWrite()
			ended(t, c)

			c = connect(hasty)
			io.WriteString(c, "late")
			tick := time.NewTicker(short)
			for range 4 { // a byte now and then does not prolong it
				<-tick.C
				io.WriteString(c, ".")
			}
			tick.Stop()
			ended(t, c)

			c = connect(s)
			go io.WriteString(c, strings.Repeat("x", 64<<10))
			require.ErrorIs(t, <-errs, bufio.ErrBufferFull)
			c.Close()
		}
	})
}

// TestDetach: the handler keeps the connection, with what was read ahead.
func TestDetach(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		got := make(chan net.Conn, 1)
		s := &socketserver.Server{Model: m, TLS: serverTLS(t), Handler: socketserver.ConnHandlerFunc(func(_ context.Context, c *socketserver.Conn) (socketserver.Next, error) {
			line, err := c.Reader().ReadString('\n')
			if err != nil {
				return socketserver.Close, err
			}
			c.Writer().WriteString("got " + line)
			d, err := c.Detach()
			if err != nil {
				return socketserver.Close, err
			}
			got <- d
			return socketserver.Detached, nil
		})}
		start(t, s)
		c := tls.Client(dial(t, s), clientTLS(t))
		say(t, c, "upgrade\nahead")
		hear(t, c, "got upgrade\n")
		d := <-got
		defer d.Close()
		say(t, c, "!")
		hear(t, d, "ahead!")
		say(t, d, "mine")
		hear(t, c, "mine")
		require.NoError(t, s.Shutdown(t.Context()))
		say(t, c, "still")
		hear(t, d, "still")
	})
}

var certificate = sync.OnceValues(func() (tls.Certificate, *x509.CertPool) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), DNSNames: []string{"server.test"}, IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		panic(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		panic(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(cert)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
})

func serverTLS(testing.TB) *tls.Config {
	cert, _ := certificate()
	return &tls.Config{Certificates: []tls.Certificate{cert}}
}

func clientTLS(testing.TB) *tls.Config {
	_, pool := certificate()
	return &tls.Config{RootCAs: pool, ServerName: "server.test"}
}

func TestTLS(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		for name, h := range map[string]socketserver.ConnHandler{"echo": echo, "counter": &counter{end: make(chan any, 10)}, "lines": lines} {
			t.Run(name, func(t *testing.T) {
				s := &socketserver.Server{Model: m, TLS: serverTLS(t), Handler: h}
				start(t, s)
				c := tls.Client(dial(t, s), clientTLS(t))
				switch name {
				case "echo":
					for range 3 {
						big := strings.Repeat("0123456789", 5000)
						say(t, c, big)
						hear(t, c, big)
					}
				case "counter":
					hear(t, c, "welcome\n")
					say(t, c, "ab+c")
					hear(t, c, "1a\n2b\n3+\n4c\n")
					say(t, c, ".")
					hear(t, c, "5.\n")
				case "lines":
					say(t, c, "a\nb")
					hear(t, c, "1 A\n")
					require.NoError(t, c.CloseWrite())
					hear(t, c, "2 B\n")
				}
				c.Close()
			})
		}
	})
}

// capitals answers datagrams.
var capitals = socketserver.DatagramHandlerFunc(func(_ context.Context, d *socketserver.Datagram) error {
	if string(d.Data) == "silence" {
		return nil
	}
	if d.Truncated {
		_, err := io.WriteString(d, "truncated ")
		if err != nil {
			return err
		}
	}
	_, err := d.Write(bytes.ToUpper(d.Data))
	return err
})

func TestUDP(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		s := &socketserver.Server{DatagramHandler: capitals, Model: m, MaxPacketSize: 10}
		start(t, s)
		c, err := net.Dial("udp", s.LocalAddr().String())
		require.NoError(t, err)
		defer c.Close()
		require.NoError(t, c.SetDeadline(time.Now().Add(long)))
		for _, q := range []string{"hello", "silence", "", "0123456789", "0123456789x"} {
			say(t, c, q)
			switch q {
			case "silence", "":
			case "0123456789x":
				hear(t, c, "truncated 0123456789")
			default:
				hear(t, c, strings.ToUpper(q))
			}
		}
	})
}

func TestUnixDatagram(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		dir := t.TempDir()
		s := &socketserver.Server{DatagramHandler: capitals, Model: m, Addr: socket.Unix{Name: filepath.Join(dir, "s")}}
		start(t, s)
		c, err := net.DialUnix("unixgram", &net.UnixAddr{Name: filepath.Join(dir, "c")}, &net.UnixAddr{Name: filepath.Join(dir, "s")})
		require.NoError(t, err)
		defer c.Close()
		require.NoError(t, c.SetDeadline(time.Now().Add(long)))
		nameless, err := net.DialUnix("unixgram", nil, &net.UnixAddr{Name: filepath.Join(dir, "s")})
		require.NoError(t, err)
		defer nameless.Close()
		say(t, nameless, "nobody to answer")
		say(t, c, "hello")
		hear(t, c, "HELLO")
		require.NoError(t, s.Close())
		require.NoFileExists(t, filepath.Join(dir, "s"))
	})
}

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

func TestTimeouts(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
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
