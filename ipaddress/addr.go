package ipaddress

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"math/big"
	"strings"
	"unique"
)

// Addr is an IPv4 or IPv6 address, an IPv6 address perhaps with a zone. It is
// Python's `IPv4Address` and `IPv6Address`.
//
// An Addr is a small value: copy it, compare it with ==, use it as the key of a
// map. Two are equal if version, number and zone are; an IPv4 address is never
// equal to the IPv6 address it is mapped to. The zero Addr is not an address.
// All methods may be called concurrently.
type Addr struct {
	num uint128
	fam unique.Handle[family]
}

// ParseAddr reads an address: dotted decimal, or the forms of RFC 4291 section
// 2.2, with a zone after '%'. Nothing else is an address: no leading zeros in an
// octet, no fewer than four octets, no white space, no digits but ASCII's. The
// error is a [*ParseError] and matches [ErrAddress]. It is Python's `ip_address`.
func ParseAddr(s string) (Addr, error) { return Version(0).ParseAddr(s) }

// ParseAddr is [ParseAddr] for addresses of one version. It is Python's
// `IPv4Address` and `IPv6Address`, called with a text.
func (v Version) ParseAddr(s string) (Addr, error) {
	a, n, why := scanAddr(s, v)
	if why == parsed && n == len(s) {
		return a, nil
	}
	return Addr{}, addrError("ParseAddr", v, s, n, why)
}

// addrError is the error of a text of which n bytes were read as an address.
func addrError[T text](fn string, v Version, s T, n int, why reason) error {
	if why == parsed {
		why = whyChar
	}
	return newParseError(fn, v, s, n, why)
}

// MustParseAddr is [ParseAddr] for constants: it panics if s is no address.
func MustParseAddr(s string) Addr { return must(ParseAddr(s)) }

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// AddrFrom4 returns the IPv4 address with these bytes, most significant first.
func AddrFrom4(b [4]byte) Addr { return AddrFromUint32(binary.BigEndian.Uint32(b[:])) }

// AddrFrom16 returns the IPv6 address with these bytes, most significant first.
// An IPv4-mapped address stays an IPv6 address; see [Addr.Unmap].
func AddrFrom16(b [16]byte) Addr { return Addr{num: uint128FromBytes(b), fam: fam6} }

func uint128FromBytes(b [16]byte) uint128 {
	return uint128{binary.BigEndian.Uint64(b[:8]), binary.BigEndian.Uint64(b[8:])}
}

// AddrFromBytes returns the address that the 4 or 16 bytes are, most significant
// first. The error matches [ErrAddress]: another length. It is Python's
// `ip_address`, called with bytes.
func AddrFromBytes(b []byte) (Addr, error) { return Version(0).AddrFromBytes(b) }

// AddrFromBytes is [AddrFromBytes] for addresses of one version. It is Python's
// `IPv4Address` and `IPv6Address`, called with bytes.
func (v Version) AddrFromBytes(b []byte) (Addr, error) {
	switch {
	case len(b) == 4 && v.accepts(V4):
		return AddrFrom4([4]byte(b)), nil
	case len(b) == 16 && v.accepts(V6):
		return AddrFrom16([16]byte(b)), nil
	}
	return Addr{}, fmt.Errorf("%w: %d bytes are no %v address", ErrAddress, len(b), v)
}

// AddrFromUint32 returns the IPv4 address with this number.
func AddrFromUint32(n uint32) Addr { return Addr{num: uint128{lo: uint64(n)}, fam: fam4} }

// AddrFromUint128 returns the IPv6 address with the number hi·2^64 + lo.
func AddrFromUint128(hi, lo uint64) Addr { return Addr{num: uint128{hi, lo}, fam: fam6} }

// AddrFromBig returns the address with the number n: an IPv4 address if n is
// less than 2^32, else an IPv6 address. The error matches [ErrAddress]: n is
// nil, negative or 2^128 and more. It is Python's `ip_address`, called with an
// integer.
func AddrFromBig(n *big.Int) (Addr, error) { return Version(0).AddrFromBig(n) }

// AddrFromBig is [AddrFromBig] for addresses of one version; that of an IPv6
// address may be less than 2^32. It is Python's `IPv4Address` and `IPv6Address`,
// called with an integer.
func (v Version) AddrFromBig(n *big.Int) (Addr, error) {
	u, ok := uint128FromBig(n)
	switch {
	case ok && u.bitLen() <= 32 && v.accepts(V4):
		return AddrFromUint32(uint32(u.lo)), nil
	case ok && v.accepts(V6):
		return Addr{num: u, fam: fam6}, nil
	case n == nil:
		return Addr{}, fmt.Errorf("%w: no number", ErrAddress)
	}
	return Addr{}, fmt.Errorf("%w: a number of %d bits (sign %d) is no %v address", ErrAddress, n.BitLen(), n.Sign(), v)
}

// IsValid reports whether a is an address, not the zero Addr.
func (a Addr) IsValid() bool { return a.fam != unique.Handle[family]{} }

// Is4 reports whether a is an IPv4 address. An IPv4-mapped address is none.
func (a Addr) Is4() bool { return a.fam == fam4 }

// Is6 reports whether a is an IPv6 address.
func (a Addr) Is6() bool { return a.fam != fam4 && a.IsValid() }

// Version returns [V4] or [V6], and 0 for the zero Addr.
func (a Addr) Version() Version {
	switch {
	case a.fam == fam4:
		return V4
	case a.IsValid():
		return V6
	}
	return 0
}

// MaxBits returns 32 for an IPv4 address, 128 for an IPv6 address and 0 for the
// zero Addr. It is Python's `max_prefixlen`.
func (a Addr) MaxBits() int { return a.Version().MaxBits() }

// Bytes returns the 4 or 16 bytes of the address, most significant first,
// without the zone; nil for the zero Addr. It is Python's `packed`.
func (a Addr) Bytes() []byte {
	switch {
	case a.Is4():
		b := a.As4()
		return b[:]
	case a.IsValid():
		b := a.As16()
		return b[:]
	}
	return nil
}

// As4 returns the 4 bytes of an IPv4 address, most significant first, and the
// last 4 bytes of any other.
func (a Addr) As4() (b [4]byte) {
	binary.BigEndian.PutUint32(b[:], uint32(a.num.lo))
	return b
}

// As16 returns the 16 bytes of an IPv6 address without its zone, and those of
// the IPv4-mapped address (RFC 4291 section 2.5.5.2) for an IPv4 address.
func (a Addr) As16() (b [16]byte) {
	if a.Is4() {
		a = a.IPv6Mapped()
	}
	binary.BigEndian.PutUint64(b[:8], a.num.hi)
	binary.BigEndian.PutUint64(b[8:], a.num.lo)
	return b
}

// Uint128 returns the number of the address, as hi·2^64 + lo. That of an IPv4
// address is less than 2^32. Python writes it int(a).
func (a Addr) Uint128() (hi, lo uint64) { return a.num.hi, a.num.lo }

// Big returns the number of the address. Python writes it int(a).
func (a Addr) Big() *big.Int { return a.num.big() }

// Compare returns -1, 0 or +1. It orders by version, then number, then zone,
// without zone first, and is 0 only if a == b: a total order for sorting, in
// which the zero Addr comes first. See [Addr.Less] for Python's order.
func (a Addr) Compare(b Addr) int {
	if a.fam == b.fam {
		return a.num.compare(b.num)
	}
	if c := cmp.Compare(a.Version(), b.Version()); c != 0 {
		return c
	}
	if c := a.num.compare(b.num); c != 0 {
		return c
	}
	return strings.Compare(a.Zone(), b.Zone())
}

// Less reports whether the number of a is less than that of b, which is
// Python's a < b: zones do not order. The error matches [ErrVersion]: addresses
// of different versions have no order there.
func (a Addr) Less(b Addr) (bool, error) {
	if a.Version() != b.Version() || !a.IsValid() {
		return false, versionError(a, b)
	}
	return a.num.less(b.num), nil
}
