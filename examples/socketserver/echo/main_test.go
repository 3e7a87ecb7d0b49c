//go:build unix

package main

import (
	"bufio"
	"context"
	"io"
	"net"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/socketserver"
)

// TestMain is the workers' main too.
func TestMain(m *testing.M) {
	if socketserver.IsWorker() {
		if err := run(context.Background(), "forking", "127.0.0.1:0", io.Discard); err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func TestEcho(t *testing.T) {
	for model := range models {
		t.Run(model, func(t *testing.T) {
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			out, log := io.Pipe()
			done := make(chan error, 1)
			go func() { done <- run(ctx, model, "127.0.0.1:0", log) }()
			line, err := bufio.NewReader(out).ReadString('\n')
			require.NoError(t, err)
			c, err := net.Dial("tcp", strings.TrimSpace(line[strings.LastIndex(line, " ")+1:]))
			require.NoError(t, err)
			require.NoError(t, c.SetDeadline(time.Now().Add(20*time.Second)))
			for _, text := range []string{"hello", strings.Repeat("more ", 10_000)} {
				go io.WriteString(c, text)
				buf := make([]byte, len(text))
				_, err = io.ReadFull(c, buf)
				require.NoError(t, err)
				require.Equal(t, text, string(buf))
			}
			c.Close()
			stop()
			require.NoError(t, <-done)
		})
	}
	require.Error(t, run(t.Context(), "magic", "127.0.0.1:0", io.Discard))
}
