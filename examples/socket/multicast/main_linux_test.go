package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

// inside marks the process that runs in the namespace.
const inside = "PYNET_TEST_NAMESPACE"

// TestMulticast runs in a network namespace of its own, so that nothing leaves it.
func TestMulticast(t *testing.T) {
	if os.Getenv(inside) == "" {
		cmd := exec.Command("/proc/self/exe", "-test.run", "^TestMulticast$")
		cmd.Env = append(os.Environ(), inside+"=1")
		cmd.SysProcAttr = &syscall.SysProcAttr{
			Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNET,
			UidMappings: []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}},
			GidMappings: []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}},
		}
		var out bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &out
		if err := cmd.Start(); err != nil {
			t.Skip("no namespace:", err)
		}
		require.NoError(t, cmd.Wait(), &out)
		return
	}
	loopbackUp(t)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	r, w := io.Pipe()
	done := make(chan error, 1)
	go func() { done <- run(ctx, []string{"listen", "239.1.2.3:7007", "-i", "lo"}, w) }()
	lines := bufio.NewReader(r)
	line, err := lines.ReadString('\n')
	require.NoError(t, err)
	require.Equal(t, "listening to 239.1.2.3:7007\n", line)
	require.NoError(t, run(ctx, []string{"send", "239.1.2.3:7007", "-i", "lo", "hello", "everybody"}, nil))
	line, err = lines.ReadString('\n')
	require.NoError(t, err)
	require.Contains(t, line, `"hello everybody"`)
	stop()
	require.NoError(t, <-done)
}

func loopbackUp(t *testing.T) {
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	require.NoError(t, err)
	defer unix.Close(fd)
	ifr, err := unix.NewIfreq("lo")
	require.NoError(t, err)
	ifr.SetUint16(unix.IFF_UP | unix.IFF_RUNNING | unix.IFF_MULTICAST)
	require.NoError(t, unix.IoctlIfreq(fd, unix.SIOCSIFFLAGS, ifr))
}

func TestRefused(t *testing.T) {
	for _, args := range [][]string{{}, {"listen"}, {"listen", "239.1.2.3"}, {"listen", "127.0.0.1:0"}, {"listen", "239.1.2.3:0", "-i", "no such"}, {"sing", "239.1.2.3:1"}} {
		require.Error(t, run(t.Context(), args, io.Discard), "%q", args)
	}
}
