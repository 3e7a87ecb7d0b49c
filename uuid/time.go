package uuid

import "time"

// unixTicks is the time from the beginning of the Gregorian calendar, 1582-10-15,
// to 1970-01-01 in units of 100 ns (RFC 9562 section 5.1).
const unixTicks = 0x01b21dd213814000

const ticksPerSecond = 10_000_000

// Timestamp returns the number in the fields of time, by version (`UUID.time`):
// in version 7 the 48 bits that count milliseconds since 1970-01-01, in version 6
// the 60 bits that count 100 ns since 1582-10-15, in all others the same 60 bits
// where version 1 has them, of which nothing but version 1 makes a time.
// [UUID.Time] returns a time where there is one.
func (u UUID) Timestamp() uint64 {
	hi := u.hi()
	switch u.Version() {
	case 6:
		return hi>>16<<12 | hi&0xfff
	case 7:
		return hi >> 16
	}
	return hi&0xfff<<48 | hi>>16&0xffff<<32 | hi>>32
}

// Time returns the time at which the UUID says that it was made, in UTC: to 100 ns
// in versions 1 and 6, to the millisecond in version 7. In all others ok is false.
// Whoever sees such a UUID can read this time.
func (u UUID) Time() (t time.Time, ok bool) {
	n := int64(u.Timestamp()) // at most 60 bits
	switch u.Version() {
	case 1, 6:
		n -= unixTicks
		return time.Unix(n/ticksPerSecond, n%ticksPerSecond*100).UTC(), true
	case 7:
		return time.UnixMilli(n).UTC(), true
	}
	return time.Time{}, false
}

// ticks returns t in 100 ns since 1582-10-15.
func ticks(t time.Time) int64 {
	return t.Unix()*ticksPerSecond + int64(t.Nanosecond())/100 + unixTicks
}
