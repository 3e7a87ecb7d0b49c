package client_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/httpx"
	"github.com/pynet-go/pynet/httpx/client"
)

// A request that waits for room gets the connection of the one before, not another.
func TestPoolHandsOver(t *testing.T) {
	var opened atomic.Int32
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "hello") }))
	s.Config.ConnState = func(_ net.Conn, st http.ConnState) {
		if st == http.StateNew {
			opened.Add(1)
		}
	}
	s.Start()
	defer s.Close()
	p := &client.Pool{MaxPerHost: 1}
	defer p.Close()
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			resp, err := p.Do(t.Context(), "GET", s.URL, nil, nil)
			if assert.NoError(t, err) {
				_, err = resp.ReadAll()
				assert.NoError(t, err)
			}
		})
	}
	wg.Wait()
	assert.Equal(t, int32(1), opened.Load())
}

// A request that waits for room when the pool is closed is not sent.
func TestPoolCloseWhileWaiting(t *testing.T) {
	var asked atomic.Int32
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		w.(http.Flusher).Flush()
		if r.URL.Path == "/first" {
			<-r.Context().Done()
		}
	}))
	defer s.Close()
	p := &client.Pool{MaxPerHost: 1}
	first, err := p.Do(t.Context(), "GET", s.URL+"/first", nil, nil)
	require.NoError(t, err)
	done := make(chan error, 1)
	go func() {
		resp, err := p.Do(t.Context(), "GET", s.URL+"/second", nil, nil)
		if err == nil {
			resp.Close()
		}
		done <- err
	}()
	for p.Waiting() == 0 {
		runtime.Gosched()
	}
	p.Close()
	assert.ErrorIs(t, <-done, net.ErrClosed)
	first.Close()
	assert.Equal(t, int32(1), asked.Load())
}

// A context that has ended is not forgotten because of a timeout that begins after.
func TestContextBeforeTimeout(t *testing.T) {
	addr := server(t, says("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab"))
	c := dial(t, addr, &client.Config{Timeout: 15 * time.Second})
	ctx, cancel := context.WithCancel(t.Context())
	require.NoError(t, c.Request(ctx, "GET", "/", nil, nil))
	r, err := c.Response(ctx)
	require.NoError(t, err)
	b := make([]byte, 2)
	_, err = io.ReadFull(r, b)
	require.NoError(t, err)
	cancel()
	for !c.Ended() { // the watch has done its work
		runtime.Gosched()
	}
	begin := time.Now()
	_, err = r.Read(b)
	assert.ErrorIs(t, err, context.Canceled)
	assert.Less(t, time.Since(begin), 5*time.Second)
}

// A server that knows nothing of Expect gets the body after a while (RFC 9110 section
// 10.1.1).
func TestExpectOfOldServer(t *testing.T) {
	addr := server(t, func(c net.Conn) {
		b := make([]byte, 4096)
		got := ""
		for !strings.HasSuffix(got, "hello") {
			n, err := c.Read(b)
			if err != nil {
				return
			}
			got += string(b[:n])
		}
		io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
		io.Copy(io.Discard, c)
	})
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	c := dial(t, addr, &client.Config{ContinueTimeout: 20 * time.Millisecond})
	require.NoError(t, c.Request(ctx, "POST", "/", strings.NewReader("hello"), httpx.Header{{Name: "Expect", Value: "100-continue"}}))
	r, err := c.Response(ctx)
	require.NoError(t, err)
	b, err := r.ReadAll()
	require.NoError(t, err)
	assert.Equal(t, "ok", string(b))
	assert.False(t, r.WillClose)
}

// Close never waits for what the server has not sent.
func TestCloseDoesNotWait(t *testing.T) {
	for name, tt := range map[string]struct {
		body   string
		reuses bool
	}{
		"chunks, none yet":    {"Transfer-Encoding: chunked\r\n\r\n", false},
		"chunks, some":        {"Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n", false},
		"chunks, half a one":  {"Transfer-Encoding: chunked\r\n\r\n3\r\nab", false},
		"chunks, half a line": {"Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n", false},
		"chunks, all":         {"Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n", true},
		"length, none yet":    {"Content-Length: 3\r\n\r\n", false},
		"length, some":        {"Content-Length: 3\r\n\r\nab", false},
		"length, all":         {"Content-Length: 2\r\n\r\nab", true},
	} {
		t.Run(name, func(t *testing.T) {
			c := dial(t, server(t, says("HTTP/1.1 200 OK\r\n"+tt.body)), nil)
			r, err := get(t, c)
			require.NoError(t, err)
			r.Close()
			assert.Equal(t, tt.reuses, c.NetConn() != nil)
		})
	}
}
