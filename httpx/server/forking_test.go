//go:build unix

package server_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/httpx/server"
	"github.com/pynet-go/pynet/socketserver"
)

// TestMain is also the main of the workers that TestForking starts.
func TestMain(m *testing.M) {
	if socketserver.IsWorker() {
		if err := forkingServer().ServeForever(context.Background()); err != server.ErrServerClosed {
			fmt.Fprintln(os.Stderr, "worker:", err)
			os.Exit(3)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// forkingServer is the server of TestForking, there and in its workers.
func forkingServer() *server.Server {
	return &server.Server{
		Addr:   "127.0.0.1:0",
		Logger: slog.New(slog.DiscardHandler),
		Model: socketserver.Forking{MaxChildren: 3, Command: func() *exec.Cmd {
			cmd := exec.Command(os.Args[0])
			cmd.Stderr = os.Stderr
			return cmd
		}},
		Handler: server.HTTP(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/die" {
				os.Exit(1)
			}
			b, _ := io.ReadAll(r.Body)
			fmt.Fprintf(w, "%d %s", os.Getpid(), b)
		})),
	}
}

// In the Forking model requests are answered in another process, with keep-alive; a
// crash costs its own connection.
func TestForking(t *testing.T) {
	s := forkingServer()
	require.NoError(t, s.Listen())
	done := make(chan error, 1)
	go func() { done <- s.ServeForever(context.Background()) }()
	defer func() {
		s.Close()
		assert.ErrorIs(t, <-done, server.ErrServerClosed)
	}()
	base := "http://" + s.LocalAddr().String()
	hc := &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{}}
	var first string
	for i := range 3 {
		resp, err := hc.Post(base, "text/plain", strings.NewReader("body"))
		require.NoError(t, err)
		b, err := io.ReadAll(resp.Body)
		require.NoError(t, err)
		pid, body, _ := strings.Cut(string(b), " ")
		assert.Equal(t, "body", body)
		assert.NotEqual(t, fmt.Sprint(os.Getpid()), pid)
		if i == 0 {
			first = pid
		}
		assert.Equal(t, first, pid, "one connection, one worker")
	}
	_, err := hc.Get(base + "/die")
	require.Error(t, err)
	resp, err := hc.Get(base)
	require.NoError(t, err)
	resp.Body.Close()
	assert.Equal(t, 200, resp.StatusCode)
	hc.CloseIdleConnections()
}
