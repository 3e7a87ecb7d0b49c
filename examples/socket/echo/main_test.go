package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestEcho sends more than the buffers between the two hold.
func TestEcho(t *testing.T) {
	for _, host := range []string{"127.0.0.1", ""} {
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		r, w := io.Pipe()
		done := make(chan error, 1)
		go func() {
			err := run(ctx, []string{"serve", host, "0"}, nil, w)
			w.Close()
			done <- err
		}()
		lines := bufio.NewReader(r)
		line, err := lines.ReadString('\n')
		require.NoError(t, err)
		port := strings.TrimSpace(line[strings.LastIndex(line, ":")+1:])

		in := bytes.Repeat([]byte("hello\n"), 1<<20)
		var out bytes.Buffer
		require.NoError(t, run(ctx, []string{"connect", "127.0.0.1", port}, bytes.NewReader(in), &out))
		require.True(t, bytes.Equal(in, out.Bytes()))
		line, err = lines.ReadString('\n')
		require.NoError(t, err)
		require.Contains(t, line, "sent 6291456 bytes")
		stop()
		require.NoError(t, <-done)
	}
}

func TestRefused(t *testing.T) {
	for _, args := range [][]string{{}, {"serve"}, {"serve", "127.0.0.1", "65536"}, {"serve", "127.1", "0"}, {"sing", "a", "b"}, {"connect", "127.1", "7"}} {
		require.Error(t, run(t.Context(), args, strings.NewReader(""), io.Discard), "%q", args)
	}
}
