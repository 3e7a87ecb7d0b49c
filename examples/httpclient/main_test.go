package main

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestGet(t *testing.T) {
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/404" {
			http.NotFound(w, r)
			return
		}
		http.ServeContent(w, r, "x.txt", time.Unix(1e9, 0), strings.NewReader("0123456789"+r.Header.Get("X")))
	})
	srv := httptest.NewServer(h)
	defer srv.Close()
	var out, errs bytes.Buffer
	require.Zero(t, run(t.Context(), []string{"-v", "-H", "X: y", srv.URL + "/"}, &out, &errs), errs.String())
	assert.Equal(t, "0123456789y", out.String())
	assert.Contains(t, errs.String(), `send: "GET / HTTP/1.1"`)

	file := filepath.Join(t.TempDir(), "f")
	require.Zero(t, run(t.Context(), []string{"-range", "0-3", "-o", file, srv.URL}, &out, &errs))
	require.Zero(t, run(t.Context(), []string{"-resume", "-o", file, srv.URL}, &out, &errs))
	b, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, "0123456789", string(b))

	path := filepath.Join(t.TempDir(), "s")
	l, err := net.Listen("unix", path)
	require.NoError(t, err)
	go http.Serve(l, h)
	defer l.Close()
	out.Reset()
	require.Zero(t, run(t.Context(), []string{"-unix", path, "http://localhost/"}, &out, &errs))
	assert.Equal(t, "0123456789", out.String())

	out.Reset()
	require.Zero(t, run(t.Context(), []string{"-proxy", proxy(t), srv.URL + "/"}, &out, &errs))
	assert.Equal(t, "proxied", out.String())

	assert.Equal(t, 1, run(t.Context(), []string{srv.URL + "/404"}, io.Discard, io.Discard))
	for _, bad := range [][]string{{}, {"x"}, {"-H", "x", srv.URL}, {"-z"}} {
		assert.Equal(t, 2, run(t.Context(), bad, io.Discard, io.Discard))
	}
}

// proxy answers whatever it is asked for by itself.
func proxy(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { l.Close() })
	go func() {
		c, err := l.Accept()
		if err != nil {
			return
		}
		defer c.Close()
		req, err := http.ReadRequest(bufio.NewReader(c))
		if err == nil && req.URL.IsAbs() {
			io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nproxied")
		}
	}()
	return l.Addr().String()
}
