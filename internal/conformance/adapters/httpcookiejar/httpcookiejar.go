// Package httpcookiejar translates the calls of Python's module http.cookiejar.
package httpcookiejar

import (
	"errors"
	"io/fs"
	"strings"
	"time"

	"github.com/pynet-go/pynet/httpx/cookiejar"
	"github.com/pynet-go/pynet/internal/conformance"
	"github.com/pynet-go/pynet/internal/cookiewire"
)

// Adapter answers for the module http.cookiejar.
type Adapter struct{}

var notApplicable = conformance.ErrNotApplicable

// Raises implements [conformance.Adapter].
func (Adapter) Raises(err error, e *conformance.Exception) bool {
	switch e.Type {
	case "LoadError":
		return errors.Is(err, cookiejar.ErrLoad) || errors.Is(err, cookiejar.ErrTooLarge)
	case "FileNotFoundError":
		return errors.Is(err, fs.ErrNotExist)
	case "ValueError":
		return errors.Is(err, cookiejar.ErrNoFile)
	}
	return false
}

// Call implements [conformance.Adapter].
func (Adapter) Call(c *conformance.Call) (any, error) {
	clock := newClock(c.Record)
	switch name := strings.TrimPrefix(c.Name, "http.cookiejar."); name {
	case "urllib.request.Request":
		return newRequest(c.Args)
	case "DefaultCookiePolicy":
		return newPolicy(c.Args, clock)
	case "Cookie":
		return newCookie(c.Args, clock)
	case "CookieJar", "LWPCookieJar", "MozillaCookieJar":
		return newJar(name, c, clock)
	default:
		return function(name, c.Args, clock)
	}
}

// A clock is the time of a record, which steps may change.
type clock struct{ now int64 }

func newClock(r *conformance.Record) *clock {
	n, ok := r.Extra["clock"].(int64)
	if !ok {
		n = time.Now().Unix() // it does not matter
	}
	return &clock{n}
}

func (c *clock) time() time.Time { return time.Unix(c.now, 0).UTC() }

// function calls what Python has as a function of the module.
func function(name string, a conformance.Args, clock *clock) (any, error) {
	if len(a.Pos) == 0 {
		return nil, notApplicable
	}
	if r, ok := a.Pos[0].(*request); ok {
		return requestFunction(name, r)
	}
	switch name {
	case "split_header_words", "parse_ns_headers":
		list, ok := a.Pos[0].([]any)
		if !ok {
			return nil, notApplicable
		}
		headers := make([]string, len(list))
		for i, v := range list {
			if headers[i], ok = v.(string); !ok {
				return nil, notApplicable
			}
		}
		if name == "parse_ns_headers" {
			return attrs(cookiewire.ParseNetscape(headers, clock.time())), nil
		}
		return attrs(cookiewire.SplitHeaderWords(headers)), nil
	case "join_header_words":
		return join(a.Pos[0])
	case "lwp_cookie_str":
		c, ok := a.Pos[0].(*cookie)
		if !ok {
			return nil, notApplicable
		}
		return lwpLine(c.c)
	case "time2isoz", "time2netscape":
		t, err := a.Int(0, "t")
		if err != nil {
			return nil, err
		}
		if name == "time2isoz" {
			return cookiewire.FormatISO(t), nil
		}
		return cookiewire.FormatNetscape(t), nil
	}
	s, err := a.String(0, "text")
	if err != nil {
		return nil, err
	}
	switch name {
	case "http2time":
		if t, ok := cookiewire.Strict(s); ok {
			return float64(t), nil // Python's type for this form
		}
		return seconds(cookiewire.HTTPTime(s, clock.time())), nil
	case "iso2time":
		return seconds(cookiewire.ISOTime(s, clock.time())), nil
	case "is_HDN":
		return cookiewire.IsHDN(s), nil
	case "reach":
		return cookiewire.Reach(s), nil
	case "escape_path":
		return cookiewire.EscapePath(s), nil
	case "domain_match", "user_domain_match":
		b, err := a.String(1, "B")
		if err != nil {
			return nil, err
		}
		if name == "domain_match" {
			return cookiewire.DomainMatch(s, b), nil
		}
		return cookiewire.UserDomainMatch(s, b), nil
	}
	return nil, notApplicable
}

func seconds(t int64, ok bool) any {
	if !ok {
		return nil
	}
	return t
}

// attrs are lists of (name, value); the value of a Netscape date is its time.
func attrs(lists [][]cookiewire.Attr) any {
	out := []any{}
	for _, list := range lists {
		words := []any{}
		for i, w := range list {
			switch {
			case w.NoValue:
				words = append(words, conformance.Tuple{w.Name, nil})
			case i > 0 && w.Name == "expires" && w.Time != 0:
				var t any = w.Time
				if _, ok := cookiewire.Strict(strings.Trim(w.Value, `"`)); ok {
					t = float64(w.Time) // Python's type for this form
				}
				words = append(words, conformance.Tuple{w.Name, t})
			default:
				words = append(words, conformance.Tuple{w.Name, w.Value})
			}
		}
		out = append(out, words)
	}
	return out
}

func join(v any) (any, error) {
	lists, ok := v.([]any)
	if !ok {
		return nil, notApplicable
	}
	var in [][]cookiewire.Attr
	for _, l := range lists {
		var words []cookiewire.Attr
		pairs, ok := l.([]any)
		if !ok {
			return nil, notApplicable
		}
		for _, p := range pairs {
			t, ok := p.(conformance.Tuple)
			if !ok || len(t) != 2 {
				return nil, notApplicable
			}
			w := cookiewire.Attr{NoValue: t[1] == nil}
			if w.Name, ok = t[0].(string); !ok {
				return nil, notApplicable
			}
			if w.Value, ok = t[1].(string); !ok && t[1] != nil {
				return nil, notApplicable
			}
			words = append(words, w)
		}
		in = append(in, words)
	}
	return cookiewire.JoinHeaderWords(in), nil
}

// lwpLine is the line of a jar that has but this cookie.
func lwpLine(c *cookiejar.Cookie) (any, error) {
	var j cookiejar.Jar
	if err := j.SetCookie(c); err != nil {
		return nil, err
	}
	s, err := j.AsLWP(&cookiejar.FileConfig{IgnoreDiscard: true, IgnoreExpires: true})
	return strings.TrimSuffix(strings.TrimPrefix(s, "Set-Cookie3: "), "\n"), err
}
