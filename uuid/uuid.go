package uuid

import (
	"bytes"
	"encoding/binary"
)

// A UUID is a universally unique identifier: 16 bytes in network order, as RFC
// 9562 section 4 lays them out. It is comparable with ==, a map key, and converts
// to and from [16]byte and the types of other packages that are made of it. The
// zero value is [Nil]. A UUID is safe for concurrent use, as any array that
// nobody writes to.
type UUID [16]byte

// The UUIDs of RFC 9562 that have a name. They are variables only because Go has
// no constant arrays; a program must not assign to them.
var (
	// Nil has all bits zero (RFC 9562 section 5.9; `NIL`).
	Nil UUID
	// Max has all bits one (RFC 9562 section 5.10; `MAX`).
	Max = UUID{
		0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
		0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
	}

	// NamespaceDNS is the namespace in which a name is a domain name (RFC 9562
	// section 6.6; `NAMESPACE_DNS`).
	NamespaceDNS = namespace(0x10)
	// NamespaceURL is the namespace in which a name is a URL (`NAMESPACE_URL`).
	NamespaceURL = namespace(0x11)
	// NamespaceOID is the namespace in which a name is an ISO object identifier,
	// such as "1.3.6.1" (`NAMESPACE_OID`).
	NamespaceOID = namespace(0x12)
	// NamespaceX500 is the namespace in which a name is an X.500 distinguished
	// name, as text or DER (`NAMESPACE_X500`).
	NamespaceX500 = namespace(0x14)
)

// namespace returns 6ba7b8xx-9dad-11d1-80b4-00c04fd430c8.
func namespace(xx byte) UUID {
	return UUID{0x6b, 0xa7, 0xb8, xx, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8}
}

// Compare returns -1, 0 or +1 as u sorts before, with or after v: byte by byte,
// which is the order of the 128-bit integers, and for versions 6 and 7 the order
// of time (`UUID.__lt__`). [slices.SortFunc] takes UUID.Compare as it is.
func (u UUID) Compare(v UUID) int { return bytes.Compare(u[:], v[:]) }

// String returns the 36 characters of RFC 9562 section 4, in lower case:
// xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx (`str(u)`).
func (u UUID) String() string {
	var b [textLen]byte
	u.encode(&b)
	return string(b[:])
}

// URN returns the UUID as a URN, "urn:uuid:" and the form of [UUID.String]
// (RFC 9562 section 4; `UUID.urn`).
func (u UUID) URN() string {
	b := make([]byte, 0, len(urnPrefix)+textLen)
	return string(u.append(append(b, urnPrefix...)))
}

// Hex returns the 32 hexadecimal digits, in lower case and without hyphens
// (`UUID.hex`).
func (u UUID) Hex() string {
	var b [32]byte
	for i := range 4 {
		binary.BigEndian.PutUint64(b[8*i:], hexDigits(binary.BigEndian.Uint32(u[4*i:])))
	}
	return string(b[:])
}

const (
	textLen   = 36
	urnPrefix = "urn:uuid:"
)

// append appends the 36 characters.
func (u UUID) append(b []byte) []byte {
	var text [textLen]byte
	u.encode(&text)
	return append(b, text[:]...)
}

func (u *UUID) encode(b *[textLen]byte) {
	be := binary.BigEndian
	low, mid := hexDigits(be.Uint32(u[0:])), hexDigits(be.Uint32(u[4:]))
	seq, node := hexDigits(be.Uint32(u[8:])), hexDigits(be.Uint32(u[12:]))
	be.PutUint64(b[0:], low)
	b[8] = '-'
	be.PutUint32(b[9:], uint32(mid>>32))
	b[13] = '-'
	be.PutUint32(b[14:], uint32(mid))
	b[18] = '-'
	be.PutUint32(b[19:], uint32(seq>>32))
	b[23] = '-'
	be.PutUint32(b[24:], uint32(seq))
	be.PutUint64(b[28:], node)
}

// hexDigits returns the eight hexadecimal digits of x in ASCII, the first in the
// top byte. It spreads the digits over the bytes of a word and turns all of them
// into characters at once.
func hexDigits(x uint32) uint64 {
	v := uint64(x)
	v = (v | v<<16) & 0x0000ffff0000ffff
	v = (v | v<<8) & 0x00ff00ff00ff00ff
	v = (v | v<<4) & 0x0f0f0f0f0f0f0f0f
	letters := (v + 0x0606060606060606) >> 4 & 0x0101010101010101 // 1 in each byte above 9
	return v + 0x3030303030303030 + letters*('a'-'0'-10)
}
