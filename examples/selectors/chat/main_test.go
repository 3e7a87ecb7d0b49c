//go:build unix

package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestChat(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out, log := io.Pipe()
	done := make(chan error, 1)
	go func() { done <- run(ctx, "127.0.0.1:0", log) }()
	lines := bufio.NewReader(out)
	line, err := lines.ReadString('\n')
	require.NoError(t, err)
	addr := strings.TrimSpace(strings.TrimPrefix(line, "listening at "))
	go io.Copy(io.Discard, lines)

	join := func() (net.Conn, *bufio.Reader) {
		c, err := net.Dial("tcp", addr)
		require.NoError(t, err)
		t.Cleanup(func() { c.Close() })
		require.NoError(t, c.SetDeadline(time.Now().Add(20*time.Second)))
		return c, bufio.NewReader(c)
	}
	hear := func(r *bufio.Reader, want string) {
		t.Helper()
		line, err := r.ReadString('\n')
		require.NoError(t, err)
		require.Equal(t, want, strings.TrimSpace(line))
	}
	a, ra := join()
	b, rb := join()
	hear(ra, b.LocalAddr().String()+" has come")
	fmt.Fprint(a, "hello\r\nwor")
	hear(rb, a.LocalAddr().String()+` "hello"`)
	fmt.Fprint(a, "ld\x1b[2J\n")
	hear(rb, a.LocalAddr().String()+` "world\x1b[2J"`)
	fmt.Fprintln(b, "bye")
	hear(ra, b.LocalAddr().String()+` "bye"`)
	b.Close()
	hear(ra, b.LocalAddr().String()+" has left")
	stop()
	require.NoError(t, <-done)
}
