//go:build unix && !linux

package socketserver

import "golang.org/x/sys/unix"

// readable reports whether a read would not have to wait.
func readable(fd int) bool {
	fds := [1]unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}}
	n, err := unix.Poll(fds[:], 0)
	return n != 0 || err != nil
}
