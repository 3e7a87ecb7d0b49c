package parse

import "strings"

// Component names components of a URL; values are or-ed together.
type Component uint8

// The components of a URL.
const (
	HasScheme Component = 1 << iota
	HasNetloc
	HasPath
	HasParams
	HasQuery
	HasFragment
)

// A SplitResult is a URL in five components: Python's urllib.parse.SplitResult.
// None of them is unquoted. Results are values: they compare with ==, and
// a component is changed by assigning to it.
//
// Of "http://user@Host:8080/a;p?q=1#top" they are "http", "user@Host:8080",
// "/a;p", "q=1" and "top".
type SplitResult struct {
	// Scheme is in lower case and without its colon.
	Scheme string
	// Netloc is the authority as written: [user[:password]@]host[:port].
	// Username, Password, Hostname and Port take it apart.
	Netloc string
	// Path is what is left between the others. It is always there.
	Path string
	// Query is without its question mark.
	Query string
	// Fragment is without its number sign.
	Fragment string

	// Present tells an empty component from one that is not there.
	//
	// Zero means that this is not recorded, and that String leaves out what is
	// empty: "http://h/?" is written "http://h/". So it is in results of
	// [Split], and in Python by default.
	//
	// Otherwise it holds the components that are there, HasPath always among
	// them, and String writes these even if they are empty. So it is in
	// results of a [Parser] with KeepEmpty: Python's missing_as_none=True. A
	// component with text is there whether marked or not.
	Present Component
}

// A Parser holds the rarer arguments of splitting and joining URLs. The zero
// Parser is the one behind [Split], [Parse], [Join] and [Defrag]. A Parser is
// safe for concurrent use as long as nobody changes it.
type Parser struct {
	// Scheme is the scheme of URLs that name none. Blanks and control
	// characters around it, and tabs and line ends in it, do not count; it is
	// not put into lower case. Join does not use it.
	Scheme string
	// NoFragments leaves a number sign and what follows in the path or query:
	// Python's allow_fragments=False.
	NoFragments bool
	// KeepEmpty records in Present which components are there, so that the
	// result is written with its empty ones: Python's missing_as_none=True.
	KeepEmpty bool
	// MaxLen is the length of the longest URL accepted, in bytes; longer ones
	// are refused with ErrTooLong. Zero or negative means no bound. Whatever
	// the length, all functions here take time proportional to it.
	MaxLen int
	// Schemes adds to the table of [SchemeUses], or overrules it: what in
	// Python is done by appending to urllib.parse.uses_netloc and its kin.
	Schemes map[string]Uses
}

// Split takes a URL apart into five components: Python's urlsplit.
//
// Blanks and control characters at the start, and tabs and line ends
// anywhere, are dropped first, as browsers do. The authority ends at the
// first of / ? #. Nothing is unquoted, the path is not normalised, and almost
// everything is accepted; [SplitRFC3986] is for those who want it strict. The
// components are parts of url: nothing is copied, and nothing allocated,
// unless something has to be dropped or an unusual scheme put into lower case.
//
// The error is an [*Error] of kind ErrBrackets for square brackets that hold
// no IPv6 address, or ErrNFKC for a host that would become another one. A bad
// port is reported by [SplitResult.Port] only.
func Split(url string) (SplitResult, error) {
	return splitFor("Split", url, "", true, false)
}

// Split is the function [Split] under the rules of p. The further kind of
// error is ErrTooLong.
func (p Parser) Split(url string) (SplitResult, error) {
	if err := p.checkLen("Split", url); err != nil {
		return SplitResult{}, err
	}
	return splitFor("Split", url, p.Scheme, !p.NoFragments, p.KeepEmpty)
}

// Has reports whether all components of c are there: those with text are, and
// empty ones if Present says so.
func (r SplitResult) Has(c Component) bool {
	return c&^r.present() == 0
}

// present is Present with the marks of all components that have text.
func (r *SplitResult) present() Component {
	c := r.Present | HasPath
	if r.Scheme != "" {
		c |= HasScheme
	}
	if r.Netloc != "" {
		c |= HasNetloc
	}
	if r.Query != "" {
		c |= HasQuery
	}
	if r.Fragment != "" {
		c |= HasFragment
	}
	return c
}

func (p Parser) checkLen(fn, url string) error {
	if p.MaxLen > 0 && len(url) > p.MaxLen {
		return &Error{Func: fn, Pos: p.MaxLen, Kind: ErrTooLong}
	}
	return nil
}

// uses is SchemeUses after the parser's own table.
func (p Parser) uses(scheme string) Uses {
	if u, ok := p.Schemes[scheme]; ok {
		return u
	}
	return SchemeUses(scheme)
}

// splitFor is split for a caller: with a default scheme, Present set only on
// demand, and an error that names the function.
func splitFor(fn, url, scheme string, fragments, keep bool) (r SplitResult, err error) {
	if kind := r.split(url, fragments); kind != nil {
		return SplitResult{}, refuse(fn, url, kind)
	}
	if scheme != "" && r.Present&HasScheme == 0 {
		if scheme = cleanScheme(scheme); scheme != "" {
			r.Scheme = scheme
			r.Present |= HasScheme
		}
	}
	if !keep {
		r.Present = 0
	}
	return r, nil
}

// split fills r, which is zero, with the components of url and records in
// Present which are there. It returns the kind of error.
func (r *SplitResult) split(url string, fragments bool) error {
	url = clean(url)
	r.Present = HasPath
	if i := schemeEnd(url); i > 0 {
		r.Scheme = lowerScheme(url[:i])
		r.Present |= HasScheme
		url = url[i+1:]
	}
	if len(url) >= 2 && url[0] == '/' && url[1] == '/' {
		end, odd := scanNetloc(url)
		r.Netloc = url[2:end]
		r.Present |= HasNetloc
		url = url[end:]
		if odd {
			if err := checkNetloc(r.Netloc); err != nil {
				return err
			}
		}
	}
	if fragments {
		if i := strings.IndexByte(url, '#'); i >= 0 {
			url, r.Fragment = url[:i], url[i+1:]
			r.Present |= HasFragment
		}
	}
	if i := strings.IndexByte(url, '?'); i >= 0 {
		url, r.Query = url[:i], url[i+1:]
		r.Present |= HasQuery
	}
	r.Path = url
	return nil
}

// schemeEnd returns the index of the colon after the scheme (RFC 3986 section
// 3.1), or -1.
func schemeEnd(url string) int {
	if url == "" || class[url[0]]&alpha == 0 {
		return -1
	}
	for i := 1; i < len(url); i++ {
		if c := url[i]; class[c]&schemeChar == 0 {
			if c == ':' {
				return i
			}
			break
		}
	}
	return -1
}

// scanNetloc returns where the authority of url, which begins with "//", ends,
// and whether it has brackets or non-ASCII bytes, which are to be checked.
func scanNetloc(url string) (end int, odd bool) {
	for i := 2; i < len(url); i++ {
		if k := class[url[i]] & (netlocEnd | netlocOdd); k != 0 {
			if k&netlocEnd != 0 {
				return i, odd
			}
			odd = true
		}
	}
	return len(url), odd
}

// clean drops C0 control characters and blanks at the start of url, and tabs
// and line ends everywhere, as the WHATWG's URL parser does.
func clean(url string) string {
	for url != "" && url[0] <= ' ' {
		url = url[1:]
	}
	i := indexControl(url)
	if i < 0 {
		return url
	}
	b := make([]byte, i, len(url))
	copy(b, url)
	for ; i < len(url); i++ {
		if c := url[i]; c != '\t' && c != '\n' && c != '\r' {
			b = append(b, c)
		}
	}
	return string(b)
}

// cleanScheme does to a default scheme what clean does to a URL, at both ends.
func cleanScheme(scheme string) string {
	return clean(strings.TrimRightFunc(scheme, func(c rune) bool { return c <= ' ' }))
}
