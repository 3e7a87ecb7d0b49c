package tlsutil_test

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"math/big"
	"testing"
	"time"

	"github.com/pynet-go/pynet/tlsutil"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/crypto/ocsp"
)

// crl makes a list of the authority.
func (ca *testCA) crl(next time.Duration, revoked ...*x509.Certificate) []byte {
	return ca.crlWith(next, nil, revoked...)
}

func (ca *testCA) crlWith(next time.Duration, exts []pkix.Extension, revoked ...*x509.Certificate) []byte {
	tpl := &x509.RevocationList{Number: big.NewInt(serial.Add(1)), ThisUpdate: time.Now().Add(-time.Minute), NextUpdate: time.Now().Add(next), ExtraExtensions: exts}
	if next < 0 {
		tpl.ThisUpdate = time.Now().Add(2 * next)
	}
	for _, c := range revoked {
		tpl.RevokedCertificateEntries = append(tpl.RevokedCertificateEntries, x509.RevocationListEntry{SerialNumber: c.SerialNumber, RevocationTime: time.Now().Add(-time.Hour)})
	}
	der, err := x509.CreateRevocationList(rand.Reader, tpl, ca.cert, ca.key)
	require.NoError(ca.t, err)
	return der
}

func TestVerification(t *testing.T) {
	ca, stranger := newCA(t, "CA"), newCA(t, "Stranger")
	inter := ca.intermediate("Intermediate")
	for _, c := range []struct {
		what  string
		trust []*testCA
		cert  tls.Certificate
		chain []*testCA
		name  string
		code  tlsutil.VerifyCode
	}{
		{"good", []*testCA{ca}, ca.leaf([]string{"localhost"}), nil, "localhost", 0},
		{"case", []*testCA{ca}, ca.leaf([]string{"LOCALhost"}), nil, "localHOST", 0},
		{"wildcard", []*testCA{ca}, ca.leaf([]string{"*.wild.test"}), nil, "a.wild.test", 0},
		{"wildcard, two labels", []*testCA{ca}, ca.leaf([]string{"*.wild.test"}), nil, "a.b.wild.test", tlsutil.VerifyHostnameMismatch},
		{"wildcard, none", []*testCA{ca}, ca.leaf([]string{"*.wild.test"}), nil, "wild.test", tlsutil.VerifyHostnameMismatch},
		{"address", []*testCA{ca}, ca.leaf([]string{"127.0.0.1"}), nil, "127.0.0.1", 0},
		{"address of version 6", []*testCA{ca}, ca.leaf([]string{"::1"}), nil, "0:0:0:0:0:0:0:1", 0},
		{"other address", []*testCA{ca}, ca.leaf([]string{"127.0.0.1"}), nil, "127.0.0.2", tlsutil.VerifyIPAddressMismatch},
		{"address as a name", []*testCA{ca}, ca.leaf(nil, func(c *x509.Certificate) { c.DNSNames = []string{"127.0.0.1"} }), nil, "127.0.0.1", tlsutil.VerifyIPAddressMismatch},
		{"internationalised", []*testCA{ca}, ca.leaf([]string{"xn--bcher-kva.example"}), nil, "bücher.example", 0},
		{"stranger", []*testCA{ca}, stranger.leaf([]string{"localhost"}), nil, "localhost", tlsutil.VerifyNoLocalIssuer},
		{"stranger with its root", []*testCA{ca}, stranger.leaf([]string{"localhost"}), []*testCA{stranger}, "localhost", tlsutil.VerifySelfSignedInChain},
		{"nobody trusted", nil, ca.leaf([]string{"localhost"}), nil, "localhost", tlsutil.VerifyNoLocalIssuer},
		{"expired", []*testCA{ca}, ca.leaf([]string{"localhost"}, func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Minute) }), nil, "localhost", tlsutil.VerifyExpired},
		{"not yet valid", []*testCA{ca}, ca.leaf([]string{"localhost"}, func(c *x509.Certificate) { c.NotBefore = time.Now().Add(time.Hour) }), nil, "localhost", tlsutil.VerifyNotYetValid},
		{"for clients", []*testCA{ca}, ca.leaf([]string{"localhost"}, func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth} }), nil, "localhost", tlsutil.VerifyInvalidPurpose},
		{"intermediate", []*testCA{ca}, inter.leaf([]string{"localhost"}), []*testCA{inter}, "localhost", 0},
		{"intermediate missing", []*testCA{ca}, inter.leaf([]string{"localhost"}), nil, "localhost", tlsutil.VerifyNoLocalIssuer},
	} {
		t.Run(c.what, func(t *testing.T) {
			cc, sc := clientContext(t, c.trust...), serverContext(t, c.cert, c.chain...)
			if c.code == 0 {
				a, b := mustConnect(t, cc, sc, c.name)
				exchange(t, a, b)
				require.NoError(t, viaGo(t, cc, sc, c.name))
				return
			}
			refused(t, cc, sc, c.name, c.code)
			require.Error(t, viaGo(t, cc, sc, c.name))
		})
	}
}

func TestSelfSignedLeaf(t *testing.T) {
	self := newCA(t, "self", func(c *x509.Certificate) {
		c.DNSNames = []string{"localhost"}
		c.IsCA = false
		c.KeyUsage = x509.KeyUsageDigitalSignature
	})
	sc := serverContext(t, tls.Certificate{Certificate: [][]byte{self.cert.Raw}, PrivateKey: self.key})
	refused(t, clientContext(t), sc, "localhost", tlsutil.VerifySelfSigned)
	cc := clientContext(t, self)
	mustConnect(t, cc, sc, "localhost")
}

// Without names to check the chain still counts; without verification nothing does.
func TestVerifyWithoutName(t *testing.T) {
	ca, stranger := newCA(t, "CA"), newCA(t, "Stranger")
	cc, sc := clientContext(t, ca), serverContext(t, ca.leaf([]string{"other.test"}))
	cc.SetCheckHostname(false)
	c, _ := mustConnect(t, cc, sc, "")
	assert.Len(t, c.VerifiedChain(), 2)
	mustConnect(t, cc, sc, "localhost")
	bad := serverContext(t, stranger.leaf([]string{"other.test"}))
	refused(t, cc, bad, "localhost", tlsutil.VerifyNoLocalIssuer)
	var ve *tlsutil.CertVerificationError
	require.ErrorAs(t, viaGo(t, cc, bad, "localhost"), &ve)
	require.NoError(t, cc.SetVerifyMode(tlsutil.CertNone))
	c, _ = mustConnect(t, cc, bad, "")
	assert.Nil(t, c.VerifiedChain())
	cert, err := c.PeerCertificate()
	require.NoError(t, err)
	assert.NotNil(t, cert.X509)
}

func TestPartialChain(t *testing.T) {
	ca := newCA(t, "CA")
	inter := ca.intermediate("Intermediate")
	sc := serverContext(t, inter.leaf([]string{"localhost"}))
	cc := clientContext(t, inter)
	refused(t, cc, sc, "localhost", tlsutil.VerifyNoIssuer)
	require.NoError(t, cc.SetVerifyFlags(tlsutil.VerifyX509PartialChain))
	mustConnect(t, cc, sc, "localhost")
	both := clientContext(t, inter, ca)
	mustConnect(t, both, sc, "localhost")
}

func TestStrict(t *testing.T) {
	good := newCA(t, "CA")
	noUsage := newCA(t, "no key usage", func(c *x509.Certificate) { c.KeyUsage = 0 })
	ctx := func(ca *testCA) *tlsutil.Context {
		c := clientContext(t, ca)
		require.NoError(t, c.SetVerifyFlags(tlsutil.VerifyX509Strict))
		return c
	}
	mustConnect(t, ctx(good), serverContext(t, good.leaf([]string{"localhost"})), "localhost")
	refused(t, ctx(noUsage), serverContext(t, noUsage.leaf([]string{"localhost"})), "localhost", tlsutil.VerifyCAMissingKeyUsage)
	mustConnect(t, clientContext(t, noUsage), serverContext(t, noUsage.leaf([]string{"localhost"})), "localhost")
	emptySubject := good.leaf([]string{"localhost"}, func(c *x509.Certificate) { c.Subject = pkix.Name{} })
	mustConnect(t, ctx(good), serverContext(t, emptySubject), "localhost")
	certSign := good.leaf([]string{"localhost"}, usage(x509.KeyUsageCertSign|x509.KeyUsageDigitalSignature))
	refused(t, ctx(good), serverContext(t, certSign), "localhost", tlsutil.VerifyCertSignNonCA)
}

func TestRevocation(t *testing.T) {
	ca := newCA(t, "CA")
	inter := ca.intermediate("Intermediate")
	leaf, other := ca.leaf([]string{"localhost"}), ca.leaf([]string{"localhost"})
	deep := inter.leaf([]string{"localhost"})
	check := func(flags tlsutil.VerifyFlags, cert tls.Certificate, chain []*testCA, lists ...[]byte) error {
		cc := clientContext(t, ca)
		require.NoError(t, cc.SetVerifyFlags(flags))
		for _, l := range lists {
			require.NoError(t, cc.AddCRL(l))
		}
		sc := serverContext(t, cert, chain...)
		_, _, err, _ := connect(t, cc, sc, "localhost")
		goErr := viaGo(t, cc, sc, "localhost")
		require.Equal(t, err == nil, goErr == nil, "%v, by crypto/tls %v", err, goErr)
		return err
	}
	leafOnly, whole := tlsutil.VerifyCRLCheckLeaf, tlsutil.VerifyCRLCheckChain
	scope := pkix.Extension{Id: asn1.ObjectIdentifier{2, 5, 29, 28}, Critical: true, Value: []byte{0x30, 3, 0x81, 1, 0xff}}
	unknown := pkix.Extension{Id: asn1.ObjectIdentifier{1, 2, 3, 4}, Critical: true, Value: []byte{5, 0}}
	forged := newCA(t, "CA")
	for _, c := range []struct {
		what string
		err  error
		code tlsutil.VerifyCode
	}{
		{"not asked for", check(0, leaf, nil, ca.crl(time.Hour, leaf.Leaf)), 0},
		{"revoked", check(leafOnly, leaf, nil, ca.crl(time.Hour, leaf.Leaf)), tlsutil.VerifyRevoked},
		{"another revoked", check(leafOnly, leaf, nil, ca.crl(time.Hour, other.Leaf)), 0},
		{"no list", check(leafOnly, leaf, nil), tlsutil.VerifyNoCRL},
		{"expired list", check(leafOnly, leaf, nil, ca.crl(-time.Hour)), tlsutil.VerifyCRLExpired},
		{"forged list", check(leafOnly, leaf, nil, forged.crl(time.Hour)), tlsutil.VerifyBadCRLSignature},
		{"forged and true list", check(leafOnly, leaf, nil, forged.crl(time.Hour), ca.crl(time.Hour, leaf.Leaf)), tlsutil.VerifyRevoked},
		{"critical extension", check(leafOnly, leaf, nil, ca.crlWith(time.Hour, []pkix.Extension{unknown})), tlsutil.VerifyUnhandledCriticalCRL},
		{"list with a scope", check(leafOnly, leaf, nil, ca.crlWith(time.Hour, []pkix.Extension{scope})), tlsutil.VerifyCRLScope},
		{"newer list", check(leafOnly, leaf, nil, ca.crl(-time.Hour), ca.crl(time.Hour)), 0},
		{"chain", check(whole, deep, []*testCA{inter}, inter.crl(time.Hour), ca.crl(time.Hour)), 0},
		{"chain, intermediate revoked", check(whole, deep, []*testCA{inter}, inter.crl(time.Hour), ca.crl(time.Hour, inter.cert)), tlsutil.VerifyRevoked},
		{"leaf alone, intermediate revoked", check(leafOnly, deep, []*testCA{inter}, inter.crl(time.Hour), ca.crl(time.Hour, inter.cert)), 0},
		{"chain, a list missing", check(whole, deep, []*testCA{inter}, inter.crl(time.Hour)), tlsutil.VerifyNoCRL},
	} {
		var ve *tlsutil.CertVerificationError
		if c.code == 0 {
			assert.NoError(t, c.err, c.what)
		} else if assert.ErrorAs(t, c.err, &ve, c.what) {
			assert.Equal(t, c.code, ve.Code, c.what)
		}
	}
}

// A list that comes later reaches a configuration that is in use; a list can be in a file.
func TestRevocationLater(t *testing.T) {
	ca := newCA(t, "CA")
	leaf := ca.leaf([]string{"localhost"})
	cc, sc := clientContext(t, ca), serverContext(t, leaf)
	require.NoError(t, cc.SetVerifyFlags(tlsutil.VerifyCRLCheckLeaf))
	good := pem.EncodeToMemory(&pem.Block{Type: "X509 CRL", Bytes: ca.crl(time.Hour)})
	require.NoError(t, cc.LoadVerifyLocations(writeFile(t, "crl.pem", good), "", nil))
	assert.Equal(t, tlsutil.StoreStats{X509: 1, CRL: 1, X509CA: 1}, cc.CertStoreStats())
	cfg, err := cc.ClientConfig("localhost")
	require.NoError(t, err)
	use := func() error {
		scfg, err := sc.ServerConfig()
		require.NoError(t, err)
		c, s := newSide(cfg, false), newSide(scfg, true)
		for range 4 {
			if err := c.DoHandshake(); err == nil || c.in.EOF() {
				return err
			}
			move(c, s, 0)
			s.DoHandshake()
			move(s, c, 0)
		}
		return c.DoHandshake()
	}
	require.NoError(t, use())
	require.NoError(t, cc.AddCRL(pem.EncodeToMemory(&pem.Block{Type: "X509 CRL", Bytes: ca.crl(time.Hour, leaf.Leaf)})))
	var ve *tlsutil.CertVerificationError
	require.ErrorAs(t, use(), &ve)
	assert.Equal(t, tlsutil.VerifyRevoked, ve.Code)
	require.ErrorIs(t, cc.AddCRL([]byte("x")), tlsutil.ErrCertificate)
}

// response makes an OCSP response for the certificate.
func (ca *testCA) response(cert *x509.Certificate, status int, change ...func(*ocsp.Response)) []byte {
	tpl := ocsp.Response{Status: status, SerialNumber: cert.SerialNumber, ThisUpdate: time.Now().Add(-time.Hour), NextUpdate: time.Now().Add(time.Hour)}
	if status == ocsp.Revoked {
		tpl.RevokedAt = time.Now().Add(-2 * time.Hour)
	}
	for _, f := range change {
		f(&tpl)
	}
	signer, key := ca.cert, ca.key
	if tpl.Certificate != nil {
		signer = tpl.Certificate
	}
	b, err := ocsp.CreateResponse(ca.cert, signer, tpl, key)
	require.NoError(ca.t, err)
	return b
}

func TestStaples(t *testing.T) {
	ca := newCA(t, "CA")
	leaf := ca.leaf([]string{"localhost"})
	must := ca.leaf([]string{"localhost"}, func(c *x509.Certificate) {
		c.ExtraExtensions = []pkix.Extension{{Id: asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 1, 24}, Value: []byte{0x30, 3, 2, 1, 5}}}
	})
	old := func(r *ocsp.Response) {
		r.ThisUpdate, r.NextUpdate = time.Now().Add(-2*time.Hour), time.Now().Add(-time.Hour)
	}
	forged := newCA(t, "CA")
	for _, c := range []struct {
		what   string
		cert   tls.Certificate
		staple []byte
		policy tlsutil.StaplePolicy
		code   tlsutil.VerifyCode
	}{
		{"good", leaf, ca.response(leaf.Leaf, ocsp.Good), tlsutil.StapleRequire, 0},
		{"none, required", leaf, nil, tlsutil.StapleRequire, tlsutil.VerifyOCSPNeeded},
		{"none, if present", leaf, nil, tlsutil.StapleCheck, 0},
		{"none, but must", must, nil, tlsutil.StapleCheck, tlsutil.VerifyOCSPNeeded},
		{"none, ignored", must, nil, tlsutil.StapleIgnore, 0},
		{"revoked", leaf, ca.response(leaf.Leaf, ocsp.Revoked), tlsutil.StapleCheck, tlsutil.VerifyRevoked},
		{"revoked, ignored", leaf, ca.response(leaf.Leaf, ocsp.Revoked), tlsutil.StapleIgnore, 0},
		{"unknown", leaf, ca.response(leaf.Leaf, ocsp.Unknown), tlsutil.StapleCheck, tlsutil.VerifyOCSPUnknown},
		{"expired", leaf, ca.response(leaf.Leaf, ocsp.Good, old), tlsutil.StapleCheck, tlsutil.VerifyOCSPFailed},
		{"for another", leaf, ca.response(must.Leaf, ocsp.Good), tlsutil.StapleCheck, tlsutil.VerifyOCSPFailed},
		{"forged", leaf, forged.response(leaf.Leaf, ocsp.Good), tlsutil.StapleCheck, tlsutil.VerifyOCSPFailed},
		{"junk", leaf, []byte("junk"), tlsutil.StapleCheck, tlsutil.VerifyOCSPFailed},
	} {
		t.Run(c.what, func(t *testing.T) {
			c.cert.OCSPStaple = c.staple
			cc, sc := clientContext(t, ca), serverContext(t, c.cert)
			require.NoError(t, cc.SetStaplePolicy(c.policy))
			if c.code == 0 {
				mustConnect(t, cc, sc, "localhost")
				require.NoError(t, viaGo(t, cc, sc, "localhost"))
				return
			}
			refused(t, cc, sc, "localhost", c.code)
			var ve *tlsutil.CertVerificationError
			require.ErrorAs(t, viaGo(t, cc, sc, "localhost"), &ve)
		})
	}
	require.ErrorIs(t, clientContext(t).SetStaplePolicy(9), tlsutil.ErrValue)
}

// A response may be signed by somebody whom the authority has named for it, and by no
// other whom it has given a certificate.
func TestStapleDelegated(t *testing.T) {
	ca := newCA(t, "CA")
	leaf := ca.leaf([]string{"localhost"})
	responder := ca.leaf(nil, func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageOCSPSigning} })
	for _, c := range []struct {
		signer tls.Certificate
		code   tlsutil.VerifyCode
	}{{responder, 0}, {leaf, tlsutil.VerifyOCSPFailed}} {
		tpl := ocsp.Response{Status: ocsp.Good, SerialNumber: leaf.Leaf.SerialNumber, ThisUpdate: time.Now().Add(-time.Hour), NextUpdate: time.Now().Add(time.Hour), Certificate: c.signer.Leaf}
		b, err := ocsp.CreateResponse(ca.cert, c.signer.Leaf, tpl, c.signer.PrivateKey.(crypto.Signer))
		require.NoError(t, err)
		cert := leaf
		cert.OCSPStaple = b
		cc, sc := clientContext(t, ca), serverContext(t, cert)
		require.NoError(t, cc.SetStaplePolicy(tlsutil.StapleRequire))
		if c.code == 0 {
			mustConnect(t, cc, sc, "localhost")
		} else {
			refused(t, cc, sc, "localhost", c.code)
		}
	}
}

func TestSetOCSPStaple(t *testing.T) {
	ca := newCA(t, "CA")
	leaf := ca.leaf([]string{"localhost"})
	cc, sc := clientContext(t, ca), serverContext(t, leaf, ca)
	require.NoError(t, cc.SetStaplePolicy(tlsutil.StapleRequire))
	refused(t, cc, sc, "localhost", tlsutil.VerifyOCSPNeeded)
	cfg, err := sc.ServerConfig()
	require.NoError(t, err)
	other := ca.leaf([]string{"localhost"})
	var e *tlsutil.Error
	require.ErrorAs(t, sc.SetOCSPStaple(ca.response(other.Leaf, ocsp.Good)), &e)
	require.ErrorAs(t, sc.SetOCSPStaple([]byte("junk")), &e)
	require.NoError(t, sc.SetOCSPStaple(ca.response(leaf.Leaf, ocsp.Good)))
	a, b := tcpPair(t) // a configuration from before
	go tls.Server(b, cfg).Handshake()
	_, err = cc.Client(context.Background(), a, "localhost")
	require.NoError(t, err)
	require.NoError(t, sc.SetOCSPStaple(nil))
	refused(t, cc, sc, "localhost", tlsutil.VerifyOCSPNeeded)
	empty, err := tlsutil.NewContext(tlsutil.ProtocolTLSServer)
	require.NoError(t, err)
	require.Error(t, empty.SetOCSPStaple([]byte("x")))
}

func TestClock(t *testing.T) {
	ca := newCA(t, "CA")
	cc, sc := clientContext(t, ca), serverContext(t, ca.leaf([]string{"localhost"}))
	cc.SetClock(func() time.Time { return time.Now().Add(13 * time.Hour) })
	refused(t, cc, sc, "localhost", tlsutil.VerifyExpired)
}
