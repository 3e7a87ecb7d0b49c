//go:build !race

package client_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/httpx/client"
)

// canned answers each request the same, in memory.
type canned struct {
	wire
	left int
}

var cannedAnswer = []byte("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nDate: x\r\nServer: y\r\nContent-Length: 13\r\n\r\nHello, World!")

func (c *canned) Write(p []byte) (int, error) { c.left = len(cannedAnswer); return len(p), nil }
func (c *canned) Read(p []byte) (int, error) {
	if c.left == 0 {
		return 0, io.EOF
	}
	n := copy(p, cannedAnswer[len(cannedAnswer)-c.left:])
	c.left -= n
	return n, nil
}

// A request on a connection that is kept allocates the response, its text, and little
// else.
func TestAllocations(t *testing.T) {
	pool := &client.Pool{Config: &client.Config{Dial: func(context.Context, string, string) (net.Conn, error) { return &canned{}, nil }}}
	defer pool.Close()
	buf := make([]byte, 100)
	n := testing.AllocsPerRun(200, func() {
		r, err := pool.Do(context.Background(), "GET", "http://example.org/index.html", nil, nil)
		require.NoError(t, err)
		n, err := io.ReadFull(r, buf[:13])
		require.NoError(t, err)
		require.Equal(t, 13, n)
	})
	assert.LessOrEqual(t, n, 5.0)

	req, err := http.NewRequest("GET", "http://example.org/index.html", nil)
	require.NoError(t, err)
	n = testing.AllocsPerRun(200, func() {
		r, err := pool.RoundTrip(req)
		require.NoError(t, err)
		io.ReadFull(r.Body, buf[:13])
		r.Body.Close()
	})
	assert.LessOrEqual(t, n, 10.0)
}
