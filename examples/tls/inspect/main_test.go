package main

import (
	"bytes"
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestInspect(t *testing.T) {
	srv := httptest.NewTLSServer(http.NotFoundHandler())
	defer srv.Close()
	addr := strings.TrimPrefix(srv.URL, "https://")
	ca := filepath.Join(t.TempDir(), "ca.pem")
	require.NoError(t, os.WriteFile(ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: srv.Certificate().Raw}), 0o600))
	call := func(args ...string) string {
		var out bytes.Buffer
		require.NoError(t, run(args, &out))
		return out.String()
	}
	out := call("-ca", ca, addr)
	require.Contains(t, out, "subject   organizationName=Acme Co\n")
	require.Contains(t, out, `DNS "example.com"`)
	require.Contains(t, out, "accepted  by way of 1 certificates")
	require.Contains(t, call("-ca", ca, "-name", "elsewhere.test", addr), "refused   Hostname mismatch")
	require.Contains(t, call("-json", addr), `"subjectAltName"`)
	require.Error(t, run(nil, &bytes.Buffer{}))
	require.Error(t, run([]string{"no port"}, &bytes.Buffer{}))
}
