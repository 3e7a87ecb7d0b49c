package server_test

import (
	"crypto/tls"
	"io"
	"log/slog"
	"net"
	"net/http/httptest"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/httpx/server"
	"github.com/pynet-go/pynet/socketserver"
)

// In EventLoop a connection that rests between its requests holds no goroutine, with TLS
// neither, and goes on when it is used again.
func TestEventLoopRests(t *testing.T) {
	cert := httptest.NewUnstartedServer(nil)
	cert.StartTLS()
	defer cert.Close()
	for name, config := range map[string]*tls.Config{"plain": nil, "TLS": {Certificates: cert.TLS.Certificates}} {
		t.Run(name, func(t *testing.T) {
			addr := start(t, &server.Server{Handler: echo, TLS: config, Logger: slog.New(slog.DiscardHandler)}, socketserver.EventLoop{})
			ask := func(c net.Conn) {
				io.WriteString(c, "GET /x HTTP/1.1\r\nHost: h\r\n\r\n")
				b := make([]byte, 4096)
				n, err := c.Read(b)
				require.NoError(t, err)
				assert.Contains(t, string(b[:n]), "GET /x")
			}
			conns := make([]net.Conn, 60)
			for i := range conns {
				c, err := net.Dial("tcp", addr)
				require.NoError(t, err)
				defer c.Close()
				if config != nil {
					c = tls.Client(c, &tls.Config{InsecureSkipVerify: true})
				}
				ask(c)
				conns[i] = c
			}
			for end := time.Now().Add(10 * time.Second); runtime.NumGoroutine() >= len(conns) && time.Now().Before(end); {
				runtime.Gosched() // the handlers return
			}
			assert.Less(t, runtime.NumGoroutine(), len(conns))
			for _, c := range conns {
				ask(c)
			}
		})
	}
}
