package httpcookiejar

import (
	"strings"
	"time"

	"github.com/pynet-go/pynet/httpx/cookiejar"
	"github.com/pynet-go/pynet/internal/conformance"
)

// A cookie is a Cookie.
type cookie struct {
	c *cookiejar.Cookie
	*clock
}

func newCookie(a conformance.Args, clock *clock) (any, error) {
	c := &cookiejar.Cookie{Version: cookiejar.NoVersion}
	text := func(name string) string {
		s, _ := a.Kw[name].(string)
		return s
	}
	truth := func(name string) bool {
		b, _ := a.Kw[name].(bool)
		return b
	}
	if n, ok := a.Kw["version"].(int64); ok {
		c.Version = int(n)
	}
	c.Name, c.Value, c.NoValue = text("name"), text("value"), a.Kw["value"] == nil
	c.Port, c.PortSpecified = text("port"), truth("port_specified")
	c.Domain, c.DomainSpecified, c.DomainInitialDot = strings.ToLower(text("domain")), truth("domain_specified"), truth("domain_initial_dot")
	c.Path, c.PathSpecified = text("path"), truth("path_specified")
	c.Secure, c.Discard, c.RFC2109 = truth("secure"), truth("discard"), truth("rfc2109")
	c.Comment, c.CommentURL = text("comment"), text("comment_url")
	if n, ok := a.Kw["expires"].(int64); ok {
		c.Expires = time.Unix(n, 0).UTC()
	}
	if d, ok := a.Kw["rest"].(*conformance.Dict); ok {
		for _, p := range d.Pairs {
			name, _ := p.Key.(string)
			if v, ok := p.Value.(string); ok {
				c.SetAttr(name, v)
			} else {
				c.SetFlagAttr(name)
			}
		}
	}
	return &cookie{c, clock}, nil
}

func orNone(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// Value implements [conformance.Subject].
func (k *cookie) Value() any {
	c := k.c
	f := map[string]any{
		"name": c.Name, "value": c.Value, "port": orNone(c.Port), "port_specified": c.PortSpecified,
		"domain": c.Domain, "domain_specified": c.DomainSpecified, "domain_initial_dot": c.DomainInitialDot,
		"path": c.Path, "path_specified": c.PathSpecified, "secure": c.Secure, "discard": c.Discard,
		"comment": orNone(c.Comment), "comment_url": orNone(c.CommentURL), "rfc2109": c.RFC2109,
		"version": c.Version, "expires": nil,
	}
	if c.NoValue {
		f["value"] = nil
	}
	if c.Version == cookiejar.NoVersion {
		f["version"] = nil
	}
	if !c.Expires.IsZero() {
		f["expires"] = c.Expires.Unix()
	}
	if t, ok := c.FlagText("secure"); ok {
		f["secure"] = t
	}
	if t, ok := c.FlagText("discard"); ok && !c.Expires.IsZero() {
		f["discard"] = t
	}
	rest := &conformance.Dict{}
	for name, v := range c.Attrs() {
		if v == nil {
			rest.Pairs = append(rest.Pairs, conformance.Pair{Key: name})
		} else {
			rest.Pairs = append(rest.Pairs, conformance.Pair{Key: name, Value: *v})
		}
	}
	f["rest"] = rest
	return conformance.Obj{Class: "Cookie", Str: c.String(), Fields: f}
}

// Step implements [conformance.Subject].
func (k *cookie) Step(s *conformance.Step) (any, error) {
	switch s.Kind + " " + s.Name {
	case "op str":
		return k.c.String(), nil
	case "do is_expired":
		now := k.time()
		if v, ok := s.Args.Lookup(0, "now"); ok && v != nil {
			n, err := s.Args.Int(0, "now")
			if err != nil {
				return nil, err
			}
			now = time.Unix(n, 0)
		}
		return k.c.IsExpired(now), nil
	case "do has_nonstandard_attr", "do get_nonstandard_attr":
		name, err := s.Args.String(0, "name")
		if err != nil {
			return nil, err
		}
		if s.Name == "has_nonstandard_attr" {
			return k.c.HasAttr(name), nil
		}
		for n, v := range k.c.Attrs() {
			if n == name && v == nil {
				return nil, nil
			} else if n == name {
				return *v, nil
			}
		}
		def, _ := s.Args.Lookup(1, "default")
		return def, nil
	case "do set_nonstandard_attr":
		name, err := s.Args.String(0, "name")
		if err != nil {
			return nil, err
		}
		value, err := s.Args.String(1, "value")
		if err != nil {
			return nil, err
		}
		k.c.SetAttr(name, value)
		return nil, nil
	}
	return nil, notApplicable
}
