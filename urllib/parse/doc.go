// Package parse takes URLs apart, puts them together, resolves them, quotes
// text for them and reads and writes query strings: Python's urllib.parse, with
// the behaviour of CPython 3.15.
//
//	r, err := parse.Split("https://user@Example.com:8443/a%20b?q=1#top")
//	host, path := r.Hostname(), parse.Unquote(r.Path) // "example.com", "/a b"
//	next, err := parse.Join(r.String(), "../c?page=2")
//	fields, err := parse.ParseQSL(r.Query)
//
// Splitting follows RFC 3986 with what Python keeps of older standards and takes
// from the WHATWG's: almost any text is a URL. [SplitRFC3986], [JoinRFC3986] and
// [UnsplitRFC3986] are for RFC 3986 and nothing else, [Normalize] is for
// comparing URLs, and [JoinSameOrigin] for references that nobody vouches for.
// Components are parts of the text they come from: nothing is copied that does
// not change, and Split does not allocate.
//
// # From Python
//
// urlsplit, urlparse, urljoin, urldefrag, urlunsplit and urlunparse are [Split],
// [Parse], [Join], [Defrag], [Unsplit] and [Unparse]; their rarer arguments are
// the fields of a [Parser]. quote and its kin have the names [Quote],
// [QuotePlus], [QuoteSafe], [Unquote] and [UnquotePlus]; the rarer arguments are
// in [Quoter] and [Unquoter]. parse_qsl and parse_qs are [ParseQSL] and
// [ParseQS], with [QueryParser]; urlencode is [Encode], with [QueryEncoder].
// What is None in Python and a str otherwise has a second result or a mark in
// [SplitResult.Present] here. The lists of schemes are [SchemeUses] and
// [Parser.Schemes]. ValueError is [*Error], and UnicodeEncodeError and
// UnicodeDecodeError are [*EncodingError].
//
// A Go string takes the place of both str and bytes; the types and functions
// whose names end with Bytes are for URLs that are []byte. As Go strings may
// hold any bytes, the package says at each place what happens to bytes that are
// not UTF-8: Split, Join and Quote carry them along, Unquote puts U+FFFD in
// place of those that come from escapes, and [ErrorMode] offers the rest.
//
// # What differs
//
//   - A control character is escaped by Quote even if it is declared safe.
//   - ParseQSL and ParseQS refuse more than [DefaultMaxFields] fields unless
//     told otherwise; Python has no limit.
//   - Nothing is cached, and there are no switches for the whole program.
//   - Errors carry no user information, queries or fragments.
//   - urlencode writes any object; [QueryEncoder.EncodeItems] refuses what has
//     no text form instead of writing its address or "None".
//
// Left out are encodings beyond those in [LookupEncoding] (an [Encoding] can be
// supplied), IDNA, and the functions that Python has deprecated (splithost and
// others). Functions and values are safe for concurrent use unless their
// comment says otherwise.
package parse
