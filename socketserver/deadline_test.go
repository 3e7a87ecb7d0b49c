package socketserver_test

import (
	"context"
	"io"
	"net"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/socketserver"
)

// TestDeadlinePassed: after its deadline a call fails, also where it need not wait.
func TestDeadlinePassed(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		got := make(chan [2]error, 1)
		s := &socketserver.Server{Model: m, Handler: socketserver.ConnHandlerFunc(func(_ context.Context, c *socketserver.Conn) (socketserver.Next, error) {
			c.SetDeadline(time.Now().Add(-time.Second))
			var errs [2]error
			_, errs[0] = net.Conn(c).Write([]byte("x"))
			c.Reader().Discard(c.Buffered())
			_, errs[1] = net.Conn(c).Read(make([]byte, 1))
			got <- errs
			return socketserver.Close, nil
		})}
		start(t, s)
		say(t, dial(t, s), "something")
		for _, err := range <-got {
			require.ErrorIs(t, err, os.ErrDeadlineExceeded)
		}
	})
}

// TestReadTimeoutIsAbsolute: the Timeout of each wait does not lengthen it.
func TestReadTimeoutIsAbsolute(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		got := make(chan error, 1)
		s := &socketserver.Server{Model: m, ReadTimeout: short, Handler: socketserver.Stream(socketserver.StreamHandlerFunc(func(_ context.Context, c *socketserver.StreamConn) error {
			c.Timeout = long
			_, err := c.ReadLine()
			got <- err
			return nil
		}))}
		start(t, s)
		dial(t, s)
		require.ErrorIs(t, <-got, os.ErrDeadlineExceeded)
	})
}

// TestNotDetached: a connection that is not detached, or for which there is no such Next,
// is closed.
func TestNotDetached(t *testing.T) {
	for _, next := range []socketserver.Next{socketserver.Detached, 77} {
		each(t, func(t *testing.T, m socketserver.Model) {
			s := &socketserver.Server{Model: m, Handler: socketserver.ConnHandlerFunc(func(_ context.Context, c *socketserver.Conn) (socketserver.Next, error) {
				c.Read(make([]byte, 1))
				return next, nil
			})}
			start(t, s)
			c := dial(t, s)
			say(t, c, "x")
			ended(t, c)
		})
	}
}

// TestLineTimeout: a line of which a part is there has the time of a new one.
func TestLineTimeout(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		got, gate := make(chan error, 1), make(chan struct{})
		s := &socketserver.Server{Model: m, Handler: socketserver.Stream(socketserver.StreamHandlerFunc(func(_ context.Context, s *socketserver.StreamConn) error {
			s.Timeout = long
			_, err := s.ReadLine()
			got <- err
			s.SetReadDeadline(time.Unix(1, 0)) // as if the handler had been busy for long
			<-gate
			line, err := s.ReadLine()
			if err == nil && string(line) != "two\n" {
				err = io.ErrUnexpectedEOF
			}
			got <- err
			s.Timeout = short
			_, err = s.ReadLine()
			got <- err
			return nil
		}))}
		start(t, s)
		c := dial(t, s)
		say(t, c, "one\ntw")
		require.NoError(t, <-got)
		close(gate)
		say(t, c, "o\nthr")
		require.NoError(t, <-got)
		require.ErrorIs(t, <-got, os.ErrDeadlineExceeded)
	})
}
