package tlsutil

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"sync"
	"sync/atomic"
)

// ownCerts are a context's own certificates, at most one for each kind of key, as OpenSSL
// has it. Configurations share them with their context.
type ownCerts struct {
	reload  sync.Mutex    // held by Reload, so that what was read later also counts later
	mu      sync.Mutex    // guards what follows; no function of the caller's runs under it
	sources []*certSource // the same order as certs
	certs   atomic.Pointer[[]*tls.Certificate]
}

// A certSource is where a certificate came from, to read it again. It does not change.
type certSource struct {
	certFile, keyFile string // empty: not from files
	password          PasswordFunc
	checkMode         bool
}

func (o *ownCerts) list() []*tls.Certificate {
	if l := o.certs.Load(); l != nil {
		return *l
	}
	return nil
}

func (o *ownCerts) clone() *ownCerts {
	o.mu.Lock()
	defer o.mu.Unlock()
	n := &ownCerts{sources: slices.Clone(o.sources)}
	n.certs.Store(o.certs.Load())
	return n
}

// put adds a certificate, in place of one with the same kind of key.
func (o *ownCerts) put(c *tls.Certificate, from *certSource) {
	o.mu.Lock()
	defer o.mu.Unlock()
	list := slices.Clone(o.list())
	kind := fmt.Sprintf("%T", c.Leaf.PublicKey)
	for i := range list {
		if fmt.Sprintf("%T", list[i].Leaf.PublicKey) == kind {
			list[i], o.sources[i] = c, from
			o.certs.Store(&list)
			return
		}
	}
	list, o.sources = append(list, c), append(o.sources, from)
	o.certs.Store(&list)
}

// staple puts an OCSP response to the certificate that check accepts it for.
func (o *ownCerts) staple(resp []byte, check func(leaf, issuer *x509.Certificate) error) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	list := slices.Clone(o.list())
	err := errors.New("no certificate is loaded")
	for i, c := range list {
		var issuer *x509.Certificate
		if len(c.Certificate) > 1 {
			issuer, _ = x509.ParseCertificate(c.Certificate[1])
		}
		if resp != nil {
			if err = check(c.Leaf, issuer); err != nil {
				continue
			}
		}
		n := *c
		n.OCSPStaple = slices.Clone(resp)
		list[i] = &n
		o.certs.Store(&list)
		if resp != nil {
			return nil
		}
		err = nil
	}
	return err
}

// certificate is the GetCertificate of a server's configuration.
func (o *ownCerts) certificate(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	list := o.list()
	for _, c := range list {
		if len(list) == 1 || hello.SupportsCertificate(c) == nil {
			return c, nil
		}
	}
	if len(list) == 0 {
		return nil, errors.New("tls: no certificates configured")
	}
	return list[0], nil
}

// clientCertificate is the GetClientCertificate of a client's configuration.
func (o *ownCerts) clientCertificate(req *tls.CertificateRequestInfo) (*tls.Certificate, error) {
	for _, c := range o.list() {
		if req.SupportsCertificate(c) == nil {
			return c, nil
		}
	}
	return &tls.Certificate{}, nil
}

// LoadCertChain loads a certificate for this side, with what chain belongs to it, and its
// key from files in PEM; an empty keyFile means that certFile has both. A second one with
// the same kind of key (RSA, ECDSA, Ed25519) takes the place of the first. The password is
// asked for if the key is encrypted; nil means that it must not be.
//
// A file that is missing is [fs.ErrNotExist]; a wrong password is [ErrPassword]; other
// errors, such as a key that does not belong to the certificate or is too weak for the
// level of security, are [*Error]s. No error holds the password. Python: load_cert_chain.
func (c *Context) LoadCertChain(certFile, keyFile string, password PasswordFunc) error {
	from := &certSource{certFile, keyFile, password, get(c, func() bool { return c.checkKeyMode })}
	cert, err := from.read()
	if err != nil {
		return err
	}
	return c.use(cert, from)
}

// LoadCertChainPEM is [Context.LoadCertChain] for data in memory.
func (c *Context) LoadCertChainPEM(certPEM, keyPEM []byte, password PasswordFunc) error {
	cert, err := parseChain(certPEM, keyPEM, password)
	if err != nil {
		return err
	}
	return c.use(cert, &certSource{})
}

// AddCertificate uses a certificate that is parsed already, for keys that are kept
// elsewhere.
func (c *Context) AddCertificate(cert tls.Certificate) error {
	if len(cert.Certificate) == 0 || cert.PrivateKey == nil {
		return valueError("a certificate without chain or key")
	}
	if cert.Leaf == nil {
		leaf, err := x509.ParseCertificate(cert.Certificate[0])
		if err != nil {
			return chainError("ASN1_LIB", ErrCertificate)
		}
		cert.Leaf = leaf
	}
	return c.use(&cert, &certSource{})
}

func (c *Context) use(cert *tls.Certificate, from *certSource) error {
	if err := c.strongEnough(cert); err != nil {
		return err
	}
	c.own.put(cert, from)
	return nil
}

func (c *Context) strongEnough(cert *tls.Certificate) error {
	level := get(c, func() int { return c.level })
	switch {
	case keyTooLarge(cert.Leaf):
		return chainError("KEY_TOO_LARGE", errKeyTooLarge)
	case !keyStrongEnough(cert.Leaf.PublicKey, level):
		return chainError("EE_KEY_TOO_SMALL", fmt.Errorf("the key is too weak for security level %d", level))
	}
	return nil
}

// Reload reads the files of [Context.LoadCertChain] again, for a certificate that was
// renewed, and uses them in configurations that are in use as well. If any cannot be read
// or does not fit, nothing changes. Stapled responses are dropped where the certificate is
// another.
func (c *Context) Reload() error {
	o := c.own
	o.reload.Lock()
	defer o.reload.Unlock()
	o.mu.Lock()
	sources := slices.Clone(o.sources)
	o.mu.Unlock()
	fresh := map[*certSource]*tls.Certificate{}
	for _, from := range sources {
		if from.certFile == "" {
			continue
		}
		cert, err := from.read()
		if err != nil {
			return err
		}
		if err := c.strongEnough(cert); err != nil {
			return err
		}
		fresh[from] = cert
	}
	o.renew(fresh)
	return nil
}

// renew uses certificates that were read again, as far as none has taken their place.
func (o *ownCerts) renew(fresh map[*certSource]*tls.Certificate) {
	o.mu.Lock()
	defer o.mu.Unlock()
	list := slices.Clone(o.list())
	for i, from := range o.sources {
		cert := fresh[from]
		if cert == nil {
			continue
		}
		if bytes.Equal(cert.Certificate[0], list[i].Certificate[0]) {
			cert.OCSPStaple = list[i].OCSPStaple
		}
		list[i] = cert
	}
	if len(list) > 0 {
		o.certs.Store(&list)
	}
}

// RequirePrivateKeyFiles makes LoadCertChain refuse a file with a key that others than its
// owner can read or write; the error is [fs.ErrPermission]. Where files have no such modes
// it does nothing.
func (c *Context) RequirePrivateKeyFiles(yes bool) {
	c.change(func() error { c.checkKeyMode = yes; return nil })
}

func (s *certSource) read() (*tls.Certificate, error) {
	certPEM, err := readCertFile(s.certFile)
	if err != nil {
		return nil, err
	}
	keyFile, keyPEM := s.keyFile, certPEM
	defer func() { clear(keyPEM) }() // it may hold the key
	if keyFile == "" {
		keyFile = s.certFile
	} else if keyPEM, err = readCertFile(keyFile); err != nil {
		return nil, err
	}
	if s.checkMode {
		info, err := os.Stat(keyFile)
		if err == nil && keyModes && info.Mode().Perm()&0o077 != 0 {
			err = &fs.PathError{Op: "key", Path: keyFile, Err: fs.ErrPermission}
		}
		if err != nil {
			return nil, chainError("KEY_FILE_NOT_PRIVATE", err)
		}
	}
	return parseChain(certPEM, keyPEM, s.password)
}

func chainError(reason string, err error) error {
	return &Error{Op: "load_cert_chain", Library: "SSL", Reason: reason, Number: ErrorSSL, Err: err}
}

// parseChain reads the certificates of one text and the key of the other.
func parseChain(certPEM, keyPEM []byte, password PasswordFunc) (*tls.Certificate, error) {
	cert := &tls.Certificate{}
	for b, rest := pem.Decode(certPEM); b != nil; b, rest = pem.Decode(rest) {
		if isCertificate(b.Type) {
			cert.Certificate = append(cert.Certificate, b.Bytes)
		}
	}
	if len(cert.Certificate) == 0 {
		return nil, chainError("NO_START_LINE", errors.New("the text has no certificate"))
	}
	var err error
	if cert.Leaf, err = x509.ParseCertificate(cert.Certificate[0]); err != nil {
		return nil, chainError("ASN1_LIB", ErrCertificate)
	}
	key, err := ParsePrivateKey(keyPEM, password)
	if err != nil {
		return nil, err
	}
	if !sameKey(cert.Leaf.PublicKey, key.Public()) {
		return nil, chainError("KEY_VALUES_MISMATCH", errors.New("the key does not belong to the certificate"))
	}
	cert.PrivateKey = key
	return cert, nil
}

func sameKey(a, b crypto.PublicKey) bool {
	switch a := a.(type) {
	case *rsa.PublicKey:
		return a.Equal(b)
	case *ecdsa.PublicKey:
		return a.Equal(b)
	case ed25519.PublicKey:
		return a.Equal(b)
	}
	return false
}
