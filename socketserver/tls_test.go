package socketserver_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"math/big"
	"net"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/socket"
	"github.com/pynet-go/pynet/socketserver"
)

var certificate = sync.OnceValues(func() (tls.Certificate, *x509.CertPool) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), DNSNames: []string{"server.test"}, IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		panic(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		panic(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(cert)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
})

func serverTLS(testing.TB) *tls.Config {
	cert, _ := certificate()
	return &tls.Config{Certificates: []tls.Certificate{cert}}
}

func clientTLS(testing.TB) *tls.Config {
	_, pool := certificate()
	return &tls.Config{RootCAs: pool, ServerName: "server.test"}
}

func TestTLS(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		for name, h := range map[string]socketserver.ConnHandler{"echo": echo, "counter": &counter{end: make(chan any, 10)}, "lines": lines} {
			t.Run(name, func(t *testing.T) {
				s := &socketserver.Server{Model: m, TLS: serverTLS(t), Handler: h}
				start(t, s)
				c := tls.Client(dial(t, s), clientTLS(t))
				switch name {
				case "echo":
					for range 3 {
						big := strings.Repeat("0123456789", 5000)
						say(t, c, big)
						hear(t, c, big)
					}
				case "counter":
					hear(t, c, "welcome\n")
					say(t, c, "ab+c")
					hear(t, c, "1a\n2b\n3+\n4c\n")
					say(t, c, ".")
					hear(t, c, "5.\n")
				case "lines":
					say(t, c, "a\nb")
					hear(t, c, "1 A\n")
					require.NoError(t, c.CloseWrite())
					hear(t, c, "2 B\n")
				}
				c.Close()
			})
		}
	})
}

// TestTLSSilent: a client that does not begin its handshake holds no goroutine of an
// EventLoop, does not keep Shutdown waiting, and ends by HandshakeTimeout.
func TestTLSSilent(t *testing.T) {
	each(t, func(t *testing.T, m socketserver.Model) {
		if m == (socketserver.Sequential{}) {
			return // serves it alone
		}
		errs := make(chan error, 1)
		s := &socketserver.Server{Handler: echo, Model: m, TLS: serverTLS(t), HandshakeTimeout: long}
		start(t, s)
		before := runtime.NumGoroutine()
		var silent []net.Conn
		for range 50 {
			silent = append(silent, dial(t, s))
		}
		c := tls.Client(dial(t, s), clientTLS(t)) // accepted after the others
		say(t, c, "hello")
		hear(t, c, "hello")
		if _, ok := m.(socketserver.EventLoop); ok {
			require.Less(t, runtime.NumGoroutine(), before+25)
		}
		ctx, cancel := context.WithTimeout(t.Context(), long/2)
		defer cancel()
		require.NoError(t, s.Shutdown(ctx))
		ended(t, silent[0])

		s = &socketserver.Server{Handler: echo, Model: m, TLS: serverTLS(t), HandshakeTimeout: short}
		s.HandleError = func(_ context.Context, _ socket.Addr, err error) { errs <- err }
		start(t, s)
		ended(t, dial(t, s))
		require.ErrorIs(t, <-errs, os.ErrDeadlineExceeded)
	})
}
