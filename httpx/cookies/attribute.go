package cookies

import (
	"iter"
	"strconv"
	"strings"
)

// Names of attributes. Their case does not matter where an attribute is asked for.
const (
	Comment     = "comment"     // RFC 2109
	Domain      = "domain"      // who gets it beside the host itself
	Expires     = "expires"     // a date, or with SetInt seconds from now
	HTTPOnly    = "httponly"    // a flag: not for scripts
	MaxAge      = "max-age"     // its life in seconds
	Partitioned = "partitioned" // a flag: a jar for each top-level site (CHIPS)
	Path        = "path"        // which requests get it
	SameSite    = "samesite"    // Strict, Lax or None
	Secure      = "secure"      // a flag: only over TLS
	Version     = "version"     // RFC 2109
)

// attribute is an index of the tables below, in the order in which attributes are written.
type attribute int

const (
	comment attribute = iota
	domain
	expires
	httpOnly
	maxAge
	partitioned
	path
	sameSite
	secure
	version
	attributes // how many
)

var attributeNames = [attributes]string{Comment, Domain, Expires, HTTPOnly, MaxAge, Partitioned, Path, SameSite, Secure, Version}

// written is how the names are written.
var written = [attributes]string{"Comment", "Domain", "expires", "HttpOnly", "Max-Age", "Partitioned", "Path", "SameSite", "Secure", "Version"}

func (a attribute) flag() bool { return a == httpOnly || a == partitioned || a == secure }

// lookup finds an attribute by its name in any case.
func lookup(name string) (attribute, bool) {
	var a attribute
	switch len(name) {
	case 4:
		a = path
	case 6:
		if a = domain; name[0]|0x20 == 's' {
			a = secure
		}
	case 7:
		switch name[0] | 0x20 {
		case 'c':
			a = comment
		case 'e':
			a = expires
		case 'm':
			a = maxAge
		default:
			a = version
		}
	case 8:
		if a = httpOnly; name[0]|0x20 == 's' {
			a = sameSite
		}
	case 11:
		a = partitioned
	default:
		return 0, false
	}
	return a, equalFold(name, attributeNames[a])
}

// equalFold compares with a name in small letters; only those of ASCII are folded.
func equalFold(s, lower string) bool {
	if len(s) != len(lower) {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		if c != lower[i] {
			return false
		}
	}
	return true
}

// IsReserved reports whether name is that of an attribute, in any case; no cookie may be
// called so: `Morsel.isReservedKey`.
func IsReserved(name string) bool {
	_, ok := lookup(name)
	return ok
}

// A kind is the type of an attribute's value.
type kind uint8

const (
	text kind = iota
	number
	yes
	no
)

// values are the attributes of a morsel.
type values struct {
	text [attributes]string
	kind [attributes]kind
}

func (m *Morsel) set(name string, k kind, v string) error {
	a, ok := lookup(name)
	switch {
	case !none(name, ctrl) || !none(v, ctrl):
		return fail(name, ErrControl)
	case !ok || k >= yes && !a.flag():
		return fail(name, ErrAttribute)
	}
	m.put(a, k, v)
	return nil
}

func (m *Morsel) put(a attribute, k kind, v string) {
	if m.attrs == nil {
		m.attrs = new(values)
	}
	m.attrs.kind[a], m.attrs.text[a] = k, v
}

// SetAttr sets an attribute: `morsel[name] = value`. An empty value takes it away; of a flag
// any other value sets it. The error is an *Error with ErrAttribute or ErrControl.
func (m *Morsel) SetAttr(name, value string) error { return m.set(name, text, value) }

// SetInt sets an attribute to a number. MaxAge is in seconds, and Expires becomes the date
// that is so many seconds after the cookie is written.
func (m *Morsel) SetInt(name string, value int64) error {
	return m.set(name, number, strconv.FormatInt(value, 10))
}

// SetFlag sets or clears HTTPOnly, Partitioned or Secure.
func (m *Morsel) SetFlag(name string, on bool) error {
	if on {
		return m.set(name, yes, "true")
	}
	return m.set(name, no, "false")
}

// SetDefault sets an attribute unless it is there, even if it is empty, which in Python's
// terms all of them are: it only tells the value: `Morsel.setdefault`.
func (m *Morsel) SetDefault(name, value string) (string, error) {
	if !none(name, ctrl) || !none(value, ctrl) {
		return "", fail(name, ErrControl)
	}
	if _, ok := lookup(name); !ok {
		return "", fail(name, ErrAttribute)
	}
	return m.Attr(name), nil
}

// Update sets several attributes, or none if one of them is wrong: `Morsel.update`.
func (m *Morsel) Update(attrs map[string]string) error {
	var try Morsel
	for name, v := range attrs {
		if err := try.SetAttr(name, v); err != nil {
			return err
		}
	}
	for name, v := range attrs {
		if err := m.SetAttr(name, v); err != nil {
			return err
		}
	}
	return nil
}

// Attr returns the text of an attribute, "" if it is not there: `morsel[name]`. A flag that
// was set by SetFlag is "true" or "false".
func (m *Morsel) Attr(name string) string {
	a, ok := lookup(name)
	if !ok || m.attrs == nil {
		return ""
	}
	return m.attrs.text[a]
}

// Flag reports whether HTTPOnly, Partitioned or Secure is set.
func (m *Morsel) Flag(name string) bool {
	a, ok := lookup(name)
	return ok && a.flag() && m.on(a)
}

// on reports whether a flag would be written.
func (m *Morsel) on(a attribute) bool {
	if m.attrs == nil {
		return false
	}
	switch m.attrs.kind[a] {
	case no:
		return false
	case number:
		return m.attrs.text[a] != "0"
	}
	return m.attrs.text[a] != ""
}

// Attrs yields the attributes that are there, in alphabetical order, each with its value as
// it was set: a string, an int64 or a bool.
func (m *Morsel) Attrs() iter.Seq2[string, any] {
	return func(yield func(string, any) bool) {
		if m.attrs == nil {
			return
		}
		for a, name := range attributeNames {
			v := any(m.attrs.text[a])
			switch m.attrs.kind[a] {
			case number:
				n, _ := strconv.ParseInt(m.attrs.text[a], 10, 64)
				v = n
			case yes, no:
				v = m.attrs.kind[a] == yes
			}
			if v != "" && !yield(name, v) {
				return
			}
		}
	}
}

// prefix tells which of the prefixes of RFC 6265bis section 4.1.3 the name has.
func (m *Morsel) prefix() (host, secure bool) {
	host = len(m.name) >= 7 && strings.EqualFold(m.name[:7], "__Host-")
	return host, host || len(m.name) >= 9 && strings.EqualFold(m.name[:9], "__Secure-")
}

// contradicts reports an attribute that the name's prefix excludes.
func (m *Morsel) contradicts() error {
	if host, _ := m.prefix(); host && (m.Attr(Domain) != "" || m.Attr(Path) != "" && m.Attr(Path) != "/") {
		return fail(m.name, ErrPrefix)
	}
	return nil
}

// promises reports also an attribute that is missing: no browser would take the cookie.
func (m *Morsel) promises() error {
	host, sec := m.prefix()
	if sec && !m.on(secure) || host && m.Attr(Path) != "/" {
		return fail(m.name, ErrPrefix)
	}
	return m.contradicts()
}
