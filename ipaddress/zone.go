package ipaddress

import (
	"unicode/utf8"
	"unique"
)

// MaxZoneLen is the longest zone accepted, in bytes.
const MaxZoneLen = 255

// family tells the addresses of the versions apart, and those of the zones.
// Its handles are compared, so a family costs an address one word.
type family struct {
	version Version
	zone    string
}

var (
	fam4 = unique.Make(family{version: V4})
	fam6 = unique.Make(family{version: V6})
)

// checkZone reports where and why z cannot be a zone. Control characters, '%',
// '/', '[' and ']' would let it reach into what is written around an address
// (RFC 6874, RFC 4007 section 11.2): texts, URLs, logs.
func checkZone(z string) (at int, why reason) {
	if z == "" {
		return 0, whyZoneEmpty
	}
	if len(z) > MaxZoneLen {
		return MaxZoneLen, whyZoneLong
	}
	for i, r := range z {
		switch {
		case r < 0x20, 0x7F <= r && r < 0xA0, r == '%', r == '/', r == '[', r == ']':
			return i, whyZoneChar
		case r == utf8.RuneError:
			if _, n := utf8.DecodeRuneInString(z[i:]); n == 1 {
				return i, whyZoneChar
			}
		}
	}
	return 0, parsed
}

// Zone returns the zone of an IPv6 address, without the '%', or "". It is
// Python's `scope_id`.
func (a Addr) Zone() string {
	if !a.hasZone() {
		return ""
	}
	return a.fam.Value().zone
}

// hasZone reports whether the address has a zone.
func (a Addr) hasZone() bool { return a.fam != fam6 && a.fam != fam4 && a.IsValid() }

// WithZone returns the address with the zone given; the empty zone takes it
// away. A zone has at most [MaxZoneLen] bytes of UTF-8, and neither control
// characters nor any of "%/[]". The error matches [ErrAddress]: it has, or the
// address is not an IPv6 address.
func (a Addr) WithZone(zone string) (Addr, error) {
	if zone == "" {
		return a.WithoutZone(), nil
	}
	if !a.Is6() {
		return Addr{}, newParseError("WithZone", 0, zone, 0, whyNotV6)
	}
	if at, why := checkZone(zone); why != parsed {
		return Addr{}, newParseError("WithZone", 0, zone, at, why)
	}
	a.fam = unique.Make(family{V6, zone})
	return a, nil
}

// WithoutZone returns the address without its zone.
func (a Addr) WithoutZone() Addr {
	if a.hasZone() {
		a.fam = fam6
	}
	return a
}
