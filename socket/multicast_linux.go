package socket

import (
	"encoding/binary"
	"net/netip"
	"unsafe"

	"golang.org/x/sys/unix"
)

// The protocol-independent options of RFC 3678 section 5, which Linux has for both
// families: without a source, and with one.
var groupOptions = map[groupOp][2]int{
	groupJoin:    {42, 46}, // MCAST_JOIN_GROUP, MCAST_JOIN_SOURCE_GROUP
	groupLeave:   {45, 47}, // MCAST_LEAVE_GROUP, MCAST_LEAVE_SOURCE_GROUP
	groupBlock:   {0, 43},  // MCAST_BLOCK_SOURCE
	groupUnblock: {0, 44},  // MCAST_UNBLOCK_SOURCE
}

// sizeofStorage is that of struct sockaddr_storage.
const sizeofStorage = 128

// membership performs the operation by means of struct group_req or group_source_req:
// the index, padding to the alignment of a pointer, then the addresses.
func (s *Socket) membership(op string, m Membership, do groupOp) error {
	align := int(unsafe.Sizeof(uintptr(0)))
	b := make([]byte, align+2*sizeofStorage)
	binary.NativeEndian.PutUint32(b, uint32(m.Interface))
	if err := putStorage(b[align:], m.Group); err != nil {
		return opError(op, nil, err)
	}
	opt := groupOptions[do][0]
	if m.Source.IsValid() {
		opt = groupOptions[do][1]
		if err := putStorage(b[align+sizeofStorage:], m.Source); err != nil {
			return opError(op, nil, err)
		}
	} else {
		b = b[:align+sizeofStorage]
	}
	level := ProtoIP
	if s.family == AFInet6 {
		level = ProtoIPv6
	}
	return s.SetOptionBytes(Level(level), Option(opt), b)
}

func putStorage(b []byte, ip netip.Addr) error {
	var raw rawAddr
	if err := raw.encode(FromAddrPort(netip.AddrPortFrom(ip, 0))); err != nil {
		return err
	}
	copy(b, raw.bytes())
	return nil
}

// setByte sets an option of IPv4 that other systems want as one byte.
func (s *Socket) setByte(opt Option, n int) error { return s.SetOption(Level(ProtoIP), opt, n) }

// SetMulticastInterface chooses the interface on which multicast datagrams go out, by
// its index; 0 is one that the system chooses.
func (s *Socket) SetMulticastInterface(index int) error {
	if s.family == AFInet6 {
		return s.SetOption(Level(ProtoIPv6), IPV6MulticastIf, index)
	}
	return s.control("setsockopt", func(fd int) error {
		return unix.SetsockoptIPMreqn(fd, unix.IPPROTO_IP, unix.IP_MULTICAST_IF, &unix.IPMreqn{Ifindex: int32(index)})
	})
}
