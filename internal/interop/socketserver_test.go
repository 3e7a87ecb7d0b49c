//go:build interop && linux

package interop_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/selectors"
	"github.com/pynet-go/pynet/socket"
	"github.com/pynet-go/pynet/socketserver"
)

// pyLineServer serves upper-case lines with the given class of server, for two connections,
// or two datagrams.
const pyLineServer = `
import socketserver, sys
class Lines(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            self.wfile.write(line.upper())
class Gram(socketserver.DatagramRequestHandler):
    def handle(self):
        self.wfile.write(self.rfile.read().upper())
kind, path = sys.argv[1], sys.argv[2]
addr = path if "Unix" in kind else ("127.0.0.1", 0)
with getattr(socketserver, kind)(addr, Gram if "Datagram" in kind or "UDP" in kind else Lines) as s:
    print("READY", s.server_address if "Unix" in kind else s.server_address[1])
    s.handle_request(); s.handle_request()
`

// TestSocketserverPythonServers: Go's clients of CPython's servers; a selector waits for the
// answers.
func TestSocketserverPythonServers(t *testing.T) {
	for _, kind := range []string{"ThreadingTCPServer", "ForkingTCPServer", "UDPServer", "ThreadingUnixStreamServer", "UnixDatagramServer"} {
		t.Run(kind, func(t *testing.T) {
			dir := t.TempDir()
			at := program(t, pyLineServer, kind, filepath.Join(dir, "s"))
			sel, err := selectors.New()
			require.NoError(t, err)
			defer sel.Close()
			for i := range 2 {
				var c *socket.Socket
				family, typ := socket.AFInet, socket.SockStream
				if strings.Contains(kind, "Unix") {
					family = socket.AFUnix
				}
				if strings.Contains(kind, "UDP") || strings.Contains(kind, "Datagram") {
					typ = socket.SockDgram
				}
				c, err = socket.New(family, typ, 0)
				require.NoError(t, err)
				defer c.Close()
				if family == socket.AFUnix {
					if typ == socket.SockDgram {
						require.NoError(t, c.Bind(socket.Unix{Name: filepath.Join(dir, fmt.Sprint("c", i))}))
					}
					require.NoError(t, c.Connect(socket.Unix{Name: at}))
				} else {
					var port uint16
					fmt.Sscan(at, &port)
					require.NoError(t, c.Connect(socket.Inet{Addr: here.Addr, Port: port}))
				}
				_, err = io.WriteString(c, "hello\n")
				require.NoError(t, err)
				_, err = sel.Register(c, selectors.Read, i)
				require.NoError(t, err)
				ready, err := sel.Select(t.Context(), 20*time.Second)
				require.NoError(t, err)
				require.Len(t, ready, 1)
				buf := make([]byte, 100)
				n, err := c.Read(buf)
				require.NoError(t, err)
				require.Equal(t, "HELLO\n", string(buf[:n]))
				_, err = sel.Unregister(c)
				require.NoError(t, err)
				c.Close()
			}
		})
	}
}

// pyClient talks to a server of ours with several connections at once, by its own selector,
// and with datagrams.
const pyClient = `
import selectors, socket, sys
kind, at = sys.argv[1], sys.argv[2]
print("READY", 0)
unix = kind.startswith("unix")
fam = socket.AF_UNIX if unix else socket.AF_INET
addr = at if unix else ("127.0.0.1", int(at))
if kind.endswith("gram"):
    c = socket.socket(fam, socket.SOCK_DGRAM)
    if unix: c.bind(at + ".client")
    c.settimeout(20)
    for i in range(5):
        c.sendto(b"hello %d" % i, addr)
        d, _ = c.recvfrom(100)
        assert d == b"HELLO %d" % i, d
    sys.exit()
s = selectors.DefaultSelector()
for i in range(10):
    c = socket.socket(fam, socket.SOCK_STREAM)
    c.connect(addr)
    c.sendall(b"part ")
    s.register(c, selectors.EVENT_READ, i)
for k in s.get_map().values(): k.fileobj.sendall(b"two %d\nsecond\n" % k.data)
got = {}
while s.get_map():
    for k, _ in s.select(20):
        d = k.fileobj.recv(100)
        got[k.data] = got.get(k.data, b"") + d
        if got[k.data].count(b"\n") == 2:
            assert got[k.data] == b"PART TWO %d\nSECOND\n" % k.data, got
            s.unregister(k.fileobj); k.fileobj.close()
`

// TestSocketserverPythonClients: CPython's clients of our servers, in each model.
func TestSocketserverPythonClients(t *testing.T) {
	lines := socketserver.ConnHandlerFunc(func(_ context.Context, c *socketserver.Conn) (socketserver.Next, error) {
		line, err := c.Reader().ReadSlice('\n')
		if err != nil {
			return socketserver.Close, nil
		}
		_, err = c.Writer().Write(bytes.ToUpper(line))
		return socketserver.Idle, err
	})
	grams := socketserver.DatagramHandlerFunc(func(_ context.Context, d *socketserver.Datagram) error {
		_, err := d.Write(bytes.ToUpper(d.Data))
		return err
	})
	for name, m := range map[string]socketserver.Model{"threading": socketserver.Threading{}, "eventloop": socketserver.EventLoop{}} {
		for _, kind := range []string{"tcp", "unix", "udpgram", "unixgram"} {
			t.Run(name+"/"+kind, func(t *testing.T) {
				s := &socketserver.Server{Addr: here, Model: m}
				if strings.HasPrefix(kind, "unix") {
					s.Addr = socket.Unix{Name: filepath.Join(t.TempDir(), "s")}
				}
				if strings.HasSuffix(kind, "gram") {
					s.DatagramHandler = grams
				} else {
					s.Handler = lines
				}
				require.NoError(t, s.Activate())
				go s.ServeForever(context.Background())
				t.Cleanup(func() { require.NoError(t, s.Close()) })
				at := ""
				switch a := s.LocalAddr().(type) {
				case socket.Inet:
					at = fmt.Sprint(a.Port)
				case socket.Unix:
					at = a.Name
				}
				t.Run("client", func(t *testing.T) { program(t, pyClient, kind, at) })
			})
		}
	}
}

// TestSocketserverAsyncio: CPython's asyncio as the client of the event loop, with pipelined
// requests and half-closed connections.
func TestSocketserverAsyncio(t *testing.T) {
	s := &socketserver.Server{Addr: here, Model: socketserver.EventLoop{}, Handler: socketserver.Stream(socketserver.StreamHandlerFunc(func(_ context.Context, s *socketserver.StreamConn) error {
		n := 0
		for _, err := range s.Lines() {
			if err != nil {
				return err
			}
			n++
		}
		_, err := fmt.Fprintln(s, n)
		return err
	}))}
	require.NoError(t, s.Activate())
	go s.ServeForever(context.Background())
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	t.Run("client", func(t *testing.T) {
		program(t, `
import asyncio, sys
print("READY", 0)
async def one(i):
    r, w = await asyncio.open_connection("127.0.0.1", int(sys.argv[1]))
    for _ in range(i): w.write(b"line\n")
    w.write_eof()
    assert await r.readline() == b"%d\n" % i
    assert await r.read() == b""
    w.close()
async def main(): await asyncio.wait_for(asyncio.gather(*(one(i) for i in range(100))), 30)
asyncio.run(main())
`, fmt.Sprint(s.LocalAddr().(socket.Inet).Port))
	})
}
