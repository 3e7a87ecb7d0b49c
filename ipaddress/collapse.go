package ipaddress

import (
	"cmp"
	"slices"
	"strings"
)

// Collapse returns the fewest networks that together have the addresses of those
// given, in order. It does not change its argument, and allocates once. The error
// matches [ErrVersion]: they are not all of the same version, or one is not valid;
// a [Set] holds both versions. It is Python's `collapse_addresses`; an address is
// given to it by [Addr.Network].
//
// Networks of different zones stay apart, and keep their zones.
func Collapse(networks []Network) ([]Network, error) {
	if len(networks) == 0 {
		return nil, nil
	}
	for _, n := range networks {
		if err := n.comparable(networks[0]); err != nil {
			return nil, err
		}
	}
	stack := append(make([]Network, 0, len(networks)), networks...)
	if inZones(stack) {
		return foldZones(stack), nil
	}
	SortNetworks(stack)
	return fold(stack), nil
}

// fold collapses sorted networks in place. Those that are done form a stack at
// the beginning: a network that lies in its top is dropped, and one that is the
// other half of a network with the top becomes that network with it, again and
// again.
func fold(sorted []Network) []Network {
	done := sorted[:0]
	for _, n := range sorted {
		if len(done) > 0 && done[len(done)-1].covers(n) {
			continue
		}
		for len(done) > 0 && done[len(done)-1].isLowerHalfWith(n) {
			n = Network{done[len(done)-1].addr, n.prefix - 1}
			done = done[:len(done)-1]
		}
		done = append(done, n)
	}
	return done
}

// covers reports whether n contains o, both being of the same zone.
func (n Network) covers(o Network) bool { return n.addr.fam == o.addr.fam && n.ContainsNetwork(o) }

// isLowerHalfWith reports whether n and o are the halves of one network.
func (n Network) isLowerHalfWith(o Network) bool {
	return n.prefix == o.prefix && n.prefix > 0 && n.addr.fam == o.addr.fam &&
		n.addr.num.xor(o.addr.num) == bit(uint(n.addr.MaxBits())-uint(n.prefix))
}

func inZones(networks []Network) bool {
	for _, n := range networks {
		if n.addr.hasZone() {
			return true
		}
	}
	return false
}

// foldZones collapses networks of several zones: each zone by itself, and then
// without what a network that has no zone contains.
func foldZones(networks []Network) []Network {
	slices.SortFunc(networks, func(a, b Network) int {
		return cmp.Or(strings.Compare(a.Zone(), b.Zone()), a.Compare(b))
	})
	folded := fold(networks)
	SortNetworks(folded)
	done := folded[:0]
	var everyZone Network
	for _, n := range folded {
		if !n.addr.hasZone() {
			everyZone = n
		} else if everyZone.ContainsNetwork(n) {
			continue
		}
		done = append(done, n)
	}
	return done
}
