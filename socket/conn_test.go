//go:build unix

package socket_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/nettest"

	"github.com/pynet-go/pynet/socket"
)

// loopback is the IPv4 loopback address with a port that the system chooses.
var loopback = socket.Inet{Addr: netip.MustParseAddr("127.0.0.1")}

// server listens at the address until the test ends.
func server(t testing.TB, a socket.Addr, cfg *socket.ServerConfig) (*socket.Socket, socket.Addr) {
	t.Helper()
	l, err := socket.CreateServer(a, cfg)
	require.NoError(t, err)
	t.Cleanup(func() { l.Close() })
	at, err := l.SockName()
	require.NoError(t, err)
	return l, at
}

// connected returns both ends of a stream to a server at the address.
func connected(t testing.TB, a socket.Addr) (client, peer *socket.Socket) {
	t.Helper()
	l, at := server(t, a, nil)
	client, err := socket.New(a.Family(), socket.SockStream, 0)
	require.NoError(t, err)
	t.Cleanup(func() { client.Close() })
	require.NoError(t, client.Connect(at))
	peer, _, err = l.Accept()
	require.NoError(t, err)
	t.Cleanup(func() { peer.Close() })
	return client, peer
}

// pair returns two connected Unix streams.
func pair(t testing.TB, typ socket.Type) (*socket.Socket, *socket.Socket) {
	t.Helper()
	a, b, err := socket.SocketPair(socket.AFUnspec, typ, 0)
	require.NoError(t, err)
	t.Cleanup(func() { a.Close(); b.Close() })
	return a, b
}

// datagrams returns a bound UDP socket and its address.
func datagrams(t testing.TB, a socket.Addr) (*socket.Socket, socket.Addr) {
	t.Helper()
	s, err := socket.New(a.Family(), socket.SockDgram, 0)
	require.NoError(t, err)
	t.Cleanup(func() { s.Close() })
	require.NoError(t, s.Bind(a))
	at, err := s.SockName()
	require.NoError(t, err)
	return s, at
}

func TestConn(t *testing.T) {
	for name, make := range map[string]func(t *testing.T) (*socket.Socket, *socket.Socket){
		"TCP": func(t *testing.T) (*socket.Socket, *socket.Socket) { return connected(t, loopback) },
		"Unix": func(t *testing.T) (*socket.Socket, *socket.Socket) {
			return connected(t, socket.Unix{Name: sockPath(t)})
		},
		"pair": func(t *testing.T) (*socket.Socket, *socket.Socket) { return pair(t, socket.SockStream) },
		"TCP6": func(t *testing.T) (*socket.Socket, *socket.Socket) {
			if !nettest.SupportsIPv6() {
				t.Skip("no IPv6")
			}
			return connected(t, socket.Inet6{Addr: netip.IPv6Loopback()})
		},
	} {
		t.Run(name, func(t *testing.T) {
			nettest.TestConn(t, func() (net.Conn, net.Conn, func(), error) {
				a, b := make(t)
				return a, b, func() { a.Close(); b.Close() }, nil
			})
		})
	}
}

// sockPath is a path short enough for a socket.
func sockPath(t testing.TB) string {
	dir, err := os.MkdirTemp("", "s")
	require.NoError(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	return filepath.Join(dir, "s")
}

// TestModes shows what a receiver gets that must wait, in each mode.
func TestModes(t *testing.T) {
	c, p := pair(t, socket.SockStream)
	buf := make([]byte, 8)

	require.True(t, c.Blocking())
	_, ok := c.Timeout()
	require.False(t, ok)

	require.NoError(t, c.SetTimeout(time.Millisecond))
	d, ok := c.Timeout()
	require.True(t, ok)
	require.Equal(t, time.Millisecond, d)
	_, err := c.Recv(buf, 0)
	require.ErrorIs(t, err, os.ErrDeadlineExceeded)
	var ne net.Error
	require.ErrorAs(t, err, &ne)
	require.True(t, ne.Timeout())

	c.SetBlocking(false)
	require.False(t, c.Blocking())
	_, err = c.Recv(buf, 0)
	require.ErrorIs(t, err, socket.ErrWouldBlock)
	require.ErrorIs(t, err, syscall.EAGAIN)
	_, _, err = c.RecvFrom(buf, 0)
	require.ErrorIs(t, err, socket.ErrWouldBlock)

	c.SetBlocking(true)
	require.NoError(t, c.SetReadDeadline(time.Unix(1, 0)))
	_, err = c.Recv(buf, 0)
	require.ErrorIs(t, err, os.ErrDeadlineExceeded)
	require.NoError(t, c.SetReadDeadline(time.Time{}))

	require.NoError(t, p.SendAll([]byte("hello"), 0))
	n, err := c.Recv(buf, socket.MsgPeek)
	require.NoError(t, err)
	require.Equal(t, 5, n)
	n, err = c.Recv(buf, 0)
	require.NoError(t, err)
	require.Equal(t, "hello", string(buf[:n]))

	require.ErrorIs(t, c.SetTimeout(-1), socket.ErrTimeoutValue)
	require.ErrorIs(t, socket.SetDefaultTimeout(-1), socket.ErrTimeoutValue)
}

// TestTimeoutBoundsSendAll: the timeout is that of the whole, however many pieces the
// peer takes.
func TestTimeoutBoundsSendAll(t *testing.T) {
	c, _ := pair(t, socket.SockStream)
	require.NoError(t, c.SetTimeout(5*time.Millisecond))
	n, err := c.Write(make([]byte, 8<<20))
	require.ErrorIs(t, err, os.ErrDeadlineExceeded)
	require.Greater(t, n, 0)
	require.Less(t, n, 8<<20)
}

// TestDeadlineSurvivesTimeout: an operation's own time does not take the caller's
// deadline away, and the other way round.
func TestDeadlineSurvivesTimeout(t *testing.T) {
	c, _ := pair(t, socket.SockStream)
	require.NoError(t, c.SetReadDeadline(time.Now().Add(20*time.Millisecond)))
	require.NoError(t, c.SetTimeout(time.Millisecond))
	_, err := c.Recv(make([]byte, 1), 0)
	require.ErrorIs(t, err, os.ErrDeadlineExceeded)
	c.SetBlocking(true)
	_, err = c.Recv(make([]byte, 1), 0) // ends by the deadline, or hangs
	require.ErrorIs(t, err, os.ErrDeadlineExceeded)
}

// TestContext: the end of a context ends the one call, and the socket goes on.
func TestContext(t *testing.T) {
	c, p := pair(t, socket.SockStream)
	ctx, cancel := context.WithCancel(context.Background())
	errs := make(chan error)
	go func() {
		_, err := c.RecvContext(ctx, make([]byte, 1), 0)
		errs <- err
	}()
	cancel()
	require.ErrorIs(t, <-errs, context.Canceled)
	_, err := c.RecvContext(ctx, make([]byte, 1), 0)
	require.ErrorIs(t, err, context.Canceled)

	require.NoError(t, p.SendAllContext(context.Background(), []byte("x"), 0))
	n, err := c.RecvContext(context.Background(), make([]byte, 1), 0)
	require.NoError(t, err)
	require.Equal(t, 1, n)

	l, _ := server(t, loopback, nil)
	go func() {
		_, _, err := l.AcceptContext(ctx)
		errs <- err
	}()
	require.ErrorIs(t, <-errs, context.Canceled)
}

// TestCloseWakes: Close ends every waiting operation with net.ErrClosed, and later ones
// get it too.
func TestCloseWakes(t *testing.T) {
	c, p := pair(t, socket.SockStream)
	l, _ := server(t, loopback, nil)
	var wg sync.WaitGroup
	errs := make(chan error, 4)
	for range 2 {
		wg.Go(func() { _, err := c.Recv(make([]byte, 1), 0); errs <- err })
	}
	wg.Go(func() { _, err := p.Write(make([]byte, 8<<20)); errs <- err })
	wg.Go(func() { _, _, err := l.Accept(); errs <- err })
	require.NoError(t, l.Close())
	require.NoError(t, p.Close())
	require.NoError(t, c.Close())
	require.NoError(t, c.Close(), "a second Close does nothing")
	wg.Wait()
	for range 4 {
		err := <-errs
		if !errors.Is(err, io.EOF) && !errors.Is(err, syscall.ECONNRESET) { // the peer was first
			require.ErrorIs(t, err, net.ErrClosed)
		}
	}
	_, err := c.Recv(make([]byte, 1), 0)
	require.ErrorIs(t, err, net.ErrClosed)
	_, err = c.Option(socket.SolSocket, socket.SOType)
	require.ErrorIs(t, err, net.ErrClosed)
	require.ErrorIs(t, c.SetDeadline(time.Now()), net.ErrClosed)
	_, err = c.SyscallConn()
	require.ErrorIs(t, err, net.ErrClosed)
	require.Equal(t, -1, c.Fileno())
}

// TestConnect: refused, non-blocking, and to the wrong family.
func TestConnect(t *testing.T) {
	l, at := server(t, loopback, nil)
	l.Close() // nobody listens there any more
	c, err := socket.New(socket.AFInet, socket.SockStream, 0)
	require.NoError(t, err)
	defer c.Close()
	err = c.Connect(at)
	require.ErrorIs(t, err, syscall.ECONNREFUSED)
	var e *socket.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, "connect", e.Op)
	require.Equal(t, at, e.Addr)
	require.Contains(t, err.Error(), at.String())

	_, at = server(t, loopback, nil)
	n, err := socket.New(socket.AFInet, socket.SockStream, 0)
	require.NoError(t, err)
	defer n.Close()
	n.SetBlocking(false)
	if errno := n.ConnectEx(at); errno != 0 {
		require.Equal(t, syscall.EINPROGRESS, errno)
	}
	require.Eventually(t, func() bool { _, err := n.PeerName(); return err == nil }, 5*time.Second, time.Millisecond)
	require.NoError(t, n.SocketError())

	require.Error(t, n.Connect(nil))
	u, err := socket.New(socket.AFUnix, socket.SockStream, 0)
	require.NoError(t, err)
	defer u.Close()
	require.Equal(t, syscall.ENOENT, u.ConnectEx(socket.Unix{Name: "/no/such/socket"}))
}

// TestViews: the socket in the standard library's forms.
func TestViews(t *testing.T) {
	l, at := server(t, loopback, nil)
	ln := l.Listener()
	require.IsType(t, &net.TCPAddr{}, ln.Addr())
	srv := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "hello "+r.RemoteAddr[:9]) })}
	done := make(chan error, 1)
	go func() { done <- srv.Serve(ln) }()
	tr := &http.Transport{DialContext: (&socket.ConnectConfig{}).Dialer()}
	resp, err := (&http.Client{Transport: tr}).Get("http://" + at.String() + "/")
	require.NoError(t, err)
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.Equal(t, "hello 127.0.0.1", string(body))
	resp.Body.Close()
	tr.CloseIdleConnections()
	require.NoError(t, srv.Close())
	require.ErrorIs(t, <-done, http.ErrServerClosed)

	a, _ := datagrams(t, loopback)
	b, bAt := datagrams(t, loopback)
	pa, pb := a.PacketConn(), b.PacketConn()
	to, err := net.ResolveUDPAddr("udp", bAt.String())
	require.NoError(t, err)
	_, err = pa.WriteTo([]byte("x"), to)
	require.NoError(t, err)
	buf := make([]byte, 4)
	n, from, err := pb.ReadFrom(buf)
	require.NoError(t, err)
	require.Equal(t, 1, n)
	require.Equal(t, a.LocalAddr().String(), from.String())

	// A duplicate of a standard connection is a Socket, and the other way round.
	tl, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer tl.Close()
	s, err := socket.FromConn(tl.(*net.TCPListener))
	require.NoError(t, err)
	defer s.Close()
	require.Equal(t, socket.AFInet, s.Family())
	require.Equal(t, socket.SockStream, s.Type())
	require.Equal(t, tl.Addr().String(), s.LocalAddr().String())
	f, err := s.File()
	require.NoError(t, err)
	defer f.Close()
	again, err := net.FileListener(f)
	require.NoError(t, err)
	again.Close()
	d, err := s.Dup()
	require.NoError(t, err)
	defer d.Close()
	require.NotEqual(t, s.Fileno(), d.Fileno())
	fd, err := d.Detach()
	require.NoError(t, err)
	require.Equal(t, -1, d.Fileno())
	e, err := socket.FromFD(fd)
	require.NoError(t, err)
	require.NoError(t, e.Close())
	require.Error(t, socket.CloseFD(fd), "Close has closed it")

	yes, err := s.Inheritable()
	require.NoError(t, err)
	require.False(t, yes)
	require.NoError(t, s.SetInheritable(true))
	yes, err = s.Inheritable()
	require.NoError(t, err)
	require.True(t, yes)
}

func TestShutdown(t *testing.T) {
	c, p := connected(t, loopback)
	require.NoError(t, c.SendAll([]byte("last"), 0))
	require.NoError(t, c.CloseWrite())
	got, err := io.ReadAll(p)
	require.NoError(t, err)
	require.Equal(t, "last", string(got))
	require.NoError(t, p.SendAll([]byte("answer"), 0))
	buf := make([]byte, 16)
	n, err := c.Recv(buf, 0)
	require.NoError(t, err)
	require.Equal(t, "answer", string(buf[:n]))
	require.NoError(t, c.Shutdown(socket.ShutRDWR))
	_, err = c.Recv(buf, 0)
	require.Equal(t, io.EOF, err)
}

// TestLargeTransfer sends more than any buffer holds, in both directions at once.
func TestLargeTransfer(t *testing.T) {
	c, p := connected(t, loopback)
	data := make([]byte, 4<<20)
	_, err := rand.Read(data)
	require.NoError(t, err)
	var wg sync.WaitGroup
	for _, s := range []*socket.Socket{c, p} {
		wg.Go(func() {
			if err := s.SendAll(data, 0); err != nil {
				t.Error(err)
			}
		})
		wg.Go(func() {
			got := make([]byte, len(data))
			if _, err := io.ReadFull(s, got); err != nil || !bytes.Equal(got, data) {
				t.Error("not what was sent:", err)
			}
		})
	}
	wg.Wait()
}

func TestMakeFile(t *testing.T) {
	c, p := pair(t, socket.SockStream)
	f := c.MakeFile(nil)
	_, err := f.WriteString("one\r\ntwo\n")
	require.NoError(t, err)
	require.NoError(t, f.Flush())
	_, err = f.WriteString("\nlast")
	require.NoError(t, err)
	require.NoError(t, f.Close())
	require.NoError(t, c.CloseWrite())
	var got []string
	for line, err := range p.MakeFile(nil).Lines() {
		require.NoError(t, err)
		got = append(got, line)
	}
	require.Equal(t, []string{"one", "two", "", "last"}, got)

	c, p = pair(t, socket.SockStream)
	go c.SendAll([]byte(strings.Repeat("x", 100)+"\n"), 0)
	g := p.MakeFile(&socket.FileConfig{MaxLine: 64, ReadBuffer: 16, WriteBuffer: -1})
	_, err = g.ReadLine()
	require.ErrorIs(t, err, socket.ErrLineTooLong)
	_, err = g.ReadLine()
	require.ErrorIs(t, err, socket.ErrLineTooLong)
	_, err = g.Write([]byte("at once"))
	require.NoError(t, err)
	buf := make([]byte, 16)
	n, err := c.Recv(buf, 0)
	require.NoError(t, err)
	require.Equal(t, "at once", string(buf[:n]))
}
