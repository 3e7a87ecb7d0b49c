// Package ipaddress is Python's module ipaddress for Go: addresses, networks and
// interfaces of IPv4 and IPv6 as values, with the arithmetic that net/netip leaves
// out.
//
//	n := ipaddress.MustParseNetwork("192.0.2.0/29")
//	for host := range n.Hosts() {
//		fmt.Println(host) // 192.0.2.1 … 192.0.2.6
//	}
//
// # What is here
//
// [Addr], [Network] and [Interface] serve both versions. [ParseAddr],
// [ParseNetwork] and [ParseInterface] read either; the methods of [V4] and [V6]
// read only one, like Python's classes. [FromNetip] and the methods Netip convert
// from and to net/netip at the price of a copy.
//
// Beyond Python's module there are [Range], [Set] (union, intersection,
// difference), [Table] (longest-prefix match), [ACL] (access lists that see through
// IPv4-mapped addresses), the registries of special-purpose addresses as data
// ([SpecialBlocks]), and for servers that connect to where their users say,
// [Addr.IsPublic] and [Addr.EmbeddedIPv4s].
//
// Addresses, networks, interfaces and ranges are small, comparable, immutable
// values; they work with encoding/json, database/sql, fmt, and as the keys of maps.
// The number of an address is two uint64; only counts beyond 64 bits are *big.Int.
//
// # Sources
//
// RFC 4291 (IPv6 addresses), RFC 5952 (their text), RFC 4632 (CIDR), RFC 4007 and
// RFC 6874 (zones), RFC 6890 and RFC 8190 with the registries of IANA as of
// [RegistryDate], RFC 1035 and RFC 3596 (reverse names), RFC 3056, RFC 4380, RFC
// 5214, RFC 6052 and RFC 8215 (IPv4 inside of IPv6), and CPython 3.15 for
// everything that Python documents.
//
// # Where it differs from Python
//
//   - The special-purpose registries are newer than CPython's table: 5f00::/16 and
//     100:0:0:1::/64 are not global, 2001:1::3 is.
//   - A zone has at most [MaxZoneLen] bytes, and neither control characters nor any
//     of "%/[]". A network with a zone contains only addresses with that zone, and
//     [Collapse] keeps zones apart.
//   - ReversePointer is the name of the PTR record, always. Python spells the zone
//     and the prefix length into it; that text is ReverseSpelling.
//   - Addresses of different versions have an order for sorting (Compare), and so
//     have zones. Less is Python's <.
//   - IPv6Mapped of an interface, which fails in CPython, is that of its address.
//
// Zones follow Python in one thing that surprises: what is computed from the number
// of an address has none. These are the results of [Addr.Add], [Addr.Sub],
// [Network.Broadcast], [Network.At], [Network.All], [Network.Hosts],
// [Network.Subnets], [Network.Supernet], [SummarizeRange], and, where bits had to be
// cleared, [ParseNetworkLoose] and [Interface.Network]. WithZone puts a zone back. A
// [Set], a [Table] and a [Range] take no value with a zone.
//
// # What is left out
//
// There is no DNS, no sockets, no lookup of interfaces: see net and net/netip.
// Pickling is [Addr.MarshalBinary].
package ipaddress
