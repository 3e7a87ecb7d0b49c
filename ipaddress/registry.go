package ipaddress

import (
	"iter"
	"slices"
)

// A SpecialBlock is an entry of the registries of special-purpose addresses that
// IANA keeps (RFC 6890, RFC 8190):
//
//	https://www.iana.org/assignments/iana-ipv4-special-registry
//	https://www.iana.org/assignments/iana-ipv6-special-registry
type SpecialBlock struct {
	Network   Network
	Name      string // as in the registry
	RFC       string // the document that defines it, as "RFC 1918"
	Allocated string // year and month, as "1996-02"
	Ended     string // year and month of the termination date, or ""

	Source      Answer // may be the source address of a datagram
	Destination Answer // may be the destination address of a datagram
	Forwardable Answer // may be forwarded by a router
	Global      Answer // may be forwarded beyond an administrative domain
	Reserved    Answer // is reserved by the protocol itself
}

// Answer is what a registry says to a question.
type Answer uint8

// The answers. A registry leaves a question open for blocks that have ended
// (Unset), and answers "N/A" where other rules decide.
const (
	Unset Answer = iota
	No
	Yes
	NotApplicable
)

// String returns "False", "True", "N/A" as in the registry, or "" for Unset.
func (a Answer) String() string {
	switch a {
	case No:
		return "False"
	case Yes:
		return "True"
	case NotApplicable:
		return "N/A"
	}
	return ""
}

// RegistryDate is the day as of which [SpecialBlocks] holds what the registries
// hold. testdata has their entries as published.
const RegistryDate = "2025-10-09"

// SpecialBlocks returns the entries of both registries, IPv4 first, in the order
// of their addresses. The sequence can be used again and again.
func SpecialBlocks() iter.Seq[SpecialBlock] { return slices.Values(specialBlocks) }

// Special returns the entry of the registries that a falls under, the most
// specific of several, and false if there is none. That of an IPv4-mapped address
// is the entry of the IPv4 address, or else that of IPv4-mapped addresses.
func (a Addr) Special() (SpecialBlock, bool) {
	if v4, ok := a.IPv4Mapped(); ok {
		if b, ok := v4.Special(); ok {
			return b, true
		}
	}
	if b := a.special(); b != nil {
		return *b, true
	}
	return SpecialBlock{}, false
}

// special is Special without regard to mapping. The most specific entry that
// contains an address is the last one that does: a network sorts before its
// subnets.
func (a Addr) special() *SpecialBlock {
	var found *SpecialBlock
	for _, i := range specialNear(a) {
		if b := &specialBlocks[i]; b.Network.Contains(a) {
			found = b
		}
	}
	return found
}

// specialByFirstByte lists, for IPv4 and for IPv6, which entries may contain an
// address with that first byte. Most lists are empty.
var specialByFirstByte = func() (t [2][256][]uint8) {
	for i, b := range specialBlocks {
		first, last := b.Network.addr, b.Network.Broadcast()
		for c := int(first.leftAligned().octet(0)); c <= int(last.leftAligned().octet(0)); c++ {
			list := &t[first.Version().index()][c]
			*list = append(*list, uint8(i))
		}
	}
	return t
}()

// specialNear returns the list in specialByFirstByte for a.
func specialNear(a Addr) []uint8 {
	return specialByFirstByte[a.Version().index()][a.leftAligned().octet(0)]
}

// index returns 0 for V4 and 1 for any other Version.
func (v Version) index() int {
	if v == V4 {
		return 0
	}
	return 1
}

// block makes an entry of the table below; the answers are T, F, N for N/A and -
// for none, to the questions Source, Destination, Forwardable, Global, Reserved.
func block(network, name, rfc, allocated, ended, answers string) SpecialBlock {
	var a [5]Answer
	for i := range a {
		switch answers[i] {
		case 'T':
			a[i] = Yes
		case 'F':
			a[i] = No
		case 'N':
			a[i] = NotApplicable
		}
	}
	return SpecialBlock{MustParseNetwork(network), name, rfc, allocated, ended, a[0], a[1], a[2], a[3], a[4]}
}

// specialBlocks is sorted by Network.
var specialBlocks = []SpecialBlock{
	block("0.0.0.0/8", `"This network"`, "RFC 791", "1981-09", "", "TFFFT"),
	block("0.0.0.0/32", `"This host on this network"`, "RFC 1122", "1981-09", "", "TFFFT"),
	block("10.0.0.0/8", "Private-Use", "RFC 1918", "1996-02", "", "TTTFF"),
	block("100.64.0.0/10", "Shared Address Space", "RFC 6598", "2012-04", "", "TTTFF"),
	block("127.0.0.0/8", "Loopback", "RFC 1122", "1981-09", "", "FFFFT"),
	block("169.254.0.0/16", "Link Local", "RFC 3927", "2005-05", "", "TTFFT"),
	block("172.16.0.0/12", "Private-Use", "RFC 1918", "1996-02", "", "TTTFF"),
	block("192.0.0.0/24", "IETF Protocol Assignments", "RFC 6890", "2010-01", "", "FFFFF"),
	block("192.0.0.0/29", "IPv4 Service Continuity Prefix", "RFC 7335", "2011-06", "", "TTTFF"),
	block("192.0.0.8/32", "IPv4 dummy address", "RFC 7600", "2015-03", "", "TFFFF"),
	block("192.0.0.9/32", "Port Control Protocol Anycast", "RFC 7723", "2015-10", "", "TTTTF"),
	block("192.0.0.10/32", "Traversal Using Relays around NAT Anycast", "RFC 8155", "2017-02", "", "TTTTF"),
	block("192.0.0.170/32", "NAT64/DNS64 Discovery", "RFC 8880", "2013-02", "", "FFFFT"),
	block("192.0.0.171/32", "NAT64/DNS64 Discovery", "RFC 8880", "2013-02", "", "FFFFT"),
	block("192.0.2.0/24", "Documentation (TEST-NET-1)", "RFC 5737", "2010-01", "", "FFFFF"),
	block("192.31.196.0/24", "AS112-v4", "RFC 7535", "2014-12", "", "TTTTF"),
	block("192.52.193.0/24", "AMT", "RFC 7450", "2014-12", "", "TTTTF"),
	block("192.88.99.0/24", "Deprecated (6to4 Relay Anycast)", "RFC 7526", "2001-06", "2015-03", "-----"),
	block("192.88.99.2/32", "6a44-relay anycast address", "RFC 6751", "2012-10", "", "TTTFF"),
	block("192.168.0.0/16", "Private-Use", "RFC 1918", "1996-02", "", "TTTFF"),
	block("192.175.48.0/24", "Direct Delegation AS112 Service", "RFC 7534", "1996-01", "", "TTTTF"),
	block("198.18.0.0/15", "Benchmarking", "RFC 2544", "1999-03", "", "TTTFF"),
	block("198.51.100.0/24", "Documentation (TEST-NET-2)", "RFC 5737", "2010-01", "", "FFFFF"),
	block("203.0.113.0/24", "Documentation (TEST-NET-3)", "RFC 5737", "2010-01", "", "FFFFF"),
	block("240.0.0.0/4", "Reserved", "RFC 1112", "1989-08", "", "FFFFT"),
	block("255.255.255.255/32", "Limited Broadcast", "RFC 8190", "1984-10", "", "FTFFT"),

	block("::/128", "Unspecified Address", "RFC 4291", "2006-02", "", "TFFFT"),
	block("::1/128", "Loopback Address", "RFC 4291", "2006-02", "", "FFFFT"),
	block("::ffff:0:0/96", "IPv4-mapped Address", "RFC 4291", "2006-02", "", "FFFFT"),
	block("64:ff9b::/96", "IPv4-IPv6 Translat.", "RFC 6052", "2010-10", "", "TTTTF"),
	block("64:ff9b:1::/48", "IPv4-IPv6 Translat.", "RFC 8215", "2017-06", "", "TTTFF"),
	block("100::/64", "Discard-Only Address Block", "RFC 6666", "2012-06", "", "TTTFF"),
	block("100:0:0:1::/64", "Dummy IPv6 Prefix", "RFC 9780", "2025-04", "", "TFFFF"),
	block("2001::/23", "IETF Protocol Assignments", "RFC 2928", "2000-09", "", "FFFFF"),
	block("2001::/32", "TEREDO", "RFC 4380", "2006-01", "", "TTTNF"),
	block("2001:1::1/128", "Port Control Protocol Anycast", "RFC 7723", "2015-10", "", "TTTTF"),
	block("2001:1::2/128", "Traversal Using Relays around NAT Anycast", "RFC 8155", "2017-02", "", "TTTTF"),
	block("2001:1::3/128", "DNS-SD Service Registration Protocol Anycast", "RFC 9665", "2024-04", "", "TTTTF"),
	block("2001:2::/48", "Benchmarking", "RFC 5180", "2008-04", "", "TTTFF"),
	block("2001:3::/32", "AMT", "RFC 7450", "2014-12", "", "TTTTF"),
	block("2001:4:112::/48", "AS112-v6", "RFC 7535", "2014-12", "", "TTTTF"),
	block("2001:10::/28", "Deprecated (previously ORCHID)", "RFC 4843", "2007-03", "2014-03", "-----"),
	block("2001:20::/28", "ORCHIDv2", "RFC 7343", "2014-07", "", "TTTTF"),
	block("2001:30::/28", "Drone Remote ID Protocol Entity Tags (DETs) Prefix", "RFC 9374", "2022-12", "", "TTTTF"),
	block("2001:db8::/32", "Documentation", "RFC 3849", "2004-07", "", "FFFFF"),
	block("2002::/16", "6to4", "RFC 3056", "2001-02", "", "TTTNF"),
	block("2620:4f:8000::/48", "Direct Delegation AS112 Service", "RFC 7534", "2011-05", "", "TTTTF"),
	block("3fff::/20", "Documentation", "RFC 9637", "2024-07", "", "FFFFF"),
	block("5f00::/16", "Segment Routing (SRv6) SIDs", "RFC 9602", "2024-04", "", "TTTFF"),
	block("fc00::/7", "Unique-Local", "RFC 4193", "2005-10", "", "TTTFF"),
	block("fe80::/10", "Link-Local Unicast", "RFC 4291", "2006-02", "", "TTFFT"),
}
