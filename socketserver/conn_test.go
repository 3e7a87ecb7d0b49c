package socketserver_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/socket"
	"github.com/pynet-go/pynet/socketserver"
)

func TestEcho(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		s := &socketserver.Server{Handler: echo, Model: m}
		start(t, s)
		for range 3 {
			c := dial(t, s)
			for range 3 {
				say(t, c, "hello")
				hear(t, c, "hello")
			}
			c.Close()
		}
	})
}

func TestLines(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		s := &socketserver.Server{Handler: lines, Model: m, Addr: socket.Unix{Name: filepath.Join(t.TempDir(), "s")}}
		start(t, s)
		c := dial(t, s)
		say(t, c, "one\r\ntw")
		hear(t, c, "1 ONE\n")
		say(t, c, "o\nthree\nfour")
		hear(t, c, "2 TWO\n3 THREE\n")
		require.NoError(t, c.(*net.UnixConn).CloseWrite())
		hear(t, c, "4 FOUR\n")
		ended(t, c)
	})
}

// TestAtOnce: connections are served at once, however many. Sequential does not.
func TestAtOnce(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		if m == (socketserver.Sequential{}) {
			return
		}
		s := &socketserver.Server{Handler: echo, Model: m}
		start(t, s)
		var conns []net.Conn
		for range 50 {
			conns = append(conns, dial(t, s))
		}
		for i := range conns {
			say(t, conns[len(conns)-1-i], "x")
			hear(t, conns[len(conns)-1-i], "x")
		}
	})
}

// A counter keeps State, tells what comes, and reads a byte at a call through the buffer.
type counter struct {
	opened, closed atomic.Int32
	end            chan any
}

func (h *counter) OpenConn(_ context.Context, c *socketserver.Conn) (socketserver.Next, error) {
	h.opened.Add(1)
	c.State = 0
	_, err := c.Writer().WriteString("welcome\n")
	return socketserver.Idle, err
}

func (h *counter) ServeConn(_ context.Context, c *socketserver.Conn) (socketserver.Next, error) {
	b, err := c.Reader().ReadByte()
	if err != nil {
		return socketserver.Close, err
	}
	n := c.State.(int) + 1
	c.State = n
	fmt.Fprintf(c.Writer(), "%d%c\n", n, b)
	switch b {
	case '.':
		return socketserver.Close, nil
	case '+':
		return socketserver.Again, nil
	}
	return socketserver.Idle, nil
}

func (h *counter) CloseConn(c *socketserver.Conn) {
	h.closed.Add(1)
	h.end <- c.State
}

// TestConnHandler: a greeting, state, pipelined requests of which one call takes one, and
// the end.
func TestConnHandler(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		h := &counter{end: make(chan any, 1)}
		s := &socketserver.Server{Handler: h, Model: m}
		start(t, s)
		c := dial(t, s)
		hear(t, c, "welcome\n")
		say(t, c, "abc+d")
		hear(t, c, "1a\n2b\n3c\n4+\n5d\n")
		say(t, c, "e.f")
		hear(t, c, "6e\n7.\n")
		ended(t, c)
		require.Equal(t, 7, <-h.end)

		c = dial(t, s)
		hear(t, c, "welcome\n")
		c.Close()
		require.Equal(t, 0, <-h.end)
		require.EqualValues(t, 2, h.opened.Load())
		require.EqualValues(t, 2, h.closed.Load())
	})
}

// lineEcho sends back lines, one a call. A part of one costs no goroutine.
type lineEcho struct{}

func (lineEcho) ServeConn(_ context.Context, c *socketserver.Conn) (socketserver.Next, error) {
	r := c.Reader()
	if _, err := r.Peek(1); err != nil {
		return socketserver.Close, nil
	}
	b, _ := r.Peek(r.Buffered())
	end := bytes.IndexByte(b, '\n') + 1
	if end == 0 {
		return socketserver.More, nil
	}
	c.Writer().Write(b[:end])
	r.Discard(end)
	return socketserver.Idle, nil
}

// TestMore: a handler that wants whole lines and waits for none.
func TestMore(t *testing.T) {
	eachAtOnce(t, func(t *testing.T, m socketserver.Model) {
		for _, cfg := range []*tls.Config{nil, serverTLS(t)} {
			errs := make(chan error, 1)
			s := &socketserver.Server{Model: m, Handler: lineEcho{}, TLS: cfg,
				HandleError: func(_ context.Context, _ socket.Addr, err error) { errs <- err }}
			start(t, s)
			hasty := &socketserver.Server{Model: m, Handler: lineEcho{}, TLS: cfg, ReadTimeout: 10 * short, HandleError: func(context.Context, socket.Addr, error) {}}
			start(t, hasty)
			connect := func(s *socketserver.Server) net.Conn {
				if cfg != nil {
					return tls.Client(dial(t, s), clientTLS(t))
				}
				return dial(t, s)
			}
			c := connect(s)
			say(t, c, "a")
			say(t, c, "b")
			say(t, c, "c\nd\nef")
			hear(t, c, "abc\nd\n")
			say(t, c, "\n")
			hear(t, c, "ef\n")
			say(t, c, "part")
			c.(interface{ CloseWrite() error }).CloseWrite()
			ended(t, c)

			c = connect(hasty)
			io.WriteString(c, "late")
			for sent := 0; quiet(t, c, short); sent++ { // a byte now and then does not prolong it
				require.Less(t, sent, 500)
				io.WriteString(c, ".")
			}

			c = connect(s)
			go io.WriteString(c, strings.Repeat("x", 64<<10))
			require.ErrorIs(t, <-errs, bufio.ErrBufferFull)
			c.Close()
		}
	})
}

// TestDetach: the handler keeps the connection, with what was read ahead.
func TestDetach(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		got := make(chan net.Conn, 1)
		s := &socketserver.Server{Model: m, TLS: serverTLS(t), Handler: socketserver.ConnHandlerFunc(func(_ context.Context, c *socketserver.Conn) (socketserver.Next, error) {
			line, err := c.Reader().ReadString('\n')
			if err != nil {
				return socketserver.Close, err
			}
			c.Writer().WriteString("got " + line)
			d, err := c.Detach()
			if err != nil {
				return socketserver.Close, err
			}
			got <- d
			return socketserver.Detached, nil
		})}
		start(t, s)
		c := tls.Client(dial(t, s), clientTLS(t))
		say(t, c, "upgrade\nahead")
		hear(t, c, "got upgrade\n")
		d := <-got
		defer d.Close()
		say(t, c, "!")
		hear(t, d, "ahead!")
		say(t, d, "mine")
		hear(t, c, "mine")
		require.NoError(t, s.Shutdown(t.Context()))
		say(t, c, "still")
		hear(t, d, "still")
	})
}

// TestAgain: a connection that is served again and again does not outlast the server.
func TestAgain(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		began := make(chan struct{}, 1)
		s := &socketserver.Server{Model: m, Handler: socketserver.ConnHandlerFunc(func(context.Context, *socketserver.Conn) (socketserver.Next, error) {
			select {
			case began <- struct{}{}:
			default:
			}
			return socketserver.Again, nil
		})}
		start(t, s)
		c := dial(t, s)
		say(t, c, "x")
		<-began
		require.NoError(t, s.Shutdown(t.Context()))
		ended(t, c)
	})
}

// TestDetachedOutlives: a connection that was detached is not ended with the server, however
// it was accepted and even before the handler has returned.
func TestDetachedOutlives(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		for _, get := range []func(*socket.Socket) (*socket.Socket, socket.Addr, error){nil, (*socket.Socket).Accept} {
			detached, gate := make(chan net.Conn, 1), make(chan struct{})
			s := &socketserver.Server{Model: m, GetRequest: get, Handler: socketserver.ConnHandlerFunc(func(ctx context.Context, c *socketserver.Conn) (socketserver.Next, error) {
				d, err := c.Detach()
				detached <- d
				<-gate
				return socketserver.Detached, err
			})}
			start(t, s)
			c := dial(t, s)
			say(t, c, "hello")
			d := <-detached
			require.NotNil(t, d)
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			require.ErrorIs(t, s.Shutdown(ctx), context.Canceled) // which has told all connections to end
			close(gate)
			require.NoError(t, s.Close())
			hear(t, d, "hello")
			say(t, d, "bye")
			require.NoError(t, d.Close())
			hear(t, c, "bye")
		}
	})
}
