package ipaddress

import (
	"cmp"
	"fmt"
	"math/big"
)

// Network is an IPv4 or IPv6 network: an address, of which the bits that the
// prefix does not cover are zero, and the length of the prefix. It is Python's
// `IPv4Network` and `IPv6Network`.
//
// A Network is a small value: copy it, compare it with ==, use it as the key of
// a map. The zero Network is not a network; it contains nothing. All methods may
// be called concurrently.
//
// The address of an IPv6 network may have a zone. A network with a zone is a
// part of the network without one; networks of different zones have nothing in
// common.
type Network struct {
	addr   Addr
	prefix uint8
}

// NetworkFrom returns the network of the address and prefix length. The error
// matches [ErrNetmask] if bits is no prefix length of the address, [ErrHostBits]
// if the address has more bits set, [ErrAddress] if it is the zero Addr.
// It is Python's `ip_network((address, bits))`.
func NetworkFrom(a Addr, bits int) (Network, error) {
	n, err := NetworkFromLoose(a, bits)
	if err == nil && n.addr.num != a.num {
		return Network{}, fmt.Errorf("%w: %v/%d", ErrHostBits, a, bits)
	}
	return n, err
}

// NetworkFromLoose is [NetworkFrom], but clears the bits that the prefix does
// not cover. If there are any, the network has no zone, as in Python.
// It is Python's `ip_network((address, bits), strict=False)`.
func NetworkFromLoose(a Addr, bits int) (Network, error) {
	if !a.IsValid() {
		return Network{}, fmt.Errorf("%w: the zero Addr", ErrAddress)
	}
	if _, err := a.Version().CheckBits(bits); err != nil {
		return Network{}, err
	}
	return a.network(uint8(bits)), nil
}

// network returns the network around a, bits being a valid prefix length.
func (a Addr) network(bits uint8) Network {
	num := a.num.and(a.hostMask(bits).not())
	if num != a.num {
		a = a.in(num)
	}
	return Network{a, bits}
}

// Network returns the network that has a as its only address, with its zone.
func (a Addr) Network() Network { return Network{a, uint8(a.MaxBits())} }

// hostMask returns the number with the bits set that a prefix of this length
// does not cover.
func (a Addr) hostMask(bits uint8) uint128 { return hostMask(uint(a.MaxBits()) - uint(bits)) }

// ParseNetwork reads a network: an address, and after '/' a prefix length or, for
// IPv4, a net mask or host mask; an address alone is a network of one address.
// It is strict: bits that the prefix does not cover must be zero. The error is a
// [*ParseError] and matches [ErrAddress], [ErrNetmask] or [ErrHostBits].
// It is Python's `ip_network`.
func ParseNetwork(s string) (Network, error) { return Version(0).ParseNetwork(s) }

// ParseNetwork is [ParseNetwork] for networks of one version. It is Python's
// `IPv4Network` and `IPv6Network`, called with a text.
func (v Version) ParseNetwork(s string) (Network, error) { return parseNetwork("ParseNetwork", v, s) }

func parseNetwork[T text](fn string, v Version, s T) (Network, error) {
	a, bits, err := parsePrefixed(fn, v, s)
	if err != nil {
		return Network{}, err
	}
	n := a.network(bits)
	if n.addr.num != a.num {
		return Network{}, newParseError(fn, v, s, 0, whyHostBits)
	}
	return n, nil
}

// ParseNetworkLoose is [ParseNetwork], but clears the bits that the prefix does
// not cover: it widens "10.0.0.1/8" to 10.0.0.0/8. If there are any, the network
// has no zone, as in Python. It is Python's `ip_network(s, strict=False)`.
func ParseNetworkLoose(s string) (Network, error) { return Version(0).ParseNetworkLoose(s) }

// ParseNetworkLoose is [ParseNetworkLoose] for networks of one version. It is
// Python's `IPv4Network` and `IPv6Network` with `strict=False`.
func (v Version) ParseNetworkLoose(s string) (Network, error) {
	a, bits, err := parsePrefixed("ParseNetworkLoose", v, s)
	if err != nil {
		return Network{}, err
	}
	return a.network(bits), nil
}

// parsePrefixed reads an address with a mask, or without.
func parsePrefixed[T text](fn string, v Version, s T) (Addr, uint8, error) {
	a, n, why := scanAddr(s, v)
	if why != parsed {
		return Addr{}, 0, newParseError(fn, v, s, n, why)
	}
	if n == len(s) {
		return a, uint8(a.MaxBits()), nil
	}
	if s[n] != '/' {
		return Addr{}, 0, newParseError(fn, v, s, n, whyChar)
	}
	bits, at, why := scanMask(s, n+1, a.Version())
	if why != parsed {
		return Addr{}, 0, newParseError(fn, v, s, at, why)
	}
	return a, uint8(bits), nil
}

// MustParseNetwork is [ParseNetwork] for constants: it panics if s is no network.
func MustParseNetwork(s string) Network { return must(ParseNetwork(s)) }

// IsValid reports whether n is a network, not the zero Network.
func (n Network) IsValid() bool { return n.addr.IsValid() }

// Version returns [V4] or [V6], and 0 for the zero Network.
func (n Network) Version() Version { return n.addr.Version() }

// MaxBits returns 32 for an IPv4 network, 128 for an IPv6 network and 0 for the
// zero Network. It is Python's `max_prefixlen`.
func (n Network) MaxBits() int { return n.addr.MaxBits() }

// Bits returns the length of the prefix. It is Python's `prefixlen`.
func (n Network) Bits() int { return int(n.prefix) }

// Addr returns the first address, with its zone. It is Python's
// `network_address`.
func (n Network) Addr() Addr { return n.addr }

// Broadcast returns the last address, without zone. It is Python's
// `broadcast_address`, for IPv6 as well.
func (n Network) Broadcast() Addr { return n.addr.in(n.last()) }

// last returns the number of the last address.
func (n Network) last() uint128 { return n.addr.num.or(n.addr.hostMask(n.prefix)) }

// Netmask returns the net mask, as an address: 255.255.255.0 for a /24.
func (n Network) Netmask() Addr { return n.addr.in(n.addr.last().xor(n.addr.hostMask(n.prefix))) }

// Hostmask returns the host mask, as an address: 0.0.0.255 for a /24.
func (n Network) Hostmask() Addr { return n.addr.in(n.addr.hostMask(n.prefix)) }

// Zone returns the zone of an IPv6 network, without the '%', or "".
func (n Network) Zone() string { return n.addr.Zone() }

// WithZone returns the network with the zone given; the empty zone takes it away.
// The error is that of [Addr.WithZone].
func (n Network) WithZone(zone string) (Network, error) {
	a, err := n.addr.WithZone(zone)
	if err != nil {
		return Network{}, err
	}
	return Network{a, n.prefix}, nil
}

// Len returns how many addresses the network has; 0 for the zero Network. It is
// Python's `num_addresses`. See [Network.Len64] for one that does not allocate.
func (n Network) Len() *big.Int {
	if !n.IsValid() {
		return new(big.Int)
	}
	one := big.NewInt(1)
	return one.Lsh(one, uint(n.MaxBits()-n.Bits()))
}

// Len64 returns how many addresses the network has, and false if they are 2^64
// or more.
func (n Network) Len64() (uint64, bool) {
	host := n.MaxBits() - n.Bits()
	if !n.IsValid() || host >= 64 {
		return 0, !n.IsValid()
	}
	return 1 << host, true
}

// Contains reports whether a is an address of the network. An address is in a
// network without zone whatever its own zone, and in one with a zone only if it
// has the same. The IPv6 address to which an IPv4 address is mapped is in no
// IPv4 network; access lists want [ACL.Contains]. Python writes it a in n.
func (n Network) Contains(a Addr) bool {
	if n.addr.fam != a.fam && !n.addr.coversZone(a) {
		return false
	}
	d := n.addr.num.xor(a.num)
	if n.prefix > 64 {
		return d.hi|d.lo>>(128-n.prefix) == 0
	}
	if n.addr.fam == fam4 {
		return d.lo>>(32-n.prefix) == 0
	}
	return d.hi>>(64-n.prefix) == 0 && n.IsValid()
}

// coversZone reports whether an address of a's zone can stand for one of b's:
// versions are equal, and so are the zones, unless a has none.
func (a Addr) coversZone(b Addr) bool { return a.fam == b.fam || a.fam == fam6 && b.Is6() }

// ContainsNetwork reports whether all addresses of o are in n. Networks of
// different versions do not contain each other.
func (n Network) ContainsNetwork(o Network) bool {
	return n.prefix <= o.prefix && o.IsValid() && n.Contains(o.addr)
}

// SubnetOf reports whether n is a part of o, or o itself. The error matches
// [ErrVersion]: they are of different versions; [Network.ContainsNetwork] calls
// that false.
func (n Network) SubnetOf(o Network) (bool, error) {
	if err := n.comparable(o); err != nil {
		return false, err
	}
	return o.ContainsNetwork(n), nil
}

// SupernetOf reports whether o is a part of n, or n itself. The error matches
// [ErrVersion]: they are of different versions.
func (n Network) SupernetOf(o Network) (bool, error) {
	if err := n.comparable(o); err != nil {
		return false, err
	}
	return n.ContainsNetwork(o), nil
}

// Overlaps reports whether the networks have an address in common.
func (n Network) Overlaps(o Network) bool {
	return n.ContainsNetwork(o) || o.ContainsNetwork(n)
}

// comparable returns an error unless both are networks of one version.
func (n Network) comparable(o Network) error {
	if n.Version() != o.Version() || !n.IsValid() {
		return versionError(n, o)
	}
	return nil
}

// Compare returns -1, 0 or +1. It orders by version, then address, then prefix
// length, then zone, and is 0 only if n == o: a total order for sorting, in
// which the zero Network comes first and a network before its subnets.
func (n Network) Compare(o Network) int {
	if n.addr.fam == o.addr.fam {
		if c := n.addr.num.compare(o.addr.num); c != 0 {
			return c
		}
		return cmp.Compare(n.prefix, o.prefix)
	}
	if c := cmp.Compare(n.Version(), o.Version()); c != 0 {
		return c
	}
	if c := n.addr.num.compare(o.addr.num); c != 0 {
		return c
	}
	if c := cmp.Compare(n.prefix, o.prefix); c != 0 {
		return c
	}
	return n.addr.Compare(o.addr)
}

// CompareNetworks returns -1, 0 or +1 by address and then net mask, as Python's
// `compare_networks` does: zones do not order. The error matches [ErrVersion]:
// they are of different versions.
func (n Network) CompareNetworks(o Network) (int, error) {
	if err := n.comparable(o); err != nil {
		return 0, err
	}
	if c := n.addr.num.compare(o.addr.num); c != 0 {
		return c, nil
	}
	return cmp.Compare(n.prefix, o.prefix), nil
}

// Less reports whether n comes before o by address and then net mask, which is
// Python's n < o: zones do not order. The error matches [ErrVersion]: networks of
// different versions have no order there.
func (n Network) Less(o Network) (bool, error) {
	c, err := n.CompareNetworks(o)
	return c < 0, err
}
