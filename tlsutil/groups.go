package tlsutil

import (
	"crypto/tls"
	"slices"
	"strings"
)

// A group of the key agreement, with OpenSSL's name first.
type group struct {
	id    tls.CurveID
	names []string
}

var groups = []group{
	{tls.X25519MLKEM768, []string{"X25519MLKEM768"}},
	{tls.SecP256r1MLKEM768, []string{"SecP256r1MLKEM768"}},
	{tls.SecP384r1MLKEM1024, []string{"SecP384r1MLKEM1024"}},
	{tls.X25519, []string{"x25519", "X25519"}},
	{tls.CurveP256, []string{"secp256r1", "P-256", "prime256v1"}},
	{tls.CurveP384, []string{"secp384r1", "P-384"}},
	{tls.CurveP521, []string{"secp521r1", "P-521"}},
}

func groupByName(name string) (tls.CurveID, bool) {
	for _, g := range groups {
		for _, n := range g.names {
			if strings.EqualFold(n, name) {
				return g.id, true
			}
		}
	}
	return 0, false
}

// groupName is OpenSSL's name of a group.
func groupName(id tls.CurveID) string {
	for _, g := range groups {
		if g.id == id {
			return g.names[0]
		}
	}
	return id.String()
}

// Groups returns the names of the groups for the key agreement that are enabled, with
// aliases if asked for. The order says nothing. Python: get_groups.
func (c *Context) Groups(aliases bool) []string {
	chosen := get(c, func() []tls.CurveID { return c.groups })
	var out []string
	for _, g := range groups {
		switch {
		case chosen != nil && !slices.Contains(chosen, g.id):
		case aliases:
			out = append(out, g.names...)
		default:
			out = append(out, g.names[0])
		}
	}
	return out
}

// SetGroups chooses the groups for the key agreement, in OpenSSL's syntax
// (SSL_CTX_set1_groups_list(3)): names separated by colons; "?" before a name passes it
// over if it is not known, "-" takes it out, "DEFAULT" stands for all. The order, marks for
// key shares ("*") and tuples ("/") are without effect: crypto/tls decides. An unknown name
// or an empty choice is an [*Error] that is [ErrValue]. Python: set_groups.
func (c *Context) SetGroups(list string) error {
	bad := func(what string) error {
		return &Error{Op: "set_groups", Library: "SSL", Reason: "UNKNOWN_GROUP", Number: ErrorSSL, Err: valueError("%s", what)}
	}
	if len(list) > maxCipherList {
		return bad("the list is too long")
	}
	chosen := []tls.CurveID{}
	for name := range strings.FieldsFuncSeq(list, func(r rune) bool { return r == ':' || r == '/' }) {
		word := name
		name = strings.TrimLeft(name, "*?-")
		marks := word[:len(word)-len(name)]
		if strings.EqualFold(name, "DEFAULT") {
			for _, g := range groups {
				chosen = append(chosen, g.id)
			}
			continue
		}
		id, ok := groupByName(name)
		switch {
		case !ok && strings.ContainsRune(marks, '?'):
		case !ok:
			return bad("group \"" + safeText(short(name)) + "\" is not known")
		case strings.ContainsRune(marks, '-'):
			chosen = slices.DeleteFunc(chosen, func(x tls.CurveID) bool { return x == id })
		default:
			chosen = append(chosen, id)
		}
	}
	if len(chosen) == 0 {
		return bad("no group is left")
	}
	return c.change(func() error { c.groups = chosen; return nil })
}

// SetECDHCurve chooses a single group. An unknown name is [ErrValue]. Python:
// set_ecdh_curve.
func (c *Context) SetECDHCurve(name string) error {
	id, ok := groupByName(name)
	if !ok {
		return valueError("unknown elliptic curve %q", short(name))
	}
	return c.change(func() error { c.groups = []tls.CurveID{id}; return nil })
}

// SignatureAlgorithms returns the names of the signature algorithms that TLS can use here.
// Python: get_sigalgs.
func SignatureAlgorithms() []string { return slices.Clone(signatureNames) }

var signatureNames = []string{
	"rsa_pss_rsae_sha256", "ecdsa_secp256r1_sha256", "ed25519", "rsa_pss_rsae_sha384", "rsa_pss_rsae_sha512",
	"rsa_pkcs1_sha256", "rsa_pkcs1_sha384", "rsa_pkcs1_sha512", "ecdsa_secp384r1_sha384", "ecdsa_secp521r1_sha512",
	"rsa_pkcs1_sha1", "ecdsa_sha1",
}

// schemeNames are the names of the numbers on the wire (RFC 8446 section 4.2.3).
var schemeNames = map[tls.SignatureScheme]string{
	tls.PSSWithSHA256: "rsa_pss_rsae_sha256", tls.PSSWithSHA384: "rsa_pss_rsae_sha384", tls.PSSWithSHA512: "rsa_pss_rsae_sha512",
	tls.ECDSAWithP256AndSHA256: "ecdsa_secp256r1_sha256", tls.ECDSAWithP384AndSHA384: "ecdsa_secp384r1_sha384",
	tls.ECDSAWithP521AndSHA512: "ecdsa_secp521r1_sha512", tls.Ed25519: "ed25519",
	tls.PKCS1WithSHA256: "rsa_pkcs1_sha256", tls.PKCS1WithSHA384: "rsa_pkcs1_sha384", tls.PKCS1WithSHA512: "rsa_pkcs1_sha512",
	tls.PKCS1WithSHA1: "rsa_pkcs1_sha1", tls.ECDSAWithSHA1: "ecdsa_sha1",
}
