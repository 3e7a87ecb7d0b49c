package tlsutil

import (
	"crypto/x509"
	"errors"
	"fmt"
	"math/big"
	"strings"
)

// A PeerCertificate is a certificate in the form of Python's SSLSocket.getpeercert: what
// people read in it. As JSON it is what json.dumps makes of Python's dict.
type PeerCertificate struct {
	Subject Name `json:"subject"`
	Issuer  Name `json:"issuer"`
	// Version is 3 for certificates with extensions.
	Version int `json:"version"`
	// SerialNumber is in hexadecimal capitals, an even number of digits.
	SerialNumber string `json:"serialNumber"`
	// NotBefore and NotAfter are in the form that [CertTimeToSeconds] reads, or "Bad time
	// value".
	NotBefore string `json:"notBefore"`
	NotAfter  string `json:"notAfter"`
	// SubjectAltName are the names for which the certificate is. Nil if there is no such
	// extension, or if it cannot be read.
	SubjectAltName []AltName `json:"subjectAltName,omitempty"`
	// OCSP, CAIssuers and CRLDistributionPoints are URLs.
	OCSP                  []string `json:"OCSP,omitempty"`
	CAIssuers             []string `json:"caIssuers,omitempty"`
	CRLDistributionPoints []string `json:"crlDistributionPoints,omitempty"`

	// X509 is the certificate as crypto/x509 has it; nil where that refuses it.
	X509 *x509.Certificate `json:"-"`
	// Raw is the certificate in DER. Python: getpeercert(binary_form=True).
	Raw []byte `json:"-"`
}

// ErrCertificate is a certificate that cannot be read.
var ErrCertificate = errors.New("tlsutil: malformed certificate")

// DecodeCertificate reads a certificate in DER, more leniently than crypto/x509. An error
// is an [*Error] that is [ErrCertificate]. Text that is not UTF-8 in a name is also
// [ErrValue].
func DecodeCertificate(b []byte) (*PeerCertificate, error) {
	c, err := decodeCertificate(b)
	if err != nil {
		return nil, certificateError(err)
	}
	return c, nil
}

func certificateError(err error) error {
	reason := ErrCertificate
	if errors.Is(err, ErrValue) {
		reason = fmt.Errorf("%w: %w", ErrCertificate, err)
	}
	return &Error{Op: "certificate", Library: "X509", Reason: "ASN1_LIB", Number: ErrorSSL, Err: reason}
}

// decodeCertificate also returns the certificate, without the names in question, along
// with an ErrValue.

func decodeCertificate(b []byte) (*PeerCertificate, error) {
	whole, _, err := readDER(b)
	if err != nil {
		return nil, err
	}
	parts, err := whole.sequence()
	if err != nil || len(parts) != 3 || !parts[2].is(tagBitString) {
		return nil, errDER
	}
	if err := algorithm(parts[1]); err != nil {
		return nil, err
	}
	f, err := parts[0].sequence()
	if err != nil {
		return nil, err
	}
	c := &PeerCertificate{Version: 1, Raw: whole.full}
	if len(f) > 0 && f[0].context(0) {
		if c.Version, err = version(f[0]); err != nil {
			return nil, err
		}
		f = f[1:]
	}
	if len(f) < 6 {
		return nil, errDER
	}
	n, err := f[0].integer()
	if err != nil {
		return nil, err
	}
	c.SerialNumber = serialText(n)
	if err := algorithm(f[1]); err != nil {
		return nil, err
	}
	if c.Issuer, err = name(f[2]); err != nil {
		return nil, err
	}
	if c.NotBefore, c.NotAfter, err = validity(f[3]); err != nil {
		return nil, err
	}
	if c.Subject, err = name(f[4]); err != nil {
		return nil, err
	}
	if err := publicKey(f[5]); err != nil {
		return nil, err
	}
	exts, err := extensions(f[6:])
	if err != nil {
		return nil, err
	}
	c.X509, _ = x509.ParseCertificate(whole.full)
	return c, c.fill(exts)
}

func version(e der) (int, error) {
	f, err := e.items()
	if err != nil || len(f) != 1 {
		return 0, errDER
	}
	n, err := f[0].integer()
	if err != nil || !n.IsInt64() || n.Int64() < -1<<31 || n.Int64() >= 1<<31-1 {
		return 0, errDER
	}
	return int(n.Int64()) + 1, nil
}

func serialText(n *big.Int) string {
	s := strings.ToUpper(new(big.Int).Abs(n).Text(16))
	if len(s)%2 != 0 {
		s = "0" + s
	}
	if n.Sign() < 0 {
		s = "-" + s
	}
	return s
}

// algorithm checks an AlgorithmIdentifier.
func algorithm(e der) error {
	f, err := e.sequence()
	if err != nil || len(f) < 1 || len(f) > 2 || !f[0].is(tagOID) {
		return errDER
	}
	_, err = oid(f[0].body)
	return err
}

// publicKey checks the frame of a SubjectPublicKeyInfo.
func publicKey(e der) error {
	f, err := e.sequence()
	if err != nil || len(f) != 2 || !f[1].is(tagBitString) {
		return errDER
	}
	return algorithm(f[0])
}

func validity(e der) (from, to string, err error) {
	f, err := e.sequence()
	if err != nil || len(f) != 2 {
		return "", "", errDER
	}
	if from, err = certTime(f[0]); err != nil {
		return "", "", err
	}
	to, err = certTime(f[1])
	return from, to, err
}

// An extension of a certificate.
type extension struct {
	oid      string
	critical bool
	value    []byte
}

// extensions reads what follows the public key.
func extensions(rest []der) ([]extension, error) {
	last := 0
	var out []extension
	for _, e := range rest {
		if e.class != 2 || e.tag <= last || e.tag > 3 {
			return nil, errDER
		}
		last = e.tag
		if e.tag != 3 {
			continue
		}
		f, err := e.items()
		if err != nil || len(f) != 1 {
			return nil, errDER
		}
		list, err := f[0].sequence()
		if err != nil {
			return nil, err
		}
		for _, x := range list {
			ext, err := oneExtension(x)
			if err != nil {
				return nil, err
			}
			out = append(out, ext)
		}
	}
	return out, nil
}

func oneExtension(e der) (x extension, err error) {
	f, err := e.sequence()
	if err != nil || len(f) < 2 || !f[0].is(tagOID) {
		return x, errDER
	}
	if x.oid, err = oid(f[0].body); err != nil {
		return x, err
	}
	if f[1].is(1) {
		if len(f[1].body) != 1 {
			return x, errDER
		}
		x.critical = f[1].body[0] != 0
		f = f[1:]
	}
	if len(f) != 2 || !f[1].is(tagOctetString) {
		return x, errDER
	}
	x.value = f[1].body
	return x, nil
}

// one returns the extension with the number, if there is exactly one.
func one(exts []extension, oid string) []byte {
	var found []byte
	n := 0
	for _, x := range exts {
		if x.oid == oid {
			found = x.value
			n++
		}
	}
	if n != 1 {
		return nil
	}
	return found
}

// fill reads the extensions that Python shows. One that cannot be read is as absent.
func (c *PeerCertificate) fill(exts []extension) error {
	if v := one(exts, "2.5.29.17"); v != nil {
		if names, err := oneDER(v); err == nil {
			if c.SubjectAltName, err = altNames(names); err != nil {
				return err
			}
		}
	}
	var err error
	if v := one(exts, "1.3.6.1.5.5.7.1.1"); v != nil {
		if c.OCSP, c.CAIssuers, err = infoAccess(v); err != nil {
			return err
		}
	}
	if v := one(exts, "2.5.29.31"); v != nil {
		if c.CRLDistributionPoints, err = crlPoints(v); err != nil {
			return err
		}
	}
	return nil
}

// infoAccess reads the URLs of an AuthorityInfoAccess.
func infoAccess(b []byte) (ocsp, issuers []string, err error) {
	list, err := oneDER(b)
	if err != nil {
		return nil, nil, nil
	}
	for _, e := range list {
		f, err := e.sequence()
		if err != nil || len(f) != 2 || !f[0].is(tagOID) || !wellFormed(f[1]) {
			return nil, nil, nil
		}
	}
	for _, e := range list {
		f, _ := e.sequence()
		method, _ := oid(f[0].body)
		if f[1].tag != 6 {
			continue
		}
		switch method {
		case "1.3.6.1.5.5.7.48.1":
			ocsp, err = appendText(ocsp, f[1].body)
		case "1.3.6.1.5.5.7.48.2":
			issuers, err = appendText(issuers, f[1].body)
		}
		if err != nil {
			return nil, nil, err
		}
	}
	return ocsp, issuers, nil
}

func appendText(list []string, b []byte) ([]string, error) {
	s, err := plainText(b)
	return append(list, s), err
}

// crlPoints reads the URLs of CRLDistributionPoints; every field of a point may be absent.
func crlPoints(b []byte) ([]string, error) {
	points, err := oneDER(b)
	if err != nil {
		return nil, nil
	}
	var urls []string
	for _, p := range points {
		f, err := p.sequence()
		if err != nil {
			return nil, nil
		}
		for _, e := range f {
			if !e.context(0) {
				continue
			}
			dp, err := e.items()
			if err != nil || len(dp) != 1 {
				return nil, nil
			}
			if !dp[0].context(0) { // a name relative to the issuer's
				continue
			}
			names, err := dp[0].items()
			if err != nil {
				return nil, nil
			}
			for _, n := range names {
				if !n.context(6) {
					continue
				}
				if urls, err = appendText(urls, n.body); err != nil {
					return nil, err
				}
			}
		}
	}
	return urls, nil
}
