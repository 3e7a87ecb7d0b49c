package socket

import (
	"errors"
	"golang.org/x/sys/unix"
	"syscall"
)

const (
	AFUnspec      Family = unix.AF_UNSPEC
	AFInet        Family = unix.AF_INET
	AFInet6       Family = unix.AF_INET6
	AFUnix        Family = unix.AF_UNIX
	SockStream    Type   = unix.SOCK_STREAM
	SockDgram     Type   = unix.SOCK_DGRAM
	SockSeqpacket Type   = unix.SOCK_SEQPACKET
	SOMaxConn            = unix.SOMAXCONN
	typeFlags     Type   = unix.SOCK_CLOEXEC | unix.SOCK_NONBLOCK
)

func decodeFamily(f Family, proto Proto, b []byte) Addr { return nil }

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

const (
	SolSocket      Level   = unix.SOL_SOCKET
	SolIP          Level   = unix.SOL_IP
	SCMRights              = unix.SCM_RIGHTS
	SCMCredentials         = unix.SCM_CREDENTIALS
	SOPeerCred     Option  = unix.SO_PEERCRED
	MsgCtrunc      MsgFlag = unix.MSG_CTRUNC
)
const (
	errNoFamily       = syscall.EAFNOSUPPORT
	errNoDevice       = syscall.ENXIO
	SockRaw     Type  = unix.SOCK_RAW
	ProtoTCP    Proto = 6
	ProtoUDP    Proto = 17
)
