// Command inspect shows the certificate of a server, what the connection is like, and
// whether the certificate would be accepted.
//
//	go run ./examples/tls/inspect [-ca FILE] [-name HOST] [-json] HOST:PORT
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"time"

	"github.com/pynet-go/pynet/tlsutil"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "inspect:", err)
		os.Exit(1)
	}
}

func run(args []string, stdout io.Writer) error {
	fs := flag.NewFlagSet("inspect", flag.ContinueOnError)
	ca := fs.String("ca", "", "authorities in PEM, in place of the system's; a `file`")
	name := fs.String("name", "", "the name to ask for and to check, if not the `host` of the address")
	asJSON := fs.Bool("json", false, "the certificate as JSON, as Python's getpeercert shows it")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if fs.NArg() != 1 {
		return errors.New("which HOST:PORT?")
	}
	host, _, err := net.SplitHostPort(fs.Arg(0))
	if err != nil {
		return err
	}
	if *name != "" {
		host = *name
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()

	// First look, without judging.
	look, err := tlsutil.NewContext(tlsutil.ProtocolTLSClient)
	if err != nil {
		return err
	}
	look.SetCheckHostname(false)
	if err := look.SetVerifyMode(tlsutil.CertNone); err != nil {
		return err
	}
	conn, err := connect(ctx, look, fs.Arg(0), host)
	if err != nil {
		return err
	}
	defer conn.Close()
	cert, err := conn.PeerCertificate()
	if err != nil {
		return err
	}
	if *asJSON {
		enc := json.NewEncoder(stdout)
		enc.SetIndent("", "  ")
		return enc.Encode(cert)
	}
	show(stdout, conn, cert)

	// Then connect again as a careful client would.
	careful, err := careful(*ca)
	if err != nil {
		return err
	}
	again, err := connect(ctx, careful, fs.Arg(0), host)
	var refused *tlsutil.CertVerificationError
	switch {
	case errors.As(err, &refused):
		fmt.Fprintf(stdout, "refused   %s (code %d)\n", refused.Message, int(refused.Code))
	case err != nil:
		return err
	default:
		defer again.Close()
		chain := again.VerifiedChain()
		fmt.Fprintf(stdout, "accepted  by way of %d certificates, the last %s\n", len(chain), chain[len(chain)-1].Subject)
	}
	return nil
}

func careful(ca string) (*tlsutil.Context, error) {
	if ca == "" {
		return tlsutil.NewDefaultContext(tlsutil.ServerAuth)
	}
	c, err := tlsutil.NewContext(tlsutil.ProtocolTLSClient)
	if err != nil {
		return nil, err
	}
	return c, c.LoadVerifyLocations(ca, "", nil)
}

func connect(ctx context.Context, c *tlsutil.Context, address, name string) (*tlsutil.Conn, error) {
	var d net.Dialer
	raw, err := d.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	return c.Client(ctx, raw, name)
}

func show(w io.Writer, conn *tlsutil.Conn, cert *tlsutil.PeerCertificate) {
	cipher, _ := conn.Cipher()
	fmt.Fprintf(w, "version   %s, %s, %s\n", conn.Version(), cipher.Name, conn.Group())
	fmt.Fprintf(w, "subject   %s\nissuer    %s\n", cert.Subject, cert.Issuer)
	fmt.Fprintf(w, "serial    %s\nvalid     %s to %s\n", cert.SerialNumber, cert.NotBefore, cert.NotAfter)
	var names []string
	for _, n := range cert.SubjectAltName {
		names = append(names, fmt.Sprintf("%s %q", n.Type, n.Value))
	}
	fmt.Fprintf(w, "names     %s\n", strings.Join(names, ", "))
}
