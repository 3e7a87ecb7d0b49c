//go:build unix

package socket_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/socket"
)

// The tests here are named after cases of known attacks on socket modules.

// SOCK-01, SOCK-02: a length beyond the buffer writes past its end.
func TestSecSOCK01RecvIntoLength(t *testing.T) {
	a, at := datagrams(t, loopback)
	b, _ := datagrams(t, loopback)
	backing := make([]byte, 64)
	for _, n := range []int{17, 1024, -1} {
		_, _, err := a.RecvFromInto(backing[:16], n, 0)
		require.Error(t, err)
		_, err = a.RecvInto(backing[:16], n, 0)
		require.Error(t, err)
	}
	_, err := b.SendTo([]byte(strings.Repeat("x", 512)), 0, at)
	require.NoError(t, err)
	n, _, err := a.RecvFromInto(backing[:16], 0, 0)
	require.NoError(t, err)
	require.Equal(t, 16, n)
	require.Equal(t, make([]byte, 48), backing[16:], "nothing beyond the buffer")
}

// SOCK-03: never more of a file than was asked for, however slowly the peer reads.
func TestSecSOCK03SendFileCount(t *testing.T) {
	f, err := os.CreateTemp(t.TempDir(), "")
	require.NoError(t, err)
	defer f.Close()
	_, err = f.WriteString("AAAASECRET")
	require.NoError(t, err)
	c, p := connected(t, loopback)
	n, err := c.SendFile(f, 0, 4)
	require.NoError(t, err)
	require.Equal(t, int64(4), n)
	c.CloseWrite()
	var got []byte
	one := make([]byte, 1)
	for {
		if _, err := p.Recv(one, 0); err == io.EOF {
			break
		} else {
			require.NoError(t, err)
		}
		got = append(got, one[0])
	}
	require.Equal(t, "AAAA", string(got))
}

// SOCK-04: a count beyond 2 GiB does not overflow.
func TestSecSOCK04HugeCount(t *testing.T) {
	f, err := os.CreateTemp(t.TempDir(), "")
	require.NoError(t, err)
	defer f.Close()
	_, err = f.WriteString("short")
	require.NoError(t, err)
	c, _ := connected(t, loopback)
	for _, count := range []int64{1 << 40, 1<<63 - 1, 1 << 31, 1 << 32} {
		n, err := c.SendFile(f, 0, count)
		require.NoError(t, err)
		require.Equal(t, int64(5), n)
	}
}

// tellsDone is a context that tells when its Done is asked for the first time: the operation
// has taken its arguments by then.
type tellsDone struct {
	context.Context
	once  sync.Once
	asked chan struct{}
}

func (c *tellsDone) Done() <-chan struct{} {
	c.once.Do(func() { close(c.asked) })
	return c.Context.Done()
}

// SOCK-05: changing the list of buffers during a call has no effect on it.
func TestSecSOCK05BufferList(t *testing.T) {
	a, b := pair(t, socket.SockDgram)
	ctx := &tellsDone{Context: t.Context(), asked: make(chan struct{})}
	bufs := [][]byte{make([]byte, 4), make([]byte, 4)}
	first, second := bufs[0], bufs[1]
	var wg sync.WaitGroup
	wg.Go(func() {
		m, err := b.RecvMsgContext(ctx, bufs, 0, 0)
		if err != nil || m.N != 8 {
			t.Error("RecvMsg:", m, err)
		}
	})
	<-ctx.asked
	bufs[0], bufs[1] = nil, make([]byte, 1)
	_, err := a.SendMsg([][]byte{[]byte("01234567")}, nil, 0, nil)
	require.NoError(t, err)
	wg.Wait()
	require.Equal(t, "01234567", string(first)+string(second))
}

// openFDs counts this process's descriptors.
func openFDs(t *testing.T) int {
	t.Helper()
	dir, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Skip("no /proc:", err)
	}
	return len(dir)
}

// SOCK-06: descriptors beyond those asked for are closed, and the loss is told.
func TestSecSOCK06SurplusDescriptors(t *testing.T) {
	a, b := pair(t, socket.SockStream)
	f, err := os.CreateTemp(t.TempDir(), "")
	require.NoError(t, err)
	defer f.Close()
	fds := make([]int, 64)
	for i := range fds {
		fds[i] = int(f.Fd())
	}
	_, err = socket.SendFDs(a, [][]byte{{1}}, fds, 0, nil)
	require.NoError(t, err)
	before := openFDs(t)
	_, got, flags, _, err := socket.RecvFDs(b, make([]byte, 1), 1, 0)
	require.NoError(t, err)
	require.Len(t, got, 1)
	require.NotZero(t, flags&socket.MsgCtrunc)
	require.LessOrEqual(t, openFDs(t), before+1)
	require.NoError(t, socket.CloseFD(got[0]))

	_, err = socket.SendFDs(a, [][]byte{{1}}, fds, 0, nil)
	require.NoError(t, err)
	m, err := b.RecvMsg([][]byte{make([]byte, 1)}, 4096, 0)
	require.NoError(t, err)
	require.Len(t, m.FDs(), 64)
	m.CloseFDs()
	require.LessOrEqual(t, openFDs(t), before)
}

// SOCK-10: what no path can be is refused, and no file of another kind is removed.
func TestSecSOCK10UnixPaths(t *testing.T) {
	for _, name := range []string{"run/x\x00y", strings.Repeat("p", 200), "a\x00"} {
		s, err := socket.New(socket.AFUnix, socket.SockStream, 0)
		require.NoError(t, err)
		defer s.Close()
		require.Error(t, s.Bind(socket.Unix{Name: name}))
		require.Error(t, s.Connect(socket.Unix{Name: name}))
	}
	dir := filepath.Dir(sockPath(t))
	file := filepath.Join(dir, "file")
	require.NoError(t, os.WriteFile(file, []byte("precious"), 0o600))
	_, err := socket.CreateServer(socket.Unix{Name: file}, &socket.ServerConfig{Unlink: true})
	require.ErrorIs(t, err, syscall.EADDRINUSE)
	link := filepath.Join(dir, "link")
	require.NoError(t, os.Symlink(file, link))
	_, err = socket.CreateServer(socket.Unix{Name: link}, &socket.ServerConfig{Unlink: true})
	require.ErrorIs(t, err, syscall.EADDRINUSE)
	got, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, "precious", string(got))

	// One's own file goes with Close, but not one that another put in its place.
	path := filepath.Join(dir, "own")
	s, err := socket.CreateServer(socket.Unix{Name: path}, &socket.ServerConfig{Unlink: true})
	require.NoError(t, err)
	_, err = socket.CreateServer(socket.Unix{Name: path}, &socket.ServerConfig{Unlink: true})
	require.ErrorIs(t, err, syscall.EADDRINUSE, "somebody listens there")
	require.NoError(t, s.Close())
	require.NoFileExists(t, path)
	s, err = socket.CreateServer(socket.Unix{Name: path}, &socket.ServerConfig{Unlink: true})
	require.NoError(t, err)
	require.NoError(t, os.Remove(path))
	require.NoError(t, os.WriteFile(path, nil, 0o600))
	require.NoError(t, s.Close())
	require.FileExists(t, path)
	require.NoError(t, os.Remove(path))

	// A stale one, on which nobody listens, is replaced.
	stale, err := socket.CreateServer(socket.Unix{Name: path}, nil)
	require.NoError(t, err)
	require.NoError(t, stale.Close())
	require.FileExists(t, path)
	s, err = socket.CreateServer(socket.Unix{Name: path}, &socket.ServerConfig{Unlink: true})
	require.NoError(t, err)
	require.NoError(t, s.Close())
}

// SOCK-12: nobody else gets at a port that is taken.
func TestSecSOCK12PortSharing(t *testing.T) {
	_, at := datagrams(t, loopback)
	s, err := socket.New(socket.AFInet, socket.SockDgram, 0)
	require.NoError(t, err)
	defer s.Close()
	require.ErrorIs(t, s.Bind(at), syscall.EADDRINUSE)
	_, at = server(t, loopback, nil)
	_, err = socket.CreateServer(at, nil)
	require.ErrorIs(t, err, syscall.EADDRINUSE)
}

// SOCK-13: sharing a port has no meaning for AFUnix and does not keep a server from
// starting.
func TestSecSOCK13ReusePortUnix(t *testing.T) {
	_, at := server(t, socket.Unix{Name: sockPath(t)}, &socket.ServerConfig{ReusePort: true})
	s, err := socket.New(socket.AFUnix, socket.SockStream, 0)
	require.NoError(t, err)
	defer s.Close()
	require.NoError(t, s.Connect(at))
}

// SOCK-14: control characters in hosts, services and zones reach no resolver.
func TestSecSOCK14Controls(t *testing.T) {
	dns := &fakeDNS{hosts: map[string][]string{}}
	l := socket.Lookup{Resolver: dns}
	for c := range 0x20 {
		bad := "a" + string(rune(c)) + "b"
		_, err := l.GetAddrInfo(context.Background(), bad, "80", socket.AddrInfoHints{})
		require.Error(t, err)
		_, err = l.GetAddrInfo(context.Background(), "127.0.0.1", bad, socket.AddrInfoHints{})
		require.Error(t, err)
		_, err = l.GetAddrInfo(context.Background(), "fe80::1%"+bad, "80", socket.AddrInfoHints{})
		require.Error(t, err)
		_, err = l.GetHostByName(context.Background(), bad)
		require.Error(t, err)
		require.NotContains(t, err.Error(), bad)
		_, err = socket.IfNameToIndex(bad)
		require.Error(t, err)
		require.Error(t, socket.SetHostName(bad))
	}
	require.Empty(t, dns.asked)
}

// SOCK-15: the IPv4 peer of a dual-stack server is shown as the IPv4 address it is.
func TestSecSOCK15DualStack(t *testing.T) {
	if !socket.HasDualStackIPv6() {
		t.Skip("no dual-stack sockets")
	}
	l, at := server(t, socket.Inet6{}, &socket.ServerConfig{DualStack: true})
	c, err := socket.New(socket.AFInet, socket.SockStream, 0)
	require.NoError(t, err)
	defer c.Close()
	require.NoError(t, c.Connect(socket.Inet{Addr: loopback.Addr, Port: at.(socket.Inet6).Port}))
	p, err := l.Listener().Accept()
	require.NoError(t, err)
	defer p.Close()
	require.Equal(t, c.LocalAddr().String(), p.RemoteAddr().String())
	_, err = socket.CreateServer(loopback, &socket.ServerConfig{DualStack: true})
	require.ErrorIs(t, err, socket.ErrDualStack)
}

// SOCK-16: numbers and names of interfaces out of range.
func TestSecSOCK16Interfaces(t *testing.T) {
	for _, n := range []int{-1, 0, int(^uint(0) >> 1), 1 << 30} {
		_, err := socket.IfIndexToName(n)
		require.Error(t, err)
	}
	for _, name := range []string{"", strings.Repeat("e", 16), strings.Repeat("e", 1000), "no-such-if"} {
		_, err := socket.IfNameToIndex(name)
		require.Error(t, err)
	}
}

// SOCK-19: the length that is told is never beyond the buffer.
func TestSecSOCK19Truncated(t *testing.T) {
	a, at := datagrams(t, loopback)
	b, _ := datagrams(t, loopback)
	buf := make([]byte, 10)
	for _, flags := range []socket.MsgFlag{socket.MsgTrunc, socket.MsgTrunc | socket.MsgPeek} {
		_, err := b.SendTo(make([]byte, 2000), 0, at)
		require.NoError(t, err)
		m, err := a.RecvMsg([][]byte{buf}, 0, flags)
		require.NoError(t, err)
		require.Equal(t, 10, m.N)
		require.Equal(t, 2000, m.Full)
		require.NotZero(t, m.Flags&socket.MsgTrunc)
	}
	n, err := a.Recv(buf, socket.MsgTrunc)
	require.NoError(t, err)
	require.Equal(t, 10, n)
}

// SOCK-20: a policy sees the address that is really dialled, and what was looked up is
// what is dialled.
func TestSecSOCK20Rebinding(t *testing.T) {
	_, at := server(t, loopback, nil)
	port := at.(socket.Inet).AddrPort().Port()
	dns := &rebinding{answers: []string{"192.0.2.34", "127.0.0.1"}}
	refused := errors.New("an internal address")
	var seen []string
	cfg := &socket.ConnectConfig{
		Lookup: socket.Lookup{Resolver: dns},
		Control: func(_ context.Context, a socket.Addr, _ *socket.Socket) error {
			seen = append(seen, a.(socket.Inet).Addr.String())
			return refused
		},
	}
	service := netip.AddrPortFrom(loopback.Addr, port).String()[len("127.0.0.1:"):]
	for _, want := range dns.answers {
		_, err := socket.CreateConnection(context.Background(), "rebind.example", service, cfg)
		require.ErrorIs(t, err, refused)
		require.Equal(t, want, seen[len(seen)-1])
	}
	require.Len(t, seen, 2)
}

// rebinding answers otherwise each time.
type rebinding struct {
	fakeDNS
	answers []string
	n       int
}

func (r *rebinding) LookupNetIP(context.Context, string, string) ([]netip.Addr, error) {
	a := r.answers[r.n%len(r.answers)]
	r.n++
	return []netip.Addr{netip.MustParseAddr(a)}, nil
}

// IP-02: a host in a form that only C libraries read as an address is not resolved.
func TestSecIP02LegacyForms(t *testing.T) {
	dns := &fakeDNS{}
	l := socket.Lookup{Resolver: dns}
	for _, host := range []string{"127.1", "0x7f.1", "2130706433", "017700000001", "0x7f000001", "127.0.0.01", "1.2.3.4.5"} {
		_, err := l.GetAddrInfo(context.Background(), host, "80", socket.AddrInfoHints{})
		require.Error(t, err, host)
	}
	require.Empty(t, dns.asked)
}

// what a peer chose is escaped in errors.
func TestSecX04QuotedErrors(t *testing.T) {
	err := &socket.Error{Op: "connect", Addr: socket.Unix{Name: "\x00\x1b[2J\r\n"}, Err: net.ErrClosed}
	require.NotContains(t, err.Error(), "\x1b")
	require.NotContains(t, err.Error(), "\n")
	_, e := socket.Lookup{Resolver: &fakeDNS{err: errors.New("bad \x1b[2J\n")}}.GetAddrInfo(context.Background(), "h.example", "80", socket.AddrInfoHints{})
	require.Error(t, e)
	require.NotContains(t, e.Error(), "\x1b")
}

// names that cost much to convert, or that have two spellings.
func TestSecX08LongNames(t *testing.T) {
	dns := &fakeDNS{hosts: map[string][]string{"google.com": {"192.0.2.1"}, "ab.com": {"192.0.2.2"}, "ex.com": {"192.0.2.3"}}}
	l := socket.Lookup{Resolver: dns}
	start := time.Now()
	for _, host := range []string{"xn--016c" + strings.Repeat("a", 70000), strings.Repeat("\u200d", 65536) + ".com", strings.Repeat("a", 64) + ".example", strings.Repeat("a.", 200)} {
		_, err := l.GetAddrInfo(context.Background(), host, "80", socket.AddrInfoHints{})
		require.Error(t, err)
		require.Less(t, len(err.Error()), 1000)
	}
	require.Less(t, time.Since(start), 5*time.Second)
	require.Empty(t, dns.asked)
}

func TestSecX09ACE(t *testing.T) {
	dns := &fakeDNS{hosts: map[string][]string{"example.com": {"192.0.2.1"}}}
	for _, host := range []string{"xn--example-.com", "xn--a", "xn--\u00e9"} {
		_, err := socket.Lookup{Resolver: dns}.GetAddrInfo(context.Background(), host, "80", socket.AddrInfoHints{})
		require.Error(t, err, host)
	}
	require.Empty(t, dns.asked)
}

func TestSecX11Mapping(t *testing.T) {
	dns := &fakeDNS{hosts: map[string][]string{"google.com": {"192.0.2.1"}, "ab.com": {"192.0.2.2"}, "ex.com": {"192.0.2.3"}}}
	for host, want := range map[string]string{"ⓖoogle.com": "192.0.2.1", "a\u00adb.com": "192.0.2.2", "ex\u3002com": "192.0.2.3"} {
		ip, err := socket.Lookup{Resolver: dns}.GetHostByName(context.Background(), host)
		require.NoError(t, err, host)
		require.Equal(t, want, ip.String())
	}
}

// a name server's answer that is no host name is not passed on.
func TestSecX12UnsoundNames(t *testing.T) {
	dns := &fakeDNS{names: map[string][]string{"192.0.2.1": {`"><img src=x>.example.`, "two words.example."}}}
	l := socket.Lookup{Resolver: dns}
	_, err := l.GetHostByAddr(context.Background(), "192.0.2.1")
	var herr *socket.HError
	require.ErrorAs(t, err, &herr)
	host, _, err := l.GetNameInfo(context.Background(), socket.Inet{Addr: netip.MustParseAddr("192.0.2.1")}, 0)
	require.NoError(t, err)
	require.Equal(t, "192.0.2.1", host)
	require.NotContains(t, l.GetFQDN(context.Background(), "192.0.2.1"), "<")
}
