package tlsutil_test

import (
	"context"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/pynet-go/pynet/tlsutil"
)

// exampleCA makes an authority and contexts for both sides.
func exampleCA() (client, server *tlsutil.Context) {
	ca := newCA(&testing.B{}, "Example CA")
	client, server = clientContext(&testing.B{}, ca), serverContext(&testing.B{}, ca.leaf([]string{"server.test", "127.0.0.1"}))
	return client, server
}

// serveEcho serves one connection after the other on a port of loopback.
func serveEcho(ctx *tlsutil.Context) (address string, stop func() error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	tl, err := ctx.NewListener(l)
	if err != nil {
		panic(err)
	}
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
	return l.Addr().String(), l.Close
}

func ExampleContext_ClientConfig() {
	client, server := exampleCA()
	// An HTTPS server of net/http with our context …
	scfg, err := server.ServerConfig()
	if err != nil {
		fmt.Println(err)
		return
	}
	srv := &http.Server{TLSConfig: scfg, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, "hello over", tlsutil.TLSVersion(r.TLS.Version))
	})}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer srv.Close()
	go srv.ServeTLS(l, "", "")
	// … and a client of net/http that trusts the private authority alone.
	cfg, err := client.ClientConfig("127.0.0.1")
	if err != nil {
		fmt.Println(err)
		return
	}
	hc := &http.Client{Transport: &http.Transport{TLSClientConfig: cfg}}
	resp, err := hc.Get("https://" + l.Addr().String())
	if err != nil {
		fmt.Println(err)
		return
	}
	defer resp.Body.Close()
	io.Copy(os.Stdout, resp.Body)
	// Output: hello over TLSv1.3
}

func ExampleContext_Wrap() {
	client, server := exampleCA()
	address, stop := serveEcho(server)
	defer stop()
	raw, err := net.Dial("tcp", address)
	if err != nil {
		fmt.Println(err)
		return
	}
	c, err := client.Client(context.Background(), raw, "server.test")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer c.Close()
	fmt.Fprint(c, "echo")
	buf := make([]byte, 4)
	io.ReadFull(c, buf)
	fmt.Printf("%s %s %s\n", buf, c.Version(), c.Group())
	// Output: echo TLSv1.3 X25519MLKEM768
}

func ExampleContext_Wrap_refused() {
	client, server := exampleCA()
	address, stop := serveEcho(server)
	defer stop()
	raw, err := net.Dial("tcp", address)
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = client.Client(context.Background(), raw, "elsewhere.test")
	var ve *tlsutil.CertVerificationError
	if errors.As(err, &ve) {
		fmt.Println(int(ve.Code), ve.Message)
	}
	// Output: 62 Hostname mismatch, certificate is not valid for "elsewhere.test"
}

// TLS with no socket: bytes are carried between the BIOs by hand.
func ExampleObject() {
	clientCtx, serverCtx := exampleCA()
	var cin, cout, sin, sout tlsutil.MemoryBIO
	client, err := clientCtx.WrapBIO(&cin, &cout, false, "server.test")
	if err != nil {
		fmt.Println(err)
		return
	}
	server, err := serverCtx.WrapBIO(&sin, &sout, true, "")
	if err != nil {
		fmt.Println(err)
		return
	}
	for !client.HandshakeComplete() || !server.HandshakeComplete() {
		for _, o := range []*tlsutil.Object{client, server} {
			if err := o.DoHandshake(); err != nil && !errors.Is(err, tlsutil.ErrWantRead) {
				fmt.Println(err)
				return
			}
		}
		cout.WriteTo(&sin)
		sout.WriteTo(&cin)
	}
	buf := make([]byte, 100)
	_, err = server.Read(buf)
	fmt.Println("nothing yet:", errors.Is(err, tlsutil.ErrWantRead))
	client.Write([]byte("hello"))
	cout.WriteTo(&sin)
	n, _ := server.Read(buf)
	fmt.Println(string(buf[:n]))
	// Output:
	// nothing yet: true
	// hello
}

func ExampleDecodeCertificate() {
	b, err := os.ReadFile("testdata/example.pem")
	if err != nil {
		fmt.Println(err)
		return
	}
	block, _ := pem.Decode(b)
	cert, err := tlsutil.DecodeCertificate(block.Bytes)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(cert.Subject)
	fmt.Println(cert.NotAfter)
	for _, n := range cert.SubjectAltName {
		fmt.Println(n.Type, n.Value)
	}
	end, err := tlsutil.ParseCertTime(cert.NotAfter)
	fmt.Println(end.Format(time.DateOnly), err)
	// Output:
	// countryName=XY, commonName=localhost
	// Nov 22 00:00:00 2036 GMT
	// DNS localhost
	// IP Address 127.0.0.1
	// 2036-11-22 <nil>
}

func ExampleContext_SetCiphers() {
	ctx, err := tlsutil.NewContext(tlsutil.ProtocolTLSClient)
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := ctx.SetCiphers("ECDHE+AESGCM:!aRSA"); err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range ctx.Ciphers() {
		fmt.Println(c.Protocol, c.Name)
	}
	err = ctx.SetCiphers("nonesuch")
	fmt.Println(err)
	// Output:
	// TLSv1.3 TLS_AES_256_GCM_SHA384
	// TLSv1.3 TLS_CHACHA20_POLY1305_SHA256
	// TLSv1.3 TLS_AES_128_GCM_SHA256
	// TLSv1.2 ECDHE-ECDSA-AES256-GCM-SHA384
	// TLSv1.2 ECDHE-ECDSA-AES128-GCM-SHA256
	// tlsutil: set_ciphers: no cipher match
}

func ExampleCertTimeToSeconds() {
	s, err := tlsutil.CertTimeToSeconds("Jan  5 09:34:43 2018 GMT")
	fmt.Println(s, err)
	// Output: 1515144883 <nil>
}
