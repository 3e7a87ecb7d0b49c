package ipaddress

import (
	"fmt"
	"math/rand/v2"
	"net/netip"

	"github.com/pynet-go/pynet/ipaddress"
)

// The inputs are random, but the same in each run.
var (
	addrs4    = randomAddrs(1000, false)
	addrs6    = sparse(randomAddrs(1000, true))
	networks4 = routes(1000, false)
	networks6 = routes(1000, true)
)

// randomAddrs returns addresses of the whole IPv4 space, or of global unicast.
func randomAddrs(n int, v6 bool) []ipaddress.Addr {
	r := rand.New(rand.NewPCG(1, 2))
	out := make([]ipaddress.Addr, n)
	for i := range out {
		if v6 {
			out[i] = ipaddress.AddrFromUint128(r.Uint64()>>3|1<<61, r.Uint64())
		} else {
			out[i] = ipaddress.AddrFromUint32(r.Uint32())
		}
	}
	return out
}

// sparse gives two addresses of three runs of zeros, as addresses in use have.
func sparse(addrs []ipaddress.Addr) []ipaddress.Addr {
	for i, a := range addrs {
		hi, lo := a.Uint128()
		switch i % 3 {
		case 0:
			addrs[i] = ipaddress.AddrFromUint128(hi&^0xffff, lo&0xffff)
		case 1:
			addrs[i] = ipaddress.AddrFromUint128(hi, lo&0xffff_ffff)
		}
	}
	return addrs
}

// routes returns networks with prefix lengths as they are in the Internet's routing
// tables: most of IPv4 are /24, of IPv6 /48 and /32.
func routes(n int, v6 bool) []ipaddress.Network {
	r := rand.New(rand.NewPCG(3, 4))
	lengths := []int{24, 24, 24, 24, 24, 24, 23, 22, 22, 21, 20, 19, 18, 16, 16, 12, 8, 32}
	if v6 {
		lengths = []int{48, 48, 48, 48, 32, 32, 32, 36, 40, 44, 29, 64, 128}
	}
	out := make([]ipaddress.Network, n)
	for i, a := range randomAddrs(n, v6) {
		if v6 { // few registries, few large blocks
			hi, lo := a.Uint128()
			a = ipaddress.AddrFromUint128(0x2000<<48|hi&0x0f3f_ffff_ffff_ffff, lo)
		}
		bits := lengths[r.IntN(len(lengths))]
		net, err := ipaddress.NetworkFromLoose(a, bits)
		if err != nil {
			panic(err)
		}
		out[i] = net
	}
	return out
}

// inside returns an address in each network.
func inside(networks []ipaddress.Network) []ipaddress.Addr {
	out := make([]ipaddress.Addr, len(networks))
	r := rand.New(rand.NewPCG(5, 6))
	for i, j := range r.Perm(len(networks)) {
		out[i] = networks[j].Broadcast()
	}
	return out
}

func netipAddrs(addrs []ipaddress.Addr) []netip.Addr {
	out := make([]netip.Addr, len(addrs))
	for i, a := range addrs {
		out[i] = a.Netip()
	}
	return out
}

func netipPrefixes(networks []ipaddress.Network) []netip.Prefix {
	out := make([]netip.Prefix, len(networks))
	for i, n := range networks {
		out[i], _ = n.Netip()
	}
	return out
}

func texts[T fmt.Stringer](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = v.String()
	}
	return out
}
