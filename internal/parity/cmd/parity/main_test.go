package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestRun shows the lines, the table that is written, and the exit codes.
func TestRun(t *testing.T) {
	tests := []struct {
		name, mapping string
		code          int
		want          string
	}{
		{"complete", "py.x\ttoy.X\npy.y\t-\tno such thing\n", 0, "py: 1 of 2 mapped, 1 excused\n"},
		{"a name missing", "py.x\ttoy.X\n", 1, "py: 1 of 2 mapped, 0 excused\n\tpy.y: not mapped\n"},
		{"a symbol missing", "py.x\ttoy.Z\npy.y\t-\tno such thing\n", 1, "py: 0 of 2 mapped, 1 excused\n\tpy.x: toy.Z does not exist\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			root := t.TempDir()
			for name, text := range map[string]string{
				"toy/toy.go":                   "package toy\n\n// X is one.\nconst X = 1\n",
				"internal/parity/names/py.tsv": "name\tkind\tsignature\tsummary\tsince\npy.x\tconstant\npy.y\tconstant\n",
				"internal/parity/py.tsv":       "name\tgo\tnote\n" + tt.mapping,
			} {
				p := filepath.Join(root, name)
				require.NoError(t, os.MkdirAll(filepath.Dir(p), 0o755))
				require.NoError(t, os.WriteFile(p, []byte(text), 0o600))
			}
			var stdout, stderr bytes.Buffer
			require.Equal(t, tt.code, run([]string{"-root", root}, &stdout, &stderr), stderr.String())
			require.Equal(t, tt.want, stdout.String())
			table, err := os.ReadFile(filepath.Join(root, "PARITY.md"))
			require.NoError(t, err)
			require.Contains(t, string(table), "| `x` | constant |")
		})
	}
	var out bytes.Buffer
	require.Equal(t, 1, run([]string{"-root", t.TempDir() + "/none"}, &out, &out))
	require.Equal(t, 2, run([]string{"-no-such-flag"}, &out, &out))
}
