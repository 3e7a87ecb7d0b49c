//go:build unix

package telnet

import (
	"io"
	"net"
	"os"
	"syscall"
)

// tryRead returns what reads from nc without waiting, nil if nc is none of the system's.
func tryRead(nc net.Conn) func([]byte) (int, error) {
	switch nc.(type) { // no others: a type of somebody else's may have a Read of its own
	case *net.TCPConn, *net.UnixConn:
	default:
		return nil
	}
	raw, err := nc.(syscall.Conn).SyscallConn()
	if err != nil {
		return nil
	}
	return func(p []byte) (n int, err error) {
		rerr := raw.Read(func(fd uintptr) bool {
			for {
				if n, err = syscall.Read(int(fd), p); err != syscall.EINTR {
					return true
				}
			}
		})
		switch {
		case rerr != nil:
			return 0, rerr
		case err == syscall.EAGAIN || err == syscall.EWOULDBLOCK:
			return 0, os.ErrDeadlineExceeded
		case err != nil:
			return 0, os.NewSyscallError("read", err)
		case n == 0:
			return 0, io.EOF
		}
		return n, nil
	}
}
