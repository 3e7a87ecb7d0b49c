package robotparser_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/urllib/robotparser"
)

// An order of rules that hides the longest.
func TestSecROB01Longest(t *testing.T) {
	for _, make := range []func(...string) *robotparser.Parser{parsed, pythonic} {
		assert.True(t, make("User-agent: *", "Disallow: /", "Allow: /public/").CanFetch("x", "/public/x"))
		p := make("User-agent: x", "Disallow: /a", "User-agent: x", "Disallow: /b")
		assert.False(t, p.CanFetch("x", "/a"), "groups of the same agent hold together")
		assert.False(t, p.CanFetch("x", "/b"))
	}
}

// Stars with which a matcher that goes back never comes to an end: even one of quadratic time
// would take hours for this.
func TestSecROB02Stars(t *testing.T) {
	p := parsed("User-agent: *", "Disallow: /"+strings.Repeat("*a", 100)+"b", "Disallow: /"+strings.Repeat("*", 100000)+"c")
	assert.True(t, p.CanFetch("x", "/"+strings.Repeat("a", 3_000_000)))
	assert.False(t, p.CanFetch("x", "/"+strings.Repeat("a", 3_000_000)+"b"))
	assert.False(t, p.CanFetch("x", "/c"))
}

// Many groups of many agents, which are not put together one by one: memory is linear.
func TestSecROB02Groups(t *testing.T) {
	for _, make := range []func(...string) *robotparser.Parser{parsed, pythonic} {
		text := strings.Repeat("User-agent: *\nAllow:/\n", 1000) + strings.Repeat(strings.Repeat("User-agent: a\n", 1000)+"Allow: /\n", 10)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		p := make(text)
		runtime.ReadMemStats(&after)
		assert.True(t, p.CanFetch("a", "/x"))
		assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(20*len(text)))
	}
}

// A line that is no UTF-8 ends nothing.
func TestSecROB03Bytes(t *testing.T) {
	for _, make := range []func(...string) *robotparser.Parser{parsed, pythonic} {
		p := make("User-agent: *", "Disallow: /\xff", "Disallow: /x", "\xfe\xff: \x00", "Disallow: /y")
		assert.False(t, p.CanFetch("a", "/x"))
		assert.False(t, p.CanFetch("a", "/y"))
		assert.False(t, p.CanFetch("a", "/%ff"))
		assert.True(t, p.CanFetch("a", "/z"))
	}
}

// Numbers that are none.
func TestSecROB04Numbers(t *testing.T) {
	for _, bad := range []string{"²", "٣", "1.5", "-1", "+1", "0x1", "1_0", "1 0", ""} {
		p := parsed("User-agent: *", "Crawl-delay: "+bad, "Disallow: /x")
		_, ok := p.CrawlDelay("a")
		assert.False(t, ok, bad)
		assert.False(t, p.CanFetch("a", "/x"), "the rest holds")
	}
	for _, bad := range []string{"1/0", "1/٣", "1", "/", "1/", "/1", "1/2/3", "1/1s"} {
		_, ok := parsed("User-agent: *", "Request-rate: "+bad).RequestRate("a")
		assert.False(t, ok, bad)
	}
	// With Python's rules there are digits of other scripts, ten in a row.
	d, ok := pythonic("User-agent: *", "Crawl-delay: ١٢𝟛").CrawlDelay("a")
	assert.True(t, ok)
	assert.Equal(t, 123*time.Second, d)
	for _, r := range unicode.Nd.R16 {
		assert.True(t, r.Stride == 1 && (r.Hi-r.Lo+1)%10 == 0, "%x", r.Lo)
	}
	for _, r := range unicode.Nd.R32 {
		assert.True(t, r.Stride == 1 && (r.Hi-r.Lo+1)%10 == 0, "%x", r.Lo)
	}
	_, ok = pythonic("User-agent: *", "Crawl-delay: ²").CrawlDelay("a")
	assert.False(t, ok)
}

// A server that fails is no server without rules.
func TestSecROB05Status(t *testing.T) {
	for code, want := range map[int]bool{200: true, 204: true, 401: false, 403: false, 404: true, 410: true, 429: true, 500: false, 503: false} {
		p, _ := fetch(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) })
		require.NoError(t, p.Read(t.Context()), code)
		assert.Equal(t, want, p.CanFetch("a", "/x"), code)
		assert.False(t, p.Fetched().IsZero())
	}
	p, _ := fetch(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(300) })
	var e *robotparser.StatusError
	require.ErrorAs(t, p.Read(t.Context()), &e)
	assert.Equal(t, 300, e.Code)
	assert.Contains(t, e.Error(), "300")
	assert.False(t, p.CanFetch("a", "/x"))

	// Nobody answers, and what was known before is no longer known.
	p = parsed("User-agent: *", "Disallow: /y")
	p.Client = &http.Client{Transport: failing{}}
	require.NoError(t, p.SetURL("http://h/robots.txt"))
	require.ErrorIs(t, p.Read(t.Context()), net.ErrClosed)
	assert.False(t, p.CanFetch("a", "/x"))
	assert.True(t, p.Fetched().IsZero())

	// The answer breaks off.
	p = new(robotparser.Parser)
	err := p.ReadResponse(&http.Response{StatusCode: 200, Body: io.NopCloser(io.MultiReader(strings.NewReader("User-agent: *\n"), broken{}))})
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
	assert.False(t, p.CanFetch("a", "/x"))
}

type failing struct{}

func (failing) RoundTrip(*http.Request) (*http.Response, error) { return nil, net.ErrClosed }

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// fetch is a Parser whose server is the handler.
func fetch(t *testing.T, h http.HandlerFunc) (*robotparser.Parser, *httptest.Server) {
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	p, err := robotparser.New(s.URL + "/robots.txt")
	require.NoError(t, err)
	p.Client = s.Client()
	return p, s
}

// A text without end, and redirects.
func TestSecROB06Size(t *testing.T) {
	endless := &counted{line: []byte("User-agent: *\nDisallow: /x\nAllow: /y\n")}
	var p robotparser.Parser
	_, err := p.ReadFrom(io.LimitReader(endless, 1<<30))
	require.NoError(t, err)
	assert.LessOrEqual(t, endless.n, 2*robotparser.DefaultMaxSize)
	assert.False(t, p.CanFetch("a", "/x"))

	// What is cut off leaves no half of a rule behind.
	p = robotparser.Parser{MaxSize: 30}
	p.Parse("User-agent: *\nDisallow: /a/b/c/d\n")
	assert.True(t, p.CanFetch("a", "/a/b"))
	p = robotparser.Parser{MaxSize: -1}
	p.Parse("User-agent: *\n" + strings.Repeat("#\n", robotparser.DefaultMaxSize) + "Disallow: /x")
	assert.False(t, p.CanFetch("a", "/x"))
}

type counted struct {
	line []byte
	n    int
}

func (c *counted) Read(p []byte) (int, error) {
	n := copy(p, bytes.Repeat(c.line, len(p)/len(c.line)+1))
	c.n += n
	return n, nil
}

func TestSecROB06Redirects(t *testing.T) {
	left := 5
	p, _ := fetch(t, func(w http.ResponseWriter, r *http.Request) {
		assert.Equal(t, "examplebot", r.UserAgent())
		if left--; left >= 0 {
			http.Redirect(w, r, "/again", http.StatusFound)
			return
		}
		io.WriteString(w, "User-agent: *\nDisallow: /x")
	})
	p.UserAgent = "examplebot"
	require.NoError(t, p.Read(t.Context()), "five are followed")
	assert.False(t, p.CanFetch("a", "/x"))
	assert.True(t, p.CanFetch("a", "/y"))
	left = 6
	require.ErrorIs(t, p.Read(t.Context()), robotparser.ErrRedirects)
	assert.False(t, p.CanFetch("a", "/y"))

	for _, to := range []string{"file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/"} {
		p, _ := fetch(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", to)
			w.WriteHeader(302)
		})
		require.ErrorIs(t, p.Read(t.Context()), robotparser.ErrScheme, to)
		assert.False(t, p.CanFetch("a", "/"))
		require.NoError(t, p.SetURL(to))
		require.ErrorIs(t, p.Read(t.Context()), robotparser.ErrScheme, to)
	}
	require.NoError(t, p.SetURL("http://h:x/"))
	require.Error(t, p.Read(t.Context()))
	assert.False(t, p.CanFetch("a", "/"))
}

// Spellings of a URL that evade a rule.
func TestSecROB07Spelling(t *testing.T) {
	p := parsed("User-agent: *", "Disallow: /a%2Fb", "Disallow: /c?", "Disallow: /d?x=1%26y", "Disallow: /e%3Ff")
	for url, want := range map[string]bool{
		"/a/b": true, "/a%2fb": false, "/a%2Fb": false, "/%61%2Fb": false,
		"/c": true, "/c?": false, "/c?x": false, "/c%3F": true,
		"/d?x=1&y": true, "/d?%78=1%26y": false,
		"/e?f": true, "/e%3ff": false,
	} {
		assert.Equal(t, want, p.CanFetch("a", url), url)
	}
}

// A part of a name is another's.
func TestSecROB08Agent(t *testing.T) {
	p := parsed("User-agent: bot", "Disallow: /", "User-agent: foo", "Disallow: /foo")
	assert.True(t, p.CanFetch("robot", "/x"))
	assert.True(t, p.CanFetch("bo", "/x"))
	assert.False(t, p.CanFetch("Foo/1.0", "/foo"))
	assert.True(t, p.CanFetch("Foo/1.0", "/x"))
}

// A server that sends on and on is left when the context is over.
func TestSecX18Trickle(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	p, _ := fetch(t, func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "User-agent: *\n")
		w.(http.Flusher).Flush()
		cancel()
		<-r.Context().Done()
	})
	err := p.Read(ctx)
	require.ErrorIs(t, err, context.Canceled)
	assert.False(t, p.CanFetch("a", "/"))
	assert.False(t, errors.Is(err, robotparser.ErrScheme))
}
