package ipaddress

import "strconv"

// invalidText is what the zero values print.
const (
	invalidAddr      = "invalid IP"
	invalidNetwork   = "invalid network"
	invalidInterface = "invalid interface"
)

// maxAddrText is the length of the longest address without zone.
const maxAddrText = len("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")

// String returns the one canonical spelling (RFC 5952), with the zone; that of
// an IPv4-mapped address ends in dotted decimal. It is Python's `str()` and
// `compressed`. The zero Addr gives "invalid IP".
func (a Addr) String() string {
	if a.fam == fam4 {
		var b [len("255.255.255.255")]byte
		return string(appendOctets(b[:0], uint32(a.num.lo)))
	}
	if !a.IsValid() {
		return invalidAddr
	}
	var b [maxAddrText + 24]byte // a zone that is longer costs an allocation more
	return string(a.AppendTo(b[:0]))
}

// AppendTo appends what [Addr.String] returns to b; of the zero Addr nothing.
func (a Addr) AppendTo(b []byte) []byte {
	switch {
	case a.fam == fam4:
		return appendOctets(b, uint32(a.num.lo))
	case !a.IsValid():
		return b
	case a.Is4In6():
		b = append(b, "::ffff:"...)
		b = appendOctets(b, uint32(a.num.lo))
	default:
		b = appendGroups(b, a.num)
	}
	return a.appendZone(b)
}

func (a Addr) appendZone(b []byte) []byte {
	if a.hasZone() {
		b = append(b, '%')
		b = append(b, a.fam.Value().zone...)
	}
	return b
}

// Expanded returns the long spelling, with all zeros written out and the zone;
// that of an IPv4-mapped address ends in dotted decimal. It is Python's
// `exploded`. The zero Addr gives "invalid IP".
func (a Addr) Expanded() string {
	if !a.IsValid() {
		return invalidAddr
	}
	var b [maxAddrText + 24]byte
	if a.Is4In6() {
		return string(a.appendZone(appendOctets(appendFull(b[:0], a.num, 2), uint32(a.num.lo))))
	}
	return string(a.appendExpanded(b[:0]))
}

// appendExpanded appends the long spelling in groups only.
func (a Addr) appendExpanded(b []byte) []byte {
	if a.Is4() {
		return appendOctets(b, uint32(a.num.lo))
	}
	b = appendFull(b, a.num, 1)
	b = appendFullGroup(b, group(a.num, 0))
	return a.appendZone(b)
}

// appendFull appends groups with all their digits, and a ':' after each, but
// leaves out the last ones.
func appendFull(b []byte, u uint128, leave int) []byte {
	for shift := 112; shift >= 16*leave; shift -= 16 {
		b = append(appendFullGroup(b, group(u, shift)), ':')
	}
	return b
}

func appendFullGroup(b []byte, g uint16) []byte {
	return append(b, hexDigits[g>>12], hexDigits[g>>8&15], hexDigits[g>>4&15], hexDigits[g&15])
}

// String returns the canonical spelling of the address, '/' and the prefix
// length. It is Python's `str()`, `compressed` and `with_prefixlen`. The zero
// Network gives "invalid network".
func (n Network) String() string { return withBits(n.addr, n.prefix, invalidNetwork) }

// AppendTo appends what [Network.String] returns to b; of the zero Network
// nothing.
func (n Network) AppendTo(b []byte) []byte { return appendWithBits(b, n.addr, n.prefix) }

// Expanded returns the long spelling of the address, in groups even if it is
// IPv4-mapped, '/' and the prefix length. It is Python's `exploded`.
func (n Network) Expanded() string { return expandedWithBits(n.addr, n.prefix, invalidNetwork) }

// WithPrefixLen is [Network.String] under Python's name `with_prefixlen`.
func (n Network) WithPrefixLen() string { return n.String() }

// WithNetmask returns the address, '/' and the net mask. It is Python's
// `with_netmask`.
func (n Network) WithNetmask() string { return n.withMask(n.Netmask()) }

// WithHostmask returns the address, '/' and the host mask. It is Python's
// `with_hostmask`.
func (n Network) WithHostmask() string { return n.withMask(n.Hostmask()) }

func (n Network) withMask(mask Addr) string {
	if !n.IsValid() {
		return invalidNetwork
	}
	return n.addr.String() + "/" + mask.String()
}

// String returns the canonical spelling of the address, with its zone, '/' and
// the prefix length. It is Python's `str()` and `compressed`. The zero Interface
// gives "invalid interface".
func (i Interface) String() string { return withBits(i.addr, i.prefix, invalidInterface) }

// AppendTo appends what [Interface.String] returns to b; of the zero Interface
// nothing.
func (i Interface) AppendTo(b []byte) []byte { return appendWithBits(b, i.addr, i.prefix) }

// Expanded returns the long spelling of the address, with its zone, '/' and the
// prefix length. As in Python, that of an IPv4-mapped address has no prefix
// length. It is Python's `exploded`.
func (i Interface) Expanded() string {
	if i.addr.Is4In6() {
		return i.addr.Expanded()
	}
	return expandedWithBits(i.addr, i.prefix, invalidInterface)
}

// WithPrefixLen returns the address without its zone, in groups even if it is
// IPv4-mapped, '/' and the prefix length. It is Python's `with_prefixlen`;
// [Interface.String] is the canonical spelling.
func (i Interface) WithPrefixLen() string {
	if !i.IsValid() {
		return invalidInterface
	}
	return string(appendBits(i.addr.appendNumber(nil), i.prefix))
}

// WithNetmask returns the address as [Interface.WithPrefixLen] does, '/' and the
// net mask. It is Python's `with_netmask`.
func (i Interface) WithNetmask() string { return i.withMask(i.Netmask()) }

// WithHostmask returns the address as [Interface.WithPrefixLen] does, '/' and the
// host mask. It is Python's `with_hostmask`.
func (i Interface) WithHostmask() string { return i.withMask(i.Hostmask()) }

func (i Interface) withMask(mask Addr) string {
	if !i.IsValid() {
		return invalidInterface
	}
	return string(append(append(i.addr.appendNumber(nil), '/'), mask.String()...))
}

// appendNumber appends the spelling that the number alone has: in octets or groups,
// without zone.
func (a Addr) appendNumber(b []byte) []byte {
	if a.Is4() {
		return appendOctets(b, uint32(a.num.lo))
	}
	return appendGroups(b, a.num)
}

func withBits(a Addr, bits uint8, invalid string) string {
	if !a.IsValid() {
		return invalid
	}
	var b [maxAddrText + 24]byte
	return string(appendWithBits(b[:0], a, bits))
}

func appendWithBits(b []byte, a Addr, bits uint8) []byte {
	if !a.IsValid() {
		return b
	}
	return appendBits(a.AppendTo(b), bits)
}

func expandedWithBits(a Addr, bits uint8, invalid string) string {
	if !a.IsValid() {
		return invalid
	}
	var b [maxAddrText + 24]byte
	return string(appendBits(a.appendExpanded(b[:0]), bits))
}

func appendBits(b []byte, bits uint8) []byte {
	return strconv.AppendUint(append(b, '/'), uint64(bits), 10)
}

const hexDigits = "0123456789abcdef"

// group returns the 16 bits of u that begin at bit shift.
func group(u uint128, shift int) uint16 {
	if shift >= 64 {
		return uint16(u.hi >> (shift - 64))
	}
	return uint16(u.lo >> shift)
}

// appendOctets appends dotted decimal.
func appendOctets(b []byte, ip uint32) []byte {
	b = appendOctet(b, uint8(ip>>24))
	b = appendOctet(append(b, '.'), uint8(ip>>16))
	b = appendOctet(append(b, '.'), uint8(ip>>8))
	return appendOctet(append(b, '.'), uint8(ip))
}

func appendOctet(b []byte, n uint8) []byte {
	if n >= 100 {
		return append(b, '0'+n/100, '0'+n/10%10, '0'+n%10)
	}
	if n >= 10 {
		return append(b, '0'+n/10, '0'+n%10)
	}
	return append(b, '0'+n)
}

// appendGroups appends groups of hexadecimal digits, the first of the longest
// runs of two or more zero groups as "::" (RFC 5952 section 4.2).
func appendGroups(b []byte, u uint128) []byte {
	zeroAt, zeroEnd := 8, 8
	for i := 0; i < 8; i++ {
		j := i
		for j < 8 && group(u, 112-16*j) == 0 {
			j++
		}
		if j-i >= 2 && j-i > zeroEnd-zeroAt {
			zeroAt, zeroEnd = i, j
		}
		i = j
	}
	for i := 0; i < 8; i++ {
		if i == zeroAt {
			b = append(b, ':', ':')
			i = zeroEnd
			if i == 8 {
				break
			}
		} else if i > 0 {
			b = append(b, ':')
		}
		b = appendHex(b, group(u, 112-16*i))
	}
	return b
}

// appendHex appends n without leading zeros.
func appendHex(b []byte, n uint16) []byte {
	if n >= 0x1000 {
		b = append(b, hexDigits[n>>12])
	}
	if n >= 0x100 {
		b = append(b, hexDigits[n>>8&15])
	}
	if n >= 0x10 {
		b = append(b, hexDigits[n>>4&15])
	}
	return append(b, hexDigits[n&15])
}
