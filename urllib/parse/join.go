package parse

import (
	"bytes"
	"strings"
)

// Join resolves a reference against a base URL: Python's urljoin.
//
// It follows RFC 3986 section 5.2 with Python's exceptions: only schemes that
// [SchemeUses] says UsesRelative of are a base, other references come back as
// they are, line ends in them too; a reference with the scheme of its base and
// no authority ("http:g") counts as relative; and repeated slashes in the
// middle of a relative path become one. An empty base or reference gives the
// other one, not looked at. [JoinRFC3986] is the RFC's algorithm without
// exceptions.
//
// The reference decides where the result leads: "//evil.example", a URL of
// another scheme, and many a spelling of these replace the host of the base.
// Do not redirect to a reference that came from outside; [JoinSameOrigin] is
// for that.
//
// Errors are those of [Split], for either argument.
func Join(base, ref string) (string, error) {
	return Parser{}.Join(base, ref)
}

// Join is the function [Join] under the rules of p, of which Scheme and
// KeepEmpty do not matter: the result always has the empty components that
// come from its parts. The further kind of error is ErrTooLong.
func (p Parser) Join(base, ref string) (string, error) {
	if err := p.checkLen("Join", base); err != nil {
		return "", err
	}
	if err := p.checkLen("Join", ref); err != nil {
		return "", err
	}
	if base == "" {
		return ref, nil
	}
	if ref == "" {
		return base, nil
	}
	var b, r SplitResult
	if kind := b.split(base, !p.NoFragments); kind != nil {
		return "", refuse("Join", base, kind)
	}
	if kind := r.split(ref, !p.NoFragments); kind != nil {
		return "", refuse("Join", ref, kind)
	}
	scheme := r.Scheme
	if scheme == "" {
		scheme = b.Scheme
	}
	uses := p.uses(scheme)
	if scheme != b.Scheme || uses&UsesRelative == 0 {
		return ref, nil
	}
	n := len(scheme) + len(b.Netloc) + len(b.Path) + len(b.Query) + len(ref) + len("://?#/")
	return owned(appendJoined(make([]byte, 0, n), &b, &r, scheme, uses)), nil
}

// appendJoined appends the URL that r means under b.
func appendJoined(out []byte, b, r *SplitResult, scheme string, uses Uses) []byte {
	t := *r // the target
	t.Scheme = scheme
	merge := true
	if uses&UsesNetloc != 0 {
		if t.Netloc != "" {
			merge = false
		} else {
			t.Netloc = b.Netloc
			t.Present = t.Present&^HasNetloc | b.Present&HasNetloc
		}
	}
	if merge && t.Path == "" {
		merge = false
		t.Path = b.Path
		if t.Present&HasQuery == 0 {
			t.Query = b.Query
			t.Present |= b.Present & HasQuery
			if t.Present&HasFragment == 0 {
				t.Fragment = b.Fragment
				t.Present |= b.Present & HasFragment
			}
		}
	}
	if !merge {
		return appendURL(out, t, "", 0)
	}
	// The path is resolved where it is to stand: after what appendURL writes
	// before it, and with the slash that it may want.
	if t.Scheme != "" {
		out = append(out, t.Scheme...)
		out = append(out, ':')
	}
	netloc := t.Netloc != "" || t.Present&HasNetloc != 0
	if netloc {
		out = append(out, "//"...)
		out = append(out, t.Netloc...)
	}
	start := len(out)
	out = appendResolved(out, b.Path, t.Path)
	switch path := out[start:]; {
	case netloc && path[0] != '/':
		out = insert(out, start, "/")
	case !netloc && len(path) > 1 && path[0] == '/' && path[1] == '/':
		out = insert(out, start, "//")
	}
	t.Scheme, t.Netloc, t.Path = "", "", ""
	t.Present = t.Present&^HasNetloc | HasPath
	return appendURL(out, t, "", 0)
}

func insert(b []byte, i int, s string) []byte {
	b = append(b, s...)
	copy(b[i+len(s):], b[i:])
	copy(b[i:], s)
	return b
}

// appendResolved appends the path that ref, not empty, means under base,
// without dot segments (RFC 3986 sections 5.2.3 and 5.2.4), in linear time.
//
// As in Python, empty segments are dropped from a relative path unless they
// are its first or last one, and the slash at the start is the end of a first,
// empty segment, which ".." can remove.
func appendResolved(b []byte, base, ref string) []byte {
	w := pathWriter{b: b, start: len(b)}
	relative := ref[0] != '/'
	if relative {
		// What base has before its last slash; nothing counts as a slash.
		if i := strings.LastIndexByte(base, '/'); i >= 0 || base == "" {
			w.keep = true
			for dir, more := base[:max(i, 0)], true; more; w.keep = false {
				var segment string
				segment, dir, more = strings.Cut(dir, "/")
				w.add(segment)
			}
		}
	}
	w.keep = !relative
	for {
		segment, rest, more := strings.Cut(ref, "/")
		if !more {
			break
		}
		w.add(segment)
		ref = rest
	}
	w.keep = true
	w.add(ref)
	if ref == "." || ref == ".." {
		w.add("")
	}
	if len(w.b) == w.start {
		w.b = append(w.b, '/')
	}
	return w.b
}

// A pathWriter writes a path segment by segment, with slashes between them.
type pathWriter struct {
	b     []byte
	start int  // of the path in b
	count int  // of segments in b
	keep  bool // the next segment if it is empty
}

// add writes a segment, or does what a dot segment says.
func (w *pathWriter) add(segment string) {
	switch {
	case segment == "" && !w.keep, segment == ".":
	case segment == "..":
		if w.count == 0 {
			return
		}
		w.count--
		w.b = w.b[:w.start+max(bytes.LastIndexByte(w.b[w.start:], '/'), 0)]
	default:
		if w.count > 0 {
			w.b = append(w.b, '/')
		}
		w.count++
		w.b = append(w.b, segment...)
	}
}
