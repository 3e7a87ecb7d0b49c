package uuid

import (
	"crypto/fips140"
	"crypto/md5"
	"crypto/sha1"
	"encoding/binary"
)

// NewV3 returns the UUID of version 3 of a name: the MD5 hash of namespace and
// name (RFC 9562 section 5.3; `uuid3`). The same name always has the same UUID, so
// it is no secret: anyone can try names. [NewV5] is the better choice where there
// is one. A text is hashed as it stands, in Go as UTF-8.
func NewV3[T string | []byte](namespace UUID, name T) UUID {
	if !short(name) {
		return longV3(namespace, name)
	}
	var text [shortLen]byte
	*(*UUID)(text[:]) = namespace
	sum := md5.Sum(text[:len(namespace)+copy(text[len(namespace):], name)])
	return fromHash(3, sum[:])
}

// NewV5 returns the UUID of version 5 of a name: 16 bytes of the SHA-1 hash of
// namespace and name (RFC 9562 section 5.5; `uuid5`). The same name always has the
// same UUID, so it is no secret: anyone can try names. A text is hashed as it
// stands, in Go as UTF-8.
func NewV5[T string | []byte](namespace UUID, name T) UUID {
	if !short(name) {
		return longV5(namespace, name)
	}
	var text [shortLen]byte
	*(*UUID)(text[:]) = namespace
	sum := sha1.Sum(text[:len(namespace)+copy(text[len(namespace):], name)])
	return fromHash(5, sum[:])
}

// shortLen is the length of namespace and name together that can be hashed
// without allocation.
const shortLen = 128

// short reports whether name is short, and hashing it needs no detour. The hashes
// serve no security here, so a program that enforces FIPS 140-3, and would panic
// on them, may have them as well.
func short[T string | []byte](name T) bool {
	return len(name) <= shortLen-len(UUID{}) && !fips140.Enforced()
}

func longV3[T string | []byte](namespace UUID, name T) UUID {
	text := append(namespace[:], name...)
	var sum [md5.Size]byte
	fips140.WithoutEnforcement(func() { sum = md5.Sum(text) })
	return fromHash(3, sum[:])
}

func longV5[T string | []byte](namespace UUID, name T) UUID {
	text := append(namespace[:], name...)
	var sum [sha1.Size]byte
	fips140.WithoutEnforcement(func() { sum = sha1.Sum(text) })
	return fromHash(5, sum[:])
}

func fromHash(version int, sum []byte) UUID {
	return assemble(version, binary.BigEndian.Uint64(sum), binary.BigEndian.Uint64(sum[8:]))
}
