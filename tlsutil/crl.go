package tlsutil

import (
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"maps"
	"slices"
	"sync"
	"time"
)

// A crlStore holds the newest revocation lists of each issuer. Configurations share it with
// their context.
type crlStore struct {
	mu   sync.RWMutex
	list map[string][]*crl // by the issuer's name in DER
}

// A crl is a list with an index.
type crl struct {
	*x509.RevocationList
	revoked map[string]bool // serial numbers
	scope   VerifyCode      // why the list cannot be used, or VerifyOK

	mu       sync.Mutex
	verified []byte // the certificate whose signature it has, once checked
}

// AddCRL adds a revocation list, in DER or PEM. The newest list of an issuer
// that it has signed counts. It reaches configurations that are in use. It is used if [VerifyCRLCheckLeaf]
// or [VerifyCRLCheckChain] is set. An error is an [*Error] that is [ErrCertificate].
func (c *Context) AddCRL(data []byte) error {
	if b, _ := pem.Decode(data); b != nil && b.Type == "X509 CRL" {
		data = b.Bytes
	}
	return c.crls.add(data)
}

func (s *crlStore) add(b []byte) error {
	l, err := x509.ParseRevocationList(b)
	if err != nil {
		return &Error{Op: "crl", Library: "X509", Reason: "ASN1_LIB", Number: ErrorSSL, Err: ErrCertificate}
	}
	n := &crl{RevocationList: l, revoked: map[string]bool{}}
	for _, x := range l.Extensions {
		switch x.Id.String() {
		case "2.5.29.20", "2.5.29.35": // number, authority key identifier
		case "2.5.29.27", "2.5.29.28": // delta lists and lists with a scope
			n.scope = VerifyCRLScope
		default:
			if x.Critical {
				n.scope = VerifyUnhandledCriticalCRL
			}
		}
	}
	for _, e := range l.RevokedCertificateEntries {
		for _, x := range e.Extensions {
			if id := x.Id.String(); x.Critical && id != "2.5.29.21" && id != "2.5.29.24" {
				n.scope = VerifyUnhandledCriticalCRL
			}
		}
		const removeFromCRL = 8
		if e.ReasonCode != removeFromCRL {
			n.revoked[e.SerialNumber.String()] = true
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.list == nil {
		s.list = map[string][]*crl{}
	}
	name := string(l.RawIssuer)
	s.list[name] = append([]*crl{n}, s.list[name]...) // of two of the same second the later one counts
	slices.SortStableFunc(s.list[name], func(a, b *crl) int { return b.ThisUpdate.Compare(a.ThisUpdate) })
	s.list[name] = slices.CompactFunc(s.list[name], func(a, b *crl) bool { return bytes.Equal(a.Raw, b.Raw) })
	if len(s.list[name]) > maxLists {
		s.list[name] = s.list[name][:maxLists]
	}
	return nil
}

// maxLists is how many lists of one issuer are kept.
const maxLists = 16

func (s *crlStore) len() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	n := 0
	for _, l := range s.list {
		n += len(l)
	}
	return n
}

func (s *crlStore) clone() *crlStore {
	s.mu.RLock()
	defer s.mu.RUnlock()
	c := &crlStore{list: maps.Clone(s.list)}
	for k, v := range c.list {
		c.list[k] = slices.Clone(v)
	}
	return c
}

// check looks a certificate up in the newest list that its issuer has signed.
func (s *crlStore) check(cert, issuer *x509.Certificate, now time.Time) error {
	s.mu.RLock()
	lists := s.list[string(cert.RawIssuer)]
	s.mu.RUnlock()
	reason := VerifyNoCRL
	for _, l := range lists {
		if !l.signedBy(issuer) {
			reason = VerifyBadCRLSignature
			continue
		}
		switch {
		case l.scope != VerifyOK:
			reason = l.scope
			continue
		case now.Before(l.ThisUpdate):
			return certError(VerifyCRLNotYetValid, cert, nil)
		case !l.NextUpdate.IsZero() && now.After(l.NextUpdate):
			return certError(VerifyCRLExpired, cert, nil)
		case l.revoked[cert.SerialNumber.String()]:
			return certError(VerifyRevoked, cert, nil)
		}
		return nil
	}
	return certError(reason, cert, nil)
}

// signedBy verifies the signature; the last issuer for which it held is remembered.
func (l *crl) signedBy(issuer *x509.Certificate) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.verified != nil && bytes.Equal(l.verified, issuer.Raw) {
		return true
	}
	if l.CheckSignatureFrom(issuer) != nil {
		return false
	}
	l.verified = issuer.Raw
	return true
}
