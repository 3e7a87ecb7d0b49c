// Command robots tells what crawlers may fetch of a site.
//
//	go run ./examples/robots [-agent NAME] [-python] ROBOTS [URL...]
//
// ROBOTS is the URL of a page, whose site's robots.txt is fetched, or a file that has one, or
// "-" for the standard input. It prints each URL with "allowed" or "denied", or without URLs
// what the robots.txt says. The exit code is 1 if a URL is denied.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"

	"github.com/pynet-go/pynet/urllib/robotparser"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	fs := flag.NewFlagSet("robots", flag.ContinueOnError)
	fs.SetOutput(stderr)
	agent := fs.String("agent", "examplebot", "the crawler's `name`")
	python := fs.Bool("python", false, "decide as Python does")
	if err := fs.Parse(args); err != nil {
		return 2
	}
	if fs.NArg() == 0 {
		fs.Usage()
		return 2
	}
	p := &robotparser.Parser{Python: *python, UserAgent: *agent}
	if err := load(ctx, p, fs.Arg(0), stdin); err != nil {
		fmt.Fprintln(stderr, "robots:", err)
		return 2
	}
	if fs.NArg() == 1 {
		show(stdout, p, *agent)
		return 0
	}
	code := 0
	for _, url := range fs.Args()[1:] {
		verdict := "allowed"
		if !p.CanFetch(*agent, url) {
			verdict, code = "denied ", 1
		}
		fmt.Fprintln(stdout, verdict, url)
	}
	return code
}

// load reads the robots.txt.
func load(ctx context.Context, p *robotparser.Parser, from string, stdin io.Reader) error {
	url, err := robotparser.Location(from)
	if err == nil {
		if err := p.SetURL(url); err != nil {
			return err
		}
		return p.Read(ctx)
	}
	if !errors.Is(err, robotparser.ErrScheme) || strings.Contains(from, "://") {
		return err
	}
	if from == "-" {
		_, err := p.ReadFrom(stdin)
		return err
	}
	f, err := os.Open(from)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = p.ReadFrom(f)
	return err
}

// show prints what the robots.txt says.
func show(w io.Writer, p *robotparser.Parser, agent string) {
	switch {
	case p.DisallowAll:
		fmt.Fprintln(w, "nothing is allowed")
	case p.AllowAll:
		fmt.Fprintln(w, "everything is allowed")
	default:
		fmt.Fprintln(w, p)
	}
	if d, ok := p.CrawlDelay(agent); ok {
		fmt.Fprintf(w, "\n%s waits %v\n", agent, d)
	}
	for _, url := range p.Sitemaps() {
		fmt.Fprintln(w, "sitemap", url)
	}
}
