package ipaddress

import (
	"cmp"
	"fmt"
	"math/big"
)

// Interface is an address together with the network it is used in, such as
// 192.0.2.5/24. It is Python's `IPv4Interface` and `IPv6Interface`, and as there
// it has what an address has.
//
// An Interface is a small value: copy it, compare it with ==, use it as the key
// of a map. The zero Interface is not an interface. All methods may be called
// concurrently.
type Interface struct {
	addr   Addr
	prefix uint8
}

// InterfaceFrom returns the interface with the address and prefix length. The
// error matches [ErrNetmask] if bits is no prefix length of the address, and
// [ErrAddress] if that is the zero Addr. It is Python's
// `ip_interface((address, bits))`.
func InterfaceFrom(a Addr, bits int) (Interface, error) {
	if !a.IsValid() {
		return Interface{}, fmt.Errorf("%w: the zero Addr", ErrAddress)
	}
	if _, err := a.Version().CheckBits(bits); err != nil {
		return Interface{}, err
	}
	return Interface{a, uint8(bits)}, nil
}

// Interface returns the interface whose network has a as its only address.
func (a Addr) Interface() Interface { return Interface{a, uint8(a.MaxBits())} }

// ParseInterface reads an interface: an address, and after '/' a prefix length
// or, for IPv4, a net mask or host mask; without one, the network has only that
// address. The error is a [*ParseError] and matches [ErrAddress] or
// [ErrNetmask]. It is Python's `ip_interface`.
func ParseInterface(s string) (Interface, error) { return Version(0).ParseInterface(s) }

// ParseInterface is [ParseInterface] for interfaces of one version. It is
// Python's `IPv4Interface` and `IPv6Interface`, called with a text.
func (v Version) ParseInterface(s string) (Interface, error) {
	return parseInterface("ParseInterface", v, s)
}

func parseInterface[T text](fn string, v Version, s T) (Interface, error) {
	a, bits, err := parsePrefixed(fn, v, s)
	if err != nil {
		return Interface{}, err
	}
	return Interface{a, bits}, nil
}

// MustParseInterface is [ParseInterface] for constants: it panics if s is no
// interface.
func MustParseInterface(s string) Interface { return must(ParseInterface(s)) }

// IsValid reports whether i is an interface, not the zero Interface.
func (i Interface) IsValid() bool { return i.addr.IsValid() }

// Addr returns the address, with its zone.
func (i Interface) Addr() Addr { return i.addr }

// IP returns the address without its zone. It is Python's `ip`.
func (i Interface) IP() Addr { return i.addr.WithoutZone() }

// Network returns the network of the interface. Like Python's, it has no zone if
// the address has bits set that the prefix does not cover; what shall match only
// the link of the interface takes i.Network().WithZone(i.Zone()).
func (i Interface) Network() Network { return i.addr.network(i.prefix) }

// Bits returns the length of the prefix. It is `network.prefixlen` in Python.
func (i Interface) Bits() int { return int(i.prefix) }

// Netmask returns the net mask, as an address: 255.255.255.0 for a /24.
func (i Interface) Netmask() Addr { return i.Network().Netmask() }

// Hostmask returns the host mask, as an address: 0.0.0.255 for a /24.
func (i Interface) Hostmask() Addr { return i.Network().Hostmask() }

// Compare returns -1, 0 or +1. It orders by network, then address, then zone,
// and is 0 only if i == o: a total order for sorting, in which the zero
// Interface comes first.
func (i Interface) Compare(o Interface) int {
	if c := cmp.Compare(i.Version(), o.Version()); c != 0 {
		return c
	}
	if c := i.compareNumbers(o); c != 0 {
		return c
	}
	return i.addr.Compare(o.addr)
}

func (i Interface) compareNumbers(o Interface) int {
	a, b := i.Network(), o.Network()
	if c := a.addr.num.compare(b.addr.num); c != 0 {
		return c
	}
	if c := cmp.Compare(i.prefix, o.prefix); c != 0 {
		return c
	}
	return i.addr.num.compare(o.addr.num)
}

// Less reports whether i comes before o by network and then address, which is
// Python's i < o: zones do not order. The error matches [ErrVersion]: interfaces
// of different versions have no order there.
func (i Interface) Less(o Interface) (bool, error) {
	if i.Version() != o.Version() || !i.IsValid() {
		return false, versionError(i, o)
	}
	return i.compareNumbers(o) < 0, nil
}

// Version returns [V4] or [V6], and 0 for the zero Interface.
func (i Interface) Version() Version { return i.addr.Version() }

// MaxBits is [Addr.MaxBits] of the address. It is Python's `max_prefixlen`.
func (i Interface) MaxBits() int { return i.addr.MaxBits() }

// Zone is [Addr.Zone] of the address. It is Python's `scope_id`.
func (i Interface) Zone() string { return i.addr.Zone() }

// Bytes is [Addr.Bytes] of the address. It is Python's `packed`.
func (i Interface) Bytes() []byte { return i.addr.Bytes() }

// Big is [Addr.Big] of the address. Python writes it int(i).
func (i Interface) Big() *big.Int { return i.addr.Big() }

// Add returns the address n places further on, without zone, as the only one of
// its network. The error is that of [Addr.Add]. Python writes it i + n.
func (i Interface) Add(n int64) (Interface, error) { return alone(i.addr.Add(n)) }

// Sub returns the address n places back, without zone, as the only one of its
// network. The error is that of [Addr.Sub]. Python writes it i - n.
func (i Interface) Sub(n int64) (Interface, error) { return alone(i.addr.Sub(n)) }

// AddBig is [Interface.Add] for a number of any size.
func (i Interface) AddBig(n *big.Int) (Interface, error) { return alone(i.addr.AddBig(n)) }

// SubBig is [Interface.Sub] for a number of any size.
func (i Interface) SubBig(n *big.Int) (Interface, error) { return alone(i.addr.SubBig(n)) }

func alone(a Addr, err error) (Interface, error) {
	if err != nil {
		return Interface{}, err
	}
	return a.Interface(), nil
}
