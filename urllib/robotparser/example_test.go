package robotparser_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"

	"github.com/pynet-go/pynet/urllib/robotparser"
)

func Example() {
	p := new(robotparser.Parser)
	p.Parse(`
User-agent: *
Disallow: /private/
Allow: /private/press/
Crawl-delay: 5

User-agent: hungrybot
Disallow: /

Sitemap: https://example.org/sitemap.xml
`)
	fmt.Println(p.CanFetch("examplebot", "https://example.org/private/a"))
	fmt.Println(p.CanFetch("examplebot", "https://example.org/private/press/b"))
	fmt.Println(p.CanFetch("HungryBot/2.0", "https://example.org/"))
	fmt.Println(p.CrawlDelay("examplebot"))
	fmt.Println(p.Sitemaps())
	// Output:
	// false
	// true
	// false
	// 5s true
	// [https://example.org/sitemap.xml]
}

// A crawler reads the robots.txt before it fetches a page.
func ExampleParser_Read() {
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "User-agent: *\nDisallow: /cgi-bin/\n")
	}))
	defer site.Close()

	page := site.URL + "/cgi-bin/search"
	url, err := robotparser.Location(page)
	if err != nil {
		fmt.Println(err)
		return
	}
	p, err := robotparser.New(url)
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := p.Read(context.Background()); err != nil {
		fmt.Println(err) // the site cannot be reached, and so nothing may be fetched
		return
	}
	fmt.Println(p.CanFetch("examplebot", page))
	fmt.Println(p.CanFetch("examplebot", site.URL+"/about"))
	// Output:
	// false
	// true
}

// Who ports a crawler from Python keeps its decisions.
func ExampleParser_python() {
	rules := "User-agent: *\nDisallow: /*\nAllow: /public/\n"
	p, py := new(robotparser.Parser), &robotparser.Parser{Python: true}
	p.Parse(rules)
	py.Parse(rules)
	fmt.Println(p.CanFetch("examplebot", "/public/a"))
	fmt.Println(py.CanFetch("examplebot", "/public/a"))
	// Output:
	// true
	// false
}

func ExampleParser_RequestRate() {
	p := new(robotparser.Parser)
	p.Parse("User-agent: *\nRequest-rate: 3/20\n")
	if rate, ok := p.RequestRate("examplebot"); ok {
		fmt.Println(rate.Requests, "in", rate.Per)
	}
	// Output: 3 in 20s
}
