// Command compare measures each package beside its peers and prints a line for
// each case: this library's figure, the best peer's, the ratio (below 1 is better
// than the peer; an exclamation mark tells that it misses the target), the
// allocations of one operation of ours, and CPython's figure where python3 is there.
// Lines below a case have other figures of the same runs, with the ratio to each peer.
//
//	go run ./cmd/compare [-run REGEXP] [-rounds N] [-time D] [-python PATH]
//
// It reports and judges nothing: it exits 1 only if a case cannot be measured.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/pynet-go/pynet/internal/bench"
	"github.com/pynet-go/pynet/internal/bench/cookies"
	"github.com/pynet-go/pynet/internal/bench/httpx"
	"github.com/pynet-go/pynet/internal/bench/ipaddress"
	"github.com/pynet-go/pynet/internal/bench/parse"
	"github.com/pynet-go/pynet/internal/bench/robotparser"
	"github.com/pynet-go/pynet/internal/bench/selectors"
	"github.com/pynet-go/pynet/internal/bench/socket"
	"github.com/pynet-go/pynet/internal/bench/socketserver"
	"github.com/pynet-go/pynet/internal/bench/telnet"
	"github.com/pynet-go/pynet/internal/bench/tlsutil"
	"github.com/pynet-go/pynet/internal/bench/uuid"
)

// all lists the cases of every package.
var all = slices.Concat(
	httpx.Cases,
	cookies.Cases,
	ipaddress.Cases,
	parse.Cases,
	robotparser.Cases,
	selectors.Cases,
	socket.Cases,
	socketserver.Cases,
	telnet.Cases,
	tlsutil.Cases,
	uuid.Cases,
)

func main() {
	testing.Init()
	os.Exit(run(os.Args[1:], all, os.Stdout, os.Stderr))
}

func run(args []string, cases []bench.Case, stdout, stderr io.Writer) int {
	fs := flag.NewFlagSet("compare", flag.ContinueOnError)
	fs.SetOutput(stderr)
	only := fs.String("run", "", "measure only the cases whose name matches the `regexp`")
	rounds := fs.Int("rounds", 3, "how often each is measured; the medians are shown")
	each := fs.Duration("time", 300*time.Millisecond, "how long one measurement takes")
	python := fs.String("python", "python3", "the `interpreter` for the last column; empty for none")
	if err := fs.Parse(args); err != nil {
		return 2
	}
	re, err := regexp.Compile(*only)
	if err != nil || *rounds < 1 {
		fmt.Fprintln(stderr, "compare: -run wants a regular expression, -rounds a number above 0:", err)
		return 2
	}
	if err := flag.Set("test.benchtime", each.String()); err != nil {
		fmt.Fprintln(stderr, "compare:", err)
		return 2
	}
	if *python != "" {
		if *python, err = exec.LookPath(*python); err != nil {
			fmt.Fprintln(stderr, "compare: no CPython column:", err)
		}
	}
	bench.Header(stdout)
	code := 0
	for _, c := range cases {
		if !re.MatchString(c.Name) {
			continue
		}
		row, err := bench.Measure(c, *rounds, *python)
		if err != nil {
			fmt.Fprintln(stderr, "compare:", err)
			code = 1
		}
		if row.Ours != 0 || err == nil { // CPython alone may have failed
			row.Write(stdout)
		}
	}
	return code
}
