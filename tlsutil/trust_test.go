package tlsutil_test

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"testing"
	"time"

	"github.com/pynet-go/pynet/tlsutil"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A session that was made while names were checked is not resumed on the word of the
// authorities of that time where names are not checked, which crypto/tls leaves to the
// context.
func TestResumptionIsVerifiedAnew(t *testing.T) {
	a, b := newCA(t, "A"), newCA(t, "B")
	for _, v := range []tlsutil.TLSVersion{tlsutil.TLSv12, tlsutil.TLSv13} {
		sc, cc := serverContext(t, a.leaf([]string{"localhost"})), clientContext(t, a)
		require.NoError(t, cc.SetMaximumVersion(v))
		cc.SetSessionCache(&tlsutil.SessionCache{})
		c, s := mustConnect(t, cc, sc, "localhost")
		exchange(t, c, s)
		narrow := cc.Clone()
		narrow.SetCheckHostname(false)
		narrow.ClearTrust()
		require.NoError(t, narrow.AddCA(b.cert))
		refused(t, narrow, sc, "localhost", tlsutil.VerifyNoLocalIssuer)
	}
}

// A leaf with two chains is resumed only by one that the authorities of today allow.
func TestResumptionByAnotherChain(t *testing.T) {
	a, b := newCA(t, "A"), newCA(t, "B")
	middle := a.intermediate("Middle")
	cross := &testCA{t, b.sign(caTemplate("Middle"), middle.key), middle.key}
	sc := serverContext(t, middle.leaf([]string{"localhost"}), middle, cross)
	cc := clientContext(t, a, b)
	cc.SetSessionCache(&tlsutil.SessionCache{})
	c, s := mustConnect(t, cc, sc, "localhost")
	exchange(t, c, s)
	narrow := cc.Clone()
	narrow.ClearTrust()
	require.NoError(t, narrow.AddCA(b.cert))
	mustConnect(t, narrow, sc, "localhost")
	require.NoError(t, narrow.SetVerifyFlags(tlsutil.VerifyCRLCheckChain))
	require.NoError(t, narrow.AddCRL(a.crl(time.Hour)))
	require.NoError(t, narrow.AddCRL(middle.crl(time.Hour)))
	require.NoError(t, narrow.AddCRL(b.crl(time.Hour, cross.cert)))
	refused(t, narrow, sc, "localhost", tlsutil.VerifyRevoked)
}

// A distrusted key above an anchor that is not self-signed ends the chain as well.
func TestDistrustAboveTheAnchor(t *testing.T) {
	root := newCA(t, "Root")
	middle := root.intermediate("Middle")
	cc := clientContext(t, root, middle)
	sc := serverContext(t, middle.leaf([]string{"localhost"}))
	mustConnect(t, cc, sc, "localhost")
	cc.Distrust(tlsutil.KeyFingerprint(root.cert))
	refused(t, cc, sc, "localhost", tlsutil.VerifyRejected)
}

// Revocation that was asked for cannot be looked up without the issuer.
func TestCRLOfAnAnchor(t *testing.T) {
	root := newCA(t, "Root")
	leaf := root.leaf([]string{"localhost"})
	cc, err := tlsutil.NewContext(tlsutil.ProtocolTLSClient)
	require.NoError(t, err)
	require.NoError(t, cc.AddCA(leaf.Leaf))
	require.NoError(t, cc.SetVerifyFlags(tlsutil.VerifyX509PartialChain))
	sc := serverContext(t, leaf)
	mustConnect(t, cc, sc, "localhost")
	require.NoError(t, cc.SetVerifyFlags(tlsutil.VerifyX509PartialChain|tlsutil.VerifyCRLCheckLeaf))
	require.NoError(t, cc.AddCRL(root.crl(time.Hour, leaf.Leaf)))
	refused(t, cc, sc, "localhost", tlsutil.VerifyNoCRLIssuer)
	require.NoError(t, cc.AddCA(root.cert))
	refused(t, cc, sc, "localhost", tlsutil.VerifyRevoked)

	require.ErrorIs(t, cc.SetVerifyFlags(tlsutil.VerifyCRLCheckChain&^tlsutil.VerifyCRLCheckLeaf), tlsutil.ErrValue)
}

// VerifiedChain is the chain that was accepted, not one that was looked at.
func TestVerifiedChainIsTheAccepted(t *testing.T) {
	a, b := newCA(t, "A"), newCA(t, "B")
	middle := a.intermediate("Middle")
	cross := &testCA{t, b.sign(caTemplate("Middle"), middle.key), middle.key}
	for _, bad := range []*testCA{a, b} {
		for _, names := range []bool{true, false} {
			sc := serverContext(t, middle.leaf([]string{"localhost"}), middle, cross)
			cc := clientContext(t, a, b)
			cc.SetCheckHostname(names)
			cc.Distrust(tlsutil.KeyFingerprint(bad.cert))
			c, _ := mustConnect(t, cc, sc, "localhost")
			cc.ClearTrust() // of no consequence for what was verified
			chain := c.VerifiedChain()
			require.Len(t, chain, 3)
			assert.NotEqual(t, bad.cert.Raw, chain[2].Raw)
		}
	}
}

// A session that holds nothing is no session, and one session serves many at once.
func TestSessionShared(t *testing.T) {
	var cache tlsutil.SessionCache
	cache.Add(nil, &tlsutil.Session{})
	assert.Zero(t, cache.Len())
	_, ok := cache.Get("")
	assert.False(t, ok)

	ca := newCA(t, "CA")
	sc, cc := serverContext(t, ca.leaf([]string{"localhost"})), clientContext(t, ca)
	require.NoError(t, cc.SetMaximumVersion(tlsutil.TLSv12))
	c, s := mustConnect(t, cc, sc, "localhost")
	exchange(t, c, s)
	session := c.Session()
	done := make(chan bool)
	for range 8 {
		go func() {
			c, s, cerr, serr := connect(t, cc, sc, "localhost", func(co, _ *tlsutil.WrapOptions) { co.Session = session })
			done <- cerr == nil && serr == nil && c.SessionReused() && s.SessionReused()
		}()
	}
	for range 8 {
		assert.True(t, <-done)
	}
}

// A peer that ends TLS before there is any is no proper end of a stream.
func TestCloseNotifyBeforeHandshake(t *testing.T) {
	c := newSide(&tls.Config{ServerName: "localhost", RootCAs: x509.NewCertPool()}, false)
	_, err := c.in.Write([]byte{21, 3, 3, 0, 2, 1, 0})
	require.NoError(t, err)
	_, err = c.Read(make([]byte, 1))
	require.ErrorIs(t, err, tlsutil.ErrZeroReturn)
	require.NotErrorIs(t, err, io.EOF)
}
