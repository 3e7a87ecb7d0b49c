package uuid

import "strconv"

// A Variant says who laid the UUID out (RFC 9562 section 4.1).
type Variant uint8

// The variants.
const (
	// ReservedNCS is for the Apollo Network Computing System; [Nil] has it, too
	// (`RESERVED_NCS`).
	ReservedNCS Variant = iota
	// RFC4122 is the variant of RFC 9562 and, before it, RFC 4122: the only one
	// that has versions (`RFC_4122`).
	RFC4122
	// ReservedMicrosoft is for old GUIDs of Microsoft (`RESERVED_MICROSOFT`).
	ReservedMicrosoft
	// ReservedFuture is for what may come; [Max] has it, too (`RESERVED_FUTURE`).
	ReservedFuture
)

// String returns the text that Python has for the variant, such as "specified in
// RFC 4122".
func (v Variant) String() string {
	switch v {
	case ReservedNCS:
		return "reserved for NCS compatibility"
	case RFC4122:
		return "specified in RFC 4122"
	case ReservedMicrosoft:
		return "reserved for Microsoft compatibility"
	case ReservedFuture:
		return "reserved for future definition"
	}
	return "Variant(" + strconv.Itoa(int(v)) + ")"
}

// Variant returns the variant (`UUID.variant`).
func (u UUID) Variant() Variant {
	switch {
	case u[8]&0x80 == 0:
		return ReservedNCS
	case u[8]&0x40 == 0:
		return RFC4122
	case u[8]&0x20 == 0:
		return ReservedMicrosoft
	}
	return ReservedFuture
}

// Version returns the version, from 1 to 8 in the UUIDs of RFC 9562 and up to 15
// in ones to come (`UUID.version`). It is 0 where there is none: in every variant
// but [RFC4122], and so in [Nil] and [Max].
func (u UUID) Version() int {
	if u.Variant() != RFC4122 {
		return 0
	}
	return int(u[6] >> 4)
}

// WithVersion returns u with the version set to v and the variant to [RFC4122]
// (`UUID(…, version=v)`). The error is a [*RangeError] unless v is from 1 to 8.
func (u UUID) WithVersion(v int) (UUID, error) {
	if v < 1 || v > 8 {
		return Nil, &RangeError{Field: "version", Value: strconv.Itoa(v)}
	}
	return assemble(v, u.hi(), u.lo()), nil
}

// SafeUUID tells whether a UUID was made in a way that is safe with several
// processes at once (`SafeUUID`).
type SafeUUID int8

// The answers of [UUID.IsSafe].
const (
	// SafeUnknown means that nobody says (`SafeUUID.unknown`).
	SafeUnknown SafeUUID = iota
	// Safe means that the system saw to it (`SafeUUID.safe`).
	Safe
	// Unsafe means that nothing was done about it (`SafeUUID.unsafe`).
	Unsafe
)

// String returns Python's name: "unknown", "safe" or "unsafe".
func (s SafeUUID) String() string {
	switch s {
	case SafeUnknown:
		return "unknown"
	case Safe:
		return "safe"
	case Unsafe:
		return "unsafe"
	}
	return "SafeUUID(" + strconv.Itoa(int(s)) + ")"
}

// Code returns the number that Python has for s: 0 for [Safe], -1 for [Unsafe].
// For [SafeUnknown], which is None there, ok is false.
func (s SafeUUID) Code() (code int, ok bool) {
	switch s {
	case Safe:
		return 0, true
	case Unsafe:
		return -1, true
	}
	return 0, false
}

// IsSafe returns [SafeUnknown] (`UUID.is_safe`). Python's answer is another only
// where a system service made the UUID and said so. This package asks none, and 16
// bytes do not remember: what keeps two processes apart is 47 random bits of node
// and 14 of clock sequence in versions 1 and 6, and random bits in versions 4 and 7.
func (u UUID) IsSafe() SafeUUID { return SafeUnknown }
