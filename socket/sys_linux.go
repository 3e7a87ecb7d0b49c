package socket

import (
	"encoding/binary"
	"net"
	"net/netip"
	"strconv"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// A rawAddr is an address as the kernel has it. Every byte beyond what an encoder
// wrote is zero.
type rawAddr struct {
	buf [unix.SizeofSockaddrAny]byte
	len uint32
}

func (r *rawAddr) bytes() []byte { return r.buf[:min(int(r.len), len(r.buf))] }

func (r *rawAddr) pointer() (unsafe.Pointer, uintptr) {
	if r.len == 0 {
		return nil, 0
	}
	return unsafe.Pointer(&r.buf), uintptr(r.len)
}

func (r *rawAddr) family() Family {
	if r.len < 2 {
		return AFUnspec
	}
	return Family(binary.NativeEndian.Uint16(r.buf[:]))
}

// begin zeroes the address and sets its family and length.
func (r *rawAddr) begin(f Family, size int) []byte {
	clear(r.buf[:])
	binary.NativeEndian.PutUint16(r.buf[:], uint16(f))
	r.len = uint32(size)
	return r.buf[:size]
}

// encode makes a the address; nil is none.
func (r *rawAddr) encode(a Addr) error {
	switch a := a.(type) {
	case nil:
		r.len = 0
		return nil
	case Inet:
		return r.inet(a.Addr, a.Port)
	case Inet6:
		return r.inet6(a.Addr, a.Port, a.FlowInfo, a.ScopeID)
	case Unix:
		return r.unix(a.Name)
	case encoder:
		return a.encode(r)
	}
	return errAddrKind
}

// An encoder is an Addr of a family that Linux alone has.
type encoder interface{ encode(*rawAddr) error }

func (r *rawAddr) inet(ip netip.Addr, port uint16) error {
	if !ip.IsValid() {
		ip = netip.IPv4Unspecified()
	}
	if !ip.Is4() && !ip.Is4In6() {
		return errFamily
	}
	b := r.begin(AFInet, unix.SizeofSockaddrInet4)
	binary.BigEndian.PutUint16(b[2:], port)
	a4 := ip.As4()
	copy(b[4:], a4[:])
	return nil
}

func (r *rawAddr) inet6(ip netip.Addr, port uint16, flow, scope uint32) error {
	if !ip.IsValid() {
		ip = netip.IPv6Unspecified()
	}
	if scope == 0 && ip.Zone() != "" {
		var err error
		if scope, err = zoneIndex(ip.Zone()); err != nil {
			return err
		}
	}
	b := r.begin(AFInet6, unix.SizeofSockaddrInet6)
	binary.BigEndian.PutUint16(b[2:], port)
	binary.BigEndian.PutUint32(b[4:], flow)
	a16 := ip.As16()
	copy(b[8:], a16[:])
	binary.NativeEndian.PutUint32(b[24:], scope)
	return nil
}

func (r *rawAddr) unix(name string) error {
	if err := checkUnixName(name); err != nil {
		return err
	}
	const path = 2 // where the name begins
	size := path + len(name)
	if name != "" && name[0] != 0 {
		size++ // the NUL byte at the end
	}
	b := r.begin(AFUnix, size)
	copy(b[path:], name)
	return nil
}

// maxUnixName is how many bytes a name may have, without the NUL at its end.
const maxUnixName = 107

func (r *rawAddr) encodeAddrPort(f Family, ap netip.AddrPort) error {
	switch f {
	case AFInet:
		return r.inet(ap.Addr(), ap.Port())
	case AFInet6:
		return r.inet6(ap.Addr(), ap.Port(), 0, 0)
	}
	return errFamily
}

// decode returns the address, nil if there is none. The protocol tells apart the
// addresses of one family.
func (r *rawAddr) decode(proto Proto) Addr {
	b := r.bytes()
	switch f := r.family(); {
	case len(b) < 2:
		return nil
	case f == AFInet && len(b) >= unix.SizeofSockaddrInet4:
		ap := r.addrPort()
		return Inet{Addr: ap.Addr(), Port: ap.Port()}
	case f == AFInet6 && len(b) >= unix.SizeofSockaddrInet6:
		return Inet6{
			Addr:     netip.AddrFrom16([16]byte(b[8:24])),
			Port:     binary.BigEndian.Uint16(b[2:]),
			FlowInfo: binary.BigEndian.Uint32(b[4:]),
			ScopeID:  binary.NativeEndian.Uint32(b[24:]),
		}
	case f == AFUnix:
		return Unix{unixName(b[2:])}
	default:
		return decodeFamily(f, proto, b)
	}
}

// unixName cuts a path at its NUL byte; an abstract name has its length alone.
func unixName(b []byte) string {
	if len(b) > 0 && b[0] != 0 {
		for i, c := range b {
			if c == 0 {
				return string(b[:i])
			}
		}
	}
	return string(b)
}

// addrPort is the address of AFInet or AFInet6, without an allocation but for a
// zone.
func (r *rawAddr) addrPort() netip.AddrPort {
	b := r.bytes()
	switch f := r.family(); {
	case f == AFInet && len(b) >= unix.SizeofSockaddrInet4:
		return netip.AddrPortFrom(netip.AddrFrom4([4]byte(b[4:8])), binary.BigEndian.Uint16(b[2:]))
	case f == AFInet6 && len(b) >= unix.SizeofSockaddrInet6:
		ip := netip.AddrFrom16([16]byte(b[8:24]))
		if scope := binary.NativeEndian.Uint32(b[24:]); scope != 0 {
			ip = ip.WithZone(strconv.FormatUint(uint64(scope), 10))
		}
		return netip.AddrPortFrom(ip, binary.BigEndian.Uint16(b[2:]))
	}
	return netip.AddrPort{}
}

// zoneIndex is the scope id for a zone, a number or the name of an interface.
func zoneIndex(zone string) (uint32, error) {
	if n, err := strconv.ParseUint(zone, 10, 32); err == nil {
		return uint32(n), nil
	}
	i, err := net.InterfaceByName(zone)
	if err != nil {
		return 0, err
	}
	return uint32(i.Index), nil
}

// typeFlags are the flags that may stand in a type.
const typeFlags = SockCloexec | SockNonblock

// The system calls. An errno comes back as syscall.Errno, bare.

func sysSocket(family, typ, proto int) (int, error) {
	return unix.Socket(family, typ|unix.SOCK_CLOEXEC|unix.SOCK_NONBLOCK, proto)
}

func sysSocketpair(family, typ, proto int) ([2]int, error) {
	return unix.Socketpair(family, typ|unix.SOCK_CLOEXEC|unix.SOCK_NONBLOCK, proto)
}

func sysDescribe(fd int) (Family, Type, Proto, error) {
	f, err := unix.GetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_DOMAIN)
	if err != nil {
		return 0, 0, 0, err
	}
	t, err := unix.GetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_TYPE)
	if err != nil {
		return 0, 0, 0, err
	}
	p, err := unix.GetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_PROTOCOL)
	return Family(f), Type(t), Proto(p), err
}

func errnoErr(e syscall.Errno) error {
	if e == 0 {
		return nil
	}
	return e
}

func pointerTo(p []byte) unsafe.Pointer {
	if len(p) == 0 {
		return unsafe.Pointer(&zero)
	}
	return unsafe.Pointer(&p[0])
}

var zero uintptr

// short is the length of a transfer up to which Go's scheduler is not told of the call:
// MSG_DONTWAIT keeps it from waiting, whatever the descriptor's flags, and copying so
// little takes less time than telling.
const short = 4 << 10

func sysRecv(fd int, p []byte, flags int) (int, error) {
	f := uintptr(flags) | unix.MSG_DONTWAIT
	if len(p) <= short {
		n, _, e := unix.RawSyscall6(unix.SYS_RECVFROM, uintptr(fd), uintptr(pointerTo(p)), uintptr(len(p)), f, 0, 0)
		return int(n), errnoErr(e)
	}
	n, _, e := unix.Syscall6(unix.SYS_RECVFROM, uintptr(fd), uintptr(pointerTo(p)), uintptr(len(p)), f, 0, 0)
	return int(n), errnoErr(e)
}

func sysRecvfrom(fd int, p []byte, flags int, from *rawAddr) (int, error) {
	from.len = uint32(len(from.buf))
	f := uintptr(flags) | unix.MSG_DONTWAIT
	if len(p) <= short {
		n, _, e := unix.RawSyscall6(unix.SYS_RECVFROM, uintptr(fd), uintptr(pointerTo(p)), uintptr(len(p)), f,
			uintptr(unsafe.Pointer(&from.buf)), uintptr(unsafe.Pointer(&from.len)))
		return int(n), errnoErr(e)
	}
	n, _, e := unix.Syscall6(unix.SYS_RECVFROM, uintptr(fd), uintptr(pointerTo(p)), uintptr(len(p)), f,
		uintptr(unsafe.Pointer(&from.buf)), uintptr(unsafe.Pointer(&from.len)))
	return int(n), errnoErr(e)
}

func sysSend(fd int, p []byte, flags int) (int, error) {
	f := uintptr(flags) | unix.MSG_NOSIGNAL | unix.MSG_DONTWAIT
	if len(p) <= short {
		n, _, e := unix.RawSyscall6(unix.SYS_SENDTO, uintptr(fd), uintptr(pointerTo(p)), uintptr(len(p)), f, 0, 0)
		return int(n), errnoErr(e)
	}
	n, _, e := unix.Syscall6(unix.SYS_SENDTO, uintptr(fd), uintptr(pointerTo(p)), uintptr(len(p)), f, 0, 0)
	return int(n), errnoErr(e)
}

func sysSendto(fd int, p []byte, flags int, to *rawAddr) (int, error) {
	ptr, size := to.pointer()
	f := uintptr(flags) | unix.MSG_NOSIGNAL | unix.MSG_DONTWAIT
	if len(p) <= short {
		n, _, e := unix.RawSyscall6(unix.SYS_SENDTO, uintptr(fd), uintptr(pointerTo(p)), uintptr(len(p)), f, uintptr(ptr), size)
		return int(n), errnoErr(e)
	}
	n, _, e := unix.Syscall6(unix.SYS_SENDTO, uintptr(fd), uintptr(pointerTo(p)), uintptr(len(p)), f, uintptr(ptr), size)
	return int(n), errnoErr(e)
}

func sysBind(fd int, a *rawAddr) error {
	ptr, size := a.pointer()
	_, _, e := unix.Syscall(unix.SYS_BIND, uintptr(fd), uintptr(ptr), size)
	return errnoErr(e)
}

func sysConnect(fd int, a *rawAddr) error {
	ptr, size := a.pointer()
	_, _, e := unix.Syscall(unix.SYS_CONNECT, uintptr(fd), uintptr(ptr), size)
	return errnoErr(e)
}

func sysAccept(fd int, from *rawAddr) (int, error) {
	from.len = uint32(len(from.buf))
	n, _, e := unix.Syscall6(unix.SYS_ACCEPT4, uintptr(fd), uintptr(unsafe.Pointer(&from.buf)), uintptr(unsafe.Pointer(&from.len)),
		unix.SOCK_CLOEXEC|unix.SOCK_NONBLOCK, 0, 0)
	return int(n), errnoErr(e)
}

func sysGetsockname(fd int, a *rawAddr) error {
	a.len = uint32(len(a.buf))
	_, _, e := unix.Syscall(unix.SYS_GETSOCKNAME, uintptr(fd), uintptr(unsafe.Pointer(&a.buf)), uintptr(unsafe.Pointer(&a.len)))
	return errnoErr(e)
}

func sysGetpeername(fd int, a *rawAddr) error {
	a.len = uint32(len(a.buf))
	_, _, e := unix.Syscall(unix.SYS_GETPEERNAME, uintptr(fd), uintptr(unsafe.Pointer(&a.buf)), uintptr(unsafe.Pointer(&a.len)))
	return errnoErr(e)
}

func sysGetsockopt(fd, level, opt int, b []byte) (int, error) {
	size := uint32(len(b))
	_, _, e := unix.Syscall6(unix.SYS_GETSOCKOPT, uintptr(fd), uintptr(level), uintptr(opt), uintptr(pointerTo(b)), uintptr(unsafe.Pointer(&size)), 0)
	return int(size), errnoErr(e)
}

func sysSetsockopt(fd, level, opt int, p unsafe.Pointer, size int) error {
	_, _, e := unix.Syscall6(unix.SYS_SETSOCKOPT, uintptr(fd), uintptr(level), uintptr(opt), uintptr(p), uintptr(size), 0)
	return errnoErr(e)
}

func sysIoctl(fd int, request uint, arg unsafe.Pointer) error {
	_, _, e := unix.Syscall(unix.SYS_IOCTL, uintptr(fd), uintptr(request), uintptr(arg))
	return errnoErr(e)
}
