package tlsutil

import (
	"bytes"
	"crypto/x509"
	"errors"
	"fmt"
	"slices"
	"time"

	"golang.org/x/crypto/ocsp"
)

// A StaplePolicy says what a client does with the answer of an OCSP responder that a server
// may send along with its certificate (RFC 6066 section 8).
type StaplePolicy int

// The policies.
const (
	// StapleIgnore takes no notice, as Python.
	StapleIgnore StaplePolicy = iota
	// StapleCheck verifies an answer that is there: it must be good, in force, and signed
	// for the issuer. It must be there if the certificate says so (RFC 7633).
	StapleCheck
	// StapleRequire also wants an answer for every certificate.
	StapleRequire
)

// SetStaplePolicy says what a client does with a stapled OCSP response.
func (c *Context) SetStaplePolicy(p StaplePolicy) error {
	if p < StapleIgnore || p > StapleRequire {
		return valueError("staple policy %d", int(p))
	}
	return c.change(func() error { c.staples = p; return nil })
}

// clockSkew is how far the clock of a responder may be ahead.
const clockSkew = 5 * time.Minute

// checkStaple verifies a stapled response for the first certificate of a chain.
func checkStaple(resp []byte, chain []*x509.Certificate, policy StaplePolicy, now time.Time) error {
	leaf := chain[0]
	if len(resp) == 0 {
		if policy == StapleRequire || policy == StapleCheck && mustStaple(leaf) {
			return certError(VerifyOCSPNeeded, leaf, nil)
		}
		return nil
	}
	if len(chain) < 2 {
		return certError(VerifyOCSPFailed, leaf, errors.New("no issuer to verify the response with"))
	}
	r, err := verifyResponse(resp, leaf, chain[1], now)
	if err != nil {
		return certError(VerifyOCSPFailed, leaf, err)
	}
	switch r.Status {
	case ocsp.Good:
		return nil
	case ocsp.Revoked:
		return certError(VerifyRevoked, leaf, nil)
	}
	return certError(VerifyOCSPUnknown, leaf, nil)
}

// verifyResponse parses a response for the certificate and checks signature, signer and
// times (RFC 6960 section 3.2).
func verifyResponse(resp []byte, leaf, issuer *x509.Certificate, now time.Time) (*ocsp.Response, error) {
	r, err := ocsp.ParseResponseForCert(resp, leaf, issuer)
	if err != nil {
		return nil, err
	}
	if d := r.Certificate; d != nil && !bytes.Equal(d.Raw, issuer.Raw) {
		if !slices.Contains(d.ExtKeyUsage, x509.ExtKeyUsageOCSPSigning) {
			return nil, errors.New("the signer may not sign OCSP responses")
		}
		if now.Before(d.NotBefore) || now.After(d.NotAfter) {
			return nil, errors.New("the signer's certificate is not in force")
		}
	}
	if now.Add(clockSkew).Before(r.ThisUpdate) {
		return nil, errors.New("the response is not yet in force")
	}
	if !r.NextUpdate.IsZero() && now.After(r.NextUpdate) {
		return nil, errors.New("the response has expired")
	}
	if r.NextUpdate.IsZero() && now.Sub(r.ThisUpdate) > maxStapleAge {
		return nil, errors.New("the response is too old")
	}
	return r, nil
}

// maxStapleAge is how long a response without an end is good for.
const maxStapleAge = 7 * 24 * time.Hour

// mustStaple reports whether the certificate has the feature status_request.
func mustStaple(c *x509.Certificate) bool {
	for _, x := range c.Extensions {
		if x.Id.String() == "1.3.6.1.5.5.7.1.24" {
			return bytes.Contains(x.Value, []byte{2, 1, 5})
		}
	}
	return false
}

// SetOCSPStaple sets the response that a server sends along with its certificate, in DER;
// nil sends none. It must be for the context's certificate and in force, and, if the chain
// that was loaded has the issuer, signed for it; otherwise the error is an [*Error]. Call
// it again in time with a newer one: it reaches configurations that are in use.
func (c *Context) SetOCSPStaple(resp []byte) error {
	clock := get(c, func() func() time.Time { return c.clock })
	if clock == nil {
		clock = time.Now
	}
	now := clock()
	err := c.own.staple(resp, func(leaf, issuer *x509.Certificate) error {
		if issuer != nil {
			r, err := verifyResponse(resp, leaf, issuer, now)
			if err == nil && r.Status == ocsp.Unknown {
				err = errors.New("the status is unknown")
			}
			return err
		}
		r, err := ocsp.ParseResponseForCert(resp, leaf, nil)
		if err == nil && !r.NextUpdate.IsZero() && now.After(r.NextUpdate) {
			err = errors.New("the response has expired")
		}
		return err
	})
	if err != nil {
		return &Error{Op: "ocsp", Library: "X509", Reason: "OCSP_VERIFY_FAILED", Number: ErrorSSL, Err: fmt.Errorf("OCSP response: %w", err)}
	}
	return nil
}
