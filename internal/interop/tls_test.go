//go:build interop && unix

package interop_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/tlsutil"
)

var authority struct {
	sync.Once
	dir string
	err error
}

// certs returns the folder of an authority that testdata/mkca.sh has made.
func certs(t *testing.T) string {
	authority.Do(func() {
		if authority.dir, authority.err = os.MkdirTemp("", "ca"); authority.err == nil {
			out, err := bounded(t, "sh", "testdata/mkca.sh", authority.dir).CombinedOutput()
			if authority.err = err; err != nil {
				t.Logf("%s", out)
			}
		}
	})
	require.NoError(t, authority.err)
	return authority.dir
}

func TestMain(m *testing.M) {
	code := m.Run()
	if authority.dir != "" {
		os.RemoveAll(authority.dir)
	}
	os.Exit(code)
}

func tlsClient(t *testing.T) *tlsutil.Context {
	c, err := tlsutil.NewContext(tlsutil.ProtocolTLSClient)
	require.NoError(t, err)
	require.NoError(t, c.LoadVerifyLocations(filepath.Join(certs(t), "ca.pem"), "", nil))
	return c
}

func tlsServer(t *testing.T, name string) *tlsutil.Context {
	c, err := tlsutil.NewContext(tlsutil.ProtocolTLSServer)
	require.NoError(t, err)
	dir := certs(t)
	require.NoError(t, c.LoadCertChain(filepath.Join(dir, name+".pem"), filepath.Join(dir, strings.TrimSuffix(name, "-chain")+".key"), nil))
	return c
}

// sServer starts openssl s_server and returns its address and its input. It serves one
// connection after the other: close each before the next.
func sServer(t *testing.T, args ...string) (addr string, stdin io.Writer) {
	t.Helper()
	cmd := bounded(t, "openssl", append([]string{"s_server", "-accept", "127.0.0.1:0"}, args...)...)
	in, err := cmd.StdinPipe()
	require.NoError(t, err)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	require.NoError(t, cmd.Start())
	lines := make(chan string, 100)
	go func() {
		defer close(lines)
		r := bufio.NewScanner(out)
		for r.Scan() {
			select {
			case lines <- r.Text():
			default:
			}
		}
	}()
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
		if t.Failed() {
			t.Logf("s_server: %s", errs.String())
		}
	})
	for {
		if a, ok := strings.CutPrefix(next(t, lines), "ACCEPT "); ok {
			return a, in
		}
	}
}

func dialTLS(t *testing.T, c *tlsutil.Context, addr, name string, o tlsutil.WrapOptions) (*tlsutil.Conn, error) {
	raw, err := net.Dial("tcp", addr)
	require.NoError(t, err)
	t.Cleanup(func() { raw.Close() })
	raw.SetDeadline(time.Now().Add(20 * time.Second))
	o.ServerName = name
	return c.Wrap(t.Context(), raw, o)
}

// echo sends a line to a server with -rev, which sends it back reversed.
func echo(t *testing.T, c io.ReadWriter) {
	t.Helper()
	_, err := c.Write([]byte("hello\n"))
	require.NoError(t, err)
	line, err := bufio.NewReader(c).ReadString('\n')
	require.NoError(t, err)
	require.Equal(t, "olleh\n", line)
}

func TestTLSOpenSSLServerVersions(t *testing.T) {
	dir := certs(t)
	for version, want := range map[string]tlsutil.TLSVersion{"-tls1_1": tlsutil.TLSv11, "-tls1_2": tlsutil.TLSv12, "-tls1_3": tlsutil.TLSv13} {
		addr, _ := sServer(t, "-cert", dir+"/leaf.pem", "-key", dir+"/leaf.key", "-cert_chain", dir+"/int.pem", version, "-cipher", "ALL:@SECLEVEL=0", "-rev")
		c := tlsClient(t)
		if want == tlsutil.TLSv11 {
			_, err := dialTLS(t, c, addr, "localhost", tlsutil.WrapOptions{})
			var e *tlsutil.Error
			require.ErrorAs(t, err, &e, "not by default")
			require.NoError(t, c.SetMinimumVersion(tlsutil.TLSv1))
		}
		conn, err := dialTLS(t, c, addr, "localhost", tlsutil.WrapOptions{})
		require.NoError(t, err, version)
		echo(t, conn)
		assert.Equal(t, want, conn.Version())
		assert.Len(t, conn.VerifiedChain(), 3)
		require.NoError(t, conn.Close())
	}
}

// The server asks for a certificate and checks it against a revocation list; the client
// has an encrypted key, wants a staple, and offers application protocols and a name.
func TestTLSOpenSSLServerAll(t *testing.T) {
	dir := certs(t)
	addr, _ := sServer(t, "-cert", dir+"/server.pem", "-key", dir+"/server.key", "-servername", "other.test", "-cert2", dir+"/other.pem", "-key2", dir+"/other.key",
		"-CAfile", dir+"/ca.pem", "-CRL", dir+"/crl.pem", "-crl_check", "-Verify", "1", "-verify_return_error", "-alpn", "h2,http/1.1", "-status_file", dir+"/server.ocsp", "-rev")
	c := tlsClient(t)
	require.NoError(t, c.LoadCertChain(dir+"/client.pem", dir+"/client-enc.key", tlsutil.Password("secret")))
	require.NoError(t, c.SetALPNProtocols([]string{"http/1.1"}))
	require.NoError(t, c.SetStaplePolicy(tlsutil.StapleRequire))
	require.NoError(t, c.LoadVerifyLocations(dir+"/crl.pem", "", nil))
	require.NoError(t, c.SetVerifyFlags(tlsutil.VerifyCRLCheckChain|tlsutil.VerifyX509Strict))
	conn, err := dialTLS(t, c, addr, "localhost", tlsutil.WrapOptions{})
	require.NoError(t, err)
	echo(t, conn)
	assert.Equal(t, "http/1.1", conn.ALPNProtocol())
	session := conn.Session()
	require.NotNil(t, session)
	require.NoError(t, conn.Close())

	conn, err = dialTLS(t, c, addr, "localhost", tlsutil.WrapOptions{Session: session})
	require.NoError(t, err)
	echo(t, conn)
	assert.True(t, conn.SessionReused())
	require.NoError(t, conn.Close())

	require.NoError(t, c.SetStaplePolicy(tlsutil.StapleIgnore))
	conn, err = dialTLS(t, c, addr, "other.test", tlsutil.WrapOptions{})
	require.NoError(t, err)
	assert.Equal(t, []string{"other.test"}, conn.UnverifiedChain()[0].DNSNames)
	require.NoError(t, conn.Close())

	bad := tlsClient(t)
	require.NoError(t, bad.LoadCertChain(dir+"/revoked.pem", dir+"/revoked.key", nil))
	conn, err = dialTLS(t, bad, addr, "localhost", tlsutil.WrapOptions{})
	if err == nil { // TLS 1.3: the alert comes with the first data
		_, err = conn.Read(make([]byte, 1))
	}
	var e *tlsutil.Error
	require.ErrorAs(t, err, &e)
	assert.Equal(t, tlsutil.AlertCertificateRevoked, e.Alert)
	assert.True(t, e.Remote)
}

// pump runs an Object over a connection until do returns something else than that it wants
// to read or write.
func pump(t *testing.T, conn net.Conn, in, out *tlsutil.MemoryBIO, do func() error) error {
	t.Helper()
	for {
		err := do()
		_, werr := out.WriteTo(conn)
		require.NoError(t, werr)
		switch {
		case errors.Is(err, tlsutil.ErrWantRead):
			if _, rerr := in.FillFrom(conn); rerr == io.EOF {
				in.WriteEOF()
			} else {
				require.NoError(t, rerr)
			}
		case !errors.Is(err, tlsutil.ErrWantWrite):
			return err
		}
	}
}

// The server asks for another handshake while the client reads.
func TestTLSRenegotiation(t *testing.T) {
	dir := certs(t)
	addr, stdin := sServer(t, "-cert", dir+"/server.pem", "-key", dir+"/server.key", "-tls1_2")
	c := tlsClient(t)
	require.NoError(t, c.SetOptions(c.Options()&^tlsutil.OpNoRenegotiation))
	conn, err := net.Dial("tcp", addr)
	require.NoError(t, err)
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(20 * time.Second))
	in, out := new(tlsutil.MemoryBIO), new(tlsutil.MemoryBIO)
	o, err := c.WrapBIO(in, out, false, "localhost")
	require.NoError(t, err)
	require.NoError(t, pump(t, conn, in, out, o.DoHandshake))
	before := bytes.Clone(o.ConnectionState().TLSUnique) // crypto/tls gives its own memory
	buf := make([]byte, 100)
	say := func(line string) { // s_server takes its commands as whole reads
		_, err := io.WriteString(stdin, line)
		require.NoError(t, err)
	}
	hear := func(want string, after func()) {
		var n int
		require.NoError(t, pump(t, conn, in, out, func() (err error) { n, err = o.Read(buf); after(); return err }))
		require.Equal(t, want, string(buf[:n]))
	}
	say("one\n")
	hear("one\n", func() {})
	say("r\n")
	again := sync.OnceFunc(func() { say("two\n") })
	hear("two\n", func() {
		if !bytes.Equal(before, o.ConnectionState().TLSUnique) {
			again()
		}
	})
	assert.NotEqual(t, before, o.ConnectionState().TLSUnique, "there was another handshake")
	require.NoError(t, pump(t, conn, in, out, func() error { _, err := o.Write([]byte("bye\n")); return err }))
	require.NoError(t, o.Close())
}

// serveTLS serves connections with a context and echoes lines.
func serveTLS(t *testing.T, c *tlsutil.Context) (addr string, conns <-chan *tlsutil.Conn) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { l.Close() })
	ch := make(chan *tlsutil.Conn, 100)
	go func() {
		for {
			raw, err := l.Accept()
			if err != nil {
				return
			}
			raw.SetDeadline(time.Now().Add(20 * time.Second))
			go func() { // a client that says nothing holds nobody up
				defer raw.Close()
				conn, err := c.Server(context.Background(), raw)
				if err != nil {
					return
				}
				ch <- conn
				io.Copy(conn, conn)
				conn.Close()
			}()
		}
	}()
	return l.Addr().String(), ch
}

// sClient runs openssl s_client, which sends a line and ends when that comes back or when it
// cannot go on, and returns all that it prints.
func sClient(t *testing.T, addr string, args ...string) string {
	t.Helper()
	cmd := bounded(t, "openssl", append([]string{"s_client", "-connect", addr}, args...)...)
	in, err := cmd.StdinPipe()
	require.NoError(t, err)
	out := &untilLine{line: []byte("hello\n"), found: sync.OnceFunc(func() { in.Close() })}
	cmd.Stdout, cmd.Stderr = out, out
	require.NoError(t, cmd.Start())
	io.WriteString(in, "hello\n")
	cmd.Wait() // with a failure, if the handshake has failed
	return out.got.String()
}

// untilLine keeps what is written to it, and says when the line has come.
type untilLine struct {
	got   bytes.Buffer
	line  []byte
	found func()
}

func (w *untilLine) Write(p []byte) (int, error) {
	n, err := w.got.Write(p)
	if bytes.Contains(w.got.Bytes(), w.line) {
		w.found()
	}
	return n, err
}

func TestTLSOpenSSLClient(t *testing.T) {
	dir := certs(t)
	sc := tlsServer(t, "server")
	require.NoError(t, sc.LoadCertChain(dir+"/server-ec.pem", dir+"/server-ec.key", nil))
	other := tlsServer(t, "other")
	sc.SetSNICallback(func(_ *tls.ClientHelloInfo, name string) (*tlsutil.Context, error) {
		if name == "other.test" {
			return other, nil
		}
		return nil, nil
	})
	require.NoError(t, sc.SetALPNProtocols([]string{"h2", "http/1.1"}))
	require.NoError(t, sc.LoadVerifyLocations(dir+"/ca.pem", "", nil))
	require.NoError(t, sc.LoadVerifyLocations(dir+"/crl.pem", "", nil))
	require.NoError(t, sc.SetVerifyMode(tlsutil.CertOptional))
	require.NoError(t, sc.SetVerifyFlags(tlsutil.VerifyCRLCheckLeaf))
	staple, err := os.ReadFile(dir + "/server.ocsp")
	require.NoError(t, err)
	require.NoError(t, sc.SetOCSPStaple(staple))
	addr, conns := serveTLS(t, sc)
	trust := []string{"-CAfile", dir + "/ca.pem", "-verify_return_error", "-servername", "localhost"}
	client := func(args ...string) string { return sClient(t, addr, append(args, trust...)...) }

	out := client("-tls1_3", "-alpn", "http/1.1", "-keymatexport", "EXPERIMENTAL test", "-keymatexportlen", "16")
	assert.Contains(t, out, "ALPN protocol: http/1.1")
	assert.Contains(t, out, "Verify return code: 0 (ok)")
	assert.Contains(t, out, "hello")
	conn := next(t, conns)
	state := conn.ConnectionState()
	ekm, err := state.ExportKeyingMaterial("EXPERIMENTAL test", nil, 16)
	require.NoError(t, err)
	assert.Contains(t, out, strings.ToUpper(hex.EncodeToString(ekm)))

	assert.Contains(t, client("-tls1_2", "-cipher", "ECDHE-RSA-CHACHA20-POLY1305", "-status"), "OCSP Response Status: successful")
	conn = next(t, conns)
	info, _ := conn.Cipher()
	assert.Equal(t, tlsutil.CipherInfo{Name: "ECDHE-RSA-CHACHA20-POLY1305", Protocol: "TLSv1.2", Bits: 256}, info)
	assert.Equal(t, []tlsutil.CipherInfo{info}, conn.SharedCiphers())
	assert.Contains(t, client("-tls1_2", "-cipher", "aECDSA"), "ECDHE-ECDSA-")
	next(t, conns)
	assert.Contains(t, client("-tls1_1", "-cipher", "ALL:@SECLEVEL=0"), "alert protocol version")

	assert.Contains(t, client("-cert", dir+"/client.pem", "-key", dir+"/client.key"), "hello")
	cert, err := next(t, conns).PeerCertificate()
	require.NoError(t, err)
	cn, _ := cert.Subject.Lookup("commonName")
	assert.Equal(t, "test client", cn)
	assert.Contains(t, client("-cert", dir+"/revoked.pem", "-key", dir+"/revoked.key"), "alert bad certificate")

	for _, v := range []string{"-tls1_2", "-tls1_3"} {
		file := filepath.Join(t.TempDir(), "session")
		client(v, "-sess_out", file)
		next(t, conns)
		assert.Contains(t, client(v, "-sess_in", file), "Reused, TLSv1")
		assert.True(t, next(t, conns).SessionReused())
	}
	out = sClient(t, addr, "-CAfile", dir+"/ca.pem", "-servername", "other.test", "-groups", "P-384")
	assert.Contains(t, out, "CN = other.test")
	assert.Equal(t, "secp384r1", next(t, conns).Group())
}

// situations are certificates, and the code for which both ends refuse them for a name.
var situations = []struct {
	cert, name string
	code       tlsutil.VerifyCode
}{
	{"server", "localhost", 0},
	{"server-ec", "127.0.0.1", 0},
	{"server", "::1", 0},
	{"server", "a.wild.test", 0},
	{"server", "a.b.wild.test", tlsutil.VerifyHostnameMismatch},
	{"server", "other.test", tlsutil.VerifyHostnameMismatch},
	{"server", "127.0.0.2", tlsutil.VerifyIPAddressMismatch},
	{"expired", "localhost", tlsutil.VerifyExpired},
	{"self", "localhost", tlsutil.VerifySelfSigned},
	{"leaf", "localhost", tlsutil.VerifyNoLocalIssuer},
	{"leaf-chain", "localhost", 0},
	{"nul", "localhost", tlsutil.VerifyHostnameMismatch},
}

// nulCert makes a certificate for "localhost\0.evil.test".
func nulCert(t *testing.T) {
	dir := certs(t)
	caTLS, err := tls.LoadX509KeyPair(dir+"/ca.pem", dir+"/ca.key")
	require.NoError(t, err)
	leaf, err := tls.LoadX509KeyPair(dir+"/server.pem", dir+"/server.key")
	require.NoError(t, err)
	tpl := *leaf.Leaf
	tpl.DNSNames, tpl.IPAddresses, tpl.ExtraExtensions = []string{"localhost\x00.evil.test"}, nil, nil
	der, err := x509.CreateCertificate(nil, &tpl, caTLS.Leaf, leaf.Leaf.PublicKey, caTLS.PrivateKey)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(dir+"/nul.pem", pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600))
	key, err := os.ReadFile(dir + "/server.key")
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(dir+"/nul.key", key, 0o600))
}

// TestTLSPythonClient: CPython judges our servers' certificates as we do.
func TestTLSPythonClient(t *testing.T) {
	nulCert(t)
	dir := certs(t)
	p := python(t)
	for _, s := range situations {
		addr, conns := serveTLS(t, tlsServer(t, s.cert))
		got, err := p.Map(`
import json, socket, ssl
def f(x):
    host, port = x["addr"].rsplit(":", 1)
    c = ssl.create_default_context(cafile=x["ca"])
    c.set_alpn_protocols(["h2"])
    try:
        with socket.create_connection((host, int(port)), 10) as raw, c.wrap_socket(raw, server_hostname=x["name"]) as s:
            s.sendall(b"hello\n")
            assert s.recv(100) == b"hello\n"
            return {"code": 0, "version": s.version(), "cert": s.getpeercert(), "cipher": s.cipher()}
    except ssl.SSLCertVerificationError as e:
        return {"code": e.verify_code}
`, []any{map[string]string{"addr": addr, "ca": dir + "/ca.pem", "name": s.name}})
		require.NoError(t, err)
		var answer struct {
			Code    tlsutil.VerifyCode
			Version string
			Cert    json.RawMessage
			Cipher  []any
		}
		require.Nil(t, got[0].Err, "%s %s", s.cert, got[0].Msg)
		require.NoError(t, json.Unmarshal(got[0].OK, &answer))
		assert.Equal(t, s.code, answer.Code, "%s for %s", s.cert, s.name)
		if s.code != 0 {
			continue
		}
		conn := next(t, conns)
		info, _ := conn.Cipher()
		assert.Equal(t, []any{info.Name, info.Protocol, float64(info.Bits)}, answer.Cipher)
		// Our client sees the same certificate in the same form.
		ours, err := dialTLS(t, tlsClient(t), addr, s.name, tlsutil.WrapOptions{})
		require.NoError(t, err)
		cert, err := ours.PeerCertificate()
		require.NoError(t, err)
		text, err := json.Marshal(cert)
		require.NoError(t, err)
		assert.JSONEq(t, string(answer.Cert), string(text), s.cert)
		ours.Close()
	}
}

// TestTLSPythonServer: our client judges CPython's servers' certificates as CPython does.
func TestTLSPythonServer(t *testing.T) {
	nulCert(t)
	dir := certs(t)
	for _, s := range situations {
		port := program(t, `
import socket, ssl, sys
c = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
c.load_cert_chain(sys.argv[1], sys.argv[2])
l = socket.create_server(("127.0.0.1", 0))
l.settimeout(20)
print("READY", l.getsockname()[1])
raw, _ = l.accept()
raw.settimeout(20)
try:
    with c.wrap_socket(raw, server_side=True) as s:
        while True:
            d = s.recv(100)
            if not d: break
            s.sendall(d)
        s.unwrap()
except (ssl.SSLError, OSError):
    pass
`, filepath.Join(dir, s.cert+".pem"), filepath.Join(dir, strings.TrimSuffix(s.cert, "-chain")+".key"))
		conn, err := dialTLS(t, tlsClient(t), "127.0.0.1:"+port, s.name, tlsutil.WrapOptions{})
		if s.code != 0 {
			var ve *tlsutil.CertVerificationError
			require.ErrorAs(t, err, &ve, s.cert)
			assert.Equal(t, s.code, ve.Code, "%s for %s", s.cert, s.name)
			continue
		}
		require.NoError(t, err, s.cert)
		_, err = conn.Write([]byte("hello"))
		require.NoError(t, err)
		buf := make([]byte, 5)
		_, err = io.ReadFull(conn, buf)
		require.NoError(t, err)
		assert.Equal(t, "hello", string(buf))
		_, err = conn.Unwrap(t.Context())
		require.NoError(t, err, "both ends close properly")
		conn.Close()
	}
}

// TestTLSPythonRevoked: a client whose certificate is on the list.
func TestTLSPythonRevoked(t *testing.T) {
	dir := certs(t)
	sc := tlsServer(t, "server")
	require.NoError(t, sc.LoadVerifyLocations(dir+"/ca.pem", "", nil))
	require.NoError(t, sc.LoadVerifyLocations(dir+"/crl.pem", "", nil))
	require.NoError(t, sc.SetVerifyMode(tlsutil.CertRequired))
	require.NoError(t, sc.SetVerifyFlags(tlsutil.VerifyCRLCheckLeaf))
	addr, _ := serveTLS(t, sc)
	got, err := python(t).Map(`
import socket, ssl
def f(x):
    host, port = x["addr"].rsplit(":", 1)
    c = ssl.create_default_context(cafile=x["dir"] + "/ca.pem")
    c.load_cert_chain(x["dir"] + "/" + x["who"] + ".pem", x["dir"] + "/" + x["who"] + ".key")
    with socket.create_connection((host, int(port)), 10) as raw, c.wrap_socket(raw, server_hostname="localhost") as s:
        s.sendall(b"hello")
        return s.recv(5).decode()
`, []any{map[string]string{"addr": addr, "dir": dir, "who": "client"}, map[string]string{"addr": addr, "dir": dir, "who": "revoked"}})
	require.NoError(t, err)
	assert.JSONEq(t, `"hello"`, string(got[0].OK))
	assert.Contains(t, got[1].Err, "SSLError")
}

// TestTLSObjects: our Object and CPython's SSLObject shake hands without any socket.
func TestTLSObjects(t *testing.T) {
	dir := certs(t)
	p := python(t)
	_, err := p.Map(`
import ssl, builtins
def f(d):
    c = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER); c.load_cert_chain(d + "/server.pem", d + "/server.key")
    i, o = ssl.MemoryBIO(), ssl.MemoryBIO()
    builtins.state = (i, o, c.wrap_bio(i, o, server_side=True))
`, []any{dir})
	require.NoError(t, err)
	step := func(wire []byte) (back []byte) { // the server's next step, byte by byte
		got, err := p.Map(`
import ssl, builtins
def f(data):
    i, o, s = builtins.state
    for b in bytes.fromhex(data):
        i.write(bytes([b]))
        try:
            s.do_handshake()
            d = s.read()
            if d: s.write(d.upper())
        except ssl.SSLWantReadError: pass
    return o.read().hex()
`, []any{hex.EncodeToString(wire)})
		require.NoError(t, err)
		require.Nil(t, got[0].Err, got[0].Msg)
		var text string
		require.NoError(t, json.Unmarshal(got[0].OK, &text))
		back, err = hex.DecodeString(text)
		require.NoError(t, err)
		return back
	}
	in, out := new(tlsutil.MemoryBIO), new(tlsutil.MemoryBIO)
	o, err := tlsClient(t).WrapBIO(in, out, false, "localhost")
	require.NoError(t, err)
	buf := make([]byte, 100)
	wrote := false
	for range 10 {
		if err := o.DoHandshake(); err == nil && !wrote {
			wrote = true
			_, err = o.Write([]byte("hello"))
			require.NoError(t, err)
		}
		wire := append([]byte(nil), out.Peek()...)
		out.Discard(len(wire))
		for _, b := range step(wire) {
			in.Write([]byte{b})
			n, err := o.Read(buf)
			if err == nil {
				assert.Equal(t, "HELLO", string(buf[:n]))
				return
			}
			require.ErrorIs(t, err, tlsutil.ErrWantRead)
		}
	}
	t.Fatal("no answer came")
}
