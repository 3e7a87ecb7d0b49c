package socket

import (
	"fmt"
	"net"
	"net/netip"
	"strconv"
)

// An Addr is the address of a socket, of one struct for each family: [Inet],
// [Inet6], [Unix], and on systems that have them [Netlink], [Packet], [CAN], [VM] and
// others. The structs are comparable values. An Addr is also a net.Addr.
type Addr interface {
	net.Addr
	// Family returns the address family.
	Family() Family
}

// An Inet is an address of AFInet: Python's (host, port).
type Inet struct {
	// Addr is an IPv4 address; the zero Addr is 0.0.0.0.
	Addr netip.Addr
	// Port is 0 for one that the system chooses.
	Port uint16
}

// Family returns AFInet.
func (Inet) Family() Family { return AFInet }

// Network returns "ip": the address alone does not tell the protocol.
func (Inet) Network() string { return "ip" }

// AddrPort returns the address in the standard library's form.
func (a Inet) AddrPort() netip.AddrPort {
	ip := a.Addr
	if !ip.IsValid() {
		ip = netip.IPv4Unspecified()
	}
	return netip.AddrPortFrom(ip, a.Port)
}

// String gives host:port.
func (a Inet) String() string { return a.AddrPort().String() }

// An Inet6 is an address of AFInet6: Python's (host, port, flowinfo, scope_id).
type Inet6 struct {
	// Addr is an IPv6 address; the zero Addr is "::". Its zone, a number or the name
	// of an interface, stands for ScopeID if that is 0.
	Addr netip.Addr
	// Port is 0 for one that the system chooses.
	Port uint16
	// FlowInfo is the traffic class and flow label, 0 to 0xfffff.
	FlowInfo uint32
	// ScopeID is the index of the interface of a link-local address, 0 for none.
	ScopeID uint32
}

// Family returns AFInet6.
func (Inet6) Family() Family { return AFInet6 }

// Network returns "ip": the address alone does not tell the protocol.
func (Inet6) Network() string { return "ip" }

// AddrPort returns the address in the standard library's form, with the scope id as
// the zone and without the flow info.
func (a Inet6) AddrPort() netip.AddrPort {
	ip := a.Addr
	if !ip.IsValid() {
		ip = netip.IPv6Unspecified()
	}
	if a.ScopeID != 0 && ip.Zone() == "" {
		ip = ip.WithZone(strconv.FormatUint(uint64(a.ScopeID), 10))
	}
	return netip.AddrPortFrom(ip, a.Port)
}

// String gives [host%zone]:port.
func (a Inet6) String() string { return a.AddrPort().String() }

// A Unix is an address of AFUnix: the path of a socket file, or a name in Linux's
// abstract space, which begins with a NUL byte, as in Python. An abstract name has
// no permissions: any process of the machine may connect. The zero value is the
// unnamed address.
type Unix struct{ Name string }

// Family returns AFUnix.
func (Unix) Family() Family { return AFUnix }

// Network returns "unix".
func (Unix) Network() string { return "unix" }

// Abstract reports whether the name is in the abstract space.
func (a Unix) Abstract() bool { return a.Name != "" && a.Name[0] == 0 }

// String gives the path, or an abstract name with an at sign in place of the NUL
// byte and other control bytes quoted.
func (a Unix) String() string {
	if !a.Abstract() {
		return a.Name
	}
	return "@" + a.Name[1:]
}

// AddrFrom returns the Addr for an address of the standard library: a netip.AddrPort,
// *net.TCPAddr, *net.UDPAddr, *net.IPAddr or *net.UnixAddr. An Addr is returned as it
// is.
func AddrFrom(a net.Addr) (Addr, error) {
	switch a := a.(type) {
	case Addr:
		return a, nil
	case *net.TCPAddr:
		return fromStd(a.AddrPort()), nil
	case *net.UDPAddr:
		return fromStd(a.AddrPort()), nil
	case *net.IPAddr:
		ip, _ := netip.AddrFromSlice(a.IP)
		return fromStd(netip.AddrPortFrom(ip.WithZone(a.Zone), 0)), nil
	case *net.UnixAddr:
		if len(a.Name) > 0 && a.Name[0] == '@' {
			return Unix{"\x00" + a.Name[1:]}, nil
		}
		return Unix{a.Name}, nil
	}
	return nil, opError("address", a, fmt.Errorf("%T: %w", a, errAddrKind))
}

// fromStd is FromAddrPort for addresses of package net, which do not tell an IPv4 address
// from a mapped one.
func fromStd(ap netip.AddrPort) Addr {
	return FromAddrPort(netip.AddrPortFrom(ap.Addr().Unmap(), ap.Port()))
}

// FromAddrPort returns an [Inet] or [Inet6]. A zone stays in the Inet6's Addr.
func FromAddrPort(ap netip.AddrPort) Addr {
	if ap.Addr().Is4() {
		return Inet{Addr: ap.Addr(), Port: ap.Port()}
	}
	return Inet6{Addr: ap.Addr(), Port: ap.Port()}
}

// netAddr is nil for a nil Addr, lest it become a net.Addr that is not nil.
func netAddr(a Addr) net.Addr {
	if a == nil {
		return nil
	}
	return a
}

// stdAddr is the address as the connections of package net give it.
func stdAddr(a Addr, typ Type) net.Addr {
	var ap netip.AddrPort
	switch a := a.(type) {
	case nil:
		return nil
	case Inet:
		ap = a.AddrPort()
	case Inet6:
		ap = a.AddrPort()
	case Unix:
		return &net.UnixAddr{Name: a.String(), Net: unixNetwork(typ)}
	default:
		return a
	}
	switch typ {
	case SockStream:
		return net.TCPAddrFromAddrPort(ap)
	case SockDgram:
		return net.UDPAddrFromAddrPort(ap)
	}
	return &net.IPAddr{IP: ap.Addr().AsSlice(), Zone: ap.Addr().Zone()}
}

func unixNetwork(typ Type) string {
	switch typ {
	case SockDgram:
		return "unixgram"
	case SockSeqpacket:
		return "unixpacket"
	}
	return "unix"
}
