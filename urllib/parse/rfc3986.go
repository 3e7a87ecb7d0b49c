package parse

import (
	"bytes"
	"strings"
)

// SplitRFC3986 takes a URL reference apart as the grammar of RFC 3986 says and
// refuses everything else: blanks and control characters, characters that are
// not ASCII, escapes that are none, an authority with two at signs, a bad IP
// literal or a port that is no number, a relative path with a colon in its
// first segment. Present is recorded. Python has no such function.
//
// The error is an [*Error] of kind ErrSyntax, ErrBrackets or ErrPort, with the
// place of the trouble.
func SplitRFC3986(url string) (SplitResult, error) {
	r, pos, kind := splitStrict(url)
	if kind != nil {
		err := refuse("SplitRFC3986", url, kind)
		err.Pos = pos
		return SplitResult{}, err
	}
	return r, nil
}

// splitStrict is SplitRFC3986 with the parts of its error.
func splitStrict(url string) (r SplitResult, pos int, kind error) {
	r.Present = HasPath
	i := 0
	if end := schemeEnd(url); end > 0 {
		r.Scheme = lowerScheme(url[:end])
		r.Present |= HasScheme
		i = end + 1
	}
	if strings.HasPrefix(url[i:], "//") {
		i += 2
		r.Netloc = upTo(url[i:], "/?#")
		r.Present |= HasNetloc
		if bad, kind := badAuthority(r.Netloc); kind != nil {
			return r, i + bad, kind
		}
		i += len(r.Netloc)
	}
	r.Path = upTo(url[i:], "?#")
	if bad := indexNot(r.Path, ":@/"); bad >= 0 {
		return r, i + bad, ErrSyntax
	}
	if r.Present == HasPath { // section 4.2: path-noscheme
		if bad := strings.IndexByte(upTo(r.Path, "/"), ':'); bad >= 0 {
			return r, i + bad, ErrSyntax
		}
	}
	i += len(r.Path)
	if strings.HasPrefix(url[i:], "?") {
		i++
		r.Query = upTo(url[i:], "#")
		r.Present |= HasQuery
		if bad := indexNot(r.Query, ":@/?"); bad >= 0 {
			return r, i + bad, ErrSyntax
		}
		i += len(r.Query)
	}
	if strings.HasPrefix(url[i:], "#") {
		i++
		r.Fragment = url[i:]
		r.Present |= HasFragment
		if bad := indexNot(r.Fragment, ":@/?"); bad >= 0 {
			return r, i + bad, ErrSyntax
		}
	}
	return r, 0, nil
}

// badAuthority returns where an authority breaks the grammar of section 3.2,
// and how.
func badAuthority(netloc string) (pos int, kind error) {
	host := 0
	if at := strings.IndexByte(netloc, '@'); at >= 0 {
		if bad := indexNot(netloc[:at], ":"); bad >= 0 {
			return bad, ErrSyntax
		}
		host = at + 1
	}
	end := host
	if strings.HasPrefix(netloc[host:], "[") {
		n := strings.IndexByte(netloc[host:], ']')
		if n < 0 || !strictLiteral(netloc[host+1:host+n]) {
			return host, ErrBrackets
		}
		if end = host + n + 1; end < len(netloc) && netloc[end] != ':' {
			return end, ErrBrackets
		}
	} else {
		end += len(upTo(netloc[host:], ":"))
		if bad := indexNot(netloc[host:end], ""); bad >= 0 {
			return host + bad, ErrSyntax
		}
	}
	for i := end + 1; i < len(netloc); i++ {
		if c := netloc[i]; c < '0' || c > '9' {
			return i, ErrPort
		}
	}
	return 0, nil
}

// strictLiteral reports whether host is an IPv6address or IPvFuture of section
// 3.2.2. A zone is neither.
func strictLiteral(host string) bool {
	return validLiteral(host) && strings.IndexByte(host, '%') < 0 && indexNot(host, ":") < 0
}

// indexNot returns the index of the first byte of s that is not unreserved, a
// sub-delimiter, one of extra or part of an escape; -1 if there is none.
func indexNot(s, extra string) int {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if class[c]&(unreserved|subDelim) != 0 {
			continue
		}
		if c == '%' && i+2 < len(s) && class[s[i+1]]&class[s[i+2]]&hexDigit != 0 {
			i += 2
			continue
		}
		if strings.IndexByte(extra, c) < 0 {
			return i
		}
	}
	return -1
}

// upTo returns s up to the first of chars.
func upTo(s, chars string) string {
	if i := strings.IndexAny(s, chars); i >= 0 {
		return s[:i]
	}
	return s
}

// UnsplitRFC3986 puts components together (section 5.3) and refuses those that
// would come apart otherwise, or that [SplitRFC3986] would refuse. Empty
// components are written if Present has them. The error is an [*Error] of kind
// ErrSyntax, ErrBrackets or ErrPort.
func UnsplitRFC3986(r SplitResult) (string, error) {
	r.Present = r.present()
	s := recompose(r)
	back, pos, kind := splitStrict(s)
	if kind == nil && back != r.marked() {
		kind = ErrSyntax
	}
	if kind != nil {
		err := refuse("UnsplitRFC3986", s, kind)
		err.Pos = pos
		return "", err
	}
	return s, nil
}

// marked returns r with exactly the marks that a strict split of it has.
func (r SplitResult) marked() SplitResult {
	r.Scheme = lowerScheme(r.Scheme)
	r.Present = r.present() &^ HasParams
	return r
}

// JoinRFC3986 resolves a reference against a base URL with the strict algorithm
// of section 5.2, whatever the scheme: a reference with a scheme is never
// relative, no path segment is dropped but dot segments, and empty components
// are kept. Both arguments must be what [SplitRFC3986] accepts, and the base
// must have a scheme.
//
// A path that would be read as an authority is written with "/." before it, as
// the WHATWG's URL standard does. Errors are those of SplitRFC3986.
func JoinRFC3986(base, ref string) (string, error) {
	b, err := SplitRFC3986(base)
	if err != nil {
		return "", err
	}
	r, err := SplitRFC3986(ref)
	if err != nil {
		return "", err
	}
	if b.Scheme == "" {
		return "", refuse("JoinRFC3986", base, ErrSyntax)
	}
	switch {
	case r.Scheme != "" || r.Present&HasNetloc != 0:
		r.Path = removeDots(r.Path)
	case r.Path != "":
		r.Path = removeDots(b.merge(r.Path))
		r.Netloc, r.Present = b.Netloc, r.Present|b.Present&HasNetloc
	default:
		r.Path, r.Netloc, r.Present = b.Path, b.Netloc, r.Present|b.Present&HasNetloc
		if r.Present&HasQuery == 0 {
			r.Query, r.Present = b.Query, r.Present|b.Present&HasQuery
		}
	}
	if r.Scheme == "" {
		r.Scheme = b.Scheme
	}
	return recompose(r), nil
}

// merge returns what path, not empty, means under b, dot segments included
// (section 5.2.3).
func (r *SplitResult) merge(path string) string {
	switch {
	case path[0] == '/':
		return path
	case r.Present&HasNetloc != 0 && r.Path == "":
		return "/" + path
	}
	return r.Path[:strings.LastIndexByte(r.Path, '/')+1] + path
}

// recompose is section 5.3, with "/." before a path that would be read as an
// authority and "./" before one that would be read as a scheme (section 4.2).
func recompose(r SplitResult) string {
	r.Present |= HasPath
	switch {
	case r.Has(HasNetloc):
	case strings.HasPrefix(r.Path, "//"):
		r.Path = "/." + r.Path
	case r.Scheme == "" && strings.IndexByte(upTo(r.Path, "/"), ':') >= 0:
		r.Path = "./" + r.Path
	}
	return r.String()
}

// removeDots is section 5.2.4, step by step, in linear time.
func removeDots(path string) string {
	if strings.IndexByte(path, '.') < 0 {
		return path
	}
	out := make([]byte, 0, len(path))
	for path != "" {
		switch {
		case strings.HasPrefix(path, "../"): // A
			path = path[3:]
		case strings.HasPrefix(path, "./"):
			path = path[2:]
		case strings.HasPrefix(path, "/./"): // B
			path = path[2:]
		case path == "/.":
			path = "/"
		case strings.HasPrefix(path, "/../"), path == "/..": // C
			out = out[:max(bytes.LastIndexByte(out, '/'), 0)]
			if path = path[3:]; path == "" {
				path = "/"
			}
		case path == ".", path == "..": // D
			path = ""
		default: // E
			end := 1 + len(upTo(path[1:], "/"))
			out = append(out, path[:end]...)
			path = path[end:]
		}
	}
	return string(out)
}
