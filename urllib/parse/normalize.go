package parse

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Normalize returns a URL in the form in which URLs are compared (RFC 3986
// sections 6.2.2 and 6.2.3). URLs with the same form are the same resource; it
// is not so that others are not. Python has no such function.
//
// The scheme and the host are put into lower case, escapes into upper case.
// Escapes of letters, digits and "-._~" are undone, and what a URL cannot hold,
// such as a space or a letter that is not ASCII, is escaped, a percent sign
// that begins no escape among it. Dot segments are resolved in a path that
// begins with a slash. A port that is the scheme's or empty is dropped, and a
// scheme that has such a port gets a path of at least "/". Empty queries and
// fragments are kept, and so is the order of a query.
//
// A host that is not ASCII is put into lower case and left otherwise: its form
// is the business of IDNA.
//
// Errors are those of [Split] and [SplitResult.Port].
func Normalize(url string) (string, error) {
	var r SplitResult
	if kind := r.split(url, true); kind != nil {
		return "", refuse("Normalize", url, kind)
	}
	if err := r.normalizeNetloc(); err != nil {
		return "", err
	}
	if _, web := DefaultPort(r.Scheme); web && r.Netloc != "" && r.Path == "" {
		r.Path = "/"
	}
	r.Path = normalizeEscapes(r.Path, ":@/")
	if strings.HasPrefix(r.Path, "/") {
		r.Path = removeDots(r.Path)
	}
	r.Query = normalizeEscapes(r.Query, ":@/?")
	r.Fragment = normalizeEscapes(r.Fragment, ":@/?")
	return recompose(r), nil
}

// normalizeNetloc is Normalize for the authority.
func (r *SplitResult) normalizeNetloc() error {
	if r.Netloc == "" {
		return nil
	}
	port, ok, err := netlocPort("Normalize", r.Netloc)
	if err != nil {
		return err
	}
	userinfo := r.Netloc[:strings.LastIndexByte(r.Netloc, '@')+1]
	host, _ := hostinfo(r.Netloc)
	switch {
	case strings.HasPrefix(r.Netloc[len(userinfo):], "["):
		host = "[" + hostname(r.Netloc) + "]"
	case isASCII(host):
		host = normalizeEscapes(lowerText(normalizeEscapes(host, "")), "")
	default:
		host = hostname(r.Netloc)
	}
	b := make([]byte, 0, len(r.Netloc))
	if userinfo != "" {
		b = append(b, normalizeEscapes(userinfo[:len(userinfo)-1], ":")...)
		b = append(b, '@')
	}
	b = append(b, host...)
	if def, known := DefaultPort(r.Scheme); ok && (!known || port != def) {
		b = append(b, ':')
		b = strconv.AppendInt(b, int64(port), 10)
	}
	r.Netloc = string(b)
	return nil
}

// normalizeEscapes returns s with its escapes in upper case, those of
// unreserved characters undone, and everything escaped that is not unreserved,
// a sub-delimiter or one of extra.
func normalizeEscapes(s, extra string) string {
	if normalized(s, extra) {
		return s
	}
	b := make([]byte, 0, len(s)+8)
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '%' && i+2 < len(s) {
			if x, ok := unhex(s[i+1], s[i+2]); ok {
				i += 2
				if class[x]&unreserved != 0 {
					b = append(b, x)
				} else {
					b = append(b, '%', upperHex[x>>4], upperHex[x&15])
				}
				continue
			}
		}
		if class[c]&(unreserved|subDelim) != 0 || c < utf8.RuneSelf && strings.IndexByte(extra, c) >= 0 {
			b = append(b, c)
		} else {
			b = append(b, '%', upperHex[c>>4], upperHex[c&15])
		}
	}
	return string(b)
}

// normalized reports whether s has nothing for normalizeEscapes to do. It does
// not look at escapes.
func normalized(s, extra string) bool {
	return strings.IndexByte(s, '%') < 0 && indexNot(s, extra) < 0
}
