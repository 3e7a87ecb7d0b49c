package socketserver_test

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/pynet-go/pynet/socket"
	"github.com/pynet-go/pynet/socketserver"
)

// TestPassedDescriptor: on a Unix socket nothing is read before the handler does, which would
// lose a descriptor that comes with the bytes.
func TestPassedDescriptor(t *testing.T) {
	got := make(chan int, 1)
	s := &socketserver.Server{
		Addr: socket.Unix{Name: filepath.Join(t.TempDir(), "s")}, Model: socketserver.Threading{},
		Handler: socketserver.ConnHandlerFunc(func(_ context.Context, c *socketserver.Conn) (socketserver.Next, error) {
			rc, err := c.SyscallConn()
			if err != nil {
				return socketserver.Close, err
			}
			fds := 0
			err = rc.Read(func(fd uintptr) bool {
				oob := make([]byte, 64)
				_, n, _, _, err := unix.Recvmsg(int(fd), make([]byte, 8), oob, unix.MSG_CMSG_CLOEXEC)
				if err == unix.EAGAIN {
					return false
				}
				msgs, _ := unix.ParseSocketControlMessage(oob[:max(n, 0)])
				for _, m := range msgs {
					passed, _ := unix.ParseUnixRights(&m)
					for _, p := range passed {
						fds++
						unix.Close(p)
					}
				}
				return true
			})
			got <- fds
			return socketserver.Close, err
		}),
	}
	start(t, s)
	c := dial(t, s).(*net.UnixConn)
	f, err := os.Open(os.DevNull)
	require.NoError(t, err)
	defer f.Close()
	_, _, err = c.WriteMsgUnix([]byte("take it"), unix.UnixRights(int(f.Fd())), nil)
	require.NoError(t, err)
	require.Equal(t, 1, <-got)
}
