//go:build unix

package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWords(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	path := filepath.Join(t.TempDir(), "s")
	out, log := io.Pipe()
	done := make(chan error, 1)
	go func() { done <- run(ctx, path, log) }()
	_, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	c, err := net.Dial("unix", path)
	require.NoError(t, err)
	defer c.Close()
	fmt.Fprint(c, "how many are these\n\none\n")
	r := bufio.NewReader(c)
	for _, want := range []string{"4\n", "0\n", "1\n"} {
		got, err := r.ReadString('\n')
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	stop()
	require.NoError(t, <-done)
	require.NoFileExists(t, path)
}
