package tlsutil

import (
	"cmp"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
)

// A VerifyCode is OpenSSL's number for why a certificate was not accepted. Python:
// SSLCertVerificationError.verify_code.
type VerifyCode int

// The codes that this package uses (OpenSSL's X509_V_ERR numbers), with OpenSSL's words.
const (
	VerifyOK                          VerifyCode = 0  // ok
	VerifyUnspecified                 VerifyCode = 1  // unspecified certificate verification error
	VerifyNoIssuer                    VerifyCode = 2  // unable to get issuer certificate
	VerifyNoCRL                       VerifyCode = 3  // unable to get certificate CRL
	VerifyBadSignature                VerifyCode = 7  // certificate signature failure
	VerifyBadCRLSignature             VerifyCode = 8  // CRL signature failure
	VerifyNotYetValid                 VerifyCode = 9  // certificate is not yet valid
	VerifyExpired                     VerifyCode = 10 // certificate has expired
	VerifyCRLNotYetValid              VerifyCode = 11 // CRL is not yet valid
	VerifyCRLExpired                  VerifyCode = 12 // CRL has expired
	VerifySelfSigned                  VerifyCode = 18 // self-signed certificate
	VerifySelfSignedInChain           VerifyCode = 19 // self-signed certificate in certificate chain
	VerifyNoLocalIssuer               VerifyCode = 20 // unable to get local issuer certificate
	VerifyRevoked                     VerifyCode = 23 // certificate revoked
	VerifyPathLength                  VerifyCode = 25 // path length constraint exceeded
	VerifyInvalidPurpose              VerifyCode = 26 // unsuitable certificate purpose
	VerifyRejected                    VerifyCode = 28 // certificate rejected
	VerifyNoCRLIssuer                 VerifyCode = 33 // unable to get CRL issuer certificate
	VerifyUnhandledCritical           VerifyCode = 34 // unhandled critical extension
	VerifyUnhandledCriticalCRL        VerifyCode = 36 // unhandled critical CRL extension
	VerifyCRLScope                    VerifyCode = 44 // different CRL scope
	VerifyNotPermitted                VerifyCode = 47 // permitted subtree violation
	VerifyExcluded                    VerifyCode = 48 // excluded subtree violation
	VerifyHostnameMismatch            VerifyCode = 62 // hostname mismatch
	VerifyIPAddressMismatch           VerifyCode = 64 // IP address mismatch
	VerifyEEKeyTooSmall               VerifyCode = 66 // EE certificate key too weak
	VerifyCAKeyTooSmall               VerifyCode = 67 // CA certificate key too weak
	VerifyOCSPNeeded                  VerifyCode = 73 // OCSP verification needed
	VerifyOCSPFailed                  VerifyCode = 74 // OCSP verification failed
	VerifyOCSPUnknown                 VerifyCode = 75 // OCSP unknown cert
	VerifyInvalidCA                   VerifyCode = 79 // invalid CA certificate
	VerifyPathLenNonCA                VerifyCode = 80 // Path length invalid for non-CA cert
	VerifyPathLenWithoutCertSign      VerifyCode = 81 // Path length given without key usage keyCertSign
	VerifyCertSignNonCA               VerifyCode = 82 // Key usage keyCertSign invalid for non-CA cert
	VerifyIssuerNameEmpty             VerifyCode = 83 // Issuer name empty
	VerifySubjectNameEmpty            VerifyCode = 84 // Subject name empty
	VerifyMissingAuthorityKeyID       VerifyCode = 85 // Missing Authority Key Identifier
	VerifyMissingSubjectKeyID         VerifyCode = 86 // Missing Subject Key Identifier
	VerifyEmptySubjectAltName         VerifyCode = 87 // Empty Subject Alternative Name extension
	VerifyEmptySubjectNotCritical     VerifyCode = 88 // Subject empty and Subject Alt Name extension not critical
	VerifyBasicConstraintsNotCritical VerifyCode = 89 // Basic Constraints of CA cert not marked critical
	VerifyAuthorityKeyIDCritical      VerifyCode = 90 // Authority Key Identifier marked critical
	VerifySubjectKeyIDCritical        VerifyCode = 91 // Subject Key Identifier marked critical
	VerifyCAMissingKeyUsage           VerifyCode = 92 // CA cert does not include key usage extension
	VerifyExtensionsNeedVersion3      VerifyCode = 93 // Using cert extension requires at least X509v3
)

var verifyMessages = map[VerifyCode]string{
	VerifyOK:                          "ok",
	VerifyUnspecified:                 "unspecified certificate verification error",
	VerifyNoIssuer:                    "unable to get issuer certificate",
	VerifyNoCRL:                       "unable to get certificate CRL",
	VerifyBadSignature:                "certificate signature failure",
	VerifyBadCRLSignature:             "CRL signature failure",
	VerifyNotYetValid:                 "certificate is not yet valid",
	VerifyExpired:                     "certificate has expired",
	VerifyCRLNotYetValid:              "CRL is not yet valid",
	VerifyCRLExpired:                  "CRL has expired",
	VerifySelfSigned:                  "self-signed certificate",
	VerifySelfSignedInChain:           "self-signed certificate in certificate chain",
	VerifyNoLocalIssuer:               "unable to get local issuer certificate",
	VerifyRevoked:                     "certificate revoked",
	VerifyPathLength:                  "path length constraint exceeded",
	VerifyInvalidPurpose:              "unsuitable certificate purpose",
	VerifyRejected:                    "certificate rejected",
	VerifyNoCRLIssuer:                 "unable to get CRL issuer certificate",
	VerifyUnhandledCritical:           "unhandled critical extension",
	VerifyUnhandledCriticalCRL:        "unhandled critical CRL extension",
	VerifyCRLScope:                    "different CRL scope",
	VerifyNotPermitted:                "permitted subtree violation",
	VerifyExcluded:                    "excluded subtree violation",
	VerifyHostnameMismatch:            "hostname mismatch",
	VerifyIPAddressMismatch:           "IP address mismatch",
	VerifyEEKeyTooSmall:               "EE certificate key too weak",
	VerifyCAKeyTooSmall:               "CA certificate key too weak",
	VerifyOCSPNeeded:                  "OCSP verification needed",
	VerifyOCSPFailed:                  "OCSP verification failed",
	VerifyOCSPUnknown:                 "OCSP unknown cert",
	VerifyInvalidCA:                   "invalid CA certificate",
	VerifyPathLenNonCA:                "Path length invalid for non-CA cert",
	VerifyPathLenWithoutCertSign:      "Path length given without key usage keyCertSign",
	VerifyCertSignNonCA:               "Key usage keyCertSign invalid for non-CA cert",
	VerifyIssuerNameEmpty:             "Issuer name empty",
	VerifySubjectNameEmpty:            "Subject name empty",
	VerifyMissingAuthorityKeyID:       "Missing Authority Key Identifier",
	VerifyMissingSubjectKeyID:         "Missing Subject Key Identifier",
	VerifyEmptySubjectAltName:         "Empty Subject Alternative Name extension",
	VerifyEmptySubjectNotCritical:     "Subject empty and Subject Alt Name extension not critical",
	VerifyBasicConstraintsNotCritical: "Basic Constraints of CA cert not marked critical",
	VerifyAuthorityKeyIDCritical:      "Authority Key Identifier marked critical",
	VerifySubjectKeyIDCritical:        "Subject Key Identifier marked critical",
	VerifyCAMissingKeyUsage:           "CA cert does not include key usage extension",
	VerifyExtensionsNeedVersion3:      "Using cert extension requires at least X509v3",
}

// String returns OpenSSL's words for the code, or its number.
func (c VerifyCode) String() string {
	if s, ok := verifyMessages[c]; ok {
		return s
	}
	return strconv.Itoa(int(c))
}

// A CertVerificationError says that the certificate of the peer was not accepted. It is
// found with [errors.As] in the error of a handshake, in this package and, if the
// configuration came from a [Context], mostly in any other. Python:
// ssl.SSLCertVerificationError, ssl.CertificateError.
type CertVerificationError struct {
	// Code is the reason. Python: verify_code.
	Code VerifyCode
	// Message is the reason in words. Python: verify_message.
	Message string
	// Cert is the certificate that was not accepted, if it is known.
	Cert *x509.Certificate
	// Err is the cause, if there is one: an error of crypto/x509, [ErrDistrusted] …
	Err error
}

// Error returns the message, with what came from the peer quoted.
func (e *CertVerificationError) Error() string {
	return "tlsutil: certificate verify failed: " + safeText(cmp.Or(e.Message, e.Code.String()))
}

// Unwrap returns the cause.
func (e *CertVerificationError) Unwrap() error { return e.Err }

// certError is a verification error of this package's own.
func certError(code VerifyCode, cert *x509.Certificate, cause error) *CertVerificationError {
	return &CertVerificationError{Code: code, Message: code.String(), Cert: cert, Err: cause}
}

// certFailure reports whether err is crypto/tls's or crypto/x509's for a certificate.
func certFailure(err error) bool {
	var v *tls.CertificateVerificationError
	return errors.As(err, &v) || isX509(err)
}

func isX509(err error) bool {
	var unknown x509.UnknownAuthorityError
	var invalid x509.CertificateInvalidError
	var host x509.HostnameError
	var critical x509.UnhandledCriticalExtension
	var roots x509.SystemRootsError
	var constraint x509.ConstraintViolationError
	return errors.As(err, &unknown) || errors.As(err, &invalid) || errors.As(err, &host) ||
		errors.As(err, &critical) || errors.As(err, &roots) || errors.As(err, &constraint)
}

// newCertError finds the code for an error of crypto/x509.
func newCertError(err error) *CertVerificationError {
	e := &CertVerificationError{Code: VerifyUnspecified, Err: err}
	var v *tls.CertificateVerificationError
	var sent []*x509.Certificate
	if errors.As(err, &v) {
		sent = v.UnverifiedCertificates
	}
	var unknown x509.UnknownAuthorityError
	var invalid x509.CertificateInvalidError
	var host x509.HostnameError
	var critical x509.UnhandledCriticalExtension
	switch {
	case errors.As(err, &host):
		e.Cert, e.Code = host.Certificate, VerifyHostnameMismatch
		e.Message = fmt.Sprintf("Hostname mismatch, certificate is not valid for %q", short(host.Host))
		if net.ParseIP(host.Host) != nil {
			e.Code = VerifyIPAddressMismatch
			e.Message = fmt.Sprintf("IP address mismatch, certificate is not valid for %q", short(host.Host))
		}
		e.Err = hideNames{err}
	case errors.As(err, &invalid):
		e.Cert, e.Code = invalid.Cert, invalidCode(invalid)
	case errors.As(err, &unknown):
		e.Cert = unknown.Cert
		if len(sent) > 0 {
			e.Cert = sent[0]
		}
		e.Code = unknownCode(e.Cert, sent)
	case errors.As(err, &critical):
		e.Code = VerifyUnhandledCritical
	}
	if e.Message == "" {
		e.Message = e.Code.String()
		if e.Code == VerifyUnspecified {
			e.Message = err.Error()
		}
	}
	if e.Cert == nil && len(sent) > 0 {
		e.Cert = sent[0]
	}
	return e
}

// hideNames keeps the names of a certificate, which can be very many, out of the text.
type hideNames struct{ err error }

func (h hideNames) Error() string { return "x509: certificate is not valid for the name" }
func (h hideNames) Unwrap() error { return h.err }

func short(s string) string {
	if len(s) > 255 {
		return s[:255] + "…"
	}
	return s
}

func invalidCode(e x509.CertificateInvalidError) VerifyCode {
	switch e.Reason {
	case x509.Expired:
		if strings.Contains(e.Detail, " is before ") {
			return VerifyNotYetValid
		}
		return VerifyExpired
	case x509.NotAuthorizedToSign:
		return VerifyInvalidCA
	case x509.TooManyIntermediates:
		return VerifyPathLength
	case x509.IncompatibleUsage:
		return VerifyInvalidPurpose
	case x509.CANotAuthorizedForThisName, x509.UnconstrainedName, x509.NameConstraintsWithoutSANs:
		if strings.Contains(e.Detail, "excluded") {
			return VerifyExcluded
		}
		return VerifyNotPermitted
	}
	return VerifyUnspecified
}

// unknownCode distinguishes why no chain leads to a trusted authority.
func unknownCode(leaf *x509.Certificate, sent []*x509.Certificate) VerifyCode {
	if leaf != nil && selfIssued(leaf) {
		return VerifySelfSigned
	}
	for _, c := range sent[min(1, len(sent)):] {
		if selfIssued(c) {
			return VerifySelfSignedInChain
		}
	}
	return VerifyNoLocalIssuer
}

// selfIssued reports whether subject and issuer are the same.
func selfIssued(c *x509.Certificate) bool {
	return string(c.RawSubject) == string(c.RawIssuer)
}
