package socketserver_test

import (
	"context"
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/pynet-go/pynet/socket"
	"github.com/pynet-go/pynet/socketserver"
)

// lineOrMuch is lineEcho that answers "much" with more than the system takes for a client
// that does not read.
type lineOrMuch struct{ lineEcho }

func (h lineOrMuch) ServeConn(ctx context.Context, c *socketserver.Conn) (socketserver.Next, error) {
	if b, _ := c.Reader().Peek(5); string(b) == "much\n" {
		_, err := c.Write(make([]byte, 16<<20))
		return socketserver.Close, err
	}
	return h.lineEcho.ServeConn(ctx, c)
}

// A flood is many clients at once.
type flood struct {
	addr string
	n    int
	errs chan error
	wg   sync.WaitGroup
	// brief tells that the slow clients go when the flood has begun: the server has one
	// connection at a time.
	brief bool
}

// rush has a half of the clients connect and drop it, in either way, and the others ask.
func (f *flood) rush() {
	for i := range f.n {
		f.wg.Go(func() {
			c, err := net.Dial("tcp", f.addr)
			if err != nil {
				f.errs <- err
				return
			}
			defer c.Close()
			switch i % 4 {
			case 0:
			case 1:
				c.(*net.TCPConn).SetLinger(0)
			default:
				f.errs <- pinged(c)
			}
		})
	}
}

// pinged has the server echo a line.
func pinged(c net.Conn) error {
	c.SetDeadline(time.Now().Add(long))
	if _, err := io.WriteString(c, "ping\n"); err != nil {
		return err
	}
	_, err := io.ReadFull(c, make([]byte, 5))
	return err
}

// under runs the flood, twice, with slow clients open all the while, and checks that one
// who comes into it is served, and that nothing is left of it.
func (f *flood) under(t *testing.T, s *socketserver.Server, slow func() []net.Conn) {
	f.addr = s.LocalAddr().String()
	f.n = 1000
	var lim unix.Rlimit
	require.NoError(t, unix.Getrlimit(unix.RLIMIT_NOFILE, &lim))
	if testing.Short() || lim.Cur < 4*uint64(f.n) {
		f.n = 200
	}
	f.errs = make(chan error, 2*f.n)
	bystander := func() {
		c, err := net.Dial("tcp", f.addr)
		require.NoError(t, err)
		defer c.Close()
		require.NoError(t, pinged(c))
	}
	bystander()
	before := used(t)
	conns := slow()
	leave := func() {
		for _, c := range conns {
			c.Close()
		}
	}
	for range 2 {
		f.rush()
		if f.brief {
			leave()
		}
		bystander()
	}
	f.wg.Wait()
	bystander()
	leave()
	close(f.errs)
	for err := range f.errs {
		require.NoError(t, err)
	}
	var after usage
	require.Eventually(t, func() bool {
		after = used(t)
		return after.fds <= before.fds && after.goroutines <= before.goroutines+2
	}, long, 10*time.Millisecond, "before %+v, after %+v", &before, &after)
}

// TestFlood: a thousand clients connect at once, half of them to drop it, while others begin
// a request and do not go on, or do not read the answer.
func TestFlood(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		s := &socketserver.Server{Model: m, Handler: lineOrMuch{}}
		f := &flood{brief: m == socketserver.Sequential{}}
		start(t, s)
		f.under(t, s, func() (conns []net.Conn) {
			for i := range 40 {
				c := dial(t, s)
				say(t, c, [...]string{"pi", "much\n"}[i%2])
				conns = append(conns, c)
			}
			return conns
		})
	})
}

// TestFloodForking: two of three workers have a client that rests, and one that does not
// read; the third serves all others.
func TestFloodForking(t *testing.T) {
	s := forkingServers()["echo"]
	m := s.Model.(socketserver.Forking)
	m.Prestart = m.MaxChildren
	s.Model = m
	start(t, s)
	new(flood).under(t, s, func() []net.Conn {
		idle, greedy := dial(t, s), dial(t, s)
		require.NoError(t, pinged(idle))
		require.NoError(t, pinged(greedy))
		unread := greedy.(*net.TCPConn)
		require.NoError(t, unread.SetWriteDeadline(time.Now().Add(short)))
		unread.Write(make([]byte, 16<<20)) // until the server does not read on
		return []net.Conn{idle, greedy}
	})
}

// TestDatagramSlow: a client that does not read its answers does not keep those of the others,
// and gets all of them when it reads.
func TestDatagramSlow(t *testing.T) {
	b, err := os.ReadFile("/proc/sys/net/unix/max_dgram_qlen")
	require.NoError(t, err)
	n, err := strconv.Atoi(strings.TrimSpace(string(b)))
	require.NoError(t, err)
	n += 20 // more than the client has room for
	each(t, func(t *testing.T, m socketserver.Model) {
		dir := t.TempDir()
		errs := make(chan error, 2*n)
		s := &socketserver.Server{Model: m, Addr: socket.Unix{Name: filepath.Join(dir, "s")},
			DatagramHandler: socketserver.DatagramHandlerFunc(func(_ context.Context, d *socketserver.Datagram) error {
				_, err := d.Write(d.Data)
				return err
			}),
			HandleError: func(_ context.Context, _ socket.Addr, err error) { errs <- err },
		}
		if m == (socketserver.Sequential{}) {
			s.WriteTimeout = short / 10
		}
		start(t, s)
		to := &net.UnixAddr{Name: s.Addr.(socket.Unix).Name, Net: "unixgram"}
		client := func(name string) *net.UnixConn { // of one that is connected the system queues more
			c, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: filepath.Join(dir, name)})
			require.NoError(t, err)
			t.Cleanup(func() { c.Close() })
			require.NoError(t, c.SetDeadline(time.Now().Add(long)))
			return c
		}
		slow, quick := client("slow"), client("quick")
		for range n {
			_, err := slow.WriteTo([]byte("a"), to)
			require.NoError(t, err)
		}
		_, err := quick.WriteTo([]byte("b"), to)
		require.NoError(t, err)
		hear(t, quick, "b")
		if s.WriteTimeout > 0 {
			require.ErrorIs(t, <-errs, os.ErrDeadlineExceeded)
			return
		}
		for range n {
			hear(t, slow, "a")
		}
		require.NoError(t, s.Shutdown(t.Context()))
		require.Empty(t, errs)
	})
}
