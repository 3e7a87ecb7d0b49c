package httpcookiejar

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/pynet-go/pynet/httpx/cookiejar"
	"github.com/pynet-go/pynet/internal/conformance"
)

// A jar is a CookieJar, LWPCookieJar or MozillaCookieJar.
type jar struct {
	j     cookiejar.FileJar
	class string
	files map[string]string
	after any
	*clock
}

func newJar(class string, c *conformance.Call, clock *clock) (any, error) {
	j := &jar{class: class, files: map[string]string{}, clock: clock}
	if d, ok := c.Record.Extra["files"].(*conformance.Dict); ok {
		for _, p := range d.Pairs {
			name, _ := p.Key.(string)
			j.files[name], _ = p.Value.(string)
		}
	}
	at := 0
	if class != "CookieJar" {
		at = 2
		name, err := c.Args.StringOr(0, "filename", "")
		if err != nil {
			return nil, err
		}
		j.j.Filename = name
		if class == "MozillaCookieJar" {
			j.j.Format = cookiejar.Mozilla
		}
	}
	j.j.SetClock(clock.time)
	p, ok := c.Args.Lookup(at, "policy")
	if !ok || p == nil {
		p = &policy{&cookiejar.DefaultPolicy{Now: clock.time}}
	}
	return j, j.setPolicy(p)
}

func (j *jar) setPolicy(v any) error {
	p, ok := v.(*policy)
	if !ok {
		return notApplicable
	}
	p.p.Now = j.time // the jar's clock is the record's
	j.j.SetPolicy(p.p)
	return nil
}

// Value implements [conformance.Subject].
func (j *jar) Value() any { return conformance.Obj{Class: j.class} }

// Extra implements [conformance.Extras].
func (j *jar) Extra(key string) (any, error) {
	if key == "after" && j.after != nil {
		return j.after, nil
	}
	return nil, notApplicable
}

func (j *jar) list(cs []*cookiejar.Cookie) any {
	out := []any{}
	for _, c := range cs {
		out = append(out, &cookie{c, j.clock})
	}
	return out
}

// Step implements [conformance.Subject].
func (j *jar) Step(s *conformance.Step) (any, error) {
	j.after = nil
	switch s.Kind {
	case "clock":
		n, ok := s.Clock.(int64)
		if !ok {
			return nil, notApplicable
		}
		j.now = n
		return nil, nil
	case "read":
		text, ok := j.files[s.Name]
		if !ok {
			return nil, notApplicable
		}
		return text, nil
	case "op":
		switch s.Name {
		case "len":
			return j.j.Len(), nil
		case "iter":
			return j.list(j.j.Select(nil)), nil
		}
		return nil, notApplicable // the representation is Python's
	case "do":
		return j.do(s)
	}
	return nil, notApplicable
}

func (j *jar) do(s *conformance.Step) (any, error) {
	switch s.Name {
	case "clear":
		return nil, j.clear(s.Args)
	case "clear_session_cookies":
		j.j.ClearSessionCookies()
		return nil, nil
	case "clear_expired_cookies":
		j.j.ClearExpiredCookies()
		return nil, nil
	case "save", "load", "revert", "as_lwp_str":
		return j.file(s)
	}
	if len(s.Args.Pos) == 0 {
		return nil, notApplicable
	}
	switch v := s.Args.Pos[0].(type) {
	case *policy:
		if s.Name == "set_policy" {
			return nil, j.setPolicy(v)
		}
	case *cookie:
		return j.cookie(s, v)
	case *request:
		if s.Name == "add_cookie_header" {
			before := len(v.added)
			cookie, cookie2 := j.j.CookieHeader(v.q)
			v.add("Cookie", cookie)
			v.add("Cookie2", cookie2)
			if len(v.added) > before {
				j.after = &conformance.Dict{Pairs: []conformance.Pair{{Key: "0", Value: v.Value()}}}
			}
			return nil, nil
		}
	case conformance.Other:
		return j.response(s, v)
	}
	return nil, notApplicable
}

func (j *jar) cookie(s *conformance.Step, c *cookie) (any, error) {
	switch s.Name {
	case "set_cookie":
		return nil, j.j.SetCookie(c.c)
	case "set_cookie_if_ok":
		if r, ok := s.Args.Pos[1].(*request); ok {
			j.j.SetCookieIfOK(c.c, r.q)
			return nil, nil
		}
	}
	return nil, notApplicable
}

func (j *jar) response(s *conformance.Step, v conformance.Other) (any, error) {
	list, ok := v.V.([]any)
	if v.Tag != "response" || !ok || len(s.Args.Pos) < 2 {
		return nil, notApplicable
	}
	h := http.Header{}
	for _, p := range list {
		pair, _ := p.([]any)
		if len(pair) != 2 {
			return nil, notApplicable
		}
		name, _ := pair[0].(string)
		value, _ := pair[1].(string)
		h.Add(name, value)
	}
	r, ok := s.Args.Pos[1].(*request)
	if !ok {
		return nil, notApplicable
	}
	switch s.Name {
	case "extract_cookies":
		j.j.Extract(h, r.q)
		return nil, nil
	case "make_cookies":
		return j.list(j.j.MakeCookies(h, r.q)), nil
	}
	return nil, notApplicable
}

func (j *jar) clear(a conformance.Args) error {
	var v [3]string
	n := 0
	for i, name := range []string{"domain", "path", "name"} {
		x, ok := a.Lookup(i, name)
		if !ok || x == nil {
			break
		}
		if v[i], ok = x.(string); !ok {
			return notApplicable
		}
		n++
	}
	if n < a.Len() {
		return notApplicable
	}
	switch n {
	case 0:
		j.j.Clear()
		return nil
	case 1:
		return j.j.ClearDomain(v[0])
	case 2:
		return j.j.ClearPath(v[0], v[1])
	}
	return j.j.ClearCookie(v[0], v[1], v[2])
}

// file saves and loads. The files of the record are in memory; revert, which the package has
// for files alone, gets one for the moment.
func (j *jar) file(s *conformance.Step) (any, error) {
	cfg, at := &cookiejar.FileConfig{}, 1
	if s.Name == "as_lwp_str" {
		cfg.IgnoreDiscard, cfg.IgnoreExpires, at = true, true, 0
	}
	var err error
	if cfg.IgnoreDiscard, err = s.Args.BoolOr(at, "ignore_discard", cfg.IgnoreDiscard); err != nil {
		return nil, err
	}
	if cfg.IgnoreExpires, err = s.Args.BoolOr(at+1, "ignore_expires", cfg.IgnoreExpires); err != nil {
		return nil, err
	}
	if s.Name == "as_lwp_str" {
		return j.j.AsLWP(cfg)
	}
	name, err := s.Args.StringOr(0, "filename", j.j.Filename)
	if err != nil {
		return nil, err
	}
	format := j.j.Format
	if format == nil {
		format = cookiejar.LWP
	}
	if s.Name == "save" {
		var b strings.Builder
		if err := j.j.Save(&b, format, cfg); err != nil {
			return nil, err
		}
		j.files[name] = b.String()
		return nil, nil
	}
	text, ok := j.files[name]
	if !ok {
		return nil, fmt.Errorf("%s: %w", name, os.ErrNotExist)
	}
	if s.Name == "load" {
		return nil, j.j.Load(strings.NewReader(text), format, cfg)
	}
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "cookies")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		return nil, err
	}
	return nil, j.j.Revert(path, cfg)
}
