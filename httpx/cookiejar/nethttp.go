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
	lines := make([]string, 0, len(cookies))
	for _, c := range cookies {
		line := c.Raw
		if line == "" {
			if line = setCookieLine(c); line == "" {
				continue
			}
		}
		lines = append(lines, line)
	}
	r := requestTo(u).prepare()
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, c := range j.netscape(lines, nil, j.pol().Protocols(), r, j.time()) {
		j.keep(c, r)
	}
}

// setCookieLine writes a cookie that somebody made by hand, "" if a part of it would be read
// as another.
func setCookieLine(c *http.Cookie) string {
	value := c.Value
	if c.Quoted || strings.ContainsAny(value, " ,") { // as net/http writes it
		value = `"` + value + `"`
	}
	line := c.Name + "=" + value
	add := func(name, v string) {
		if v != "" {
			line += "; " + name + "=" + v
		}
	}
	add("Path", c.Path)
	add("Domain", c.Domain)
	if !c.Expires.IsZero() {
		add("Expires", c.Expires.UTC().Format(http.TimeFormat))
	} else {
		add("Expires", c.RawExpires)
	}
	switch {
	case c.MaxAge > 0:
		add("Max-Age", strconv.Itoa(c.MaxAge))
	case c.MaxAge < 0:
		add("Max-Age", "0")
	}
	add("SameSite", map[http.SameSite]string{http.SameSiteLaxMode: "Lax", http.SameSiteStrictMode: "Strict", http.SameSiteNoneMode: "None"}[c.SameSite])
	if c.Secure {
		line += "; Secure"
	}
	if c.HttpOnly {
		line += "; HttpOnly"
	}
	if c.Partitioned {
		line += "; Partitioned"
	}
	if strings.ContainsAny(c.Name+value+c.Path+c.Domain+c.RawExpires, ";") || strings.Contains(c.Name, "=") {
		return ""
	}
	return line
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
	r := requestTo(u).prepare()
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
	j.tidy()
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
