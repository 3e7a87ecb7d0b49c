package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestTime(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out, log := io.Pipe()
	done := make(chan error, 1)
	go func() { done <- run(ctx, []string{"serve", "127.0.0.1:0"}, log) }()
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	var answer bytes.Buffer
	require.NoError(t, run(ctx, []string{"ask", strings.TrimSpace(strings.TrimPrefix(line, "the time at "))}, &answer))
	got, err := time.Parse(time.RFC3339, strings.TrimSpace(answer.String()))
	require.NoError(t, err)
	require.WithinDuration(t, time.Now(), got, time.Minute)
	stop()
	require.NoError(t, <-done)
	require.Error(t, run(t.Context(), nil, io.Discard))
}
