package tlsutil

import (
	"crypto/tls"
	"crypto/x509"
	"time"
)

// ClientConfig returns a configuration for connections to the server of that name, for use
// with crypto/tls, net/http and all that takes one. Everything that the context checks, it
// checks. The name may be empty only if names are not checked; otherwise, or if no host can
// have it, the error is [ErrValue].
func (c *Context) ClientConfig(name string) (*tls.Config, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	cfg, _, err := c.clientConfig(name, c.sessions)
	return cfg, err
}

// clientConfig is ClientConfig under the lock, with sessions, and the policy of it.
func (c *Context) clientConfig(name string, sessions tls.ClientSessionCache) (*tls.Config, *policy, error) {
	if c.protocol == ProtocolTLSServer {
		return nil, nil, valueError("a context for servers has no configuration for clients")
	}
	if name == "" && c.checkHostname {
		return nil, nil, valueError("names are checked, but the server's is empty")
	}
	if name != "" {
		var err error
		if name, err = serverName(name); err != nil {
			return nil, nil, err
		}
	}
	cfg, p, err := c.baseConfig()
	if err != nil {
		return nil, nil, err
	}
	p.client, p.host = true, name
	cfg.ServerName = name
	cfg.RootCAs = p.roots
	cfg.GetClientCertificate = c.own.clientCertificate
	// crypto/tls always checks the name along with the chain; without it, and without
	// verification, it must be told to leave both to VerifyConnection.
	cfg.InsecureSkipVerify = c.mode == CertNone || !c.checkHostname
	if c.options&OpNoRenegotiation == 0 {
		cfg.Renegotiation = tls.RenegotiateFreelyAsClient
	}
	if cache, ok := sessions.(*SessionCache); sessions != nil && (!ok || cache != nil) {
		cfg.ClientSessionCache = sessions
	}
	return cfg, p, nil
}

// ServerConfig returns a configuration for servers, for use with crypto/tls, net/http and
// all that takes one. Without a certificate every handshake fails, unless a callback for
// names supplies a context that has one.
func (c *Context) ServerConfig() (*tls.Config, error) {
	cfg, _, err := c.serverConfig()
	if err != nil {
		return nil, err
	}
	return cfg.Clone(), nil
}

// serverConfig returns the context's own configuration, made once, so that the keys of its
// tickets last, and the policy of it.
func (c *Context) serverConfig() (*tls.Config, *policy, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.server != nil {
		return c.server, c.serverPolicy, nil
	}
	if c.protocol == ProtocolTLSClient {
		return nil, nil, valueError("a context for clients has no configuration for servers")
	}
	cfg, p, err := c.baseConfig()
	if err != nil {
		return nil, nil, err
	}
	cfg.ClientCAs = p.roots
	switch c.mode {
	case CertOptional:
		cfg.ClientAuth = tls.VerifyClientCertIfGiven
	case CertRequired:
		cfg.ClientAuth = tls.RequireAndVerifyClientCert
	}
	cfg.GetCertificate = c.own.certificate
	cfg.GetConfigForClient = c.configForClient
	if len(c.ticketKeys) > 0 {
		cfg.SetSessionTicketKeys(c.ticketKeys)
	}
	c.server, c.serverPolicy = cfg, p
	return cfg, p, nil
}

// baseConfig makes what both sides have in common, under the lock.
func (c *Context) baseConfig() (*tls.Config, *policy, error) {
	lo, hi, err := bounds(c.min, c.max, c.options)
	if err != nil {
		return nil, nil, err
	}
	roots, anchors, err := c.pools()
	if err != nil {
		return nil, nil, err
	}
	p := &policy{
		mode: c.mode, checkHost: c.checkHostname, flags: c.flags, level: c.level, roots: roots, anchors: anchors,
		crls: c.crls, denied: c.denied, staples: c.staples, now: c.clock,
	}
	if p.now == nil {
		p.now = time.Now
	}
	return &tls.Config{
		Rand: c.randomness, Time: c.clock, MinVersion: lo, MaxVersion: hi, NextProtos: c.alpn,
		CipherSuites: c.chosenSuites(), CurvePreferences: c.groups, KeyLogWriter: c.keyLog,
		SessionTicketsDisabled: c.options&OpNoTicket != 0 || c.tickets == 0,
		VerifyConnection:       p.verify,
	}, p, nil
}

// selfSigned makes the set of anchors that are self-signed; the system's are taken for it.
func (c *Context) selfSigned() (*x509.CertPool, error) {
	t := trust{system: c.trust.system}
	for _, cert := range c.trust.certs {
		if cert.X509 != nil && selfIssued(cert.X509) {
			t.certs = append(t.certs, cert)
		}
	}
	return t.pool()
}

// A helloTaker is a connection that wants to know what the client has offered.
type helloTaker interface{ takeHello(suites []uint16) }

// A policyTaker is a connection that wants to know when another context takes over.
type policyTaker interface{ takePolicy(*policy) }

// configForClient asks the callback for names, and notes the hello.
func (c *Context) configForClient(hello *tls.ClientHelloInfo) (*tls.Config, error) {
	if t, ok := hello.Conn.(helloTaker); ok {
		t.takeHello(hello.CipherSuites)
	}
	f := c.sni.Load()
	if f == nil {
		return nil, nil
	}
	other, err := (*f)(hello, hello.ServerName)
	if err != nil || other == nil || other == c {
		return nil, err
	}
	cfg, p, err := other.serverConfig()
	if t, ok := hello.Conn.(policyTaker); ok && err == nil {
		t.takePolicy(p)
	}
	return cfg, err
}
