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
	for i, x := range u {
		binary.LittleEndian.PutUint16(b[2*i:], digits[x])
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
	put := func(at int, x byte) { binary.LittleEndian.PutUint16(b[at:], digits[x]) }
	put(0, u[0])
	put(2, u[1])
	put(4, u[2])
	put(6, u[3])
	b[8] = '-'
	put(9, u[4])
	put(11, u[5])
	b[13] = '-'
	put(14, u[6])
	put(16, u[7])
	b[18] = '-'
	put(19, u[8])
	put(21, u[9])
	b[23] = '-'
	put(24, u[10])
	put(26, u[11])
	put(28, u[12])
	put(30, u[13])
	put(32, u[14])
	put(34, u[15])
}

// digits holds the two hexadecimal digits of each byte, the first in the low byte.
var digits = func() (t [256]uint16) {
	const hex = "0123456789abcdef"
	for i := range t {
		t[i] = uint16(hex[i>>4]) | uint16(hex[i&0xf])<<8
	}
	return t
}()
