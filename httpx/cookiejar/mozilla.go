package cookiejar

import (
	"cmp"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"
)

// Mozilla is the format of Netscape's cookies.txt, which curl, wget and the exports of
// browsers use: `MozillaCookieJar`. It knows nothing of RFC 2965: versions, ports and
// comments are lost, and of other attributes HTTPOnly alone is kept,
// by this spelling, which cookies have that a Browser took.
// It is written as Python writes it, and read whoever wrote it.
var Mozilla Format = mozilla{}

// Curl is Mozilla as curl, wget and the exports of browsers write it: the end of a cookie of
// the session is 0, where Python leaves it empty, and HttpOnly is kept in every spelling.
var Curl Format = mozilla{curl: true}

type mozilla struct{ curl bool }

const (
	mozillaHeader  = "# Netscape HTTP Cookie File\n# http://curl.haxx.se/rfc/cookie_spec.html\n# This is a generated file!  Do not edit.\n\n"
	httpOnlyPrefix = "#HttpOnly_"
	httpOnlyAttr   = "HTTPOnly" // that of the cookies that have it
)

func (m mozilla) Write(w io.Writer, cookies iter.Seq[*Cookie]) error {
	if _, err := io.WriteString(w, mozillaHeader); err != nil {
		return err
	}
	var b []byte
	var err error
	for c := range cookies {
		if !fits(c) {
			err = cmp.Or(err, error(&Error{Op: "save", Name: c.Name, Kind: ErrFormat}))
			continue
		}
		name, value := c.Name, c.Value
		if c.NoValue { // such a file has it as a cookie without a name
			name, value = "", c.Name
		}
		b = b[:0]
		if c.HasAttr(httpOnlyAttr) || m.curl && c.HTTPOnly() {
			b = append(b, httpOnlyPrefix...)
		}
		b = append(append(b, c.Domain...), '\t')
		b = appendTruth(b, strings.HasPrefix(c.Domain, "."))
		b = append(append(append(b, '\t'), c.Path...), '\t')
		b = append(appendTruth(b, c.Secure), '\t')
		if m.curl && c.Discard {
			b = append(b, '0')
		} else if !c.Expires.IsZero() {
			b = strconv.AppendInt(b, c.Expires.Unix(), 10)
		}
		b = append(append(append(append(b, '\t'), name...), '\t'), value...)
		if _, err := w.Write(append(b, '\n')); err != nil {
			return err
		}
	}
	return err
}

// fits reports whether a line of the format would be read as this cookie.
func fits(c *Cookie) bool {
	for _, s := range []string{c.Domain, c.Path, c.Name, c.Value} {
		if unfit(s) || strings.Contains(s, "\t") {
			return false
		}
	}
	comment := !c.HasAttr(httpOnlyAttr) && (strings.HasPrefix(c.Domain, "#") || strings.HasPrefix(c.Domain, "$"))
	return !comment
}

func appendTruth(b []byte, v bool) []byte {
	if v {
		return append(b, "TRUE"...)
	}
	return append(b, "FALSE"...)
}

func (mozilla) Read(r io.Reader, _ time.Time, keep func(*Cookie) error) error {
	l := newLines(r)
	first, ok := l.next()
	magic := strings.ToLower(first)
	if !ok || !strings.HasPrefix(magic, "# netscape http cookie file") && !strings.HasPrefix(magic, "# http cookie file") {
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
		line, httpOnly := strings.CutPrefix(line, httpOnlyPrefix)
		if t := strings.TrimSpace(line); t == "" || t[0] == '#' || t[0] == '$' {
			continue
		}
		c, ok := mozillaCookie(line)
		if !ok {
			return l.wrong(line)
		}
		if httpOnly {
			c.SetAttr(httpOnlyAttr, "")
		}
		if err := keep(c); err != nil {
			return err
		}
	}
}

func mozillaCookie(line string) (*Cookie, bool) {
	var f [7]string
	n := 0
	for s := range strings.SplitSeq(line, "\t") {
		if n == len(f) {
			return nil, false
		}
		f[n] = s
		n++
	}
	if n < len(f) {
		return nil, false
	}
	dot := strings.HasPrefix(f[0], ".")
	c := &Cookie{
		Domain: strings.ToLower(f[0]), DomainSpecified: dot, DomainInitialDot: dot,
		Path: f[2], Secure: f[3] == "TRUE", Name: f[5], Value: f[6],
	}
	if dot != (f[1] == "TRUE") {
		return nil, false
	}
	if c.Name == "" {
		c.Name, c.Value, c.NoValue = f[6], "", true
	}
	t, err := strconv.ParseFloat(strings.TrimSpace(f[4]), 64)
	switch {
	case f[4] == "":
		c.Discard = true
	case err != nil || t != t || t < -1e15 || t > 1e15:
		return nil, false
	case t == 0: // what curl writes for the session
		c.Discard = true
	default:
		c.Expires = time.Unix(int64(t), 0).UTC()
	}
	return c, true
}
