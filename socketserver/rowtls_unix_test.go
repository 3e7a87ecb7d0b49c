//go:build unix

package socketserver_test

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/socket"
	"github.com/pynet-go/pynet/socketserver"
)

// A bytewise connection sends each byte alone.
type bytewise struct{ net.Conn }

func (c bytewise) Write(p []byte) (int, error) {
	for i := range p {
		if _, err := c.Conn.Write(p[i : i+1]); err != nil {
			return i, err
		}
	}
	return len(p), nil
}

// A holding connection keeps of what is written all but the first n bytes back, once.
type holding struct {
	net.Conn
	n    int
	held []byte
}

func (c *holding) Write(p []byte) (int, error) {
	if c.n == 0 {
		return c.Conn.Write(p)
	}
	c.held = append(c.held, p[c.n:]...)
	_, err := c.Conn.Write(p[:c.n])
	c.n = 0
	return len(p), err
}

// loopServer starts an EventLoop with TLS.
func loopServer(t *testing.T, s *socketserver.Server) *socketserver.Server {
	s.Model = socketserver.EventLoop{Loops: 2}
	if s.TLS == nil {
		s.TLS = serverTLS(t)
	}
	start(t, s)
	for range 4 { // both loops run
		c := tls.Client(dial(t, s), clientTLS(t))
		say(t, c, "hello")
		hear(t, c, "hello")
		c.Close()
	}
	return s
}

// settled is the number of goroutines once that has stayed the same for a while.
func settled() int {
	n, same := runtime.NumGoroutine(), 0
	for same < 2000 {
		runtime.Gosched()
		if m := runtime.NumGoroutine(); m != n {
			n, same = m, 0
		}
		same++
	}
	return n
}

// goroutinesFall waits until there are no more than n.
func goroutinesFall(t *testing.T, n int) {
	t.Helper()
	for by := time.Now().Add(long); runtime.NumGoroutine() > n; runtime.Gosched() {
		if time.Now().After(by) {
			buf := make([]byte, 1<<20)
			t.Fatalf("%d goroutines, want %d\n%s", runtime.NumGoroutine(), n, buf[:runtime.Stack(buf, true)])
		}
	}
}

// handshakesEnd waits until no goroutine is in a handshake of the server.
func handshakesEnd(t *testing.T) {
	t.Helper()
	buf := make([]byte, 1<<20)
	for by := time.Now().Add(long); ; runtime.Gosched() {
		stacks := string(buf[:runtime.Stack(buf, true)])
		if !strings.Contains(stacks, "tlsutil.(*handshake)") {
			return
		}
		require.True(t, time.Now().Before(by), stacks)
	}
}

// Connections that rest, before, in and after the handshake and in the middle of a record,
// hold no goroutine that is theirs, but for the one that stands still in the handshake.
func TestLoopTLSIdle(t *testing.T) {
	s := loopServer(t, &socketserver.Server{Handler: echo, HandshakeTimeout: -1})
	before := settled()
	var conns []*tls.Conn
	count := 1000
	if raceDetector {
		count = 200
	}
	config := clientTLS(t)
	for range count {
		c := tls.Client(dial(t, s), config)
		say(t, c, "hello")
		hear(t, c, "hello")
		conns = append(conns, c)
	}
	goroutinesFall(t, before)

	halves := make([]*holding, 100)
	for i := range halves {
		h := &holding{Conn: dial(t, s)}
		c := tls.Client(h, config)
		require.NoError(t, c.Handshake())
		h.n = 1 + i*3%60
		say(t, c, strings.Repeat("x", 100))
		halves[i] = h
		conns = append(conns, c)
	}
	for range 100 {
		dial(t, s)
	}
	conns[0].SetDeadline(time.Now().Add(long))
	say(t, conns[0], "after the others")
	hear(t, conns[0], "after the others")
	goroutinesFall(t, before)

	for i, h := range halves {
		_, err := h.Conn.Write(h.held)
		require.NoError(t, err)
		hear(t, conns[count+i], strings.Repeat("x", 100))
	}
	goroutinesFall(t, before)
}

func TestLoopTLSByteAtATime(t *testing.T) {
	s := loopServer(t, &socketserver.Server{Handler: echo, DisableNagle: true})
	for _, version := range []uint16{tls.VersionTLS12, tls.VersionTLS13} {
		config := clientTLS(t)
		config.MinVersion, config.MaxVersion = version, version
		nc := dial(t, s)
		nc.(*net.TCPConn).SetNoDelay(true)
		c := tls.Client(bytewise{nc}, config)
		for range 3 {
			say(t, c, "a record")
			hear(t, c, "a record")
		}
	}
	handshakesEnd(t)
}

// A handshake that stops half-way is cut at HandshakeTimeout, and at the server's end; the
// goroutine within it ends.
func TestLoopTLSSlowHandshake(t *testing.T) {
	for _, drip := range []bool{false, true} {
		errs := make(chan error, 1)
		s := &socketserver.Server{Handler: echo, Model: socketserver.EventLoop{Loops: 2}, TLS: serverTLS(t), HandshakeTimeout: short}
		s.HandleError = func(_ context.Context, _ socket.Addr, err error) { errs <- err }
		start(t, s)
		h := &holding{Conn: dial(t, s), n: 200}
		go tls.Client(h, clientTLS(t)).Handshake()
		if drip { // there is always something to read
			go func() {
				for err := error(nil); err == nil; {
					_, err = h.Conn.Write([]byte{0})
				}
			}()
		}
		err := <-errs
		var he *socketserver.HandshakeError
		require.ErrorAs(t, err, &he)
		if !drip { // else the peer's bytes may be the error
			require.ErrorIs(t, err, os.ErrDeadlineExceeded)
			ended(t, h.Conn)
		}
		h.Conn.Close()
		handshakesEnd(t)
	}

	s := loopServer(t, &socketserver.Server{Handler: echo, HandshakeTimeout: -1})
	h := &holding{Conn: dial(t, s), n: 200}
	go tls.Client(h, clientTLS(t)).Handshake()
	c := tls.Client(dial(t, s), clientTLS(t))
	say(t, c, "after it")
	hear(t, c, "after it")
	ctx, cancel := context.WithTimeout(t.Context(), long)
	defer cancel()
	require.NoError(t, s.Shutdown(ctx))
	ended(t, h.Conn)
	handshakesEnd(t)
}

// Both sides say that they end, and a stream that is cut is no end.
func TestTLSCloseNotify(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		errs := make(chan error, 2)
		if _, ok := m.(socketserver.Forking); ok {
			return // the handler's channel is another process's
		}
		s := &socketserver.Server{Model: m, TLS: serverTLS(t), Handler: socketserver.ConnHandlerFunc(func(_ context.Context, c *socketserver.Conn) (socketserver.Next, error) {
			b, err := io.ReadAll(c)
			c.Write(b)
			errs <- err
			return socketserver.Close, nil
		})}
		start(t, s)
		c := tls.Client(dial(t, s), clientTLS(t))
		say(t, c, "all")
		require.NoError(t, c.CloseWrite())
		b, err := io.ReadAll(c) // nil is close-notify
		require.NoError(t, err)
		require.Equal(t, "all", string(b))
		require.NoError(t, <-errs)
		c.Close()

		nc := dial(t, s)
		c = tls.Client(nc, clientTLS(t))
		say(t, c, "part")
		require.NoError(t, nc.(interface{ CloseWrite() error }).CloseWrite())
		require.ErrorIs(t, <-errs, io.ErrUnexpectedEOF)
	})
}

// A handler reads while it writes: what is sent back is more than all buffers hold, and the
// client reads it only when it has sent everything.
func TestTLSTwoGoroutines(t *testing.T) {
	const size = 8 << 20
	data := strings.Repeat("0123456789abcdef", 1024)
	each(t, func(t *testing.T, m socketserver.Model) {
		for _, detach := range []bool{false, true} {
			s := &socketserver.Server{Model: m, TLS: serverTLS(t), Handler: both{size, detach}}
			start(t, s)
			c := tls.Client(dial(t, s), clientTLS(t))
			for range size / len(data) {
				say(t, c, data)
			}
			for range size / len(data) {
				hear(t, c, data)
			}
			hear(t, c, "read")
			_, err := c.Read(make([]byte, 1))
			require.Equal(t, io.EOF, err)
		}
	})
}

// both sends a text over and over while it reads.
type both struct {
	size   int
	detach bool
}

func (h both) ServeConn(_ context.Context, c *socketserver.Conn) (socketserver.Next, error) {
	if !h.detach {
		return socketserver.Close, h.serve(c)
	}
	nc, err := c.Detach()
	if err == nil {
		go func() {
			if h.serve(nc) == nil && nc.(interface{ ConnectionState() tls.ConnectionState }).ConnectionState().ServerName == "server.test" {
				nc.Close()
			}
		}()
	}
	return socketserver.Detached, err
}

func (h both) serve(c net.Conn) error {
	wrote := make(chan error)
	go func() {
		data := []byte(strings.Repeat("0123456789abcdef", 1024))
		for range h.size / len(data) {
			if _, err := c.Write(data); err != nil {
				wrote <- err
				return
			}
		}
		wrote <- nil
	}()
	_, rerr := io.CopyN(io.Discard, c, int64(h.size))
	werr := <-wrote
	if err := errors.Join(rerr, werr); err != nil {
		return err
	}
	_, err := io.WriteString(c, "read")
	return err
}

// What the handshake has agreed on is the same in every model, and so is what callbacks see.
func TestTLSState(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		if _, ok := m.(socketserver.Forking); ok {
			return // the channels are another process's
		}
		config := serverTLS(t)
		cert, pool := certificate()
		config.ClientAuth, config.ClientCAs, config.NextProtos = tls.RequireAndVerifyClientCert, pool, []string{"x", "y"}
		type hello struct {
			name          string
			local, remote net.Addr
			ended         error
		}
		hellos := make(chan hello, 1)
		config.GetConfigForClient = func(h *tls.ClientHelloInfo) (*tls.Config, error) {
			hellos <- hello{h.ServerName, h.Conn.LocalAddr(), h.Conn.RemoteAddr(), h.Context().Err()}
			return nil, nil
		}
		states := make(chan tls.ConnectionState, 1)
		s := &socketserver.Server{Model: m, TLS: config, Handler: socketserver.ConnHandlerFunc(func(_ context.Context, c *socketserver.Conn) (socketserver.Next, error) {
			if state, _ := c.TLS(); c.State == nil { // it is called for the end too
				c.State = true
				states <- state
			}
			return echo(t.Context(), c)
		})}
		start(t, s)
		client := clientTLS(t)
		client.Certificates, client.NextProtos = []tls.Certificate{cert}, []string{"y"}
		client.ClientSessionCache = tls.NewLRUClientSessionCache(1)
		for i := range 2 {
			c := tls.Client(dial(t, s), client)
			say(t, c, "hello")
			hear(t, c, "hello")
			h, state := <-hellos, <-states
			assert.Equal(t, "server.test", h.name)
			assert.Equal(t, c.LocalAddr().String(), h.remote.String())
			assert.Equal(t, c.RemoteAddr().String(), h.local.String())
			assert.NoError(t, h.ended)
			assert.Equal(t, "y", state.NegotiatedProtocol)
			assert.Equal(t, "server.test", state.ServerName)
			assert.Equal(t, uint16(tls.VersionTLS13), state.Version)
			assert.Len(t, state.PeerCertificates, 1)
			assert.Len(t, state.VerifiedChains, 1)
			assert.Equal(t, i == 1, state.DidResume)
			c.Close()
		}
	})
}

// A callback that panics, and a client that is refused, end one connection; the client is
// told.
func TestTLSCallbackPanics(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		if _, ok := m.(socketserver.Forking); ok {
			return
		}
		config := serverTLS(t)
		config.GetConfigForClient = func(h *tls.ClientHelloInfo) (*tls.Config, error) {
			switch len(h.SupportedProtos) {
			case 1:
				panic("secret")
			case 2:
				return nil, errors.New("refused")
			}
			return nil, nil
		}
		errs := make(chan error, 1)
		s := &socketserver.Server{Model: m, TLS: config, Handler: echo}
		s.HandleError = func(_ context.Context, _ socket.Addr, err error) { errs <- err }
		start(t, s)
		client := clientTLS(t)
		client.NextProtos = []string{"a"}
		require.Error(t, tls.Client(dial(t, s), client).Handshake())
		var p *socketserver.PanicError
		var he *socketserver.HandshakeError
		err := <-errs
		require.ErrorAs(t, err, &p)
		require.ErrorAs(t, err, &he)
		require.Equal(t, "secret", p.Value)
		client.NextProtos = []string{"a", "b"}
		require.ErrorContains(t, tls.Client(dial(t, s), client).Handshake(), "internal error")
		require.ErrorContains(t, <-errs, "refused")
		c := tls.Client(dial(t, s), clientTLS(t))
		say(t, c, "hello")
		hear(t, c, "hello")
	})
}

// Deadlines end reading and writing, and one may go on after them.
func TestTLSDeadlines(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		if _, ok := m.(socketserver.Forking); ok {
			return
		}
		_, loop := m.(socketserver.EventLoop)
		errs := make(chan error, 3)
		s := &socketserver.Server{Model: m, TLS: serverTLS(t), Handler: socketserver.ConnHandlerFunc(func(_ context.Context, c *socketserver.Conn) (socketserver.Next, error) {
			b := make([]byte, 10)
			c.Read(b)
			c.SetReadDeadline(time.Now().Add(short))
			_, err := c.Read(b)
			errs <- err
			c.SetReadDeadline(time.Time{})
			_, err = c.Read(b)
			errs <- err
			c.SetWriteDeadline(time.Now().Add(short))
			n := 0
			for err = nil; err == nil; {
				var k int
				k, err = c.Write(make([]byte, 100<<10))
				n += k
			}
			errs <- err
			if loop { // crypto/tls over a connection cannot
				c.SetWriteDeadline(time.Time{})
				_, err = c.Write([]byte{1})
				errs <- err
				return socketserver.Close, err
			}
			return socketserver.Close, nil
		})}
		start(t, s)
		c := tls.Client(dial(t, s), clientTLS(t))
		say(t, c, "x")
		require.ErrorIs(t, <-errs, os.ErrDeadlineExceeded)
		say(t, c, "y")
		require.NoError(t, <-errs)
		require.ErrorIs(t, <-errs, os.ErrDeadlineExceeded)
		if loop {
			b, err := io.ReadAll(c)
			require.NoError(t, err)
			require.NoError(t, <-errs)
			require.EqualValues(t, 1, b[len(b)-1])
		}
	})
}
