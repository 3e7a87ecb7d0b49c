package parity_test

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/internal/parity"
)

// TestParity checks the committed mappings, and that PARITY.md shows them.
func TestParity(t *testing.T) {
	root := filepath.Join("..", "..")
	mods, err := parity.Load(os.DirFS("."))
	require.NoError(t, err)
	syms := parity.NewSymbols(root)
	var reports []parity.Report
	for _, m := range mods {
		r := parity.Check(m, syms)
		reports = append(reports, r)
		for _, p := range r.Problems {
			t.Errorf("%s: %s", m.Module, p)
		}
	}
	have, err := os.ReadFile(filepath.Join(root, "PARITY.md"))
	require.NoError(t, err)
	if string(have) != parity.Markdown(mods, reports) {
		t.Error("PARITY.md is not up to date: go run ./internal/parity/cmd/parity")
	}
}

const toySource = `// Package toy is a toy.
package toy

// Pi is a number.
const Pi = 3

// The seasons.
const (
	Spring = iota
	Summer
)

const Bare = 1

// A Box holds things.
type Box struct {
	// Width and Height are in cm.
	Width, Height int
	Depth int // in cm
	
	Naked int
}

// Open opens it.
func (b *Box) Open() {}

func (b *Box) Shut() {}

// NewBox makes one.
func NewBox() *Box { return nil }

// An Opener opens.
type Opener interface {
	// Open opens.
	Open()
}
`

// TestCheck shows what is accepted and what is found missing.
func TestCheck(t *testing.T) {
	root := t.TempDir()
	for name, text := range map[string]string{
		"toy/toy.go":            toySource,
		"toy/toy_windows.go":    "package toy\n\n// Share is for Windows.\nfunc Share() {}\n",
		"toy/toy_test.go":       "package toy\n\n// Tested is no part of it.\nfunc Tested() {}\n",
		"examples/toy/main.go":  "package main\n",
		"broken/broken.go":      "package broken\nfunc {",
		"deep/inner/inner.go":   "package inner\n\n// F is deep.\nfunc F() {}\n",
		"deep/inner/README.txt": "no Go",
	} {
		p := filepath.Join(root, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(p), 0o755))
		require.NoError(t, os.WriteFile(p, []byte(text), 0o600))
	}
	tests := []struct{ row, problem string }{
		{"py.x\ttoy.Pi", ""},
		{"py.x\ttoy.Summer", ""},
		{"py.x\ttoy.NewBox, toy.Box.Open", ""},
		{"py.x\ttoy.Box.Height", ""},
		{"py.x\ttoy.Box.Depth", ""},
		{"py.x\ttoy.Opener.Open", ""},
		{"py.x\ttoy.Share", ""},
		{"py.x\tdeep/inner.F", ""},
		{"py.x\texamples/toy/", ""},
		{"py.x\t-\tno such thing in Go", ""},
		{"py.x\ttoy.Bare", "toy.Bare has no doc comment"},
		{"py.x\ttoy.Box.Shut", "toy.Box.Shut has no doc comment"},
		{"py.x\ttoy.Box.Naked", "toy.Box.Naked has no doc comment"},
		{"py.x\ttoy.Tested", "toy.Tested does not exist"},
		{"py.x\ttoy.Pi, toy.Tau", "toy.Tau does not exist"},
		{"py.x\tlost.Pi", "package lost:"},
		{"py.x\tbroken.Pi", "package broken:"},
		{"py.x\tdeep.F", "package deep has no files"},
		{"py.x\texamples/lost/", "no program in examples/lost"},
		{"py.x\ttoy", `"toy" is no symbol`},
		{"py.x\t-", "an excuse without a reason"},
		{"py.y\ttoy.Pi", "py.x: not mapped"},
		{"py.x\ttoy.Pi\npy.z\ttoy.Pi", "py.z: not among the documented names"},
	}
	for _, tt := range tests {
		mods, err := parity.Load(fstest.MapFS{
			"names/py.tsv": {Data: []byte("name\tkind\tsignature\tsummary\tsince\npy.x\tfunction\t()\tdoes x\t\n")},
			"py.tsv":       {Data: []byte("name\tgo\tnote\n" + tt.row + "\n")},
		})
		require.NoError(t, err)
		r := parity.Check(mods[0], parity.NewSymbols(root))
		if tt.problem == "" {
			require.Empty(t, r.Problems, tt.row)
			require.Equal(t, 1, r.Mapped+r.Excused, tt.row)
		} else {
			require.NotEmpty(t, r.Problems, tt.row)
			require.Contains(t, r.Problems[0], tt.problem, tt.row)
		}
	}
	require.Equal(t, "py: 1 of 3 mapped, 2 excused", parity.Report{Module: "py", Total: 3, Mapped: 1, Excused: 2}.String())
}

func TestLoadRefuses(t *testing.T) {
	names := &fstest.MapFile{Data: []byte("name\tkind\tsignature\tsummary\tsince\npy.x\tfunction\t()\tdoes x\t\n")}
	for _, fsys := range []fstest.MapFS{
		{"py.tsv": {Data: []byte("name\tgo\tnote\npy.x\ttoy.Pi\n")}},                                             // no list of names
		{"names/py.tsv": names, "py.tsv": {Data: []byte("name\tgo\tnote\npy.x\ta.B\npy.x\ta.C\n")}},              // twice
		{"names/py.tsv": names, "py.tsv": {Data: []byte("name\tgo\tnote\npy.x\ta.B\tnote\tmore than a note\n")}}, // too many cells
	} {
		_, err := parity.Load(fsys)
		require.Error(t, err)
	}
}
