package tlsutil

import (
	"errors"
	"math/big"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// A der is one element of BER or DER with a definite length.
type der struct {
	class, tag  int
	constructed bool
	body        []byte
	full        []byte // with its header
}

// The tags of X.680 that certificates use.
const (
	tagInteger     = 2
	tagBitString   = 3
	tagOctetString = 4
	tagOID         = 6
	tagUTF8        = 12
	tagSequence    = 16
	tagSet         = 17
	tagNumeric     = 18
	tagPrintable   = 19
	tagT61         = 20
	tagIA5         = 22
	tagUTCTime     = 23
	tagGenTime     = 24
	tagVisible     = 26
	tagUniversal   = 28
	tagBMP         = 30
)

var errDER = errors.New("malformed ASN.1")

// readDER takes the first element off b.
func readDER(b []byte) (e der, rest []byte, err error) {
	full := b
	if len(b) < 2 {
		return e, nil, errDER
	}
	e.class, e.constructed, e.tag = int(b[0]>>6), b[0]&0x20 != 0, int(b[0]&0x1f)
	b = b[1:]
	if e.tag == 0x1f {
		e.tag = 0
		for {
			if len(b) == 0 || e.tag > 1<<20 {
				return e, nil, errDER
			}
			c := b[0]
			b = b[1:]
			e.tag = e.tag<<7 | int(c&0x7f)
			if c < 0x80 {
				break
			}
		}
	}
	if len(b) == 0 {
		return e, nil, errDER
	}
	n := int64(b[0])
	b = b[1:]
	if n >= 0x80 {
		k := int(n & 0x7f)
		if k == 0 || k > len(b) {
			return e, nil, errDER
		}
		n = 0
		for _, c := range b[:k] {
			if n > int64(len(full)) {
				return e, nil, errDER
			}
			n = n<<8 | int64(c)
		}
		b = b[k:]
	}
	if n > int64(len(b)) {
		return e, nil, errDER
	}
	e.body, rest = b[:n], b[n:]
	e.full = full[:len(full)-len(rest)]
	return e, rest, nil
}

// is reports whether e has the universal tag.
func (e der) is(tag int) bool { return e.class == 0 && e.tag == tag }

// context reports whether e has the context-specific tag.
func (e der) context(tag int) bool { return e.class == 2 && e.tag == tag }

// maxItems is how many elements another may have: of two bytes of input each takes forty
// times as much memory. A certificate has no more names than that.
const maxItems = 1 << 18

// items splits the body of a constructed element.
func (e der) items() ([]der, error) {
	if !e.constructed {
		return nil, errDER
	}
	var out []der
	for b := e.body; len(b) > 0; {
		var i der
		var err error
		if i, b, err = readDER(b); err != nil {
			return nil, err
		}
		if len(out) == maxItems {
			return nil, errDER
		}
		out = append(out, i)
	}
	return out, nil
}

// sequence splits an element that must be a SEQUENCE.
func (e der) sequence() ([]der, error) {
	if !e.is(tagSequence) {
		return nil, errDER
	}
	return e.items()
}

// oneDER reads b as one SEQUENCE and splits it; what follows is an error.
func oneDER(b []byte) ([]der, error) {
	e, rest, err := readDER(b)
	if err != nil || len(rest) > 0 {
		return nil, errDER
	}
	return e.sequence()
}

// integer reads an INTEGER; padding that is too long is refused.
func (e der) integer() (*big.Int, error) {
	b := e.body
	if !e.is(tagInteger) || e.constructed || len(b) == 0 ||
		len(b) > 1 && (b[0] == 0 && b[1] < 0x80 || b[0] == 0xff && b[1] >= 0x80) {
		return nil, errDER
	}
	n := new(big.Int).SetBytes(b)
	if b[0] >= 0x80 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
	}
	return n, nil
}

// oid reads the body of an OBJECT IDENTIFIER into dotted form.
func oid(b []byte) (string, error) {
	if len(b) == 0 || b[len(b)-1] >= 0x80 || len(b) > 600 {
		return "", errDER
	}
	var s strings.Builder
	n, first, start := new(big.Int), true, true
	for _, c := range b {
		if start && c == 0x80 {
			return "", errDER
		}
		start = false
		n.Lsh(n, 7).Or(n, big.NewInt(int64(c&0x7f)))
		if c >= 0x80 {
			continue
		}
		if first {
			top := int64(2)
			if n.IsInt64() && n.Int64() < 80 {
				top = n.Int64() / 40
			}
			s.WriteString(strconv.FormatInt(top, 10))
			n.Sub(n, big.NewInt(40*top))
			first = false
		}
		s.WriteString("." + n.String())
		n.SetInt64(0)
		start = true
	}
	return s.String(), nil
}

// text reads a string of one of the types of a directory name.
func (e der) text() (string, error) {
	if e.class != 0 || e.constructed {
		return "", errDER
	}
	switch e.tag {
	case tagUTF8:
		if !utf8.Valid(e.body) {
			return "", errDER
		}
		return string(e.body), nil
	case tagNumeric, tagPrintable, tagT61, tagIA5, tagVisible:
		r := make([]rune, len(e.body))
		for i, c := range e.body {
			r[i] = rune(c)
		}
		return string(r), nil
	case tagBMP:
		if len(e.body)%2 != 0 {
			return "", errDER
		}
		r := make([]rune, 0, len(e.body)/2)
		for i := 0; i < len(e.body); i += 2 {
			r = append(r, rune(e.body[i])<<8|rune(e.body[i+1]))
		}
		return validRunes(r)
	case tagUniversal:
		if len(e.body)%4 != 0 {
			return "", errDER
		}
		r := make([]rune, 0, len(e.body)/4)
		for b := e.body; len(b) > 0; b = b[4:] {
			if b[0] != 0 {
				return "", errDER
			}
			r = append(r, rune(b[1])<<16|rune(b[2])<<8|rune(b[3]))
		}
		return validRunes(r)
	}
	return "", errDER
}

func validRunes(r []rune) (string, error) {
	for _, c := range r {
		if utf16.IsSurrogate(c) || c > utf8.MaxRune {
			return "", errDER
		}
	}
	return string(r), nil
}
