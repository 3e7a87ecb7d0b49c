package uuid

// NewV6 returns a UUID of version 6: what version 1 holds, in an order that sorts
// by time (RFC 9562 section 5.6; `uuid6`). What is said of [NewV1] holds here.
// [NewV7] is the better choice where version 1 need not be matched.
func NewV6() UUID {
	u, _ := std.NewV6() // see std
	return u
}

// NewV6 is like the function [NewV6], with g's sources. As in Python, and unlike
// in version 1, of a node with more than 48 bits the low 48 are taken. The error is
// that of g.Rand or g.Node.
func (g *Generator) NewV6() (UUID, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	node, err := g.nodeID()
	if err != nil {
		return Nil, err
	}
	tick, seq, err := g.nextTick()
	if err != nil {
		return Nil, err
	}
	return assemble(6, tick>>12<<16|tick&0xfff, seq<<48|node&nodeMask), nil
}
