package cookiejar

import (
	"iter"
	"maps"
	"slices"
	"strings"
	"time"
)

// A Cookie is one cookie with all that is known of it: `http.cookiejar.Cookie`. A cookie in a
// jar must not be changed; Clone makes one that may be.
type Cookie struct {
	// Version is 0 for a cookie of the Netscape protocol, 1 for one of RFC 2965 or 2109, and
	// NoVersion where a server that should have said it did not.
	Version int
	Name    string
	Value   string
	// NoValue tells a cookie that has no equal sign: Python's value None.
	NoValue bool
	// Port lists ports, with commas between them; "" is every port.
	Port          string
	PortSpecified bool
	// Domain is in small letters. With a dot at its beginning the cookie is for the hosts
	// below it too.
	Domain           string
	DomainSpecified  bool
	DomainInitialDot bool
	Path             string
	PathSpecified    bool
	Secure           bool
	// Expires is the end of its life, in whole seconds; the zero Time is never.
	Expires time.Time
	// Discard tells a cookie that ends with the session.
	Discard bool
	Comment string
	// CommentURL is where a comment can be read.
	CommentURL string
	// RFC2109 tells that it came as one of RFC 2109, with a version in a Set-Cookie header.
	RFC2109 bool

	rest  []restAttr
	flags map[string]string
}

// A restAttr is a non-standard attribute; a nil value is none.
type restAttr struct {
	name  string
	value *string
}

// NoVersion is the Version of a cookie without one: Python's None.
const NoVersion = -1

// Clone returns a copy that shares nothing with c.
func (c *Cookie) Clone() *Cookie {
	d := *c
	d.rest, d.flags = slices.Clone(c.rest), maps.Clone(c.flags)
	return &d
}

// HasAttr reports whether the cookie has a non-standard attribute of this name, the case of
// which matters: `Cookie.has_nonstandard_attr`.
func (c *Cookie) HasAttr(name string) bool {
	_, ok := c.Attr(name)
	return ok
}

// Attr returns a non-standard attribute, "" for one without a value, and whether it is there:
// `Cookie.get_nonstandard_attr`.
func (c *Cookie) Attr(name string) (value string, ok bool) {
	return c.restOf(func(n string) bool { return n == name })
}

func (c *Cookie) restOf(is func(name string) bool) (string, bool) {
	for _, a := range c.rest {
		if is(a.name) {
			if a.value == nil {
				return "", true
			}
			return *a.value, true
		}
	}
	return "", false
}

// SetAttr sets a non-standard attribute: `Cookie.set_nonstandard_attr`.
func (c *Cookie) SetAttr(name, value string) { c.setAttr(name, &value) }

// SetFlagAttr sets a non-standard attribute without a value, such as HttpOnly.
func (c *Cookie) SetFlagAttr(name string) { c.setAttr(name, nil) }

func (c *Cookie) setAttr(name string, value *string) {
	for i := range c.rest {
		if c.rest[i].name == name {
			c.rest[i].value = value
			return
		}
	}
	if c.rest == nil {
		c.rest = make([]restAttr, 0, 2) // HttpOnly and SameSite
	}
	c.rest = append(c.rest, restAttr{name, value})
}

// Attrs yields the non-standard attributes in the order in which they were set; one without a
// value has nil.
func (c *Cookie) Attrs() iter.Seq2[string, *string] {
	return func(yield func(string, *string) bool) {
		for _, a := range c.rest {
			if !yield(a.name, a.value) {
				return
			}
		}
	}
}

// FlagText returns the text that a server gave to "secure" or "discard", which have none, and
// whether it did: the cookie is secure, whatever "Secure=no" says.
func (c *Cookie) FlagText(name string) (text string, ok bool) {
	text, ok = c.flags[name]
	return text, ok
}

// attr returns a non-standard attribute by its name in any case.
func (c *Cookie) attr(name string) (string, bool) {
	return c.restOf(func(n string) bool { return len(n) == len(name) && strings.EqualFold(n, name) })
}

// HTTPOnly reports whether the cookie is not for scripts.
func (c *Cookie) HTTPOnly() bool {
	_, ok := c.attr("httponly")
	return ok
}

// SameSite returns the attribute SameSite, "" if there is none.
func (c *Cookie) SameSite() string {
	v, _ := c.attr("samesite")
	return v
}

// IsExpired reports whether the cookie's life has ended by that time: `Cookie.is_expired`.
func (c *Cookie) IsExpired(now time.Time) bool {
	return !c.Expires.IsZero() && c.Expires.Unix() <= now.Unix()
}

// String tells name, value and for whom the cookie is, as Python does: `str(cookie)`. It holds
// the value, which may be a secret.
func (c *Cookie) String() string {
	s := "<Cookie " + c.Name
	if !c.NoValue {
		s += "=" + c.Value
	}
	s += " for " + c.Domain
	if c.Port != "" {
		s += ":" + c.Port
	}
	return s + c.Path + ">"
}

// size is what the limits count.
func (c *Cookie) size() int { return len(c.Name) + len(c.Value) }
