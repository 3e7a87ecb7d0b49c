package main

import (
	"bufio"
	"context"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestGame: two players see the ball, one pushes it, one leaves.
func TestGame(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	r, w := io.Pipe()
	done := make(chan error, 1)
	go func() { done <- run(ctx, "127.0.0.1:0", w) }()
	line, err := bufio.NewReader(r).ReadString('\n')
	require.NoError(t, err)
	at := strings.TrimSpace(strings.TrimPrefix(line, "listening on "))
	players := make([]*bufio.Reader, 2)
	conns := make([]net.Conn, 2)
	for i := range players {
		c, err := net.Dial("tcp", at)
		require.NoError(t, err)
		defer c.Close()
		require.NoError(t, c.SetDeadline(time.Now().Add(10*time.Second)))
		conns[i], players[i] = c, bufio.NewReader(c)
		_, err = players[i].ReadString('|')
		require.NoError(t, err)
	}
	require.NoError(t, conns[1].Close())
	column := func() int {
		_, err := players[0].ReadString('\r')
		require.NoError(t, err)
		field, err := players[0].ReadString('o')
		require.NoError(t, err)
		return len(field) - 1
	}
	_, err = conns[0].Write([]byte("l\n"))
	require.NoError(t, err)
	for last := column(); ; { // sooner or later it moves to the left
		now := column()
		if now < last {
			break
		}
		last = now
	}
	stop()
	require.NoError(t, <-done)
	require.Error(t, run(t.Context(), "localhost", io.Discard))
}
