package ipaddress

// The questions below have the answer of the inner IPv4 address for an
// IPv4-mapped one, with a zone or without (gh-117566), and false for zero values.

// IsUnspecified reports whether a is 0.0.0.0 or :: (RFC 5735 section 3, RFC 4291
// section 2.5.2).
func (a Addr) IsUnspecified() bool {
	a = a.Unmap()
	return a.num.isZero() && a.IsValid()
}

// IsLoopback reports whether a is in 127.0.0.0/8 or ::1 (RFC 3330, RFC 4291
// section 2.5.3).
func (a Addr) IsLoopback() bool {
	a = a.Unmap()
	if a.Is4() {
		return a.num.lo>>24 == 127
	}
	return a.num == uint128{lo: 1} && a.IsValid()
}

// IsMulticast reports whether a is in 224.0.0.0/4 or ff00::/8 (RFC 3171, RFC 4291
// section 2.7).
func (a Addr) IsMulticast() bool {
	a = a.Unmap()
	if a.Is4() {
		return a.num.lo>>28 == 0xe
	}
	return a.num.hi>>56 == 0xff
}

// IsLinkLocal reports whether a is in 169.254.0.0/16 or fe80::/10 (RFC 3927, RFC
// 4291 section 2.5.6).
func (a Addr) IsLinkLocal() bool {
	a = a.Unmap()
	if a.Is4() {
		return a.num.lo>>16 == 169<<8|254
	}
	return a.num.hi>>54 == 0xfe80>>6
}

// IsSiteLocal reports whether a is in fec0::/10, which RFC 3879 took out of use.
// IPv4 has no such addresses.
func (a Addr) IsSiteLocal() bool { return a.num.hi>>54 == 0xfec0>>6 }

// IsReserved reports whether a is otherwise reserved by the IETF: in 240.0.0.0/4,
// or in the parts of the IPv6 address space that RFC 4291 section 2.4 leaves to
// later assignment. That is not [SpecialBlock.Reserved].
func (a Addr) IsReserved() bool {
	a = a.Unmap()
	if a.Is4() {
		return a.num.lo>>28 == 0xf
	}
	return a.IsValid() && isReservedV6(a.num.hi)
}

// isReservedV6 tells the assigned parts from the rest by the first bits: 2000::/3
// global unicast, fc00::/7 unique local, fe80::/9 link-local and site-local,
// ff00::/8 multicast.
func isReservedV6(hi uint64) bool {
	return hi>>61 != 0x2000>>13 && hi>>57 != 0xfc00>>9 && hi>>55 != 0xfe80>>7 && hi>>56 != 0xff
}

// IsPrivate reports whether the registries of special-purpose addresses do not
// call a globally reachable: the most specific block that a lies in says no, or
// "N/A". 100.64.0.0/10 (shared by carriers, RFC 6598) counts as neither private
// nor global, and blocks that have ended say nothing. This is more than the
// IsPrivate of net/netip, which means RFC 1918 and RFC 4193 only.
func (a Addr) IsPrivate() bool {
	a = a.Unmap()
	b := a.special()
	for b != nil && b.Global == Unset {
		b = a.enclosing(b)
	}
	return b != nil && b.Global != Yes && b.Network != sharedSpace
}

// enclosing returns the most specific entry that contains a and is less specific
// than b, or nil.
func (a Addr) enclosing(b *SpecialBlock) *SpecialBlock {
	var found *SpecialBlock
	for _, i := range specialNear(a) {
		if o := &specialBlocks[i]; o.Network.Contains(a) && o.Network.prefix < b.Network.prefix {
			found = o
		}
	}
	return found
}

var sharedSpace = MustParseNetwork("100.64.0.0/10")

// IsGlobal reports whether the registries of special-purpose addresses do not
// speak against a being globally reachable: it is not private, nor in
// 100.64.0.0/10. Multicast addresses count as global; what may be dialed is
// narrower: [Addr.IsPublic].
func (a Addr) IsGlobal() bool {
	a = a.Unmap()
	return a.IsValid() && !a.IsPrivate() && !sharedSpace.Contains(a)
}

// IsPublic reports whether a is an ordinary address of the Internet, and so are
// the IPv4 addresses that it carries ([Addr.EmbeddedIPv4s]): global, and neither
// multicast nor reserved nor site-local. A server that connects to where its users
// say (webhooks, link previews) checks each address with it, after resolving
// names and before connecting.
func (a Addr) IsPublic() bool {
	if !a.isPublic() {
		return false
	}
	for _, v4 := range a.EmbeddedIPv4s() {
		if !v4.isPublic() {
			return false
		}
	}
	return true
}

func (a Addr) isPublic() bool {
	a = a.Unmap()
	nat64 := a.num.hi == wellKnownNAT64 && a.num.lo>>32 == 0 // in ::/8, which is reserved
	return a.IsGlobal() && !a.IsMulticast() && !a.IsSiteLocal() && (nat64 || !a.IsReserved())
}

// IsMulticast reports whether both ends of the network are multicast.
func (n Network) IsMulticast() bool { return n.ends(Addr.IsMulticast) }

// IsUnspecified reports whether both ends of the network are unspecified: it has
// only that address.
func (n Network) IsUnspecified() bool { return n.ends(Addr.IsUnspecified) }

// IsReserved reports whether both ends of the network are reserved.
func (n Network) IsReserved() bool { return n.ends(Addr.IsReserved) }

// IsLoopback reports whether both ends of the network are loopback addresses.
func (n Network) IsLoopback() bool { return n.ends(Addr.IsLoopback) }

// IsLinkLocal reports whether both ends of the network are link-local.
func (n Network) IsLinkLocal() bool { return n.ends(Addr.IsLinkLocal) }

// IsSiteLocal reports whether both ends of the network are site-local.
func (n Network) IsSiteLocal() bool { return n.ends(Addr.IsSiteLocal) }

func (n Network) ends(is func(Addr) bool) bool { return is(n.addr) && is(n.Broadcast()) }

// IsPrivate reports whether the network lies in one block that the registries of
// special-purpose addresses do not call globally reachable, and neither of its
// ends in one inside of it that they do. See [Addr.IsPrivate].
func (n Network) IsPrivate() bool {
	inside := false
	for i := range specialBlocks {
		b := &specialBlocks[i]
		switch {
		case b.Global == Unset || b.Network == sharedSpace:
		case b.Global == Yes:
			if b.Network.Contains(n.addr) || b.Network.Contains(n.Broadcast()) {
				return false
			}
		case b.Network.ContainsNetwork(n):
			inside = true
		}
	}
	return inside
}

// IsGlobal reports whether the network is neither private nor a part of
// 100.64.0.0/10.
func (n Network) IsGlobal() bool {
	return n.IsValid() && !n.IsPrivate() && !sharedSpace.ContainsNetwork(n)
}

// IsMulticast is [Addr.IsMulticast] of the address.
func (i Interface) IsMulticast() bool { return i.addr.IsMulticast() }

// IsPrivate is [Addr.IsPrivate] of the address.
func (i Interface) IsPrivate() bool { return i.addr.IsPrivate() }

// IsGlobal is [Addr.IsGlobal] of the address.
func (i Interface) IsGlobal() bool { return i.addr.IsGlobal() }

// IsUnspecified is [Addr.IsUnspecified] of both ends of the network, as in Python:
// 0.0.0.0/8 is none.
func (i Interface) IsUnspecified() bool { return i.Network().IsUnspecified() }

// IsReserved is [Addr.IsReserved] of the address.
func (i Interface) IsReserved() bool { return i.addr.IsReserved() }

// IsLoopback is [Addr.IsLoopback] of the address, and for IPv6 also of both ends of
// the network, as in Python: ::1/127 is none.
func (i Interface) IsLoopback() bool {
	return i.addr.IsLoopback() && (i.addr.Is4() || i.Network().IsLoopback())
}

// IsLinkLocal is [Addr.IsLinkLocal] of the address.
func (i Interface) IsLinkLocal() bool { return i.addr.IsLinkLocal() }

// IsSiteLocal is [Addr.IsSiteLocal] of the address.
func (i Interface) IsSiteLocal() bool { return i.addr.IsSiteLocal() }

// IPv4Mapped is [Addr.IPv4Mapped] of the address.
func (i Interface) IPv4Mapped() (Addr, bool) { return i.addr.IPv4Mapped() }

// SixToFour is [Addr.SixToFour] of the address.
func (i Interface) SixToFour() (Addr, bool) { return i.addr.SixToFour() }

// Teredo is [Addr.Teredo] of the address.
func (i Interface) Teredo() (server, client Addr, ok bool) { return i.addr.Teredo() }
