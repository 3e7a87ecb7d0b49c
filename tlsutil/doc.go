// Package tlsutil is Python's ssl module over crypto/tls: contexts that make a
// configuration for any Go program, connections that tell what Python's tell, TLS without a
// socket, and certificates in the form that people read.
//
//	ctx, err := tlsutil.NewDefaultContext(tlsutil.ServerAuth)
//	conn, err := ctx.Dial(dialCtx, "tcp", "example.com:443")
//	cert, err := conn.PeerCertificate() // cert.Subject, cert.NotAfter, cert.SubjectAltName …
//	cfg, err := ctx.ClientConfig("example.com") // for net/http and the rest of Go
//
// # Contexts
//
// A [Context] holds what Python's SSLContext holds: versions, cipher strings in OpenSSL's
// syntax, authorities, certificates with encrypted keys, revocation lists, ALPN, a callback
// for server names, sessions. It adds OCSP staples with verification, keys that are
// distrusted whatever the authorities say, and certificates that are renewed without a
// restart. All of it works through the *tls.Config that [Context.ClientConfig] and
// [Context.ServerConfig] return.
//
// # TLS without a socket
//
// An [Object] over two [MemoryBIO]s never waits: its methods return [ErrWantRead] or
// [ErrWantWrite], and the caller carries the bytes. An idle Object holds no goroutine and no
// buffer but what crypto/tls keeps, which is as much as the longest record that came, 17 KiB
// at most, and is not given back. So a loop over a selector serves thousands of TLS
// connections in one goroutine.
//
// # Errors
//
// Failures are [*Error]s with OpenSSL's name of the reason, the alert if there was one, and
// the cause; in those of a certificate [errors.As] finds a [*CertVerificationError] with
// OpenSSL's code. Text of the peer is quoted and bounded.
//
// # What crypto/tls cannot do
//
// A call that asks for it returns an error that is [errors.ErrUnsupported]: external
// pre-shared keys, finite-field Diffie-Hellman, NPN, SSL 3.0, authentication after the
// handshake, a choice of signature algorithms or among the suites of TLS 1.3, more than one
// session ticket, names in the common name, proxy certificates, TLS within the kernel,
// versions with a gap between them, the signature algorithm of one's own side, the lifetime
// of a ticket. The order of ciphers and groups is crypto/tls's.
//
// # Where it differs from Python
//
//   - A stream that is cut is an error ([ErrEOF], [io.ErrUnexpectedEOF]) unless
//     [OpIgnoreUnexpectedEOF] says otherwise.
//   - SSLKEYLOGFILE is never looked at.
//   - A client that checks names must have one, in every call.
//   - Suites of TLS 1.2 without forward secrecy or AEAD must be chosen, and renegotiation be
//     allowed, explicitly.
//   - "*" in a certificate stands for the whole first label, with two more behind it;
//     internationalised names are converted by IDNA 2008 (UTS 46).
//   - A server without a common application protocol ends the handshake (RFC 7301).
//   - A [MemoryBIO] has a limit.
//   - The peer's certificate is told also if it was not verified.
//   - [VerifyX509PartialChain]: each certificate that was loaded is an anchor. Without the
//     flag a chain must lead to a self-signed one. [VerifyX509Strict] has OpenSSL's checks.
//     A certificate that crypto/x509 cannot read is counted, but vouches for nobody.
//
// Go 1.26 or later is needed for what was mended in crypto/tls and crypto/x509.
//
// The sources are RFC 8446, 5246, 5280, 6066, 6960, 7301, 9525 and 9266.
package tlsutil
