//go:build unix

package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPassFD(t *testing.T) {
	dir, err := os.MkdirTemp("", "p") // short enough for a socket
	require.NoError(t, err)
	defer os.RemoveAll(dir)
	path, file := filepath.Join(dir, "s"), filepath.Join(dir, "f")
	require.NoError(t, os.WriteFile(file, []byte("first\n"), 0o600))
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	r, w := io.Pipe()
	done := make(chan error, 1)
	go func() { done <- run(ctx, []string{"serve", path, file}, w) }()
	line, err := bufio.NewReader(r).ReadString('\n')
	require.NoError(t, err)
	require.Equal(t, "listening on "+path+"\n", line)

	var out bytes.Buffer
	require.NoError(t, run(ctx, []string{"cat", path}, &out))
	require.NoError(t, os.WriteFile(file, []byte("second\n"), 0o600))
	require.NoError(t, run(ctx, []string{"cat", path}, &out))
	require.NoError(t, os.Remove(file))
	require.Error(t, run(ctx, []string{"cat", path}, &out))
	require.Equal(t, "first\nsecond\n", out.String())

	stop()
	require.NoError(t, <-done)
	require.NoFileExists(t, path)
	require.Error(t, run(t.Context(), []string{"cat", path}, &out))
	require.Error(t, run(t.Context(), nil, &out))
}
