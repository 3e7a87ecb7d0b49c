//go:build interop && linux

package interop_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/socket"
	"github.com/pynet-go/pynet/socketserver"
	"github.com/pynet-go/pynet/tlsutil"
)

// pyTLSClient opens connections of both versions, some in pieces, all at rest at once, and
// ends TLS in order.
const pyTLSClient = `
import socket, ssl, sys
port, ca = int(sys.argv[1]), sys.argv[2]
print("READY", 0)
def context(v):
    c = ssl.create_default_context(cafile=ca + "/ca.pem")
    c.minimum_version = c.maximum_version = v
    c.load_cert_chain(ca + "/client.pem", ca + "/client.key")
    return c
cs = []
for i in range(20):
    raw = socket.create_connection(("127.0.0.1", port), 20)
    cs.append(context([ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3][i % 2]).wrap_socket(raw, server_hostname="localhost"))
for turn in range(3):
    for i, c in enumerate(cs):
        c.sendall(b"part ")
    for i, c in enumerate(cs):
        c.sendall(b"two %d\n" % i)
    for i, c in enumerate(cs):
        want = b"part two %d\n" % i
        got = b""
        while len(got) < len(want):
            d = c.recv(100)
            assert d, (turn, i, got)
            got += d
        assert got == want, (got, want)
big = b"x" * 300000 + b"\n"
cs[0].sendall(big)
got = b""
while not got.endswith(b"\n"):
    d = cs[0].recv(65536)
    assert d, len(got)
    got += d
assert got == big
for c in cs:
    raw = c.unwrap()
    assert raw.recv(1) == b""
# What is no TLS is answered by an alert, or an end.
raw = socket.create_connection(("127.0.0.1", port), 20)
raw.sendall(b"GET / HTTP/1.0\r\n\r\n")
assert raw.recv(100)[:1] in (b"", b"\x15")
`

// TestSocketserverTLS: OpenSSL and CPython as clients of each model's TLS.
func TestSocketserverTLS(t *testing.T) {
	dir := certs(t)
	sc := tlsServer(t, "server")
	require.NoError(t, sc.LoadVerifyLocations(filepath.Join(dir, "ca.pem"), "", nil))
	require.NoError(t, sc.SetVerifyMode(tlsutil.CertOptional))
	require.NoError(t, sc.SetALPNProtocols([]string{"line"}))
	cfg, err := sc.ServerConfig()
	require.NoError(t, err)
	lines := socketserver.Stream(socketserver.StreamHandlerFunc(func(_ context.Context, s *socketserver.StreamConn) error {
		s.MaxLine = 1 << 20
		for line, err := range s.Lines() {
			if err != nil {
				return err
			}
			if _, err := fmt.Fprintf(s, "%s\n", line); err != nil {
				return err
			}
		}
		return nil
	}))
	for name, m := range map[string]socketserver.Model{"threading": socketserver.Threading{}, "eventloop": socketserver.EventLoop{}} {
		t.Run(name, func(t *testing.T) {
			s := &socketserver.Server{Addr: here, Model: m, TLS: cfg, Handler: lines, HandleError: func(context.Context, socket.Addr, error) {}}
			require.NoError(t, s.Activate())
			go s.ServeForever(context.Background())
			t.Cleanup(func() { require.NoError(t, s.Close()) })
			port := s.LocalAddr().(socket.Inet).Port
			t.Run("python", func(t *testing.T) { program(t, pyTLSClient, fmt.Sprint(port), dir) })
			for _, v := range []string{"-tls1_2", "-tls1_3"} {
				out := sClient(t, fmt.Sprint("127.0.0.1:", port), v, "-alpn", "line", "-CAfile", dir+"/ca.pem", "-verify_return_error", "-servername", "localhost", "-cert", dir+"/client.pem", "-key", dir+"/client.key")
				assert.Contains(t, out, "hello", v)
				assert.Contains(t, out, "ALPN protocol: line", v)
			}
		})
	}
}
