//go:build darwin || freebsd || netbsd || openbsd

package socket

import (
	"encoding/binary"
	"errors"
	"io/fs"
	"net"
	"net/netip"
	"os"
	"strconv"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// A rawAddr is an address as package unix has it.
type rawAddr struct{ sa unix.Sockaddr }

// maxUnixName is how many bytes a name may have, without the NUL at its end.
const maxUnixName = 103

// typeFlags are the flags that may stand in a type: the constants of other systems do
// not exist here.
const typeFlags = Type(0)

func (r *rawAddr) encode(a Addr) error {
	switch a := a.(type) {
	case nil:
		r.sa = nil
		return nil
	case Inet:
		return r.inet(a.Addr, a.Port)
	case Inet6:
		return r.inet6(a.Addr, a.Port, a.ScopeID)
	case Unix:
		if err := checkUnixName(a.Name); err != nil {
			return err
		}
		r.sa = &unix.SockaddrUnix{Name: a.Name}
		return nil
	case encoder:
		return a.encode(r)
	}
	return errAddrKind
}

// An encoder is an Addr of a family that some of these systems have.
type encoder interface{ encode(*rawAddr) error }

func (r *rawAddr) inet(ip netip.Addr, port uint16) error {
	if !ip.IsValid() {
		ip = netip.IPv4Unspecified()
	}
	if !ip.Is4() && !ip.Is4In6() {
		return errFamily
	}
	r.sa = &unix.SockaddrInet4{Port: int(port), Addr: ip.As4()}
	return nil
}

func (r *rawAddr) inet6(ip netip.Addr, port uint16, scope uint32) error {
	if !ip.IsValid() {
		ip = netip.IPv6Unspecified()
	}
	if scope == 0 && ip.Zone() != "" {
		var err error
		if scope, err = zoneIndex(ip.Zone()); err != nil {
			return err
		}
	}
	r.sa = &unix.SockaddrInet6{Port: int(port), Addr: ip.As16(), ZoneId: scope}
	return nil
}

func (r *rawAddr) encodeAddrPort(f Family, ap netip.AddrPort) error {
	switch f {
	case AFInet:
		return r.inet(ap.Addr(), ap.Port())
	case AFInet6:
		return r.inet6(ap.Addr(), ap.Port(), 0)
	}
	return errFamily
}

func (r *rawAddr) decode(Proto) Addr {
	switch sa := r.sa.(type) {
	case *unix.SockaddrInet4:
		return Inet{Addr: netip.AddrFrom4(sa.Addr), Port: uint16(sa.Port)}
	case *unix.SockaddrInet6:
		return Inet6{Addr: netip.AddrFrom16(sa.Addr), Port: uint16(sa.Port), ScopeID: sa.ZoneId}
	case *unix.SockaddrUnix:
		return Unix{sa.Name}
	}
	return decodeFamily(r.sa)
}

func (r *rawAddr) addrPort() netip.AddrPort {
	switch sa := r.sa.(type) {
	case *unix.SockaddrInet4:
		return netip.AddrPortFrom(netip.AddrFrom4(sa.Addr), uint16(sa.Port))
	case *unix.SockaddrInet6:
		ip := netip.AddrFrom16(sa.Addr)
		if sa.ZoneId != 0 {
			ip = ip.WithZone(strconv.FormatUint(uint64(sa.ZoneId), 10))
		}
		return netip.AddrPortFrom(ip, uint16(sa.Port))
	}
	return netip.AddrPort{}
}

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

func pointerTo(p []byte) unsafe.Pointer {
	if len(p) == 0 {
		return nil
	}
	return unsafe.Pointer(&p[0])
}

// sysSocket makes a non-blocking descriptor that a program started meanwhile does not
// inherit.
func sysSocket(family, typ, proto int) (int, error) {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	fd, err := unix.Socket(family, typ, proto)
	if err != nil {
		return -1, err
	}
	return fd, ours(fd)
}

// ours makes descriptors non-blocking and closed on exec, or closes them all.
func ours(fds ...int) error {
	for _, fd := range fds {
		unix.CloseOnExec(fd)
		if err := unix.SetNonblock(fd, true); err != nil {
			for _, fd := range fds {
				unix.Close(fd)
			}
			return err
		}
	}
	return nil
}

func sysSocketpair(family, typ, proto int) ([2]int, error) {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	fds, err := unix.Socketpair(family, typ, proto)
	if err != nil {
		return fds, err
	}
	return fds, ours(fds[:]...)
}

func sysDescribe(fd int) (Family, Type, Proto, error) {
	t, err := unix.GetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_TYPE)
	if err != nil {
		return 0, 0, 0, err
	}
	sa, err := unix.Getsockname(fd)
	if err != nil {
		return 0, 0, 0, err
	}
	f := AFUnspec
	switch sa.(type) {
	case *unix.SockaddrInet4:
		f = AFInet
	case *unix.SockaddrInet6:
		f = AFInet6
	case *unix.SockaddrUnix:
		f = AFUnix
	}
	return f, Type(t), 0, nil
}

func sysRecv(fd int, p []byte, flags int) (int, error) {
	if flags == 0 {
		n, err := unix.Read(fd, p)
		return max(n, 0), err
	}
	n, _, err := unix.Recvfrom(fd, p, flags)
	return max(n, 0), err
}

func sysRecvfrom(fd int, p []byte, flags int, from *rawAddr) (int, error) {
	n, sa, err := unix.Recvfrom(fd, p, flags)
	from.sa = sa
	return max(n, 0), err
}

func sysSend(fd int, p []byte, flags int) (int, error) {
	if flags == 0 {
		n, err := unix.Write(fd, p)
		return max(n, 0), err
	}
	return unix.SendmsgN(fd, p, nil, nil, flags)
}

func sysSendto(fd int, p []byte, flags int, to *rawAddr) (int, error) {
	return unix.SendmsgN(fd, p, nil, to.sa, flags)
}

func sysBind(fd int, a *rawAddr) error    { return unix.Bind(fd, a.sa) }
func sysConnect(fd int, a *rawAddr) error { return unix.Connect(fd, a.sa) }

func sysAccept(fd int, from *rawAddr) (int, error) {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	nfd, sa, err := unix.Accept(fd)
	from.sa = sa
	if err != nil {
		return -1, err
	}
	return nfd, ours(nfd)
}

func sysGetsockname(fd int, a *rawAddr) (err error) {
	a.sa, err = unix.Getsockname(fd)
	return err
}

func sysGetpeername(fd int, a *rawAddr) (err error) {
	a.sa, err = unix.Getpeername(fd)
	return err
}

func sysRecvmsg(fd int, buffers [][]byte, oob []byte, flags int, from *rawAddr) (n, oobn int, got MsgFlag, err error) {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	n, oobn, f, sa, err := unix.RecvmsgBuffers(fd, buffers, oob, flags)
	from.sa = sa
	if err != nil {
		return 0, 0, 0, err
	}
	cs, _ := parseControl(oob[:oobn])
	for _, c := range cs {
		fds, _ := c.FDs()
		for _, fd := range fds {
			unix.CloseOnExec(fd)
		}
	}
	return n, oobn, MsgFlag(f), nil
}

func sysSendmsg(fd int, buffers [][]byte, oob []byte, flags int, to *rawAddr) (int, error) {
	return unix.SendmsgBuffers(fd, buffers, oob, to.sa, flags)
}

// sysGetsockopt reads an option of one of the sizes that package unix has a function for.
func sysGetsockopt(fd, level, opt int, b []byte) (int, error) {
	switch len(b) {
	case 1:
		v, err := unix.GetsockoptByte(fd, level, opt)
		b[0] = v
		return 1, err
	case 4:
		v, err := unix.GetsockoptInt(fd, level, opt)
		binary.NativeEndian.PutUint32(b, uint32(v))
		return 4, err
	case 8:
		v, err := unix.GetsockoptUint64(fd, level, opt)
		binary.NativeEndian.PutUint64(b, v)
		return 8, err
	}
	if len(b) == int(unsafe.Sizeof(unix.Timeval{})) { // 8 bytes on some, for which there was a case
		v, err := unix.GetsockoptTimeval(fd, level, opt)
		if err != nil {
			return 0, err
		}
		return copy(b, unsafe.Slice((*byte)(unsafe.Pointer(v)), len(b))), nil
	}
	return 0, errors.ErrUnsupported
}

func sysSetsockopt(fd, level, opt int, p unsafe.Pointer, size int) error {
	if p == nil && size > 0 {
		return errors.ErrUnsupported
	}
	return unix.SetsockoptString(fd, level, opt, string(unsafe.Slice((*byte)(p), size)))
}

func sysIoctl(fd int, request uint, arg unsafe.Pointer) error {
	v, err := unix.IoctlGetInt(fd, request)
	*(*int32)(arg) = int32(v)
	return err
}

func (s *Socket) bindMode(u Unix, mode fs.FileMode) error {
	if err := s.Bind(u); err != nil {
		return err
	}
	return opError("chmod", u, os.Chmod(u.Name, mode.Perm()))
}

// membership performs the operation without a source, which all of these systems have.
func (s *Socket) membership(op string, m Membership, do groupOp) error {
	if m.Source.IsValid() || do == groupBlock || do == groupUnblock {
		return opError(op, nil, errors.ErrUnsupported)
	}
	if s.family == AFInet6 {
		opt := unix.IPV6_JOIN_GROUP
		if do == groupLeave {
			opt = unix.IPV6_LEAVE_GROUP
		}
		return s.control("setsockopt", func(fd int) error {
			return unix.SetsockoptIPv6Mreq(fd, unix.IPPROTO_IPV6, opt, &unix.IPv6Mreq{Multiaddr: m.Group.As16(), Interface: uint32(m.Interface)})
		})
	}
	ip, err := interfaceIPv4(m.Interface)
	if err != nil {
		return opError(op, nil, err)
	}
	opt := unix.IP_ADD_MEMBERSHIP
	if do == groupLeave {
		opt = unix.IP_DROP_MEMBERSHIP
	}
	return s.control("setsockopt", func(fd int) error {
		return unix.SetsockoptIPMreq(fd, unix.IPPROTO_IP, opt, &unix.IPMreq{Multiaddr: m.Group.As4(), Interface: ip})
	})
}

// interfaceIPv4 is the first IPv4 address of an interface, by which these systems name
// it.
func interfaceIPv4(index int) (ip [4]byte, err error) {
	if index == 0 {
		return ip, nil
	}
	i, err := net.InterfaceByIndex(index)
	if err != nil {
		return ip, err
	}
	addrs, err := i.Addrs()
	if err != nil {
		return ip, err
	}
	for _, a := range addrs {
		if n, ok := a.(*net.IPNet); ok && n.IP.To4() != nil {
			return [4]byte(n.IP.To4()), nil
		}
	}
	return ip, unix.EADDRNOTAVAIL
}

func (s *Socket) setByte(opt Option, n int) error {
	return s.control("setsockopt", func(fd int) error { return unix.SetsockoptByte(fd, unix.IPPROTO_IP, int(opt), byte(n)) })
}

// SetMulticastInterface chooses the interface on which multicast datagrams go out, by
// its index; 0 is one that the system chooses.
func (s *Socket) SetMulticastInterface(index int) error {
	if s.family == AFInet6 {
		return s.SetOption(Level(ProtoIPv6), IPV6MulticastIf, index)
	}
	ip, err := interfaceIPv4(index)
	if err != nil {
		return opError("setsockopt", nil, err)
	}
	return s.control("setsockopt", func(fd int) error {
		return unix.SetsockoptInet4Addr(fd, unix.IPPROTO_IP, unix.IP_MULTICAST_IF, ip)
	})
}
