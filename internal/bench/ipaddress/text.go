package ipaddress

import (
	"net/netip"

	"github.com/pynet-go/pynet/internal/bench"
	"github.com/pynet-go/pynet/ipaddress"
)

var parseCases = []bench.Case{
	parse("parse-v4", texts(addrs4)),
	parse("parse-v6", texts(addrs6)),
	parsePrefix("parse-prefix-v4", texts(networks4)),
	parsePrefix("parse-prefix-v6", texts(networks6)),
}

var textCases = []bench.Case{
	text("string-v4", addrs4),
	text("string-v6", addrs6),
	appending("append-v4", addrs4),
	appending("append-v6", addrs6),
	{
		Name: "ipaddress/string-prefix-v4", Target: 1.1,
		Ours:  each(networks4, func(n ipaddress.Network) { sink.string = n.String() }),
		Peers: []bench.Peer{{Name: "netip", Run: each(netipPrefixes(networks4), func(p netip.Prefix) { sink.string = p.String() })}},
	},
}

const pythonAddrs = "import ipaddress as ip, random; random.seed(1)\n" +
	"A = [0x20010db8 << 96 | random.getrandbits(96) for _ in range(1000)]"

func parse(name string, in []string) bench.Case {
	return bench.Case{
		Name: "ipaddress/" + name, Target: 1.1,
		Ours:   each(in, func(s string) { sink.addr, _ = ipaddress.ParseAddr(s) }),
		Peers:  []bench.Peer{{Name: "netip", Run: each(in, func(s string) { sink.netip, _ = netip.ParseAddr(s) })}},
		Python: &bench.Python{Setup: "from ipaddress import ip_address", Stmt: "ip_address('" + in[0] + "')"},
	}
}

func parsePrefix(name string, in []string) bench.Case {
	return bench.Case{
		Name: "ipaddress/" + name, Target: 1.1,
		Ours:   each(in, func(s string) { sink.network, _ = ipaddress.ParseNetwork(s) }),
		Peers:  []bench.Peer{{Name: "netip", Run: each(in, func(s string) { sink.prefix, _ = netip.ParsePrefix(s) })}},
		Python: &bench.Python{Setup: "from ipaddress import ip_network", Stmt: "ip_network('" + in[0] + "')"},
	}
}

func text(name string, addrs []ipaddress.Addr) bench.Case {
	return bench.Case{
		Name: "ipaddress/" + name, Target: 1.1,
		Ours:  each(addrs, func(a ipaddress.Addr) { sink.string = a.String() }),
		Peers: []bench.Peer{{Name: "netip", Run: each(netipAddrs(addrs), func(a netip.Addr) { sink.string = a.String() })}},
	}
}

func appending(name string, addrs []ipaddress.Addr) bench.Case {
	buf := make([]byte, 0, 64)
	return bench.Case{
		Name: "ipaddress/" + name, Target: 1.1,
		Ours:  each(addrs, func(a ipaddress.Addr) { buf = a.AppendTo(buf[:0]) }),
		Peers: []bench.Peer{{Name: "netip", Run: each(netipAddrs(addrs), func(a netip.Addr) { buf = a.AppendTo(buf[:0]) })}},
	}
}
