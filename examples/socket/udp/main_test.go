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

func TestPing(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	r, w := io.Pipe()
	done := make(chan error, 1)
	go func() { done <- run(ctx, []string{"serve", "127.0.0.1:0"}, w) }()
	line, err := bufio.NewReader(r).ReadString('\n')
	require.NoError(t, err)
	at := strings.TrimSpace(strings.TrimPrefix(line, "listening on "))
	var out bytes.Buffer
	require.NoError(t, run(ctx, []string{"ping", at, "-n", "500"}, &out))
	require.True(t, strings.HasPrefix(out.String(), "500 sent, 500 came back"), out.String())
	stop()
	require.NoError(t, <-done)
}

func TestRefused(t *testing.T) {
	for _, args := range [][]string{{}, {"serve"}, {"serve", "127.0.0.1"}, {"serve", "127.0.0.1:65536"}, {"sing", "127.0.0.1:1"}} {
		require.Error(t, run(t.Context(), args, io.Discard), "%q", args)
	}
}
