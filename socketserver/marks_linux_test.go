package socketserver_test

import (
	"context"
	"net"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/socket"
	"github.com/pynet-go/pynet/socketserver"
)

// sendMarked sends text with a flag, or with a descriptor.
func sendMarked(t *testing.T, c net.Conn, text string, flags int, fds ...int) {
	t.Helper()
	rc, err := c.(syscall.Conn).SyscallConn()
	require.NoError(t, err)
	var oob []byte
	if len(fds) > 0 {
		oob = syscall.UnixRights(fds...)
	}
	require.NoError(t, rc.Write(func(fd uintptr) bool {
		err = syscall.Sendmsg(int(fd), []byte(text), oob, nil, flags)
		return err != syscall.EAGAIN
	}))
	require.NoError(t, err)
}

// TestMarks: a read stops at urgent data and at descriptors. What is behind is served too.
func TestMarks(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		for _, addr := range []socket.Addr{loopback, socket.Unix{Name: filepath.Join(t.TempDir(), "s")}} {
			gate, first := make(chan struct{}), true
			s := &socketserver.Server{Model: m, Addr: addr, Handler: socketserver.ConnHandlerFunc(func(ctx context.Context, c *socketserver.Conn) (socketserver.Next, error) {
				next, err := echo(ctx, c)
				if first {
					first = false
					<-gate
				}
				return next, err
			})}
			start(t, s)
			c := dial(t, s)
			say(t, c, "begin")
			hear(t, c, "begin")
			if _, ok := addr.(socket.Unix); ok {
				sendMarked(t, c, "one", 0, 0)
			} else {
				say(t, c, "one")
				sendMarked(t, c, "!", syscall.MSG_OOB)
			}
			say(t, c, "two")
			close(gate)
			hear(t, c, "onetwo")
			c.Close()
		}
	})
}

// TestGoexit: a handler that ends its goroutine, as FailNow of a test does, ends its
// connection and nothing else.
func TestGoexit(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		if m == (socketserver.Sequential{}) {
			return // the goroutine is the server's
		}
		errs := make(chan error, 10)
		s := &socketserver.Server{Model: m, MaxConns: 1, Handler: socketserver.ConnHandlerFunc(func(ctx context.Context, c *socketserver.Conn) (socketserver.Next, error) {
			if b, err := c.Reader().Peek(1); err == nil && b[0] == '!' {
				runtime.Goexit()
			}
			return echo(ctx, c)
		})}
		s.HandleError = func(_ context.Context, _ socket.Addr, err error) { errs <- err }
		start(t, s)
		for range 5 {
			c := dial(t, s)
			say(t, c, "!")
			ended(t, c)
			require.ErrorContains(t, <-errs, "Goexit")
		}
		c := dial(t, s)
		say(t, c, "hello")
		hear(t, c, "hello")
		c.Close()
	})
}
