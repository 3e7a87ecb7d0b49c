package uuid

import (
	"encoding/binary"
	"strconv"
)

// NewV1 returns a UUID of version 1: the time to 100 ns, a clock sequence and a
// node (RFC 9562 section 5.1; `uuid1`). It is no secret: the time can be read from
// it, and whoever knows one can nearly tell the next. [NewV6] holds the same and
// sorts by time. Unlike Python's, the node is never the hardware address: it is
// random, see [Generator.Node].
//
// No two are alike. If the clock stands still or goes back, the time goes on from
// the last UUID's by 100 ns a UUID, until the clock is ahead again.
func NewV1() UUID {
	u, _ := std.NewV1() // see std
	return u
}

// NewV1 is like the function [NewV1], with g's sources. The error is that of
// g.Rand or g.Node, or a [*RangeError] if the node has more than 48 bits.
func (g *Generator) NewV1() (UUID, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	node, err := g.nodeID()
	if err != nil {
		return Nil, err
	}
	if node > nodeMask {
		return Nil, &RangeError{Field: "node", Bits: 48, Value: strconv.FormatUint(node, 10)}
	}
	tick, seq, err := g.nextTick()
	if err != nil {
		return Nil, err
	}
	return assemble(1, tick<<32|tick>>32&0xffff<<16|tick>>48, seq<<48|node), nil
}

// nextTick returns the time and the clock sequence of the next UUID of version 1
// or 6. g.mu must be held.
func (g *Generator) nextTick() (tick, seq uint64, err error) {
	if g.ClockSeq != nil {
		seq = uint64(g.ClockSeq())
	} else {
		var b [2]byte
		if err := g.random(b[:]); err != nil {
			return 0, 0, err
		}
		seq = uint64(binary.BigEndian.Uint16(b[:]))
	}
	g.lastTick = max(ticks(g.now()), g.lastTick+1)
	return uint64(g.lastTick), seq, nil
}
