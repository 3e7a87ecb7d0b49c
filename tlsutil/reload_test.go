package tlsutil_test

import (
	"os"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/pynet-go/pynet/tlsutil"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// ends fails the test if f does not return; it is for what might stand still for good.
func ends(t *testing.T, f func()) {
	t.Helper()
	done := make(chan struct{})
	go func() { defer close(done); f() }()
	select {
	case <-done:
	case <-time.After(10 * time.Second):
		t.Fatal("it does not end")
	}
}

// certFiles writes a certificate and its key, and returns the files' paths.
func certFiles(t *testing.T, ca *testCA, names ...string) (cert, key string) {
	leaf := ca.leaf(names)
	return writeFile(t, "cert.pem", certPEM(leaf.Leaf)), writeFile(t, "key.pem", keyPEM(t, leaf.PrivateKey))
}

// The function that gives the password may use its context.
func TestReloadPasswordUsesContext(t *testing.T) {
	c, err := tlsutil.NewContext(tlsutil.ProtocolTLSServer)
	require.NoError(t, err)
	text, err := os.ReadFile("testdata/keys/pbes2-aes256.pem")
	require.NoError(t, err)
	k, err := tlsutil.ParsePrivateKey(text, tlsutil.Password("secret"))
	require.NoError(t, err)
	ca := newCA(t, "CA")
	leaf := ca.sign(ca.leaf([]string{"localhost"}).Leaf, k)
	asked := 0
	password := func() (string, error) {
		asked++
		c.Clone()
		return "secret", nil
	}
	cert := writeFile(t, "cert.pem", certPEM(leaf))
	ends(t, func() { assert.NoError(t, c.LoadCertChain(cert, "testdata/keys/pbes2-aes256.pem", password)) })
	ends(t, func() { assert.NoError(t, c.Reload()) })
	assert.Equal(t, 2, asked)
}

// Renewals, copies, new certificates and handshakes go on at the same time.
func TestReloadConcurrently(t *testing.T) {
	ca := newCA(t, "CA")
	cert, key := certFiles(t, ca, "localhost")
	sc, err := tlsutil.NewContext(tlsutil.ProtocolTLSServer)
	require.NoError(t, err)
	require.NoError(t, sc.LoadCertChain(cert, key, nil))
	scfg, err := sc.ServerConfig()
	require.NoError(t, err)
	cfg, err := clientContext(t, ca).ClientConfig("localhost")
	require.NoError(t, err)
	another := ca.leaf([]string{"localhost"})
	ends(t, func() {
		var wg sync.WaitGroup
		for _, f := range []func(){
			func() { assert.NoError(t, sc.Reload()) },
			func() { sc.Clone() },
			func() { sc.Ciphers() },
			func() { assert.NoError(t, sc.AddCertificate(another)) },
			func() {
				c, s := newSide(cfg, false), newSide(scfg, true)
				shake(t, c, s, 0)
			},
		} {
			wg.Go(func() {
				for range 100 {
					f()
				}
			})
		}
		wg.Wait()
	})
}

// A file that never ends is not read without end.
func TestFileWithoutEnd(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there is no such file")
	}
	if _, err := os.Stat("/dev/zero"); err != nil {
		t.Skip(err)
	}
	c := clientContext(t)
	ends(t, func() {
		var e *tlsutil.Error
		assert.ErrorAs(t, c.LoadVerifyLocations("/dev/zero", "", nil), &e)
	})
}
