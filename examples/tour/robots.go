package main

import (
	"fmt"
	"io"

	"github.com/pynet-go/pynet/urllib/parse"
	"github.com/pynet-go/pynet/urllib/robotparser"
)

// rules is a robots.txt for the log's server.
const rules = `User-agent: *
Disallow: /*?        # pages with a query are without end
Allow: /docs/
Disallow: /download
Crawl-delay: 2

User-agent: hungrybot
Disallow: /

Sitemap: https://www.example.com/sitemap.xml
`

// robots tells which of the log's requests crawlers may make, by RFC 9309's rules and by
// Python's, to which the rule that matches more is the longer.
func robots(w io.Writer, in *input) error {
	p, py := new(robotparser.Parser), &robotparser.Parser{Python: true}
	p.Parse(rules)
	py.Parse(rules)
	of := map[string]int{}
	var apart []string
	for _, e := range in.log {
		page, err := parse.JoinSameOrigin(site, e.url)
		if err != nil {
			continue
		}
		for _, crawler := range []string{"examplebot", "HungryBot/2.0"} {
			if p.CanFetch(crawler, page) {
				of[crawler]++
			}
			if p.CanFetch(crawler, page) != py.CanFetch(crawler, page) && len(apart) == 0 {
				apart = append(apart, page)
			}
		}
	}
	fmt.Fprintf(w, "of %d requests a crawler may make %d, one that is not welcome %d\n", len(in.log), of["examplebot"], of["HungryBot/2.0"])
	for _, page := range apart {
		fmt.Fprintf(w, "%s: %v, with Python's rules %v\n", page, p.CanFetch("examplebot", page), py.CanFetch("examplebot", page))
	}
	if d, ok := p.CrawlDelay("examplebot"); ok {
		fmt.Fprintf(w, "one every %v; what there is tells %s\n", d, p.Sitemaps()[0])
	}
	return nil
}
