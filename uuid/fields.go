package uuid

import (
	"encoding/binary"
	"math/big"
	"strconv"
)

// Fields are the six integer fields of a UUID as version 1 divides it (RFC 9562
// section 5.1; `UUID.fields`). They are wider than what they hold, so that
// [FromFields] can refuse a number that does not fit where a narrower type would
// have cut it.
type Fields struct {
	TimeLow           int64 // bits 0 to 31 (`time_low`)
	TimeMid           int64 // 16 bits (`time_mid`)
	TimeHiVersion     int64 // 16 bits, the version on top (`time_hi_version`)
	ClockSeqHiVariant int64 // 8 bits, the variant on top (`clock_seq_hi_variant`)
	ClockSeqLow       int64 // 8 bits (`clock_seq_low`)
	Node              int64 // the last 48 bits (`node`)
}

// FromFields puts a UUID together (`UUID(fields=…)`). The error is a
// [*RangeError] that names the first field which is negative or too wide.
func FromFields(f Fields) (UUID, error) {
	for _, x := range [...]struct {
		name  string
		bits  int
		value int64
	}{
		{"time_low", 32, f.TimeLow},
		{"time_mid", 16, f.TimeMid},
		{"time_hi_version", 16, f.TimeHiVersion},
		{"clock_seq_hi_variant", 8, f.ClockSeqHiVariant},
		{"clock_seq_low", 8, f.ClockSeqLow},
		{"node", 48, f.Node},
	} {
		if x.value < 0 || x.value>>x.bits != 0 {
			return Nil, &RangeError{Field: x.name, Bits: x.bits, Value: strconv.FormatInt(x.value, 10)}
		}
	}
	hi := uint64(f.TimeLow)<<32 | uint64(f.TimeMid)<<16 | uint64(f.TimeHiVersion)
	lo := uint64(f.ClockSeqHiVariant)<<56 | uint64(f.ClockSeqLow)<<48 | uint64(f.Node)
	return fromHalves(hi, lo), nil
}

// FromBytes makes a UUID of its 16 bytes in network order (`UUID(bytes=…)`). The
// error is [ErrLength]. An array needs no function: UUID(array).
func FromBytes(b []byte) (UUID, error) {
	if len(b) != len(UUID{}) {
		return Nil, ErrLength
	}
	return UUID(b), nil
}

// FromBytesLE makes a UUID of 16 bytes whose first three fields are in
// little-endian order, as [UUID.BytesLE] gives them (`UUID(bytes_le=…)`). The
// error is [ErrLength].
func FromBytesLE(b []byte) (UUID, error) {
	if len(b) != len(UUID{}) {
		return Nil, ErrLength
	}
	return UUID(UUID(b).BytesLE()), nil
}

// FromInt makes a UUID of its 128-bit integer (`UUID(int=…)`). The error is a
// [*RangeError] if n is negative, wider than 128 bits, or nil.
func FromInt(n *big.Int) (UUID, error) {
	if n == nil || n.Sign() < 0 || n.BitLen() > 128 {
		value := "<nil>"
		if n != nil {
			value = shorten(n)
		}
		return Nil, &RangeError{Field: "int", Bits: 128, Value: value}
	}
	var u UUID
	n.FillBytes(u[:])
	return u, nil
}

// shorten returns n in decimal, or how large it is where that would be long.
func shorten(n *big.Int) string {
	if n.BitLen() > 256 {
		return "of " + strconv.Itoa(n.BitLen()) + " bits"
	}
	return n.String()
}

// Int returns the 128-bit integer (`UUID.int`, `int(u)`).
func (u UUID) Int() *big.Int { return new(big.Int).SetBytes(u[:]) }

// BytesLE returns the 16 bytes with the first three fields in little-endian
// order, as Windows keeps GUIDs in memory (`UUID.bytes_le`).
func (u UUID) BytesLE() [16]byte {
	return [16]byte{
		u[3], u[2], u[1], u[0], u[5], u[4], u[7], u[6],
		u[8], u[9], u[10], u[11], u[12], u[13], u[14], u[15],
	}
}

// Fields returns the six fields (`UUID.fields`).
func (u UUID) Fields() Fields {
	return Fields{
		TimeLow:           int64(u.TimeLow()),
		TimeMid:           int64(u.TimeMid()),
		TimeHiVersion:     int64(u.TimeHiVersion()),
		ClockSeqHiVariant: int64(u.ClockSeqHiVariant()),
		ClockSeqLow:       int64(u.ClockSeqLow()),
		Node:              int64(u.Node()),
	}
}

// TimeLow returns the first 32 bits (`UUID.time_low`).
func (u UUID) TimeLow() uint32 { return binary.BigEndian.Uint32(u[0:]) }

// TimeMid returns the 16 bits after TimeLow (`UUID.time_mid`).
func (u UUID) TimeMid() uint16 { return binary.BigEndian.Uint16(u[4:]) }

// TimeHiVersion returns the 16 bits after TimeMid: the version and twelve bits
// more (`UUID.time_hi_version`).
func (u UUID) TimeHiVersion() uint16 { return binary.BigEndian.Uint16(u[6:]) }

// ClockSeqHiVariant returns the ninth byte: the variant and the high bits of the
// clock sequence (`UUID.clock_seq_hi_variant`).
func (u UUID) ClockSeqHiVariant() uint8 { return u[8] }

// ClockSeqLow returns the tenth byte (`UUID.clock_seq_low`).
func (u UUID) ClockSeqLow() uint8 { return u[9] }

// ClockSeq returns the 14 bits of the clock sequence, which only versions 1 and 6
// have (`UUID.clock_seq`).
func (u UUID) ClockSeq() uint16 { return binary.BigEndian.Uint16(u[8:]) & clockSeqMask }

// Node returns the last 48 bits, which in versions 1 and 6 name the maker
// (`UUID.node`).
func (u UUID) Node() uint64 { return u.lo() & nodeMask }

const (
	nodeMask     = 1<<48 - 1
	clockSeqMask = 1<<14 - 1
)

func (u UUID) hi() uint64 { return binary.BigEndian.Uint64(u[:8]) }
func (u UUID) lo() uint64 { return binary.BigEndian.Uint64(u[8:]) }

func fromHalves(hi, lo uint64) (u UUID) {
	binary.BigEndian.PutUint64(u[:8], hi)
	binary.BigEndian.PutUint64(u[8:], lo)
	return u
}

// assemble makes a UUID of RFC 9562 of a version and the halves, whose bits of
// version and variant do not matter.
func assemble(version int, hi, lo uint64) UUID {
	return fromHalves(hi&^0xf000|uint64(version)<<12, lo&^(3<<62)|2<<62)
}
