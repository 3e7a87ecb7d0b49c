package socketserver_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/pynet-go/pynet/socketserver"
)

// crowdEnv makes the test's program a crowd of clients: it holds the address and the number
// of connections.
const crowdEnv = "SOCKETSERVER_TEST_CROWD"

// crowd opens connections of which some rest, some end their side, some are reset, some send
// a byte of a request, and some have been served. It tells READY, and goes when its input
// ends.
func crowd(spec string) error {
	addr, count, _ := strings.Cut(spec, " ")
	n, err := strconv.Atoi(count)
	if err != nil {
		return err
	}
	conns := make([]net.Conn, n)
	for i := range conns {
		if conns[i], err = net.Dial("tcp", addr); err != nil {
			return err
		}
		c := conns[i].(*net.TCPConn)
		switch i % 5 {
		case 1:
			err = c.CloseWrite()
		case 2:
			c.SetLinger(0)
			err = c.Close()
		case 3:
			_, err = c.Write([]byte("s"))
		case 4:
			if _, err = c.Write([]byte("line\n")); err == nil {
				_, err = io.ReadFull(c, make([]byte, 5))
			}
		}
		if err != nil {
			return err
		}
	}
	fmt.Println("READY")
	io.Copy(io.Discard, os.Stdin)
	for _, c := range conns {
		c.Close()
	}
	return nil
}

// usage is what the process has: goroutines, descriptors and heap, after a rest.
type usage struct {
	goroutines, fds int
	heap            uint64
}

func used(t *testing.T) usage {
	t.Helper()
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fds, err := os.ReadDir("/proc/self/fd")
	require.NoError(t, err)
	return usage{runtime.NumGoroutine(), len(fds), m.HeapAlloc}
}

// TestCrowd: ten thousand connections that rest, are half closed, reset, slow and served, all
// at once. When they have gone nothing of them is left: no goroutine, no descriptor, no
// memory.
func TestCrowd(t *testing.T) {
	n := 10_000
	var lim unix.Rlimit
	require.NoError(t, unix.Getrlimit(unix.RLIMIT_NOFILE, &lim))
	if lim.Cur < 2*uint64(n) || testing.Short() || raceDetector {
		n = 500
	}
	byLine := func(m socketserver.Model) *socketserver.Server {
		return &socketserver.Server{Addr: loopback, Model: m, Handler: lineEcho{}}
	}
	for name, m := range map[string]socketserver.Model{"EventLoop": socketserver.EventLoop{}, "Threading": socketserver.Threading{}} {
		t.Run(name, func(t *testing.T) {
			s := byLine(m)
			require.NoError(t, s.Activate())
			done := make(chan error, 1)
			go func() { done <- s.ServeForever(t.Context()) }()
			probe := dial(t, s)
			ping := func() {
				say(t, probe, "ping\n")
				hear(t, probe, "ping\n")
			}
			ping()
			before := used(t)

			cmd := exec.Command(os.Args[0])
			cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%v %d", crowdEnv, s.LocalAddr(), n))
			cmd.Stderr = os.Stderr
			stdin, err := cmd.StdinPipe()
			require.NoError(t, err)
			stdout, err := cmd.StdoutPipe()
			require.NoError(t, err)
			require.NoError(t, cmd.Start())
			line, err := bufio.NewReader(stdout).ReadString('\n')
			require.NoError(t, err)
			require.Equal(t, "READY\n", line)
			ping()
			during := used(t)
			require.GreaterOrEqual(t, during.fds-before.fds, n*3/5-1, "those that rest, wait or have been served")
			if name == "EventLoop" {
				require.LessOrEqual(t, during.goroutines-before.goroutines, 5)
			}
			require.NoError(t, stdin.Close())
			require.NoError(t, cmd.Wait())

			var after usage
			require.Eventually(t, func() bool {
				ping()
				after = used(t)
				return after.fds <= before.fds && after.goroutines <= before.goroutines+2
			}, 2*long, 20*time.Millisecond, "before %+v, after %+v", &before, &after)
			require.Less(t, after.heap, before.heap+4<<20)
			require.NoError(t, s.Close())
			require.ErrorIs(t, <-done, socketserver.ErrServerClosed)
		})
	}
}
