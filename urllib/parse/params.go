package parse

import "strings"

// A ParseResult is a URL in six components: Python's urllib.parse.ParseResult.
// It is a [SplitResult] with the parameters of the last path segment apart.
//
// Of "http://h/a;x/b;y?q" they are "http", "h", "/a;x/b", "y", "q" and "".
type ParseResult struct {
	// Scheme is in lower case and without its colon.
	Scheme string
	// Netloc is the authority as written: [user[:password]@]host[:port].
	Netloc string
	// Path is without the parameters of its last segment.
	Path string
	// Params is what follows the first semicolon in the last path segment.
	Params string
	// Query is without its question mark.
	Query string
	// Fragment is without its number sign.
	Fragment string

	// Present tells an empty component from one that is not there, as
	// [SplitResult.Present] does.
	Present Component
}

// Parse takes a URL apart into six components: Python's urlparse. It is Split,
// and then, for the schemes that have parameters (http and https among them,
// and relative references), what follows a semicolon in the last segment of
// the path apart from it. Errors are those of [Split].
//
// Parameters are of RFC 2396 and hardly used any more; a server that ignores
// them serves "/admin;x" as "/admin" does. Use [Split] unless you want them,
// and [StripParams] before a path is compared with a rule.
func Parse(url string) (ParseResult, error) {
	return Parser{}.Parse(url)
}

// Parse is the function [Parse] under the rules of p. The further kind of
// error is ErrTooLong.
func (p Parser) Parse(url string) (ParseResult, error) {
	if err := p.checkLen("Parse", url); err != nil {
		return ParseResult{}, err
	}
	s, err := splitFor("Parse", url, p.Scheme, !p.NoFragments, p.KeepEmpty)
	if err != nil {
		return ParseResult{}, err
	}
	r := ParseResult{Scheme: s.Scheme, Netloc: s.Netloc, Path: s.Path, Query: s.Query,
		Fragment: s.Fragment, Present: s.Present}
	if p.uses(s.Scheme)&UsesParams == 0 {
		return r, nil
	}
	last := strings.LastIndexByte(s.Path, '/') + 1
	if i := strings.IndexByte(s.Path[last:], ';'); i >= 0 {
		r.Path, r.Params = s.Path[:last+i], s.Path[last+i+1:]
		if p.KeepEmpty {
			r.Present |= HasParams
		}
	}
	return r, nil
}

// Unparse puts six components together: Python's urlunparse. It is r.String().
func Unparse(r ParseResult) string { return r.String() }

// String returns the URL: Python's geturl. It writes as [SplitResult.String]
// does.
func (r ParseResult) String() string {
	s := r.split()
	return string(appendURL(make([]byte, 0, s.size()+len(r.Params)+1), s, r.params(), SchemeUses(r.Scheme)))
}

// Exact is String for those who need to know that the empty components are
// right: Python's urlunparse with keep_empty=True. The error is an [*Error] of
// kind ErrNotRecorded if r.Present is zero, so that nobody can tell.
func (r ParseResult) Exact() (string, error) {
	if err := r.recorded(); err != nil {
		return "", err
	}
	return r.String(), nil
}

// recorded returns an error if nobody can tell which components are there.
func (r ParseResult) recorded() error {
	if r.Present == 0 {
		return refuse("Exact", r.String(), ErrNotRecorded)
	}
	return nil
}

// Split returns the URL in five components: the parameters are part of the
// path again.
func (r ParseResult) Split() SplitResult {
	s := r.split()
	s.Path += r.params()
	s.Present &^= HasParams
	return s
}

// Has reports whether all components of c are there: those with text are, and
// empty ones if Present says so.
func (r ParseResult) Has(c Component) bool {
	if r.Params != "" {
		c &^= HasParams
	}
	return r.split().Has(c)
}

// Username is [SplitResult.Username].
func (r ParseResult) Username() (user string, ok bool) { return r.split().Username() }

// Password is [SplitResult.Password].
func (r ParseResult) Password() (password string, ok bool) { return r.split().Password() }

// Hostname is [SplitResult.Hostname].
func (r ParseResult) Hostname() string { return hostname(r.Netloc) }

// Port is [SplitResult.Port].
func (r ParseResult) Port() (port int, ok bool, err error) { return netlocPort("Port", r.Netloc) }

// split returns the components other than Params.
func (r *ParseResult) split() SplitResult {
	return SplitResult{Scheme: r.Scheme, Netloc: r.Netloc, Path: r.Path, Query: r.Query,
		Fragment: r.Fragment, Present: r.Present}
}

// params returns the parameters with the semicolon before them.
func (r *ParseResult) params() string {
	if r.Params == "" && r.Present&HasParams == 0 {
		return ""
	}
	return ";" + r.Params
}

// StripParams returns path without the parameters of any of its segments:
// "/a;x/b;y=1" becomes "/a/b". That is the path a server sees that drops
// parameters before it looks for a file or a handler, and so the one to
// compare with rules about who may see what.
func StripParams(path string) string {
	i := strings.IndexByte(path, ';')
	if i < 0 {
		return path
	}
	b := make([]byte, i, len(path))
	copy(b, path)
	inside := false
	for ; i < len(path); i++ {
		switch c := path[i]; {
		case c == '/':
			inside = false
			b = append(b, c)
		case c == ';':
			inside = true
		case !inside:
			b = append(b, c)
		}
	}
	return string(b)
}
