package parse

import (
	"errors"
	"fmt"
	"strings"
)

// What can be wrong with a text. Python raises ValueError for each of these;
// here [errors.Is] tells them apart. They arrive wrapped in an [*Error].
var (
	// ErrBrackets stands for square brackets in the authority that do not hold
	// an IPv6 address or an IPvFuture, or that something else stands around
	// (RFC 3986 section 3.2.2).
	ErrBrackets = errors.New("square brackets without an IP literal in them")
	// ErrNFKC stands for a character in the authority that becomes one of
	// / ? # @ : when the host is normalised for IDNA (CVE-2019-9636).
	ErrNFKC = errors.New("character in the authority turns into a delimiter under NFKC")
	// ErrPort stands for a port that is no decimal number from 0 to 65535.
	ErrPort = errors.New("port is not a number from 0 to 65535")
	// ErrTooLong stands for a URL of more bytes than [Parser.MaxLen].
	ErrTooLong = errors.New("longer than the limit")
	// ErrNotRecorded stands for a question about empty components put to a
	// result that was made without [Parser.KeepEmpty].
	ErrNotRecorded = errors.New("empty components were not recorded")
	// ErrTooManyFields stands for a query string of more fields than
	// [QueryParser.MaxFields].
	ErrTooManyFields = errors.New("more fields than the limit")
	// ErrSeparator stands for an empty separator of query fields.
	ErrSeparator = errors.New("empty field separator")
	// ErrField stands for a query field without "=" under [QueryParser.Strict].
	ErrField = errors.New("query field without =")
	// ErrOrigin stands for a reference that leads to another scheme, host or
	// port than its base, or of which parsers disagree where it leads.
	ErrOrigin = errors.New("leads to another origin")
	// ErrSyntax stands for text that the grammar of RFC 3986 does not allow;
	// only the strict functions report it.
	ErrSyntax = errors.New("not allowed by RFC 3986")
	// ErrValue stands for a value that [QueryEncoder.EncodeItems] cannot write.
	ErrValue = errors.New("no text form for a query")
	// ErrUnknownEncoding stands for a name that [LookupEncoding] or
	// [LookupErrorMode] does not know, Python's LookupError.
	ErrUnknownEncoding = errors.New("parse: unknown encoding or error mode")
	// ErrEncode stands for text that an encoding has no bytes for, Python's
	// UnicodeEncodeError. It arrives wrapped in an [*EncodingError].
	ErrEncode = errors.New("parse: cannot encode")
	// ErrDecode stands for bytes that mean nothing in an encoding, Python's
	// UnicodeDecodeError. It arrives wrapped in an [*EncodingError].
	ErrDecode = errors.New("parse: cannot decode")
)

// An Error tells which text was refused, by what, and why.
type Error struct {
	// Func is the function or method that refused, such as "Split".
	Func string
	// In is the text, with "xxxxx" in place of the user information, the query
	// and the fragment of a URL: they carry secrets. Of a query string it is
	// empty.
	In string
	// Pos is where in the original text the trouble is, in bytes, or -1.
	Pos int
	// Kind is one of the Err variables of this package.
	Kind error
}

// Error returns the reason with the text, quoted and cut after 100 bytes.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString("parse: ")
	b.WriteString(e.Func)
	if e.In != "" {
		in, cut := e.In, ""
		if len(in) > 100 {
			in, cut = in[:100], "..."
		}
		fmt.Fprintf(&b, " %+q%s", in, cut)
	}
	if e.Pos >= 0 {
		fmt.Fprintf(&b, " at byte %d", e.Pos)
	}
	b.WriteString(": ")
	b.WriteString(e.Kind.Error())
	return b.String()
}

// Unwrap returns Kind.
func (e *Error) Unwrap() error { return e.Kind }

// refuse makes the error for a URL, which may hold credentials.
func refuse(fn, url string, kind error) *Error {
	return &Error{Func: fn, In: redact(url), Pos: -1, Kind: kind}
}

// An EncodingError tells what an encoding has no bytes, or no text, for.
type EncodingError struct {
	// Encoding is the name of the encoding.
	Encoding string
	// Pos is where the trouble is, in bytes from the start of what was to be
	// encoded or decoded: for [Unquoter.Unquote] a run of ASCII with its
	// escapes already undone.
	Pos int
	// Rune is the character without bytes, when Kind is ErrEncode; a byte b
	// that is not UTF-8 counts as the character U+DC00+b.
	Rune rune
	// Bytes are those without meaning, when Kind is ErrDecode.
	Bytes []byte
	// Kind is ErrEncode or ErrDecode.
	Kind error
}

// Error names the encoding, the character or the bytes, and the place.
func (e *EncodingError) Error() string {
	if e.Kind == ErrDecode {
		return fmt.Sprintf("%v bytes % x at byte %d as %s", e.Kind, e.Bytes, e.Pos, e.Encoding)
	}
	return fmt.Sprintf("%v U+%04X at byte %d as %s", e.Kind, e.Rune, e.Pos, e.Encoding)
}

// Unwrap returns Kind.
func (e *EncodingError) Unwrap() error { return e.Kind }
