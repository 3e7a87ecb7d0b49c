// Command https runs an HTTPS server of net/http and clients of it, with an authority of
// their own that is made at the start: one client that the server knows by its certificate,
// one without, and one that trusts somebody else.
//
//	go run ./examples/tls/https
package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/pynet-go/pynet/tlsutil"
)

func main() {
	if err := run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "https:", err)
		os.Exit(1)
	}
}

func run(w io.Writer) error {
	ours, err := newAuthority("Our CA")
	if err != nil {
		return err
	}
	theirs, err := newAuthority("Their CA")
	if err != nil {
		return err
	}
	url, stop, err := serve(ours)
	if err != nil {
		return err
	}
	defer stop()
	for _, c := range []struct {
		who   string
		trust *authority
		cert  string
	}{{"alice", ours, "alice"}, {"somebody", ours, ""}, {"a stranger", theirs, ""}} {
		body, err := get(url, c.trust, ours, c.cert)
		if err != nil {
			fmt.Fprintf(w, "%s: %v\n", c.who, errors.Unwrap(err))
			continue
		}
		fmt.Fprintf(w, "%s: %s", c.who, body)
	}
	return nil
}

// serve starts a server that lets in whoever comes, and knows by name who has a certificate.
func serve(ca *authority) (url string, stop func() error, err error) {
	ctx, err := tlsutil.NewDefaultContext(tlsutil.ClientAuth)
	if err != nil {
		return "", nil, err
	}
	cert, key, err := ca.issue("server", net.IPv4(127, 0, 0, 1))
	if err != nil {
		return "", nil, err
	}
	if err := ctx.LoadCertChainPEM(cert, key, nil); err != nil {
		return "", nil, err
	}
	if err := ctx.LoadVerifyLocations("", "", ca.pem); err != nil {
		return "", nil, err
	}
	if err := ctx.SetVerifyMode(tlsutil.CertOptional); err != nil {
		return "", nil, err
	}
	cfg, err := ctx.ServerConfig()
	if err != nil {
		return "", nil, err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	srv := &http.Server{TLSConfig: cfg, Handler: http.HandlerFunc(hello), ReadHeaderTimeout: 10 * time.Second, ErrorLog: log.New(io.Discard, "", 0)}
	go srv.ServeTLS(l, "", "")
	return "https://" + l.Addr().String(), srv.Close, nil
}

func hello(w http.ResponseWriter, r *http.Request) {
	name := "whoever you are"
	if len(r.TLS.PeerCertificates) > 0 {
		name = r.TLS.PeerCertificates[0].Subject.CommonName
	}
	fmt.Fprintf(w, "hello %s, over %s\n", name, tlsutil.TLSVersion(r.TLS.Version))
}

// get fetches the page as a client that trusts one authority and, with a name, has a
// certificate of another.
func get(url string, trust, issuer *authority, name string) (string, error) {
	ctx, err := tlsutil.NewContext(tlsutil.ProtocolTLSClient)
	if err != nil {
		return "", err
	}
	if err := ctx.LoadVerifyLocations("", "", trust.pem); err != nil {
		return "", err
	}
	if name != "" {
		cert, key, err := issuer.issue(name, nil)
		if err != nil {
			return "", err
		}
		if err := ctx.LoadCertChainPEM(cert, key, nil); err != nil {
			return "", err
		}
	}
	cfg, err := ctx.ClientConfig("127.0.0.1")
	if err != nil {
		return "", err
	}
	tr := &http.Transport{TLSClientConfig: cfg}
	defer tr.CloseIdleConnections()
	resp, err := (&http.Client{Transport: tr, Timeout: 10 * time.Second}).Get(url)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	return string(b), err
}

// An authority issues certificates.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	pem  []byte
	next int64
}

func newAuthority(name string) (*authority, error) {
	a := &authority{next: 2}
	var err error
	if a.key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		return nil, err
	}
	tpl := template(name, 1)
	tpl.IsCA, tpl.KeyUsage = true, x509.KeyUsageCertSign|x509.KeyUsageCRLSign
	der, err := x509.CreateCertificate(rand.Reader, tpl, tpl, a.key.Public(), a.key)
	if err != nil {
		return nil, err
	}
	a.pem = []byte(tlsutil.DERToPEM(der))
	a.cert, err = x509.ParseCertificate(der)
	return a, err
}

func template(name string, serial int64) *x509.Certificate {
	return &x509.Certificate{
		SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: name}, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
	}
}

// issue makes a certificate, a server's if it has an address, and its key.
func (a *authority) issue(name string, ip net.IP) (cert, key []byte, err error) {
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	tpl := template(name, a.next)
	a.next++
	tpl.KeyUsage, tpl.ExtKeyUsage = x509.KeyUsageDigitalSignature, []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
	if ip != nil {
		tpl.ExtKeyUsage, tpl.IPAddresses = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}, []net.IP{ip}
	}
	der, err := x509.CreateCertificate(rand.Reader, tpl, a.cert, k.Public(), a.key)
	if err != nil {
		return nil, nil, err
	}
	pk, err := x509.MarshalPKCS8PrivateKey(k)
	if err != nil {
		return nil, nil, err
	}
	var b bytes.Buffer
	err = pem.Encode(&b, &pem.Block{Type: "PRIVATE KEY", Bytes: pk})
	return []byte(tlsutil.DERToPEM(der)), b.Bytes(), err
}
