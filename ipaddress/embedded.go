package ipaddress

// prefixes in which IPv6 addresses carry an IPv4 address.
var (
	mappedPrefix     = uint128{lo: 0xffff << 32} // ::ffff:0:0/96
	sixToFourPrefix  = uint64(0x2002)            // 2002::/16
	teredoPrefix     = uint64(0x2001_0000)       // 2001::/32
	wellKnownNAT64   = uint64(0x0064_ff9b) << 32 // 64:ff9b::/96
	localNAT64       = uint64(0x0064_ff9b_0001)  // 64:ff9b:1::/48
	isatapIdentifier = uint64(0x0000_5efe)       // ::0:5efe:a.b.c.d, ::200:5efe:a.b.c.d
)

// Is4In6 reports whether a is an IPv4-mapped IPv6 address (RFC 4291 section
// 2.5.5.2), with a zone or without.
func (a Addr) Is4In6() bool { return a.num.hi == 0 && a.num.lo>>32 == 0xffff && a.fam != fam4 }

// IPv4Mapped returns the IPv4 address of an IPv4-mapped address, and false for
// any other. It is Python's `ipv4_mapped`.
func (a Addr) IPv4Mapped() (Addr, bool) {
	if !a.Is4In6() {
		return Addr{}, false
	}
	return AddrFromUint32(uint32(a.num.lo)), true
}

// IPv6Mapped returns the IPv4-mapped address of an IPv4 address, and any other
// address unchanged. It is Python's `ipv6_mapped`.
func (a Addr) IPv6Mapped() Addr {
	if a.Is4() {
		return Addr{num: a.num.or(mappedPrefix), fam: fam6}
	}
	return a
}

// Unmap returns the IPv4 address of an IPv4-mapped address, and any other
// address unchanged. A zone is lost with the mapping: IPv4 has none.
func (a Addr) Unmap() Addr {
	if v4, ok := a.IPv4Mapped(); ok {
		return v4
	}
	return a
}

// Unmap returns the IPv4 network that the network of IPv4-mapped addresses
// stands for, as 10.0.0.0/8 for ::ffff:10.0.0.0/104, and any other network
// unchanged, one with a zone too.
func (n Network) Unmap() Network {
	if !n.addr.Is4In6() || n.prefix < 96 || n.addr.hasZone() {
		return n
	}
	return Network{n.addr.Unmap(), n.prefix - 96}
}

// SixToFour returns the IPv4 address in a 6to4 address (2002::/16, RFC 3056), and
// false for any other address. It is Python's `sixtofour`.
func (a Addr) SixToFour() (Addr, bool) {
	if a.num.hi>>48 != sixToFourPrefix || !a.Is6() {
		return Addr{}, false
	}
	return AddrFromUint32(uint32(a.num.hi >> 16)), true
}

// Teredo returns the addresses of server and client in a Teredo address
// (2001::/32, RFC 4380), and false for any other address.
func (a Addr) Teredo() (server, client Addr, ok bool) {
	if a.num.hi>>32 != teredoPrefix || !a.Is6() {
		return Addr{}, Addr{}, false
	}
	return AddrFromUint32(uint32(a.num.hi)), AddrFromUint32(^uint32(a.num.lo)), true
}

// EmbeddedIPv4s returns the IPv4 addresses that an IPv6 address carries, by each
// of the ways in which a packet to it can end at an IPv4 host:
//
//   - IPv4-mapped (::ffff:0:0/96) and IPv4-compatible (::/96, without :: and ::1),
//     RFC 4291 section 2.5.5; IPv4-translated (::ffff:0:0:0/96), RFC 2765;
//   - NAT64: the well-known prefix 64:ff9b::/96 (RFC 6052), and the local
//     64:ff9b:1::/48 (RFC 8215), within which the prefix may have 48, 56, 64 or 96
//     bits, so that there are four candidates;
//   - 6to4 (2002::/16, RFC 3056); Teredo (2001::/32, RFC 4380): server and client;
//   - ISATAP interface identifiers (RFC 5214) under any prefix.
//
// It returns nil for an IPv4 address. See [Addr.IsPublic].
func (a Addr) EmbeddedIPv4s() []Addr {
	if !a.Is6() {
		return nil
	}
	hi, lo := a.num.hi, a.num.lo
	var found []Addr
	add := func(n uint64) { found = append(found, AddrFromUint32(uint32(n))) }
	switch {
	case hi == 0 && lo>>32 == 0 && lo > 1, // IPv4-compatible
		a.Is4In6(),
		hi == 0 && lo>>32 == 0xffff_0000, // IPv4-translated
		hi == wellKnownNAT64 && lo>>32 == 0:
		add(lo)
	case hi>>16 == localNAT64:
		// RFC 6052 section 2.2: bits 64 to 71 are never part of the address.
		low := lo & (1<<56 - 1)
		add(hi<<16 | low>>40)
		add(hi<<24 | low>>32)
		add(low >> 24)
		add(lo)
	case hi>>48 == sixToFourPrefix:
		add(hi >> 16)
	case hi>>32 == teredoPrefix:
		add(hi)
		add(^lo)
	}
	if lo>>32&^0x0200_0000 == isatapIdentifier {
		add(lo)
	}
	return found
}
