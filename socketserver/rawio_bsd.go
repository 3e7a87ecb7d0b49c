//go:build unix && !linux

package socketserver

import (
	"syscall"

	"golang.org/x/sys/unix"
)

// rawRead and rawWrite act on a non-blocking socket. p must not be empty.
func rawRead(fd int, p []byte) (int, syscall.Errno)  { return bare(unix.Read(fd, p)) }
func rawWrite(fd int, p []byte) (int, syscall.Errno) { return bare(unix.Write(fd, p)) }

func bare(n int, err error) (int, syscall.Errno) {
	if err == nil {
		return n, 0
	}
	if errno, ok := err.(syscall.Errno); ok {
		return 0, errno
	}
	return 0, syscall.EIO
}
