package client_test

import (
	"context"
	"errors"
	"io"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/httpx/client"
)

// server plays the other side on real sockets: for each connection one function.
func server(t testing.TB, conns ...func(c net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	var wg sync.WaitGroup
	wg.Go(func() {
		for _, f := range conns {
			c, err := l.Accept()
			if err != nil {
				return
			}
			wg.Go(func() {
				defer c.Close()
				c.SetDeadline(time.Now().Add(20 * time.Second))
				f(c)
			})
		}
	})
	t.Cleanup(func() { l.Close(); wg.Wait() })
	return l.Addr().String()
}

// says answers a request, whatever it is, with each of the replies in turn, then
// waits for the other side to close.
func says(replies ...string) func(net.Conn) {
	return func(c net.Conn) {
		b := make([]byte, 64<<10)
		for _, r := range replies {
			if n, err := c.Read(b); err != nil || n == 0 {
				return
			}
			io.WriteString(c, r)
		}
		io.Copy(io.Discard, c)
	}
}

// saysAndEnds closes its sending side after the reply.
func saysAndEnds(reply string) func(net.Conn) {
	return func(c net.Conn) {
		b := make([]byte, 64<<10)
		c.Read(b)
		io.WriteString(c, reply)
		c.(*net.TCPConn).CloseWrite()
		io.Copy(io.Discard, c)
	}
}

func dial(t testing.TB, addr string, cfg *client.Config) *client.Conn {
	t.Helper()
	c, err := client.New(addr, cfg)
	require.NoError(t, err)
	t.Cleanup(func() { c.Close() })
	return c
}

// get sends GET / and reads the header of the response.
func get(t testing.TB, c *client.Conn) (*client.Response, error) {
	t.Helper()
	if err := c.Request(t.Context(), "GET", "/", nil, nil); err != nil {
		return nil, err
	}
	return c.Response(t.Context())
}

// exchange has a server answer with reply, and returns the response.
func exchange(t testing.TB, reply string, cfg *client.Config) (*client.Response, error) {
	t.Helper()
	return get(t, dial(t, server(t, saysAndEnds(reply)), cfg))
}

// wire is a connection that only notes what is written.
type wire struct {
	net.Conn
	got []byte
}

func (w *wire) Write(p []byte) (int, error)    { w.got = append(w.got, p...); return len(p), nil }
func (*wire) Read([]byte) (int, error)         { return 0, io.EOF }
func (*wire) Close() error                     { return nil }
func (*wire) SetReadDeadline(time.Time) error  { return nil }
func (*wire) SetWriteDeadline(time.Time) error { return nil }
func (*wire) SetDeadline(time.Time) error      { return nil }

// noted returns a connection to nowhere and what it writes.
func noted(t testing.TB, host string, cfg client.Config) (*client.Conn, *wire) {
	t.Helper()
	w := &wire{}
	cfg.Dial = func(context.Context, string, string) (net.Conn, error) { return w, nil }
	c, err := client.New(host, &cfg)
	require.NoError(t, err)
	return c, w
}

var errBody = errors.New("the body broke")
