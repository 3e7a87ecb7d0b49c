package tlsutil

import (
	"crypto/tls"
	"fmt"
)

// A Purpose says whom a context authenticates. Python: ssl.Purpose.
type Purpose int

// The purposes.
const (
	// ServerAuth is the purpose of a client: it authenticates servers. Python:
	// Purpose.SERVER_AUTH.
	ServerAuth Purpose = iota
	// ClientAuth is the purpose of a server: it authenticates clients. Python:
	// Purpose.CLIENT_AUTH.
	ClientAuth
)

// A Protocol says for which side a context is, and for old names, which version. Python:
// ssl.PROTOCOL_…, with its numbers.
type Protocol int

// The protocols.
const (
	// ProtocolTLS is for both sides and verifies nothing; deprecated in Python. Python:
	// PROTOCOL_TLS, PROTOCOL_SSLv23.
	ProtocolTLS Protocol = 2
	// ProtocolTLSv1 is TLS 1.0 alone, which is insecure. Python: PROTOCOL_TLSv1.
	ProtocolTLSv1 Protocol = 3
	// ProtocolTLSv11 is TLS 1.1 alone, which is insecure. Python: PROTOCOL_TLSv1_1.
	ProtocolTLSv11 Protocol = 4
	// ProtocolTLSv12 is TLS 1.2 alone. Python: PROTOCOL_TLSv1_2.
	ProtocolTLSv12 Protocol = 5
	// ProtocolTLSClient is for clients; it verifies the server. Python:
	// PROTOCOL_TLS_CLIENT.
	ProtocolTLSClient Protocol = 16
	// ProtocolTLSServer is for servers. Python: PROTOCOL_TLS_SERVER.
	ProtocolTLSServer Protocol = 17
)

var protocolNames = map[Protocol]string{
	ProtocolTLS: "PROTOCOL_TLS", ProtocolTLSv1: "PROTOCOL_TLSv1", ProtocolTLSv11: "PROTOCOL_TLSv1_1",
	ProtocolTLSv12: "PROTOCOL_TLSv1_2", ProtocolTLSClient: "PROTOCOL_TLS_CLIENT", ProtocolTLSServer: "PROTOCOL_TLS_SERVER",
}

// String returns Python's name.
func (p Protocol) String() string {
	if s, ok := protocolNames[p]; ok {
		return s
	}
	return fmt.Sprintf("Protocol(%d)", int(p))
}

// A TLSVersion is a version of the protocol, with the number it has on the wire. Python:
// ssl.TLSVersion.
type TLSVersion int

// The versions.
const (
	// MinimumSupported is the lowest that crypto/tls has, TLS 1.0. Python:
	// TLSVersion.MINIMUM_SUPPORTED.
	MinimumSupported TLSVersion = -2
	// MaximumSupported is the highest that crypto/tls has. Python:
	// TLSVersion.MAXIMUM_SUPPORTED.
	MaximumSupported TLSVersion = -1
	// SSLv3 is not to be had. Python: TLSVersion.SSLv3.
	SSLv3 TLSVersion = 0x300
	// TLSv1 is insecure. Python: TLSVersion.TLSv1.
	TLSv1 TLSVersion = tls.VersionTLS10
	// TLSv11 is insecure. Python: TLSVersion.TLSv1_1.
	TLSv11 TLSVersion = tls.VersionTLS11
	// TLSv12 is the lowest version that is used unless it is said otherwise. Python:
	// TLSVersion.TLSv1_2.
	TLSv12 TLSVersion = tls.VersionTLS12
	// TLSv13 is RFC 8446. Python: TLSVersion.TLSv1_3.
	TLSv13 TLSVersion = tls.VersionTLS13
)

var versionNames = map[TLSVersion]string{
	MinimumSupported: "MINIMUM_SUPPORTED", MaximumSupported: "MAXIMUM_SUPPORTED", SSLv3: "SSLv3",
	TLSv1: "TLSv1", TLSv11: "TLSv1.1", TLSv12: "TLSv1.2", TLSv13: "TLSv1.3",
}

// String returns OpenSSL's name of the version, such as "TLSv1.3".
func (v TLSVersion) String() string {
	if s, ok := versionNames[v]; ok {
		return s
	}
	return fmt.Sprintf("TLSVersion(%#x)", int(v))
}

// wire is the number for crypto/tls.
func (v TLSVersion) wire() uint16 {
	switch v {
	case MinimumSupported:
		return tls.VersionTLS10
	case MaximumSupported:
		return tls.VersionTLS13
	}
	return uint16(v)
}

// A VerifyMode says whether the peer must have a certificate. Python: ssl.VerifyMode.
type VerifyMode int

// The modes.
const (
	// CertNone verifies no certificate; a server asks for none. Python: CERT_NONE.
	CertNone VerifyMode = 0
	// CertOptional verifies the certificate of a client if it sends one; for a client it
	// is CertRequired. Python: CERT_OPTIONAL.
	CertOptional VerifyMode = 1
	// CertRequired wants a certificate that can be verified. Python: CERT_REQUIRED.
	CertRequired VerifyMode = 2
)

// String returns Python's name.
func (m VerifyMode) String() string {
	switch m {
	case CertNone:
		return "CERT_NONE"
	case CertOptional:
		return "CERT_OPTIONAL"
	case CertRequired:
		return "CERT_REQUIRED"
	}
	return fmt.Sprintf("VerifyMode(%d)", int(m))
}

// VerifyFlags change how certificates are verified. Python: ssl.VerifyFlags, with
// OpenSSL's numbers.
type VerifyFlags uint32

// The flags.
const (
	// VerifyDefault is none. Python: VERIFY_DEFAULT.
	VerifyDefault VerifyFlags = 0
	// VerifyCRLCheckLeaf looks the peer's certificate up in the list of its issuer; there
	// must be one, in force. Python: VERIFY_CRL_CHECK_LEAF.
	VerifyCRLCheckLeaf VerifyFlags = 0x4
	// VerifyCRLCheckChain looks up every certificate of the chain. Python:
	// VERIFY_CRL_CHECK_CHAIN.
	VerifyCRLCheckChain VerifyFlags = 0xc
	// VerifyX509Strict refuses certificates that break rules of RFC 5280 which crypto/x509
	// lets pass: an authority without key usage or with basic constraints that are not
	// critical, absent or critical key identifiers, empty names. Python:
	// VERIFY_X509_STRICT.
	VerifyX509Strict VerifyFlags = 0x20
	// VerifyAllowProxyCerts cannot be had. Python: VERIFY_ALLOW_PROXY_CERTS.
	VerifyAllowProxyCerts VerifyFlags = 0x40
	// VerifyX509TrustedFirst is always so. Python: VERIFY_X509_TRUSTED_FIRST.
	VerifyX509TrustedFirst VerifyFlags = 0x8000
	// VerifyX509PartialChain takes every certificate that was loaded for an anchor of
	// trust. Without it a chain must end in one that is self-signed. Python:
	// VERIFY_X509_PARTIAL_CHAIN.
	VerifyX509PartialChain VerifyFlags = 0x80000
)

// Options are options of a context. Python: ssl.Options, with OpenSSL's numbers.
type Options uint64

// The options.
const (
	// OpAll has no effect: crypto/tls has no workarounds to switch on. Python: OP_ALL.
	OpAll Options = 0x80000050
	// OpIgnoreUnexpectedEOF takes a stream that ends without close-notify for one that
	// ends properly, so that a cut stream is not noticed. Python, unlike this package, sets
	// it by default. Python: OP_IGNORE_UNEXPECTED_EOF.
	OpIgnoreUnexpectedEOF Options = 0x80
	// OpLegacyServerConnect is always so: crypto/tls talks with servers that lack secure
	// renegotiation, and does not renegotiate with them. Python: OP_LEGACY_SERVER_CONNECT.
	OpLegacyServerConnect Options = 0x4
	// OpEnableKTLS cannot be had. Python: OP_ENABLE_KTLS.
	OpEnableKTLS Options = 0x8
	// OpNoTicket issues and uses no session tickets. Python: OP_NO_TICKET.
	OpNoTicket Options = 0x4000
	// OpNoCompression is always so. Python: OP_NO_COMPRESSION.
	OpNoCompression Options = 0x20000
	// OpEnableMiddleboxCompat is always so. Python: OP_ENABLE_MIDDLEBOX_COMPAT.
	OpEnableMiddleboxCompat Options = 0x100000
	// OpCipherServerPreference is always so: crypto/tls decides the order. Python:
	// OP_CIPHER_SERVER_PREFERENCE.
	OpCipherServerPreference Options = 0x400000
	// OpNoSSLv2 is always so. Python: OP_NO_SSLv2.
	OpNoSSLv2 Options = 0
	// OpNoSSLv3 is always so. Python: OP_NO_SSLv3.
	OpNoSSLv3 Options = 0x2000000
	// OpNoTLSv1 switches TLS 1.0 off. Python: OP_NO_TLSv1.
	OpNoTLSv1 Options = 0x4000000
	// OpNoTLSv12 switches TLS 1.2 off. Python: OP_NO_TLSv1_2.
	OpNoTLSv12 Options = 0x8000000
	// OpNoTLSv11 switches TLS 1.1 off. Python: OP_NO_TLSv1_1.
	OpNoTLSv11 Options = 0x10000000
	// OpNoTLSv13 switches TLS 1.3 off. Python: OP_NO_TLSv1_3.
	OpNoTLSv13 Options = 0x20000000
	// OpNoRenegotiation lets no server ask for another handshake. It is set by default,
	// unlike in Python. Python: OP_NO_RENEGOTIATION.
	OpNoRenegotiation Options = 0x40000000
	// OpSingleDHUse is always so. Python: OP_SINGLE_DH_USE.
	OpSingleDHUse Options = 0
	// OpSingleECDHUse is always so. Python: OP_SINGLE_ECDH_USE.
	OpSingleECDHUse Options = 0
)

// alwaysOn are the options that crypto/tls does not let go of.
const alwaysOn = OpNoCompression | OpEnableMiddleboxCompat | OpCipherServerPreference | OpNoSSLv3

const defaultOptions = OpAll | alwaysOn | OpNoRenegotiation

// noVersions are the options that switch a version off.
var noVersions = map[Options]uint16{
	OpNoTLSv1: tls.VersionTLS10, OpNoTLSv11: tls.VersionTLS11, OpNoTLSv12: tls.VersionTLS12, OpNoTLSv13: tls.VersionTLS13,
}
