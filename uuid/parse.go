package uuid

import (
	"encoding/binary"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Parse reads a UUID from text as liberally as Python does (`UUID(hex)`): it
// takes "urn:" and "uuid:" out wherever they stand, then braces off both ends,
// then all hyphens, and wants 32 characters that Python's int(text, 16) reads.
// So beside the form of [UUID.String], in either case, it accepts 32 digits
// without hyphens, URNs and {…}, but also hyphens in odd places, space around the
// digits, "0x" in front, "_" between digits and decimal digits of any script.
//
// One UUID thus has many spellings: compare values, never the text they were
// read from, and print them with [UUID.String]. [ParseStrict] knows one spelling.
// The time is linear in the length of s. The error is a [*ParseError].
func Parse(s string) (u UUID, err error) {
	if !canonical(&u, s) {
		u, err = parse("Parse", s)
	}
	return u, err
}

// ParseBytes is [Parse] for bytes. It does not keep b. The error is a
// [*ParseError].
func ParseBytes(b []byte) (UUID, error) { return parse("ParseBytes", b) }

// ParseStrict reads the 36 characters of RFC 9562 section 4,
// xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx, in either case, and nothing else. Version
// and variant may be any. The error is a [*ParseError].
func ParseStrict(s string) (u UUID, err error) {
	if !canonical(&u, s) {
		return Nil, strictError(s)
	}
	return u, nil
}

// MustParse is [Parse] for constants: it panics if s is no UUID.
func MustParse(s string) UUID {
	u, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return u
}

// parse reads the common spellings at once, and the others as Python does.
func parse[T string | []byte](name string, s T) (u UUID, err error) {
	if canonical(&u, s) || plain(&u, s) || lenient(&u, string(s)) {
		return u, nil
	}
	return Nil, &ParseError{Func: name, In: string(s), Pos: -1, Reason: "not 32 hexadecimal digits"}
}

// canonical reads 32 digits with hyphens between, as String writes them.
func canonical[T string | []byte](u *UUID, s T) bool {
	if len(s) != textLen || s[8] != '-' || s[13] != '-' || s[18] != '-' || s[23] != '-' {
		return false
	}
	return decode(u,
		word(s[0:4])|word(s[4:8])<<32,
		word(s[9:13])|word(s[14:18])<<32,
		word(s[19:23])|word(s[24:28])<<32,
		word(s[28:32])|word(s[32:36])<<32,
	)
}

// plain reads 32 digits.
func plain[T string | []byte](u *UUID, s T) bool {
	if len(s) != 32 {
		return false
	}
	return decode(u,
		word(s[0:4])|word(s[4:8])<<32,
		word(s[8:12])|word(s[12:16])<<32,
		word(s[16:20])|word(s[20:24])<<32,
		word(s[24:28])|word(s[28:32])<<32,
	)
}

// word returns four characters, the first in the low byte.
func word[T string | []byte](s T) uint64 {
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24
}

// decode sets u to 32 digits, eight in a word, the first in its low byte.
func decode(u *UUID, a, b, c, d uint64) bool {
	a, okA := fromHex(a)
	b, okB := fromHex(b)
	c, okC := fromHex(c)
	d, okD := fromHex(d)
	le := binary.LittleEndian
	le.PutUint64(u[0:], a|b<<32)
	le.PutUint64(u[8:], c|d<<32)
	return okA&okB&okC&okD == 0x80*ones
}

// ones times a byte is a word in which each byte is that byte.
const ones = 0x0101010101010101

// fromHex returns the four bytes that eight digits stand for, the first in the
// low byte, and 0x80 in each byte of ok whose character is a digit. It treats all
// eight at once: to add 0x80-x sets the top bit of the bytes, below 0x80, that are
// at least x.
func fromHex(v uint64) (x, ok uint64) {
	lower := v | 0x20*ones
	letter := (lower + (0x80-'a')*ones) &^ (lower + (0x80-'g')*ones) & (0x80 * ones)
	digit := (v + (0x80-'0')*ones) &^ (v + (0x80-':')*ones) & (0x80 * ones)
	ok = (letter | digit) &^ v // not where v has the top bit
	x = v&(0x0f*ones) + letter>>7*9
	x = (x<<4 | x>>8) & 0x00ff00ff00ff00ff
	x = (x | x>>8) & 0x0000ffff0000ffff
	return (x | x>>16) & 0xffffffff, ok
}

// strictError finds what keeps s from being canonical.
func strictError(s string) error {
	e := &ParseError{Func: "ParseStrict", In: s}
	for e.Pos = 0; e.Pos < len(s) && e.Pos < textLen; e.Pos++ {
		switch e.Pos {
		case 8, 13, 18, 23:
			if s[e.Pos] != '-' {
				e.Reason = "a hyphen belongs here"
				return e
			}
		default:
			if _, ok := fromHex(uint64(s[e.Pos])); ok&0x80 == 0 {
				e.Reason = "no hexadecimal digit"
				return e
			}
		}
	}
	e.Reason = "not 36 characters"
	return e
}

// lenient reads s by Python's rules.
func lenient(u *UUID, s string) bool {
	h := strings.ReplaceAll(s, "urn:", "")
	h = strings.ReplaceAll(h, "uuid:", "")
	h = strings.Trim(h, "{}")
	h = strings.ReplaceAll(h, "-", "")
	if utf8.RuneCountInString(h) != 32 {
		return false
	}
	digits := make([]byte, 0, 32)
	for _, r := range h {
		digits = append(digits, toASCII(r))
	}
	return pythonInt(u, strings.Trim(string(digits), " \t\n\v\f\r"))
}

// toASCII returns the character that Python's int sees: decimal digits of all
// scripts are alike, and so is all space beyond ASCII.
func toASCII(r rune) byte {
	switch {
	case r < 127:
		return byte(r)
	case unicode.IsSpace(r):
		return ' '
	}
	if d, ok := decimal(r); ok {
		return '0' + d
	}
	return '?'
}

// decimal returns the value of a decimal digit of any script. Each range of the
// table holds the digits 0 to 9 in order, once or several times.
func decimal(r rune) (d byte, ok bool) {
	for _, t := range unicode.Nd.R16 {
		if lo := rune(t.Lo); lo <= r && r <= rune(t.Hi) {
			return byte((r - lo) % 10), true
		}
	}
	for _, t := range unicode.Nd.R32 {
		if lo := rune(t.Lo); lo <= r && r <= rune(t.Hi) {
			return byte((r - lo) % 10), true
		}
	}
	return 0, false
}

// pythonInt is Python's int(s, 16) for what has at most 32 characters and no
// space around it.
func pythonInt(u *UUID, s string) bool {
	s = strings.TrimPrefix(s, "+")
	if strings.HasPrefix(s, "0x") || strings.HasPrefix(s, "0X") {
		s = strings.TrimPrefix(s[2:], "_")
	}
	var padded [32]byte
	at := len(padded)
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] == '_' {
			if i == 0 || i == len(s)-1 || s[i-1] == '_' {
				return false
			}
			continue
		}
		at--
		padded[at] = s[i]
	}
	if at == len(padded) {
		return false
	}
	for i := range at {
		padded[i] = '0'
	}
	return plain(u, padded[:])
}
