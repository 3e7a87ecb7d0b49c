package tlsutil_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/pynet-go/pynet/tlsutil"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestContextSettings(t *testing.T) {
	c := clientContext(t)
	for what, err := range map[string]error{
		"NPN":             c.SetNPNProtocols([]string{"x"}),
		"DH":              c.LoadDHParams("x"),
		"PSK":             c.SetPSKClientCallback(nil),
		"PSK of a server": c.SetPSKServerCallback(nil, ""),
		"PHA":             c.SetPostHandshakeAuth(true),
		"common name":     c.SetHostnameChecksCommonName(true),
		"client sigalgs":  c.SetClientSigalgs("x"),
		"server sigalgs":  c.SetServerSigalgs("x"),
		"tickets":         c.SetNumTickets(2),
		"SSL 3":           c.SetMinimumVersion(tlsutil.SSLv3),
		"proxies":         c.SetVerifyFlags(tlsutil.VerifyAllowProxyCerts),
		"kTLS":            c.SetOptions(c.Options() | tlsutil.OpEnableKTLS),
		"compression":     c.SetOptions(c.Options() &^ tlsutil.OpNoCompression),
		"a gap":           c.SetOptions(c.Options() | tlsutil.OpNoTLSv12),
		"one suite":       c.SetCiphersuites("TLS_AES_128_GCM_SHA256"),
	} {
		var e *tlsutil.Error
		assert.ErrorIs(t, err, errors.ErrUnsupported, what)
		assert.ErrorAs(t, err, &e, what)
	}
	for what, err := range map[string]error{
		"mode":        c.SetVerifyMode(7),
		"none":        c.SetVerifyMode(tlsutil.CertNone),
		"flags":       c.SetVerifyFlags(1 << 30),
		"options":     c.SetOptions(1 << 40),
		"version":     c.SetMinimumVersion(5),
		"tickets":     c.SetNumTickets(-1),
		"alpn":        c.SetALPNProtocols([]string{""}),
		"nothing":     c.LoadVerifyLocations("", "", nil),
		"purpose":     c.LoadDefaultCerts(9),
		"certificate": c.AddCertificate(tls.Certificate{}),
		"curve":       c.SetECDHCurve("nonesuch"),
		"group":       c.SetGroups("nonesuch"),
	} {
		assert.ErrorIs(t, err, tlsutil.ErrValue, what)
	}
	for _, err := range []error{
		c.SetPostHandshakeAuth(false), c.SetHostnameChecksCommonName(false), c.SetNumTickets(1), c.SetOptions(c.Options() | tlsutil.OpNoTLSv13),
		c.SetVerifyFlags(tlsutil.VerifyX509Strict), c.SetCiphersuites("TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256"),
	} {
		assert.NoError(t, err)
	}
	_, err := tlsutil.NewContext(99)
	assert.ErrorIs(t, err, tlsutil.ErrValue)
	_, err = tlsutil.NewDefaultContext(99)
	assert.ErrorIs(t, err, tlsutil.ErrValue)
	_, err = c.ServerConfig()
	assert.ErrorIs(t, err, tlsutil.ErrValue)
	s, err := tlsutil.NewContext(tlsutil.ProtocolTLSServer)
	require.NoError(t, err)
	_, err = s.ClientConfig("localhost")
	assert.ErrorIs(t, err, tlsutil.ErrValue)
	both, err := tlsutil.NewContext(tlsutil.ProtocolTLS)
	require.NoError(t, err)
	assert.Equal(t, tlsutil.CertNone, both.VerifyMode())
	assert.Equal(t, "PROTOCOL_TLS", both.Protocol().String())
	for p, v := range map[tlsutil.Protocol]uint16{tlsutil.ProtocolTLSv1: tls.VersionTLS10, tlsutil.ProtocolTLSv11: tls.VersionTLS11, tlsutil.ProtocolTLSv12: tls.VersionTLS12} {
		old, err := tlsutil.NewContext(p)
		require.NoError(t, err)
		cfg, err := old.ClientConfig("")
		require.NoError(t, err)
		assert.Equal(t, [2]uint16{v, v}, [2]uint16{cfg.MinVersion, cfg.MaxVersion})
	}
}

// A configuration is frozen: what is changed later does not reach it.
func TestConfigIsFrozen(t *testing.T) {
	ca := newCA(t, "CA")
	c := clientContext(t, ca)
	before, err := c.ClientConfig("localhost")
	require.NoError(t, err)
	require.NoError(t, c.SetMinimumVersion(tlsutil.TLSv13))
	require.NoError(t, c.SetALPNProtocols([]string{"h2"}))
	require.NoError(t, c.SetCiphers("AES256"))
	c.ClearTrust()
	assert.Equal(t, uint16(tls.VersionTLS12), before.MinVersion)
	assert.Empty(t, before.NextProtos)
	assert.Len(t, before.CipherSuites, 6)
	sc := serverContext(t, ca.leaf([]string{"localhost"}))
	scfg, err := sc.ServerConfig()
	require.NoError(t, err)
	a, b := newSide(before, false), newSide(scfg, true)
	shake(t, a, b, 0)
	refused(t, c, sc, "localhost", tlsutil.VerifyNoLocalIssuer)
}

func TestClone(t *testing.T) {
	ca := newCA(t, "CA")
	c := clientContext(t, ca)
	require.NoError(t, c.SetVerifyFlags(tlsutil.VerifyCRLCheckLeaf))
	d := c.Clone()
	require.NoError(t, d.SetVerifyFlags(0))
	sc := serverContext(t, ca.leaf([]string{"localhost"}))
	refused(t, c, sc, "localhost", tlsutil.VerifyNoCRL)
	mustConnect(t, d, sc, "localhost")
	d.ClearTrust()
	assert.Equal(t, 1, c.CertStoreStats().X509)
	assert.Zero(t, d.CertStoreStats().X509)
}

func TestCiphers(t *testing.T) {
	names := func(c *tlsutil.Context) (out []string) {
		for _, s := range c.Ciphers() {
			if s.Protocol != "TLSv1.3" {
				out = append(out, s.Name)
			}
		}
		slices.Sort(out)
		return out
	}
	modern := []string{
		"ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-ECDSA-CHACHA20-POLY1305",
		"ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-RSA-AES256-GCM-SHA384", "ECDHE-RSA-CHACHA20-POLY1305",
	}
	assert.Equal(t, modern, names(clientContext(t)))
	for list, want := range map[string][]string{
		"DEFAULT":                            modern,
		"ECDHE-RSA-AES128-GCM-SHA256":        {"ECDHE-RSA-AES128-GCM-SHA256"},
		"ECDHE+AESGCM:!aRSA":                 {"ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384"},
		"nonesuch:AES256-SHA":                {"AES256-SHA"},
		"ALL:-ALL:CHACHA20":                  {"ECDHE-ECDSA-CHACHA20-POLY1305", "ECDHE-RSA-CHACHA20-POLY1305"},
		"!CHACHA20:DES-CBC3-SHA":             {"DES-CBC3-SHA"},
		"CHACHA20 kRSA+AESGCM+AES256":        {"AES256-GCM-SHA384", "ECDHE-ECDSA-CHACHA20-POLY1305", "ECDHE-RSA-CHACHA20-POLY1305"},
		"3DES":                               {"DES-CBC3-SHA", "ECDHE-RSA-DES-CBC3-SHA"},
		"HIGH+SHA1+kRSA:@STRENGTH":           {"AES128-SHA", "AES256-SHA"},
		"AES128+SHA256+kRSA":                 {"AES128-SHA256"},
		"@SECLEVEL=1:AES128-SHA":             {"AES128-SHA"},
		"AES128-SHA,AES256-SHA;+AES":         {"AES128-SHA", "AES256-SHA"},
		"COMPLEMENTOFDEFAULT+TLSv1.2+kECDHE": {"ECDHE-ECDSA-AES128-SHA256", "ECDHE-RSA-AES128-SHA256"},
	} {
		c := clientContext(t)
		require.NoError(t, c.SetCiphers(list), list)
		assert.Equal(t, want, names(c), list)
	}
	var e *tlsutil.Error
	for _, list := range []string{"", "nonesuch", "ALL:!ALL", "@SECLEVEL=9", "@NONE", "AES:DEFAULT", "!", "TLS_AES_128_GCM_SHA256"} {
		assert.ErrorAs(t, clientContext(t).SetCiphers(list), &e, list)
	}
	assert.ErrorAs(t, clientContext(t).SetCiphersuites("nonesuch"), &e)
	c := clientContext(t)
	require.NoError(t, c.SetCiphers("ALL@SECLEVEL=1:AES"))
	assert.Equal(t, 2, c.SecurityLevel())
	require.NoError(t, c.SetCiphers("ALL:@SECLEVEL=1"))
	assert.Equal(t, 1, c.SecurityLevel())

	one := c.Ciphers()[3]
	b, err := json.Marshal(one)
	require.NoError(t, err)
	assert.JSONEq(t, `{"id":50380844,"name":"ECDHE-ECDSA-AES256-GCM-SHA384","protocol":"TLSv1.2",
		"description":"ECDHE-ECDSA-AES256-GCM-SHA384  TLSv1.2 Kx=ECDH     Au=ECDSA Enc=AESGCM(256)            Mac=AEAD",
		"strength_bits":256,"alg_bits":256,"aead":true,"symmetric":"aes-256-gcm","kea":"kx-ecdhe","auth":"auth-ecdsa"}`, string(b))
}

// What is chosen is what the handshake uses.
func TestCiphersTakeEffect(t *testing.T) {
	ca := newCA(t, "CA")
	for _, name := range []string{"ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-ECDSA-CHACHA20-POLY1305", "ECDHE-ECDSA-AES128-SHA"} {
		cc, sc := clientContext(t, ca), serverContext(t, ca.leaf([]string{"localhost"}))
		require.NoError(t, cc.SetMaximumVersion(tlsutil.TLSv12))
		require.NoError(t, cc.SetCiphers(name))
		require.NoError(t, sc.SetCiphers("ALL"))
		c, s := mustConnect(t, cc, sc, "localhost")
		got, _ := c.Cipher()
		assert.Equal(t, name, got.Name)
		assert.Equal(t, []tlsutil.CipherInfo{got}, s.SharedCiphers())
	}
	cc, sc := clientContext(t, ca), serverContext(t, ca.leaf([]string{"localhost"}))
	require.NoError(t, cc.SetMaximumVersion(tlsutil.TLSv12))
	require.NoError(t, cc.SetCiphers("AES128"))
	require.NoError(t, sc.SetCiphers("CHACHA20"))
	_, _, cerr, serr := connect(t, cc, sc, "localhost")
	var e *tlsutil.Error
	require.ErrorAs(t, serr, &e)
	assert.Equal(t, "NO_SHARED_CIPHER", e.Reason)
	require.ErrorAs(t, cerr, &e)
	assert.Equal(t, "SSLV3_ALERT_HANDSHAKE_FAILURE", e.Reason)
}

func TestGroups(t *testing.T) {
	ca := newCA(t, "CA")
	for list, want := range map[string]string{
		"x25519": "x25519", "P-256": "secp256r1", "prime256v1:?nonesuch": "secp256r1", "*secp384r1": "secp384r1", "DEFAULT:-X25519MLKEM768:-X25519:-secp256r1:-SecP256r1MLKEM768:-SecP384r1MLKEM1024:-P-521": "secp384r1",
		"SecP256r1MLKEM768/P-256": "SecP256r1MLKEM768",
	} {
		cc, sc := clientContext(t, ca), serverContext(t, ca.leaf([]string{"localhost"}))
		require.NoError(t, cc.SetGroups(list), list)
		c, _ := mustConnect(t, cc, sc, "localhost")
		assert.Equal(t, want, c.Group(), list)
	}
	c := clientContext(t)
	assert.Len(t, c.Groups(false), 7)
	assert.Contains(t, c.Groups(true), "P-256")
	require.NoError(t, c.SetECDHCurve("prime256v1"))
	assert.Equal(t, []string{"secp256r1"}, c.Groups(false))
	assert.ErrorIs(t, c.SetGroups(""), tlsutil.ErrValue)
	assert.Contains(t, tlsutil.SignatureAlgorithms(), "ed25519")
}

func TestLoadVerifyLocations(t *testing.T) {
	a, b := newCA(t, "A"), newCA(t, "B")
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "a.pem"), certPEM(a.cert), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "b.pem"), certPEM(b.cert), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "notes.txt"), []byte("nothing"), 0o600))
	c := clientContext(t)
	require.NoError(t, c.LoadVerifyLocations("", dir, nil))
	assert.Equal(t, tlsutil.StoreStats{X509: 2, X509CA: 2}, c.CertStoreStats())
	require.NoError(t, c.LoadVerifyLocations(filepath.Join(dir, "a.pem"), "", nil), "again")
	assert.Equal(t, 2, c.CertStoreStats().X509)
	require.NoError(t, c.LoadVerifyLocations("", "", append(slices.Clone(a.cert.Raw), b.cert.Raw...)))
	require.NoError(t, c.LoadVerifyLocations("", "", certPEM(a.cert, b.cert)))
	assert.Len(t, c.CACerts(), 2)
	leaf := a.leaf([]string{"x.test"}).Leaf
	require.NoError(t, c.LoadVerifyLocations("", "", leaf.Raw))
	assert.Equal(t, tlsutil.StoreStats{X509: 3, X509CA: 2}, c.CertStoreStats())
	assert.ErrorIs(t, c.LoadVerifyLocations("nonesuch", "", nil), fs.ErrNotExist)
	assert.ErrorIs(t, c.LoadVerifyLocations("", filepath.Join(dir, "nonesuch"), nil), fs.ErrNotExist)
	assert.ErrorIs(t, c.LoadVerifyLocations("", "", []byte("junk")), tlsutil.ErrCertificate)
	assert.ErrorIs(t, c.LoadVerifyLocations("", "", []byte{}), tlsutil.ErrValue)
	assert.ErrorIs(t, c.LoadVerifyLocations("", "", a.cert.Raw[:100]), tlsutil.ErrCertificate)
	sys := clientContext(t)
	require.NoError(t, sys.SetDefaultVerifyPaths())
	_, err := sys.ClientConfig("localhost")
	require.NoError(t, err)
}

func TestReload(t *testing.T) {
	ca := newCA(t, "CA")
	one, two := ca.leaf([]string{"localhost"}), ca.leaf([]string{"localhost"})
	dir := t.TempDir()
	certFile, keyFile := filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	write := func(c tls.Certificate) {
		require.NoError(t, os.WriteFile(certFile, certPEM(c.Leaf), 0o600))
		require.NoError(t, os.WriteFile(keyFile, keyPEM(t, c.PrivateKey), 0o600))
	}
	write(one)
	sc, err := tlsutil.NewContext(tlsutil.ProtocolTLSServer)
	require.NoError(t, err)
	require.NoError(t, sc.LoadCertChain(certFile, keyFile, nil))
	cc := clientContext(t, ca)
	cfg, err := sc.ServerConfig() // in use already
	require.NoError(t, err)
	served := func() string {
		ccfg, err := cc.ClientConfig("localhost")
		require.NoError(t, err)
		c, s := newSide(ccfg, false), newSide(cfg, true)
		shake(t, c, s, 0)
		return c.UnverifiedChain()[0].SerialNumber.String()
	}
	assert.Equal(t, one.Leaf.SerialNumber.String(), served())
	write(two)
	require.NoError(t, sc.Reload())
	assert.Equal(t, two.Leaf.SerialNumber.String(), served())
	require.NoError(t, os.WriteFile(keyFile, keyPEM(t, one.PrivateKey), 0o600))
	var e *tlsutil.Error
	require.ErrorAs(t, sc.Reload(), &e)
	assert.Equal(t, "KEY_VALUES_MISMATCH", e.Reason)
	assert.Equal(t, two.Leaf.SerialNumber.String(), served(), "nothing has changed")
}

// Of an RSA and an ECDSA certificate the client gets the one that it can use.
func TestTwoKindsOfKey(t *testing.T) {
	ca := newCA(t, "CA")
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	tpl := ca.leaf([]string{"localhost"}).Leaf
	rsaLeaf := ca.sign(&x509.Certificate{SerialNumber: tpl.SerialNumber, Subject: tpl.Subject, NotBefore: tpl.NotBefore, NotAfter: tpl.NotAfter, DNSNames: tpl.DNSNames, KeyUsage: tpl.KeyUsage}, key)
	sc := serverContext(t, ca.leaf([]string{"localhost"}))
	require.NoError(t, sc.LoadCertChainPEM(certPEM(rsaLeaf), keyPEM(t, key), nil))
	for list, want := range map[string]x509.PublicKeyAlgorithm{"aRSA": x509.RSA, "aECDSA": x509.ECDSA} {
		cc := clientContext(t, ca)
		require.NoError(t, cc.SetMaximumVersion(tlsutil.TLSv12))
		require.NoError(t, cc.SetCiphers(list))
		c, _ := mustConnect(t, cc, sc, "localhost")
		assert.Equal(t, want, c.UnverifiedChain()[0].PublicKeyAlgorithm)
	}
}

func TestSecurityLevel(t *testing.T) {
	ca := newCA(t, "CA")
	key, err := rsa.GenerateKey(rand.Reader, 1024)
	require.NoError(t, err)
	cert := ca.sign(&x509.Certificate{SerialNumber: ca.cert.SerialNumber, NotBefore: ca.cert.NotBefore, NotAfter: ca.cert.NotAfter, DNSNames: []string{"localhost"}, KeyUsage: x509.KeyUsageDigitalSignature}, key)
	sc, err := tlsutil.NewContext(tlsutil.ProtocolTLSServer)
	require.NoError(t, err)
	err = sc.LoadCertChainPEM(certPEM(cert), keyPEM(t, key), nil)
	var e *tlsutil.Error
	require.ErrorAs(t, err, &e)
	assert.Equal(t, "EE_KEY_TOO_SMALL", e.Reason)
	require.NoError(t, sc.SetCiphers("ALL:@SECLEVEL=1"))
	require.NoError(t, sc.LoadCertChainPEM(certPEM(cert), keyPEM(t, key), nil))
	cc := clientContext(t, ca)
	refused(t, cc, sc, "localhost", tlsutil.VerifyEEKeyTooSmall)
	require.NoError(t, cc.SetCiphers("ALL:@SECLEVEL=1"))
	mustConnect(t, cc, sc, "localhost")
	p256 := serverContext(t, ca.leaf([]string{"localhost"}))
	require.NoError(t, cc.SetCiphers("ALL:@SECLEVEL=4"))
	refused(t, cc, p256, "localhost", tlsutil.VerifyEEKeyTooSmall)
}

func TestKeyLog(t *testing.T) {
	ca := newCA(t, "CA")
	cc, sc := clientContext(t, ca), serverContext(t, ca.leaf([]string{"localhost"}))
	path := filepath.Join(t.TempDir(), "keys.log")
	require.NoError(t, cc.SetKeyLogFilename(path))
	assert.Equal(t, path, cc.KeyLogFilename())
	mustConnect(t, cc, sc, "localhost")
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Contains(t, string(b), "CLIENT_TRAFFIC_SECRET_0 ")
	require.NoError(t, cc.SetKeyLogFilename(""))
	assert.Empty(t, cc.KeyLogFilename())
	mustConnect(t, cc, sc, "localhost")
	again, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, b, again)
	var e *tlsutil.Error
	require.ErrorAs(t, cc.SetKeyLogFilename(filepath.Join(path, "x")), &e)
}

func TestALPNWithoutOverlap(t *testing.T) {
	ca := newCA(t, "CA")
	cc, sc := clientContext(t, ca), serverContext(t, ca.leaf([]string{"localhost"}))
	require.NoError(t, cc.SetALPNProtocols([]string{"a"}))
	require.NoError(t, sc.SetALPNProtocols([]string{"b"}))
	_, _, cerr, serr := connect(t, cc, sc, "localhost")
	var e *tlsutil.Error
	require.ErrorAs(t, cerr, &e)
	assert.Equal(t, tlsutil.AlertNoApplicationProtocol, e.Alert)
	require.ErrorAs(t, serr, &e)
	assert.Equal(t, "NO_APPLICATION_PROTOCOL", e.Reason)
}

func TestTools(t *testing.T) {
	b, err := tlsutil.RandBytes(32)
	require.NoError(t, err)
	assert.Len(t, b, 32)
	assert.NotEqual(t, make([]byte, 32), b)
	_, err = tlsutil.RandBytes(-1)
	assert.ErrorIs(t, err, tlsutil.ErrValue)
	tlsutil.RandAdd(b, 1)
	assert.True(t, tlsutil.RandStatus())
	assert.Contains(t, tlsutil.Implementation(), "crypto/tls go1.")
	dir := t.TempDir()
	t.Setenv("SSL_CERT_DIR", dir)
	p := tlsutil.GetDefaultVerifyPaths()
	assert.Equal(t, dir, p.CAPath)
	assert.Equal(t, "SSL_CERT_FILE", p.CAFileEnv)
	_, err = tlsutil.EnumCertificates("CA")
	assert.ErrorIs(t, err, errors.ErrUnsupported)
	_, err = tlsutil.EnumCRLs("CA")
	assert.ErrorIs(t, err, errors.ErrUnsupported)
	assert.Equal(t, "UNKNOWN_CA", tlsutil.AlertUnknownCA.String())
	assert.Equal(t, "77", tlsutil.AlertDescription(77).String())
	assert.Equal(t, "certificate revoked", tlsutil.VerifyRevoked.String())
	assert.Equal(t, "CERT_OPTIONAL", tlsutil.CertOptional.String())
}

func TestParsePrivateKey(t *testing.T) {
	ec := newKey(t)
	sec1, err := x509.MarshalECPrivateKey(ec)
	require.NoError(t, err)
	//lint:ignore SA1019 the old way is what is tested
	old, err := x509.EncryptPEMBlock(rand.Reader, "EC PRIVATE KEY", sec1, []byte("secret"), x509.PEMCipherAES256)
	require.NoError(t, err)
	for what, text := range map[string][]byte{
		"PKCS#8":               keyPEM(t, ec),
		"SEC 1":                pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: sec1}),
		"behind a certificate": append(certPEM(newCA(t, "CA").cert), keyPEM(t, ec)...),
	} {
		k, err := tlsutil.ParsePrivateKey(text, nil)
		require.NoError(t, err, what)
		assert.True(t, ec.Equal(k), what)
	}
	k, err := tlsutil.ParsePrivateKey(pem.EncodeToMemory(old), tlsutil.Password("secret"))
	require.NoError(t, err)
	assert.True(t, ec.Equal(k))
	_, err = tlsutil.ParsePrivateKey(pem.EncodeToMemory(old), nil)
	assert.ErrorIs(t, err, tlsutil.ErrPassword)
	boom := errors.New("no terminal")
	_, err = tlsutil.ParsePrivateKey(pem.EncodeToMemory(old), func() (string, error) { return "", boom })
	assert.ErrorIs(t, err, boom)
	_, err = tlsutil.ParsePrivateKey([]byte("nothing"), nil)
	var e *tlsutil.Error
	assert.ErrorAs(t, err, &e)
	files, err := filepath.Glob("testdata/keys/*.pem")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, f := range files { // made by openssl, password "secret"
		text, err := os.ReadFile(f)
		require.NoError(t, err)
		k, err := tlsutil.ParsePrivateKey(text, tlsutil.Password("secret"))
		if filepath.Base(f) == "pbes1.pem" {
			assert.ErrorIs(t, err, errors.ErrUnsupported, f)
			continue
		}
		require.NoError(t, err, f)
		assert.NotNil(t, k.Public(), f)
		_, err = tlsutil.ParsePrivateKey(text, tlsutil.Password("wrong"))
		assert.ErrorIs(t, err, tlsutil.ErrPassword, f)
	}
}

func TestPasswordIsAskedOnce(t *testing.T) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	asked := 0
	_, err = tlsutil.ParsePrivateKey(keyPEM(t, key), func() (string, error) { asked++; return "", nil })
	require.NoError(t, err)
	assert.Zero(t, asked, "the key is not encrypted")
}
