package robotparser_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/urllib/parse"
	"github.com/pynet-go/pynet/urllib/robotparser"
)

// parsed is a Parser that knows the lines.
func parsed(lines ...string) *robotparser.Parser {
	p := new(robotparser.Parser)
	p.Parse(strings.Join(lines, "\n"))
	return p
}

func pythonic(lines ...string) *robotparser.Parser {
	p := &robotparser.Parser{Python: true}
	p.Parse(strings.Join(lines, "\n"))
	return p
}

// TestRules: which rule decides. The groups are for everybody.
func TestRules(t *testing.T) {
	for _, tt := range []struct {
		rules, url string
		want       bool
		python     bool // what Python's rules say
	}{
		{"", "/x", true, true},
		{"Disallow:", "/x", true, true},
		{"Disallow: /", "/x", false, false},
		{"Disallow: /", "/robots.txt", true, true},
		{"Disallow: /", "http://h/robots.txt?x", false, false},
		{"Disallow: /x", "/xy", false, false},
		{"Disallow: /x", "/X", true, true},
		{"Disallow: /x$", "/x", false, false},
		{"Disallow: /x$", "/xy", true, true},
		{"Disallow: /x$", "/x?", true, true},
		{"Disallow: /x$", "/x#y", false, true},
		{"Disallow: *", "/x", false, false},
		{"Disallow: *.gif$", "/a/b.gif", false, false},
		{"Disallow: *.gif$", "/a/b.gif?", true, true},
		{"Disallow: /a*c*e", "/a1c2e", false, false},
		{"Disallow: /a*c*e", "/ae1c", true, true},
		{"Disallow: /a**b", "/axb", false, false},
		{"Disallow: /a$*", "/a", false, false},
		{"Disallow: /a$b", "/a$b", false, true},
		{"Disallow: /a%24", "/a$", false, false},
		{"Disallow: /a%2A", "/a*", false, false},
		{"Disallow: /a%2A", "/ab", true, true},

		// The longest decides, and Allow between two of the same length.
		{"Disallow: /a\nAllow: /a/b", "/a/b/c", true, true},
		{"Allow: /a\nDisallow: /a/b", "/a/b/c", false, false},
		{"Disallow: /a\nAllow: /a", "/a", true, true},
		{"Allow: /public/\nDisallow: /*", "/public/x", true, false},
		{"Allow: /p\nDisallow: /*.html", "/p.html", false, false},
		{"Allow: /p$\nDisallow: /p", "/p", true, true},

		// Spellings (RFC 9309 section 2.2.2).
		{"Disallow: /ü", "/%C3%BC", false, false},
		{"Disallow: /%c3%bc", "/ü", false, false},
		{"Disallow: /%62%61%7A", "/baz", false, false},
		{"Disallow: /a?u=https://foo.bar", "/a?u=https%3A%2F%2Ffoo.bar", false, false},
		{"Disallow: /a?x=1%262", "/a?x=1&2", true, true},
		{"Disallow: /a%2Fb", "/a%2fb", false, false},
		{"Disallow: /a%2Fb", "/a/b", true, false},
		{"Disallow: /%zz", "/%25zz", false, false},
		{"Disallow: /a b", "/a%20b", false, false},

		{"Disallow: /x", "https://u:p@h:8/x/y?z", false, false},
		{"Disallow: /x", "https://h", true, true},
		{"Disallow: /", "http://[h/", true, true}, // is no URL
	} {
		assert.Equal(t, tt.want, parsed("User-agent: *", tt.rules).CanFetch("bot", tt.url), "%q: %q", tt.rules, tt.url)
		assert.Equal(t, tt.python, pythonic("User-agent: *", tt.rules).CanFetch("bot", tt.url), "Python, %q: %q", tt.rules, tt.url)
	}
}

// TestAgents: which group is for whom. Each disallows its own name.
func TestAgents(t *testing.T) {
	p := parsed(
		"Disallow: /before # belongs to no group",
		"User-agent: Foo/2.1", "Disallow: /foo", "",
		"USER-AGENT : bar", "", "# two names, one group", "user-agent:baz", "Disallow: /bar",
		"User-agent: *", "Disallow: /any",
		"User-agent: foo", "Disallow: /again", "Sitemap: https://h/map",
		"User-agent:", "Disallow: /none",
	)
	for agent, want := range map[string]string{
		"foo": "/foo /again", "FOO/9.1 (x)": "/foo /again", " foo ": "/foo /again",
		"bar": "/bar", "Baz": "/bar", "foobar": "/any", "fo": "/any", "*": "/any", "": "/any",
	} {
		var denied []string
		for _, path := range []string{"/before", "/foo", "/bar", "/any", "/again", "/none"} {
			if !p.CanFetch(agent, path) {
				denied = append(denied, path)
			}
		}
		assert.Equal(t, want, strings.Join(denied, " "), "%q", agent)
	}
	assert.Equal(t, []string{"https://h/map"}, p.Sitemaps())
}

// TestAgentsPython: to Python a token may be any part of a name.
func TestAgentsPython(t *testing.T) {
	p := pythonic("User-agent: bot", "Disallow: /bot", "User-agent: Foobot", "Disallow: /foobot", "User-agent: *", "Disallow: /any")
	assert.False(t, p.CanFetch("foobot", "/foobot"))
	assert.False(t, p.CanFetch("foobot/1.0", "/bot"), "the first that is a part")
	assert.False(t, p.CanFetch("xbotx", "/bot"))
	assert.False(t, p.CanFetch("x/bot", "/any"))
}

// TestNumbers: delays and rates, of the last line that has one.
func TestNumbers(t *testing.T) {
	p := parsed("User-agent: a", "Crawl-delay: 7", "Crawl-delay: x", "Request-rate: 3 / 20",
		"User-agent: b", "Crawl-delay: 99999999999", "Request-rate: 1/2/3",
		"User-agent: a", "Crawl-delay:", "User-agent: a", "Crawl-delay: 0")
	d, ok := p.CrawlDelay("A/1")
	assert.True(t, ok)
	assert.Zero(t, d)
	r, ok := p.RequestRate("a")
	assert.True(t, ok)
	assert.Equal(t, robotparser.RequestRate{Requests: 3, Per: 20 * time.Second}, r)
	d, ok = p.CrawlDelay("b")
	assert.True(t, ok)
	assert.Equal(t, robotparser.MaxDelay, d)
	_, ok = p.RequestRate("b")
	assert.False(t, ok)
	_, ok = p.CrawlDelay("c")
	assert.False(t, ok)
}

// TestUnknown: what is not known yet allows nothing.
func TestUnknown(t *testing.T) {
	var p robotparser.Parser
	assert.False(t, p.CanFetch("a", "/"))
	assert.True(t, p.Fetched().IsZero())
	assert.Nil(t, p.Sitemaps())
	assert.Empty(t, p.String())
	_, ok := p.CrawlDelay("a")
	assert.False(t, ok)
	_, ok = p.RequestRate("a")
	assert.False(t, ok)

	now := time.Unix(1e9, 0)
	p.Now = func() time.Time { return now }
	p.Touch()
	assert.Equal(t, now, p.Fetched())
	assert.True(t, p.CanFetch("a", "/"))
	p.AllowAll, p.DisallowAll = true, true
	assert.False(t, p.CanFetch("a", "/"))
}

// TestLines: what ends a line.
func TestLines(t *testing.T) {
	text := "\ufeffUser-agent: *\rDisallow: /a\r\n\nDisallow: /b\u2028Disallow: /c\n"
	p, py := new(robotparser.Parser), &robotparser.Parser{Python: true}
	p.Parse(text)
	py.Parse(strings.TrimPrefix(text, "\ufeff"))
	assert.False(t, p.CanFetch("x", "/a"))
	assert.True(t, p.CanFetch("x", "/b"), "the rule is longer")
	assert.False(t, p.CanFetch("x", "/b\u2028Disallow: /c"))
	assert.False(t, py.CanFetch("x", "/b"))
	assert.False(t, py.CanFetch("x", "/c"))

	p = new(robotparser.Parser)
	p.ParseLines(slices.Values([]string{"User-agent: *\n", "\n", "Disallow: /a\n"}))
	assert.Equal(t, "User-agent: *\nDisallow: /a", p.String())
}

// TestParseAgain: texts add to what is known.
func TestParseAgain(t *testing.T) {
	p := parsed("User-agent: a", "Disallow: /1")
	p.Parse("User-agent: A\nDisallow: /2")
	assert.False(t, p.CanFetch("a", "/1"))
	assert.False(t, p.CanFetch("a", "/2"))
}

func TestURLs(t *testing.T) {
	p, err := robotparser.New("https://u@h:8/r.txt?q")
	require.NoError(t, err)
	assert.Equal(t, []string{"https://u@h:8/r.txt?q", "u@h:8", "/r.txt"}, []string{p.URL(), p.Host(), p.Path()})
	_, err = robotparser.New("http://[h/")
	var e *parse.Error
	require.ErrorAs(t, err, &e)

	for page, want := range map[string]string{"HTTP://h:8/a/b?c#d": "http://h:8/robots.txt", "https://[::1]": "https://[::1]/robots.txt"} {
		got, err := robotparser.Location(page)
		require.NoError(t, err)
		assert.Equal(t, want, got)
	}
	for _, page := range []string{"ftp://h/", "/a", "http:/a"} {
		_, err := robotparser.Location(page)
		require.ErrorIs(t, err, robotparser.ErrScheme, page)
	}
	_, err = robotparser.Location("http://[h/")
	require.ErrorAs(t, err, &e)
}

// TestAllocs: a question whose URL is plain makes no garbage.
func TestAllocs(t *testing.T) {
	p := parsed("User-agent: *", "Disallow: /a/*/b", "Allow: /c")
	var ok bool
	require.Zero(t, testing.AllocsPerRun(100, func() { ok = p.CanFetch("examplebot/1.0", "https://example.org/a/x/y") }))
	assert.True(t, ok)
}
