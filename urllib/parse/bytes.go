package parse

import "unicode/utf8"

// A SplitResultBytes is a URL in five components of bytes: Python's
// urllib.parse.SplitResultBytes. Components that are not there are nil; the
// fields are those of [SplitResult].
//
// A string holds bytes as well as text in Go, so that these types are needed
// only where a URL is at hand as []byte, or is to be in another encoding than
// UTF-8. As in Python, the functions for bytes refuse what is not ASCII.
type SplitResultBytes struct {
	// The components are those of [SplitResult].
	Scheme   []byte
	Netloc   []byte
	Path     []byte
	Query    []byte
	Fragment []byte
	Present  Component
}

// SplitBytes is [Split] for bytes. The result does not share memory with url.
// The further error is an [*EncodingError] of kind ErrDecode for a byte that
// is not ASCII.
func SplitBytes(url []byte) (SplitResultBytes, error) { return Parser{}.SplitBytes(url) }

// SplitBytes is the function [SplitBytes] under the rules of p.
func (p Parser) SplitBytes(url []byte) (SplitResultBytes, error) {
	s, err := asciiText(url)
	if err != nil {
		return SplitResultBytes{}, err
	}
	r, err := p.Split(s)
	return SplitResultBytes{toBytes(r.Scheme), toBytes(r.Netloc), toBytes(r.Path), toBytes(r.Query),
		toBytes(r.Fragment), r.Present}, err
}

// UnsplitBytes is [Unsplit] for bytes. The error is an [*EncodingError] of kind
// ErrDecode for a byte that is not ASCII.
func UnsplitBytes(r SplitResultBytes) ([]byte, error) {
	if err := checkASCII(r.Scheme, r.Netloc, r.Path, r.Query, r.Fragment); err != nil {
		return nil, err
	}
	return r.text().MarshalText()
}

// Bytes returns the URL as [SplitResult.String] does: Python's geturl. Errors
// are those of UnsplitBytes.
func (r SplitResultBytes) Bytes() ([]byte, error) { return UnsplitBytes(r) }

// Exact is [SplitResult.Exact]. The further error is that of UnsplitBytes.
func (r SplitResultBytes) Exact() ([]byte, error) {
	if err := r.text().recorded(); err != nil {
		return nil, err
	}
	return UnsplitBytes(r)
}

// Username is [SplitResult.Username].
func (r SplitResultBytes) Username() (user []byte, ok bool) {
	s, ok := r.text().Username()
	return []byte(s), ok
}

// Password is [SplitResult.Password].
func (r SplitResultBytes) Password() (password []byte, ok bool) {
	s, ok := r.text().Password()
	return []byte(s), ok
}

// Hostname is [SplitResult.Hostname], where only ASCII letters are put into
// lower case. It is nil if there is none.
func (r SplitResultBytes) Hostname() []byte { return hostnameBytes(r.Netloc) }

// Port is [SplitResult.Port].
func (r SplitResultBytes) Port() (port int, ok bool, err error) {
	return netlocPort("Port", string(r.Netloc))
}

// Decode returns the components as text. Python's defaults are ASCII and
// ErrorsStrict. The error is an [*EncodingError] of kind ErrDecode.
func (r SplitResultBytes) Decode(e Encoding, mode ErrorMode) (SplitResult, error) {
	t := transcoder{encoding: e, mode: mode}
	s := SplitResult{t.decode(r.Scheme), t.decode(r.Netloc), t.decode(r.Path), t.decode(r.Query),
		t.decode(r.Fragment), r.Present}
	if t.err != nil {
		return SplitResult{}, t.err
	}
	return s, nil
}

// Encode returns the components as bytes. Python's defaults are ASCII and
// ErrorsStrict. The error is an [*EncodingError] of kind ErrEncode.
func (r SplitResult) Encode(e Encoding, mode ErrorMode) (SplitResultBytes, error) {
	t := transcoder{encoding: e, mode: mode}
	s := SplitResultBytes{t.encode(r.Scheme), t.encode(r.Netloc), t.encode(r.Path), t.encode(r.Query),
		t.encode(r.Fragment), r.Present}
	if t.err != nil {
		return SplitResultBytes{}, t.err
	}
	return s, nil
}

func (r *SplitResultBytes) text() SplitResult {
	return SplitResult{string(r.Scheme), string(r.Netloc), string(r.Path), string(r.Query),
		string(r.Fragment), r.Present}
}

// A ParseResultBytes is a URL in six components of bytes: Python's
// urllib.parse.ParseResultBytes. Components that are not there are nil; the
// fields are those of [ParseResult].
type ParseResultBytes struct {
	// The components are those of [ParseResult].
	Scheme   []byte
	Netloc   []byte
	Path     []byte
	Params   []byte
	Query    []byte
	Fragment []byte
	Present  Component
}

// ParseBytes is [Parse] for bytes. The result does not share memory with url.
// The further error is an [*EncodingError] of kind ErrDecode for a byte that
// is not ASCII.
func ParseBytes(url []byte) (ParseResultBytes, error) { return Parser{}.ParseBytes(url) }

// ParseBytes is the function [ParseBytes] under the rules of p.
func (p Parser) ParseBytes(url []byte) (ParseResultBytes, error) {
	s, err := asciiText(url)
	if err != nil {
		return ParseResultBytes{}, err
	}
	r, err := p.Parse(s)
	return ParseResultBytes{toBytes(r.Scheme), toBytes(r.Netloc), toBytes(r.Path), toBytes(r.Params),
		toBytes(r.Query), toBytes(r.Fragment), r.Present}, err
}

// UnparseBytes is [Unparse] for bytes. The error is an [*EncodingError] of kind
// ErrDecode for a byte that is not ASCII.
func UnparseBytes(r ParseResultBytes) ([]byte, error) {
	if err := checkASCII(r.Scheme, r.Netloc, r.Path, r.Params, r.Query, r.Fragment); err != nil {
		return nil, err
	}
	return []byte(r.text().String()), nil
}

// Bytes returns the URL as [ParseResult.String] does: Python's geturl. Errors
// are those of UnparseBytes.
func (r ParseResultBytes) Bytes() ([]byte, error) { return UnparseBytes(r) }

// Exact is [ParseResult.Exact]. The further error is that of UnparseBytes.
func (r ParseResultBytes) Exact() ([]byte, error) {
	if err := r.text().recorded(); err != nil {
		return nil, err
	}
	return UnparseBytes(r)
}

// Username is [SplitResult.Username].
func (r ParseResultBytes) Username() (user []byte, ok bool) {
	s, ok := r.text().Username()
	return []byte(s), ok
}

// Password is [SplitResult.Password].
func (r ParseResultBytes) Password() (password []byte, ok bool) {
	s, ok := r.text().Password()
	return []byte(s), ok
}

// Hostname is [SplitResultBytes.Hostname].
func (r ParseResultBytes) Hostname() []byte { return hostnameBytes(r.Netloc) }

// Port is [SplitResult.Port].
func (r ParseResultBytes) Port() (port int, ok bool, err error) {
	return netlocPort("Port", string(r.Netloc))
}

// Decode returns the components as text. Python's defaults are ASCII and
// ErrorsStrict. The error is an [*EncodingError] of kind ErrDecode.
func (r ParseResultBytes) Decode(e Encoding, mode ErrorMode) (ParseResult, error) {
	t := transcoder{encoding: e, mode: mode}
	s := ParseResult{t.decode(r.Scheme), t.decode(r.Netloc), t.decode(r.Path), t.decode(r.Params),
		t.decode(r.Query), t.decode(r.Fragment), r.Present}
	if t.err != nil {
		return ParseResult{}, t.err
	}
	return s, nil
}

// Encode returns the components as bytes. Python's defaults are ASCII and
// ErrorsStrict. The error is an [*EncodingError] of kind ErrEncode.
func (r ParseResult) Encode(e Encoding, mode ErrorMode) (ParseResultBytes, error) {
	t := transcoder{encoding: e, mode: mode}
	s := ParseResultBytes{t.encode(r.Scheme), t.encode(r.Netloc), t.encode(r.Path), t.encode(r.Params),
		t.encode(r.Query), t.encode(r.Fragment), r.Present}
	if t.err != nil {
		return ParseResultBytes{}, t.err
	}
	return s, nil
}

func (r *ParseResultBytes) text() ParseResult {
	return ParseResult{string(r.Scheme), string(r.Netloc), string(r.Path), string(r.Params),
		string(r.Query), string(r.Fragment), r.Present}
}

// A DefragResultBytes is a URL and its fragment in bytes: Python's
// urllib.parse.DefragResultBytes.
type DefragResultBytes struct {
	// The components are those of [DefragResult].
	URL      []byte
	Fragment []byte
	Present  Component
}

// DefragBytes is [Defrag] for bytes. The further error is an [*EncodingError]
// of kind ErrDecode for a byte that is not ASCII.
func DefragBytes(url []byte) (DefragResultBytes, error) { return Parser{}.DefragBytes(url) }

// DefragBytes is the function [DefragBytes] under the rules of p.
func (p Parser) DefragBytes(url []byte) (DefragResultBytes, error) {
	s, err := asciiText(url)
	if err != nil {
		return DefragResultBytes{}, err
	}
	d, err := p.Defrag(s)
	return DefragResultBytes{toBytes(d.URL), toBytes(d.Fragment), d.Present}, err
}

// Bytes returns the URL with its fragment: Python's geturl.
func (d DefragResultBytes) Bytes() []byte {
	return []byte(DefragResult{string(d.URL), string(d.Fragment), d.Present}.String())
}

// Decode returns the URL and the fragment as text. Python's defaults are ASCII
// and ErrorsStrict. The error is an [*EncodingError] of kind ErrDecode.
func (d DefragResultBytes) Decode(e Encoding, mode ErrorMode) (DefragResult, error) {
	t := transcoder{encoding: e, mode: mode}
	s := DefragResult{t.decode(d.URL), t.decode(d.Fragment), d.Present}
	if t.err != nil {
		return DefragResult{}, t.err
	}
	return s, nil
}

// Encode returns the URL and the fragment as bytes. Python's defaults are ASCII
// and ErrorsStrict. The error is an [*EncodingError] of kind ErrEncode.
func (d DefragResult) Encode(e Encoding, mode ErrorMode) (DefragResultBytes, error) {
	t := transcoder{encoding: e, mode: mode}
	s := DefragResultBytes{t.encode(d.URL), t.encode(d.Fragment), d.Present}
	if t.err != nil {
		return DefragResultBytes{}, t.err
	}
	return s, nil
}

// JoinBytes is [Join] for bytes. The result does not share memory with the
// arguments. The further error is an [*EncodingError] of kind ErrDecode for a
// byte that is not ASCII.
func JoinBytes(base, ref []byte) ([]byte, error) { return Parser{}.JoinBytes(base, ref) }

// JoinBytes is the function [JoinBytes] under the rules of p.
func (p Parser) JoinBytes(base, ref []byte) ([]byte, error) {
	b, err := asciiText(base)
	if err != nil {
		return nil, err
	}
	r, err := asciiText(ref)
	if err != nil {
		return nil, err
	}
	s, err := p.Join(b, r)
	if err != nil {
		return nil, err
	}
	return []byte(s), nil
}

// A transcoder encodes or decodes component after component, until one fails.
type transcoder struct {
	encoding Encoding
	mode     ErrorMode
	err      error
}

func (t *transcoder) encode(s string) []byte {
	if s == "" || t.err != nil {
		return nil
	}
	var b []byte
	b, t.err = encode(nil, s, t.encoding, t.mode)
	return b
}

func (t *transcoder) decode(p []byte) string {
	if len(p) == 0 || t.err != nil {
		return ""
	}
	mode := t.mode
	if mode == ErrorsDefault {
		mode = ErrorsStrict
	}
	var b []byte
	b, t.err = decode(nil, p, t.encoding, mode)
	return string(b)
}

// asciiText returns b as text.
func asciiText(b []byte) (string, error) {
	if err := checkASCII(b); err != nil {
		return "", err
	}
	return string(b), nil
}

// checkASCII returns the error for the first byte of parts that is not ASCII.
func checkASCII(parts ...[]byte) error {
	for _, b := range parts {
		for i, c := range b {
			if c >= utf8.RuneSelf {
				return &EncodingError{Encoding: "ascii", Pos: i, Bytes: []byte{c}, Kind: ErrDecode}
			}
		}
	}
	return nil
}

// toBytes returns s as bytes, nil if it is empty.
func toBytes(s string) []byte {
	if s == "" {
		return nil
	}
	return []byte(s)
}

func hostnameBytes(netloc []byte) []byte {
	host, _ := hostinfo(string(netloc))
	if host == "" {
		return nil
	}
	b := []byte(host)
	for i := 0; i < len(b) && b[i] != '%'; i++ {
		if 'A' <= b[i] && b[i] <= 'Z' {
			b[i] += 'a' - 'A'
		}
	}
	return b
}
