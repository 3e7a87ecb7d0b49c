package ipaddress

import (
	"math/bits"
	"slices"
)

// node is a node of a trie that takes 8 bits of the address a step. The prefixes
// that end within its 8 bits are its routes; longer ones lie below: in a node, or,
// while there is only one, in a leaf.
//
// Which route an octet takes is worked out when routes change: the 256 octets are
// runs of equal answers, and a run is found by counting the bits of starts.
type node[V any] struct {
	below   octets     // which have a child
	child   []child[V] // beside below: a lookup that goes on needs no more of a node
	covered octets     // which have a route
	starts  octets     // at which a run begins
	runs    []uint16   // for each run an index into routes
	routes  []route[V]
}

// child is a node, or, if that is nil, a leaf.
type child[V any] struct {
	node *node[V]
	leaf leaf[V]
}

// route is a prefix that ends in a node: its octet and how many bits of it count.
// Routes are sorted by octet, then bits.
type route[V any] struct {
	octet, bits uint8
	value       V
}

// leaf is a whole prefix.
type leaf[V any] struct {
	key   uint128 // left-aligned
	bits  uint8
	value V
}

func (l *leaf[V]) contains(key uint128) bool {
	return key.xor(l.key).and(hostMask(128 - uint(l.bits)).not()).isZero()
}

func (l *leaf[V]) network(a Addr) Network { return leftAlignedNetwork(a, l.key, l.bits) }

// lookup returns the value of the longest prefix that key has, and its length, or
// nil.
func (n *node[V]) lookup(key uint128) (v *V, length uint8) {
	var above [16]*node[V] // the nodes on the way down
	rest, level := key, 0
	for {
		above[level] = n
		octet := uint8(rest.hi >> 56)
		if !n.below.has(octet) {
			break
		}
		c := &n.child[n.below.rank(octet)]
		if c.node == nil {
			if c.leaf.contains(key) {
				return &c.leaf.value, c.leaf.bits
			}
			break
		}
		n = c.node
		level++
		rest = uint128{rest.hi<<8 | rest.lo>>56, rest.lo << 8}
	}
	for ; level >= 0; level-- {
		octet := key.octet(8 * level)
		if n := above[level]; n.covered.has(octet) {
			r := n.routeAt(octet)
			return &r.value, uint8(8*level) + r.bits
		}
	}
	return nil, 0
}

// routeAt returns the route of an octet that is covered.
func (n *node[V]) routeAt(octet uint8) *route[V] {
	run := n.starts.rank(octet)
	if !n.starts.has(octet) {
		run-- // the run that began before
	}
	return &n.routes[n.runs[run]]
}

func (n *node[V]) childAt(octet uint8) *child[V] {
	if !n.below.has(octet) {
		return nil
	}
	return &n.child[n.below.rank(octet)]
}

// find returns where in routes the prefix is, or belongs.
func (n *node[V]) find(octet, bits uint8) (int, bool) {
	return slices.BinarySearchFunc(n.routes, route[V]{octet: octet, bits: bits}, func(a, b route[V]) int {
		return (int(a.octet)<<4 | int(a.bits)) - (int(b.octet)<<4 | int(b.bits))
	})
}

// get returns the value of that prefix, or nil. depth is how many bits the nodes
// above have taken.
func (n *node[V]) get(key uint128, length uint8, depth int) *V {
	for ; ; depth += 8 {
		octet := key.octet(depth)
		if int(length) <= depth+8 {
			if i, ok := n.find(octet, length-uint8(depth)); ok {
				return &n.routes[i].value
			}
			return nil
		}
		c := n.childAt(octet)
		if c == nil {
			return nil
		}
		if c.node == nil {
			if c.leaf.key == key && c.leaf.bits == length {
				return &c.leaf.value
			}
			return nil
		}
		n = c.node
	}
}

// insert reports whether the prefix is new. depth is how many bits the nodes above
// have taken.
func (n *node[V]) insert(l leaf[V], depth int) bool {
	for {
		octet := l.key.octet(depth)
		if int(l.bits) <= depth+8 {
			return n.setRoute(route[V]{octet, l.bits - uint8(depth), l.value})
		}
		c := n.childAt(octet)
		if c == nil {
			at := n.below.rank(octet)
			n.below.set(octet)
			n.child = slices.Insert(n.child, at, child[V]{leaf: l})
			return true
		}
		if c.node == nil {
			old := c.leaf
			if old.key == l.key && old.bits == l.bits {
				c.leaf.value = l.value
				return false
			}
			*c = child[V]{node: new(node[V])}
			c.node.insert(old, depth+8)
		}
		n, depth = c.node, depth+8
	}
}

func (n *node[V]) setRoute(r route[V]) bool {
	i, found := n.find(r.octet, r.bits)
	if found {
		n.routes[i].value = r.value
		return false
	}
	n.routes = slices.Insert(n.routes, i, r)
	n.index()
	return true
}

// delete reports whether the prefix was there. A node that is left with a single
// prefix becomes a leaf.
func (n *node[V]) delete(key uint128, length uint8, depth int) bool {
	octet := key.octet(depth)
	if int(length) <= depth+8 {
		i, found := n.find(octet, length-uint8(depth))
		if found {
			n.routes = slices.Delete(n.routes, i, i+1)
			n.index()
		}
		return found
	}
	c := n.childAt(octet)
	switch {
	case c == nil:
		return false
	case c.node != nil:
		if !c.node.delete(key, length, depth+8) {
			return false
		}
		if l, ok := c.node.single(key, depth+8); ok {
			*c = child[V]{leaf: l}
		}
		return true
	case c.leaf.key != key || c.leaf.bits != length:
		return false
	}
	at := n.below.rank(octet)
	n.below.clear(octet)
	n.child = slices.Delete(n.child, at, at+1)
	return true
}

// single returns the prefix of a node that has just one; key leads to the node.
func (n *node[V]) single(key uint128, depth int) (l leaf[V], ok bool) {
	switch {
	case len(n.routes) == 0 && len(n.child) == 1 && n.child[0].node == nil:
		return n.child[0].leaf, true
	case len(n.routes) == 1 && len(n.child) == 0:
		r := &n.routes[0]
		return leaf[V]{r.key(key, depth), uint8(depth) + r.bits, r.value}, true
	}
	return l, false
}

// key returns the whole prefix of a route in a node to which key leads.
func (r *route[V]) key(key uint128, depth int) uint128 {
	above := key.and(hostMask(128 - uint(depth)).not())
	return above.or(uint128{hi: uint64(r.octet) << 56}.shr(uint(depth)))
}

// index works out the runs, in one pass over the routes. Routes nest: one that
// begins within another takes octets from it, and where it ends the other goes on.
func (n *node[V]) index() {
	n.covered, n.starts = octets{}, octets{}
	n.runs = n.runs[:0]
	var open [9]int // the routes around, as indices; no two have the same length
	depth := 0
	begin := func(octet, route int) {
		if n.starts.has(uint8(octet)) { // an inner route begins where the outer does
			n.runs = n.runs[:len(n.runs)-1]
		}
		n.starts.set(uint8(octet))
		n.runs = append(n.runs, uint16(route))
	}
	closeBefore := func(octet int) {
		for depth > 0 && n.routes[open[depth-1]].last() < octet {
			end := n.routes[open[depth-1]].last()
			depth--
			if depth > 0 && end < n.routes[open[depth-1]].last() {
				begin(end+1, open[depth-1])
			}
		}
	}
	for i := range n.routes {
		r := &n.routes[i]
		closeBefore(int(r.octet))
		begin(int(r.octet), i)
		if depth == 0 {
			n.covered.setRange(int(r.octet), r.last())
		}
		open[depth] = i
		depth++
	}
	closeBefore(256)
}

// last returns the last octet of the route.
func (r *route[V]) last() int { return int(r.octet) | 0xff>>r.bits }

// walk yields all prefixes of the node and below, in order. a tells the version;
// key leads to the node.
func (n *node[V]) walk(a Addr, key uint128, depth int, yield func(Network, V) bool) bool {
	routes := n.routes
	next := 0
	for octet := range 256 {
		for ; len(routes) > 0 && int(routes[0].octet) == octet; routes = routes[1:] {
			r := &routes[0]
			if !yield(leftAlignedNetwork(a, r.key(key, depth), uint8(depth)+r.bits), r.value) {
				return false
			}
		}
		if !n.below.has(uint8(octet)) {
			continue
		}
		c := &n.child[next]
		next++
		if c.node == nil {
			if !yield(c.leaf.network(a), c.leaf.value) {
				return false
			}
			continue
		}
		r := route[V]{octet: uint8(octet)}
		if !c.node.walk(a, r.key(key, depth), depth+8, yield) {
			return false
		}
	}
	return true
}

// yieldCovering yields the routes of the node, to which key leads, that key has and
// that are not longer than length, from the shortest to the longest.
func (n *node[V]) yieldCovering(a Addr, key uint128, depth int, length uint8, yield func(Network, V) bool) bool {
	for bits := uint8(0); bits <= 8 && uint8(depth)+bits <= length; bits++ {
		i, found := n.find(key.octet(depth)&^(0xff>>bits), bits)
		if !found {
			continue
		}
		r := &n.routes[i]
		if !yield(leftAlignedNetwork(a, r.key(key, depth), uint8(depth)+bits), r.value) {
			return false
		}
	}
	return true
}

// octets is a set of octets that can tell how many of them are below one.
type octets struct {
	words  [4]uint64
	before [4]uint8 // how many are in the words before
}

func (s *octets) has(o uint8) bool { return s.words[o>>6]>>(o&63)&1 != 0 }

// rank returns how many octets of the set are less than o.
func (s *octets) rank(o uint8) int {
	return int(s.before[o>>6]) + bits.OnesCount64(s.words[o>>6]&(1<<(o&63)-1))
}

func (s *octets) set(o uint8) {
	if !s.has(o) {
		s.words[o>>6] |= 1 << (o & 63)
		for i := o>>6 + 1; i < 4; i++ {
			s.before[i]++
		}
	}
}

// setRange puts in the octets from first to last. The ranks are not kept: it serves
// sets that are only asked has.
func (s *octets) setRange(first, last int) {
	for w := first >> 6; w <= last>>6; w++ {
		from, to := max(first, w<<6)&63, min(last, w<<6|63)&63
		s.words[w] |= ^uint64(0) >> (63 - to) &^ (1<<from - 1)
	}
}

func (s *octets) clear(o uint8) {
	if s.has(o) {
		s.words[o>>6] &^= 1 << (o & 63)
		for i := o>>6 + 1; i < 4; i++ {
			s.before[i]--
		}
	}
}
