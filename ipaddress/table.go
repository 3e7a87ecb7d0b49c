package ipaddress

import (
	"fmt"
	"iter"
)

// Table maps networks of both versions to values, and finds the value of the
// longest prefix that matches an address, as routers do.
//
// The zero Table is empty and ready for use. It may be read concurrently, but not
// while it is changed. A Table has no zones: it takes no network with a zone, and
// finds addresses whatever their zone. Copying a Table does not copy its content.
type Table[V any] struct {
	v4, v6 node[V]
	len    int
}

// Insert sets the value of the network, in place of an earlier one. The error
// matches [ErrZone] if the network has a zone, [ErrAddress] if it is the zero
// Network.
func (t *Table[V]) Insert(n Network, v V) error {
	switch {
	case !n.IsValid():
		return fmt.Errorf("%w: the zero Network", ErrAddress)
	case n.addr.hasZone():
		return fmt.Errorf("%w: %v", ErrZone, n)
	}
	if t.root(n.addr).insert(leaf[V]{n.addr.leftAligned(), n.prefix, v}, 0) {
		t.len++
	}
	return nil
}

// Delete removes the network, and reports whether it was there.
func (t *Table[V]) Delete(n Network) bool {
	if !n.IsValid() || n.addr.hasZone() || !t.root(n.addr).delete(n.addr.leftAligned(), n.prefix, 0) {
		return false
	}
	t.len--
	return true
}

// Get returns the value of just that network, and whether it is in the table.
func (t *Table[V]) Get(n Network) (v V, ok bool) {
	if !n.IsValid() || n.addr.hasZone() {
		return v, false
	}
	p := t.root(n.addr).get(n.addr.leftAligned(), n.prefix, 0)
	if p == nil {
		return v, false
	}
	return *p, true
}

// Len returns the number of networks in the table.
func (t *Table[V]) Len() int { return t.len }

// Lookup returns the value of the network with the longest prefix that contains
// a, and whether there is one. The IPv6 address to which an IPv4 address is mapped
// is in no IPv4 network; see [Addr.Unmap].
func (t *Table[V]) Lookup(a Addr) (v V, ok bool) {
	if !a.IsValid() {
		return v, false
	}
	p, _ := t.root(a).lookup(a.leftAligned())
	if p == nil {
		return v, false
	}
	return *p, true
}

// LookupNetwork is [Table.Lookup], and also returns the network.
func (t *Table[V]) LookupNetwork(a Addr) (n Network, v V, ok bool) {
	if !a.IsValid() {
		return n, v, false
	}
	p, bits := t.root(a).lookup(a.leftAligned())
	if p == nil {
		return n, v, false
	}
	return a.WithoutZone().network(bits), *p, true
}

// All returns the networks and values in the order of [Network.Compare]. The
// table must not change meanwhile; the sequence can be used again and again.
func (t *Table[V]) All() iter.Seq2[Network, V] {
	return func(yield func(Network, V) bool) {
		for _, all := range []Addr{{fam: fam4}, {fam: fam6}} {
			if !t.root(all).walk(all, uint128{}, 0, yield) {
				return
			}
		}
	}
}

// Covered returns the networks of the table that lie in n, with their values, in
// the order of [Network.Compare]. A zone of n does not matter. The table must not change meanwhile; the
// sequence can be used again and again.
func (t *Table[V]) Covered(n Network) iter.Seq2[Network, V] {
	return func(yield func(Network, V) bool) {
		if !n.IsValid() {
			return
		}
		key, at, depth := n.addr.leftAligned(), t.root(n.addr), 0
		for ; depth+8 <= int(n.prefix); depth += 8 {
			if depth+8 == int(n.prefix) { // the network itself is a route of this node
				if p := at.get(key, n.prefix, depth); p != nil && !yield(n.withoutZone(), *p) {
					return
				}
			}
			c := at.childAt(key.octet(depth))
			if c == nil {
				return
			}
			if c.node == nil {
				if m := c.leaf.network(n.addr); n.withoutZone().ContainsNetwork(m) {
					yield(m, c.leaf.value)
				}
				return
			}
			at = c.node
		}
		at.walk(n.addr, key, depth, func(m Network, v V) bool {
			return !n.withoutZone().ContainsNetwork(m) || yield(m, v)
		})
	}
}

// Covering returns the networks of the table in which n lies, with their values,
// from the shortest prefix to the longest. The table must not change meanwhile;
// the sequence can be used again and again.
func (t *Table[V]) Covering(n Network) iter.Seq2[Network, V] {
	return func(yield func(Network, V) bool) {
		if !n.IsValid() {
			return
		}
		key, at := n.addr.leftAligned(), t.root(n.addr)
		for depth := 0; depth <= int(n.prefix); depth += 8 {
			if !at.yieldCovering(n.addr, key, depth, n.prefix, yield) {
				return
			}
			c := at.childAt(key.octet(depth))
			if c == nil {
				return
			}
			if c.node == nil {
				if m := c.leaf.network(n.addr); m.ContainsNetwork(n) {
					yield(m, c.leaf.value)
				}
				return
			}
			at = c.node
		}
	}
}

// withoutZone returns the network without its zone.
func (n Network) withoutZone() Network { return Network{n.addr.WithoutZone(), n.prefix} }

// root returns the trie for the version of a.
func (t *Table[V]) root(a Addr) *node[V] {
	if a.Is4() {
		return &t.v4
	}
	return &t.v6
}

// leftAligned returns the number of the address with its first bit as the highest,
// so that the same code serves both versions.
func (a Addr) leftAligned() uint128 {
	if a.fam == fam4 {
		return uint128{hi: a.num.lo << 32}
	}
	return a.num
}

// leftAlignedNetwork is the inverse, for a version that a tells.
func leftAlignedNetwork(a Addr, key uint128, bits uint8) Network {
	if a.Is4() {
		key = uint128{lo: key.hi >> 32}
	}
	return Network{a.in(key), bits}
}

// octet returns the 8 bits that begin after depth bits.
func (u uint128) octet(depth int) uint8 { return uint8(u.shl(uint(depth)).hi >> 56) }
