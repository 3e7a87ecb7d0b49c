package cookiejar

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pynet-go/pynet/internal/cookiewire"
)

// A Strictness is a set of rules about domains of Netscape cookies.
type Strictness int

// The rules: `DefaultCookiePolicy.DomainStrictNoDots` and so on.
const (
	DomainStrictNoDots    Strictness = 1 << iota // what is before the domain has no dot
	DomainStrictNonDomain                        // without the attribute only that very host
	DomainRFC2965Match                           // the rule of RFC 2965

	DomainLiberal Strictness = 0
	DomainStrict             = DomainStrictNoDots | DomainStrictNonDomain
)

// A DefaultPolicy is Python's DefaultCookiePolicy. The zero value has its defaults. It must
// not be changed while a jar uses it.
type DefaultPolicy struct {
	// NoNetscape takes no part in the Netscape protocol: `netscape=False`.
	NoNetscape bool
	// RFC2965 takes part in that of RFC 2965.
	RFC2965 bool
	// RFC2109AsNetscape says whether cookies of RFC 2109 are treated as Netscape ones. Nil
	// means: unless RFC2965 is set.
	RFC2109AsNetscape *bool
	// HideCookie2 does not tell servers of RFC 2965.
	HideCookie2 bool
	// StrictDomain refuses domains such as .co.uk: a usual second label below a country's
	// code. PublicSuffixes knows more of them.
	StrictDomain bool
	// PublicSuffixes refuses cookies for all of a public suffix. Nil means none.
	PublicSuffixes PublicSuffixList
	// LaxRFC2965Unverifiable lets third parties set and get cookies of RFC 2965:
	// `strict_rfc2965_unverifiable=False`.
	LaxRFC2965Unverifiable bool
	// StrictNSUnverifiable keeps third parties from setting and getting Netscape cookies.
	StrictNSUnverifiable bool
	// StrictNSDomain says how strict the domains of Netscape cookies are looked at.
	StrictNSDomain Strictness
	// StrictNSSetInitialDollar refuses Netscape cookies whose names begin with a dollar sign.
	StrictNSSetInitialDollar bool
	// StrictNSSetPath refuses Netscape cookies whose path is not the request's.
	StrictNSSetPath bool
	// SecureProtocols are the schemes that count as secure. Nil means https and wss.
	SecureProtocols []string
	// BlockedDomains are never dealt with, AllowedDomains, unless nil, alone. A domain that
	// begins with a dot stands for all below it.
	BlockedDomains, AllowedDomains []string
	// Now is the clock. Nil means time.Now.
	Now func() time.Time
}

// IsBlocked reports whether a domain is among the blocked ones: `is_blocked`.
func (p *DefaultPolicy) IsBlocked(domain string) bool {
	return slices.ContainsFunc(p.BlockedDomains, func(d string) bool { return cookiewire.UserDomainMatch(domain, d) })
}

// IsNotAllowed reports whether there are allowed domains and this is none: `is_not_allowed`.
func (p *DefaultPolicy) IsNotAllowed(domain string) bool {
	return p.AllowedDomains != nil &&
		!slices.ContainsFunc(p.AllowedDomains, func(d string) bool { return cookiewire.UserDomainMatch(domain, d) })
}

// Protocols implements [Policy].
func (p *DefaultPolicy) Protocols() Protocols {
	as := !p.RFC2965
	if p.RFC2109AsNetscape != nil {
		as = *p.RFC2109AsNetscape
	}
	return Protocols{Netscape: !p.NoNetscape, RFC2965: p.RFC2965, RFC2109AsNetscape: as, HideCookie2: p.HideCookie2}
}

func (p *DefaultPolicy) now() time.Time {
	if p.Now == nil {
		return time.Now()
	}
	return p.Now()
}

func (p *DefaultPolicy) secure(r *Request) bool {
	if p.SecureProtocols == nil {
		return r.Scheme == "https" || r.Scheme == "wss"
	}
	return slices.Contains(p.SecureProtocols, r.Scheme)
}

// SetOK implements [Policy]: `DefaultCookiePolicy.set_ok`.
func (p *DefaultPolicy) SetOK(c *Cookie, r *Request) bool {
	return p.version(c) && p.verifiable(c, r) &&
		!(c.Version == 0 && p.StrictNSSetInitialDollar && strings.HasPrefix(c.Name, "$")) &&
		p.setPath(c, r) && p.setDomain(c, r) && p.setPort(c, r)
}

// version refuses cookies of a protocol that is not spoken, and of versions that no protocol
// has.
func (p *DefaultPolicy) version(c *Cookie) bool {
	switch {
	case c.Version < 0:
		return false
	case c.Version > 0:
		return p.RFC2965
	}
	return !p.NoNetscape
}

func (p *DefaultPolicy) verifiable(c *Cookie, r *Request) bool {
	strict := p.StrictNSUnverifiable
	if c.Version > 0 {
		strict = !p.LaxRFC2965Unverifiable
	}
	return !(strict && r.Unverifiable && r.thirdParty())
}

func (p *DefaultPolicy) setPath(c *Cookie, r *Request) bool {
	if !c.PathSpecified || c.Version == 0 && !p.StrictNSSetPath {
		return true
	}
	return p.PathReturnOK(c.Path, r)
}

func (p *DefaultPolicy) setDomain(c *Cookie, r *Request) bool {
	if p.IsBlocked(c.Domain) || p.IsNotAllowed(c.Domain) {
		return false
	}
	if !c.DomainSpecified {
		return true
	}
	domain, host := c.Domain, r.host()
	erhn := effective(host)
	if p.StrictDomain && countrySecond(domain) {
		return false
	}
	undotted := strings.TrimPrefix(domain, ".")
	if p.PublicSuffixes != nil && isPublicSuffix(p.PublicSuffixes, undotted) && undotted != erhn {
		return false
	}
	if !strings.Contains(undotted, ".") && !strings.HasSuffix(erhn, ".local") {
		return false
	}
	if c.Version == 0 && !endsIn(erhn, domain) && !endsIn(erhn, undotted+".local") {
		return false
	}
	if (c.Version > 0 || p.StrictNSDomain&DomainRFC2965Match != 0) && !cookiewire.DomainMatch(erhn, domain) {
		return false
	}
	if c.Version > 0 || p.StrictNSDomain&DomainStrictNoDots != 0 {
		before := host[:max(0, len(host)-len(domain))]
		if strings.Contains(before, ".") && !cookiewire.IsIPv4(host) {
			return false
		}
	}
	return true
}

func (p *DefaultPolicy) setPort(c *Cookie, r *Request) bool {
	if !c.PortSpecified {
		return true
	}
	want, ok := r.port()
	if !ok {
		want = "80"
	}
	for port := range strings.SplitSeq(c.Port, ",") {
		if _, err := strconv.Atoi(port); err != nil {
			return false
		}
		if port == want {
			return true
		}
	}
	return false
}

// ReturnOK implements [Policy]: `DefaultCookiePolicy.return_ok`.
func (p *DefaultPolicy) ReturnOK(c *Cookie, r *Request) bool {
	return p.version(c) && p.verifiable(c, r) && (!c.Secure || p.secure(r)) &&
		!c.IsExpired(p.now()) && p.returnPort(c, r) && p.returnDomain(c, r)
}

func (p *DefaultPolicy) returnPort(c *Cookie, r *Request) bool {
	if c.Port == "" {
		return true
	}
	want, ok := r.port()
	if !ok {
		want = "80"
	}
	for port := range strings.SplitSeq(c.Port, ",") {
		if port == want {
			return true
		}
	}
	return false
}

func (p *DefaultPolicy) returnDomain(c *Cookie, r *Request) bool {
	erhn := r.effectiveHost()
	switch {
	case c.Version == 0 && p.StrictNSDomain&DomainStrictNonDomain != 0 && !c.DomainSpecified && c.Domain != erhn:
		return false
	case c.Version > 0 && !cookiewire.DomainMatch(erhn, c.Domain):
		return false
	case c.Version == 0 && !endsIn(erhn, c.Domain):
		return false
	}
	return true
}

// endsIn reports whether a host is a domain or below it.
func endsIn(host, domain string) bool {
	if domain != "" && domain[0] != '.' {
		return host == domain || len(host) > len(domain) && host[len(host)-len(domain)-1] == '.' && strings.HasSuffix(host, domain)
	}
	return strings.HasSuffix(host, domain) || domain != "" && host == domain[1:]
}

// DomainReturnOK implements [Policy]: `DefaultCookiePolicy.domain_return_ok`.
func (p *DefaultPolicy) DomainReturnOK(domain string, r *Request) bool {
	host := r.host()
	if !endsIn(host, domain) && !endsIn(effective(host), domain) {
		return false
	}
	return !p.IsBlocked(domain) && !p.IsNotAllowed(domain)
}

// PathReturnOK implements [Policy]: `DefaultCookiePolicy.path_return_ok`.
func (p *DefaultPolicy) PathReturnOK(path string, r *Request) bool { return pathMatch(path, r.path()) }
