package cookiejar

import (
	"cmp"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/pynet-go/pynet/internal/cookiewire"
)

// LWP is the format of libwww-perl, a Set-Cookie3 line a cookie: `LWPCookieJar`. It keeps all
// that is known of a cookie.
var LWP Format = lwp{}

type lwp struct{}

// AsLWP returns the jar's cookies as the lines of such a file, without its first:
// `as_lwp_str`.
func (j *Jar) AsLWP(cfg *FileConfig) (string, error) {
	var b strings.Builder
	err := j.Save(&b, lwp{}, cfg)
	_, s, _ := strings.Cut(b.String(), "\n")
	return s, err
}

func (lwp) Write(w io.Writer, cookies iter.Seq[*Cookie]) error {
	if _, err := io.WriteString(w, "#LWP-Cookies-2.0\n"); err != nil {
		return err
	}
	var unfit error
	for c := range cookies {
		s, err := lwpLine(c)
		if err != nil {
			unfit = cmp.Or(unfit, err)
			continue
		}
		if _, err := io.WriteString(w, "Set-Cookie3: "+s+"\n"); err != nil {
			return err
		}
	}
	return unfit
}

// lwpLine is one cookie: `lwp_cookie_str`.
func lwpLine(c *Cookie) (string, error) {
	words := []cookiewire.Attr{{Name: c.Name, Value: c.Value, NoValue: c.NoValue}, {Name: "path", Value: c.Path}, {Name: "domain", Value: c.Domain}}
	flag := func(name string, on bool) {
		if on {
			words = append(words, cookiewire.Attr{Name: name, NoValue: true})
		}
	}
	text := func(name, value string) {
		if value != "" {
			words = append(words, cookiewire.Attr{Name: name, Value: value})
		}
	}
	text("port", c.Port)
	flag("path_spec", c.PathSpecified)
	flag("port_spec", c.PortSpecified)
	flag("domain_dot", c.DomainInitialDot)
	flag("secure", c.Secure)
	if !c.Expires.IsZero() && c.Expires.Unix() != 0 { // Python writes no 0
		text("expires", cookiewire.FormatISO(c.Expires.Unix()))
	}
	flag("discard", c.Discard)
	text("comment", c.Comment)
	text("commenturl", c.CommentURL)
	rest := slices.SortedFunc(slices.Values(c.rest), func(a, b restAttr) int { return strings.Compare(a.name, b.name) })
	for _, r := range rest {
		if reserved(r.name) {
			continue // it would be read as another thing
		}
		a := cookiewire.Attr{Name: r.name, Value: "None"} // as Python writes one without a value
		if r.value != nil {
			a.Value = *r.value
		}
		words = append(words, a)
	}
	version := "None"
	if c.Version != NoVersion {
		version = strconv.Itoa(c.Version)
	}
	words = append(words, cookiewire.Attr{Name: "version", Value: version})
	for _, a := range words {
		if unfit(a.Name, a.Value) || c.PortSpecified && c.Port == "" || strings.ContainsFunc(a.Name, endsName) || a.Name == "" {
			return "", &Error{Op: "save", Name: c.Name, Kind: ErrFormat}
		}
	}
	return cookiewire.JoinHeaderWords([][]cookiewire.Attr{words}), nil
}

// endsName reports whether a name would be read as ending before r.
func endsName(r rune) bool { return r <= ' ' || unicode.IsSpace(r) || strings.ContainsRune(`=;,"`, r) }

// reserved reports whether a word means something in such a line.
func reserved(name string) bool {
	switch strings.ToLower(name) {
	case "version", "port", "path", "domain", "expires", "comment", "commenturl", "port_spec", "path_spec", "domain_dot", "secure", "discard":
		return true
	}
	return false
}

func (lwp) Read(r io.Reader, now time.Time, keep func(*Cookie) error) error {
	l := newLines(r)
	first, ok := l.next()
	rest, magic := strings.CutPrefix(first, "#LWP-Cookies-")
	if major, minor, dot := strings.Cut(rest, "."); !ok || !magic || !dot || !digits(major) || minor == "" || !digits(minor[:1]) {
		if err := l.err(); err != nil {
			return err
		}
		return l.wrong(first)
	}
	for {
		line, ok := l.next()
		if !ok {
			return l.err()
		}
		line, ok = strings.CutPrefix(line, "Set-Cookie3:")
		if !ok {
			continue
		}
		for _, words := range cookiewire.SplitHeaderWords([]string{cookiewire.TrimSpace(line)}) {
			c, ok := lwpCookie(words, now)
			if !ok {
				return l.wrong(line)
			}
			if err := keep(c); err != nil {
				return err
			}
		}
	}
}

// lwpCookie makes a cookie of a line; false if Python could not.
func lwpCookie(words []cookiewire.Attr, now time.Time) (*Cookie, bool) {
	c := &Cookie{Name: words[0].Name, Value: words[0].Value, NoValue: words[0].NoValue, Version: NoVersion, Discard: true}
	discard, hasDomain, hasPort := false, false, false
	for i := range words[1:] {
		w := &words[1+i]
		switch name := strings.ToLower(w.Name); name {
		case "port_spec", "path_spec", "domain_dot", "secure", "discard":
			on := map[string]*bool{"port_spec": &c.PortSpecified, "path_spec": &c.PathSpecified, "domain_dot": &c.DomainInitialDot, "secure": &c.Secure, "discard": &discard}[name]
			*on = w.NoValue || w.Value != ""
			if !w.NoValue {
				c.setFlagText(name, w.Value)
			}
		case "version":
			if w.NoValue || w.Value == "None" { // as it is written
				c.Version = NoVersion
				continue
			}
			n, err := strconv.Atoi(strings.TrimSpace(w.Value))
			if err != nil {
				return nil, false
			}
			c.Version = n
		case "port":
			c.Port, hasPort = w.Value, !w.NoValue
		case "path":
			c.Path = w.Value
		case "domain":
			c.Domain, hasDomain = strings.ToLower(w.Value), !w.NoValue
		case "expires":
			c.Expires = time.Time{}
			if t, ok := cookiewire.ISOTime(w.Value, now); ok && !w.NoValue {
				c.Expires = time.Unix(t, 0).UTC()
			}
		case "comment":
			c.Comment = w.Value
		case "commenturl":
			c.CommentURL = w.Value
		default:
			c.setRest(w)
		}
	}
	c.Discard = discard || c.Expires.IsZero()
	c.DomainSpecified = strings.HasPrefix(c.Domain, ".")
	return c, hasDomain && (hasPort || !c.PortSpecified)
}
