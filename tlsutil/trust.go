package tlsutil

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// trust are the certificates of authorities that a context has.
type trust struct {
	certs  []*PeerCertificate
	seen   map[[32]byte]bool
	system bool
}

func (t *trust) clone() trust {
	return trust{slices.Clone(t.certs), maps.Clone(t.seen), t.system}
}

func (t *trust) add(c *PeerCertificate) {
	sum := sha256.Sum256(c.Raw)
	if t.seen[sum] {
		return
	}
	if t.seen == nil {
		t.seen = map[[32]byte]bool{}
	}
	t.seen[sum] = true
	t.certs = append(t.certs, c)
}

// pool returns all certificates that crypto/x509 can read, with the system's if they were
// asked for. It is never nil.
func (t *trust) pool() (*x509.CertPool, error) {
	p := x509.NewCertPool()
	if t.system {
		var err error
		if p, err = x509.SystemCertPool(); err != nil {
			return nil, &Error{Op: "load_default_certs", Library: "X509", Reason: "SYSTEM_ROOTS", Number: ErrorSyscall, Err: err}
		}
	}
	for _, c := range t.certs {
		if c.X509 != nil {
			p.AddCert(c.X509)
		}
	}
	return p, nil
}

// LoadVerifyLocations loads authorities, and in PEM also revocation lists, from a file in
// PEM, from every file of a folder, or from data: certificates in PEM, or in DER one after
// the other. Any of the three may be empty, but not all. What is loaded already is passed
// over. A folder is read at once, not on demand; what is broken in it is passed
// over.
//
// A file that is missing is [fs.ErrNotExist]; one without a certificate or with a broken
// one is an [*Error]; what came before it stays. An RSA key beyond 8192 bits is refused.
// No argument at all, or empty data that is not nil, is [ErrValue]. Python:
// load_verify_locations.
func (c *Context) LoadVerifyLocations(file, dir string, data []byte) error {
	if file == "" && dir == "" && data == nil {
		return valueError("neither file nor folder nor data")
	}
	return c.change(func() error {
		if file != "" {
			b, err := readCertFile(file)
			if err != nil {
				return err
			}
			if err := c.loadPEM(b, true); err != nil {
				return err
			}
		}
		if dir != "" {
			if err := c.loadDir(dir); err != nil {
				return err
			}
		}
		if data == nil {
			return nil
		}
		return c.loadData(data)
	})
}

// maxCertFile bounds what is read of a file of certificates.
const maxCertFile = 64 << 20

// readCertFile reads a file of certificates or keys, not more than maxCertFile of it,
// whatever the system says of its size.
func readCertFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, &Error{Op: "load", Library: "PEM", Reason: "SYS_LIB", Number: ErrorSyscall, Err: err}
	}
	defer f.Close()
	info, err := f.Stat()
	var b []byte
	if err == nil && info.Size() <= maxCertFile {
		b, err = io.ReadAll(io.LimitReader(f, maxCertFile+1))
	}
	if err == nil && (info.Size() > maxCertFile || len(b) > maxCertFile) {
		err = &fs.PathError{Op: "read", Path: path, Err: errors.New("file too large for certificates")}
	}
	if err != nil {
		return nil, &Error{Op: "load", Library: "PEM", Reason: "SYS_LIB", Number: ErrorSyscall, Err: err}
	}
	return b, nil
}

// loadDir loads every file of a folder that holds PEM; other files are passed over.
func (c *Context) loadDir(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return &Error{Op: "load", Library: "X509", Reason: "SYS_LIB", Number: ErrorSyscall, Err: err}
	}
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		info, err := os.Stat(path)
		if err != nil || !info.Mode().IsRegular() {
			continue
		}
		b, err := readCertFile(path)
		if err != nil || !bytes.Contains(b, []byte("-----BEGIN ")) {
			continue
		}
		_ = c.loadPEM(b, true)
	}
	return nil
}

func (c *Context) loadData(data []byte) error {
	if len(data) == 0 {
		return valueError("empty certificate data")
	}
	if bytes.Contains(data, []byte("-----BEGIN ")) || !looksDER(data) && isText(data) {
		return c.loadPEM(data, false)
	}
	n := 0
	for len(data) > 0 {
		e, rest, err := readDER(data)
		if err != nil {
			if n > 0 && data[0] != 0x30 { // OpenSSL passes over what is no SEQUENCE
				return nil
			}
			return loadError("NOT_ENOUGH_DATA")
		}
		if err := c.addDER(e.full); err != nil {
			return err
		}
		data = rest
		n++
	}
	return nil
}

func looksDER(b []byte) bool { return b[0] == 0x30 }

func isText(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 || c < ' ' && !strings.ContainsRune("\t\n\r\f\v", rune(c)) {
			return false
		}
	}
	return true
}

func loadError(reason string) error {
	return &Error{Op: "load_verify_locations", Library: "PEM", Reason: reason, Number: ErrorSSL, Err: ErrCertificate}
}

// loadPEM loads the certificates of a text, and lists if a file may have them.
func (c *Context) loadPEM(b []byte, lists bool) error {
	n := 0
	for {
		var block *pem.Block
		if block, b = pem.Decode(b); block == nil {
			break
		}
		switch {
		case isCertificate(block.Type):
			if err := c.addDER(block.Bytes); err != nil {
				return err
			}
			n++
		case block.Type == "X509 CRL" && lists:
			if err := c.crls.add(block.Bytes); err != nil {
				return err
			}
			n++
		}
	}
	if n == 0 {
		return loadError("NO_START_LINE")
	}
	return nil
}

func (c *Context) addDER(b []byte) error {
	cert, err := decodeCertificate(b)
	if err != nil && !errors.Is(err, ErrValue) { // text that is not UTF-8 does no harm here
		return certificateError(err)
	}
	if cert.X509 != nil && keyTooLarge(cert.X509) {
		return &Error{Op: "load_verify_locations", Library: "X509", Reason: "KEY_TOO_LARGE", Number: ErrorSSL, Err: errKeyTooLarge}
	}
	c.trust.add(cert)
	return nil
}

// AddCA adds authorities that are parsed already.
func (c *Context) AddCA(certs ...*x509.Certificate) error {
	return c.change(func() error {
		for _, cert := range certs {
			if err := c.addDER(cert.Raw); err != nil {
				return err
			}
		}
		return nil
	})
}

// ClearTrust forgets all authorities, those of the system too. Sessions that were made
// under them are not resumed by configurations made afterwards.
func (c *Context) ClearTrust() {
	c.change(func() error { c.trust = trust{}; return nil })
}

// LoadDefaultCerts adds the authorities of the system, as crypto/x509 finds them
// (SSL_CERT_FILE and SSL_CERT_DIR say otherwise where it does). They are not counted by
// CertStoreStats. Python: load_default_certs.
func (c *Context) LoadDefaultCerts(p Purpose) error {
	if p != ServerAuth && p != ClientAuth {
		return valueError("purpose %d", int(p))
	}
	return c.SetDefaultVerifyPaths()
}

// SetDefaultVerifyPaths is LoadDefaultCerts. Python: set_default_verify_paths.
func (c *Context) SetDefaultVerifyPaths() error {
	return c.change(func() error { c.trust.system = true; return nil })
}

// StoreStats counts what a context has loaded.
type StoreStats struct {
	X509   int `json:"x509"`    // certificates
	CRL    int `json:"crl"`     // revocation lists
	X509CA int `json:"x509_ca"` // certificates of authorities
}

// CertStoreStats counts what was loaded. Python: cert_store_stats.
func (c *Context) CertStoreStats() StoreStats {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := StoreStats{X509: len(c.trust.certs), CRL: c.crls.len()}
	for _, cert := range c.trust.certs {
		if isCA(cert) {
			s.X509CA++
		}
	}
	return s
}

// CACerts returns the certificates of authorities that were loaded. Python:
// get_ca_certs.
func (c *Context) CACerts() []*PeerCertificate {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []*PeerCertificate
	for _, cert := range c.trust.certs {
		if isCA(cert) {
			out = append(out, cert)
		}
	}
	return out
}

// isCA is OpenSSL's X509_check_ca: basic constraints decide, and without them a key usage
// that lets sign certificates, or a self-signed certificate of version 1.
func isCA(c *PeerCertificate) bool {
	exts, err := extensionsOf(c.Raw)
	if err != nil {
		return false
	}
	usage, hasUsage := keyUsage(exts)
	if hasUsage && !usage {
		return false
	}
	if v := one(exts, "2.5.29.19"); v != nil {
		f, err := oneDER(v)
		if err != nil {
			return false
		}
		return len(f) > 0 && f[0].is(1) && len(f[0].body) == 1 && f[0].body[0] != 0
	}
	if hasUsage {
		return true
	}
	return c.Version == 1 && c.Subject.String() == c.Issuer.String()
}

// keyUsage reports whether the key usage lets sign certificates, and whether there is one.
func keyUsage(exts []extension) (certSign, present bool) {
	v := one(exts, "2.5.29.15")
	if v == nil {
		return false, false
	}
	e, _, err := readDER(v)
	return err == nil && e.is(tagBitString) && len(e.body) > 1 && e.body[1]&0x04 != 0, true
}

// extensionsOf reads the extensions of a certificate that has been read before.
func extensionsOf(raw []byte) ([]extension, error) {
	whole, _, err := readDER(raw)
	if err != nil {
		return nil, err
	}
	parts, err := whole.sequence()
	if err != nil || len(parts) == 0 {
		return nil, errDER
	}
	f, err := parts[0].sequence()
	if err != nil {
		return nil, err
	}
	for i, e := range f {
		if i > 5 && e.context(3) {
			return extensions([]der{e})
		}
	}
	return nil, nil
}
