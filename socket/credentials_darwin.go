package socket

import "golang.org/x/sys/unix"

// peerPID is the peer's process, 0 if it is not known.
func peerPID(fd int) int32 {
	pid, err := unix.GetsockoptInt(fd, 0, unix.LOCAL_PEERPID)
	if err != nil {
		return 0
	}
	return int32(pid)
}
