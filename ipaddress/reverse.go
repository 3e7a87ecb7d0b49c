package ipaddress

import (
	"math/bits"
	"slices"
	"strings"
)

// ReversePointer returns the name under which the DNS has the PTR record of the
// address, without a dot at the end: "1.0.0.10.in-addr.arpa" (RFC 1035 section
// 3.5), or 32 nibbles and "ip6.arpa" (RFC 3596 section 2.5). A zone is no part
// of it. The zero Addr gives "". It is Python's `reverse_pointer`, which spells
// a zone as if its characters were digits: see [Addr.ReverseSpelling].
func (a Addr) ReversePointer() string {
	switch {
	case a.Is4():
		b := make([]byte, 0, len("255.255.255.255.in-addr.arpa"))
		return string(append(appendOctets(b, bits.ReverseBytes32(uint32(a.num.lo))), ".in-addr.arpa"...))
	case !a.IsValid():
		return ""
	}
	b := make([]byte, 0, len("0.")*32+len("ip6.arpa"))
	for shift := 0; shift < 128; shift += 16 {
		g := group(a.num, shift)
		for range 4 {
			b = append(b, hexDigits[g&15], '.')
			g >>= 4
		}
	}
	return string(append(b, "ip6.arpa"...))
}

// ReversePointer is [Addr.ReversePointer] of the address: the prefix length, which
// Python spells as a part of the name, is none.
func (i Interface) ReversePointer() string { return i.addr.ReversePointer() }

// ReversePointer is [Addr.ReversePointer] of the first address: the prefix length,
// which Python spells as a part of the name, is none.
func (n Network) ReversePointer() string { return n.addr.ReversePointer() }

// ReverseSpelling returns the text that Python's `reverse_pointer` is, for those
// who have stored it. It is [Addr.ReversePointer], except that the characters of a
// zone come first, as if they were digits. Such a text is not the name of
// anything: do not look it up.
func (a Addr) ReverseSpelling() string {
	if !a.hasZone() || a.Is4In6() {
		return a.ReversePointer()
	}
	return reverseSpelling(a.Version(), a.Expanded())
}

// ReverseSpelling returns the text that Python's `reverse_pointer` is, for those
// who have stored it: the characters of prefix length and zone come first, as if
// they were digits. Such a text is not the name of anything: do not look it up,
// but use [Interface.ReversePointer].
func (i Interface) ReverseSpelling() string {
	if i.addr.Is4In6() {
		return i.addr.ReversePointer()
	}
	return reverseSpelling(i.Version(), i.Expanded())
}

// ReverseSpelling returns the text that Python's `reverse_pointer` is, for those
// who have stored it: the characters of prefix length and zone come first, as if
// they were digits. Such a text is not the name of anything: do not look it up,
// but use [Network.ReversePointer].
func (n Network) ReverseSpelling() string { return reverseSpelling(n.Version(), n.Expanded()) }

// reverseSpelling turns a long spelling around: by octets, or by characters.
func reverseSpelling(v Version, expanded string) string {
	var parts []string
	suffix := "ip6.arpa"
	switch v {
	case V4:
		parts, suffix = strings.Split(expanded, "."), "in-addr.arpa"
	case V6:
		parts = strings.Split(strings.ReplaceAll(expanded, ":", ""), "")
	default:
		return ""
	}
	slices.Reverse(parts)
	return strings.Join(append(parts, suffix), ".")
}
