package uuid

import (
	"crypto/fips140"
	crand "crypto/rand"
	"encoding/binary"
	mrand "math/rand/v2"
	"sync"
)

// Randomness comes from the operating system by way of small stores. To ask the
// system for 16 bytes at a time is most of the work of making a UUID, so a store
// asks for 32 bytes, expands them with ChaCha8 (https://c2sp.org/chacha8rand) into
// a few UUIDs' worth, and forgets the key at once; bytes are wiped as they are
// handed out. What a store holds is therefore as unpredictable as what the kernel
// gives, which expands a key of its own in the same manner, with ChaCha20; nothing
// is derived from earlier output; and somebody who reads the memory of the process
// learns the few UUIDs that come next, as with any store, and none that have been
// made.
//
// A store must stay small: a virtual machine that is cloned, or rolled back, finds
// in it what its twin finds.

// storeLen is how many bytes a store holds: 32 UUIDs of version 4.
const storeLen = 512

// A store holds random bytes that nobody has seen yet.
type store struct {
	left int // the last left bytes of buf are fresh
	buf  [storeLen]byte
	// cipher is zero but in fill; it stands here so that fill needs no memory.
	cipher mrand.ChaCha8
}

// stores keeps the stores of the processors that are not in use this moment.
var stores = sync.Pool{New: func() any { return new(store) }}

// random128 returns 128 random bits.
func random128() (hi, lo uint64) {
	s := stores.Get().(*store)
	b := s.take(16)
	hi, lo = binary.BigEndian.Uint64(b), binary.BigEndian.Uint64(b[8:])
	clear(b)
	stores.Put(s)
	return hi, lo
}

// randomBytes fills p, at most storeLen bytes.
func randomBytes(p []byte) {
	s := stores.Get().(*store)
	b := s.take(len(p))
	copy(p, b)
	clear(b)
	stores.Put(s)
}

// take returns n fresh bytes, which the caller must wipe. It never fails: where
// the system has no randomness, crypto/rand ends the program.
func (s *store) take(n int) []byte {
	if s.left < n {
		s.fill()
	}
	b := s.buf[storeLen-s.left:][:n]
	s.left -= n
	return b
}

func (s *store) fill() {
	if fips140.Enabled() {
		crand.Read(s.buf[:]) // the approved generator, at its own speed
	} else {
		key := s.buf[:32]
		crand.Read(key)
		s.cipher.Seed([32]byte(key))
		s.cipher.Read(s.buf[:]) // over the key
		s.cipher = mrand.ChaCha8{}
	}
	s.left = storeLen
}
