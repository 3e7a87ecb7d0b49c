package cookiejar

import (
	"slices"
	"strings"
)

// A PublicSuffixList knows below which domains everybody can have a domain of their own. It
// is the interface of net/http/cookiejar; golang.org/x/net/publicsuffix.List is one.
type PublicSuffixList interface {
	// PublicSuffix returns the public suffix of a domain, which has no dot at its end.
	PublicSuffix(domain string) string
	// String describes the list.
	String() string
}

// isPublicSuffix reports whether the domain is a public suffix itself. An address is none.
func isPublicSuffix(list PublicSuffixList, domain string) bool {
	return domain != "" && list.PublicSuffix(domain) == domain
}

// secondLabels are usual second labels below the codes of countries.
var secondLabels = []string{
	"co", "ac", "com", "edu", "org", "net", "gov", "mil", "int", "aero", "biz", "cat", "coop", "info", "jobs",
	"mobi", "museum", "name", "pro", "travel", "eu",
	"or", "ne", "go", "nom", "ltd", "plc", "sch", "nhs", "police", "me", "gob", "gouv", "govt", "id", "web", "in",
}

// countrySecond reports whether a domain is one such as .co.uk: `strict_domain`.
func countrySecond(domain string) bool {
	rest, ok := strings.CutPrefix(canonical(domain), ".")
	if !ok {
		return false
	}
	second, top, ok := strings.Cut(rest, ".")
	return ok && len(top) == 2 && slices.Contains(secondLabels, second)
}

// TwoLabels is the list of a Browser that has no other: a last label, and a usual second
// label below a country's code. It errs in both directions; a real list does not.
var TwoLabels PublicSuffixList = twoLabels{}

type twoLabels struct{}

func (twoLabels) PublicSuffix(domain string) string {
	i := strings.LastIndexByte(domain, '.')
	if i < 0 {
		return domain
	}
	j := strings.LastIndexByte(domain[:i], '.')
	if len(domain)-i-1 == 2 && slices.Contains(secondLabels, domain[j+1:i]) {
		return domain[j+1:]
	}
	return domain[i+1:]
}

func (twoLabels) String() string { return "usual second labels below the codes of countries" }
