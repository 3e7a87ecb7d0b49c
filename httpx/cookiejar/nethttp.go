package cookiejar

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// A Jar is what an http.Client keeps its cookies in.
var _ http.CookieJar = (*Jar)(nil)

// SetCookies takes the cookies of a response from u that the policy allows, as http.CookieJar
// has it. A cookie that holds the line it was read from (http.Cookie.Raw) is read anew.
func (j *Jar) SetCookies(u *url.URL, cookies []*http.Cookie) {
	if u.Scheme != "http" && u.Scheme != "https" {
		return
	}
	h := http.Header{}
	for _, c := range cookies {
		line := c.Raw
		if line == "" {
			line = setCookieLine(c)
		}
		h["Set-Cookie"] = append(h["Set-Cookie"], line)
	}
	j.Extract(h, requestTo(u))
}

// setCookieLine writes a cookie that somebody made by hand.
func setCookieLine(c *http.Cookie) string {
	s := c.String()
	if c.Expires.IsZero() && c.RawExpires != "" && s != "" {
		s += "; Expires=" + c.RawExpires
	}
	return s
}

func requestTo(u *url.URL) *Request {
	host := u.Host
	if ascii, ok := toASCII(host); ok {
		host = ascii
	}
	return &Request{Scheme: u.Scheme, Host: host, Path: u.EscapedPath()}
}

// Cookies returns the cookies that go with a request to u, as http.CookieJar has it: name
// and value alone, those of longer paths first. Cookies without a name or without an equal
// sign, which net/http cannot write, are left out.
func (j *Jar) Cookies(u *url.URL) []*http.Cookie {
	if u.Scheme != "http" && u.Scheme != "https" {
		return nil
	}
	r := requestTo(u).prepared()
	j.mu.Lock()
	defer j.mu.Unlock()
	p := j.pol()
	var buf [8]*entry
	found := j.lookup(buf[:0], p, p.Protocols(), r)
	if len(found) == 0 {
		return nil
	}
	all := make([]http.Cookie, 0, len(found))
	out := make([]*http.Cookie, 0, len(found))
	for _, e := range found {
		c := e.c
		if c.Name == "" || c.NoValue {
			continue
		}
		all = append(all, http.Cookie{Name: c.Name, Value: c.Value})
		h := &all[len(all)-1]
		if v := c.Value; len(v) > 1 && v[0] == '"' && v[len(v)-1] == '"' {
			h.Value, h.Quoted = v[1:len(v)-1], true
		}
		out = append(out, h)
	}
	j.expire(j.time())
	return out
}

// HTTP returns a cookie in the form of package net/http, with its attributes.
func (c *Cookie) HTTP() *http.Cookie {
	h := &http.Cookie{
		Name: c.Name, Value: c.Value, Path: c.Path, Secure: c.Secure, HttpOnly: c.HTTPOnly(), Expires: c.Expires,
	}
	if v := c.Value; len(v) > 1 && v[0] == '"' && v[len(v)-1] == '"' {
		h.Value, h.Quoted = v[1:len(v)-1], true
	}
	if c.DomainSpecified || strings.HasPrefix(c.Domain, ".") {
		h.Domain = strings.TrimPrefix(c.Domain, ".")
	}
	_, h.Partitioned = c.attr("partitioned")
	switch strings.ToLower(c.SameSite()) {
	case "lax":
		h.SameSite = http.SameSiteLaxMode
	case "strict":
		h.SameSite = http.SameSiteStrictMode
	case "none":
		h.SameSite = http.SameSiteNoneMode
	}
	if c.Comment != "" {
		h.Unparsed = append(h.Unparsed, "Comment="+strconv.Quote(c.Comment))
	}
	return h
}
