package tlsutil

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"
)

// A Context holds the settings and certificates of connections, and makes configurations
// for crypto/tls of them. Create one with [NewDefaultContext] or [NewContext].
//
// A configuration that [Context.ClientConfig] or [Context.ServerConfig] returns is frozen:
// later changes of the Context do not reach it, with these exceptions, which are looked up
// in each handshake so that a service can run for years: its own certificates, as loaded and
// reloaded, with their staples, revocation lists, and the callback for server names.
//
// A Context is safe for concurrent use. Python: ssl.SSLContext.
type Context struct {
	protocol Protocol

	mu            sync.Mutex // guards what follows
	min, max      TLSVersion
	options       Options
	mode          VerifyMode
	checkHostname bool
	flags         VerifyFlags
	level         int
	suites        []suite // of TLS up to 1.2; nil: crypto/tls's own choice
	groups        []tls.CurveID
	alpn          []string
	tickets       int
	ticketKeys    [][32]byte
	sessions      *SessionCache
	trust         trust
	denied        map[[32]byte]bool
	staples       StaplePolicy
	keyLog        io.Writer
	keyLogFile    string
	checkKeyMode  bool
	clock         func() time.Time
	randomness    io.Reader
	server        *tls.Config    // shared, so that its ticket keys last; nil after a change
	serverPolicy  *policy        // of server
	roots         *x509.CertPool // made of trust; nil after a change
	anchors       *x509.CertPool

	own   *ownCerts // shared with configurations
	crls  *crlStore
	sni   atomic.Pointer[SNICallback]
	stats *counters
}

// NewContext returns a context for the protocol with Python's defaults: TLS 1.2 at least; a
// client verifies the server and its name, against no authority yet; a server verifies
// nothing. The error is [ErrValue] for an unknown protocol. Python: SSLContext.
func NewContext(p Protocol) (*Context, error) {
	c := &Context{
		protocol: p, min: TLSv12, max: MaximumSupported, options: defaultOptions, flags: VerifyX509TrustedFirst,
		level: 2, tickets: 1, own: &ownCerts{}, crls: &crlStore{}, stats: &counters{},
	}
	switch p {
	case ProtocolTLSClient:
		c.mode, c.checkHostname = CertRequired, true
	case ProtocolTLSv1:
		c.min, c.max, c.level = TLSv1, TLSv1, 0
	case ProtocolTLSv11:
		c.min, c.max, c.level = TLSv11, TLSv11, 0
	case ProtocolTLSv12:
		c.min, c.max = TLSv12, TLSv12
	case ProtocolTLS, ProtocolTLSServer:
	default:
		return nil, valueError("protocol %d", int(p))
	}
	return c, nil
}

// NewDefaultContext returns a context with safe settings for the purpose: for
// [ServerAuth], a client's, which verifies servers against the authorities of the system;
// for [ClientAuth], a server's. Certificates must keep to the rules of
// [VerifyX509Strict], and each loaded one is an anchor ([VerifyX509PartialChain]). Unlike
// Python, it never writes the keys of sessions to a file that the environment names.
// Python: create_default_context.
func NewDefaultContext(p Purpose) (*Context, error) {
	protocol := ProtocolTLSClient
	if p == ClientAuth {
		protocol = ProtocolTLSServer
	} else if p != ServerAuth {
		return nil, valueError("purpose %d", int(p))
	}
	c, err := NewContext(protocol)
	if err != nil {
		return nil, err
	}
	c.flags |= VerifyX509Strict | VerifyX509PartialChain
	if p == ServerAuth {
		err = c.LoadDefaultCerts(ServerAuth)
	}
	return c, err
}

// Protocol returns what the context was made for. Python: SSLContext.protocol.
func (c *Context) Protocol() Protocol { return c.protocol }

// change runs f under the lock, and forgets the configuration made before.
func (c *Context) change(f func() error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	err := f()
	c.server, c.roots, c.anchors = nil, nil, nil
	return err
}

// get reads a setting under the lock.
func get[T any](c *Context, f func() T) T {
	c.mu.Lock()
	defer c.mu.Unlock()
	return f()
}

// CheckHostname reports whether the name must match the certificate. Python:
// check_hostname.
func (c *Context) CheckHostname() bool { return get(c, func() bool { return c.checkHostname }) }

// SetCheckHostname says whether the name must match the certificate; true makes the mode
// [CertRequired] if it was [CertNone].
func (c *Context) SetCheckHostname(yes bool) {
	c.change(func() error {
		c.checkHostname = yes
		if yes && c.mode == CertNone {
			c.mode = CertRequired
		}
		return nil
	})
}

// VerifyMode returns whether the peer must have a certificate. Python: verify_mode.
func (c *Context) VerifyMode() VerifyMode { return get(c, func() VerifyMode { return c.mode }) }

// SetVerifyMode sets whether the peer must have a certificate. [CertNone] is refused with
// [ErrValue] while names are checked.
func (c *Context) SetVerifyMode(m VerifyMode) error {
	return c.change(func() error {
		if m < CertNone || m > CertRequired {
			return valueError("verify mode %d", int(m))
		}
		if m == CertNone && c.checkHostname {
			return valueError("verify mode CERT_NONE while names are checked")
		}
		c.mode = m
		return nil
	})
}

// VerifyFlags returns the flags of verification. Python: verify_flags.
func (c *Context) VerifyFlags() VerifyFlags { return get(c, func() VerifyFlags { return c.flags }) }

// SetVerifyFlags sets the flags of verification. [VerifyAllowProxyCerts] is
// [errors.ErrUnsupported], an unknown flag [ErrValue].
func (c *Context) SetVerifyFlags(f VerifyFlags) error {
	const known, crlBeyondLeaf = VerifyCRLCheckChain | VerifyX509Strict | VerifyX509TrustedFirst | VerifyX509PartialChain | VerifyAllowProxyCerts, VerifyCRLCheckChain &^ VerifyCRLCheckLeaf
	switch {
	case f&VerifyAllowProxyCerts != 0:
		return unsupported("verify_flags", "proxy certificates")
	case f&^known != 0:
		return valueError("verify flags %#x", uint32(f&^known))
	case f&VerifyCRLCheckChain == crlBeyondLeaf:
		return valueError("verify flags %#x: lists of authorities without the leaf's", uint32(f))
	}
	return c.change(func() error { c.flags = f; return nil })
}

// Options returns the options. Python: options.
func (c *Context) Options() Options { return get(c, func() Options { return c.options }) }

// SetOptions sets the options. What crypto/tls cannot do is [errors.ErrUnsupported]:
// [OpEnableKTLS], to clear one that is always on, and versions that leave a gap. An unknown
// option is [ErrValue].
func (c *Context) SetOptions(o Options) error {
	const known = defaultOptions | OpIgnoreUnexpectedEOF | OpLegacyServerConnect | OpEnableKTLS | OpNoTicket |
		OpNoTLSv1 | OpNoTLSv11 | OpNoTLSv12 | OpNoTLSv13
	switch {
	case o&OpEnableKTLS != 0:
		return unsupported("options", "TLS within the kernel")
	case o&^known != 0:
		return valueError("options %#x", uint64(o&^known))
	case o&alwaysOn != alwaysOn:
		return unsupported("options", fmt.Sprintf("without options %#x", uint64(alwaysOn&^o)))
	}
	return c.change(func() error {
		if _, _, err := bounds(MinimumSupported, MaximumSupported, o); err != nil {
			return err
		}
		c.options = o
		return nil
	})
}

// bounds returns the lowest and the highest version that min, max and options leave.
func bounds(min, max TLSVersion, o Options) (lo, hi uint16, err error) {
	allowed := func(v uint16) bool {
		if v < min.wire() || v > max.wire() {
			return false
		}
		for op, ver := range noVersions {
			if ver == v && o&op != 0 {
				return false
			}
		}
		return true
	}
	for v := uint16(tls.VersionTLS10); v <= tls.VersionTLS13; v++ {
		switch {
		case !allowed(v):
		case lo == 0:
			lo, hi = v, v
		case hi != v-1:
			return 0, 0, unsupported("options", "a gap in the versions")
		default:
			hi = v
		}
	}
	if lo == 0 {
		return 0, 0, valueError("no version of TLS is left")
	}
	return lo, hi, nil
}

// MinimumVersion returns the lowest version. Python: minimum_version.
func (c *Context) MinimumVersion() TLSVersion { return get(c, func() TLSVersion { return c.min }) }

// MaximumVersion returns the highest version. Python: maximum_version.
func (c *Context) MaximumVersion() TLSVersion { return get(c, func() TLSVersion { return c.max }) }

// SetMinimumVersion sets the lowest version. Below [TLSv12] is insecure. [SSLv3] is
// [errors.ErrUnsupported], an unknown version [ErrValue].
func (c *Context) SetMinimumVersion(v TLSVersion) error { return c.setVersion(&c.min, v) }

// SetMaximumVersion sets the highest version, with the errors of SetMinimumVersion. That it
// is lower than the lowest shows when a configuration is made.
func (c *Context) SetMaximumVersion(v TLSVersion) error { return c.setVersion(&c.max, v) }

func (c *Context) setVersion(to *TLSVersion, v TLSVersion) error {
	switch v {
	case SSLv3:
		return unsupported("version", "SSL 3.0")
	case MinimumSupported, MaximumSupported, TLSv1, TLSv11, TLSv12, TLSv13:
		return c.change(func() error { *to = v; return nil })
	}
	return valueError("version %#x", int(v))
}

// SecurityLevel returns the level of security, 2 unless [Context.SetCiphers] was given
// another: the keys of the certificates of either side must have the strength of 112 bits (RSA with 2048
// bits); 0 is that of no bound, 1 is 80 bits, 3 is 128, 4 is 192, 5 is 256. Python:
// security_level.
func (c *Context) SecurityLevel() int { return get(c, func() int { return c.level }) }

// HostnameChecksCommonName is false: names are looked for in the alternative names alone
// (RFC 9525). Python: hostname_checks_common_name.
func (c *Context) HostnameChecksCommonName() bool { return false }

// SetHostnameChecksCommonName accepts false; true is [errors.ErrUnsupported].
func (c *Context) SetHostnameChecksCommonName(yes bool) error {
	if yes {
		return unsupported("hostname_checks_common_name", "names in the common name")
	}
	return nil
}

// PostHandshakeAuth is false: crypto/tls has no authentication after the handshake.
// Python: post_handshake_auth.
func (c *Context) PostHandshakeAuth() bool { return false }

// SetPostHandshakeAuth accepts false; true is [errors.ErrUnsupported].
func (c *Context) SetPostHandshakeAuth(yes bool) error {
	if yes {
		return unsupported("post_handshake_auth", "authentication after the handshake")
	}
	return nil
}

// SetALPNProtocols sets the application protocols to offer, or to choose from in this
// order; none switches ALPN off. A name has 1 to 255 bytes, else the error is an [*Error]
// that is [ErrValue]. A server that has none of those that a client offers ends the
// handshake (RFC 7301 section 3.2), where Python goes on without. Python:
// set_alpn_protocols.
func (c *Context) SetALPNProtocols(names []string) error {
	for _, n := range names {
		if len(n) == 0 || len(n) > 255 {
			return &Error{Op: "set_alpn_protocols", Library: "SSL", Reason: "INVALID_ALPN_PROTOCOL", Number: ErrorSSL,
				Err: valueError("a protocol has 1 to 255 bytes")}
		}
	}
	own := append([]string(nil), names...)
	return c.change(func() error { c.alpn = own; return nil })
}

// SetClock sets the clock by which certificates and lists are judged; nil is time.Now.
func (c *Context) SetClock(now func() time.Time) {
	c.change(func() error { c.clock = now; return nil })
}

// SetRandom sets the source of randomness of handshakes; nil is crypto/rand. It is for
// tests.
func (c *Context) SetRandom(r io.Reader) {
	c.change(func() error { c.randomness = r; return nil })
}

// LoadDHParams is [errors.ErrUnsupported]: crypto/tls has no finite-field Diffie-Hellman.
// Python: load_dh_params.
func (c *Context) LoadDHParams(path string) error {
	return unsupported("load_dh_params", "finite-field Diffie-Hellman")
}

// SetNPNProtocols is [errors.ErrUnsupported]: NPN is gone, see
// [Context.SetALPNProtocols]. Python: set_npn_protocols.
func (c *Context) SetNPNProtocols(names []string) error {
	return unsupported("set_npn_protocols", "NPN")
}

// SetPSKClientCallback is [errors.ErrUnsupported]: crypto/tls has no external pre-shared
// keys. Python: set_psk_client_callback.
func (c *Context) SetPSKClientCallback(f func(hint string) (identity string, key []byte)) error {
	return unsupported("set_psk_client_callback", "external pre-shared keys")
}

// SetPSKServerCallback is [errors.ErrUnsupported]: crypto/tls has no external pre-shared
// keys. Python: set_psk_server_callback.
func (c *Context) SetPSKServerCallback(f func(identity string) (key []byte), hint string) error {
	return unsupported("set_psk_server_callback", "external pre-shared keys")
}

// SetClientSigalgs is [errors.ErrUnsupported]: crypto/tls decides on the signature
// algorithms. Python: set_client_sigalgs.
func (c *Context) SetClientSigalgs(list string) error {
	return unsupported("set_client_sigalgs", "a choice of signature algorithms")
}

// SetServerSigalgs is [errors.ErrUnsupported]: crypto/tls decides on the signature
// algorithms. Python: set_server_sigalgs.
func (c *Context) SetServerSigalgs(list string) error {
	return unsupported("set_server_sigalgs", "a choice of signature algorithms")
}

// An SNICallback chooses the context for the name that a client asks for, "" if it asks for
// none. Nil goes on with the context that has the callback; an error ends the handshake.
// The callback may be called by several handshakes at once.
type SNICallback func(hello *tls.ClientHelloInfo, name string) (*Context, error)

// SetSNICallback sets the callback for the name that a client asks for, nil for none. It
// reaches configurations that are in use. Python: sni_callback, set_servername_callback.
func (c *Context) SetSNICallback(f SNICallback) {
	if f == nil {
		c.sni.Store(nil)
	} else {
		c.sni.Store(&f)
	}
}

// SNICallback returns the callback, or nil.
func (c *Context) SNICallback() SNICallback {
	if f := c.sni.Load(); f != nil {
		return *f
	}
	return nil
}

// Clone returns a copy that can be changed on its own. It shares nothing with c but the
// key log and the session cache; certificates, lists and ticket keys are copied. To give
// the copy other authorities, see [Context.ClearTrust].
func (c *Context) Clone() *Context {
	c.mu.Lock()
	defer c.mu.Unlock()
	d := &Context{
		protocol: c.protocol, min: c.min, max: c.max, options: c.options, mode: c.mode, checkHostname: c.checkHostname,
		flags: c.flags, level: c.level, suites: c.suites, groups: c.groups, alpn: c.alpn, tickets: c.tickets,
		ticketKeys: c.ticketKeys, sessions: c.sessions, trust: c.trust.clone(), denied: c.denied, staples: c.staples,
		keyLog: c.keyLog, keyLogFile: c.keyLogFile, checkKeyMode: c.checkKeyMode, clock: c.clock, randomness: c.randomness,
		own: c.own.clone(), crls: c.crls.clone(), stats: &counters{},
	}
	d.sni.Store(c.sni.Load())
	return d
}

// pools returns the set of anchors that crypto/tls looks for chains to, and that of those
// which are self-signed; they are made once. It is called under the lock.
func (c *Context) pools() (roots, anchors *x509.CertPool, err error) {
	if c.roots == nil {
		if roots, err = c.trust.pool(); err != nil {
			return nil, nil, err
		}
		if anchors, err = c.selfSigned(); err != nil {
			return nil, nil, err
		}
		c.roots, c.anchors = roots, anchors
	}
	return c.roots, c.anchors, nil
}
