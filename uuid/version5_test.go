package uuid_test

import (
	"crypto/fips140"
	"crypto/md5"
	"crypto/sha1"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/uuid"
)

// TestNames has the examples of Python's manual and of its test suite.
func TestNames(t *testing.T) {
	tests := []struct {
		ns     uuid.UUID
		name   string
		v3, v5 string
	}{
		{uuid.NamespaceDNS, "python.org", "6fa459ea-ee8a-3ca4-894e-db77e160355e", "886313e1-3b8a-5372-9b90-0c9aee199e5d"},
		{uuid.NamespaceURL, "http://python.org/", "9fe8e8c4-aaa8-32a9-a55c-4535a88b748d", "4c565f0d-3f5a-5890-b41b-20cf47701c5e"},
		{uuid.NamespaceOID, "1.3.6.1", "dd1a1cef-13d5-368a-ad82-eca71acd4cd1", "1447fa61-5277-5fef-a9b3-fbc6e44f4af3"},
		{uuid.NamespaceX500, "c=ca", "658d3002-db6b-3040-a1d1-8ddd7d189a4d", "cc957dd1-a972-5349-98cd-874190002798"},
	}
	for _, tt := range tests {
		require.Equal(t, tt.v3, uuid.NewV3(tt.ns, tt.name).String())
		require.Equal(t, tt.v5, uuid.NewV5(tt.ns, tt.name).String())
		require.Equal(t, tt.v3, uuid.NewV3(tt.ns, []byte(tt.name)).String())
		require.Equal(t, tt.v5, uuid.NewV5(tt.ns, []byte(tt.name)).String())
	}
}

// TestNamesOfAnyLength holds short and long names against the plain hash.
func TestNamesOfAnyLength(t *testing.T) {
	for n := range 300 {
		name := strings.Repeat("é\x00\xff", n)[:n]
		text := append(uuid.NamespaceURL[:], name...)
		m, s := md5.Sum(text), sha1.Sum(text)
		v3, err := uuid.UUID(m).WithVersion(3)
		require.NoError(t, err)
		v5, err := uuid.UUID(s[:16]).WithVersion(5)
		require.NoError(t, err)
		require.Equal(t, v3, uuid.NewV3(uuid.NamespaceURL, name), "%d bytes", n)
		require.Equal(t, v5, uuid.NewV5(uuid.NamespaceURL, name), "%d bytes", n)
		require.Equal(t, v3, uuid.NewV3(uuid.NamespaceURL, []byte(name)), "%d bytes", n)
		require.Equal(t, v5, uuid.NewV5(uuid.NamespaceURL, []byte(name)), "%d bytes", n)
	}
	require.Equal(t, "6ba7b811-9dad-11d1-80b4-00c04fd430c8", uuid.NamespaceURL.String(), "not written over")
}

// TestFIPS140 runs what concerns hashes and randomness in a program that enforces
// FIPS 140-3, in which MD5 and SHA-1 panic.
func TestFIPS140(t *testing.T) {
	if !fips140.Enforced() {
		program, err := os.Executable()
		require.NoError(t, err)
		cmd := exec.Command(program, "-test.run=^(TestFIPS140|TestNames|TestVersionsOfPackage|TestBits)$", "-test.v")
		cmd.Env = append(os.Environ(), "GODEBUG=fips140=only")
		out, err := cmd.CombinedOutput()
		if strings.Contains(string(out), "fips140") && strings.Contains(string(out), "not supported") {
			t.Skipf("no FIPS 140-3 mode here: %s", out)
		}
		require.NoError(t, err, "%s", out)
		require.Contains(t, string(out), "--- PASS: TestFIPS140")
		return
	}
	require.Panics(t, func() { sha1.Sum(nil) }, "it is enforced")
	a, b, _ := uuid.FillStore()
	require.NotEqual(t, a, b)
	require.NotEqual(t, make([]byte, uuid.StoreLen), a)
}
