package telnet_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/protocols/telnet"
	"github.com/pynet-go/pynet/protocols/telnet/telnettest"
)

// Over TLS: the host's certificate is checked, and the eager reads do not wait for more.
func TestTLS(t *testing.T) {
	site := httptest.NewUnstartedServer(nil) // for its certificate
	site.StartTLS()
	defer site.Close()
	pool := x509.NewCertPool()
	pool.AddCert(site.Certificate())

	for name, tt := range map[string]struct {
		roots *x509.CertPool
		host  string
		ok    bool
	}{"trusted": {pool, "example.com", true}, "not trusted": {nil, "example.com", false}, "another name": {pool, "host.invalid", false}} {
		t.Run(name, func(t *testing.T) {
			near, far := telnettest.Pipe()
			done := make(chan struct{})
			go func() {
				defer close(done)
				s := telnet.NewServerConn(tls.Server(far, site.TLS), &telnet.Config{Options: &telnet.Options{}})
				defer s.Close()
				if _, err := io.WriteString(s, "hello "); err == nil {
					s.ReadUntil(context.Background(), []byte("bye"))
				}
			}()
			var at string
			c, err := telnet.Dial(t.Context(), tt.host, &telnet.Config{
				TLS:  &tls.Config{RootCAs: tt.roots},
				Dial: func(_ context.Context, _, addr string) (net.Conn, error) { at = addr; return near, nil },
			})
			require.Equal(t, tt.host+":992", at)
			if !tt.ok {
				require.Error(t, err)
				<-done
				return
			}
			require.NoError(t, err)
			defer c.Close()
			got, err := c.ReadUntil(t.Context(), []byte(" "))
			require.NoError(t, err)
			require.Equal(t, "hello ", string(got))
			got, err = c.ReadVeryEager(t.Context())
			require.NoError(t, err)
			require.Empty(t, got)
			c.Write([]byte("bye"))
			_, err = c.ReadSome(t.Context())
			require.Equal(t, io.EOF, err)
			<-done
		})
	}
}
