package uuid

import "encoding/binary"

// NewV8 returns a UUID of version 8, whose 122 bits are the caller's: 48 of a, 12
// of b and 62 of c (RFC 9562 section 5.8; `uuid8`). As in Python, of numbers with
// more bits the low ones are taken. That it is unique is up to the caller.
func NewV8(a, b, c uint64) UUID {
	return assemble(8, a<<16|b&0xfff, c)
}

// NewV8 is like the function [NewV8], with random bits of g.Rand for each part
// that is nil, as Python fills in what is not given. The error is that of g.Rand.
func (g *Generator) NewV8(a, b, c *uint64) (UUID, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	var parts [3]uint64
	for i, p := range [3]*uint64{a, b, c} {
		if p != nil {
			parts[i] = *p
			continue
		}
		var r [8]byte
		if err := g.random(r[:]); err != nil {
			return Nil, err
		}
		parts[i] = binary.BigEndian.Uint64(r[:])
	}
	return NewV8(parts[0], parts[1], parts[2]), nil
}
