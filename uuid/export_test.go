package uuid

import (
	mrand "math/rand/v2"
	"net"
)

// StoreLen is how much randomness a store holds.
const StoreLen = storeLen

// Copy returns a Generator in the state of g, as a cloned machine has one.
func (g *Generator) Copy() *Generator {
	return &Generator{
		Now: g.Now, Rand: g.Rand, Node: g.Node, ClockSeq: g.ClockSeq,
		node: g.node, hasNode: g.hasNode, lastTick: g.lastTick, last7: g.last7,
	}
}

// SetCounter sets the counter of version 7.
func (g *Generator) SetCounter(n uint64) { g.last7.counter = n }

// PickHardware is what HardwareNode does with the addresses it finds.
func PickHardware(addrs []net.HardwareAddr) (uint64, error) { return pickHardware(addrs) }

// FillStore returns what two stores hold when they have just been filled, and
// what a third holds of its cipher's key afterwards.
func FillStore() (a, b []byte, keyWiped bool) {
	s, t := new(store), new(store)
	s.fill()
	t.fill()
	return s.buf[:], t.buf[:], s.cipher == mrand.ChaCha8{}
}
