package parse

// An Encoding turns characters into bytes and bytes into characters, one by
// one. The package has those below; others, say for a site whose queries are
// in Shift JIS, are made by implementing the interface. A nil Encoding means
// UTF8 wherever this package takes one.
//
// Implementations must be safe for concurrent use.
type Encoding interface {
	// String returns the name, such as "latin-1".
	String() string
	// AppendRune appends the bytes of a character. If the encoding has none for
	// it, it returns b as it is, and false. The character may be a surrogate.
	AppendRune(b []byte, c rune) ([]byte, bool)
	// DecodeRune decodes the first character of p, which is not empty. If there
	// is none, ok is false and size the number of bytes that are wrong
	// together. In both cases size is from 1 to len(p).
	DecodeRune(p []byte) (c rune, size int, ok bool)
}

// The encodings of this package.
var (
	// UTF8 is the one for everything new: RFC 3629. Surrogates have no bytes.
	UTF8 Encoding = utf8Encoding{}
	// ASCII has the characters up to U+007F.
	ASCII Encoding = latin{"ascii", 0x80}
	// Latin1 is ISO/IEC 8859-1: each byte is the character of that number.
	Latin1 Encoding = latin{"latin-1", 0x100}
	// ISO8859_15 is Latin-9: Latin1 with the euro sign and seven letters of
	// French, Finnish and Estonian.
	ISO8859_15 Encoding = newCharmap("iso8859-15", latin9)
	// Windows1252 is Microsoft's superset of Latin1's letters. Five bytes are
	// without meaning, as in Python.
	Windows1252 Encoding = newCharmap("cp1252", windows1252)
	// UTF16LE is UTF-16 with the low byte first, without a byte order mark.
	UTF16LE Encoding = utf16Encoding{"utf-16-le", 0}
	// UTF16BE is UTF-16 with the high byte first, without a byte order mark.
	UTF16BE Encoding = utf16Encoding{"utf-16-be", 1}
)

// LookupEncoding returns the encoding of this package that has the name, in
// any of the spellings that Python knows: "latin1", "ISO-8859-1", "l1". The
// error for others is ErrUnknownEncoding; Python's is LookupError.
func LookupEncoding(name string) (Encoding, error) {
	var buf [32]byte
	key := buf[:0]
	for i := 0; i < len(name) && len(key) < len(buf); i++ {
		switch c := name[i]; {
		case c == '_' || c == ' ' || c == '-':
			if len(key) > 0 && key[len(key)-1] != '-' {
				key = append(key, '-')
			}
		case 'A' <= c && c <= 'Z':
			key = append(key, c+'a'-'A')
		default:
			key = append(key, c)
		}
	}
	switch string(key) {
	case "utf-8", "utf8", "utf", "u8", "utf8-ucs2", "utf8-ucs4", "cp65001":
		return UTF8, nil
	case "ascii", "us-ascii", "646", "us", "cp367", "ibm367", "iso646-us", "iso-646.irv-1991",
		"ansi-x3.4-1968", "ansi-x3.4-1986", "ansi-x3-4-1968":
		return ASCII, nil
	case "latin-1", "latin1", "latin", "l1", "iso-8859-1", "iso8859-1", "iso8859", "8859", "cp819", "ibm819":
		return Latin1, nil
	case "iso-8859-15", "iso8859-15", "latin9", "latin-9", "l9":
		return ISO8859_15, nil
	case "cp1252", "windows-1252", "1252":
		return Windows1252, nil
	case "utf-16-le", "utf-16le", "utf16-le", "utf-16-little-endian", "unicodelittleunmarked":
		return UTF16LE, nil
	case "utf-16-be", "utf-16be", "utf16-be", "unicodebigunmarked":
		return UTF16BE, nil
	}
	return nil, ErrUnknownEncoding
}
