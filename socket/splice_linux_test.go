package socket_test

import (
	"bytes"
	"io"
	"net"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/pynet-go/pynet/socket"
)

// TestReadFrom: whatever the source is, all of it arrives.
func TestReadFrom(t *testing.T) {
	data := bytes.Repeat([]byte("0123456789abcdef"), 1<<16)
	fed := func(r io.Reader, w io.WriteCloser) io.Reader {
		go func() {
			w.Write(data)
			w.Close()
		}()
		return r
	}
	accepted := func(t *testing.T, network, addr string) (net.Conn, net.Conn) {
		l, err := net.Listen(network, addr)
		require.NoError(t, err)
		defer l.Close()
		c, err := net.Dial(network, l.Addr().String())
		require.NoError(t, err)
		s, err := l.Accept()
		require.NoError(t, err)
		t.Cleanup(func() { c.Close(); s.Close() })
		return c, s
	}
	sources := map[string]func(t *testing.T) io.Reader{
		"TCP socket": func(t *testing.T) io.Reader { c, s := connected(t, loopback); return fed(s, c) },
		"Unix socket": func(t *testing.T) io.Reader {
			c, s := pair(t, socket.SockStream)
			return fed(s, c)
		},
		"net.TCPConn":  func(t *testing.T) io.Reader { c, s := accepted(t, "tcp4", "127.0.0.1:0"); return fed(s, c) },
		"net.UnixConn": func(t *testing.T) io.Reader { c, s := accepted(t, "unix", sockPath(t)); return fed(s, c) },
		"pipe": func(t *testing.T) io.Reader {
			r, w, err := os.Pipe()
			require.NoError(t, err)
			t.Cleanup(func() { r.Close() })
			return fed(r, w)
		},
		"pipe that blocks": func(t *testing.T) io.Reader {
			var p [2]int
			require.NoError(t, unix.Pipe2(p[:], unix.O_CLOEXEC))
			r, w := os.NewFile(uintptr(p[0]), "r"), os.NewFile(uintptr(p[1]), "w")
			t.Cleanup(func() { r.Close() })
			return fed(r, w)
		},
		"file": func(t *testing.T) io.Reader {
			f, err := os.CreateTemp(t.TempDir(), "")
			require.NoError(t, err)
			t.Cleanup(func() { f.Close() })
			_, err = f.Write(data)
			require.NoError(t, err)
			_, err = f.Seek(0, io.SeekStart)
			require.NoError(t, err)
			return f
		},
		"other reader": func(t *testing.T) io.Reader { return io.MultiReader(bytes.NewReader(data)) },
	}
	for name, source := range sources {
		for _, limit := range []int64{-1, 100_001, 0} {
			t.Run(name, func(t *testing.T) {
				c, p := connected(t, loopback)
				got := make(chan []byte, 1)
				go func() {
					b, _ := io.ReadAll(p)
					got <- b
				}()
				src, want := source(t), data
				var lr *io.LimitedReader
				if limit >= 0 {
					lr = &io.LimitedReader{R: src, N: limit}
					src, want = lr, data[:limit]
				}
				n, err := c.ReadFrom(src)
				require.NoError(t, err)
				require.Equal(t, int64(len(want)), n)
				if lr != nil {
					require.Zero(t, lr.N)
				}
				require.NoError(t, c.CloseWrite())
				require.True(t, bytes.Equal(want, <-got))
			})
		}
	}
}

// TestReadFromTimeout: a source that is silent ends by its own timeout, a peer that does not
// read by ours; what went is counted.
func TestReadFromTimeout(t *testing.T) {
	c, p := connected(t, loopback)
	src, feed := pair(t, socket.SockStream)
	require.NoError(t, src.SetTimeout(50*time.Millisecond))
	require.NoError(t, feed.SendAll([]byte("abc"), 0))
	n, err := c.ReadFrom(src)
	require.ErrorIs(t, err, os.ErrDeadlineExceeded)
	require.Equal(t, int64(3), n)
	buf := make([]byte, 8)
	k, err := p.Recv(buf, 0)
	require.NoError(t, err)
	require.Equal(t, "abc", string(buf[:k]))

	require.NoError(t, src.SetTimeout(time.Minute))
	require.NoError(t, c.SetTimeout(50*time.Millisecond))
	go func() {
		for feed.SendAll(make([]byte, 1<<16), 0) == nil {
		}
	}()
	n, err = c.ReadFrom(src)
	require.ErrorIs(t, err, os.ErrDeadlineExceeded)
	require.NotZero(t, n)
}
