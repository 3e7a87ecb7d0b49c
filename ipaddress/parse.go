package ipaddress

import "unique"

// text is what the parsers read: they are written once for both.
type text interface{ string | []byte }

// reason says why a text was refused; 0 is no refusal.
type reason uint8

const (
	parsed reason = iota
	whyEmpty
	whyNoAddress
	whyNotV4
	whyNotV6
	whyChar
	whyOctetEmpty
	whyOctetZero
	whyOctetRange
	whyOctets
	whyGroupEmpty
	whyGroupLong
	whyGroups
	whyEllipsis
	whyZoneEmpty
	whyZoneLong
	whyZoneChar
	whySlash
	whyMask
	whyHostBits
)

var reasons = [...]struct {
	msg  string
	kind error
}{
	parsed:        {},
	whyEmpty:      {"empty address", ErrAddress},
	whyNoAddress:  {"neither an IPv4 nor an IPv6 address", ErrAddress},
	whyNotV4:      {"not an IPv4 address", ErrAddress},
	whyNotV6:      {"not an IPv6 address", ErrAddress},
	whyChar:       {"unexpected character", ErrAddress},
	whyOctetEmpty: {"empty octet", ErrAddress},
	whyOctetZero:  {"octet with a leading zero", ErrAddress},
	whyOctetRange: {"octet above 255", ErrAddress},
	whyOctets:     {"not four octets", ErrAddress},
	whyGroupEmpty: {"empty group", ErrAddress},
	whyGroupLong:  {"group of more than four digits", ErrAddress},
	whyGroups:     {"wrong number of groups", ErrAddress},
	whyEllipsis:   {"more than one ::", ErrAddress},
	whyZoneEmpty:  {"empty zone", ErrAddress},
	whyZoneLong:   {"zone too long", ErrAddress},
	whyZoneChar:   {"character not permitted in a zone", ErrAddress},
	whySlash:      {"more than one /", ErrAddress},
	whyMask:       {"neither a prefix length nor a mask", ErrNetmask},
	whyHostBits:   {"host bits set", ErrHostBits},
}

func (r reason) String() string { return reasons[r].msg }
func (r reason) kind() error    { return reasons[r].kind }

// scanAddr reads the address at the beginning of s, up to a '/' or the end. It
// returns how many bytes it took, or where and why it failed.
func scanAddr[T text](s T, v Version) (a Addr, n int, why reason) {
	for i := 0; i < len(s) && i < 5; i++ {
		switch s[i] {
		case '.':
			if v == V6 {
				return Addr{}, 0, whyNotV6
			}
			var ip uint64
			ip, n, why = scan4(s, 0)
			if why != parsed {
				return Addr{}, n, why
			}
			return Addr{num: uint128{lo: ip}, fam: fam4}, n, parsed
		case ':':
			if v == V4 {
				return Addr{}, 0, whyNotV4
			}
			return scan6(s)
		case '/':
			if i == 0 {
				return Addr{}, 0, whyEmpty
			}
			i = 5 // no address comes after it
		}
	}
	switch {
	case len(s) == 0:
		return Addr{}, 0, whyEmpty
	case v == V4:
		return Addr{}, 0, whyNotV4
	case v == V6:
		return Addr{}, 0, whyNotV6
	}
	return Addr{}, 0, whyNoAddress
}

// scan4 reads four octets from s[i:], up to a '/', a '%' or the end.
func scan4[T text](s T, i int) (ip uint64, n int, why reason) {
	for dots := 0; ; dots++ {
		if i == len(s) || s[i]-'0' > 9 {
			return 0, i, whyNoDigit(s, i)
		}
		octet := uint64(s[i] - '0')
		for i++; i < len(s) && s[i]-'0' <= 9; i++ {
			if octet == 0 {
				return 0, i, whyOctetZero
			}
			if octet = octet*10 + uint64(s[i]-'0'); octet > 255 {
				return 0, i, whyOctetRange
			}
		}
		ip = ip<<8 | octet
		switch {
		case i == len(s) || s[i] == '/' || s[i] == '%':
			if dots != 3 {
				return 0, i, whyOctets
			}
			return ip, i, parsed
		case s[i] != '.':
			return 0, i, whyChar
		case dots == 3:
			return 0, i, whyOctets
		}
		i++
	}
}

// whyNoDigit says why a text is refused that has no digit where an octet begins.
func whyNoDigit[T text](s T, i int) reason {
	if i == len(s) || s[i] == '.' || s[i] == '/' || s[i] == '%' {
		return whyOctetEmpty
	}
	return whyChar
}

// scan6 reads an IPv6 address with its zone. The groups are shifted into one
// number; where the :: stood, the number is torn apart at the end.
func scan6[T text](s T) (a Addr, n int, why reason) {
	ip, i, why := scanGroups(s)
	if why != parsed {
		return Addr{}, i, why
	}
	if i == len(s) || s[i] == '/' {
		return Addr{num: ip, fam: fam6}, i, parsed
	}
	zone := i + 1 // scanGroups stops at nothing but '%', '/' and the end
	for i = zone; i < len(s) && s[i] != '/'; i++ {
		if i-zone == MaxZoneLen {
			return Addr{}, i, whyZoneLong
		}
	}
	z := string(s[zone:i])
	if at, why := checkZone(z); why != parsed {
		return Addr{}, zone + at, why
	}
	return Addr{num: ip, fam: unique.Make(family{V6, z})}, i, parsed
}

// scanGroups reads the groups of an IPv6 address, up to a '%', a '/' or the end.
func scanGroups[T text](s T) (ip uint128, n int, why reason) {
	i, groups, ellipsis := 0, 0, -1
	if len(s) >= 2 && s[0] == ':' && s[1] == ':' {
		i, ellipsis = 2, 0
		if i == len(s) || s[i] == '%' || s[i] == '/' {
			return uint128{}, i, parsed
		}
	}
	for {
		start, group := i, uint64(0)
		for ; i < len(s); i++ {
			d := hexDigit[s[i]]
			if d > 15 {
				break
			}
			if i-start == 4 {
				return uint128{}, i, whyGroupLong
			}
			group = group<<4 | uint64(d)
		}
		if i < len(s) && s[i] == '.' {
			v4, at, why := scan4(s, start)
			if why != parsed {
				return uint128{}, at, why
			}
			ip = uint128{ip.hi<<32 | ip.lo>>32, ip.lo<<32 | v4}
			groups += 2
			i = at
			break
		}
		if i == start {
			return uint128{}, i, whyGroupEmpty
		}
		ip = uint128{ip.hi<<16 | ip.lo>>48, ip.lo<<16 | group}
		groups++
		if i == len(s) || s[i] == '%' || s[i] == '/' {
			break
		}
		if s[i] != ':' {
			return uint128{}, i, whyChar
		}
		if groups == 8 {
			return uint128{}, i, whyGroups
		}
		i++
		if i < len(s) && s[i] == ':' {
			if ellipsis >= 0 {
				return uint128{}, i, whyEllipsis
			}
			ellipsis = groups
			i++
			if i == len(s) || s[i] == '%' || s[i] == '/' {
				break
			}
		}
	}
	if ellipsis < 0 {
		if groups != 8 {
			return uint128{}, i, whyGroups
		}
		return ip, i, parsed
	}
	if groups > 7 {
		return uint128{}, i, whyGroups
	}
	tail := hostMask(16 * uint(groups-ellipsis))
	return ip.and(tail.not()).shl(16 * uint(8-groups)).or(ip.and(tail)), i, parsed
}

// hexDigit gives the value of a hexadecimal digit, and 255 for any other byte.
var hexDigit = func() (t [256]uint8) {
	for i := range t {
		switch c := uint8(i); {
		case '0' <= c && c <= '9':
			t[i] = c - '0'
		case 'a' <= c && c <= 'f':
			t[i] = c - 'a' + 10
		case 'A' <= c && c <= 'F':
			t[i] = c - 'A' + 10
		default:
			t[i] = 255
		}
	}
	return t
}()
