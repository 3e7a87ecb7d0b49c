package parse

import (
	"encoding/binary"
	"strings"
	"unsafe"
)

// Quote percent-encodes s for use in a path: Python's quote. Letters, digits,
// "_.-~" and the slash stay, every other byte becomes %XX. It takes s as the
// bytes it is: text comes out in UTF-8, and what is not UTF-8 as well as
// [Unquoter] with ErrorsSurrogateEscape needs it to get it back. [Quoter] does
// other encodings, and refuses what is not UTF-8.
//
// A text without anything to encode is returned as it is, without allocation.
func Quote(s string) string { return quote(s, &quoteSlash) }

// QuotePlus percent-encodes s for use in a query or a form: Python's
// quote_plus. Letters, digits and "_.-~" stay, a space becomes a plus sign,
// every other byte %XX.
func QuotePlus(s string) string { return quote(s, &quotePlus) }

// QuoteSafe is Quote where the slash does not stay, but the characters of safe
// do: Python's quote with the argument safe. With an empty safe the result can
// stand in any place of a URL.
//
// What a URL cannot hold never stays, whatever safe says: control characters
// (where Python lets them through) and bytes that are not ASCII. A percent
// sign in safe is for text that is quoted already.
func QuoteSafe(s, safe string) string {
	switch safe {
	case "":
		return quote(s, &quoteNone)
	case "/":
		return quote(s, &quoteSlash)
	}
	t := quoteTable(safe, false)
	return quote(s, &t)
}

// QuoteBytes is Quote for bytes: Python's quote_from_bytes.
func QuoteBytes(b []byte) string { return quoteBytes(b, &quoteSlash) }

// A Quoter percent-encodes with all that Python's quote and quote_plus have as
// arguments. The zero Quoter is Python's quote(s, safe=""): it lets nothing
// stay but letters, digits and "_.-~".
type Quoter struct {
	// Safe is the characters that stay as well; see [QuoteSafe].
	Safe string
	// Plus makes a plus sign of a space: Python's quote_plus.
	Plus bool
	// Encoding is that of the result's bytes. Nil means UTF8.
	Encoding Encoding
	// Errors says what to do with characters that Encoding does not have, and
	// with what is not UTF-8. Zero means ErrorsStrict.
	Errors ErrorMode
}

// Quote percent-encodes a text. The error is an [*EncodingError] of kind
// ErrEncode.
func (q Quoter) Quote(s string) (string, error) {
	t := quoteTable(q.Safe, q.Plus)
	if isUTF8(q.Encoding) && isASCII(s) {
		return quote(s, &t), nil
	}
	b, err := encode(nil, s, q.Encoding, q.Errors)
	if err != nil {
		return "", err
	}
	return quoteBytes(b, &t), nil
}

// QuoteBytes percent-encodes bytes, to which Encoding and Errors do not apply:
// Python's quote_from_bytes.
func (q Quoter) QuoteBytes(b []byte) string {
	t := quoteTable(q.Safe, q.Plus)
	return quoteBytes(b, &t)
}

// A table says what becomes of each byte.
type table [256]uint8

// What becomes of a byte. The number is that of the bytes it takes more, but
// for asPlus.
const (
	asIs      = 0
	asPlus    = 1 // a space
	asEscaped = 2
)

// The tables of the package's functions.
var (
	quoteNone  = quoteTable("", false)
	quoteSlash = quoteTable("/", false)
	quotePlus  = quoteTable("", true)
)

func quoteTable(safe string, plus bool) (t table) {
	t = unreservedTable
	for i := 0; i < len(safe); i++ {
		if c := safe[i]; c >= ' ' && c < 0x7F {
			t[c] = asIs
		}
	}
	if plus {
		t[' '] = asPlus
	}
	return t
}

// unreservedTable lets nothing stay but letters, digits and "_.-~".
var unreservedTable = func() (t table) {
	for c := range t {
		if class[c]&unreserved == 0 {
			t[c] = asEscaped
		}
	}
	return t
}()

const upperHex = "0123456789ABCDEF"

// quote returns s quoted, and s itself if nothing changes.
func quote(s string, t *table) string {
	sum := t.sum(s)
	if sum == 0 {
		return s
	}
	if t[' '] == asPlus {
		sum -= strings.Count(s, " ")
	}
	b := make([]byte, len(s)+sum+1)
	return owned(b[:putQuoted(b, s, t)])
}

// quotedLen returns the length of s quoted.
func quotedLen(s string, t *table) int {
	sum := t.sum(s)
	if t[' '] == asPlus && sum > 0 {
		sum -= strings.Count(s, " ")
	}
	return len(s) + sum
}

// quoteBytes is quote for bytes.
func quoteBytes(p []byte, t *table) string { return string(appendQuoted(nil, p, t)) }

// appendQuoted appends p quoted to b.
func appendQuoted(b, p []byte, t *table) []byte {
	for _, c := range p {
		switch t[c] {
		case asIs:
			b = append(b, c)
		case asPlus:
			b = append(b, '+')
		default:
			b = append(b, '%', upperHex[c>>4], upperHex[c&15])
		}
	}
	return b
}

// sum adds up what becomes of the bytes of s.
func (t *table) sum(s string) int {
	n, m := 0, 0
	for len(s) >= 8 { // two sums do not wait for each other
		n += int(t[s[0]]) + int(t[s[1]]) + int(t[s[2]]) + int(t[s[3]])
		m += int(t[s[4]]) + int(t[s[5]]) + int(t[s[6]]) + int(t[s[7]])
		s = s[8:]
	}
	for i := 0; i < len(s); i++ {
		n += int(t[s[i]])
	}
	return n + m
}

// putQuoted writes s quoted to b, which has room for it and for one byte more,
// and returns its length.
func putQuoted(b []byte, s string, t *table) int {
	w := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch t[c] {
		case asIs:
			b[w] = c
			w++
		case asEscaped:
			binary.LittleEndian.PutUint32(b[w:], escapes[c])
			w += 3
		default:
			b[w] = '+'
			w++
		}
	}
	return w
}

// escapes has the escape of each byte, the percent sign lowest.
var escapes = func() (t [256]uint32) {
	for c := range t {
		t[c] = '%' | uint32(upperHex[c>>4])<<8 | uint32(upperHex[c&15])<<16
	}
	return t
}()

// owned returns b as a string without copying it, as strings.Builder does.
// Nobody may change b afterwards.
func owned(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
