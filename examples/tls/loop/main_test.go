//go:build unix

package main

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// certificate makes a certificate for localhost and its key, in one file.
func certificate(t *testing.T) (path string, pool *x509.CertPool) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	tpl := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{"localhost"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, tpl, tpl, key.Public(), key)
	require.NoError(t, err)
	pk, err := x509.MarshalPKCS8PrivateKey(key)
	require.NoError(t, err)
	var b bytes.Buffer
	pem.Encode(&b, &pem.Block{Type: "CERTIFICATE", Bytes: der})
	pem.Encode(&b, &pem.Block{Type: "PRIVATE KEY", Bytes: pk})
	path = filepath.Join(t.TempDir(), "both.pem")
	require.NoError(t, os.WriteFile(path, b.Bytes(), 0o600))
	pool = x509.NewCertPool()
	require.True(t, pool.AppendCertsFromPEM(b.Bytes()))
	return path, pool
}

// A thousand clients of crypto/tls at once, all of them served by one goroutine.
func TestThousandConnections(t *testing.T) {
	path, pool := certificate(t)
	ctx, cancel := context.WithCancel(context.Background())
	r, w := io.Pipe()
	done := make(chan error, 1)
	go func() { done <- run(ctx, []string{"-cert", path, "-listen", "127.0.0.1:0"}, w) }()
	line := make([]byte, 100)
	n, err := r.Read(line)
	require.NoError(t, err)
	addr := strings.TrimSpace(strings.TrimPrefix(string(line[:n]), "listening at "))

	count := 1000
	if testing.Short() {
		count = 100
	}
	before := runtime.NumGoroutine()
	cfg := &tls.Config{RootCAs: pool, ServerName: "localhost"}
	conns := make([]*tls.Conn, count)
	var wg sync.WaitGroup
	gate := make(chan struct{}, 8)
	for i := range conns {
		gate <- struct{}{}
		wg.Go(func() {
			defer func() { <-gate }()
			raw, err := net.Dial("tcp", addr)
			if err != nil {
				return
			}
			raw.SetDeadline(time.Now().Add(60 * time.Second))
			c := tls.Client(raw, cfg)
			if c.Handshake() == nil {
				conns[i] = c
			}
		})
	}
	wg.Wait()
	require.Less(t, runtime.NumGoroutine(), before+100, "quiet connections have no goroutine")
	buf := make([]byte, 5)
	for round := range 2 {
		for i, c := range conns {
			require.NotNil(t, c, "connection %d", i)
			_, err := c.Write([]byte("hello"))
			require.NoError(t, err)
			_, err = io.ReadFull(c, buf)
			require.NoError(t, err, "connection %d, round %d", i, round)
			require.Equal(t, "hello", string(buf))
		}
	}
	// One sends much: it comes back whole.
	data := bytes.Repeat([]byte("0123456789abcdef"), 1<<16)
	go conns[0].Write(data)
	got := make([]byte, len(data))
	_, err = io.ReadFull(conns[0], got)
	require.NoError(t, err)
	require.True(t, bytes.Equal(data, got))
	// One says nothing of TLS: the others do not mind.
	raw, err := net.Dial("tcp", addr)
	require.NoError(t, err)
	raw.SetDeadline(time.Now().Add(20 * time.Second))
	_, err = raw.Write([]byte("GET / HTTP/1.0\r\n\r\n"))
	require.NoError(t, err)
	io.Copy(io.Discard, raw)
	_, err = conns[1].Write([]byte("hello"))
	require.NoError(t, err)
	_, err = io.ReadFull(conns[1], buf)
	require.NoError(t, err)
	for _, c := range conns {
		c.Close()
	}
	cancel()
	require.NoError(t, <-done)
}
