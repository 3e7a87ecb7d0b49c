package main

import (
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/httpx"
)

func TestParse(t *testing.T) {
	o, err := parse([]string{"-b", "::1", "--directory=/srv", "--protocol", "HTTP/1.1", "-H", "X", "-y", "--cgi", "--content-type", "a/b", "8080"})
	require.NoError(t, err)
	assert.Equal(t, options{bind: "::1", directory: "/srv", protocol: "HTTP/1.1", port: 8080, cgi: true, contentType: "a/b", model: "threading", header: httpx.Header{{Name: "X", Value: "-y"}}}, o)
	for _, bad := range []string{"x", "-x", "99999", "-H a", "-b", "--protocol HTTP/2", "1 2", "--model no", "--tls-key k"} {
		_, err := parse(strings.Fields(bad))
		assert.Error(t, err, bad)
	}
}

func TestServe(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "a.txt"), []byte("hello"), 0o600))
	for model := range models {
		ctx, stop := context.WithCancel(t.Context())
		out, in := io.Pipe()
		code := make(chan int, 1)
		go func() {
			code <- run(ctx, []string{"-d", dir, "--model", model, "-H", "X-A", "b", "0"}, in, io.Discard)
			in.Close()
		}()
		b := make([]byte, 200)
		n, err := out.Read(b)
		require.NoError(t, err)
		base := regexp.MustCompile(`http://[^/]+/`).FindString(string(b[:n]))
		require.NotEmpty(t, base, "%s", b[:n])
		hc := http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
		resp, err := hc.Get(base + "a.txt")
		require.NoError(t, err)
		body, _ := io.ReadAll(resp.Body)
		assert.Equal(t, "hello", string(body))
		assert.Equal(t, "b", resp.Header.Get("X-A"))
		stop()
		assert.Zero(t, <-code)
	}
}

func TestUsage(t *testing.T) {
	assert.Zero(t, run(t.Context(), []string{"-h"}, io.Discard, io.Discard))
	assert.Equal(t, 2, run(t.Context(), []string{"-x"}, io.Discard, io.Discard))
	assert.Equal(t, 1, run(t.Context(), []string{"-d", filepath.Join(t.TempDir(), "none")}, io.Discard, io.Discard))
}
