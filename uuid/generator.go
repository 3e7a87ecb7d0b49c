package uuid

import (
	"fmt"
	"io"
	"sync"
	"time"
)

// A Generator makes UUIDs from a clock, a source of randomness and a node of the
// caller's choice, for tests and for programs that must know where these come
// from. The zero value is ready for use and behaves like the functions of the
// package, but keeps an order of its own: UUIDs of versions 1, 6 and 7 are in
// order, and distinct, among those of one Generator.
//
// A Generator may be used concurrently. Its fields must not change after its
// first use, and it must not be copied after that. The functions in its fields
// are called one at a time, and must not use the Generator.
type Generator struct {
	// Now is the clock. Nil means [time.Now]. A time that does not fit is taken
	// modulo what the field holds, as in Python: 48 bits of milliseconds from 1970
	// on (version 7) end in the year 10889, 60 bits of 100 ns from 1582 on (versions
	// 1 and 6) in 5236.
	Now func() time.Time

	// Rand is the source of randomness, from which no more is read than a UUID
	// needs. An error of it, or its end, is the error of the method; there is
	// nothing to fall back to. Nil means the operating system's, as the package
	// comment describes. [crypto/rand.Reader] here means the operating system's with
	// nothing kept in store, which is slower, and right for a virtual machine that
	// may be cloned while it runs.
	Rand io.Reader

	// Node gives the 48 bits of node in versions 1 and 6, as a number. It is called
	// when a node is first needed, and again only if it failed; its error is the
	// error of the method. Nil means a random node with the multicast bit, which is
	// the same as long as the Generator lives ([RandomNode]). See also
	// [HardwareNode] and [FixedNode].
	Node func() (uint64, error)

	// ClockSeq gives the clock sequence of a UUID of version 1 or 6; its low 14 bits
	// count. Nil means random bits for each UUID, as in Python.
	ClockSeq func() uint16

	mu       sync.Mutex // guards what follows, and the calls of the above
	node     uint64
	hasNode  bool
	lastTick int64 // of versions 1 and 6 together, 0 before the first
	last7    state7
	scratch  [16]byte // what is read from Rand
}

// std is what the functions of the package use. It cannot fail: its randomness
// is never short, and its node is random.
var std Generator

func (g *Generator) now() time.Time {
	if g.Now == nil {
		return time.Now()
	}
	return g.Now()
}

// random fills p, which holds at most 16 bytes. If Rand is set, g.mu must be held.
func (g *Generator) random(p []byte) error {
	if g.Rand == nil {
		randomBytes(p)
		return nil
	}
	if _, err := io.ReadFull(g.Rand, g.scratch[:len(p)]); err != nil {
		return fmt.Errorf("uuid: reading randomness: %w", err)
	}
	copy(p, g.scratch[:])
	clear(g.scratch[:])
	return nil
}
