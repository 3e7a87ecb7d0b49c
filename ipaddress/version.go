package ipaddress

import "math/big"

// Version is a version of the Internet Protocol. Its methods are the
// constructors that Python has once for each version (`IPv4Address(x)`,
// `IPv6Network(x)`, …): they refuse what belongs to the other version.
//
// The zero Version stands for either, and its methods are the functions of the
// package that have the same name.
type Version uint8

// The versions.
const (
	V4 Version = 4
	V6 Version = 6
)

// MaxBits returns the number of bits of an address of the version: 32 or 128,
// and 0 for any other Version. It is Python's `max_prefixlen`.
func (v Version) MaxBits() int {
	switch v {
	case V4:
		return 32
	case V6:
		return 128
	}
	return 0
}

// String returns "IPv4", "IPv6" or, for the zero Version and any other, "IP".
func (v Version) String() string {
	switch v {
	case V4:
		return "IPv4"
	case V6:
		return "IPv6"
	}
	return "IP"
}

// accepts reports whether an address of version a may be made by a method of v.
func (v Version) accepts(a Version) bool { return v == 0 || v == a }

// IntToPacked returns n as the 4 or 16 bytes of an address of the version, most
// significant first. The error matches [ErrAddress]: n is negative, too large,
// or v is no version. It is Python's `v4_int_to_packed` and `v6_int_to_packed`.
func (v Version) IntToPacked(n *big.Int) ([]byte, error) {
	a, err := v.AddrFromBig(n)
	if err != nil {
		return nil, err
	}
	return a.Bytes(), nil
}
