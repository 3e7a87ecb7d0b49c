package cookiejar

import (
	"net/netip"
	"strings"
	"time"
)

// A Browser is the policy of RFC 6265bis (draft-ietf-httpbis-rfc6265bis-22), which browsers
// follow. The zero value is ready. It must not be changed while a jar uses it.
type Browser struct {
	// PublicSuffixes says for which domains nobody may set cookies. Nil means [TwoLabels];
	// golang.org/x/net/publicsuffix.List is the list of browsers.
	PublicSuffixes PublicSuffixList
	// BlockThirdParties takes and gives no cookies where Request.Site is another site, or an
	// unverifiable request goes to another site than its origin.
	BlockThirdParties bool
	// MaxAge is the longest life of a cookie. Zero means 400 days, negative no bound.
	MaxAge time.Duration
	// BlockedDomains and AllowedDomains are as in [DefaultPolicy].
	BlockedDomains, AllowedDomains []string
	// Now is the clock. Nil means time.Now.
	Now func() time.Time
}

func (p *Browser) lists() *DefaultPolicy {
	return &DefaultPolicy{BlockedDomains: p.BlockedDomains, AllowedDomains: p.AllowedDomains}
}

func (p *Browser) blocked(domain string) bool {
	if p.BlockedDomains == nil && p.AllowedDomains == nil {
		return false
	}
	l := p.lists()
	return l.IsBlocked(domain) || l.IsNotAllowed(domain)
}

// Protocols implements [Policy].
func (p *Browser) Protocols() Protocols {
	return Protocols{Netscape: true, RFC2109AsNetscape: true, Browser: true}
}

func (p *Browser) now() time.Time {
	if p.Now == nil {
		return time.Now()
	}
	return p.Now()
}

func (p *Browser) suffixes() PublicSuffixList {
	if p.PublicSuffixes == nil {
		return TwoLabels
	}
	return p.PublicSuffixes
}

// site is the registrable domain of a host: the public suffix and one label before it; of an
// address or a suffix itself the host.
func (p *Browser) site(host string) string {
	if isAddress(host) {
		return host
	}
	suffix := p.suffixes().PublicSuffix(host)
	rest, ok := strings.CutSuffix(host, "."+suffix)
	if !ok || rest == "" {
		return host
	}
	return rest[strings.LastIndexByte(rest, '.')+1:] + "." + suffix
}

func isAddress(host string) bool {
	if host == "" || host[0] != '[' && (host[len(host)-1] < '0' || host[len(host)-1] > '9') {
		return false
	}
	_, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil
}

// crossSite reports whether the request was caused by another site.
func (p *Browser) crossSite(r *Request) bool {
	return r.Site != "" && p.site(canonical(r.Site)) != p.site(r.canonical())
}

func (p *Browser) thirdParty(r *Request) bool {
	return p.BlockThirdParties && (p.crossSite(r) ||
		r.Unverifiable && p.site(canonical(r.origin())) != p.site(r.canonical()))
}

// secureScheme reports whether the request is on its way in secret.
func secureScheme(r *Request) bool { return r.Scheme == "https" || r.Scheme == "wss" }

// SetOK implements [Policy]: section 5.7.
func (p *Browser) SetOK(c *Cookie, r *Request) bool {
	host := r.canonical()
	if c.Version < 0 || c.Name == "" && (c.Value == "" || hostPrefix(c.Value) || securePrefix(c.Value)) {
		return false
	}
	if p.blocked(c.Domain) || p.thirdParty(r) {
		return false
	}
	if c.DomainSpecified && !p.domainOK(c, host) {
		return false
	}
	switch {
	case c.Secure && !secureScheme(r),
		c.HTTPOnly() && r.Script,
		securePrefix(c.Name) && !c.Secure,
		hostPrefix(c.Name) && (!c.Secure || c.DomainSpecified || !c.PathSpecified || c.Path != "/"):
		return false
	}
	if p.crossSite(r) {
		switch same := strings.ToLower(c.SameSite()); {
		case same == "none":
			return c.Secure
		default:
			return r.TopLevel
		}
	}
	return !strings.EqualFold(c.SameSite(), "none") || c.Secure
}

// domainOK reports whether a host may set a cookie for the domain.
func (p *Browser) domainOK(c *Cookie, host string) bool {
	domain := strings.TrimPrefix(c.Domain, ".")
	if isAddress(host) || !endsIn(host, domain) {
		return host == domain
	}
	return host == domain || !isPublicSuffix(p.suffixes(), domain)
}

func hostPrefix(name string) bool {
	return len(name) >= 7 && strings.EqualFold(name[:7], "__Host-")
}

func securePrefix(name string) bool {
	return hostPrefix(name) || len(name) >= 9 && strings.EqualFold(name[:9], "__Secure-")
}

// ReturnOK implements [Policy]: section 5.8.3.
func (p *Browser) ReturnOK(c *Cookie, r *Request) bool {
	host := r.canonical()
	switch {
	case c.DomainSpecified && !endsIn(host, c.Domain),
		!c.DomainSpecified && host != c.Domain,
		c.Secure && !secureScheme(r),
		c.HTTPOnly() && r.Script,
		!c.Expires.IsZero() && c.IsExpired(p.now()),
		p.thirdParty(r):
		return false
	}
	if !p.crossSite(r) {
		return true
	}
	if strings.EqualFold(c.SameSite(), "none") {
		return true
	}
	return r.TopLevel && !strings.EqualFold(c.SameSite(), "strict")
}

// DomainReturnOK implements [Policy].
func (p *Browser) DomainReturnOK(domain string, r *Request) bool {
	return endsIn(r.canonical(), domain) && !p.blocked(domain)
}

// PathReturnOK implements [Policy].
func (p *Browser) PathReturnOK(path string, r *Request) bool { return pathMatch(path, r.path()) }

// life bounds the end of a cookie's life.
func (p *Browser) life(end, now time.Time) time.Time {
	most := p.MaxAge
	if most == 0 {
		most = 400 * 24 * time.Hour
	}
	if latest := now.Add(most); most > 0 && end.After(latest) {
		return latest.Truncate(time.Second)
	}
	return end
}

// canonical is a host in small letters, without a dot at its end.
func canonical(host string) string { return strings.TrimSuffix(strings.ToLower(host), ".") }
