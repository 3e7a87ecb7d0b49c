package tlsutil_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/pynet-go/pynet/tlsutil"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestConn(t *testing.T) {
	ca := newCA(t, "CA")
	cc, sc := clientContext(t, ca), serverContext(t, ca.leaf([]string{"localhost", "127.0.0.1"}))
	require.NoError(t, cc.SetALPNProtocols([]string{"h2", "http/1.1"}))
	require.NoError(t, sc.SetALPNProtocols([]string{"http/1.1"}))
	c, s := mustConnect(t, cc, sc, "localhost")
	exchange(t, c, s)
	assert.Equal(t, tlsutil.TLSv13, c.Version())
	assert.Equal(t, "TLSv1.3", c.Version().String())
	assert.Equal(t, "http/1.1", c.ALPNProtocol())
	assert.Equal(t, "localhost", c.ServerHostname())
	assert.Empty(t, s.ServerHostname())
	assert.True(t, s.ServerSide())
	assert.Same(t, cc, c.Context())
	info, ok := c.Cipher()
	assert.True(t, ok)
	assert.Contains(t, info.Name, "TLS_")
	assert.Equal(t, "TLSv1.3", info.Protocol)
	assert.NotEmpty(t, s.SharedCiphers())
	assert.Nil(t, c.SharedCiphers())
	assert.Equal(t, "X25519MLKEM768", c.Group())
	alg, err := c.ServerSigalg()
	require.NoError(t, err)
	assert.Equal(t, "ecdsa_secp256r1_sha256", alg)
	_, err = c.ClientSigalg()
	assert.ErrorIs(t, err, errors.ErrUnsupported)
	assert.ErrorIs(t, c.VerifyClientPostHandshake(), errors.ErrUnsupported)

	cert, err := c.PeerCertificate()
	require.NoError(t, err)
	cn, _ := cert.Subject.Lookup("commonName")
	assert.Equal(t, "leaf", cn)
	assert.Equal(t, []tlsutil.AltName{{Type: "DNS", Value: "localhost"}, {Type: "IP Address", Value: "127.0.0.1"}}, cert.SubjectAltName)
	none, err := s.PeerCertificate()
	require.NoError(t, err)
	assert.Nil(t, none)
	assert.Len(t, c.VerifiedChain(), 2)
	assert.Len(t, c.UnverifiedChain(), 1)

	unique, err := c.ChannelBinding("tls-unique")
	require.NoError(t, err)
	assert.Nil(t, unique, "TLS 1.3 has none")
	e1, err := c.ChannelBinding("tls-exporter")
	require.NoError(t, err)
	e2, err := s.ChannelBinding("tls-exporter")
	require.NoError(t, err)
	assert.Equal(t, e1, e2)
	assert.Len(t, e1, 32)
	p1, err := c.ChannelBinding("tls-server-end-point")
	require.NoError(t, err)
	p2, err := s.ChannelBinding("tls-server-end-point")
	require.NoError(t, err)
	sum := sha256.Sum256(c.UnverifiedChain()[0].Raw)
	assert.Equal(t, sum[:], p1)
	assert.Equal(t, p1, p2)
	_, err = c.ChannelBinding("x")
	assert.ErrorIs(t, err, tlsutil.ErrValue)

	stats := cc.SessionStats()
	assert.EqualValues(t, 1, stats.Connect)
	assert.EqualValues(t, 1, stats.ConnectGood)
	assert.EqualValues(t, 1, sc.SessionStats().AcceptGood)
}

func TestConnTLS12Binding(t *testing.T) {
	ca := newCA(t, "CA")
	cc, sc := clientContext(t, ca), serverContext(t, ca.leaf([]string{"localhost"}))
	require.NoError(t, cc.SetMaximumVersion(tlsutil.TLSv12))
	c, s := mustConnect(t, cc, sc, "localhost")
	u1, err := c.ChannelBinding("tls-unique")
	require.NoError(t, err)
	u2, err := s.ChannelBinding("tls-unique")
	require.NoError(t, err)
	assert.Len(t, u1, 12)
	assert.Equal(t, u1, u2)
	info, _ := c.Cipher()
	assert.Equal(t, tlsutil.CipherInfo{Name: "ECDHE-ECDSA-AES128-GCM-SHA256", Protocol: "TLSv1.2", Bits: 128}, info)
	require.NoError(t, cc.SetMinimumVersion(tlsutil.TLSv13))
	_, _, err, _ = connect(t, cc, sc, "localhost")
	assert.ErrorIs(t, err, tlsutil.ErrValue, "no version is left")
}

func TestConnUnwrap(t *testing.T) {
	ca := newCA(t, "CA")
	cc, sc := clientContext(t, ca), serverContext(t, ca.leaf([]string{"localhost"}))
	for _, v := range []tlsutil.TLSVersion{tlsutil.TLSv12, tlsutil.TLSv13} {
		require.NoError(t, cc.SetMaximumVersion(v))
		c, s := mustConnect(t, cc, sc, "localhost")
		exchange(t, c, s)
		// The server closes TLS and goes on in plain text at once.
		require.NoError(t, s.CloseWrite())
		_, err := s.NetConn().Write([]byte("plain text at once"))
		require.NoError(t, err)
		plain, err := c.Unwrap(context.Background())
		require.NoError(t, err)
		buf := make([]byte, 18)
		_, err = io.ReadFull(plain, buf)
		require.NoError(t, err)
		assert.Equal(t, "plain text at once", string(buf))
		back, err := s.Unwrap(context.Background())
		require.NoError(t, err)
		_, err = plain.Write([]byte("answer"))
		require.NoError(t, err)
		_, err = io.ReadFull(back, buf[:6])
		require.NoError(t, err)
		assert.Equal(t, "answer", string(buf[:6]))
	}
}

func TestConnUnwrapUnreadAndContext(t *testing.T) {
	ca := newCA(t, "CA")
	cc, sc := clientContext(t, ca), serverContext(t, ca.leaf([]string{"localhost"}))
	c, s := mustConnect(t, cc, sc, "localhost")
	_, err := s.Write([]byte("not read"))
	require.NoError(t, err)
	_, err = c.Unwrap(context.Background())
	require.ErrorIs(t, err, tlsutil.ErrUnreadData)
	assert.Equal(t, 8, c.Pending())
	buf := make([]byte, 100)
	n, err := c.Read(buf)
	require.NoError(t, err)
	assert.Equal(t, "not read", string(buf[:n]))
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(20*time.Millisecond, cancel)
	_, err = c.Unwrap(ctx)
	require.ErrorIs(t, err, context.Canceled)
	s.NetConn().Close()
	_, err = c.Unwrap(context.Background())
	require.Error(t, err)
}

func TestConnPending(t *testing.T) {
	ca := newCA(t, "CA")
	cc, sc := clientContext(t, ca), serverContext(t, ca.leaf([]string{"localhost"}))
	c, s := mustConnect(t, cc, sc, "localhost")
	assert.Zero(t, c.Pending())
	_, err := s.Write([]byte("0123456789"))
	require.NoError(t, err)
	buf := make([]byte, 4)
	_, err = c.Read(buf)
	require.NoError(t, err)
	assert.Equal(t, 6, c.Pending())
	assert.Equal(t, 6, c.Pending())
	rest := make([]byte, 6)
	_, err = io.ReadFull(c, rest)
	require.NoError(t, err)
	assert.Equal(t, "456789", string(rest))
	assert.Zero(t, c.Pending())
	exchange(t, c, s)
}

func TestConnBulk(t *testing.T) {
	ca := newCA(t, "CA")
	cc, sc := clientContext(t, ca), serverContext(t, ca.leaf([]string{"localhost"}))
	c, s := mustConnect(t, cc, sc, "localhost")
	data := noise(5 << 20)
	go func() {
		n, err := s.SendFile(bytes.NewReader(data), 100, 1<<20)
		if err == nil && n == 1<<20 {
			s.SendFile(bytes.NewReader(data), 100+1<<20, -1)
		}
		s.Close()
	}()
	got, err := io.ReadAll(c)
	require.NoError(t, err)
	assert.True(t, bytes.Equal(data[100:], got))
	_, err = c.SendFile(strings.NewReader("x"), -1, 0)
	assert.ErrorIs(t, err, tlsutil.ErrValue)
}

func TestConnContextEndsHandshake(t *testing.T) {
	ca := newCA(t, "CA")
	cc := clientContext(t, ca)
	a, _ := tcpPair(t)
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	_, err := cc.Client(ctx, a, "localhost")
	require.ErrorIs(t, err, context.DeadlineExceeded)
	var e *tlsutil.Error
	require.ErrorAs(t, err, &e)
	assert.True(t, e.Timeout())
}

func TestConnDeadline(t *testing.T) {
	ca := newCA(t, "CA")
	cc, sc := clientContext(t, ca), serverContext(t, ca.leaf([]string{"localhost"}))
	c, s := mustConnect(t, cc, sc, "localhost")
	require.NoError(t, c.SetReadDeadline(time.Now().Add(10*time.Millisecond)))
	_, err := c.Read(make([]byte, 1))
	var ne net.Error
	require.ErrorAs(t, err, &ne)
	assert.True(t, ne.Timeout())
	require.NoError(t, c.SetReadDeadline(time.Time{}))
	exchange(t, c, s)
	require.NoError(t, c.Close())
	_, err = c.Write([]byte("x"))
	assert.ErrorIs(t, err, net.ErrClosed)
}

func TestListenerAndDial(t *testing.T) {
	ca := newCA(t, "CA")
	cc, sc := clientContext(t, ca), serverContext(t, ca.leaf([]string{"127.0.0.1"}))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	tl, err := sc.NewListener(l)
	require.NoError(t, err)
	defer tl.Close()
	go func() {
		for {
			c, err := tl.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				io.Copy(c, c)
			}()
		}
	}()
	ctx := context.Background()
	c, err := cc.Dial(ctx, "tcp", l.Addr().String())
	require.NoError(t, err)
	defer c.Close()
	_, err = c.Write([]byte("echo"))
	require.NoError(t, err)
	buf := make([]byte, 4)
	_, err = io.ReadFull(c, buf)
	require.NoError(t, err)
	assert.Equal(t, "echo", string(buf))

	text, err := tlsutil.GetServerCertificate(ctx, l.Addr().String(), nil)
	require.NoError(t, err)
	der, err := tlsutil.PEMToDER(text)
	require.NoError(t, err)
	assert.Equal(t, c.UnverifiedChain()[0].Raw, der)
	_, err = tlsutil.GetServerCertificate(ctx, l.Addr().String(), c.VerifiedChain()[1:])
	require.NoError(t, err)
	_, err = tlsutil.GetServerCertificate(ctx, l.Addr().String(), c.UnverifiedChain()[:0:0])
	var ve *tlsutil.CertVerificationError
	require.NotNil(t, c.UnverifiedChain()[:0:0])
	require.ErrorAs(t, err, &ve)
	_, err = tlsutil.GetServerCertificate(ctx, "no port", nil)
	assert.ErrorIs(t, err, tlsutil.ErrValue)
	_, err = clientContext(t).NewListener(l)
	assert.ErrorIs(t, err, tlsutil.ErrValue)
}

func TestSessions(t *testing.T) {
	ca := newCA(t, "CA")
	for _, v := range []tlsutil.TLSVersion{tlsutil.TLSv12, tlsutil.TLSv13} {
		t.Run(v.String(), func(t *testing.T) {
			cc, sc := clientContext(t, ca), serverContext(t, ca.leaf([]string{"localhost"}))
			require.NoError(t, cc.SetMaximumVersion(v))
			c, s := mustConnect(t, cc, sc, "localhost")
			exchange(t, c, s)
			assert.False(t, c.SessionReused())
			ses := c.Session()
			require.NotNil(t, ses)
			assert.Nil(t, s.Session())
			assert.True(t, ses.HasTicket())
			assert.Len(t, ses.ID(), 32)
			assert.WithinDuration(t, time.Now(), ses.Time(), time.Minute)
			_, err := ses.TicketLifetimeHint()
			assert.ErrorIs(t, err, errors.ErrUnsupported)

			stored, err := ses.MarshalBinary()
			require.NoError(t, err)
			var again tlsutil.Session
			require.NoError(t, again.UnmarshalBinary(stored))
			c, s = mustConnect(t, cc, sc, "localhost", func(co, _ *tlsutil.WrapOptions) { co.Session = &again })
			exchange(t, c, s)
			assert.True(t, c.SessionReused())
			assert.True(t, s.SessionReused())
			assert.EqualValues(t, 1, cc.SessionStats().Hits)
			c, _ = mustConnect(t, cc, sc, "localhost")
			assert.False(t, c.SessionReused(), "only what is given is resumed")
			for n := range stored {
				require.ErrorIs(t, new(tlsutil.Session).UnmarshalBinary(stored[:n]), tlsutil.ErrSession)
			}

			cache := &tlsutil.SessionCache{}
			cc.SetSessionCache(cache)
			c, s = mustConnect(t, cc, sc, "localhost")
			exchange(t, c, s)
			assert.Equal(t, 1, cache.Len())
			copied := &tlsutil.SessionCache{}
			copied.Add(cache.Sessions()...)
			cc.SetSessionCache(copied)
			c, _ = mustConnect(t, cc, sc, "localhost")
			assert.True(t, c.SessionReused())

			require.NoError(t, sc.SetNumTickets(0))
			c, _ = mustConnect(t, cc, sc, "localhost")
			assert.False(t, c.SessionReused())
		})
	}
}

func TestTicketKeysAreShared(t *testing.T) {
	ca := newCA(t, "CA")
	leaf := ca.leaf([]string{"localhost"})
	cc, s1, s2 := clientContext(t, ca), serverContext(t, leaf), serverContext(t, leaf)
	cc.SetSessionCache(&tlsutil.SessionCache{Capacity: 1})
	c, s := mustConnect(t, cc, s1, "localhost")
	exchange(t, c, s)
	c, s = mustConnect(t, cc, s2, "localhost")
	assert.False(t, c.SessionReused())
	exchange(t, c, s)
	s1.SetTicketKeys([32]byte{1})
	s2.SetTicketKeys([32]byte{2}, [32]byte{1})
	c, s = mustConnect(t, cc, s1, "localhost")
	exchange(t, c, s)
	c, _ = mustConnect(t, cc, s2, "localhost")
	assert.True(t, c.SessionReused())
}

func TestMutualTLS(t *testing.T) {
	ca, clients := newCA(t, "CA"), newCA(t, "Client CA")
	for _, v := range []tlsutil.TLSVersion{tlsutil.TLSv12, tlsutil.TLSv13} {
		cc, sc := clientContext(t, ca), serverContext(t, ca.leaf([]string{"localhost"}))
		require.NoError(t, cc.SetMaximumVersion(v))
		require.NoError(t, sc.AddCA(clients.cert))
		require.NoError(t, sc.SetVerifyMode(tlsutil.CertRequired))
		_, s, _, err := connect(t, cc, sc, "localhost")
		var e *tlsutil.Error
		require.ErrorAs(t, err, &e)
		assert.Nil(t, s)
		assert.Equal(t, "PEER_DID_NOT_RETURN_A_CERTIFICATE", e.Reason)

		require.NoError(t, sc.SetVerifyMode(tlsutil.CertOptional))
		c, s := mustConnect(t, cc, sc, "localhost")
		exchange(t, c, s)
		require.NoError(t, cc.AddCertificate(clients.leaf(nil)))
		c, s = mustConnect(t, cc, sc, "localhost")
		exchange(t, c, s)
		cert, err := s.PeerCertificate()
		require.NoError(t, err)
		cn, _ := cert.Issuer.Lookup("commonName")
		assert.Equal(t, "Client CA", cn)
		assert.Len(t, s.VerifiedChain(), 2)
		alg, err := s.ClientSigalg()
		require.NoError(t, err)
		assert.Equal(t, "ecdsa_secp256r1_sha256", alg)

		cc2 := clientContext(t, ca)
		require.NoError(t, cc2.SetMaximumVersion(v))
		other := newCA(t, "Client CA") // the same name, another key
		require.NoError(t, cc2.AddCertificate(other.leaf(nil)))
		_, _, _, err = connect(t, cc2, sc, "localhost")
		var ve *tlsutil.CertVerificationError
		require.ErrorAs(t, err, &ve)
		assert.Equal(t, tlsutil.VerifyNoLocalIssuer, ve.Code)
	}
}

func TestSNICallback(t *testing.T) {
	ca := newCA(t, "CA")
	cc := clientContext(t, ca)
	one, two := serverContext(t, ca.leaf([]string{"one.test"})), serverContext(t, ca.leaf([]string{"two.test"}))
	one.SetSNICallback(func(hello *tls.ClientHelloInfo, name string) (*tlsutil.Context, error) {
		switch name {
		case "two.test":
			return two, nil
		case "none.test":
			return nil, errors.New("nobody")
		}
		return nil, nil
	})
	c, _ := mustConnect(t, cc, one, "one.test")
	assert.Equal(t, "one.test", c.UnverifiedChain()[0].DNSNames[0])
	c, s := mustConnect(t, cc, one, "two.test")
	assert.Equal(t, "two.test", c.UnverifiedChain()[0].DNSNames[0])
	assert.NotEmpty(t, s.SharedCiphers())
	_, _, err, _ := connect(t, cc, one, "none.test")
	var e *tlsutil.Error
	require.ErrorAs(t, err, &e)
	assert.Equal(t, tlsutil.AlertInternalError, e.Alert)
	require.NoError(t, viaGo(t, cc, one, "two.test"))
	assert.NotNil(t, one.SNICallback())
	one.SetSNICallback(nil)
	refused(t, cc, one, "two.test", tlsutil.VerifyHostnameMismatch)
}

func TestObjectOfContext(t *testing.T) {
	ca := newCA(t, "CA")
	cc, sc := clientContext(t, ca), serverContext(t, ca.leaf([]string{"localhost"}))
	mk := func(ctx *tlsutil.Context, server bool, name string) *side {
		in, out := new(tlsutil.MemoryBIO), new(tlsutil.MemoryBIO)
		o, err := ctx.WrapBIO(in, out, server, name)
		require.NoError(t, err)
		return &side{o, in, out}
	}
	c, s := mk(cc, false, "localhost"), mk(sc, true, "")
	_, ok := c.Cipher()
	assert.False(t, ok)
	assert.Zero(t, c.Version())
	shake(t, c, s, 0)
	assert.NotEmpty(t, s.SharedCiphers())
	assert.Equal(t, "localhost", c.ServerHostname())
	assert.EqualValues(t, 1, sc.SessionStats().AcceptGood)
	transfer(t, s, c, []byte("x"), 0)
	ses := c.Session()
	require.NotNil(t, ses)
	in, out := new(tlsutil.MemoryBIO), new(tlsutil.MemoryBIO)
	o, err := cc.WrapBIOWith(in, out, tlsutil.WrapOptions{ServerName: "localhost", Session: ses})
	require.NoError(t, err)
	c, s = &side{o, in, out}, mk(sc, true, "")
	shake(t, c, s, 0)
	assert.True(t, c.SessionReused())
}
