package socketserver_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/socket"
	"github.com/pynet-go/pynet/socketserver"
)

const (
	short = 20 * time.Millisecond
	long  = 20 * time.Second // must not pass
)

var loopback = socket.Inet{Addr: netip.MustParseAddr("127.0.0.1")}

// echo sends back what it reads, a call at a time.
var echo = socketserver.ConnHandlerFunc(func(_ context.Context, c *socketserver.Conn) (socketserver.Next, error) {
	buf := make([]byte, 4096)
	n, err := c.Read(buf)
	if err != nil {
		return socketserver.Close, err
	}
	_, err = c.Write(buf[:n])
	return socketserver.Idle, err
})

// lines answers each line with its number and itself in capitals.
var lines = socketserver.Stream(socketserver.StreamHandlerFunc(func(_ context.Context, s *socketserver.StreamConn) error {
	n := 0
	for line, err := range s.Lines() {
		if err != nil {
			return err
		}
		n++
		fmt.Fprintf(s, "%d %s\n", n, bytes.ToUpper(line))
	}
	return nil
}))

// models are those that a test of the suite is run with. Forking has processes of its own
// and is tested apart.
var models = []struct {
	name string
	make func() socketserver.Model
}{
	{"Sequential", func() socketserver.Model { return socketserver.Sequential{} }},
	{"Threading", func() socketserver.Model { return socketserver.Threading{} }},
	{"Threading-limit", func() socketserver.Model { return socketserver.Threading{MaxHandlers: 64} }},
	{"Process", func() socketserver.Model {
		return socketserver.Process(func(_ context.Context, serve func()) { go serve() })
	}},
	{"EventLoop", func() socketserver.Model { return socketserver.EventLoop{} }},
	{"EventLoop-one", func() socketserver.Model { return socketserver.EventLoop{Loops: 1, Workers: 64} }},
	{"EventLoop-share", func() socketserver.Model { return socketserver.EventLoop{Loops: 3, SharePort: true, MaxQueued: 1000} }},
}

func each(t *testing.T, run func(t *testing.T, m socketserver.Model)) {
	for _, m := range models {
		t.Run(m.name, func(t *testing.T) { run(t, m.make()) })
	}
}

// eachAtOnce is each for a test that mostly waits.
func eachAtOnce(t *testing.T, run func(t *testing.T, m socketserver.Model)) {
	each(t, func(t *testing.T, m socketserver.Model) {
		t.Parallel()
		run(t, m)
	})
}

// start has the server serve until the end of the test.
func start(t testing.TB, s *socketserver.Server) {
	t.Helper()
	if s.Addr == nil {
		s.Addr = loopback
	}
	require.NoError(t, s.Activate())
	done := make(chan error, 1)
	go func() { done <- s.ServeForever(context.Background()) }()
	t.Cleanup(func() {
		require.NoError(t, s.Close())
		select {
		case err := <-done:
			require.ErrorIs(t, err, socketserver.ErrServerClosed)
		case <-time.After(long):
			t.Error("ServeForever goes on")
		}
	})
}

// dial connects to the server.
func dial(t testing.TB, s *socketserver.Server) net.Conn {
	t.Helper()
	var c net.Conn
	var err error
	switch a := s.LocalAddr().(type) {
	case socket.Unix:
		c, err = net.Dial("unix", a.Name)
	case socket.Inet:
		c, err = net.Dial("tcp", a.String())
	case socket.Inet6:
		c, err = net.Dial("tcp", a.String())
	}
	require.NoError(t, err)
	t.Cleanup(func() { c.Close() })
	require.NoError(t, c.SetDeadline(time.Now().Add(long)))
	return c
}

func say(t testing.TB, c net.Conn, text string) {
	t.Helper()
	_, err := io.WriteString(c, text)
	require.NoError(t, err)
}

func hear(t testing.TB, c net.Conn, want string) {
	t.Helper()
	buf := make([]byte, len(want))
	_, err := io.ReadFull(c, buf)
	require.NoError(t, err)
	require.Equal(t, want, string(buf))
}

// quiet reports whether the connection stays open for a time, in which nothing comes.
func quiet(t testing.TB, c net.Conn, d time.Duration) bool {
	t.Helper()
	require.NoError(t, c.SetReadDeadline(time.Now().Add(d)))
	n, err := c.Read(make([]byte, 1))
	require.Zero(t, n)
	require.Error(t, err)
	return errors.Is(err, os.ErrDeadlineExceeded)
}

// ended checks that the server has closed the connection.
func ended(t testing.TB, c net.Conn) {
	t.Helper()
	n, err := c.Read(make([]byte, 1))
	require.Zero(t, n)
	require.Error(t, err)
	require.False(t, errors.Is(err, context.DeadlineExceeded) || strings.Contains(err.Error(), "timeout"), err)
}
