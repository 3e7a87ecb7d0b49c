package socketserver_test

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/pynet-go/pynet/socketserver"
)

// TestTLSRests: an idle connection with TLS has no goroutine either.
func TestTLSRests(t *testing.T) {
	s := &socketserver.Server{Model: socketserver.EventLoop{}, Handler: echo, TLS: serverTLS(t)}
	start(t, s)
	const n = 100
	conns := make([]net.Conn, n)
	for i := range conns {
		c := tls.Client(dial(t, s), clientTLS(t))
		require.NoError(t, c.Handshake())
		say(t, c, "x")
		hear(t, c, "x")
		conns[i] = c
	}
	require.Eventually(t, func() bool { return runtime.NumGoroutine() < n/2 }, long, time.Millisecond)
	for _, c := range conns {
		say(t, c, "y")
		hear(t, c, "y")
	}
}

// TestQueue: a handler writes much to a client that does not read, and is not held up until
// MaxQueued is reached; then it waits, and what was queued arrives.
func TestQueue(t *testing.T) {
	const size = 32 << 20
	wrote := make(chan error, 2)
	s := &socketserver.Server{Model: socketserver.EventLoop{Loops: 1}, Handler: socketserver.ConnHandlerFunc(func(_ context.Context, c *socketserver.Conn) (socketserver.Next, error) {
		line, err := c.Reader().ReadString('\n')
		if err != nil {
			return socketserver.Close, nil
		}
		if line == "much\n" {
			_, err = c.Write(make([]byte, size))
			wrote <- err
			return socketserver.Close, err
		}
		_, err = io.WriteString(c, line)
		return socketserver.Idle, err
	})}
	start(t, s)
	c := dial(t, s)
	say(t, c, "much\n")
	other := dial(t, s) // is not held up, in the same loop
	for range 10 {
		say(t, other, "x\n")
		hear(t, other, "x\n")
	}
	select {
	case err := <-wrote:
		t.Fatal("all was queued", err)
	default:
	}
	n, err := io.Copy(io.Discard, c)
	require.NoError(t, err)
	require.EqualValues(t, size, n)
	require.NoError(t, <-wrote)
}

// TestHog: a handler that never looks up holds up no other for long.
func TestHog(t *testing.T) {
	stop := make(chan struct{})
	s := &socketserver.Server{Model: socketserver.EventLoop{Loops: 1}, Handler: socketserver.ConnHandlerFunc(func(_ context.Context, c *socketserver.Conn) (socketserver.Next, error) {
		line, err := c.Reader().ReadString('\n')
		if err != nil {
			return socketserver.Close, nil
		}
		if line == "hog\n" {
			<-stop
		}
		_, err = io.WriteString(c, line)
		return socketserver.Idle, err
	})}
	start(t, s)
	var hogs []net.Conn
	other := dial(t, s)
	for range 5 {
		c := dial(t, s)
		say(t, c, "hog\n")
		hogs = append(hogs, c)
		say(t, other, "x\n")
		hear(t, other, "x\n")
	}
	close(stop)
	for _, c := range hogs {
		hear(t, c, "hog\n")
	}
}

// TestSecSEL07EventLoop: idle connections cost no time: nothing is waited for that is there
// all along, such as room to write.
func TestSecSEL07EventLoop(t *testing.T) {
	s := &socketserver.Server{Model: socketserver.EventLoop{}, Handler: echo}
	start(t, s)
	var c net.Conn
	for range 100 {
		c = dial(t, s)
		say(t, c, "x")
		hear(t, c, "x")
	}
	cpu := func() int64 {
		var u unix.Rusage
		require.NoError(t, unix.Getrusage(unix.RUSAGE_SELF, &u))
		return u.Utime.Nano() + u.Stime.Nano()
	}
	require.True(t, quiet(t, c, 10*short)) // the watch goes home
	before := cpu()
	require.True(t, quiet(t, c, 10*short))
	require.Less(t, time.Duration(cpu()-before), 2*short)
}

// TestDatagramFlood: while all workers are busy the loop does not spin over the datagrams
// that wait, and loses none that the system has kept.
func TestDatagramFlood(t *testing.T) {
	const n = 150
	var handled atomic.Int32
	release := make(chan struct{})
	s := &socketserver.Server{Model: socketserver.EventLoop{Loops: 1, Workers: 2}, DatagramHandler: socketserver.DatagramHandlerFunc(func(context.Context, *socketserver.Datagram) error {
		<-release
		handled.Add(1)
		return nil
	})}
	start(t, s)
	c, err := net.Dial("udp", s.LocalAddr().String())
	require.NoError(t, err)
	defer c.Close()
	for range n {
		say(t, c, "x")
	}
	cpu := func() int64 {
		var u unix.Rusage
		require.NoError(t, unix.Getrusage(unix.RUSAGE_SELF, &u))
		return u.Utime.Nano() + u.Stime.Nano()
	}
	require.True(t, quiet(t, c, short))
	before := cpu()
	require.True(t, quiet(t, c, 10*short))
	require.Less(t, time.Duration(cpu()-before), 5*short)
	close(release)
	require.Eventually(t, func() bool { return handled.Load() == n }, long, time.Millisecond)
}

// TestTurns: a row that is served again and again lets the loop look at the others.
func TestTurns(t *testing.T) {
	var calls, at atomic.Int64
	var other net.Conn
	s := &socketserver.Server{Model: socketserver.EventLoop{Loops: 1}, Handler: socketserver.ConnHandlerFunc(func(ctx context.Context, c *socketserver.Conn) (socketserver.Next, error) {
		if b, _ := c.Reader().Peek(1); string(b) != "!" {
			at.Store(calls.Load())
			return echo(ctx, c)
		}
		if n := calls.Add(1); n == 1 {
			if _, err := other.Write([]byte("x")); err != nil {
				return socketserver.Close, err
			}
		} else if n > 10000 {
			return socketserver.Close, nil
		}
		return socketserver.Again, nil
	})}
	start(t, s)
	other = dial(t, s)
	say(t, other, "a")
	hear(t, other, "a")
	c := dial(t, s)
	say(t, c, "!")
	hear(t, other, "x")
	require.Less(t, at.Load(), int64(1000))
	ended(t, c)
}
