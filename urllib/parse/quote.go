package parse

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
func QuoteBytes(b []byte) string { return string(appendQuoted(nil, b, &quoteSlash)) }

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
	return string(appendQuoted(nil, b, &t)), nil
}

// QuoteBytes percent-encodes bytes, to which Encoding and Errors do not apply:
// Python's quote_from_bytes.
func (q Quoter) QuoteBytes(b []byte) string {
	t := quoteTable(q.Safe, q.Plus)
	return string(appendQuoted(nil, b, &t))
}

// A table has what becomes of each byte: itself, a plus sign, or 0 for %XX.
type table [256]byte

// The tables of the package's functions.
var (
	quoteNone  = quoteTable("", false)
	quoteSlash = quoteTable("/", false)
	quotePlus  = quoteTable("", true)
)

func quoteTable(safe string, plus bool) (t table) {
	for c, k := range class {
		if k&unreserved != 0 {
			t[c] = byte(c)
		}
	}
	for i := 0; i < len(safe); i++ {
		if c := safe[i]; c >= ' ' && c < 0x7F {
			t[c] = c
		}
	}
	if plus {
		t[' '] = '+'
	}
	return t
}

const upperHex = "0123456789ABCDEF"

// quote returns s quoted, and s itself if nothing changes.
func quote(s string, t *table) string {
	i := 0
	for i < len(s) && t[s[i]] == s[i] && s[i] != 0 {
		i++
	}
	if i == len(s) {
		return s
	}
	var stack [256]byte
	buf := stack[:]
	if 3*len(s) > len(buf) {
		buf = make([]byte, quotedLen(s, t))
	}
	return string(appendQuoted(append(buf[:0], s[:i]...), s[i:], t))
}

// quotedLen returns the length of s quoted.
func quotedLen[T string | []byte](s T, t *table) int {
	n := len(s)
	for i := 0; i < len(s); i++ {
		if t[s[i]] == 0 {
			n += 2
		}
	}
	return n
}

// appendQuoted appends s quoted to b.
func appendQuoted[T string | []byte](b []byte, s T, t *table) []byte {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if x := t[c]; x != 0 {
			b = append(b, x)
		} else {
			b = append(b, '%', upperHex[c>>4], upperHex[c&15])
		}
	}
	return b
}
