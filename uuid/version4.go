package uuid

// NewV4 returns a random UUID, version 4: 122 bits from a source of cryptographic
// quality (RFC 9562 section 5.4; `uuid4`). Of the versions it alone cannot be
// guessed. It never fails; should the operating system have no randomness, the
// program ends, as [crypto/rand.Read] has it.
func NewV4() UUID {
	hi, lo := random128()
	return assemble(4, hi, lo)
}

// NewV4 is like the function [NewV4], with 16 bytes of g.Rand. The error is that
// of g.Rand.
func (g *Generator) NewV4() (UUID, error) {
	if g.Rand == nil {
		return NewV4(), nil
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	var u UUID
	if err := g.random(u[:]); err != nil {
		return Nil, err
	}
	return assemble(4, u.hi(), u.lo()), nil
}
