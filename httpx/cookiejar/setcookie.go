package cookiejar

import (
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/idna"

	"github.com/pynet-go/pynet/internal/cookiewire"
)

// setCookie makes a cookie of a Set-Cookie line as RFC 6265bis section 5.6 and the first part
// of 5.7 have it, nil if it is none. One that has expired takes its predecessor out of the
// jar.
func (j *Jar) setCookie(line string, r *Request, now time.Time) *Cookie {
	for i := range len(line) {
		if c := line[i]; c < 0x20 && c != '\t' || c == 0x7f {
			return nil
		}
	}
	first, rest, _ := strings.Cut(line, ";")
	name, value, ok := strings.Cut(first, "=")
	if !ok {
		name, value = "", first
	}
	c := &Cookie{Name: trim(name), Value: trim(value)}
	var end time.Time
	aged := false
	for rest != "" {
		var part string
		part, rest, _ = strings.Cut(rest, ";")
		key, v, hasValue := strings.Cut(part, "=")
		key, v = trim(key), trim(v)
		if len(v) > j.limits.attr() {
			continue
		}
		var low [len("max-age!")]byte // room for the known ones, and not for most others
		switch string(lower(low[:0], key)) {
		case "":
		case "expires":
			if t, ok := cookiewire.HTTPTime(v, now); ok && !aged {
				end = time.Unix(max(t, 1), 0)
			}
		case "max-age":
			if n, ok := maxAge(v); ok {
				aged, end = true, now.Add(n).Truncate(time.Second)
			}
		case "domain":
			c.DomainInitialDot = strings.HasPrefix(v, ".")
			c.Domain = strings.TrimPrefix(v, ".")
		case "path":
			c.Path, c.PathSpecified = v, strings.HasPrefix(v, "/")
		case "secure":
			c.Secure = true
		case "httponly":
			c.SetAttr(httpOnlyAttr, "")
		case "samesite":
			c.SetAttr("SameSite", v)
		default:
			if hasValue {
				c.SetAttr(key, v)
			} else {
				c.SetFlagAttr(key)
			}
		}
	}
	return j.finish(c, r, end, now)
}

// lower appends s in small letters of ASCII, if there is room for it; else a byte that is no
// name.
func lower(b []byte, s string) []byte {
	if len(s) > cap(b) {
		return append(b, 0)
	}
	for i := range len(s) {
		c := s[i]
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		b = append(b, c)
	}
	return b
}

// maxAge reads Max-Age: digits, perhaps after a minus sign.
func maxAge(v string) (time.Duration, bool) {
	if !digits(strings.TrimPrefix(v, "-")) {
		return 0, false
	}
	const most = 1 << 33 // seconds, some 270 years
	n, err := strconv.ParseInt(v, 10, 64)
	switch {
	case v[0] == '-' || n == 0 && err == nil:
		return -time.Hour, true
	case err != nil || n > most:
		n = most
	}
	return time.Duration(n) * time.Second, true
}

// finish gives a cookie of a browser's kind its domain, path and end.
func (j *Jar) finish(c *Cookie, r *Request, end, now time.Time) *Cookie {
	host := r.canonical()
	domain, ok := toASCII(strings.ToLower(c.Domain))
	if !ok {
		return nil
	}
	suffixes := TwoLabels
	if p, ok := j.pol().(interface{ suffixes() PublicSuffixList }); ok {
		suffixes = p.suffixes()
	}
	switch domain = strings.TrimSuffix(domain, "."); {
	case domain == "", domain == host && (isAddress(host) || isPublicSuffix(suffixes, domain)):
		c.Domain, c.DomainInitialDot = host, false
	default:
		c.Domain, c.DomainSpecified = "."+domain, true
	}
	if !c.PathSpecified {
		c.Path = defaultPath(r.path(), true)
	}
	if end.IsZero() {
		c.Discard = true
		return c
	}
	if end.Unix() <= now.Unix() {
		if e := j.find(c.Domain, c.Path, c.Name); e != nil && j.pol().SetOK(c, r) && j.mayReplace(c, r) {
			j.remove(e)
		}
		return nil
	}
	if p, ok := j.pol().(interface {
		life(end, now time.Time) time.Time
	}); ok {
		end = p.life(end, now)
	}
	c.Expires = end.UTC()
	return c
}

// toASCII is a host in the form of DNS, false if it has none. Capitals of ASCII stay.
func toASCII(host string) (string, bool) {
	if len(host) > 255 {
		return "", false
	}
	for i := range len(host) {
		if host[i] >= 0x80 {
			a, err := idna.Lookup.ToASCII(host)
			return a, err == nil
		}
	}
	return host, true
}

// trim takes spaces and tabs from both ends.
func trim(s string) string { return strings.Trim(s, " \t") }
