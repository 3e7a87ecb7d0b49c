package socket

import (
	"runtime"
	"unsafe"

	"golang.org/x/sys/unix"
)

// iovecs describes the buffers to the kernel; empty ones are left out.
func iovecs(buffers [][]byte) []unix.Iovec {
	iov := make([]unix.Iovec, 0, len(buffers))
	for _, b := range buffers {
		if len(b) > 0 {
			v := unix.Iovec{Base: &b[0]}
			v.SetLen(len(b))
			iov = append(iov, v)
		}
	}
	return iov
}

func msghdr(h *unix.Msghdr, iov []unix.Iovec, oob []byte, addr *rawAddr) {
	if len(iov) > 0 {
		h.Iov = &iov[0]
		h.SetIovlen(len(iov))
	}
	if len(oob) > 0 {
		h.Control = &oob[0]
		h.SetControllen(len(oob))
	}
	if addr != nil && addr.len > 0 {
		h.Name = &addr.buf[0]
		h.Namelen = addr.len
	}
}

func sysRecvmsg(fd int, buffers [][]byte, oob []byte, flags int, from *rawAddr) (n, oobn int, got MsgFlag, err error) {
	iov := iovecs(buffers)
	var h unix.Msghdr
	from.len = uint32(len(from.buf))
	msghdr(&h, iov, oob, from)
	r, _, e := unix.Syscall(unix.SYS_RECVMSG, uintptr(fd), uintptr(unsafe.Pointer(&h)), uintptr(flags)|unix.MSG_CMSG_CLOEXEC)
	runtime.KeepAlive(iov)
	if e != 0 {
		return 0, 0, 0, e
	}
	from.len = h.Namelen
	return int(r), int(h.Controllen), MsgFlag(h.Flags) &^ unix.MSG_CMSG_CLOEXEC, nil
}

func sysSendmsg(fd int, buffers [][]byte, oob []byte, flags int, to *rawAddr) (int, error) {
	iov := iovecs(buffers)
	var h unix.Msghdr
	msghdr(&h, iov, oob, to)
	n, _, e := unix.Syscall(unix.SYS_SENDMSG, uintptr(fd), uintptr(unsafe.Pointer(&h)), uintptr(flags)|unix.MSG_NOSIGNAL)
	runtime.KeepAlive(iov)
	return int(n), errnoErr(e)
}
