package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/internal/conformance"
	"github.com/pynet-go/pynet/internal/conformance/adapters"
)

type one struct{}

func (one) Call(*conformance.Call) (any, error)             { return int64(1), nil }
func (one) Raises(err error, e *conformance.Exception) bool { return false }

// TestRun shows the lines and the exit codes, of success and of each failure.
func TestRun(t *testing.T) {
	adapters.All["one"] = one{}
	defer delete(adapters.All, "one")
	dir := t.TempDir()
	file := func(name, text string) string {
		p := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(p, []byte(text), 0o600))
		return p
	}
	good := file("one.jsonl", `{"id":"one-1","call":"one.f","ret":1}`+"\n")
	bad := file("one-more.jsonl", `{"id":"one-2","call":"one.f","ret":2}`+"\n")
	lost := file("lost.jsonl", `{"id":"lost-1","call":"lost.f","ret":2}`+"\n")
	rules := file("rules.tsv", "one\tbecause\t^one\\.f\n")
	out := filepath.Join(dir, "out.json")

	tests := []struct {
		name string
		args []string
		code int
		want string
	}{
		{"all agree", []string{good}, 0, "one: 1 agree, 0 differ, 0 not applicable, 0 deviate\ntotal: 1 agree, 0 differ, 0 not applicable, 0 deviate\n"},
		{"one differs", []string{good, bad}, 1, "one: 1 agree, 0 differ, 0 not applicable, 0 deviate\none: 0 agree, 1 differ, 0 not applicable, 0 deviate\ntotal: 1 agree, 1 differ, 0 not applicable, 0 deviate\n"},
		{"one deviates", []string{"-deviations", rules, "-json", out, bad}, 0, "one: 0 agree, 0 differ, 0 not applicable, 1 deviate\ntotal: 0 agree, 0 differ, 0 not applicable, 1 deviate\n"},
		{"no adapter", []string{lost}, 1, "total: 0 agree, 0 differ, 0 not applicable, 0 deviate\n"},
		{"no file", []string{filepath.Join(dir, "none.jsonl")}, 1, ""},
		{"no path", nil, 2, ""},
		{"no rules", []string{"-deviations", filepath.Join(dir, "none"), good}, 2, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			require.Equal(t, tt.code, run(tt.args, &stdout, &stderr), stderr.String())
			require.Equal(t, tt.want, stdout.String())
		})
	}
	b, err := os.ReadFile(out)
	require.NoError(t, err)
	var got map[string]any
	require.NoError(t, json.Unmarshal(b, &got))
	require.Contains(t, string(b), `"one-2": "because"`)
}
