package cookiejar

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/pynet-go/pynet/internal/cookiewire"
)

// CookieHeader returns what the headers Cookie and Cookie2 of the request shall be, each ""
// for none: what `add_cookie_header` adds. Cookies of longer paths come first.
func (j *Jar) CookieHeader(r *Request) (cookie, cookie2 string) {
	r = r.prepared()
	j.mu.Lock()
	defer j.mu.Unlock()
	p := j.pol()
	proto := p.Protocols()
	found := j.lookup(nil, p, proto, r)
	b := make([]byte, 0, 128)
	versioned := false
	for i, e := range found {
		if i > 0 {
			b = append(b, "; "...)
		} else if e.c.Version > 0 {
			b = append(append(b, "$Version="...), strconv.Itoa(e.c.Version)...)
			b = append(b, "; "...)
		}
		b = appendCookie(b, e.c)
		versioned = versioned || e.c.Version != 1
	}
	if versioned && proto.RFC2965 && !proto.HideCookie2 {
		cookie2 = `$Version="1"`
	}
	j.tidy()
	return string(b), cookie2
}

// appendCookie appends a cookie as a Cookie header has it.
func appendCookie(b []byte, c *Cookie) []byte {
	if c.Version <= 0 {
		switch {
		case c.NoValue:
			return append(b, c.Name...)
		case c.Name == "":
			return append(b, c.Value...)
		}
		return append(append(append(b, c.Name...), '='), c.Value...)
	}
	b = append(b, c.Name...)
	if !c.NoValue {
		v := c.Value
		if !cookiewire.Word(v) {
			v = cookiewire.Escape(v)
		}
		b = append(append(b, '='), v...)
	}
	if c.PathSpecified {
		b = append(append(append(b, `; $Path="`...), c.Path...), '"')
	}
	if d := c.Domain; strings.HasPrefix(d, ".") {
		if !c.DomainInitialDot {
			d = d[1:]
		}
		b = append(append(append(b, `; $Domain="`...), d...), '"')
	}
	if c.Port != "" {
		b = append(b, "; $Port"...)
		if c.PortSpecified {
			b = append(append(append(b, `="`...), c.Port...), '"')
		}
	}
	return b
}

// AddCookieHeader adds the headers Cookie and Cookie2 to a request that has none of its own:
// `add_cookie_header`.
func (j *Jar) AddCookieHeader(r *http.Request) {
	cookie, cookie2 := j.CookieHeader(RequestOf(r))
	if r.Header == nil {
		r.Header = http.Header{}
	}
	for name, v := range map[string]string{"Cookie": cookie, "Cookie2": cookie2} {
		if v != "" && r.Header[name] == nil {
			r.Header.Set(name, v)
		}
	}
}

// CookiesFor returns the cookies that go with the request, in the order of the header.
func (j *Jar) CookiesFor(r *Request) []*Cookie {
	r = r.prepared()
	j.mu.Lock()
	defer j.mu.Unlock()
	p := j.pol()
	var out []*Cookie
	for _, e := range j.lookup(nil, p, p.Protocols(), r) {
		out = append(out, e.c)
	}
	j.tidy()
	return out
}

// lookup appends the entries that go with the request, in the order of the header.
func (j *Jar) lookup(out []*entry, p Policy, proto Protocols, r *Request) []*entry {
	var buf [16]*domain
	for _, d := range j.candidates(buf[:0], proto, r) {
		if d.count == 0 || !p.DomainReturnOK(d.name, r) {
			continue
		}
		for _, f := range d.paths {
			if len(f.items) == 0 || !p.PathReturnOK(f.path, r) {
				continue
			}
			for _, e := range f.items {
				if p.ReturnOK(e.c, r) {
					out = append(out, e)
				}
			}
		}
	}
	if len(out) > 1 {
		before := byPath
		if proto.Browser {
			before = byPathAndAge
		}
		slices.SortStableFunc(out, before)
	}
	for _, e := range out {
		j.recent.use(e)
	}
	return out
}

// byPath has longer paths first.
func byPath(a, b *entry) int { return cmp.Compare(len(b.c.Path), len(a.c.Path)) }

// byPathAndAge has, of paths of one length, the older cookie first (RFC 6265bis section
// 5.8.3).
func byPathAndAge(a, b *entry) int {
	if c := byPath(a, b); c != 0 {
		return c
	}
	return cmp.Compare(a.born, b.born)
}

// candidates finds the domains that the host is in, in the order in which they came: a name
// for each of its labels, with and without a dot, whatever else the jar holds.
func (j *Jar) candidates(out []*domain, proto Protocols, r *Request) []*domain {
	host := r.canonical()
	if !proto.Browser {
		host = r.host()
		out = j.apart(out, host)
		host = effective(host)
	}
	for {
		for d := j.domains[host]; d != nil; d = d.twin {
			out = append(out, d)
		}
		i := strings.IndexByte(host, '.')
		if i < 0 {
			break
		}
		host = host[i+1:]
	}
	if len(out) > 1 {
		slices.SortFunc(out, func(a, b *domain) int { return cmp.Compare(a.seq, b.seq) })
	}
	return slices.Compact(out)
}

// apart finds the domain without a name, and those of a host without a dot, which Python also
// takes for one below .local.
func (j *Jar) apart(out []*domain, host string) []*domain {
	names := []string{""}
	if !strings.Contains(host, ".") {
		names = append(names, host, "."+host)
	}
	for _, name := range names {
		if d := j.at(name); d != nil {
			out = append(out, d)
		}
	}
	return out
}
