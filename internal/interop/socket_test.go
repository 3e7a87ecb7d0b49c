//go:build interop && linux

package interop_test

import (
	"bufio"
	"fmt"
	"io"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/socket"
)

// program starts a Python program, which prints READY and a word when it may be talked to; it
// must end well by itself.
func program(t *testing.T, source string, args ...string) (word string) {
	t.Helper()
	cmd := bounded(t, "python3", append([]string{"-u", "-c", source}, args...)...)
	var errs strings.Builder
	cmd.Stderr = &errs
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() {
		if t.Failed() {
			cmd.Process.Kill()
		}
		if err := cmd.Wait(); err != nil {
			t.Errorf("Python: %v\n%s", err, errs.String())
		}
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err, errs.String())
	_, word, _ = strings.Cut(strings.TrimSpace(line), "READY ")
	return word
}

var here = socket.Inet{Addr: netip.MustParseAddr("127.0.0.1")}

// TestSocketTCP: a Go client of CPython's server, and the other way round.
func TestSocketTCP(t *testing.T) {
	port := program(t, `
import socket
s = socket.create_server(("127.0.0.1", 0))
print("READY", s.getsockname()[1])
c, _ = s.accept()
with c, c.makefile("rwb") as f:
    for line in f:
        f.write(line.upper()); f.flush()
`)
	c, err := socket.CreateConnection(t.Context(), "127.0.0.1", port, nil)
	require.NoError(t, err)
	defer c.Close()
	f := c.MakeFile(nil)
	for _, s := range []string{"one\n", "two\n"} {
		_, err := f.WriteString(s)
		require.NoError(t, err)
		require.NoError(t, f.Flush())
		line, err := f.ReadLine()
		require.NoError(t, err)
		require.Equal(t, strings.ToUpper(s), string(line))
	}
	require.NoError(t, c.CloseWrite())

	l, err := socket.CreateServer(here, nil)
	require.NoError(t, err)
	defer l.Close()
	at, err := l.SockName()
	require.NoError(t, err)
	program(t, `
import socket, sys
print("READY", 0)
with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as c:
    c.sendall(b"x" * 1000000)
    c.shutdown(socket.SHUT_WR)
    assert c.recv(100) == b"1000000"
`, fmt.Sprint(at.(socket.Inet).Port))
	p, _, err := l.Accept()
	require.NoError(t, err)
	defer p.Close()
	n, err := io.Copy(io.Discard, p)
	require.NoError(t, err)
	fmt.Fprint(p, n)
}

// TestSocketUDP: datagrams to CPython and back.
func TestSocketUDP(t *testing.T) {
	port := program(t, `
import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("127.0.0.1", 0))
print("READY", s.getsockname()[1])
for _ in range(20):
    d, a = s.recvfrom(2000)
    s.sendto(d[::-1], a)
`)
	infos, err := socket.GetAddrInfo(t.Context(), "127.0.0.1", port, socket.AddrInfoHints{Type: socket.SockDgram})
	require.NoError(t, err)
	s, err := socket.New(infos[0].Family, infos[0].Type, infos[0].Proto)
	require.NoError(t, err)
	defer s.Close()
	buf := make([]byte, 2000)
	for i := range 20 {
		_, err := s.SendTo([]byte(strings.Repeat("ab", i)), 0, infos[0].Addr)
		require.NoError(t, err)
		n, from, err := s.RecvFrom(buf, 0)
		require.NoError(t, err)
		require.Equal(t, strings.Repeat("ba", i), string(buf[:n]))
		require.Equal(t, infos[0].Addr, from)
	}
}

// TestSocketUnix: descriptors and credentials to CPython and back.
func TestSocketUnix(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s")
	program(t, `
import array, os, socket, struct, sys
s = socket.socket(socket.AF_UNIX)
s.bind(sys.argv[1]); s.listen()
print("READY", 0)
c, _ = s.accept()
pid, uid, gid = struct.unpack("3i", c.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
data, fds, flags, addr = socket.recv_fds(c, 100, 4)
assert data == b"pipe" and len(fds) == 1, (data, fds)
os.write(fds[0], b"%d %d" % (pid, uid))
os.close(fds[0])
r, w = os.pipe()
os.write(w, b"from Python"); os.close(w)
socket.send_fds(c, [b"another"], [r])
`, path)
	c, err := socket.New(socket.AFUnix, socket.SockStream, 0)
	require.NoError(t, err)
	defer c.Close()
	require.NoError(t, c.Connect(socket.Unix{Name: path}))
	cred, err := c.PeerCredentials()
	require.NoError(t, err)
	require.Equal(t, uint32(os.Getuid()), cred.UID)
	r, w, err := os.Pipe()
	require.NoError(t, err)
	defer r.Close()
	_, err = socket.SendFDs(c, [][]byte{[]byte("pipe")}, []int{int(w.Fd())}, 0, nil)
	require.NoError(t, err)
	w.Close()
	got, err := io.ReadAll(r)
	require.NoError(t, err)
	require.Equal(t, fmt.Sprintf("%d %d", os.Getpid(), os.Getuid()), string(got))

	buf := make([]byte, 100)
	n, fds, _, _, err := socket.RecvFDs(c, buf, 4, 0)
	require.NoError(t, err)
	require.Equal(t, "another", string(buf[:n]))
	require.Len(t, fds, 1)
	f := os.NewFile(uintptr(fds[0]), "received")
	defer f.Close()
	got, err = io.ReadAll(f)
	require.NoError(t, err)
	require.Equal(t, "from Python", string(got))
}

// TestSocketUnixDatagram: datagrams of Unix sockets, the abstract name of the sender included.
func TestSocketUnixDatagram(t *testing.T) {
	path := filepath.Join(t.TempDir(), "d")
	program(t, `
import socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind(sys.argv[1])
print("READY", 0)
d, a = s.recvfrom(100)
s.sendto(d + b" from " + a, a)
`, path)
	s, err := socket.New(socket.AFUnix, socket.SockDgram, 0)
	require.NoError(t, err)
	defer s.Close()
	name := fmt.Sprintf("\x00pynet-%d", os.Getpid())
	require.NoError(t, s.Bind(socket.Unix{Name: name}))
	_, err = s.SendTo([]byte("hello"), 0, socket.Unix{Name: path})
	require.NoError(t, err)
	buf := make([]byte, 200)
	n, from, err := s.RecvFrom(buf, 0)
	require.NoError(t, err)
	require.Equal(t, "hello from "+name, string(buf[:n]))
	require.Equal(t, socket.Unix{Name: path}, from)
}
