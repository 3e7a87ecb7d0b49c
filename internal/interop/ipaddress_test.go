//go:build interop

package interop_test

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/pynet-go/pynet/ipaddress"
)

// What is compared here is the same in all versions of CPython since 3.9: neither
// the tables behind is_private nor the text of IPv4-mapped addresses.

// generator makes texts that are, or nearly are, addresses and networks.
type generator struct{ *rand.Rand }

func (g generator) pick(from ...string) string { return from[g.IntN(len(from))] }

func (g generator) v4() string {
	octets := make([]string, 4)
	for i := range octets {
		octets[i] = g.pick("0", "1", "10", "127", "192", "255", fmt.Sprint(g.IntN(256)))
	}
	return strings.Join(octets, ".")
}

func (g generator) v6() string {
	groups := make([]string, 8)
	for i := range groups {
		groups[i] = g.pick("0", "0", "0", "ffff", "FE80", "02", fmt.Sprintf("%x", g.IntN(1<<16)))
	}
	s := strings.Join(groups, ":")
	if g.IntN(2) == 0 {
		from := g.IntN(7)
		s = strings.Join(groups[:from], ":") + "::" + strings.Join(groups[from+1+g.IntN(7-from):], ":")
	}
	if g.IntN(8) == 0 {
		s += "%" + g.pick("eth0", "1", "a b", "?")
	}
	return s
}

func (g generator) addr() string { return g.pick(g.v4(), g.v6()) }

// damaged changes a byte now and then.
func (g generator) damaged(s string) string {
	if s == "" || g.IntN(3) > 0 {
		return s
	}
	i := g.IntN(len(s))
	return s[:i] + g.pick("", ".", ":", "0", "x", "/", "%", " ", "1") + s[i+g.IntN(2):]
}

// network returns a network with host bits or without, with a mask of any form.
func (g generator) network() string {
	if g.IntN(2) == 0 {
		return g.v6() + "/" + g.pick("0", "32", "64", "127", "128", "129", fmt.Sprint(g.IntN(129)))
	}
	return g.v4() + "/" + g.pick("0", "8", "24", "31", "32", "33", "08", "255.255.0.0", "0.0.0.255", "255.0.255.0", fmt.Sprint(g.IntN(33)))
}

// valid returns a network without host bits, as a text and as a value.
func (g generator) valid(v ipaddress.Version, minBits int) ipaddress.Network {
	for {
		a, err := v.ParseAddr(g.addr())
		if err != nil {
			continue
		}
		bits := minBits + g.IntN(a.MaxBits()-minBits+1)
		if n, err := ipaddress.NetworkFromLoose(a.WithoutZone(), bits); err == nil && !n.Addr().Is4In6() {
			return n
		}
	}
}

func inputs(n int, make func() any) []any {
	out := []any{}
	for range n {
		out = append(out, make())
	}
	return out
}

// some lists at most n of a sequence.
func some[T fmt.Stringer](n int, seq iter.Seq[T]) []string {
	out := []string{}
	for v := range seq {
		if len(out) == n {
			break
		}
		out = append(out, v.String())
	}
	return out
}

func TestIPAddressParsing(t *testing.T) {
	p, g := python(t), generator{rand.New(rand.NewPCG(1, 1))}
	agree(t, p, `
from ipaddress import *
def f(s):
    a = ip_address(s)
    return [a.version, str(int(a)), a.packed.hex(), getattr(a, "scope_id", None) or ""]
`, inputs(800, func() any { return g.damaged(g.addr()) }), func(x any) (any, error) {
		a, err := ipaddress.ParseAddr(x.(string))
		return []any{a.Version(), a.Big().String(), fmt.Sprintf("%x", a.Bytes()), a.Zone()}, err
	})
	for _, strict := range []bool{true, false} {
		agree(t, p, fmt.Sprintf(`
from ipaddress import *
def f(s):
    n = ip_network(s, strict=%s)
    return [n.version, str(int(n.network_address)), n.prefixlen, str(int(n.netmask)), str(int(n.hostmask)),
            str(int(n.broadcast_address)), str(n.num_addresses)]
`, map[bool]string{true: "True", false: "False"}[strict]), inputs(500, func() any { return g.damaged(g.network()) }),
			func(x any) (any, error) {
				parse := ipaddress.ParseNetwork
				if !strict {
					parse = ipaddress.ParseNetworkLoose
				}
				n, err := parse(x.(string))
				return []any{n.Version(), n.Addr().Big().String(), n.Bits(), n.Netmask().Big().String(), n.Hostmask().Big().String(),
					n.Broadcast().Big().String(), n.Len().String()}, err
			})
	}
	agree(t, p, `
from ipaddress import *
def f(s):
    i = ip_interface(s)
    return [i.version, str(int(i.ip)), i.network.prefixlen, str(int(i.network.network_address))]
`, inputs(400, func() any { return g.damaged(g.network()) }), func(x any) (any, error) {
		i, err := ipaddress.ParseInterface(x.(string))
		return []any{i.Version(), i.IP().Big().String(), i.Bits(), i.Network().Addr().Big().String()}, err
	})
}

func TestIPAddressText(t *testing.T) {
	p, g := python(t), generator{rand.New(rand.NewPCG(2, 2))}
	agree(t, p, `
from ipaddress import *
def f(s):
    a = ip_address(s)
    return [str(a), a.compressed, a.exploded, a.reverse_pointer, format(a, "x"), format(a, "#_b"), format(a, "n")]
`, inputs(400, func() any { return g.valid(0, 0).Addr().String() }), func(x any) (any, error) {
		a, err := ipaddress.ParseAddr(x.(string))
		if err != nil {
			return nil, err
		}
		out := []string{a.String(), a.String(), a.Expanded(), a.ReversePointer()}
		for _, spec := range []string{"x", "#_b", "n"} {
			s, err := a.FormatSpec(spec)
			if err != nil {
				return nil, err
			}
			out = append(out, s)
		}
		return out, nil
	})
	agree(t, p, `
from ipaddress import *
def f(s): return format(IPv6Address("2001:db8::1"), s)
`, inputs(300, func() any {
		return g.pick("", "*", "é", ".", "<") + g.pick("", "<", ">", "^", "=", "+") + g.pick("", "0", "#", "_", "#_") +
			g.pick("", "5", "20", "30") + g.pick("", ".3", ".40", ".") + g.pick("s", "s", "x", "X", "b", "n", "d", "")
	}), func(x any) (any, error) { return ipaddress.MustParseAddr("2001:db8::1").FormatSpec(x.(string)) })
}

func TestIPAddressNetworks(t *testing.T) {
	p, g := python(t), generator{rand.New(rand.NewPCG(3, 3))}
	agree(t, p, `
from ipaddress import *
from itertools import islice
def f(x):
    n, bits, i = ip_network(x[0]), x[1], x[2]
    return [[str(s) for s in islice(n.subnets(new_prefix=bits), 9)], str(n.supernet(new_prefix=min(bits, n.prefixlen))),
            [str(h) for h in islice(n.hosts(), 9)], str(n[i])]
`, inputs(400, func() any { return []any{g.valid(0, 1).String(), g.IntN(131), g.IntN(9) - 4} }), func(x any) (any, error) {
		in := x.([]any)
		n, bits := ipaddress.MustParseNetwork(in[0].(string)), in[1].(int)
		subnets, err := n.Subnets(bits)
		if err != nil {
			return nil, err
		}
		up, err := n.Supernet(min(bits, n.Bits()))
		if err != nil {
			return nil, err
		}
		at, err := n.At(int64(in[2].(int)))
		return []any{some(9, subnets), up.String(), some(9, n.Hosts()), at.String()}, err
	})
	agree(t, p, `
from ipaddress import *
def f(x):
    a, b = ip_network(x[0]), ip_network(x[1])
    return [a.overlaps(b), a.subnet_of(b), a.supernet_of(b), a.compare_networks(b), a < b, [str(n) for n in a.address_exclude(b)]]
`, inputs(400, func() any { a, b := g.nested(); return []any{a, b} }), func(x any) (any, error) {
		in := x.([]any)
		a, b := ipaddress.MustParseNetwork(in[0].(string)), ipaddress.MustParseNetwork(in[1].(string))
		subnet, err := a.SubnetOf(b)
		if err != nil {
			return nil, err
		}
		supernet, _ := a.SupernetOf(b)
		order, _ := a.CompareNetworks(b)
		less, _ := a.Less(b)
		rest, err := a.AddressExclude(b)
		if err != nil {
			return nil, err
		}
		return []any{a.Overlaps(b), subnet, supernet, order, less, some(200, rest)}, nil
	})
}

// nested returns two networks, of which one mostly lies in the other.
func (g generator) nested() (string, string) {
	a := g.valid(0, 1)
	b := g.valid(0, 1)
	if i, err := a.At(-1); err == nil && g.IntN(5) > 0 {
		if c, err := ipaddress.NetworkFromLoose(i, a.Bits()+g.IntN(a.MaxBits()-a.Bits()+1)); err == nil && !c.Addr().Is4In6() {
			b = c
		}
	}
	if g.IntN(5) == 0 {
		a, b = b, a
	}
	return a.String(), b.String()
}

func TestIPAddressCollapseAndSummarize(t *testing.T) {
	p, g := python(t), generator{rand.New(rand.NewPCG(4, 4))}
	agree(t, p, `
from ipaddress import *
def f(x): return [str(n) for n in collapse_addresses(map(ip_network, x))]
`, inputs(300, func() any {
		base := g.valid(0, 8)
		return inputs(1+g.IntN(30), func() any {
			a, err := base.Addr().Add(int64(g.IntN(64)))
			if err != nil {
				a = base.Addr()
			}
			n, _ := ipaddress.NetworkFromLoose(a, a.MaxBits()-g.IntN(6))
			return n.String()
		})
	}), func(x any) (any, error) {
		var in []ipaddress.Network
		for _, s := range x.([]any) {
			in = append(in, ipaddress.MustParseNetwork(s.(string)))
		}
		out, err := ipaddress.Collapse(in)
		texts := []string{}
		for _, n := range out {
			texts = append(texts, n.String())
		}
		return texts, err
	})
	agree(t, p, `
from ipaddress import *
def f(x): return [str(n) for n in summarize_address_range(ip_address(x[0]), ip_address(x[1]))]
`, inputs(300, func() any {
		v := []ipaddress.Version{ipaddress.V4, ipaddress.V6}[g.IntN(2)]
		return []any{g.valid(v, 0).Addr().String(), g.valid(v, 0).Broadcast().String()}
	}), func(x any) (any, error) {
		in := x.([]any)
		seq, err := ipaddress.SummarizeRange(ipaddress.MustParseAddr(in[0].(string)), ipaddress.MustParseAddr(in[1].(string)))
		if err != nil {
			return nil, err
		}
		return some(300, seq), nil
	})
}
