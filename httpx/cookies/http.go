package cookies

import (
	"net/http"
	"strconv"
	"time"
)

// HTTP returns the cookie in the form of package net/http. A date of Expires that net/http
// does not know is kept in RawExpires alone. The error is an *Error with ErrName for a
// morsel without a name, or ErrPrefix for one that no browser would take: a name that begins
// with __Secure- wants Secure, one with __Host- also the path "/" and no domain.
func (m *Morsel) HTTP() (*http.Cookie, error) {
	if err := m.promises(); err != nil {
		return nil, err
	}
	raw, err := m.OutputString(nil)
	if err != nil {
		return nil, err
	}
	c := &http.Cookie{
		Name: m.name, Value: m.coded, Raw: raw,
		Path: m.Attr(Path), Domain: m.Attr(Domain),
		Secure: m.on(secure), HttpOnly: m.on(httpOnly), Partitioned: m.on(partitioned),
		RawExpires: m.Attr(Expires),
	}
	if n := len(m.coded); n > 1 && m.coded[0] == '"' && m.coded[n-1] == '"' {
		c.Value, c.Quoted = m.coded[1:n-1], true
	}
	if m.attrs != nil && m.attrs.kind[expires] == number {
		n, _ := strconv.ParseInt(c.RawExpires, 10, 64)
		c.Expires = time.Now().Add(time.Duration(n) * time.Second).UTC().Truncate(time.Second)
		c.RawExpires = ""
	} else if t, err := http.ParseTime(c.RawExpires); err == nil {
		c.Expires = t.UTC()
	} else if t, err := time.Parse("Mon, 02-Jan-2006 15:04:05 MST", c.RawExpires); err == nil {
		c.Expires = t.UTC()
	}
	if s := m.Attr(MaxAge); s != "" {
		n, err := strconv.Atoi(s)
		switch {
		case err != nil:
			c.Unparsed = append(c.Unparsed, "Max-Age="+s)
		case n <= 0:
			c.MaxAge = -1
		default:
			c.MaxAge = n
		}
	}
	switch s := m.Attr(SameSite); {
	case s == "":
	case equalFold(s, "strict"):
		c.SameSite = http.SameSiteStrictMode
	case equalFold(s, "lax"):
		c.SameSite = http.SameSiteLaxMode
	case equalFold(s, "none"):
		c.SameSite = http.SameSiteNoneMode
	default:
		c.SameSite = http.SameSiteDefaultMode
	}
	return c, nil
}

// FromHTTP makes a morsel of a cookie of package net/http. The errors are those of
// [Morsel.Set] and [Morsel.SetAttr].
func FromHTTP(c *http.Cookie) (*Morsel, error) {
	coded := c.Value
	if c.Quoted {
		coded = `"` + coded + `"`
	}
	m := new(Morsel)
	if err := m.Set(c.Name, Unquote(coded), coded); err != nil {
		return nil, err
	}
	set := func(name, value string) error {
		if value == "" {
			return nil
		}
		return m.SetAttr(name, value)
	}
	date := c.RawExpires
	if !c.Expires.IsZero() {
		date = c.Expires.UTC().Format(http.TimeFormat)
	}
	age := ""
	switch {
	case c.MaxAge > 0:
		age = strconv.Itoa(c.MaxAge)
	case c.MaxAge < 0:
		age = "0"
	}
	same := map[http.SameSite]string{http.SameSiteStrictMode: "Strict", http.SameSiteLaxMode: "Lax", http.SameSiteNoneMode: "None"}[c.SameSite]
	for _, a := range [...][2]string{{Path, c.Path}, {Domain, c.Domain}, {Expires, date}, {MaxAge, age}, {SameSite, same}} {
		if err := set(a[0], a[1]); err != nil {
			return nil, err
		}
	}
	for name, on := range map[attribute]bool{secure: c.Secure, httpOnly: c.HttpOnly, partitioned: c.Partitioned} {
		if on {
			m.put(name, yes, "true")
		}
	}
	return m, nil
}

// LoadRequest reads the cookies of a request, as Load does of each of its Cookie headers.
func (j *Jar) LoadRequest(r *http.Request) error {
	for _, h := range r.Header["Cookie"] {
		if err := j.Load(h); err != nil {
			return err
		}
	}
	return nil
}

// SetHeader adds a Set-Cookie header for each cookie, sorted by name. On an error, one of
// those of [Morsel.HTTP], none is added.
func (j *Jar) SetHeader(h http.Header) error {
	var lines []string
	for _, m := range j.sorted() {
		s, err := m.OutputString(nil)
		if err == nil {
			err = m.promises()
		}
		if err != nil {
			return err
		}
		lines = append(lines, s)
	}
	for _, l := range lines {
		h.Add("Set-Cookie", l)
	}
	return nil
}
