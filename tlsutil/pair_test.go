package tlsutil_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"testing"
	"time"

	"github.com/pynet-go/pynet/tlsutil"
	"github.com/stretchr/testify/require"
)

// clientContext trusts the authorities given.
func clientContext(t testing.TB, cas ...*testCA) *tlsutil.Context {
	c, err := tlsutil.NewContext(tlsutil.ProtocolTLSClient)
	require.NoError(t, err)
	for _, ca := range cas {
		require.NoError(t, c.AddCA(ca.cert))
	}
	return c
}

// serverContext has the certificate, and what chain is given with it.
func serverContext(t testing.TB, cert tls.Certificate, chain ...*testCA) *tlsutil.Context {
	c, err := tlsutil.NewContext(tlsutil.ProtocolTLSServer)
	require.NoError(t, err)
	for _, ca := range chain {
		cert.Certificate = append(cert.Certificate, ca.cert.Raw)
	}
	require.NoError(t, c.AddCertificate(cert))
	return c
}

// tcpPair returns two ends of a connection over loopback.
func tcpPair(t testing.TB) (client, server net.Conn) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	done := make(chan net.Conn, 1)
	go func() {
		c, _ := l.Accept()
		done <- c
	}()
	client, err = net.Dial("tcp", l.Addr().String())
	require.NoError(t, err)
	server = <-done
	require.NotNil(t, server)
	t.Cleanup(func() { client.Close(); server.Close() })
	deadline := time.Now().Add(20 * time.Second)
	client.SetDeadline(deadline)
	server.SetDeadline(deadline)
	return client, server
}

// connect shakes hands over loopback; both errors are returned.
func connect(t testing.TB, cc, sc *tlsutil.Context, name string, change ...func(client, server *tlsutil.WrapOptions)) (c, s *tlsutil.Conn, cerr, serr error) {
	a, b := tcpPair(t)
	co, so := tlsutil.WrapOptions{ServerName: name}, tlsutil.WrapOptions{Server: true}
	for _, f := range change {
		f(&co, &so)
	}
	done := make(chan struct{})
	go func() {
		s, serr = sc.Wrap(context.Background(), b, so)
		close(done)
	}()
	c, cerr = cc.Wrap(context.Background(), a, co)
	if cerr != nil {
		a.Close()
	}
	<-done
	return c, s, cerr, serr
}

// mustConnect is connect without errors.
func mustConnect(t testing.TB, cc, sc *tlsutil.Context, name string, change ...func(client, server *tlsutil.WrapOptions)) (c, s *tlsutil.Conn) {
	c, s, cerr, serr := connect(t, cc, sc, name, change...)
	require.NoError(t, cerr)
	require.NoError(t, serr)
	return c, s
}

// refused expects the client to refuse the server's certificate, with the code. The data
// that a TLS 1.3 server may have sent by then are of no interest.
func refused(t testing.TB, cc, sc *tlsutil.Context, name string, code tlsutil.VerifyCode) *tlsutil.CertVerificationError {
	t.Helper()
	_, _, err, _ := connect(t, cc, sc, name)
	var ve *tlsutil.CertVerificationError
	require.ErrorAs(t, err, &ve)
	require.Equal(t, code, ve.Code, "%v", err)
	var e *tlsutil.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, "CERTIFICATE_VERIFY_FAILED", e.Reason)
	return ve
}

// viaGo connects by crypto/tls alone, with the configurations of the contexts.
func viaGo(t testing.TB, cc, sc *tlsutil.Context, name string) error {
	ccfg, err := cc.ClientConfig(name)
	require.NoError(t, err)
	scfg, err := sc.ServerConfig()
	require.NoError(t, err)
	a, b := tcpPair(t)
	srv := tls.Server(b, scfg)
	done := make(chan error, 1)
	go func() { done <- srv.Handshake() }()
	cli := tls.Client(a, ccfg)
	err = cli.Handshake()
	if err != nil {
		a.Close()
		<-done
		return err
	}
	if serr := <-done; serr != nil {
		return serr
	}
	return nil
}

// exchange sends text both ways.
func exchange(t testing.TB, a, b net.Conn) {
	t.Helper()
	for _, p := range [][2]net.Conn{{a, b}, {b, a}} {
		_, err := p[0].Write([]byte("ping"))
		require.NoError(t, err)
		buf := make([]byte, 4)
		n, err := p[1].Read(buf)
		require.NoError(t, err)
		require.Equal(t, "ping", string(buf[:n]))
	}
}

func usage(u x509.KeyUsage) func(*x509.Certificate) {
	return func(c *x509.Certificate) { c.KeyUsage = u }
}
