package tlsutil

import (
	"crypto/sha256"
	"crypto/sha512"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"reflect"
	"slices"
)

// info is what [Conn] and [Object] know of their connection.
type info struct {
	at      interface{ connectionState() tls.ConnectionState }
	ctx     *Context
	server  bool
	name    string
	slot    *sessionSlot
	policy  *policy  // of the context that has the connection
	offered []uint16 // cipher suites of the client, for a server
}

// ConnectionState returns what crypto/tls knows of the connection; before the handshake is
// complete it is empty.
func (i *info) ConnectionState() tls.ConnectionState { return i.at.connectionState() }

// Context returns the context that made the connection, nil if none did. Python: context.
func (i *info) Context() *Context { return i.ctx }

// ServerSide reports whether this is the server. Python: server_side.
func (i *info) ServerSide() bool { return i.server }

// ServerHostname returns the name of the server that a client has asked for, and "" on the
// server's side. Python: server_hostname.
func (i *info) ServerHostname() string { return i.name }

// PeerCertificate returns the certificate of the peer, nil if it has sent none or the
// handshake is not complete. Unlike in Python, it is there even if it was not verified.
// Python: getpeercert.
func (i *info) PeerCertificate() (*PeerCertificate, error) {
	certs := i.at.connectionState().PeerCertificates
	if len(certs) == 0 {
		return nil, nil
	}
	return DecodeCertificate(certs[0].Raw)
}

// VerifiedChain returns the chain that was accepted, from the peer's certificate to the
// anchor; nil if there is none, or if it has expired or was revoked since. If no context made
// the connection it is the first that crypto/tls has verified. Python: get_verified_chain.
func (i *info) VerifiedChain() []*x509.Certificate {
	s := i.at.connectionState()
	switch {
	case len(s.PeerCertificates) == 0:
		return nil
	case i.policy == nil && len(s.VerifiedChains) > 0:
		return slices.Clone(s.VerifiedChains[0])
	case i.policy == nil || i.policy.mode == CertNone:
		return nil
	}
	chain, _ := i.policy.accepted(s)
	return slices.Clone(chain)
}

// UnverifiedChain returns the certificates as the peer has sent them. Python:
// get_unverified_chain.
func (i *info) UnverifiedChain() []*x509.Certificate {
	return slices.Clone(i.at.connectionState().PeerCertificates)
}

// A CipherInfo is the cipher suite of a connection. Python: the tuple of cipher().
type CipherInfo struct {
	Name     string // OpenSSL's
	Protocol string // the lowest version that has it
	Bits     int    // of secret
}

// Cipher returns the cipher suite; ok is false before the handshake is complete. Python:
// cipher.
func (i *info) Cipher() (c CipherInfo, ok bool) {
	s := i.at.connectionState()
	if !s.HandshakeComplete {
		return c, false
	}
	return cipherInfo(s.CipherSuite), true
}

func cipherInfo(id uint16) CipherInfo {
	if s, ok := suiteByID(id); ok {
		return CipherInfo{s.name, s.protocol, s.bits}
	}
	return CipherInfo{Name: tls.CipherSuiteName(id)}
}

// SharedCiphers returns, on the server's side, the cipher suites that the client has
// offered and the context enables, in the client's order; nil on the client's side and
// where no context made the connection, or before the handshake is complete. Python:
// shared_ciphers.
func (i *info) SharedCiphers() []CipherInfo {
	if !i.server || i.ctx == nil || !i.at.connectionState().HandshakeComplete || len(i.offered) == 0 {
		return nil
	}
	enabled := get(i.ctx, i.ctx.chosenSuites)
	out := []CipherInfo{}
	for _, id := range i.offered {
		if s, ok := suiteByID(id); ok && (s.tls13() || slices.Contains(enabled, id)) {
			out = append(out, cipherInfo(id))
		}
	}
	return out
}

// Compression returns "": there is none. Python: compression.
func (i *info) Compression() string { return "" }

// ALPNProtocol returns the application protocol that was chosen, or "". Python:
// selected_alpn_protocol.
func (i *info) ALPNProtocol() string { return i.at.connectionState().NegotiatedProtocol }

// NPNProtocol returns "": NPN is gone. Python: selected_npn_protocol.
func (i *info) NPNProtocol() string { return "" }

// Version returns the version of the connection, 0 before the handshake is complete; its
// String is Python's text. Python: version.
func (i *info) Version() TLSVersion { return TLSVersion(i.at.connectionState().Version) }

// Group returns OpenSSL's name of the group of the key agreement, "" if there was none.
// Python: group.
func (i *info) Group() string {
	id := i.at.connectionState().CurveID
	if id == 0 {
		return ""
	}
	return groupName(id)
}

// ServerSigalg returns the signature algorithm that the server has used. On the server's
// side it is [errors.ErrUnsupported]: crypto/tls does not tell what it has chosen itself.
// Python: server_sigalg.
func (i *info) ServerSigalg() (string, error) {
	if i.server {
		return "", unsupported("server_sigalg", "the signature algorithm of one's own side")
	}
	return i.peerSigalg()
}

// ClientSigalg returns the signature algorithm that the client has used, "" if it has sent
// no certificate. On the client's side it is [errors.ErrUnsupported]. Python:
// client_sigalg.
func (i *info) ClientSigalg() (string, error) {
	if !i.server {
		return "", unsupported("client_sigalg", "the signature algorithm of one's own side")
	}
	return i.peerSigalg()
}

// peerSigalg reads a field that crypto/tls fills but does not export.
func (i *info) peerSigalg() (string, error) {
	f := reflect.ValueOf(i.at.connectionState()).FieldByName("testingOnlyPeerSignatureAlgorithm")
	if !f.IsValid() || f.Kind() != reflect.Uint16 {
		return "", unsupported("sigalg", "the signature algorithm of the peer")
	}
	id := tls.SignatureScheme(f.Uint())
	if id == 0 {
		return "", nil
	}
	if s, ok := schemeNames[id]; ok {
		return s, nil
	}
	return id.String(), nil
}

// Session returns the session for another connection to the same server, nil if there is
// none (yet: with TLS 1.3 it comes along with the first data) or on the server's side.
// Python: session.
func (i *info) Session() *Session {
	if i.slot == nil {
		return nil
	}
	return i.slot.session()
}

// SessionReused reports whether the connection has resumed a session. Python:
// session_reused.
func (i *info) SessionReused() bool { return i.at.connectionState().DidResume }

// VerifyClientPostHandshake is [errors.ErrUnsupported]: crypto/tls has no authentication
// after the handshake. Python: verify_client_post_handshake.
func (i *info) VerifyClientPostHandshake() error {
	return unsupported("verify_client_post_handshake", "authentication after the handshake")
}

// ChannelBindingTypes are the types of [Conn.ChannelBinding]. Python:
// CHANNEL_BINDING_TYPES, which has the first alone.
var ChannelBindingTypes = []string{"tls-unique", "tls-server-end-point", "tls-exporter"}

// ChannelBinding returns data that bind an authentication within the connection to it:
//
//   - "tls-unique" (RFC 5929 section 3), which TLS 1.3 does not have, nor a resumed session
//     without extended master secret: it is nil there, as before the handshake;
//   - "tls-server-end-point" (section 4), the hash of the server's certificate: on the
//     server's side only [Conn] and [Object] of a context know it;
//   - "tls-exporter" (RFC 9266), 32 bytes.
//
// Another type is [ErrValue]. Python: get_channel_binding.
func (i *info) ChannelBinding(typ string) ([]byte, error) {
	s := i.at.connectionState()
	if !slices.Contains(ChannelBindingTypes, typ) {
		return nil, valueError("channel binding %q", short(typ))
	}
	if !s.HandshakeComplete {
		return nil, nil
	}
	switch typ {
	case "tls-unique":
		return slices.Clone(s.TLSUnique), nil
	case "tls-exporter":
		b, err := s.ExportKeyingMaterial("EXPORTER-Channel-Binding", nil, 32)
		return b, wrapError("channel_binding", err)
	}
	cert, err := i.serverCertificate(s)
	if err != nil {
		return nil, err
	}
	return endPoint(cert), nil
}

func (i *info) serverCertificate(s tls.ConnectionState) (*x509.Certificate, error) {
	if !i.server {
		if len(s.PeerCertificates) == 0 {
			return nil, &Error{Op: "channel_binding", Library: "SSL", Reason: "NO_CERTIFICATE_SET", Number: ErrorSSL, Err: errors.New("the server has no certificate")}
		}
		return s.PeerCertificates[0], nil
	}
	if i.ctx != nil {
		if l := i.ctx.own.list(); len(l) == 1 && i.ctx.SNICallback() == nil {
			return l[0].Leaf, nil
		}
	}
	return nil, unsupported("channel_binding", "tls-server-end-point of a server with several certificates")
}

// endPoint hashes a certificate by its signature's own hash, or SHA-256 in place of a weak
// or an unknown one (RFC 5929 section 4.1).
func endPoint(c *x509.Certificate) []byte {
	switch c.SignatureAlgorithm {
	case x509.SHA384WithRSA, x509.ECDSAWithSHA384, x509.SHA384WithRSAPSS:
		h := sha512.Sum384(c.Raw)
		return h[:]
	case x509.SHA512WithRSA, x509.ECDSAWithSHA512, x509.SHA512WithRSAPSS:
		h := sha512.Sum512(c.Raw)
		return h[:]
	}
	h := sha256.Sum256(c.Raw)
	return h[:]
}

// finished counts a completed handshake.
func (i *info) finished() {
	if i.ctx == nil {
		return
	}
	st := i.ctx.stats
	if i.server {
		st.acceptGood.Add(1)
	} else {
		st.connectGood.Add(1)
	}
	if i.at.connectionState().DidResume {
		st.hits.Add(1)
	}
}
