//go:build interop && unix

package interop_test

import (
	"context"
	"encoding/json"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestTLSTestssl: testssl finds nothing severe in a server as it is by default, but for what
// is the authority's: unknown to it, and generous with its certificates' lives.
func TestTLSTestssl(t *testing.T) {
	c := tlsServer(t, "server")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	go func() {
		for {
			raw, err := l.Accept()
			if err != nil {
				return
			}
			raw.SetDeadline(time.Now().Add(20 * time.Second))
			go func() {
				defer raw.Close()
				conn, err := c.Server(context.Background(), raw)
				if err != nil {
					return
				}
				defer conn.Close()
				if _, err := conn.Read(make([]byte, 4096)); err == nil {
					conn.Write([]byte("HTTP/1.0 200 OK\r\n\r\nhello\n"))
				}
			}()
		}
	}()

	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute) // it takes 20 to 40 seconds
	defer cancel()
	file := filepath.Join(t.TempDir(), "findings.json")
	cmd := exec.CommandContext(ctx, "testssl", "--warnings", "batch", "--color", "0", "--nodns", "none", "--quiet",
		"--protocols", "--server-defaults", "--vulnerable", "--jsonfile", file, l.Addr().String())
	cmd.WaitDelay = time.Second
	out, _ := cmd.CombinedOutput() // its status counts findings
	text, err := os.ReadFile(file)
	require.NoError(t, err, "%s", out)
	var findings []struct{ ID, Severity, Finding string }
	require.NoError(t, json.Unmarshal(text, &findings), "%s", out)

	got := map[string]string{}
	for _, f := range findings {
		got[f.ID] = f.Severity
		switch f.Severity {
		case "OK", "INFO", "LOW", "WARN":
		default:
			assert.Contains(t, []string{"cert_chain_of_trust", "cert_validityPeriod"}, f.ID, "%s: %s", f.Severity, f.Finding)
		}
	}
	for _, id := range []string{"SSLv2", "SSLv3", "TLS1_2", "TLS1_3", "heartbleed", "CCS", "ticketbleed", "ROBOT", "secure_renego", "POODLE_SSL", "SWEET32", "LUCKY13", "RC4"} {
		assert.Equal(t, "OK", got[id], id)
	}
}
