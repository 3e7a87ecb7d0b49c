package tlsutil_test

import (
	"bufio"
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pynet-go/pynet/tlsutil"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Flags for revocation lists check. TestRevocation has the cases.
func TestSecTLS19(t *testing.T) {
	ca := newCA(t, "CA")
	leaf := ca.leaf([]string{"localhost"})
	cc := clientContext(t, ca)
	require.NoError(t, cc.SetVerifyFlags(tlsutil.VerifyCRLCheckLeaf))
	refused(t, cc, serverContext(t, leaf), "localhost", tlsutil.VerifyNoCRL)
	require.NoError(t, cc.AddCRL(ca.crl(time.Hour, leaf.Leaf)))
	refused(t, cc, serverContext(t, leaf), "localhost", tlsutil.VerifyRevoked)
	expired := clientContext(t, ca)
	require.NoError(t, expired.SetVerifyFlags(tlsutil.VerifyCRLCheckLeaf))
	require.NoError(t, expired.AddCRL(ca.crl(-time.Hour)))
	refused(t, expired, serverContext(t, leaf), "localhost", tlsutil.VerifyCRLExpired)
}

// Plain text that was slipped in behind the reply to STARTTLS.
func TestSecTLS20(t *testing.T) {
	a, b := tcpPair(t)
	_, err := b.Write([]byte("220 go\r\n250-INJECTED\r\n"))
	require.NoError(t, err)
	r := bufio.NewReader(a)
	line, err := r.ReadString('\n')
	require.NoError(t, err)
	require.Equal(t, "220 go\r\n", line)
	for _, server := range []bool{false, true} {
		ctx := clientContext(t)
		if server {
			ctx = serverContext(t, newCA(t, "CA").leaf([]string{"localhost"}))
		}
		_, err = ctx.Wrap(context.Background(), a, tlsutil.WrapOptions{Server: server, ServerName: "localhost", Reader: r})
		require.ErrorIs(t, err, tlsutil.ErrPlaintext)
	}
}

// Bytes that belong to the next level of encryption come within the record of the
// ServerHello.
func TestSecTLS23(t *testing.T) {
	cc, sc := configs(t, tls.VersionTLS13)
	c, s := newSide(cc, false), newSide(sc, true)
	require.ErrorIs(t, c.DoHandshake(), tlsutil.ErrWantRead)
	move(c, s, 0)
	require.ErrorIs(t, s.DoHandshake(), tlsutil.ErrWantRead)
	flight := append([]byte(nil), s.out.Peek()...)
	n := int(flight[3])<<8 | int(flight[4])
	extra := []byte{8, 0, 0, 2, 0, 0} // EncryptedExtensions, empty
	forged := append([]byte{}, flight[:5+n]...)
	forged = append(forged, extra...)
	forged[3], forged[4] = byte((n+len(extra))>>8), byte(n+len(extra))
	_, err := c.in.Write(append(forged, flight[5+n:]...))
	require.NoError(t, err)
	err = c.DoHandshake()
	var e *tlsutil.Error
	require.ErrorAs(t, err, &e)
	require.NotErrorIs(t, err, tlsutil.ErrWantRead)
}

// The stream is cut in the middle of a body that has no other end.
func TestSecTLS24(t *testing.T) {
	ca := newCA(t, "CA")
	for _, ignore := range []bool{false, true} {
		cc, sc := clientContext(t, ca), serverContext(t, ca.leaf([]string{"localhost"}))
		c, s := mustConnect(t, cc, sc, "localhost", func(co, _ *tlsutil.WrapOptions) { co.IgnoreUnexpectedEOF = ignore })
		_, err := s.Write([]byte("HTTP/1.0 200 OK\r\n\r\nhalf of"))
		require.NoError(t, err)
		require.NoError(t, s.NetConn().Close())
		got, err := io.ReadAll(c)
		assert.Equal(t, "HTTP/1.0 200 OK\r\n\r\nhalf of", string(got))
		if ignore {
			require.NoError(t, err)
			continue
		}
		require.ErrorIs(t, err, io.ErrUnexpectedEOF)
		require.ErrorIs(t, err, tlsutil.ErrEOF)
	}
	c := clientContext(t)
	assert.Zero(t, c.Options()&tlsutil.OpIgnoreUnexpectedEOF, "not by default")
	require.NoError(t, c.SetOptions(c.Options()|tlsutil.OpIgnoreUnexpectedEOF))
}

// The environment names a file for the secrets.
func TestSecTLS25(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys")
	t.Setenv("SSLKEYLOGFILE", path)
	ca := newCA(t, "CA")
	cc, err := tlsutil.NewDefaultContext(tlsutil.ServerAuth)
	require.NoError(t, err)
	require.NoError(t, cc.AddCA(ca.cert))
	mustConnect(t, cc, serverContext(t, ca.leaf([]string{"localhost"})), "localhost")
	_, err = os.Stat(path)
	require.ErrorIs(t, err, fs.ErrNotExist)
	require.NoError(t, cc.SetKeyLogFilename(path))
	info, err := os.Stat(path)
	require.NoError(t, err)
	if tlsutil.KeyModes {
		assert.Equal(t, fs.FileMode(0o600), info.Mode().Perm())
	}
}

// A wrong pass phrase is not told on; a key that all can read is refused on demand.
func TestSecTLS26(t *testing.T) {
	key, err := os.ReadFile("testdata/keys/pbes2-aes256.pem")
	require.NoError(t, err)
	_, err = tlsutil.ParsePrivateKey(key, tlsutil.Password("correct horse"))
	require.ErrorIs(t, err, tlsutil.ErrPassword)
	assert.NotContains(t, fmt.Sprintf("%v %+v", err, err), "horse")
	if !tlsutil.KeyModes {
		return
	}
	leaf := newCA(t, "CA").leaf([]string{"localhost"})
	path := writeFile(t, "both.pem", append(certPEM(leaf.Leaf), keyPEM(t, leaf.PrivateKey)...))
	sc, err := tlsutil.NewContext(tlsutil.ProtocolTLSServer)
	require.NoError(t, err)
	sc.RequirePrivateKeyFiles(true)
	require.NoError(t, sc.LoadCertChain(path, "", nil))
	require.NoError(t, os.Chmod(path, 0o644))
	require.ErrorIs(t, sc.LoadCertChain(path, "", nil), fs.ErrPermission)
	require.Error(t, sc.Reload())
	sc.RequirePrivateKeyFiles(false)
	require.NoError(t, sc.LoadCertChain(path, "", nil))
}

// A certificate with 50,000 names: neither the comparison nor the text grows beyond bounds.
func TestSecTLS27(t *testing.T) {
	c := &x509.Certificate{}
	for i := range 50_000 {
		c.DNSNames = append(c.DNSNames, fmt.Sprintf("host%d.example.com", i))
	}
	begin := time.Now()
	err := tlsutil.MatchHostname(c, "other.example.com")
	assert.Less(t, time.Since(begin), time.Second)
	assert.Less(t, len(err.Error()), 1024)
	require.NoError(t, tlsutil.MatchHostname(c, "host49999.example.com"))

	ca := newCA(t, "CA")
	names := make([]string, 3000) // as many as the 64 KiB of a certificate message hold
	for i := range names {
		names[i] = fmt.Sprintf("host%d.example.com", i)
	}
	ve := refused(t, clientContext(t, ca), serverContext(t, ca.leaf(names)), "other.example.com", tlsutil.VerifyHostnameMismatch)
	assert.Less(t, len(ve.Error()), 1024)
}

// A key of 16,384 bits would cost seconds.
func TestSecTLS28(t *testing.T) {
	ca := newCA(t, "CA")
	n := new(big.Int).SetBit(big.NewInt(1), 16383, 1)
	tpl := ca.leaf([]string{"localhost"}).Leaf
	der, err := x509.CreateCertificate(rand.Reader, &x509.Certificate{SerialNumber: tpl.SerialNumber, NotBefore: tpl.NotBefore, NotAfter: tpl.NotAfter, DNSNames: tpl.DNSNames}, ca.cert, &rsa.PublicKey{N: n, E: 65537}, ca.key)
	require.NoError(t, err)
	begin := time.Now()
	err = clientContext(t).LoadVerifyLocations("", "", der)
	var e *tlsutil.Error
	require.ErrorAs(t, err, &e)
	assert.Equal(t, "KEY_TOO_LARGE", e.Reason)
	sc, err := tlsutil.NewContext(tlsutil.ProtocolTLSServer)
	require.NoError(t, err)
	require.ErrorAs(t, sc.AddCertificate(tls.Certificate{Certificate: [][]byte{der}, PrivateKey: newKey(t)}), &e)
	assert.Less(t, time.Since(begin), time.Second)

	scfg := &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: bigKey{&rsa.PublicKey{N: n, E: 65537}}}}, MaxVersion: tls.VersionTLS12}
	a, b := tcpPair(t)
	go tls.Server(b, scfg).Handshake()
	_, err = clientContext(t, ca).Client(context.Background(), a, "localhost")
	require.ErrorAs(t, err, &e)
}

// bigKey is a key that signs with nothing.
type bigKey struct{ pub *rsa.PublicKey }

func (k bigKey) Public() crypto.PublicKey { return k.pub }

func (k bigKey) Sign(io.Reader, []byte, crypto.SignerOpts) ([]byte, error) {
	return make([]byte, k.pub.Size()), nil
}

// Names that an authority must not vouch for, in other case and with a wildcard.
func TestSecTLS29(t *testing.T) {
	ca := newCA(t, "CA")
	limited := ca.intermediate("Limited", func(c *x509.Certificate) {
		c.PermittedDNSDomainsCritical, c.ExcludedDNSDomains = true, []string{"evil.test"}
	})
	for name, host := range map[string]string{"*.EVIL.test": "a.evil.test", "evil.test": "evil.test", "a.b.evil.test": "a.b.evil.test"} {
		refused(t, clientContext(t, ca), serverContext(t, limited.leaf([]string{name}), limited), host, tlsutil.VerifyExcluded)
	}
	mustConnect(t, clientContext(t, ca), serverContext(t, limited.leaf([]string{"good.test"}), limited), "good.test")
}

// The peer never reads, or sends without end: what is queued stays bounded.
func TestSecTLS30(t *testing.T) {
	cc, sc := configs(t, tls.VersionTLS13)
	c, s := newSide(cc, false), newSide(sc, true)
	shake(t, c, s, 0)
	chunk := noise(1 << 20)
	var taken int
	for range 1024 { // 1 GiB is offered, nobody reads
		n, err := c.Write(chunk)
		taken += n
		if err != nil {
			require.ErrorIs(t, err, tlsutil.ErrWantWrite)
		}
	}
	assert.LessOrEqual(t, taken, tlsutil.DefaultBIOLimit)
	assert.LessOrEqual(t, c.out.Pending(), tlsutil.DefaultBIOLimit+1<<15)
	wire := append([]byte(nil), c.out.Peek()...)
	var in int
	for range 1024 {
		n, err := s.in.Write(wire)
		in += n
		if err != nil {
			require.ErrorIs(t, err, tlsutil.ErrWantWrite)
		}
	}
	assert.Equal(t, tlsutil.DefaultBIOLimit, in)
	assert.Equal(t, tlsutil.DefaultBIOLimit, s.in.Pending())
}

// A callback for pre-shared keys that answers nothing would mean no authentication: there
// are no such callbacks.
func TestSecTLS31(t *testing.T) {
	c := clientContext(t)
	require.ErrorIs(t, c.SetPSKServerCallback(func(string) []byte { return nil }, ""), errors.ErrUnsupported)
	require.ErrorIs(t, c.SetPSKClientCallback(func(string) (string, []byte) { return "", nil }), errors.ErrUnsupported)
	assert.False(t, tlsutil.HasPSK)
}

// Text of the peer's in an error: control characters are escaped, the length is bounded.
func TestSecX04(t *testing.T) {
	ca := newCA(t, "CA")
	_, _, err, _ := connect(t, clientContext(t, ca), serverContext(t, ca.leaf([]string{"\x1b[2J\r\nFAKE"})), "localhost")
	require.Error(t, err)
	e := &tlsutil.Error{Op: "read", Err: errors.New("550 \x1b[2J\r\n" + strings.Repeat("x", 1<<20))}
	for _, text := range []string{err.Error(), e.Error(), tlsutil.Name{{{Type: "commonName", Value: "\x1b[2J"}}}.String()} {
		assert.False(t, strings.ContainsAny(text, "\x1b\r\n"), "%q", text)
		assert.Less(t, len(text), 1024)
	}
}

// The names of protocols that a client offers stand in the server's error.
func TestSecX05(t *testing.T) {
	ca := newCA(t, "CA")
	cc, sc := clientContext(t, ca), serverContext(t, ca.leaf([]string{"localhost"}))
	require.NoError(t, cc.SetALPNProtocols([]string{"\x1b]0;x\x07"}))
	require.NoError(t, sc.SetALPNProtocols([]string{"h2"}))
	_, _, _, err := connect(t, cc, sc, "localhost")
	require.Error(t, err)
	assert.False(t, strings.ContainsAny(err.Error(), "\x1b\x07"), "%q", err)
}

// A label that is not what it seems, or a very long one, is not taken for the name of a
// server.
func TestSecX08(t *testing.T) {
	cc := clientContext(t)
	begin := time.Now()
	for _, name := range []string{"xn--016c" + strings.Repeat("a", 70_000), strings.Repeat("\u200d", 65_536) + ".com", "xn--example-.com", "xn--a.test"} {
		_, err := cc.ClientConfig(name)
		assert.ErrorIs(t, err, tlsutil.ErrValue, "%.20q", name)
	}
	assert.Less(t, time.Since(begin), time.Second)
}

// TestSecX09 is X-09: a label that decodes to ASCII alone would be a second spelling.
func TestSecX09(t *testing.T) {
	_, err := clientContext(t).ClientConfig("xn--example-.com")
	require.ErrorIs(t, err, tlsutil.ErrValue)
}

// Names are converted once, and only the result is sent and compared.
func TestSecX11(t *testing.T) {
	for name, want := range map[string]string{"ⓖoogle.com": "google.com", "ex\u3002com": "ex.com", "BÜCHER.example": "xn--bcher-kva.example"} {
		cfg, err := clientContext(t).ClientConfig(name)
		require.NoError(t, err, name)
		assert.Equal(t, want, cfg.ServerName)
	}
}

// A peer that announces a long record or message gets no memory for it.
func TestSecX14(t *testing.T) {
	_, sc := configs(t, tls.VersionTLS13)
	s := newSide(sc, true)
	_, err := s.in.Write([]byte{22, 3, 1, 0x40, 0, 1, 0xff, 0xff, 0xff}) // a ClientHello of 16 MiB
	require.NoError(t, err)
	alloc := testing.AllocsPerRun(1, func() { s.DoHandshake() })
	assert.Less(t, alloc, 1000.0)
	_, err = s.in.Write(make([]byte, 0x4000-4))
	require.NoError(t, err)
	var e *tlsutil.Error
	require.ErrorAs(t, s.DoHandshake(), &e)
}

// A client that is slow or silent: the context ends the handshake.
func TestSecX17(t *testing.T) {
	sc := serverContext(t, newCA(t, "CA").leaf([]string{"localhost"}))
	_, b := tcpPair(t)
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	_, err := sc.Server(ctx, b)
	require.ErrorIs(t, err, context.DeadlineExceeded)
}

// Key updates and empty records without end do no work for ever.
func TestSecX18(t *testing.T) {
	cc, sc := configs(t, tls.VersionTLS12)
	c, s := newSide(cc, false), newSide(sc, true)
	shake(t, c, s, 0)
	// Warning alerts, sealed by the server itself: crypto/tls lets few of them pass.
	for range 40 {
		_, err := c.in.Write([]byte{21, 3, 3, 0, 2, 1, 90})
		require.NoError(t, err)
	}
	_, err := c.Read(make([]byte, 1))
	require.Error(t, err)
	require.NotErrorIs(t, err, tlsutil.ErrWantRead)
}
