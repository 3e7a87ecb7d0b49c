package socket

import (
	"encoding/binary"
	"errors"
	"unsafe"

	"golang.org/x/sys/windows"
)

// membership performs the operation without a source. The socket must have been bound.
func (s *Socket) membership(op string, m Membership, do groupOp) error {
	if m.Source.IsValid() || do == groupBlock || do == groupUnblock {
		return opError(op, nil, errors.ErrUnsupported)
	}
	if s.family == AFInet6 {
		opt := windows.IPV6_JOIN_GROUP
		if do == groupLeave {
			opt = windows.IPV6_LEAVE_GROUP
		}
		mreq := windows.IPv6Mreq{Multiaddr: m.Group.As16(), Interface: uint32(m.Interface)}
		return s.control("setsockopt", func(h windows.Handle) error {
			return windows.Setsockopt(h, windows.IPPROTO_IPV6, int32(opt), (*byte)(unsafe.Pointer(&mreq)), int32(unsafe.Sizeof(mreq)))
		})
	}
	opt := windows.IP_ADD_MEMBERSHIP
	if do == groupLeave {
		opt = windows.IP_DROP_MEMBERSHIP
	}
	return s.control("setsockopt", func(h windows.Handle) error {
		return windows.SetsockoptIPMreq(h, windows.IPPROTO_IP, opt, &windows.IPMreq{Multiaddr: m.Group.As4(), Interface: indexAddr(m.Interface)})
	})
}

// indexAddr is an interface's index where Windows takes an IPv4 address: one of 0.0.0.0/8
// is a number.
func indexAddr(index int) (a [4]byte) {
	binary.BigEndian.PutUint32(a[:], uint32(index))
	return a
}

// SetMulticastInterface chooses the interface on which multicast datagrams go out, by
// its index; 0 is one that the system chooses. The socket must have been bound.
func (s *Socket) SetMulticastInterface(index int) error {
	if s.family == AFInet6 {
		return s.SetOption(Level(ProtoIPv6), IPV6MulticastIf, index)
	}
	return s.control("setsockopt", func(h windows.Handle) error {
		return windows.SetsockoptInet4Addr(h, windows.IPPROTO_IP, windows.IP_MULTICAST_IF, indexAddr(index))
	})
}
