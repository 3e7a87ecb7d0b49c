package parse

import "strings"

// SameOrigin reports whether two URLs lead to the same scheme, host and port,
// where a port that is not written is the scheme's ([DefaultPort]). Hosts are
// compared as [SplitResult.Hostname] returns them. It is false if either is not
// an absolute URL with a host, has user information, or is one of which
// browsers and other programs disagree where it leads: with a backslash before
// its query, or with a control character.
func SameOrigin(a, b string) bool {
	x, ok := originOf(a)
	if !ok {
		return false
	}
	y, ok := originOf(b)
	return ok && x == y
}

// JoinSameOrigin is [Join] for a reference that nobody vouches for, such as the
// page to go back to after a login. It refuses, with an [*Error] of kind
// ErrOrigin, what leads to another scheme, host or port than base, and what
// some program could read so:
//
//   - a scheme without an authority ("http:evil.example"), or an authority that
//     is there and empty ("///evil.example"): browsers skip and add slashes;
//   - a backslash before the query, which browsers take for a slash;
//   - a control character, which browsers drop;
//   - user information, which hides where a URL leads.
//
// The base must be an absolute URL with a host. Send the result, not ref.
// Other errors are those of [Join].
func JoinSameOrigin(base, ref string) (string, error) {
	want, ok := originOf(base)
	if !ok {
		return "", refuse("JoinSameOrigin", base, ErrOrigin)
	}
	var r SplitResult
	if kind := r.split(ref, true); kind != nil {
		return "", refuse("JoinSameOrigin", ref, kind)
	}
	hasNetloc := r.Present&HasNetloc != 0
	if ambiguous(ref) || hasNetloc && (r.Netloc == "" || strings.IndexByte(r.Netloc, '@') >= 0) ||
		!hasNetloc && r.Present&HasScheme != 0 {
		return "", refuse("JoinSameOrigin", ref, ErrOrigin)
	}
	joined, err := Join(base, ref)
	if err != nil {
		return "", err
	}
	if got, ok := originOf(joined); !ok || got != want {
		return "", refuse("JoinSameOrigin", ref, ErrOrigin)
	}
	return joined, nil
}

// An origin is what SameOrigin compares (RFC 6454 section 4).
type origin struct {
	scheme, host string
	port         int
}

func originOf(url string) (o origin, ok bool) {
	var r SplitResult
	if ambiguous(url) || r.split(url, true) != nil || strings.IndexByte(r.Netloc, '@') >= 0 {
		return o, false
	}
	o.scheme, o.host = r.Scheme, r.Hostname()
	def, known := DefaultPort(o.scheme)
	if !known {
		def = -1
	}
	var err error
	o.port, err = r.PortOr(def)
	return o, err == nil && o.scheme != "" && o.host != ""
}

// ambiguous reports whether programs disagree where url leads.
func ambiguous(url string) bool {
	for i := 0; i < len(url); i++ {
		if c := url[i]; c < ' ' || c == 0x7F {
			return true
		}
	}
	if i := strings.IndexAny(url, "?#"); i >= 0 {
		url = url[:i]
	}
	return strings.IndexByte(url, '\\') >= 0
}
