package uuid

import (
	"encoding/binary"
	"time"
)

// NewV7 returns a UUID of version 7: the time in milliseconds since 1970, a
// counter of 42 bits and 32 random bits (RFC 9562 section 5.7 and method 1 of
// section 6.2; `uuid7`). Each is greater than all that the program made before it,
// whatever the clock does and however many fall into one millisecond. It sorts by
// time, which serves the indexes of databases, and is no secret: the time can be
// read from it, and neighbours have nearly all bits in common but 32.
func NewV7() UUID {
	u, _ := std.NewV7() // see std
	return u
}

// state7 is what the last UUID of version 7 was made of.
type state7 struct {
	used    bool
	ms      int64
	counter uint64
	ahead   int // milliseconds added since the clock last passed ms
}

const (
	counterMax  = 1<<42 - 1
	counterSeed = 1<<41 - 1 // the top bit is left for counting
	tailLen     = 4
	maxAhead    = 100
)

// NewV7 is like the function [NewV7], with g's sources. The error is that of
// g.Rand; it leaves the order as it was.
//
// In a new millisecond the counter begins at 41 random bits; in the same one it
// counts on, and when it is full the time goes on by a millisecond. Where the
// clock has gone back, the time goes on by a millisecond from the last UUID's, as
// in Python; unlike there, it does so for no more than 100 UUIDs until the clock
// has caught up, and then only the counter goes on. Without that limit a thousand
// UUIDs a second would keep ahead of the clock for ever.
func (g *Generator) NewV7() (UUID, error) {
	var ms int64
	if g.Now == nil {
		ms = time.Now().UnixMilli() // asked before others must wait
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.Now != nil || ms < g.last7.ms { // perhaps another was faster
		ms = g.now().UnixMilli()
	}
	next, fresh := g.last7.next(ms)
	var b [6 + tailLen]byte // the counter's seed, and the tail
	tail := b[6:]
	if fresh {
		if err := g.random(b[:]); err != nil {
			return Nil, err
		}
		next.counter = (uint64(binary.BigEndian.Uint16(b[0:]))<<32 | uint64(binary.BigEndian.Uint32(b[2:]))) & counterSeed
	} else if err := g.random(tail); err != nil {
		return Nil, err
	}
	g.last7 = next
	return assemble(7,
		uint64(next.ms)<<16|next.counter>>30,
		next.counter<<32|uint64(binary.BigEndian.Uint32(tail)),
	), nil
}

// next returns the state of the UUID after s where the clock shows ms, and
// whether its counter must begin anew.
func (s state7) next(ms int64) (next state7, fresh bool) {
	if !s.used || ms > s.ms {
		return state7{used: true, ms: ms}, true
	}
	if ms < s.ms && s.ahead < maxAhead {
		s.ms++
		s.ahead++
	}
	if s.counter == counterMax {
		s.ms++
		return s, true
	}
	s.counter++
	return s, false
}
