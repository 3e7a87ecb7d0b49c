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
	if !n.IsValid() {
		return func(func(Addr) bool) {}
	}
	return span{n.addr.num, n.last(), n.addr.in(uint128{}).fam}.all()
}

// Hosts returns the addresses that hosts can have: all but the first (the
// network's, for IPv6 that of any router) and, of IPv4, the last (broadcast).
// Networks of one or two addresses have no such special ones. The addresses have
// no zone, but that of the only one of its network stays, as in Python. The
// sequence can be used again and again.
func (n Network) Hosts() iter.Seq[Addr] {
	if !n.IsValid() {
		return n.All()
	}
	switch n.MaxBits() - n.Bits() {
	case 0:
		return func(yield func(Addr) bool) { yield(n.addr) }
	case 1:
		return n.All()
	}
	s := span{n.addr.num.next(), n.last(), n.addr.in(uint128{}).fam}
	if n.addr.Is4() {
		s.last = s.last.prev()
	}
	return s.all()
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
