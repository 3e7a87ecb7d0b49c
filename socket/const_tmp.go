package socket

import (
	"errors"
	"golang.org/x/sys/unix"
	"syscall"
)

const (
	AFUnspec       Family = unix.AF_UNSPEC
	AFInet         Family = unix.AF_INET
	AFInet6        Family = unix.AF_INET6
	AFUnix         Family = unix.AF_UNIX
	SockStream     Type   = unix.SOCK_STREAM
	SockDgram      Type   = unix.SOCK_DGRAM
	SockSeqpacket  Type   = unix.SOCK_SEQPACKET
	SOMaxConn             = unix.SOMAXCONN
	typeFlags      Type   = unix.SOCK_CLOEXEC | unix.SOCK_NONBLOCK
	DefaultBacklog        = -1 << 31
)

func decodeFamily(f Family, proto Proto, b []byte) Addr { return nil }

type ServerConfig struct{ Unlink bool }

func errnoOf(err error) syscall.Errno {
	var e syscall.Errno
	switch {
	case err == nil:
		return 0
	case errors.As(err, &e):
		return e
	}
	return syscall.EAGAIN
}
