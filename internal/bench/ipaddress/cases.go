// Package ipaddress measures package ipaddress beside net/netip, go4.org/netipx and
// github.com/gaissmai/bart.
package ipaddress

import (
	"net/netip"
	"slices"
	"testing"

	"github.com/gaissmai/bart"
	"go4.org/netipx"

	"github.com/pynet-go/pynet/internal/bench"
	"github.com/pynet-go/pynet/ipaddress"
)

// Cases are the cases of the package.
var Cases = slices.Concat(parseCases, textCases, []bench.Case{
	contains("contains-v4", addrs4, networks4),
	contains("contains-v6", addrs6, networks6),
	sorting("sort-100k-v4", randomAddrs(100_000, false)),
	sorting("sort-100k-v6", randomAddrs(100_000, true)),
	collapse("collapse-100k-v4", routes(100_000, false)),
	collapse("collapse-100k-v6", routes(100_000, true)),
	summarize("summarize-v4", "10.0.0.1", "10.255.200.17"),
	summarize("summarize-v6", "2001:db8::1", "2001:db8:ffff:1:2:3:4:5"),
	lookup("lookup-100k-v4", routes(100_000, false), randomAddrs(100_000, false)),
	lookup("lookup-100k-v6", routes(100_000, true), randomAddrs(100_000, true)),
	lookup("lookup-100k-v4-hits", routes(100_000, false), inside(routes(100_000, false))),
	lookup("lookup-100k-v6-hits", routes(100_000, true), inside(routes(100_000, true))),
	insert("insert-100k-v4", routes(100_000, false)),
	{
		Name: "ipaddress/to-netip", Target: 2,
		Ours: each(addrs6, func(a ipaddress.Addr) { sink.netip = a.Netip() }),
		Peers: []bench.Peer{
			{Name: "netip.AddrFrom16", Run: each(netipAddrs(addrs6), func(a netip.Addr) { sink.netip = netip.AddrFrom16(a.As16()) })},
		},
	},
	{
		Name: "ipaddress/from-netip", Target: 2,
		Ours: each(netipAddrs(addrs6), func(a netip.Addr) { sink.addr = ipaddress.FromNetip(a) }),
		Peers: []bench.Peer{
			{Name: "netip.Addr.As16", Run: each(netipAddrs(addrs6), func(a netip.Addr) { sink.bytes = a.As16() })},
		},
	},
	{
		Name:   "ipaddress/is-global",
		Ours:   each(addrs6, func(a ipaddress.Addr) { sink.bool = a.IsGlobal() }),
		Python: &bench.Python{Setup: pythonAddrs, Stmt: "for a in A: ip.IPv6Address(a).is_global", Per: 1000},
	},
})

// sink is where results go, so that the work is not left out.
var sink struct {
	addr    ipaddress.Addr
	network ipaddress.Network
	netip   netip.Addr
	prefix  netip.Prefix
	string  string
	bool    bool
	bytes   [16]byte
	int     int
}

// each calls f with the values in turn.
func each[T any](values []T, f func(T)) func(*testing.B) {
	return func(b *testing.B) {
		b.ReportAllocs()
		i := 0
		for b.Loop() {
			f(values[i])
			if i++; i == len(values) {
				i = 0
			}
		}
	}
}

func contains(name string, addrs []ipaddress.Addr, networks []ipaddress.Network) bench.Case {
	their, prefixes := netipAddrs(addrs), netipPrefixes(networks)
	return bench.Case{
		Name: "ipaddress/" + name, Target: 1.1,
		Ours: func(b *testing.B) {
			i := 0
			for b.Loop() {
				sink.bool = networks[i].Contains(addrs[i])
				i = (i + 1) % 1000
			}
		},
		Peers: []bench.Peer{{Name: "netip", Run: func(b *testing.B) {
			i := 0
			for b.Loop() {
				sink.bool = prefixes[i].Contains(their[i])
				i = (i + 1) % 1000
			}
		}}},
		Python: &bench.Python{
			Setup: "import ipaddress as ip; n = ip.ip_network('10.0.0.0/8'); a = ip.ip_address('10.1.2.3')",
			Stmt:  "a in n",
		},
	}
}

func sorting(name string, addrs []ipaddress.Addr) bench.Case {
	their := netipAddrs(addrs)
	buf, theirBuf := make([]ipaddress.Addr, len(addrs)), make([]netip.Addr, len(addrs))
	return bench.Case{
		Name: "ipaddress/" + name, Target: 0.6,
		Ours: func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				copy(buf, addrs)
				ipaddress.SortAddrs(buf)
			}
		},
		Peers: []bench.Peer{{Name: "slices.SortFunc netip", Run: func(b *testing.B) {
			for b.Loop() {
				copy(theirBuf, their)
				slices.SortFunc(theirBuf, netip.Addr.Compare)
			}
		}}},
	}
}

func collapse(name string, networks []ipaddress.Network) bench.Case {
	prefixes := netipPrefixes(networks)
	return bench.Case{
		Name: "ipaddress/" + name, Target: 0.4,
		Ours: func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				out, err := ipaddress.Collapse(networks)
				if err != nil {
					b.Fatal(err)
				}
				sink.int = len(out)
			}
		},
		Peers: []bench.Peer{{Name: "netipx.IPSetBuilder", Run: func(b *testing.B) {
			for b.Loop() {
				var s netipx.IPSetBuilder
				for _, p := range prefixes {
					s.AddPrefix(p)
				}
				set, err := s.IPSet()
				if err != nil {
					b.Fatal(err)
				}
				sink.int = len(set.Prefixes())
			}
		}}},
	}
}

func summarize(name, start, end string) bench.Case {
	first, last := ipaddress.MustParseAddr(start), ipaddress.MustParseAddr(end)
	from, to := first.Netip(), last.Netip()
	prefixes := make([]netip.Prefix, 0, 256)
	return bench.Case{
		Name: "ipaddress/" + name, Target: 0.5,
		Ours: func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r, err := ipaddress.RangeFrom(first, last)
				if err != nil {
					b.Fatal(err)
				}
				for n := range r.Networks() {
					sink.network = n
				}
			}
		},
		Peers: []bench.Peer{{Name: "netipx.AppendPrefixes", Run: func(b *testing.B) {
			for b.Loop() {
				r := netipx.IPRangeFrom(from, to)
				for _, p := range r.AppendPrefixes(prefixes[:0]) {
					sink.prefix = p
				}
			}
		}}},
		Python: &bench.Python{
			Setup: "import ipaddress as ip; a, b = ip.ip_address('" + start + "'), ip.ip_address('" + end + "')",
			Stmt:  "for n in ip.summarize_address_range(a, b): pass",
		},
	}
}

func lookup(name string, networks []ipaddress.Network, addrs []ipaddress.Addr) bench.Case {
	var ours ipaddress.Table[int]
	var theirs bart.Table[int]
	for i, n := range networks {
		if err := ours.Insert(n, i); err != nil {
			panic(err)
		}
		p, _ := n.Netip()
		theirs.Insert(p, i)
	}
	their := netipAddrs(addrs)
	return bench.Case{
		Name: "ipaddress/" + name, Target: 1.5,
		Ours: each(addrs, func(a ipaddress.Addr) { sink.int, sink.bool = ours.Lookup(a) }),
		Peers: []bench.Peer{
			{Name: "bart.Table", Run: each(their, func(a netip.Addr) { sink.int, sink.bool = theirs.Lookup(a) })},
		},
	}
}

func insert(name string, networks []ipaddress.Network) bench.Case {
	prefixes := netipPrefixes(networks)
	return bench.Case{
		Name: "ipaddress/" + name,
		Ours: func(b *testing.B) {
			for b.Loop() {
				var t ipaddress.Table[int]
				for i, n := range networks {
					if err := t.Insert(n, i); err != nil {
						b.Fatal(err)
					}
				}
			}
		},
		Peers: []bench.Peer{{Name: "bart.Table", Run: func(b *testing.B) {
			for b.Loop() {
				var t bart.Table[int]
				for i, p := range prefixes {
					t.Insert(p, i)
				}
			}
		}}},
	}
}
