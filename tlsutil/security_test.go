package tlsutil_test

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"io/fs"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pynet-go/pynet/tlsutil"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Somebody else answers in place of the server: the default context notices.
func TestSecTLS01(t *testing.T) {
	ca, stranger := newCA(t, "CA"), newCA(t, "Stranger")
	mk := func() *tlsutil.Context {
		c, err := tlsutil.NewDefaultContext(tlsutil.ServerAuth)
		require.NoError(t, err)
		require.NoError(t, c.AddCA(ca.cert))
		return c
	}
	assert.Equal(t, tlsutil.CertRequired, mk().VerifyMode())
	assert.True(t, mk().CheckHostname())
	mustConnect(t, mk(), serverContext(t, ca.leaf([]string{"localhost"})), "localhost")
	refused(t, mk(), serverContext(t, stranger.leaf([]string{"localhost"})), "localhost", tlsutil.VerifyNoLocalIssuer)
	refused(t, mk(), serverContext(t, ca.leaf([]string{"other.test"})), "localhost", tlsutil.VerifyHostnameMismatch)
}

// The peer sends plain text and closes: none of it is ever given as decrypted data.
func TestSecTLS02(t *testing.T) {
	a, b := tcpPair(t)
	_, err := b.Write([]byte("HTTP/1.1 200 OK\r\n\r\n"))
	require.NoError(t, err)
	require.NoError(t, b.Close())
	cc := clientContext(t)
	c, err := cc.Wrap(context.Background(), a, tlsutil.WrapOptions{ServerName: "localhost", Later: true})
	require.NoError(t, err)
	buf := make([]byte, 100)
	n, err := c.Read(buf)
	assert.Zero(t, n)
	var e *tlsutil.Error
	require.ErrorAs(t, err, &e)
	n, err = c.Read(buf)
	assert.Zero(t, n)
	require.Error(t, err)

	o, err := cc.WrapBIO(new(tlsutil.MemoryBIO), new(tlsutil.MemoryBIO), false, "localhost")
	require.NoError(t, err)
	require.ErrorIs(t, o.DoHandshake(), tlsutil.ErrWantRead)
	_, err = cc.Client(context.Background(), unconnected{}, "localhost")
	require.ErrorIs(t, err, tlsutil.ErrValue)
}

type unconnected struct{ net.Conn }

func (unconnected) RemoteAddr() net.Addr { return nil }

// Names are checked, but there is none to check: an error before anything is sent.
func TestSecTLS03(t *testing.T) {
	cc := clientContext(t)
	in, out := new(tlsutil.MemoryBIO), new(tlsutil.MemoryBIO)
	_, err := cc.WrapBIO(in, out, false, "")
	assert.ErrorIs(t, err, tlsutil.ErrValue)
	_, err = cc.ClientConfig("")
	assert.ErrorIs(t, err, tlsutil.ErrValue)
	a, _ := tcpPair(t)
	_, err = cc.Client(context.Background(), a, "")
	assert.ErrorIs(t, err, tlsutil.ErrValue)
	o := tlsutil.NewObject(&tls.Config{}, in, out, false)
	var e *tlsutil.Error
	require.ErrorAs(t, o.DoHandshake(), &e)
	assert.NotErrorIs(t, e, tlsutil.ErrWantRead)
	assert.Zero(t, out.Pending(), "nothing is sent")
}

// A name with NUL is not the name before it.
func TestSecTLS04(t *testing.T) {
	ca := newCA(t, "CA")
	leaf := ca.leaf([]string{"python.org\x00.evil.com"})
	refused(t, clientContext(t, ca), serverContext(t, leaf), "python.org", tlsutil.VerifyHostnameMismatch)
	require.Error(t, tlsutil.MatchHostname(leaf.Leaf, "python.org"))
	require.ErrorIs(t, tlsutil.MatchHostname(leaf.Leaf, "python.org\x00.evil.com"), tlsutil.ErrValue)
}

// Many stars cost no time and match nothing.
func TestSecTLS05(t *testing.T) {
	c := &x509.Certificate{DNSNames: []string{strings.Repeat("*a", 31) + ".example.com"}}
	begin := time.Now()
	for range 100 {
		require.Error(t, tlsutil.MatchHostname(c, strings.Repeat("a", 63)+".example.com"))
	}
	assert.Less(t, time.Since(begin), time.Second)
}

// A star is the whole first label, for one label, with two more behind it.
func TestSecTLS06(t *testing.T) {
	for pattern, hosts := range map[string]map[string]bool{
		"*.example.com":     {"a.example.com": true, "a.b.example.com": false, "example.com": false, ".example.com": false, "A.EXAMPLE.COM": true, "xn--bcher-kva.example.com": true},
		"x*.example.com":    {"xa.example.com": false, "xn--bcher-kva.example.com": false},
		"xn--*.example.com": {"xn--bcher-kva.example.com": false},
		"*":                 {"localhost": false, "com": false},
		"*.com":             {"example.com": false},
		"a.*.com":           {"a.b.com": false},
		"*.*.com":           {"a.b.com": false},
		"*.1.1.1":           {"1.1.1.1": false},
		"example.com.":      {"example.com": true, "example.com.": true},
	} {
		for host, want := range hosts {
			err := tlsutil.MatchHostname(&x509.Certificate{DNSNames: []string{pattern}}, host)
			assert.Equal(t, want, err == nil, "%s, %s: %v", pattern, host, err)
		}
	}
	ca := newCA(t, "CA")
	refused(t, clientContext(t, ca), serverContext(t, ca.leaf([]string{"*"})), "localhost", tlsutil.VerifyHostnameMismatch)
}

// The common name is not looked at.
func TestSecTLS07(t *testing.T) {
	ca := newCA(t, "CA")
	cn := func(c *x509.Certificate) { c.Subject = pkix.Name{CommonName: "good.test"} }
	for _, names := range [][]string{{"other.test"}, nil} {
		refused(t, clientContext(t, ca), serverContext(t, ca.leaf(names, cn)), "good.test", tlsutil.VerifyHostnameMismatch)
	}
	assert.False(t, clientContext(t).HostnameChecksCommonName())
}

// Text that some parser takes for an address is none.
func TestSecTLS08(t *testing.T) {
	c := &x509.Certificate{IPAddresses: []net.IP{net.ParseIP("1.1.1.1"), net.ParseIP("::1")}}
	for host, ok := range map[string]bool{"1.1.1.1": true, "::1": true, "0:0:0:0:0:0:0:1": true, "[::1]": true} {
		assert.Equal(t, ok, tlsutil.MatchHostname(c, host) == nil, host)
	}
	for _, host := range []string{"1.1.1.1 ; x", "1.1.1.1 x", "01.1.1.1", "1.1.257", "16843009", "1.1.1.1.", "[::1", "::1]", "1.1.1.1\n"} {
		assert.ErrorIs(t, tlsutil.MatchHostname(c, host), tlsutil.ErrValue, host)
	}
}

// A name that is empty or holds NUL does not switch the check off.
func TestSecTLS09(t *testing.T) {
	cc := clientContext(t)
	for _, name := range []string{"", "\x00evil", "evil\x00", ".evil.test", "a..b", "a b", "evil\r\n", strings.Repeat("a", 64) + ".test", strings.Repeat("a.", 200) + "test"} {
		_, err := cc.ClientConfig(name)
		assert.ErrorIs(t, err, tlsutil.ErrValue, "%q", name)
		assert.ErrorIs(t, tlsutil.MatchHostname(&x509.Certificate{}, name), tlsutil.ErrValue, "%q", name)
	}
}

// A distribution point may lack everything.
func TestSecTLS10(t *testing.T) {
	ca := newCA(t, "CA")
	for _, value := range []string{
		"\x30\x00",                             // no point
		"\x30\x02\x30\x00",                     // an empty one
		"\x30\x04\x30\x02\xa0\x00",             // no name
		"\x30\x06\x30\x04\xa0\x02\xa0\x00",     // an empty full name
		"\x30\x06\x30\x04\xa0\x02\xa1\x00",     // an empty relative name
		"\x30\x08\x30\x06\xa0\x04\xa0\x02\x86", // cut
		"\x30\x80", "", "junk",
	} {
		tpl := ca.leaf([]string{"x.test"}).Leaf
		der, err := x509.CreateCertificate(rand.Reader, &x509.Certificate{SerialNumber: tpl.SerialNumber, NotBefore: tpl.NotBefore, NotAfter: tpl.NotAfter, ExtraExtensions: []pkix.Extension{
			{Id: asn1.ObjectIdentifier{2, 5, 29, 31}, Value: []byte(value)},
			{Id: asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 1, 1}, Value: []byte(value)},
		}}, ca.cert, newKey(t).Public(), ca.key)
		require.NoError(t, err)
		c, err := tlsutil.DecodeCertificate(der)
		require.NoError(t, err, "%q", value)
		assert.Empty(t, c.CRLDistributionPoints)
		assert.Empty(t, c.OCSP)
	}
}

// Counting and loading while others shake hands.
func TestSecTLS11(t *testing.T) {
	ca, other := newCA(t, "CA"), newCA(t, "Other")
	cc, sc := clientContext(t, ca), serverContext(t, ca.leaf([]string{"localhost"}))
	var wg sync.WaitGroup
	for range 100 {
		wg.Go(func() {
			cfg, err := cc.ClientConfig("localhost")
			assert.NoError(t, err)
			scfg, err := sc.ServerConfig()
			assert.NoError(t, err)
			c, s := newSide(cfg, false), newSide(scfg, true)
			shake(t, c, s, 0)
			cc.CertStoreStats()
			cc.CACerts()
			assert.NoError(t, cc.LoadVerifyLocations("", "", other.cert.Raw))
			assert.NoError(t, cc.AddCRL(ca.crl(time.Hour)))
		})
	}
	wg.Wait()
}

// The callback for names is replaced while it is in use.
func TestSecTLS12(t *testing.T) {
	ca := newCA(t, "CA")
	cc, sc := clientContext(t, ca), serverContext(t, ca.leaf([]string{"localhost"}))
	other := serverContext(t, ca.leaf([]string{"localhost"}))
	scfg, err := sc.ServerConfig()
	require.NoError(t, err)
	swap := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		for range swap { // twice in each handshake, while it goes on
			sc.SetSNICallback(func(*tls.ClientHelloInfo, string) (*tlsutil.Context, error) { return other, nil })
			sc.SetSNICallback(nil)
		}
	})
	cfg, err := cc.ClientConfig("localhost")
	require.NoError(t, err)
	cfg.CurvePreferences = []tls.CurveID{tls.X25519} // the fastest
	n := 1000
	if testing.Short() || raceEnabled {
		n = 200
	}
	for range n {
		c, s := newSide(cfg, false), newSide(scfg, true)
		require.ErrorIs(t, c.DoHandshake(), tlsutil.ErrWantRead)
		move(c, s, 0)
		swap <- struct{}{}
		shake(t, c, s, 0)
		swap <- struct{}{}
	}
	close(swap)
	wg.Wait()
}

// Authorities that cannot be loaded are an error, and none trusts nobody.
func TestSecTLS13(t *testing.T) {
	ca := newCA(t, "CA")
	sc := serverContext(t, ca.leaf([]string{"localhost"}))
	require.ErrorIs(t, sc.LoadVerifyLocations("/nope", "", nil), fs.ErrNotExist)
	require.NoError(t, sc.SetVerifyMode(tlsutil.CertRequired))
	cc := clientContext(t, ca)
	_, _, _, err := connect(t, cc, sc, "localhost")
	require.Error(t, err)
	require.NoError(t, cc.AddCertificate(ca.leaf(nil)))
	_, _, _, err = connect(t, cc, sc, "localhost")
	var ve *tlsutil.CertVerificationError
	require.ErrorAs(t, err, &ve, "not even the system's")
}

// A session made under one authority is not resumed by who trusts another alone.
func TestSecTLS14(t *testing.T) {
	a, b := newCA(t, "A"), newCA(t, "B")
	for _, v := range []tlsutil.TLSVersion{tlsutil.TLSv12, tlsutil.TLSv13} {
		for _, names := range []bool{true, false} {
			sc := serverContext(t, a.leaf([]string{"localhost"}))
			cc := clientContext(t, a)
			cc.SetCheckHostname(names)
			require.NoError(t, cc.SetMaximumVersion(v))
			cc.SetSessionCache(&tlsutil.SessionCache{})
			c, s := mustConnect(t, cc, sc, "localhost")
			exchange(t, c, s)
			c, _ = mustConnect(t, cc, sc, "localhost")
			require.True(t, c.SessionReused())
			narrow := cc.Clone()
			narrow.ClearTrust()
			require.NoError(t, narrow.AddCA(b.cert))
			refused(t, narrow, sc, "localhost", tlsutil.VerifyNoLocalIssuer)
		}
		// The same for a server and its clients.
		sc, cc := serverContext(t, a.leaf([]string{"localhost"})), clientContext(t, a)
		require.NoError(t, cc.SetMaximumVersion(v))
		require.NoError(t, cc.AddCertificate(a.leaf(nil)))
		require.NoError(t, sc.SetVerifyMode(tlsutil.CertRequired))
		require.NoError(t, sc.AddCA(a.cert))
		sc.SetTicketKeys([32]byte{1})
		cc.SetSessionCache(&tlsutil.SessionCache{})
		c, s := mustConnect(t, cc, sc, "localhost")
		exchange(t, c, s)
		sc.ClearTrust()
		require.NoError(t, sc.AddCA(b.cert))
		_, _, _, err := connect(t, cc, sc, "localhost")
		require.Error(t, err)
	}
	// What the context itself checks is checked on resumption, too.
	sc, cc := serverContext(t, a.leaf([]string{"localhost"})), clientContext(t, a)
	cc.SetSessionCache(&tlsutil.SessionCache{})
	c, s := mustConnect(t, cc, sc, "localhost")
	exchange(t, c, s)
	cc.Distrust(tlsutil.KeyFingerprint(a.cert))
	refused(t, cc, sc, "localhost", tlsutil.VerifyRejected)
}

// A server that has but old versions or suites is refused.
func TestSecTLS16(t *testing.T) {
	ca := newCA(t, "CA")
	cfg := func(f func(*tls.Config)) *tls.Config {
		key, err := rsa.GenerateKey(rand.Reader, 2048)
		require.NoError(t, err)
		tpl := ca.leaf([]string{"localhost"}).Leaf
		cert := ca.sign(&x509.Certificate{SerialNumber: tpl.SerialNumber, NotBefore: tpl.NotBefore, NotAfter: tpl.NotAfter, DNSNames: tpl.DNSNames}, key)
		c := &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{cert.Raw}, PrivateKey: key}}}
		f(c)
		return c
	}
	for what, f := range map[string]func(*tls.Config){
		"TLS 1.1": func(c *tls.Config) { c.MinVersion, c.MaxVersion = tls.VersionTLS10, tls.VersionTLS11 },
		"3DES": func(c *tls.Config) {
			c.MaxVersion, c.CipherSuites = tls.VersionTLS12, []uint16{tls.TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA, tls.TLS_RSA_WITH_3DES_EDE_CBC_SHA}
		},
		"RC4": func(c *tls.Config) {
			c.MaxVersion, c.CipherSuites = tls.VersionTLS12, []uint16{tls.TLS_ECDHE_RSA_WITH_RC4_128_SHA}
		},
		"CBC": func(c *tls.Config) {
			c.MaxVersion, c.CipherSuites = tls.VersionTLS12, []uint16{tls.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA}
		},
	} {
		a, b := tcpPair(t)
		go func() {
			tls.Server(b, cfg(f)).Handshake()
			b.Close()
		}()
		_, err := clientContext(t, ca).Client(context.Background(), a, "localhost")
		var e *tlsutil.Error
		require.ErrorAs(t, err, &e, what)
		require.NotErrorIs(t, err, tlsutil.ErrEOF, what)
	}
}

// A leaf without authority key identifier: refused by the strict rules of the default
// context, as by Python 3.13 and later, and accepted without them. An intermediate that
// was loaded is an anchor by default, as there.
func TestSecTLS17(t *testing.T) {
	c, err := tlsutil.NewDefaultContext(tlsutil.ServerAuth)
	require.NoError(t, err)
	assert.Equal(t, tlsutil.VerifyX509TrustedFirst|tlsutil.VerifyX509Strict|tlsutil.VerifyX509PartialChain, c.VerifyFlags())
	ca := newCA(t, "CA", func(c *x509.Certificate) { c.SubjectKeyId = nil })
	bare := withoutAKI(t, ca)
	require.NoError(t, c.AddCA(ca.cert))
	sc := serverContext(t, bare)
	refused(t, c, sc, "localhost", tlsutil.VerifyMissingAuthorityKeyID)
	require.NoError(t, c.SetVerifyFlags(tlsutil.VerifyX509PartialChain))
	mustConnect(t, c, sc, "localhost")
}

// withoutAKI makes a leaf without authority key identifier, which x509 always adds when
// the parent has a subject key identifier.
func withoutAKI(t *testing.T, ca *testCA) tls.Certificate {
	key := newKey(t)
	parent := *ca.cert
	parent.SubjectKeyId = nil
	tpl := ca.leaf([]string{"localhost"}).Leaf
	der, err := x509.CreateCertificate(rand.Reader, &x509.Certificate{SerialNumber: big.NewInt(serial.Add(1)), NotBefore: tpl.NotBefore, NotAfter: tpl.NotAfter,
		DNSNames: tpl.DNSNames, KeyUsage: tpl.KeyUsage, Subject: tpl.Subject}, &parent, key.Public(), ca.key)
	require.NoError(t, err)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// A chain with a key that is known to be compromised, under roots of the caller's.
func TestSecTLS18(t *testing.T) {
	ca := newCA(t, "CA")
	bad, good := ca.intermediate("Intermediate"), ca.intermediate("Intermediate 2")
	cc := clientContext(t, ca)
	cc.Distrust(tlsutil.KeyFingerprint(bad.cert))
	sc := serverContext(t, bad.leaf([]string{"localhost"}), bad)
	ve := refused(t, cc, sc, "localhost", tlsutil.VerifyRejected)
	assert.ErrorIs(t, ve, tlsutil.ErrDistrusted)
	assert.ErrorIs(t, viaGo(t, cc, sc, "localhost"), tlsutil.ErrDistrusted)
	mustConnect(t, cc, serverContext(t, good.leaf([]string{"localhost"}), good), "localhost")
	cc.SetCheckHostname(false)
	assert.ErrorIs(t, viaGo(t, cc, sc, ""), tlsutil.ErrDistrusted)
}
