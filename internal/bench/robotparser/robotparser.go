// Package robotparser measures pynet's package urllib/robotparser.
package robotparser

import (
	"fmt"
	"strings"
	"testing"

	"github.com/temoto/robotstxt"

	"github.com/pynet-go/pynet/internal/bench"
	"github.com/pynet-go/pynet/urllib/robotparser"
)

// Cases are the measurements of robotparser: to read a robots.txt of ten groups and 200
// rules, and to ask whether a page may be fetched, which is one of the 20 rules for a crawler
// of that name, or of none.
var Cases = []bench.Case{
	{
		Name: "robotparser/parse",
		Ours: func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				ours = parse()
			}
		},
		Peers:  []bench.Peer{{Name: "temoto/robotstxt", Run: loop(func() { theirs = parseTheirs() })}},
		Python: python("RobotFileParser().parse(lines)"),
	},
	{
		Name: "robotparser/can-fetch",
		Ours: func(b *testing.B) {
			b.ReportAllocs()
			p := parse()
			for i := 0; b.Loop(); i++ {
				ok = p.CanFetch("bot5", pages[i%len(pages)])
			}
		},
		Peers: []bench.Peer{{Name: "temoto/robotstxt", Run: func(b *testing.B) {
			r := parseTheirs()
			for i := 0; b.Loop(); i++ {
				ok = r.TestAgent(paths[i%len(paths)], "bot5")
			}
		}}},
		Python: python("for p in pages: r.can_fetch('bot5', p)"),
	},
}

var (
	ours   *robotparser.Parser
	theirs *robotstxt.RobotsData
	ok     bool

	text  = robots()
	paths = []string{"/", "/dir5/3/page.html", "/dir5/7/a/b/c", "/files/5/archive.tar.gz", "/other/page"}
	pages = func() (out []string) {
		for _, p := range paths {
			out = append(out, "https://example.org"+p)
		}
		return out
	}()
)

// robots is a robots.txt.
func robots() string {
	var b strings.Builder
	for g := range 10 {
		fmt.Fprintf(&b, "User-agent: bot%d\nCrawl-delay: %d\n", g, g)
		for r := range 20 {
			switch r % 4 {
			case 0:
				fmt.Fprintf(&b, "Disallow: /dir%d/%d/\n", g, r)
			case 1:
				fmt.Fprintf(&b, "Allow: /dir%d/%d/page.html$ # but not what is below\n", g, r-1)
			case 2:
				fmt.Fprintf(&b, "Disallow: /files/%d/*.gz$\n", r)
			case 3:
				fmt.Fprintf(&b, "Disallow: /*/private%d/\n", r)
			}
		}
		b.WriteByte('\n')
	}
	b.WriteString("User-agent: *\nDisallow:\n\nSitemap: https://example.org/sitemap.xml\n")
	return b.String()
}

func parse() *robotparser.Parser {
	p := new(robotparser.Parser)
	p.Parse(text)
	return p
}

func parseTheirs() *robotstxt.RobotsData {
	r, err := robotstxt.FromString(text)
	if err != nil {
		panic(err)
	}
	return r
}

func loop(f func()) func(*testing.B) {
	return func(b *testing.B) {
		for b.Loop() {
			f()
		}
	}
}

// python is a statement over the same text and pages.
func python(stmt string) *bench.Python {
	per := 1
	if strings.HasPrefix(stmt, "for ") {
		per = len(pages)
	}
	return &bench.Python{
		Setup: fmt.Sprintf("from urllib.robotparser import RobotFileParser\nlines = %q.splitlines()\npages = %s\nr = RobotFileParser()\nr.parse(lines)", text, quoted(pages)),
		Stmt:  stmt, Per: per,
	}
}

func quoted(list []string) string {
	return "[" + strings.Join(strings.Fields(strings.Trim(fmt.Sprintf("%q", list), "[]")), ", ") + "]"
}
