package telnet_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"os"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/nettest"

	"github.com/pynet-go/pynet/protocols/telnet"
	"github.com/pynet-go/pynet/protocols/telnet/telnettest"
)

// client returns a client of a host that plays the steps.
func client(t testing.TB, cfg *telnet.Config, steps ...telnettest.Step) (*telnet.Client, *telnettest.Host) {
	t.Helper()
	h := telnettest.Start(steps...)
	c := telnet.NewClient(h.Conn(), cfg)
	t.Cleanup(func() {
		c.Close()
		h.Wait()
	})
	return c, h
}

// sent closes c and returns what the host has got.
func sent(t testing.TB, c *telnet.Client, h *telnettest.Host) string {
	t.Helper()
	require.NoError(t, c.Flush(t.Context()))
	require.NoError(t, c.Close())
	require.NoError(t, h.Wait())
	return string(h.Got())
}

// hostTCP serves one connection on the loopback.
func hostTCP(t testing.TB, f func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	done := make(chan struct{})
	go func() {
		defer close(done)
		c, err := l.Accept()
		if err != nil {
			return
		}
		defer c.Close()
		f(c)
	}()
	t.Cleanup(func() { l.Close(); <-done })
	return l.Addr().String()
}

// A Conn is a net.Conn like any other.
func TestNetConn(t *testing.T) {
	for name, cfg := range map[string]*telnet.Config{"raw": {Mode: telnet.ModeRaw}, "small": {Mode: telnet.ModeRaw, BufferSize: 7}} {
		t.Run(name, func(t *testing.T) {
			nettest.TestConn(t, func() (net.Conn, net.Conn, func(), error) {
				l, err := net.Listen("tcp", "127.0.0.1:0")
				if err != nil {
					return nil, nil, nil, err
				}
				defer l.Close()
				a, err := net.Dial("tcp", l.Addr().String())
				if err != nil {
					return nil, nil, nil, err
				}
				b, err := l.Accept()
				if err != nil {
					return nil, nil, nil, err
				}
				x, y := telnet.NewClient(a, cfg), telnet.NewServerConn(b, &telnet.Config{Mode: telnet.ModeRaw, Options: &telnet.Options{}})
				return x.Conn, y.Conn, func() { x.Close(); y.Close() }, nil
			})
		})
	}
}

func TestReader(t *testing.T) {
	want := bytes.Repeat([]byte("some text\xff and \r\n more\n"), 300)
	for _, mode := range []telnet.Mode{telnet.ModePython, telnet.ModeRaw} {
		for _, size := range []int{1, 3, 0} {
			a, b := telnettest.Pipe()
			c := telnet.NewClient(a, &telnet.Config{Mode: mode, BufferSize: size})
			b.Write(telnet.Escape(want))
			b.Close()
			require.NoError(t, iotest.TestReader(c, want))
		}
	}
}

func TestDial(t *testing.T) {
	addr := hostTCP(t, func(c net.Conn) { io.WriteString(c, "hello\xff\xf1!\r\n"); io.Copy(io.Discard, c) })
	c, err := telnet.Dial(t.Context(), addr, nil)
	require.NoError(t, err)
	require.Equal(t, addr, c.RemoteAddr().String())
	require.NotNil(t, c.LocalAddr())
	got, err := c.ReadUntil(t.Context(), []byte("\n"))
	require.NoError(t, err)
	require.Equal(t, "hello!\r\n", string(got))
	require.IsType(t, &net.TCPConn{}, c.NetConn())
	require.NoError(t, c.Close())

	for in, want := range map[string]string{
		"host": "host:23", "host:2323": "host:2323", "[::1]": "[::1]:23", "::1": "[::1]:23", "[::1]:7": "[::1]:7", "host:": "host:23",
	} {
		var at string
		broken := errors.New("no way")
		_, err := telnet.Dial(t.Context(), in, &telnet.Config{Dial: func(_ context.Context, _, addr string) (net.Conn, error) { at = addr; return nil, broken }})
		require.ErrorIs(t, err, broken)
		require.Equal(t, want, at)
		telnet.Dial(t.Context(), "h", &telnet.Config{TLS: &tls.Config{}, Dial: func(_ context.Context, _, addr string) (net.Conn, error) { at = addr; return nil, broken }})
		require.Equal(t, "h:992", at)
	}
	for _, in := range []string{"", ":23", "a b", "a\nb", "\x00"} {
		_, err := telnet.Dial(t.Context(), in, nil)
		require.ErrorIs(t, err, telnet.ErrArgument, "%q", in)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = telnet.Dial(ctx, "127.0.0.1:1", nil)
	require.Error(t, err)
}

func TestClose(t *testing.T) {
	c, _ := client(t, nil, telnettest.Say("one two"))
	_, err := c.ReadUntil(t.Context(), []byte("one"))
	require.NoError(t, err)
	require.False(t, c.EOF())
	require.NoError(t, c.Close())
	require.True(t, c.EOF())
	require.Equal(t, " two", string(c.Peek()))
	got, err := c.ReadVeryLazy()
	require.NoError(t, err, "what was there can still be had")
	require.Equal(t, " two", string(got))

	_, err = c.Write([]byte("x"))
	require.ErrorIs(t, err, net.ErrClosed)
	require.ErrorIs(t, c.Flush(t.Context()), net.ErrClosed)
	for name, read := range reads(c) {
		_, err := read(t.Context())
		require.ErrorIs(t, err, net.ErrClosed, name)
	}
	_, err = c.Read(make([]byte, 1))
	require.ErrorIs(t, err, net.ErrClosed)
}

// Close ends whatever waits.
func TestCloseWakes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for name := range reads(nil) {
			if name == "very eager" || name == "eager" || name == "lazy" {
				continue
			}
			h := telnettest.Start()
			c := telnet.NewClient(h.Conn(), nil)
			done := make(chan error)
			go func() { _, err := reads(c)[name](t.Context()); done <- err }()
			synctest.Wait()
			c.Close()
			require.ErrorIs(t, <-done, net.ErrClosed, name)
			h.Wait()
		}
	})
}

// A context ends what waits for it, and nothing else.
func TestContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for name := range reads(nil) {
			if name == "very eager" || name == "eager" || name == "lazy" {
				continue
			}
			h := telnettest.Start(telnettest.Await("go"), telnettest.Say("rest"), telnettest.HangUp())
			c := telnet.NewClient(h.Conn(), nil)
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			begun := time.Now()
			_, err := reads(c)[name](ctx)
			cancel()
			require.ErrorIs(t, err, context.DeadlineExceeded, name)
			require.ErrorIs(t, err, os.ErrDeadlineExceeded, name)
			var ne net.Error
			require.True(t, errors.As(err, &ne) && ne.Timeout(), name)
			require.Equal(t, time.Minute, time.Since(begun), name)

			ctx, cancel = context.WithCancel(t.Context())
			time.AfterFunc(time.Second, cancel)
			_, err = reads(c)[name](ctx)
			require.ErrorIs(t, err, context.Canceled, name)
			require.NotErrorIs(t, err, os.ErrDeadlineExceeded, name)
			_, err = reads(c)[name](ctx)
			require.ErrorIs(t, err, context.Canceled, name, "at once")

			_, err = c.Write([]byte("go"))
			require.NoError(t, err)
			got, err := c.ReadAll(t.Context())
			require.NoError(t, err, name)
			require.Equal(t, "rest", string(got), name)
			c.Close()
			require.NoError(t, h.Wait())
		}
	})
}

// The connection's own deadlines hold with and without a context, and come back after one.
func TestDeadlines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := telnettest.Start()
		c := telnet.NewClient(h.Conn(), nil)
		defer h.Wait()
		defer c.Close()
		for _, ctx := range []context.Context{context.Background(), t.Context()} {
			begun := time.Now()
			require.NoError(t, c.SetDeadline(begun.Add(time.Second)))
			_, err := c.ReadSome(ctx)
			require.ErrorIs(t, err, os.ErrDeadlineExceeded)
			require.Equal(t, time.Second, time.Since(begun))
			_, err = c.Read(make([]byte, 1))
			require.ErrorIs(t, err, os.ErrDeadlineExceeded)
			_, err = c.Write([]byte("x"))
			require.ErrorIs(t, err, os.ErrDeadlineExceeded)
		}
		begun := time.Now()
		require.NoError(t, c.SetReadDeadline(begun.Add(time.Hour)))
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := c.ReadSome(ctx)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		_, err = c.ReadSome(t.Context())
		require.ErrorIs(t, err, os.ErrDeadlineExceeded)
		require.Equal(t, time.Hour, time.Since(begun))
	})
}

// A write is cut short by its context, and by the deadline; the data are whole afterwards.
func TestWriteContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := net.Pipe() // nobody reads
		c := telnet.NewClient(a, nil)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		n, err := c.WriteContext(ctx, []byte("lost\xff"))
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Zero(t, n)
		_, err = c.WriteContext(ctx, []byte("x"))
		require.ErrorIs(t, err, context.DeadlineExceeded)

		// Another write waits no longer than its context.
		go func() { c.Write([]byte("blocked")) }()
		synctest.Wait()
		ctx, cancel = context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err = c.WriteContext(ctx, []byte("x"))
		require.ErrorIs(t, err, context.DeadlineExceeded)

		got := make([]byte, 7)
		_, err = io.ReadFull(b, got)
		require.NoError(t, err)
		require.Equal(t, "blocked", string(got))
		c.Close()
		b.Close()
	})
}

// A write that ends between the two bytes of an IAC is completed by the next.
func TestHalfIAC(t *testing.T) {
	for _, tt := range []struct {
		mode telnet.Mode
		at   int
		n    int
	}{{telnet.ModePython, 2, 2}, {telnet.ModePython, 3, 2}, {telnet.ModePython, 1, 1}, {telnet.ModeNVT, 2, 2}, {telnet.ModeNVT, 4, 3}, {telnet.ModePython, 0, 0}} {
		w := &shortWriter{left: tt.at}
		c := telnet.NewClient(w, &telnet.Config{Mode: tt.mode})
		p := []byte("a\xff\nb")
		n, err := c.Write(p)
		require.ErrorIs(t, err, os.ErrDeadlineExceeded)
		require.Equal(t, tt.n, n)
		w.left = 1000
		m, err := c.Write(p[n:])
		require.NoError(t, err)
		require.Equal(t, len(p)-n, m)
		want := "a\xff\xff\nb"
		if tt.mode == telnet.ModeNVT {
			want = "a\xff\xff\r\nb"
		}
		require.Equal(t, want, w.String())
	}
}

// shortWriter is a connection that takes so many bytes.
type shortWriter struct {
	net.Conn
	bytes.Buffer
	left int
}

func (w *shortWriter) Write(p []byte) (int, error) {
	n := min(w.left, len(p))
	w.left -= n
	w.Buffer.Write(p[:n])
	if n < len(p) {
		return n, os.ErrDeadlineExceeded
	}
	return n, nil
}
func (*shortWriter) Read([]byte) (int, error)         { return 0, io.EOF }
func (*shortWriter) SetReadDeadline(time.Time) error  { return nil }
func (*shortWriter) SetWriteDeadline(time.Time) error { return nil }
func (*shortWriter) Close() error                     { return nil }

// Errors of the network are told as they are, and do not lose data.
func TestBrokenConnection(t *testing.T) {
	broken := errors.New("broken")
	c := telnet.NewClient(&brokenConn{data: []byte("text"), err: broken}, nil)
	_, err := c.ReadAll(t.Context())
	require.ErrorIs(t, err, broken)
	var e *telnet.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, "read all", e.Op)
	require.False(t, e.Timeout())
}

type brokenConn struct {
	shortWriter
	data []byte
	err  error
}

func (b *brokenConn) Read(p []byte) (int, error) {
	n := copy(p, b.data)
	b.data = nil
	return n, b.err
}

// What the host said before it went can be read, though it takes no answer any more.
func TestGoneHost(t *testing.T) {
	a, b := telnettest.Pipe()
	io.WriteString(b, "last\xff\xfb\x01 ")
	io.WriteString(b, "words")
	b.Close()
	c := telnet.NewClient(a, &telnet.Config{BufferSize: 8})
	got, err := c.ReadAll(t.Context())
	require.NoError(t, err)
	require.Equal(t, "last words", string(got))
	_, err = c.Write([]byte("x"))
	require.ErrorIs(t, err, io.ErrClosedPipe)
}
