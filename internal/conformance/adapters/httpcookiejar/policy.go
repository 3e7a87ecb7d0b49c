package httpcookiejar

import (
	"github.com/pynet-go/pynet/httpx/cookiejar"
	"github.com/pynet-go/pynet/internal/conformance"
)

// A policy is a DefaultCookiePolicy.
type policy struct {
	p *cookiejar.DefaultPolicy
}

func newPolicy(a conformance.Args, clock *clock) (any, error) {
	if len(a.Pos) > 0 {
		return nil, notApplicable
	}
	p := &cookiejar.DefaultPolicy{Now: clock.time}
	not := func(b bool) *bool { // the field says the contrary
		return &b
	}
	var noNS, lax = not(true), not(true)
	for name, to := range map[string]*bool{
		"netscape": noNS, "rfc2965": &p.RFC2965, "hide_cookie2": &p.HideCookie2, "strict_domain": &p.StrictDomain,
		"strict_rfc2965_unverifiable": lax, "strict_ns_unverifiable": &p.StrictNSUnverifiable,
		"strict_ns_set_initial_dollar": &p.StrictNSSetInitialDollar, "strict_ns_set_path": &p.StrictNSSetPath,
	} {
		v, err := a.BoolOr(-1, name, *to)
		if err != nil {
			return nil, err
		}
		*to = v
	}
	p.NoNetscape, p.LaxRFC2965Unverifiable = !*noNS, !*lax
	if v, ok := a.Lookup(-1, "rfc2109_as_netscape"); ok && v != nil {
		b, ok := v.(bool)
		if !ok {
			return nil, notApplicable
		}
		p.RFC2109AsNetscape = &b
	}
	n, err := a.IntOr(-1, "strict_ns_domain", 0)
	if err != nil {
		return nil, err
	}
	p.StrictNSDomain = cookiejar.Strictness(n)
	for name, to := range map[string]*[]string{"blocked_domains": &p.BlockedDomains, "allowed_domains": &p.AllowedDomains, "secure_protocols": &p.SecureProtocols} {
		if v, ok := a.Lookup(-1, name); ok {
			if *to, err = texts(v); err != nil {
				return nil, err
			}
		}
	}
	return &policy{p}, nil
}

// texts reads a sequence of texts; None is nil.
func texts(v any) ([]string, error) {
	list, ok := v.([]any)
	if t, isTuple := v.(conformance.Tuple); isTuple {
		list, ok = t, true
	}
	if v == nil {
		return nil, nil
	}
	if !ok {
		return nil, notApplicable
	}
	out := []string{}
	for _, x := range list {
		s, ok := x.(string)
		if !ok {
			return nil, notApplicable
		}
		out = append(out, s)
	}
	return out, nil
}

func tuple(list []string) any {
	out := conformance.Tuple{}
	for _, s := range list {
		out = append(out, s)
	}
	return out
}

// Value implements [conformance.Subject].
func (p *policy) Value() any { return conformance.Obj{Class: "DefaultCookiePolicy"} }

// Step implements [conformance.Subject].
func (p *policy) Step(s *conformance.Step) (any, error) {
	if s.Kind != "do" {
		return nil, notApplicable
	}
	var first any
	if len(s.Args.Pos) > 0 {
		first = s.Args.Pos[0]
	}
	switch s.Name {
	case "blocked_domains":
		return tuple(p.p.BlockedDomains), nil
	case "allowed_domains":
		if p.p.AllowedDomains == nil {
			return nil, nil
		}
		return tuple(p.p.AllowedDomains), nil
	case "set_blocked_domains", "set_allowed_domains":
		list, err := texts(first)
		if err != nil {
			return nil, err
		}
		if s.Name == "set_blocked_domains" {
			p.p.BlockedDomains = list
		} else {
			p.p.AllowedDomains = list
		}
		return nil, nil
	}
	if text, ok := first.(string); ok && len(s.Args.Pos) == 1 {
		switch s.Name {
		case "is_blocked":
			return p.p.IsBlocked(text), nil
		case "is_not_allowed":
			return p.p.IsNotAllowed(text), nil
		}
	}
	if len(s.Args.Pos) != 2 {
		return nil, notApplicable
	}
	r, ok := s.Args.Pos[1].(*request)
	if !ok {
		return nil, notApplicable
	}
	switch v := first.(type) {
	case string:
		switch s.Name {
		case "domain_return_ok":
			return p.p.DomainReturnOK(v, r.q), nil
		case "path_return_ok":
			return p.p.PathReturnOK(v, r.q), nil
		}
	case *cookie:
		switch s.Name {
		case "set_ok":
			return p.p.SetOK(v.c, r.q), nil
		case "return_ok":
			return p.p.ReturnOK(v.c, r.q), nil
		}
	}
	return nil, notApplicable
}
