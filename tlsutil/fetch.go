package tlsutil

import (
	"context"
	"crypto/x509"
	"net"
	"time"
)

// Dial connects to a server and shakes hands with it; its name is the host of the address.
// Python: connect, on a socket of SSLContext.wrap_socket.
func (c *Context) Dial(ctx context.Context, network, address string) (*Conn, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, valueError("address %q", short(address))
	}
	var d net.Dialer
	conn, err := d.DialContext(ctx, network, address)
	if err != nil {
		return nil, &Error{Op: "dial", Library: "SSL", Reason: "SYSCALL", Number: ErrorSyscall, Err: err}
	}
	n, err := c.Wrap(ctx, conn, WrapOptions{ServerName: host})
	if err != nil {
		conn.Close()
	}
	return n, err
}

// GetServerCertificate connects to a server and returns its certificate in PEM. With pool,
// the certificate must be one that the pool vouches for, but its name is not checked, as in
// Python; with nil nothing is verified, which is for looking at a certificate and for
// nothing else. Without a deadline in ctx it takes ten seconds at most. Python:
// get_server_certificate.
func GetServerCertificate(ctx context.Context, address string, pool []*x509.Certificate) (string, error) {
	if _, ok := ctx.Deadline(); !ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, 10*time.Second)
		defer cancel()
	}
	c, err := NewContext(ProtocolTLSClient)
	if err != nil {
		return "", err
	}
	c.SetCheckHostname(false)
	if pool == nil {
		if err := c.SetVerifyMode(CertNone); err != nil {
			return "", err
		}
	} else {
		if err := c.AddCA(pool...); err != nil {
			return "", err
		}
		if err := c.SetVerifyFlags(VerifyX509PartialChain); err != nil {
			return "", err
		}
	}
	conn, err := c.Dial(ctx, "tcp", address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	return DERToPEM(conn.UnverifiedChain()[0].Raw), nil
}
