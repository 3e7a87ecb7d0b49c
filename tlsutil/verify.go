package tlsutil

import (
	"bytes"
	"cmp"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"time"
)

// ErrDistrusted means that the key of a certificate in the chain is on the list of
// [Context.Distrust].
var ErrDistrusted = errors.New("tlsutil: a key of the chain is distrusted")

// Distrust adds keys that no chain may hold, whatever authorities are trusted, each as the
// SHA-256 of its SubjectPublicKeyInfo in DER, see [KeyFingerprint].
func (c *Context) Distrust(keys ...[32]byte) {
	c.change(func() error {
		m := map[[32]byte]bool{}
		for k := range c.denied {
			m[k] = true
		}
		for _, k := range keys {
			m[k] = true
		}
		c.denied = m
		return nil
	})
}

// KeyFingerprint returns the SHA-256 of the public key of a certificate, of its
// SubjectPublicKeyInfo in DER.
func KeyFingerprint(c *x509.Certificate) [32]byte { return sha256.Sum256(c.RawSubjectPublicKeyInfo) }

// A policy is what a configuration checks beside crypto/tls. It does not change.
type policy struct {
	client    bool
	mode      VerifyMode
	checkHost bool
	host      string // ServerName
	flags     VerifyFlags
	level     int
	roots     *x509.CertPool // all anchors
	anchors   *x509.CertPool // those that are self-signed
	crls      *crlStore
	denied    map[[32]byte]bool
	staples   StaplePolicy
	now       func() time.Time
}

// verify is the VerifyConnection of a configuration; it also runs when a session is
// resumed.
func (p *policy) verify(cs tls.ConnectionState) error {
	if p.mode == CertNone || len(cs.PeerCertificates) == 0 {
		return nil
	}
	_, err := p.accepted(cs)
	return err
}

// accepted returns the first chain that passes all checks, or why the first one does not.
func (p *policy) accepted(cs tls.ConnectionState) ([]*x509.Certificate, error) {
	chains, err := p.chains(cs)
	if err != nil {
		return nil, err
	}
	if p.client && p.checkHost {
		if err := MatchHostname(cs.PeerCertificates[0], p.host); err != nil {
			return nil, err
		}
	}
	var first error
	for _, chain := range chains {
		whole, err := p.complete(chain)
		for _, chain := range whole {
			if err = p.checkChain(chain, cs.OCSPResponse); err == nil {
				return chain, nil
			}
			first = cmp.Or(first, err)
		}
		first = cmp.Or(first, err)
	}
	return nil, first
}

// chains returns what crypto/tls has verified in this handshake, or verifies here: if it was
// told not to, and when a session is resumed, which tells of the authorities of its time.
func (p *policy) chains(cs tls.ConnectionState) ([][]*x509.Certificate, error) {
	if len(cs.VerifiedChains) > 0 && !cs.DidResume {
		return cs.VerifiedChains, nil
	}
	usage := x509.ExtKeyUsageServerAuth
	if !p.client {
		usage = x509.ExtKeyUsageClientAuth
	}
	o := x509.VerifyOptions{Roots: p.roots, Intermediates: x509.NewCertPool(), CurrentTime: p.now(), KeyUsages: []x509.ExtKeyUsage{usage}}
	for _, c := range cs.PeerCertificates[1:] {
		o.Intermediates.AddCert(c)
	}
	chains, err := cs.PeerCertificates[0].Verify(o)
	if err != nil {
		return nil, newCertError(&tls.CertificateVerificationError{UnverifiedCertificates: cs.PeerCertificates, Err: err})
	}
	return chains, nil
}

func (p *policy) checkChain(chain []*x509.Certificate, staple []byte) error {
	for _, c := range chain {
		if p.denied[KeyFingerprint(c)] {
			return certError(VerifyRejected, c, ErrDistrusted)
		}
	}
	if err := checkKeys(chain, p.level); err != nil {
		return err
	}
	if p.flags&VerifyX509Strict != 0 {
		for i, c := range chain {
			if code := strict(c, i == len(chain)-1); code != VerifyOK {
				return certError(code, c, nil)
			}
		}
	}
	if err := p.checkCRLs(chain); err != nil {
		return err
	}
	if p.client && p.staples != StapleIgnore {
		return checkStaple(staple, chain, p.staples, p.now())
	}
	return nil
}

// complete follows a chain that ends in an anchor which is not self-signed to those that
// are, unless any anchor will do.
func (p *policy) complete(chain []*x509.Certificate) ([][]*x509.Certificate, error) {
	last := chain[len(chain)-1]
	if p.flags&VerifyX509PartialChain != 0 || selfIssued(last) {
		return [][]*x509.Certificate{chain}, nil
	}
	more, err := p.above(last)
	if err != nil {
		return nil, certError(VerifyNoIssuer, last, err)
	}
	for i := range more {
		more[i] = append(chain[:len(chain)-1:len(chain)-1], more[i]...)
	}
	return more, nil
}

// above returns the chains from an anchor to ones that are self-signed.
func (p *policy) above(anchor *x509.Certificate) ([][]*x509.Certificate, error) {
	return anchor.Verify(x509.VerifyOptions{
		Roots: p.anchors, Intermediates: p.roots, CurrentTime: p.now(), KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny},
	})
}

// checkCRLs looks the leaf or the whole chain up.
func (p *policy) checkCRLs(chain []*x509.Certificate) error {
	if p.flags&VerifyCRLCheckLeaf == 0 {
		return nil
	}
	n := 1
	if p.flags&VerifyCRLCheckChain == VerifyCRLCheckChain {
		n = len(chain)
	}
	for i, c := range chain[:n] {
		issuer := c
		if i+1 < len(chain) {
			issuer = chain[i+1]
		} else if !selfIssued(c) { // an anchor in the middle of its chain
			more, err := p.above(c)
			if err != nil {
				return certError(VerifyNoCRLIssuer, c, err)
			}
			issuer = more[0][1]
		}
		if err := p.crls.check(c, issuer, p.now()); err != nil {
			return err
		}
	}
	return nil
}

// minRSA and minEC are the bits that keys must have at each level.
var (
	minRSA = [6]int{0, 1024, 2048, 3072, 7680, 15360}
	minEC  = [6]int{0, 160, 224, 256, 384, 512}
)

func checkKeys(chain []*x509.Certificate, level int) error {
	for i, c := range chain {
		if keyStrongEnough(c.PublicKey, level) {
			continue
		}
		if i == 0 {
			return certError(VerifyEEKeyTooSmall, c, nil)
		}
		return certError(VerifyCAKeyTooSmall, c, nil)
	}
	return nil
}

func keyStrongEnough(key any, level int) bool {
	level = min(max(level, 0), 5)
	switch k := key.(type) {
	case *rsa.PublicKey:
		return k.N.BitLen() >= minRSA[level]
	case *ecdsa.PublicKey:
		return k.Curve.Params().BitSize >= minEC[level]
	case ed25519.PublicKey:
		return 256 >= minEC[level]
	}
	return true
}

// maxRSABits is the longest RSA key that is handled: longer ones cost too much time.
const maxRSABits = 8192

var errKeyTooLarge = errors.New("RSA key larger than 8192 bits")

func keyTooLarge(c *x509.Certificate) bool {
	k, ok := c.PublicKey.(*rsa.PublicKey)
	return ok && k.N.BitLen() > maxRSABits
}

// Extensions that the strict rules look at.
const (
	oidSubjectKeyID   = "2.5.29.14"
	oidKeyUsage       = "2.5.29.15"
	oidAltName        = "2.5.29.17"
	oidConstraints    = "2.5.29.19"
	oidAuthorityKeyID = "2.5.29.35"
)

// strict is OpenSSL's check of X509_V_FLAG_X509_STRICT, for one certificate.
func strict(c *x509.Certificate, last bool) VerifyCode {
	critical := map[string]bool{}
	value := map[string][]byte{}
	for _, x := range c.Extensions {
		critical[x.Id.String()] = x.Critical
		value[x.Id.String()] = x.Value
	}
	has := func(oid string) bool { _, ok := value[oid]; return ok }
	signs := c.KeyUsage&x509.KeyUsageCertSign != 0
	if len(c.Extensions) > 0 && c.Version < 3 {
		return VerifyExtensionsNeedVersion3
	}
	if c.IsCA {
		switch {
		case !critical[oidConstraints]:
			return VerifyBasicConstraintsNotCritical
		case !has(oidKeyUsage):
			return VerifyCAMissingKeyUsage
		case hasPathLen(c) && !signs:
			return VerifyPathLenWithoutCertSign
		}
	} else {
		switch {
		case hasPathLen(c):
			return VerifyPathLenNonCA
		case signs:
			return VerifyCertSignNonCA
		}
	}
	emptySubject := bytes.Equal(c.RawSubject, emptyName)
	switch {
	case bytes.Equal(c.RawIssuer, emptyName):
		return VerifyIssuerNameEmpty
	case emptySubject && (c.IsCA || !has(oidAltName)):
		return VerifySubjectNameEmpty
	case emptySubject && !critical[oidAltName]:
		return VerifyEmptySubjectNotCritical
	case has(oidAltName) && len(value[oidAltName]) <= 2:
		return VerifyEmptySubjectAltName
	}
	switch {
	case c.Version >= 3 && !has(oidAuthorityKeyID) && !(last && selfIssued(c)):
		return VerifyMissingAuthorityKeyID
	case c.Version >= 3 && c.IsCA && !has(oidSubjectKeyID):
		return VerifyMissingSubjectKeyID
	case critical[oidAuthorityKeyID]:
		return VerifyAuthorityKeyIDCritical
	case critical[oidSubjectKeyID]:
		return VerifySubjectKeyIDCritical
	}
	return VerifyOK
}

func hasPathLen(c *x509.Certificate) bool {
	return c.BasicConstraintsValid && (c.MaxPathLen > 0 || c.MaxPathLenZero)
}

var emptyName, _ = hex.DecodeString("3000")
