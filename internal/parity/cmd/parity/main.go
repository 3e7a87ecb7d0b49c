// Command parity checks every documented Python name against the Go packages and
// writes PARITY.md. Run it in the module's root:
//
//	go run ./internal/parity/cmd/parity
//
// It prints a line for each module and exits 1 if a name is not mapped or a symbol
// does not exist or has no doc comment.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/pynet-go/pynet/internal/parity"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	fs := flag.NewFlagSet("parity", flag.ContinueOnError)
	fs.SetOutput(stderr)
	root := fs.String("root", "", "the module's `folder`; by default the one above that has a go.mod")
	if err := fs.Parse(args); err != nil {
		return 2
	}
	if *root == "" {
		var err error
		if *root, err = moduleRoot(); err != nil {
			fmt.Fprintln(stderr, "parity:", err)
			return 2
		}
	}
	mods, err := parity.Load(os.DirFS(filepath.Join(*root, "internal", "parity")))
	if err != nil {
		fmt.Fprintln(stderr, "parity:", err)
		return 1
	}
	syms := parity.NewSymbols(*root)
	code := 0
	var reports []parity.Report
	for _, m := range mods {
		r := parity.Check(m, syms)
		reports = append(reports, r)
		fmt.Fprintln(stdout, r)
		for _, p := range r.Problems {
			fmt.Fprintln(stdout, "\t"+p)
			code = 1
		}
	}
	if err := os.WriteFile(filepath.Join(*root, "PARITY.md"), []byte(parity.Markdown(mods, reports)), 0o644); err != nil {
		fmt.Fprintln(stderr, "parity:", err)
		return 1
	}
	return code
}

func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", fmt.Errorf("no go.mod above the current folder")
		}
		dir = up
	}
}
