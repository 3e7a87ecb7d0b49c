package socketserver

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

// readable reports whether a read would not have to wait. It does not block, and so does
// without the scheduler's leave.
func readable(fd int) bool {
	var b [1]byte
	_, _, errno := unix.RawSyscall6(unix.SYS_RECVFROM, uintptr(fd), uintptr(unsafe.Pointer(&b)), 1, unix.MSG_PEEK|unix.MSG_DONTWAIT, 0, 0)
	return errno != unix.EAGAIN
}
