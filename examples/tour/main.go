// Command tour shows what the packages of pynet do, section by section, at real work on
// real input.
//
//	go run ./examples/tour [-routes FILE] [-log FILE] [SECTION...]
//
// The input is a small sample unless -routes names a dump of routes (the output of ip
// route, or any text that has a network in each line) and -log an access log of nginx
// or apache. Each section is a function in a file of its own, to be read beside what it
// prints.
package main

import (
	"bufio"
	"bytes"
	_ "embed"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

//go:embed routes.txt
var sampleRoutes []byte

//go:embed access.log
var sampleLog []byte

// An input is what the sections work on.
type input struct {
	routes []string // lines
	log    []entry
	// badLines is how many lines of the log were not understood.
	badLines int
}

// A section is one part of the tour.
type section struct {
	name, title string
	run         func(w io.Writer, in *input) error
}

// sections lists the parts in the order in which they are shown.
var sections = []section{
	{"ipaddress", "ipaddress: a routing table, collapsed, searched and exported", networks},
	{"urls", "urllib/parse: the URLs of an access log, split, joined and told apart", urls},
	{"robots", "urllib/robotparser: which requests of the log crawlers may make", robots},
	{"socket", "socket: the log asked over TCP, with and without waiting", sockets},
	{"web", "httpx: the requests of the log once more, and some that are refused", web},
	{"tls", "tlsutil: the log read over TLS, with an authority made for it", secured},
	{"telnet", "protocols/telnet: the log asked at a prompt, from both ends", prompt},
	{"cookies", "httpx/cookies, httpx/cookiejar: cookies set, kept and refused", jars},
	{"ids", "uuid: identifiers that sort by time, and ones that name things", identifiers},
}

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "tour:", err)
		os.Exit(1)
	}
}

func run(args []string, stdout io.Writer) error {
	fs := flag.NewFlagSet("tour", flag.ContinueOnError)
	routes := fs.String("routes", "", "a dump of routes; a `file`")
	log := fs.String("log", "", "an access log of nginx or apache; a `file`")
	if err := fs.Parse(args); err != nil {
		return err
	}
	in, err := load(*routes, *log)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(stdout)
	defer w.Flush()
	for _, name := range fs.Args() {
		if !slices.ContainsFunc(sections, func(s section) bool { return s.name == name }) {
			return fmt.Errorf("no section %q", name)
		}
	}
	for _, s := range sections {
		if fs.NArg() > 0 && !slices.Contains(fs.Args(), s.name) {
			continue
		}
		fmt.Fprintf(w, "%s\n%s\n", s.title, strings.Repeat("=", len(s.title)))
		if err := s.run(w, in); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		fmt.Fprintln(w)
	}
	return w.Flush()
}

// load reads the files, or the samples in their place.
func load(routes, log string) (*input, error) {
	read := func(name string, sample []byte) ([]string, error) {
		if name != "" {
			b, err := os.ReadFile(name)
			if err != nil {
				return nil, err
			}
			sample = b
		}
		var lines []string
		for l := range bytes.Lines(sample) {
			if l = bytes.TrimSpace(l); len(l) > 0 {
				lines = append(lines, string(l))
			}
		}
		return lines, nil
	}
	in := &input{}
	var err error
	if in.routes, err = read(routes, sampleRoutes); err != nil {
		return nil, err
	}
	lines, err := read(log, sampleLog)
	if err != nil {
		return nil, err
	}
	for _, l := range lines {
		if e, ok := parseEntry(l); ok {
			in.log = append(in.log, e)
		} else {
			in.badLines++
		}
	}
	return in, nil
}
