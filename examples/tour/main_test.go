package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write testdata/tour.txt anew")

// TestSample compares the tour of the sample with testdata/tour.txt.
func TestSample(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, run(nil, &out))
	golden := filepath.Join("testdata", "tour.txt")
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(golden, out.Bytes(), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), out.String())
}

// TestOwnFiles runs the tour over files of the user's, the odd lines of which are told.
func TestOwnFiles(t *testing.T) {
	dir := t.TempDir()
	routes, log := filepath.Join(dir, "routes"), filepath.Join(dir, "log")
	require.NoError(t, os.WriteFile(routes, []byte("192.0.2.0/25 dev a\n192.0.2.128/25 dev a\nnonsense\n"), 0o600))
	require.NoError(t, os.WriteFile(log, []byte("nonsense\n192.0.2.7 - - [24/Nov/2026:09:15:00 +0100] \"GET /a/../b?x=1 HTTP/1.1\" 200 1\n"), 0o600))
	var out bytes.Buffer
	require.NoError(t, run([]string{"-routes", routes, "-log", log}, &out))
	for _, want := range []string{
		"3 lines, 2 routes", "not a route: ipaddress:", "2 →  1  192.0.2.0/24", "1 clients",
		"1 requests (1 lines were no requests)", "https://www.example.com/b?x=1", "08:15:00",
	} {
		require.Contains(t, out.String(), want)
	}

	out.Reset()
	require.NoError(t, run([]string{"ids"}, &out))
	require.True(t, strings.HasPrefix(out.String(), "uuid:"))
	require.NotContains(t, out.String(), "routing table")

	require.Error(t, run([]string{"no-such-section"}, &out))
	require.Error(t, run([]string{"-routes", filepath.Join(dir, "none")}, &out))
	require.Error(t, run([]string{"-log", filepath.Join(dir, "none")}, &out))
}

// TestEmpty shows that files with nothing in them are no error.
func TestEmpty(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "empty")
	require.NoError(t, os.WriteFile(empty, nil, 0o600))
	var out bytes.Buffer
	require.NoError(t, run([]string{"-routes", empty, "-log", empty}, &out))
}
