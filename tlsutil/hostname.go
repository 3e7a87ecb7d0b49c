package tlsutil

import (
	"crypto/x509"
	"fmt"
	"net/netip"
	"strings"

	"golang.org/x/net/idna"
)

// serverName brings the name of a server into the form in which it is compared and sent:
// ASCII by IDNA 2008 (UTS 46), without a dot at the end; of an address its text. An empty
// name, one that begins with a dot, and one that no host has are [ErrValue].
func serverName(host string) (string, error) {
	if host == "" || len(host) > 1024 {
		return "", valueError("the server's name has 1 to 255 bytes")
	}
	if ip, err := netip.ParseAddr(strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")); err == nil {
		if strings.HasPrefix(host, "[") != strings.HasSuffix(host, "]") {
			return "", valueError("server name %q", short(host))
		}
		return ip.WithZone("").String(), nil
	}
	name := strings.TrimSuffix(host, ".")
	ascii := true
	for i := range len(name) {
		ascii = ascii && name[i] < 0x80
	}
	if !ascii || strings.Contains(strings.ToLower(name), "xn--") {
		var err error
		if name, err = idna.Lookup.ToASCII(name); err != nil {
			return "", valueError("server name %q is not an internationalised name", short(host))
		}
	}
	if len(name) > 253 || !hostLabels(name) {
		return "", valueError("server name %q", short(host))
	}
	return name, nil
}

// hostLabels reports whether the name consists of labels of letters, digits, hyphens and
// underscores, 1 to 63 bytes each, and is no number that resolvers take for an address.
func hostLabels(name string) bool {
	last := ""
	for label := range strings.SplitSeq(name, ".") {
		if label == "" || len(label) > 63 {
			return false
		}
		for i := range len(label) {
			c := label[i]
			if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_') {
				return false
			}
		}
		last = label
	}
	return strings.Trim(last, "0123456789") != ""
}

// MatchHostname reports, by nil, that the certificate is for the host, a name or an
// address. Names are compared with alternative names of the certificate alone, never with
// the common name (RFC 9525); "*" may be the whole left-most label and stands for exactly
// one, and at least two labels follow it. Addresses are compared by value with alternative
// names of that kind.
//
// The error is a [*CertVerificationError], or [ErrValue] for a host that is none.
// Internationalised names are converted first. It does not verify the certificate. Python:
// ssl.match_hostname, up to 3.11.
func MatchHostname(c *x509.Certificate, host string) error {
	name, err := serverName(host)
	if err != nil {
		return err
	}
	if ip, err := netip.ParseAddr(name); err == nil {
		for _, b := range c.IPAddresses {
			if a, ok := netip.AddrFromSlice(b); ok && a.Unmap() == ip.Unmap() {
				return nil
			}
		}
		return &CertVerificationError{Code: VerifyIPAddressMismatch, Cert: c,
			Message: fmt.Sprintf("IP address mismatch, certificate is not valid for %q", short(host))}
	}
	for _, pattern := range c.DNSNames {
		if matchName(pattern, name) {
			return nil
		}
	}
	return &CertVerificationError{Code: VerifyHostnameMismatch, Cert: c,
		Message: fmt.Sprintf("Hostname mismatch, certificate is not valid for %q", short(host))}
}

// matchName compares a name of a certificate with a host's, without regard to case.
func matchName(pattern, name string) bool {
	pattern = strings.TrimSuffix(pattern, ".")
	rest, wild := strings.CutPrefix(pattern, "*.")
	if !wild {
		return hostLabels(pattern) && strings.EqualFold(pattern, name)
	}
	if !hostLabels(rest) || !strings.Contains(rest, ".") {
		return false
	}
	_, parent, ok := strings.Cut(name, ".")
	return ok && strings.EqualFold(rest, parent)
}
