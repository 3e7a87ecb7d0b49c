package parse

import "unicode/utf8"

// utf8Encoding is UTF8.
type utf8Encoding struct{}

func (utf8Encoding) String() string { return "utf-8" }

func (utf8Encoding) AppendRune(b []byte, c rune) ([]byte, bool) {
	if !utf8.ValidRune(c) {
		return b, false
	}
	return utf8.AppendRune(b, c), true
}

func (utf8Encoding) DecodeRune(p []byte) (c rune, size int, ok bool) {
	if c, size = utf8.DecodeRune(p); c != utf8.RuneError || size > 1 {
		return c, size, true
	}
	return 0, badUTF8(p), false
}

// badUTF8 returns how many bytes at the start of p, which are not UTF-8, are
// replaced together: as many as could begin a character (The Unicode Standard,
// section 3.9, "maximal subpart").
func badUTF8(p []byte) int {
	lo, hi, n := byte(0x80), byte(0xBF), 0
	switch c := p[0]; {
	case 0xC2 <= c && c <= 0xDF:
		n = 1
	case 0xE0 <= c && c <= 0xEF:
		n = 2
	case 0xF0 <= c && c <= 0xF4:
		n = 3
	}
	switch p[0] { // what may follow these is less
	case 0xE0:
		lo = 0xA0
	case 0xED:
		hi = 0x9F
	case 0xF0:
		lo = 0x90
	case 0xF4:
		hi = 0x8F
	}
	for i := 1; i <= n; i++ {
		if i == len(p) || p[i] < lo || p[i] > hi {
			return i
		}
		lo, hi = 0x80, 0xBF
	}
	return 1
}

// latin is the encodings whose bytes are the numbers of their characters.
type latin struct {
	name string
	size rune
}

func (e latin) String() string { return e.name }

func (e latin) AppendRune(b []byte, c rune) ([]byte, bool) {
	if c >= e.size {
		return b, false
	}
	return append(b, byte(c)), true
}

func (e latin) DecodeRune(p []byte) (c rune, size int, ok bool) {
	c = rune(p[0])
	return c, 1, c < e.size
}

// charmap is an encoding of one byte a character, the lower half ASCII.
type charmap struct {
	name   string
	decode [128]rune // of the upper half; 0 where a byte has no meaning
	encode map[rune]byte
}

// What differs from Latin1 in two of its relatives.
const (
	latin9 = "\xA4€\xA6Š\xA8š\xB4Ž\xB8ž\xBCŒ\xBDœ\xBEŸ"

	windows1252 = "\x80€\x81\x00\x82‚\x83ƒ\x84„\x85…\x86†\x87‡\x88ˆ\x89‰\x8AŠ\x8B‹\x8CŒ\x8D\x00\x8EŽ\x8F\x00" +
		"\x90\x00\x91‘\x92’\x93“\x94”\x95•\x96–\x97—\x98˜\x99™\x9Aš\x9B›\x9Cœ\x9D\x00\x9Ež\x9FŸ"
)

// newCharmap makes a relative of Latin1: different holds bytes, each followed
// by its character.
func newCharmap(name, different string) *charmap {
	e := &charmap{name: name, encode: make(map[rune]byte, 128)}
	for i := range e.decode {
		e.decode[i] = rune(0x80 + i)
	}
	for different != "" {
		c, n := utf8.DecodeRuneInString(different[1:])
		e.decode[different[0]-0x80] = c
		different = different[1+n:]
	}
	for i, c := range e.decode {
		if c != 0 {
			e.encode[c] = byte(0x80 + i)
		}
	}
	return e
}

func (e *charmap) String() string { return e.name }

func (e *charmap) AppendRune(b []byte, c rune) ([]byte, bool) {
	if c < utf8.RuneSelf {
		return append(b, byte(c)), true
	}
	x, ok := e.encode[c]
	if !ok {
		return b, false
	}
	return append(b, x), true
}

func (e *charmap) DecodeRune(p []byte) (c rune, size int, ok bool) {
	if p[0] < utf8.RuneSelf {
		return rune(p[0]), 1, true
	}
	c = e.decode[p[0]-0x80]
	return c, 1, c != 0
}

// utf16Encoding is UTF-16 in one of its byte orders.
type utf16Encoding struct {
	name string
	low  int // which of two bytes is the low one
}

func (e utf16Encoding) String() string { return e.name }

func (e utf16Encoding) AppendRune(b []byte, c rune) ([]byte, bool) {
	if !utf8.ValidRune(c) {
		return b, false
	}
	if c >= 0x10000 {
		b = e.appendUnit(b, 0xD800+(c-0x10000)>>10)
		c = 0xDC00 + (c-0x10000)&0x3FF
	}
	return e.appendUnit(b, c), true
}

func (e utf16Encoding) appendUnit(b []byte, u rune) []byte {
	if e.low == 0 {
		return append(b, byte(u), byte(u>>8))
	}
	return append(b, byte(u>>8), byte(u))
}

func (e utf16Encoding) unit(p []byte) rune { return rune(p[e.low]) | rune(p[1-e.low])<<8 }

func (e utf16Encoding) DecodeRune(p []byte) (c rune, size int, ok bool) {
	if len(p) < 2 {
		return 0, 1, false
	}
	c = e.unit(p)
	if c < 0xD800 || c > 0xDFFF {
		return c, 2, true
	}
	if c < 0xDC00 {
		if len(p) < 4 {
			return 0, len(p), false // the other half is missing
		}
		if d := e.unit(p[2:]); 0xDC00 <= d && d <= 0xDFFF {
			return (c-0xD800)<<10 + (d - 0xDC00) + 0x10000, 4, true
		}
	}
	return 0, 2, false
}
