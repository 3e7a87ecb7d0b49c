package ipaddress

import (
	"fmt"
	"net/netip"
)

// FromNetip returns the address a of net/netip, with its zone, and the zero Addr
// for the zero netip.Addr. Without a zone it costs a nanosecond or two and does
// not allocate. An address whose zone [ParseAddr] would refuse, which net/netip
// takes ("fe80::1%a%b"), gives the zero Addr.
func FromNetip(a netip.Addr) Addr {
	switch {
	case a.Is4():
		return AddrFrom4(a.As4())
	case !a.IsValid():
		return Addr{}
	}
	b := AddrFrom16(a.As16())
	if z := a.Zone(); z != "" {
		b, _ = b.WithZone(z)
	}
	return b
}

// Netip returns the address as one of net/netip, with its zone; the zero
// netip.Addr for the zero Addr.
func (a Addr) Netip() netip.Addr {
	switch {
	case a.fam == fam4:
		return netip.AddrFrom4(a.As4())
	case a.fam == fam6:
		return netip.AddrFrom16(a.As16())
	case !a.IsValid():
		return netip.Addr{}
	}
	return netip.AddrFrom16(a.As16()).WithZone(a.Zone())
}

// FromPrefix returns the network of a prefix of net/netip. The error matches
// [ErrHostBits] if its address has more bits set (see [netip.Prefix.Masked]),
// [ErrAddress] if it is not valid.
func FromPrefix(p netip.Prefix) (Network, error) {
	if !p.IsValid() {
		return Network{}, fmt.Errorf("%w: the invalid netip.Prefix", ErrAddress)
	}
	return NetworkFrom(FromNetip(p.Addr()), p.Bits())
}

// Netip returns the network as a prefix of net/netip, and the zero netip.Prefix
// for the zero Network. It reports false if the network has a zone, which a
// netip.Prefix cannot hold: the prefix then means more than the network.
func (n Network) Netip() (p netip.Prefix, exact bool) {
	if !n.IsValid() {
		return netip.Prefix{}, true
	}
	return netip.PrefixFrom(n.addr.Netip(), n.Bits()), !n.addr.hasZone()
}

// InterfaceFromPrefix returns the interface that a prefix of net/netip means. The
// error matches [ErrAddress]: it is not valid.
func InterfaceFromPrefix(p netip.Prefix) (Interface, error) {
	if !p.IsValid() {
		return Interface{}, fmt.Errorf("%w: the invalid netip.Prefix", ErrAddress)
	}
	return Interface{FromNetip(p.Addr()), uint8(p.Bits())}, nil
}

// Netip returns the interface as a prefix of net/netip, and the zero netip.Prefix
// for the zero Interface. It reports false if the interface has a zone, which a
// netip.Prefix cannot hold.
func (i Interface) Netip() (p netip.Prefix, exact bool) {
	if !i.IsValid() {
		return netip.Prefix{}, true
	}
	return netip.PrefixFrom(i.addr.Netip(), i.Bits()), !i.addr.hasZone()
}
