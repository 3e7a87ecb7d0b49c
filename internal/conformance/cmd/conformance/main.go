// Command conformance replays vector files against the Go packages.
//
//	go run ./internal/conformance/cmd/conformance [-v] [-json FILE] [-deviations FILE] PATH...
//
// A PATH is a vector file (.jsonl, or compressed .jsonl.gz) or a folder of them.
// It prints a line for each file and one for the total, and exits 1 if a record
// differs or a file cannot be read or has no adapter.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pynet-go/pynet/internal/conformance"
	"github.com/pynet-go/pynet/internal/conformance/adapters"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	fs := flag.NewFlagSet("conformance", flag.ContinueOnError)
	fs.SetOutput(stderr)
	verbose := fs.Bool("v", false, "show every record that differs or deviates")
	jsonFile := fs.String("json", "", "write the result as JSON to `FILE`")
	devFile := fs.String("deviations", "", "read the deviation rules from `FILE` instead of the committed ones")
	if err := fs.Parse(args); err != nil {
		return 2
	}
	if fs.NArg() == 0 {
		fmt.Fprintln(stderr, "usage: conformance [-v] [-json FILE] [-deviations FILE] PATH...")
		return 2
	}
	devs, err := conformance.CommittedDeviations()
	if *devFile != "" {
		devs, err = conformance.LoadDeviations(*devFile)
	}
	if err != nil {
		fmt.Fprintln(stderr, err)
		return 2
	}
	paths, err := expand(fs.Args())
	if err != nil {
		fmt.Fprintln(stderr, err)
		return 1
	}
	failed := false
	var total conformance.Counts
	var reports []conformance.FileReport
	for _, path := range paths {
		rep := conformance.Run(path, adapters.All, devs)
		reports = append(reports, rep)
		if *verbose {
			printOutcomes(stdout, rep)
		}
		if rep.Err != nil {
			fmt.Fprintln(stderr, "conformance:", rep.Err)
		} else {
			fmt.Fprintf(stdout, "%s: %v\n", rep.Module, rep.Counts)
		}
		total.Plus(rep.Counts)
		failed = failed || rep.Err != nil || rep.Differ > 0
	}
	fmt.Fprintf(stdout, "total: %v\n", total)
	if *jsonFile != "" {
		if err := writeJSON(*jsonFile, reports, total); err != nil {
			fmt.Fprintln(stderr, "conformance:", err)
			failed = true
		}
	}
	if failed {
		return 1
	}
	return 0
}

// expand replaces a folder by the vector files in it.
func expand(args []string) ([]string, error) {
	var out []string
	for _, a := range args {
		st, err := os.Stat(a)
		if err != nil {
			return nil, err
		}
		if !st.IsDir() {
			out = append(out, a)
			continue
		}
		entries, err := os.ReadDir(a)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			if n := e.Name(); strings.HasSuffix(n, ".jsonl") || strings.HasSuffix(n, ".jsonl.gz") {
				out = append(out, filepath.Join(a, n))
			}
		}
	}
	return out, nil
}

func printOutcomes(w io.Writer, rep conformance.FileReport) {
	for _, o := range rep.Outcomes {
		if o.Verdict == conformance.NotApplicable {
			continue
		}
		for _, d := range o.Diffs {
			fmt.Fprintf(w, "%s %v: %s\n\twant %s\n\tgot  %s\n", o.ID, o.Verdict, cut(d.Input), d.Want, d.Got)
			if d.Reason != "" {
				fmt.Fprintf(w, "\tbecause %s\n", d.Reason)
			}
		}
	}
}

func cut(s string) string {
	if len(s) > 500 {
		return s[:250] + " … " + s[len(s)-250:]
	}
	return s
}

// A jsonFileReport is one file's entry in the -json output.
type jsonFileReport struct {
	conformance.FileReport
	Error   string              `json:"error,omitempty"`
	Records map[string][]string `json:"records"`
	Reasons map[string]string   `json:"deviations"`
}

func writeJSON(path string, reports []conformance.FileReport, total conformance.Counts) error {
	var out struct {
		Files []jsonFileReport   `json:"files"`
		Total conformance.Counts `json:"total"`
	}
	out.Total = total
	for _, rep := range reports {
		j := jsonFileReport{FileReport: rep, Records: map[string][]string{}, Reasons: map[string]string{}}
		if rep.Err != nil {
			j.Error = rep.Err.Error()
		}
		for _, o := range rep.Outcomes {
			v := o.Verdict.String()
			j.Records[v] = append(j.Records[v], o.ID)
			if o.Verdict == conformance.Deviate {
				var reasons []string
				for _, d := range o.Diffs {
					if !slices.Contains(reasons, d.Reason) {
						reasons = append(reasons, d.Reason)
					}
				}
				j.Reasons[o.ID] = strings.Join(reasons, "; ")
			}
		}
		out.Files = append(out.Files, j)
	}
	b, err := json.MarshalIndent(out, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(b, '\n'), 0o644)
}
