package ipaddress

import (
	"fmt"
	"math/bits"
)

// ParseMask returns the prefix length that the mask s means to a network of the
// version: a prefix length in ASCII digits and, for IPv4 only, a net mask
// ("255.255.255.0") or host mask ("0.0.0.255") without gaps. "0.0.0.0" is a net
// mask. Leading zeros of a prefix length are accepted, as in Python; a sign or
// white space is not. The error is a [*ParseError] and matches [ErrNetmask]; the
// zero Version has no masks.
func (v Version) ParseMask(s string) (prefix int, err error) {
	prefix, at, why := scanMask(s, 0, v)
	if why != parsed {
		return 0, newParseError("ParseMask", v, s, at, whyMask)
	}
	return prefix, nil
}

// CheckBits returns n if it is a prefix length of the version, and else an error
// that matches [ErrNetmask].
func (v Version) CheckBits(n int) (int, error) {
	if n < 0 || n > v.MaxBits() || v.MaxBits() == 0 {
		return 0, fmt.Errorf("%w: /%d is no %v prefix length", ErrNetmask, n, v)
	}
	return n, nil
}

// scanMask reads s[i:] up to its end.
func scanMask[T text](s T, i int, v Version) (prefix, at int, why reason) {
	start, maxBits := i, v.MaxBits()
	for ; i < len(s); i++ {
		d := s[i] - '0'
		switch {
		case d <= 9:
			prefix = min(prefix*10+int(d), 1000)
		case s[i] == '.' && v == V4:
			return scanDottedMask(s, start)
		default:
			return 0, i, whySlashIn(s, i)
		}
	}
	if i == start || prefix > maxBits || maxBits == 0 {
		return 0, start, whyMask
	}
	return prefix, i, parsed
}

// scanDottedMask reads an IPv4 net mask or host mask.
func scanDottedMask[T text](s T, start int) (prefix, at int, why reason) {
	ip, i, why := scan4(s, start)
	if why != parsed || i != len(s) {
		return 0, i, whySlashIn(s, i)
	}
	mask := uint32(ip)
	if ones := bits.LeadingZeros32(^mask); mask<<ones == 0 {
		return ones, i, parsed
	}
	if zeros := bits.LeadingZeros32(mask); ^mask<<zeros == 0 {
		return zeros, i, parsed
	}
	return 0, start, whyMask
}

// whySlashIn tells a text with a second '/', which Python counts as a wrong
// address, from one whose mask is wrong.
func whySlashIn[T text](s T, i int) reason {
	for ; i < len(s); i++ {
		if s[i] == '/' {
			return whySlash
		}
	}
	return whyMask
}
