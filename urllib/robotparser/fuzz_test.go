package robotparser_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/pynet-go/pynet/urllib/robotparser"
)

// FuzzParse: any text is one of a robots.txt; what is understood of it can be written down
// and read again.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"User-agent: *\nDisallow: /a\nAllow: /a/b$\nCrawl-delay: 3\nRequest-rate: 1/5\nSitemap: x",
		"user-agent:a\nuser-agent:A\r\rDisallow: *a**b$*",
		"\ufeffUser-agent: \xff/1\nDisallow: /%zz?%3d=%2f#c\nUser-agent: *\n:\n",
		"User-agent: ١\nCrawl-delay: ١\nDisallow: /a$b",
	} {
		f.Add(s, "a", "/a/b?c=d")
	}
	f.Fuzz(func(t *testing.T, text, agent, url string) {
		for _, python := range []bool{false, true} {
			p := &robotparser.Parser{Python: python}
			p.Parse(text)
			q := &robotparser.Parser{Python: python}
			q.Parse(p.String())
			if python && strings.ContainsAny(p.String(), "\x1c\x1d\x1e\v\f\u0085\u2028\u2029") {
				continue // cannot be: these end lines
			}
			if p.CanFetch(agent, url) != q.CanFetch(agent, url) {
				t.Errorf("python %v: %q of %q may fetch %q: %v, and after %q: %v", python, agent, text, url, p.CanFetch(agent, url), p, q.CanFetch(agent, url))
			}
			if same(p) != same(q) {
				t.Errorf("python %v: %q, read again %q", python, p, q)
			}
			d, ok := p.CrawlDelay(agent)
			if d2, ok2 := q.CrawlDelay(agent); d != d2 || ok != ok2 || d > robotparser.MaxDelay {
				t.Errorf("%q: delay %v, read again %v", text, d, d2)
			}
		}
	})
}

// same is the text of what is known: a group without rules is read again as one with an empty
// one, which is the same.
func same(p *robotparser.Parser) string {
	return strings.ReplaceAll(p.String()+"\n", "Allow: \n", "Allow:\n")
}

// FuzzMatch: a rule matches what the regular expression of the same meaning does.
func FuzzMatch(f *testing.F) {
	f.Add("/a*b*c$", "/axbxc")
	f.Add("/a**", "/a")
	f.Add("*.gif$", "/x.gif.gif")
	f.Add("/a$", "/a$")
	f.Fuzz(func(t *testing.T, pattern, path string) {
		if strings.Trim(pattern, "abc/*") != "" && strings.Trim(strings.TrimSuffix(pattern, "$"), "abc/*") != "" || strings.Trim(path, "abc/") != "" {
			return
		}
		if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || pattern == "" {
			return
		}
		text, anchored := strings.CutSuffix(pattern, "$")
		re := "^" + strings.ReplaceAll(regexp.QuoteMeta(text), `\*`, "(?s:.*)")
		if anchored {
			re += "$"
		}
		want := !regexp.MustCompile(re).MatchString(path)
		for _, python := range []bool{false, true} {
			p := &robotparser.Parser{Python: python}
			p.Parse("User-agent: *\nDisallow: " + pattern)
			if got := p.CanFetch("x", path); got != want {
				t.Errorf("python %v: %q and %q: %v", python, pattern, path, got)
			}
		}
	})
}
