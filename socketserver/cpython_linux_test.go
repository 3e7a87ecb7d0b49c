package socketserver_test

import (
	"context"
	"errors"
	"io"
	"net"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/socket"
	"github.com/pynet-go/pynet/socketserver"
)

// oneLine is the handler of CPython's tests: it sends a line back.
var oneLine = socketserver.Stream(socketserver.StreamHandlerFunc(func(_ context.Context, s *socketserver.StreamConn) error {
	line, err := s.ReadLine()
	if err == nil {
		_, err = s.Write(line)
	}
	return err
}))

// examined serves by the model at an address, and asks three times as CPython's tests do.
func examined(t *testing.T, m socketserver.Model, addr socket.Addr, datagrams bool) {
	t.Helper()
	s := &socketserver.Server{}
	if f, ok := m.(socketserver.Forking); ok { // its handlers are those of the worker
		s = forkingServers()[f.Name]
		m = s.Model
	} else if datagrams {
		s.DatagramHandler = socketserver.DatagramHandlerFunc(func(_ context.Context, d *socketserver.Datagram) error {
			_, err := d.Write(d.Data)
			return err
		})
	} else {
		s.Handler = oneLine
	}
	s.Model, s.Addr = m, addr
	start(t, s)
	const line = "hello world\n"
	for i := range 3 {
		var c net.Conn
		var err error
		at, isUnix := s.LocalAddr().(socket.Unix)
		switch {
		case isUnix && datagrams:
			from := &net.UnixAddr{Name: at.Name + string(rune('a'+i)), Net: "unixgram"}
			c, err = net.DialUnix("unixgram", from, &net.UnixAddr{Name: at.Name, Net: "unixgram"})
		case isUnix:
			c, err = net.Dial("unix", at.Name)
		case datagrams:
			c, err = net.Dial("udp", s.LocalAddr().String())
		default:
			c, err = net.Dial("tcp", s.LocalAddr().String())
		}
		require.NoError(t, err)
		require.NoError(t, c.SetDeadline(time.Now().Add(long)))
		say(t, c, line)
		buf := make([]byte, 100)
		n, err := c.Read(buf)
		require.NoError(t, err)
		require.Contains(t, string(buf[:n]), line) // our worker of Unix datagrams adds its number
		c.Close()
	}
	require.NoError(t, s.Shutdown(t.Context()))
}

// TestCPython has the cases of CPython's Lib/test/test_socketserver.py, under their names.
// Where the answer differs on purpose the case says so.
func TestCPython(t *testing.T) {
	unix := func(t *testing.T) socket.Addr { return socket.Unix{Name: filepath.Join(t.TempDir(), "s")} }
	models := map[string]socketserver.Model{"": socketserver.Sequential{}, "Threading": socketserver.Threading{}}
	for name, m := range models {
		t.Run(name+"TCPServer", func(t *testing.T) { examined(t, m, loopback, false) })
		t.Run(name+"UnixStreamServer", func(t *testing.T) { examined(t, m, unix(t), false) })
		t.Run(name+"UDPServer", func(t *testing.T) { examined(t, m, loopback, true) })
		t.Run(name+"UnixDatagramServer", func(t *testing.T) { examined(t, m, unix(t), true) })
	}
	forks := func(name string) socketserver.Model { return socketserver.Forking{Name: name} }
	t.Run("ForkingTCPServer", func(t *testing.T) { examined(t, forks("commands"), loopback, false) })
	t.Run("ForkingUnixStreamServer", func(t *testing.T) { examined(t, forks("commands"), unix(t), false) })
	t.Run("ForkingUDPServer", func(t *testing.T) { examined(t, forks("unix"), loopback, true) })
	t.Run("ForkingUnixDatagramServer", func(t *testing.T) { examined(t, forks("unix"), unix(t), true) })
	for name, run := range map[string]func(*testing.T){
		"shutdown":          cpythonShutdown,
		"close_immediately": cpythonCloseImmediately,
		"tcpserver_bind_leak": func(t *testing.T) {
			taken := &socketserver.Server{Handler: oneLine}
			start(t, taken)
			before := used(t).fds
			for range 100 {
				s := &socketserver.Server{Addr: taken.LocalAddr(), Handler: oneLine}
				require.Error(t, s.Activate())
			}
			require.LessOrEqual(t, used(t).fds, before)
		},
		"context_manager": func(t *testing.T) { // which is a deferred Close
			s := &socketserver.Server{Addr: loopback, Handler: oneLine}
			func() {
				defer s.Close()
				require.NoError(t, s.Activate())
				require.NotEqual(t, -1, s.Fileno())
			}()
			require.Equal(t, -1, s.Fileno())
		},
		"shutdown_request_called_if_verify_request_false": func(t *testing.T) {
			s := &socketserver.Server{Handler: oneLine, VerifyRequest: func(context.Context, socket.Addr) bool { return false }}
			start(t, s)
			ended(t, dial(t, s))
		},
		"threads_reaped": func(t *testing.T) {
			s := &socketserver.Server{Model: socketserver.Threading{}, Handler: oneLine}
			start(t, s)
			before := used(t).goroutines
			for range 10 {
				c := dial(t, s)
				say(t, c, "x\n")
				hear(t, c, "x\n")
				ended(t, c)
			}
			require.Eventually(t, func() bool { return used(t).goroutines <= before+2 }, long, time.Millisecond)
		},
		"writer": cpythonWriter,
	} {
		t.Run(name, run)
	}
	t.Run("errors", cpythonErrors)
}

// cpythonShutdown: it makes ServeForever return, at whatever moment it is called (bpo-2302).
func cpythonShutdown(t *testing.T) {
	for range 20 {
		s := &socketserver.Server{Addr: loopback, Handler: oneLine}
		require.NoError(t, s.Activate())
		done := make(chan error, 1)
		go func() { done <- s.ServeForever(context.Background()) }()
		require.NoError(t, s.Shutdown(t.Context()))
		require.ErrorIs(t, <-done, socketserver.ErrServerClosed)
	}
}

// cpythonCloseImmediately: server_close without serve_forever.
func cpythonCloseImmediately(t *testing.T) {
	for _, m := range []socketserver.Model{socketserver.Sequential{}, socketserver.Threading{}, socketserver.Forking{}, socketserver.EventLoop{}} {
		s := &socketserver.Server{Addr: loopback, Handler: oneLine, Model: m}
		require.NoError(t, s.Activate())
		require.NoError(t, s.Close())
	}
}

// cpythonErrors are sync_handled, threading_handled, forking_handled and their not_handled.
// Python lets SystemExit and KeyboardInterrupt through handle_error, and a sequential server
// ends of them. Here every panic and every end of a handler's goroutine is told to
// HandleError and ends that one connection.
func cpythonErrors(t *testing.T) {
	failed := errors.New("it failed")
	for name, m := range map[string]socketserver.Model{"sync": socketserver.Sequential{}, "threading": socketserver.Threading{}} {
		for what, fail := range map[string]func() error{"handled": func() error { return failed }, "not_handled": func() error { panic(failed) }} {
			t.Run(name+"_"+what, func(t *testing.T) {
				told := make(chan error, 1)
				var begun atomic.Bool
				s := &socketserver.Server{Model: m, HandleError: func(_ context.Context, _ socket.Addr, err error) { told <- err }}
				s.Handler = socketserver.Stream(socketserver.StreamHandlerFunc(func(_ context.Context, s *socketserver.StreamConn) error {
					if _, err := s.ReadLine(); err != nil || !begun.Swap(true) {
						return fail()
					}
					_, err := s.WriteString("served\n")
					return err
				}))
				start(t, s)
				c := dial(t, s)
				say(t, c, "x\n")
				ended(t, c)
				require.ErrorContains(t, <-told, failed.Error())
				c = dial(t, s)
				say(t, c, "x\n")
				hear(t, c, "served\n")
			})
		}
	}
	for what, line := range map[string]string{"handled": "panic\n", "not_handled": "exit\n"} {
		t.Run("forking_"+what, func(t *testing.T) {
			s := forkingServers()["commands"]
			told := make(chan error, 10)
			s.HandleError = func(_ context.Context, _ socket.Addr, err error) { told <- err }
			start(t, s)
			c := dial(t, s)
			say(t, c, line)
			ended(t, c)
			if line == "exit\n" { // of the panic the worker's own HandleError tells
				var we *socketserver.WorkerError
				require.ErrorAs(t, <-told, &we)
			}
			c = dial(t, s)
			say(t, c, "x\n")
			hear(t, c, "x\n")
		})
	}
}

// cpythonWriter is basics and write of SocketWriterTest: the whole is sent, however much,
// also to a client that reads late, and is counted.
func cpythonWriter(t *testing.T) {
	const size = 4 << 20
	wrote := make(chan int, 1)
	s := &socketserver.Server{Handler: socketserver.Stream(socketserver.StreamHandlerFunc(func(_ context.Context, s *socketserver.StreamConn) error {
		n, err := s.Write(make([]byte, size))
		wrote <- n
		return err
	}))}
	start(t, s)
	c := dial(t, s)
	n, err := io.Copy(io.Discard, c)
	require.NoError(t, err)
	require.EqualValues(t, size, n)
	require.Equal(t, size, <-wrote)
}
