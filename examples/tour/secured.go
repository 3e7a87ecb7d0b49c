package main

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net"
	"time"

	"github.com/pynet-go/pynet/tlsutil"
)

// secured hands the first lines of the log to clients over TLS: one that trusts the server,
// one that asks for another name, and one that has revoked its certificate.
func secured(w io.Writer, in *input) error {
	var text bytes.Buffer
	for _, e := range in.log[:min(2, len(in.log))] {
		fmt.Fprintln(&text, e.client, e.url)
	}
	server, ca, list, err := credentials()
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	defer l.Close()
	tl, err := server.NewListener(l)
	if err != nil {
		return err
	}
	go func() {
		for {
			c, err := tl.Accept()
			if err != nil {
				return
			}
			c.SetDeadline(time.Now().Add(10 * time.Second))
			c.Write(text.Bytes())
			c.Close()
		}
	}()

	client, err := tlsutil.NewContext(tlsutil.ProtocolTLSClient)
	if err != nil {
		return err
	}
	if err := client.AddCA(ca); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	c, err := dialAs(ctx, client, l.Addr().String(), "log.example")
	if err != nil {
		return err
	}
	defer c.Close()
	fmt.Fprintf(w, "%s, keys agreed by %s\n", c.Version(), c.Group())
	cert, err := c.PeerCertificate()
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "from %s, vouched for by %s\n", cert.Subject, cert.Issuer)
	got, err := io.ReadAll(c) // an error if the stream were cut
	if err != nil {
		return err
	}
	for line := range bytes.Lines(got) {
		fmt.Fprintf(w, "  %s", line)
	}

	_, err = dialAs(ctx, client, l.Addr().String(), "other.example")
	told(w, "another name:", err)
	if err := client.AddCRL(list); err != nil {
		return err
	}
	if err := client.SetVerifyFlags(tlsutil.VerifyCRLCheckLeaf); err != nil {
		return err
	}
	_, err = dialAs(ctx, client, l.Addr().String(), "log.example")
	told(w, "the authority's list:", err)
	return nil
}

// told writes why a certificate was refused.
func told(w io.Writer, what string, err error) {
	var refused *tlsutil.CertVerificationError
	if errors.As(err, &refused) {
		fmt.Fprintf(w, "%-22s%s (code %d)\n", what, refused.Message, int(refused.Code))
	} else {
		fmt.Fprintln(w, what, err)
	}
}

func dialAs(ctx context.Context, c *tlsutil.Context, address, name string) (*tlsutil.Conn, error) {
	var d net.Dialer
	raw, err := d.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	return c.Client(ctx, raw, name)
}

// credentials makes an authority, a server's context with a certificate of it, and a list
// that revokes that.
func credentials() (server *tlsutil.Context, ca *x509.Certificate, list []byte, err error) {
	caKey, err1 := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	key, err2 := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err := errors.Join(err1, err2); err != nil {
		return nil, nil, nil, err
	}
	now := time.Now()
	tpl := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Tour CA"}, NotBefore: now.Add(-time.Hour), NotAfter: now.Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, tpl, tpl, caKey.Public(), caKey)
	if err != nil {
		return nil, nil, nil, err
	}
	if ca, err = x509.ParseCertificate(der); err != nil {
		return nil, nil, nil, err
	}
	leaf := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "the log"}, NotBefore: tpl.NotBefore, NotAfter: tpl.NotAfter,
		DNSNames: []string{"log.example"}, KeyUsage: x509.KeyUsageDigitalSignature,
	}
	if der, err = x509.CreateCertificate(rand.Reader, leaf, ca, key.Public(), caKey); err != nil {
		return nil, nil, nil, err
	}
	revoked := &x509.RevocationList{
		Number: big.NewInt(1), ThisUpdate: tpl.NotBefore, NextUpdate: tpl.NotAfter,
		RevokedCertificateEntries: []x509.RevocationListEntry{{SerialNumber: leaf.SerialNumber, RevocationTime: now}},
	}
	if list, err = x509.CreateRevocationList(rand.Reader, revoked, ca, caKey); err != nil {
		return nil, nil, nil, err
	}
	pk, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, nil, nil, err
	}
	if server, err = tlsutil.NewContext(tlsutil.ProtocolTLSServer); err != nil {
		return nil, nil, nil, err
	}
	keyPEM := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: pk})
	return server, ca, list, server.LoadCertChainPEM([]byte(tlsutil.DERToPEM(der)), keyPEM, nil)
}
