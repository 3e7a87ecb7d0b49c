package socket

import (
	"errors"
	"net/netip"
)

// A Membership names a multicast group, on an interface and from a source.
type Membership struct {
	// Group is a multicast address.
	Group netip.Addr
	// Interface is the index of the interface (see [IfNameToIndex]), 0 for one that the
	// system chooses.
	Interface int
	// Source is the one sender to hear (source-specific multicast, RFC 4607); the zero
	// Addr is any.
	Source netip.Addr
}

// ErrNotMulticast is the cause where a group is no multicast address, or of another
// family than the socket or the source.
var ErrNotMulticast = errors.New("not a multicast group of the socket's family")

func (m Membership) check(f Family) error {
	is4 := f == AFInet
	if !m.Group.IsMulticast() || m.Group.Is4() != is4 || m.Source.IsValid() && m.Source.Is4() != is4 {
		return ErrNotMulticast
	}
	if m.Interface < 0 || int64(m.Interface) > 1<<31-1 {
		return ErrOverflow
	}
	return nil
}

// JoinGroup makes the socket hear a group: IP_ADD_MEMBERSHIP, IPV6_JOIN_GROUP, and with a
// source IP_ADD_SOURCE_MEMBERSHIP. The cause of an error is ErrNotMulticast,
// ErrOverflow, errors.ErrUnsupported or the system's.
func (s *Socket) JoinGroup(m Membership) error { return s.group("join", m, groupJoin) }

// LeaveGroup ends what JoinGroup with the same Membership began.
func (s *Socket) LeaveGroup(m Membership) error { return s.group("leave", m, groupLeave) }

// BlockSource stops hearing a source of a group that was joined without one:
// IP_BLOCK_SOURCE.
func (s *Socket) BlockSource(m Membership) error { return s.group("block", m, groupBlock) }

// UnblockSource ends what BlockSource began: IP_UNBLOCK_SOURCE.
func (s *Socket) UnblockSource(m Membership) error { return s.group("unblock", m, groupUnblock) }

// A groupOp is one of the operations on a membership.
type groupOp int

const (
	groupJoin groupOp = iota
	groupLeave
	groupBlock
	groupUnblock
)

func (s *Socket) group(op string, m Membership, do groupOp) error {
	if err := m.check(s.family); err != nil {
		return opError(op, nil, err)
	}
	if (do == groupBlock || do == groupUnblock) && !m.Source.IsValid() {
		return opError(op, nil, ErrNotMulticast)
	}
	return s.membership(op, m, do)
}

// SetMulticastTTL sets how many networks far a multicast datagram goes, 0 to 255: the
// time to live of IPv4, the hop limit of IPv6.
func (s *Socket) SetMulticastTTL(n int) error {
	if n < 0 || n > 255 {
		return opError("setsockopt", nil, ErrOverflow)
	}
	if s.family == AFInet6 {
		return s.SetOption(Level(ProtoIPv6), IPV6MulticastHops, n)
	}
	return s.setByte(IPMulticastTTL, n)
}

// SetMulticastLoop says whether the machine hears its own multicast datagrams.
func (s *Socket) SetMulticastLoop(on bool) error {
	n := 0
	if on {
		n = 1
	}
	if s.family == AFInet6 {
		return s.SetOption(Level(ProtoIPv6), IPV6MulticastLoop, n)
	}
	return s.setByte(IPMulticastLoop, n)
}
