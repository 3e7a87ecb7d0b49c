package ipaddress

import (
	"fmt"
	"iter"
	"math/big"
)

// All returns the addresses of the network from the first to the last, without
// zone. The sequence can be used again and again; it needs no memory, however
// large the network. Python writes it iter(n).
func (n Network) All() iter.Seq[Addr] {
	return func(yield func(Addr) bool) { eachAddr(n.addr.WithoutZone(), n.last(), yield) }
}

// Hosts returns the addresses that hosts can have: all but the first (the
// network's, for IPv6 that of any router) and, of IPv4, the last (broadcast).
// Networks of one or two addresses have no such special ones. The addresses have
// no zone, but that of the only one of its network stays, as in Python. The
// sequence can be used again and again.
func (n Network) Hosts() iter.Seq[Addr] {
	return func(yield func(Addr) bool) { n.eachHost(yield) }
}

func (n Network) eachHost(yield func(Addr) bool) {
	first, last := n.addr.WithoutZone(), n.last()
	switch n.MaxBits() - n.Bits() {
	case 0:
		first = n.addr
	case 1:
	default:
		first.num = first.num.next()
		if first.Is4() {
			last = last.prev()
		}
	}
	eachAddr(first, last, yield)
}

// eachAddr yields the addresses from a to the one with the number last; none for
// the zero Addr.
func eachAddr(a Addr, last uint128, yield func(Addr) bool) {
	for a.IsValid() && yield(a) && a.num != last {
		a.num = a.num.next()
	}
}

// At returns the address at index i, from 0; from the last address back if i is
// negative: At(-1) is the last. It has no zone. The error matches [ErrIndex].
// Python writes it n[i].
func (n Network) At(i int64) (Addr, error) {
	if i < 0 {
		return n.at(uint128{lo: uint64(-(i + 1))}, true)
	}
	return n.at(uint128{lo: uint64(i)}, false)
}

// AtBig is [Network.At] for an index of any size.
func (n Network) AtBig(i *big.Int) (Addr, error) {
	if i == nil {
		return Addr{}, fmt.Errorf("%w: no number", ErrIndex)
	}
	back := i.Sign() < 0
	if back {
		i = new(big.Int).Not(i) // -1 is 0 places before the last
	}
	u, ok := uint128FromBig(i)
	if !ok {
		return Addr{}, fmt.Errorf("%w: a number of %d bits for %v", ErrIndex, i.BitLen(), n)
	}
	return n.at(u, back)
}

// at returns the address i places after the first, or before the last.
func (n Network) at(i uint128, back bool) (Addr, error) {
	host := n.addr.hostMask(n.prefix)
	if host.less(i) || !n.IsValid() {
		return Addr{}, fmt.Errorf("%w: %v of %v", ErrIndex, i.big(), n)
	}
	if back {
		i = host.xor(i)
	}
	return n.addr.in(n.addr.num.or(i)), nil
}
