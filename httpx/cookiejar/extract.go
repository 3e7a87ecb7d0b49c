package cookiejar

import (
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/pynet-go/pynet/internal/cookiewire"
)

// ExtractCookies takes the cookies of a response that the policy allows: `extract_cookies`.
// The response must have its Request.
func (j *Jar) ExtractCookies(resp *http.Response) {
	if resp.Request != nil {
		j.Extract(resp.Header, RequestOf(resp.Request))
	}
}

// Extract is ExtractCookies for a response's header and the request that it answers.
func (j *Jar) Extract(h http.Header, r *Request) {
	r = r.prepared()
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, c := range j.make(h, r) {
		j.keep(c, r)
	}
}

// keep keeps a cookie if policy and limits allow it.
func (j *Jar) keep(c *Cookie, r *Request) {
	if j.pol().SetOK(c, r) && j.mayReplace(c, r) {
		j.put(c) // one that is too large is passed over
	}
}

// mayReplace reports whether a cookie may stand beside or in place of the secure ones that
// are there: not if it came by a way on which anybody may write (RFC 6265bis section 5.7).
func (j *Jar) mayReplace(c *Cookie, r *Request) bool {
	if c.Secure || secureScheme(r) {
		return true
	}
	if p, ok := j.pol().(interface{ secure(*Request) bool }); ok && p.secure(r) {
		return true
	}
	var buf [16]*domain
	for _, d := range j.candidates(buf[:0], j.pol().Protocols(), r) {
		for _, f := range d.paths {
			for _, e := range f.items {
				if e.c.Secure && e.c.Name == c.Name && pathMatch(e.c.Path, c.Path) {
					return false
				}
			}
		}
	}
	return true
}

// MakeCookies returns the cookies that a response sets, whether or not the policy allows
// them: `make_cookies`. One that has expired takes its predecessor out of the jar and is not
// returned.
func (j *Jar) MakeCookies(h http.Header, r *Request) []*Cookie {
	r = r.prepared()
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.make(h, r)
}

func (j *Jar) make(h http.Header, r *Request) []*Cookie {
	proto := j.pol().Protocols()
	now := j.time()
	var out []*Cookie
	if !proto.Browser && (proto.RFC2965 || proto.Netscape && len(h["Set-Cookie"]) > 0) {
		// Python reads Set-Cookie2 whenever there is something to read at all; the policy
		// then decides.
		out = j.standard(cookiewire.SplitHeaderWords(h["Set-Cookie2"]), true, r, now)
	}
	return append(out, j.netscape(h["Set-Cookie"], out, proto, r, now)...)
}

// netscape makes cookies of Set-Cookie lines, but for those that came by Set-Cookie2 too.
func (j *Jar) netscape(lines []string, preferred []*Cookie, proto Protocols, r *Request, now time.Time) []*Cookie {
	if !proto.Netscape {
		return nil
	}
	if proto.Browser {
		out := make([]*Cookie, 0, len(lines))
		for _, line := range lines {
			if c := j.setCookie(line, r, now); c != nil {
				out = append(out, c)
			}
		}
		return out
	}
	var out []*Cookie
	for _, c := range j.standard(cookiewire.ParseNetscape(lines, now), false, r, now) {
		if c.Version == 1 {
			c.RFC2109 = true
			if proto.RFC2109AsNetscape {
				c.Version = 0
			}
		}
		if !proto.RFC2965 || !among(preferred, c) {
			out = append(out, c)
		}
	}
	return out
}

// among reports whether the same cookie came by Set-Cookie2.
func among(list []*Cookie, c *Cookie) bool {
	for _, o := range list {
		if o.Domain == c.Domain && o.Path == c.Path && o.Name == c.Name {
			return true
		}
	}
	return false
}

// attributes are those of a cookie that is being made.
type attributes struct {
	domain, path, port, version *cookiewire.Attr
	expires                     *int64
	aged                        bool // expires comes from Max-Age
	broken                      bool
	c                           *Cookie
}

// standard makes cookies of their names and attributes. As in Python there are none at all
// where one has a Max-Age without a value, or one of Set-Cookie2 a date in Expires, which
// RFC 2965 has not.
func (j *Jar) standard(lists [][]cookiewire.Attr, rfc2965 bool, r *Request, now time.Time) (out []*Cookie) {
	made := make([]*attributes, 0, len(lists))
	for _, list := range lists {
		a := &attributes{c: &Cookie{Name: list[0].Name, Value: list[0].Value, NoValue: list[0].NoValue, Version: NoVersion}}
		ok := a.read(list[1:], now)
		if a.broken {
			return nil
		}
		if ok {
			made = append(made, a)
		}
	}
	for _, a := range made {
		if rfc2965 && a.expires != nil && !a.aged {
			return nil
		}
		if c := j.finishStandard(a, r, now); c != nil {
			out = append(out, c)
		}
	}
	return out
}

// finishStandard gives a cookie its version, path, domain, port and end; nil if it has an
// invalid one, or has expired.
func (j *Jar) finishStandard(a *attributes, r *Request, now time.Time) *Cookie {
	c := a.c
	if a.version != nil {
		n, err := strconv.Atoi(strings.TrimSpace(a.version.Value))
		if err != nil || n < 0 {
			return nil
		}
		c.Version = n
	}
	if a.path != nil && a.path.Value != "" {
		c.Path, c.PathSpecified = cookiewire.EscapePath(a.path.Value), true
	} else {
		c.Path = defaultPath(r.path(), c.Version == 0)
	}
	if a.domain != nil {
		c.DomainSpecified = true
		c.Domain = strings.ToLower(a.domain.Value)
		c.DomainInitialDot = strings.HasPrefix(c.Domain, ".")
		if !c.DomainInitialDot {
			c.Domain = "." + c.Domain
		}
	} else {
		c.Domain = r.effectiveHost()
	}
	if a.port != nil {
		if a.port.NoValue {
			if p, ok := r.port(); ok {
				c.Port = p
			}
		} else {
			c.Port, c.PortSpecified = strings.Join(strings.Fields(a.port.Value), ""), true
		}
	}
	if a.expires == nil {
		c.Discard = true
	} else if *a.expires <= now.Unix() {
		j.clearCookie(c.Domain, c.Path, c.Name)
		return nil
	} else {
		c.Expires = time.Unix(*a.expires, 0).UTC()
	}
	return c
}

// defaultPath is the folder of the request's path; the Netscape protocol's has no slash at
// its end.
func defaultPath(path string, netscape bool) string {
	i := strings.LastIndexByte(path, '/')
	if !netscape {
		i++
	}
	if i <= 0 {
		return "/"
	}
	return path[:i]
}

// read sorts the attributes: of each the first counts, Max-Age before Expires. It reports
// false where one makes the cookie invalid.
func (a *attributes) read(list []cookiewire.Attr, now time.Time) bool {
	c := a.c
	var seen struct{ comment, url, secure, discard bool }
	for i := range list {
		w := &list[i]
		switch name := strings.ToLower(w.Name); name {
		case "domain", "path", "version", "port":
			at := map[string]**cookiewire.Attr{"domain": &a.domain, "path": &a.path, "version": &a.version, "port": &a.port}[name]
			if *at != nil {
				continue
			}
			if w.NoValue && name != "port" {
				return false
			}
			*at = w
		case "secure", "discard":
			on, first := &c.Secure, &seen.secure
			if name == "discard" {
				on, first = &c.Discard, &seen.discard
			}
			if !*first {
				*first, *on = true, w.NoValue || w.Value != ""
				if !w.NoValue {
					c.setFlagText(name, w.Value)
				}
			}
		case "comment", "commenturl":
			to, first := &c.Comment, &seen.comment
			if name == "commenturl" {
				to, first = &c.CommentURL, &seen.url
			}
			if !*first {
				*first, *to = true, w.Value
			}
		case "expires":
			if a.expires == nil && !w.NoValue {
				a.expires = &w.Time
			}
		case "max-age":
			n, err := strconv.ParseInt(strings.TrimSpace(w.Value), 10, 64)
			if err != nil {
				a.broken = w.NoValue
				return false
			}
			at := after(now, n) // the last one counts
			a.expires, a.aged = &at, true
		default:
			c.setRest(w)
		}
	}
	return true
}

// after is the time n seconds after now, at the ends of time if need be.
func after(now time.Time, n int64) int64 {
	const latest = 253402300799 // the last second of the year 9999
	switch t := now.Unix(); {
	case n > latest-t:
		return latest
	case n < math.MinInt32:
		return 0
	default:
		return t + n
	}
}

func (c *Cookie) setRest(w *cookiewire.Attr) {
	if w.NoValue {
		c.SetFlagAttr(w.Name)
	} else {
		c.SetAttr(w.Name, w.Value)
	}
}

func (c *Cookie) setFlagText(name, value string) {
	if c.flags == nil {
		c.flags = map[string]string{}
	}
	c.flags[name] = value
}
