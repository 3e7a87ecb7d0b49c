package socketserver_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/pynet-go/pynet/socket"
	"github.com/pynet-go/pynet/socketserver"
)

// forking starts one of the servers, whose errors go to the channel.
func forking(t *testing.T, name string, change func(*socketserver.Server, *socketserver.Forking)) (*socketserver.Server, chan error) {
	t.Helper()
	errs := make(chan error, 1000)
	s := forkingServers()[name]
	s.HandleError = func(_ context.Context, _ socket.Addr, err error) { errs <- err }
	if change != nil {
		m := s.Model.(socketserver.Forking)
		change(s, &m)
		s.Model = m
	}
	start(t, s)
	return s, errs
}

// ask says a line and hears one.
func ask(t *testing.T, c net.Conn, line string) string {
	t.Helper()
	say(t, c, line+"\n")
	answer, err := bufio.NewReaderSize(c, 16).ReadString('\n')
	require.NoError(t, err)
	return strings.TrimSuffix(answer, "\n")
}

func pidOf(t *testing.T, c net.Conn) int {
	t.Helper()
	pid, err := strconv.Atoi(ask(t, c, "pid"))
	require.NoError(t, err)
	return pid
}

func TestForking(t *testing.T) {
	s, _ := forking(t, "commands", nil)
	pids := map[int]bool{}
	var conns []net.Conn
	for range 3 { // as many as may be
		c := dial(t, s)
		pids[pidOf(t, c)] = true
		conns = append(conns, c)
	}
	require.Len(t, pids, 3, "processes of their own")
	require.NotContains(t, pids, os.Getpid())
	waiting := dial(t, s)
	say(t, waiting, "hello\n")
	conns[1].Close()
	hear(t, waiting, "hello\n")
	require.True(t, pids[pidOf(t, waiting)], "a worker that was free again")
	for _, c := range append(conns, waiting) {
		c.Close()
	}
	require.NoError(t, s.Shutdown(t.Context()))
	for pid := range pids {
		require.ErrorIs(t, syscall.Kill(pid, 0), syscall.ESRCH, "gone, and no zombie")
	}
}

func TestForkingEcho(t *testing.T) {
	s, _ := forking(t, "echo", nil)
	for range 5 {
		c := dial(t, s)
		say(t, c, "hello")
		hear(t, c, "hello")
		c.Close()
	}
}

func TestForkingTLS(t *testing.T) {
	s, _ := forking(t, "tls", nil)
	c := tls.Client(dial(t, s), &tls.Config{InsecureSkipVerify: true}) // the worker's is made up
	say(t, c, "hello\n")
	hear(t, c, "1 HELLO\n")
	c.Close()
}

func TestForkingDatagrams(t *testing.T) {
	s, _ := forking(t, "datagrams", nil)
	c, err := net.Dial("udp", s.LocalAddr().String())
	require.NoError(t, err)
	defer c.Close()
	require.NoError(t, c.SetDeadline(time.Now().Add(long)))
	for range 5 {
		say(t, c, "hello")
		hear(t, c, "HELLO")
	}
	say(t, c, "0123456789x")
	hear(t, c, "truncated 0123456789")
}

func TestForkingUnixDatagrams(t *testing.T) {
	dir := t.TempDir()
	s, errs := forking(t, "unix", func(s *socketserver.Server, m *socketserver.Forking) {
		s.Addr = socket.Unix{Name: filepath.Join(dir, "s")}
	})
	c, err := net.DialUnix("unixgram", &net.UnixAddr{Name: filepath.Join(dir, "c")}, &net.UnixAddr{Name: filepath.Join(dir, "s")})
	require.NoError(t, err)
	defer c.Close()
	require.NoError(t, c.SetDeadline(time.Now().Add(long)))
	for range 3 {
		say(t, c, "die")
		var we *socketserver.WorkerError
		require.ErrorAs(t, <-errs, &we)
		say(t, c, "live")
		buf := make([]byte, 100)
		n, err := c.Read(buf)
		require.NoError(t, err)
		require.Contains(t, string(buf[:n]), "live")
	}
	_ = s
}

// TestForkingLargeDatagram: one that is too large to be passed on is an error, and not a
// worker's death.
func TestForkingLargeDatagram(t *testing.T) {
	dir := t.TempDir()
	_, errs := forking(t, "unix", func(s *socketserver.Server, m *socketserver.Forking) {
		s.Addr, s.MaxPacketSize = socket.Unix{Name: filepath.Join(dir, "s")}, 1<<20
		m.MaxChildren, m.Prestart = 1, 1
	})
	c, err := net.DialUnix("unixgram", &net.UnixAddr{Name: filepath.Join(dir, "c")}, &net.UnixAddr{Name: filepath.Join(dir, "s")})
	require.NoError(t, err)
	defer c.Close()
	require.NoError(t, c.SetDeadline(time.Now().Add(long)))
	buf := make([]byte, 100)
	pid := func() string {
		say(t, c, "live")
		n, err := c.Read(buf)
		require.NoError(t, err)
		return string(buf[:n])
	}
	before := pid()
	large := make([]byte, 1<<20)
	for n := len(large); ; n -= 16 {
		if _, err := c.Write(large[:n]); err == nil { // the largest that goes
			break
		}
	}
	require.ErrorIs(t, <-errs, syscall.EMSGSIZE)
	require.Equal(t, before, pid())
}

// TestForkingCrash: a worker that dies takes its own request with it and is replaced.
func TestForkingCrash(t *testing.T) {
	for _, way := range []string{"die", "exit"} {
		s, errs := forking(t, "commands", nil)
		other := dial(t, s)
		pidOf(t, other)
		for range 4 {
			c := dial(t, s)
			pid := pidOf(t, c)
			say(t, c, way+"\n")
			ended(t, c)
			var we *socketserver.WorkerError
			require.ErrorAs(t, <-errs, &we)
			require.Equal(t, pid, we.PID)
			require.NotEmpty(t, we.Error())
		}
		require.Equal(t, "alive", ask(t, other, "alive"))
		c := dial(t, s)
		say(t, c, "panic\n") // that one is recovered
		ended(t, c)
	}
}

// TestForkingGoexit: a handler that ends its goroutine ends its request, and not the worker.
func TestForkingGoexit(t *testing.T) {
	s, _ := forking(t, "commands", func(_ *socketserver.Server, m *socketserver.Forking) { m.MaxChildren = 1 })
	c := dial(t, s)
	pid := pidOf(t, c)
	say(t, c, "goexit\n")
	ended(t, c)
	require.Equal(t, pid, pidOf(t, dial(t, s)))
}

// TestForkingKill: workers are killed under load from outside. Only their own requests
// fail, and all else is answered.
func TestForkingKill(t *testing.T) {
	s, errs := forking(t, "commands", func(_ *socketserver.Server, m *socketserver.Forking) { m.MaxChildren = 4 })
	const clients, requests = 4, 40
	var failed, killed atomic.Int32
	var wg sync.WaitGroup
	pids := make(chan int, clients*requests)
	for range clients {
		wg.Go(func() {
			for range requests {
				c, err := net.Dial("tcp", s.LocalAddr().String())
				if err != nil {
					t.Error(err)
					return
				}
				c.SetDeadline(time.Now().Add(long))
				io.WriteString(c, "pid\n")
				r := bufio.NewReader(c)
				answer, err := r.ReadString('\n')
				if err == nil {
					pid, _ := strconv.Atoi(strings.TrimSpace(answer))
					select {
					case pids <- pid:
					default:
					}
					io.WriteString(c, "x\n")
					_, err = r.ReadString('\n')
				}
				if err != nil {
					failed.Add(1)
				}
				c.Close()
			}
		})
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		n := 0
		for pid := range pids {
			if n++; n%20 == 10 && syscall.Kill(pid, syscall.SIGKILL) == nil {
				killed.Add(1)
			}
		}
	}()
	wg.Wait()
	close(pids)
	<-done
	require.LessOrEqual(t, failed.Load(), killed.Load(), "each kill costs one request at most")
	require.Positive(t, killed.Load())
	c := dial(t, s)
	require.Equal(t, "alive", ask(t, c, "alive"))
	c.Close()
	require.NoError(t, s.Shutdown(t.Context()))
	close(errs)
	reported := 0
	for err := range errs {
		var we *socketserver.WorkerError
		require.ErrorAs(t, err, &we)
		reported++
	}
	require.LessOrEqual(t, reported, int(killed.Load()))
}

// TestForkingLimits: a worker is replaced after MaxRequests; one that cannot be started
// does not take the server with it.
func TestForkingLimits(t *testing.T) {
	s, _ := forking(t, "commands", func(_ *socketserver.Server, m *socketserver.Forking) {
		m.MaxRequests, m.MaxChildren, m.Prestart = 2, 1, 1
	})
	var pids []int
	for range 4 {
		c := dial(t, s)
		pids = append(pids, pidOf(t, c))
		c.Close()
	}
	require.Equal(t, pids[0], pids[1])
	require.Equal(t, pids[2], pids[3])
	require.NotEqual(t, pids[1], pids[2])
}

// TestForkingClose: Close ends a worker that hangs.
func TestForkingClose(t *testing.T) {
	s, _ := forking(t, "commands", nil)
	c := dial(t, s)
	pid := pidOf(t, c)
	say(t, c, "hang\n")
	ctx, cancel := context.WithTimeout(t.Context(), short)
	defer cancel()
	require.ErrorIs(t, s.Shutdown(ctx), context.DeadlineExceeded)
	require.NoError(t, s.Close())
	require.ErrorIs(t, syscall.Kill(pid, 0), syscall.ESRCH)
	ended(t, c)
}

// TestSecSRV07Forking: workers that are done leave no zombies, and inherit neither the
// listening socket nor other connections.
func TestSecSRV07Forking(t *testing.T) {
	n := 1000
	if testing.Short() || raceDetector {
		n = 100
	}
	s, _ := forking(t, "commands", func(_ *socketserver.Server, m *socketserver.Forking) { m.MaxRequests = 100 })
	l := dial(t, s)
	fds := ask(t, l, "fds")
	require.Equal(t, 2, strings.Count(fds, "socket:"), "the connection, and the one to the server: %s", fds)
	l.Close()
	for i := range n {
		c := dial(t, s)
		require.Equal(t, fmt.Sprint(i), ask(t, c, fmt.Sprint(i)))
		c.Close()
	}
	require.NoError(t, s.Shutdown(t.Context()))
	for pid := range children(t) {
		t.Errorf("process %d is left", pid)
	}
}

// children are this process's, by number, dead or alive.
func children(t *testing.T) map[int]bool {
	t.Helper()
	out := map[int]bool{}
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	require.NoError(t, err)
	for _, name := range stats {
		b, err := os.ReadFile(name)
		if errors.Is(err, os.ErrNotExist) || errors.Is(err, syscall.ESRCH) {
			continue
		}
		_, rest, _ := strings.Cut(string(b), ") ")
		if f := strings.Fields(rest); len(f) > 1 && f[1] == strconv.Itoa(os.Getpid()) {
			pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(name)))
			out[pid] = true
		}
	}
	return out
}

// TestSecSRV09Backlog: the queue of connections is not Python's 5.
func TestSecSRV09Backlog(t *testing.T) {
	for want, s := range map[int]*socketserver.Server{4096: {Handler: echo, Addr: loopback}, 7: {Handler: echo, Addr: loopback, RequestQueueSize: 7}} {
		require.NoError(t, s.Activate())
		defer s.Close()
		b, err := os.ReadFile("/proc/sys/net/core/somaxconn")
		require.NoError(t, err)
		system, err := strconv.Atoi(strings.TrimSpace(string(b)))
		require.NoError(t, err)
		info, err := unix.GetsockoptTCPInfo(s.Fileno(), unix.IPPROTO_TCP, unix.TCP_INFO)
		require.NoError(t, err)
		require.EqualValues(t, min(want, system), info.Sacked) // of a listening socket: its queue
	}
}

// TestForkingComesBack: a worker that dies of its first request, and others that cannot be started, are
// no end of it.
func TestForkingComesBack(t *testing.T) {
	var started atomic.Int32
	s, errs := forking(t, "echo", func(_ *socketserver.Server, m *socketserver.Forking) {
		real := m.Command
		m.Prestart = 1
		m.Command = func() *exec.Cmd {
			switch started.Add(1) {
			case 1:
				// The descriptor does not block: head fails until there is something.
				return exec.Command("/bin/sh", "-c", "until head -c1 <&3; do sleep 0.01; done >/dev/null 2>&1")
			case 2, 3:
				return exec.Command("/nonexistent")
			}
			return real()
		}
	})
	io.ReadAll(dial(t, s))
	c := dial(t, s)
	say(t, c, "hello")
	hear(t, c, "hello")
	all := errors.Join(<-errs, <-errs)
	require.ErrorIs(t, all, os.ErrNotExist)
}

// TestForkingUnasked: a worker that says it is done with what it never had is replaced, and
// gets no two requests. That it lived for a moment only does not keep others from being
// started while its successor is busy.
func TestForkingUnasked(t *testing.T) {
	var started atomic.Int32
	s, _ := forking(t, "echo", func(_ *socketserver.Server, m *socketserver.Forking) {
		real := m.Command
		m.Prestart = 1
		m.Command = func() *exec.Cmd {
			if started.Add(1) == 1 {
				return exec.Command("/bin/sh", "-c", "echo done >&3; exec cat <&3")
			}
			return real()
		}
	})
	for range 2 {
		var got []byte
		for tries := 0; string(got) != "hello"; tries++ { // it may have been given the first
			require.Less(t, tries, 3)
			c := dial(t, s)
			c.Write([]byte("hello"))
			got = make([]byte, 5)
			io.ReadFull(c, got)
		}
	}
}

// TestForkingMaxChildren: replacing the dead and starting more for requests keep to one limit.
func TestForkingMaxChildren(t *testing.T) {
	s, _ := forking(t, "commands", func(s *socketserver.Server, m *socketserver.Forking) {
		m.Prestart, m.MaxChildren = 2, 2
		s.HandleError = func(context.Context, socket.Addr, error) {}
	})
	for range 10 {
		for range 2 {
			c := dial(t, s)
			c.Write([]byte("exit\n"))
			io.ReadAll(c)
			c.Close()
		}
		require.LessOrEqual(t, len(children(t)), 2)
	}
}
