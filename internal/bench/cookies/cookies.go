// Package cookies measures pynet's packages httpx/cookies and httpx/cookiejar beside those of
// net/http.
package cookies

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	stdjar "net/http/cookiejar"
	"net/url"
	"runtime"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/publicsuffix"

	"github.com/pynet-go/pynet/httpx/cookiejar"
	"github.com/pynet-go/pynet/httpx/cookies"
	"github.com/pynet-go/pynet/internal/bench"
)

// A browser's Cookie header of eight cookies, and a server's Set-Cookie line.
const (
	header    = `session=8fa3c1d2e4b5a6978877665544332211; lang=en; theme=dark; _ga=GA1.2.1234567890.1700000000; _gid=GA1.2.987654321.1700000000; consent="yes"; cart=3; last=/docs/page`
	setCookie = "session=8fa3c1d2e4b5a6978877665544332211; Path=/; Domain=example.com; Expires=Wed, 09 Nov 2033 23:12:40 GMT; Max-Age=86400; Secure; HttpOnly; SameSite=Lax"
)

// Cases are what compare runs.
var Cases = []bench.Case{
	{
		Name: "cookies/cookie-header", Target: 0.5, Ours: ourHeader, Peers: []bench.Peer{{Name: "net/http", Run: netHeader}},
		Python: &bench.Python{Setup: "from http.cookies import SimpleCookie\nh = '" + header + "'", Stmt: "SimpleCookie(h)"},
	},
	{
		Name: "cookies/parse-set-cookie", Target: 0.5, Ours: ourSetCookie, Peers: []bench.Peer{{Name: "net/http", Run: netSetCookie}},
		Python: &bench.Python{Setup: "from http.cookies import SimpleCookie\nh = '" + setCookie + "'", Stmt: "SimpleCookie(h)"},
	},
	{
		Name: "cookies/write-set-cookie", Target: 0.5, Ours: ourWrite, Peers: []bench.Peer{{Name: "net/http", Run: netWrite}},
		Python: &bench.Python{Setup: "from http.cookies import SimpleCookie\nc = SimpleCookie('" + setCookie + "')", Stmt: "c.output()"},
	},
	{
		Name: "cookiejar/lookup-10k-domains", Target: 0.6, Ours: lookup(10_000), Peers: []bench.Peer{{Name: "net/http/cookiejar", Run: netLookup(10_000)}},
		Python: &bench.Python{Program: pyLookup},
	},
	{Name: "cookiejar/lookup-10", Ours: lookup(10), Peers: []bench.Peer{{Name: "net/http/cookiejar", Run: netLookup(10)}}},
	{Name: "cookiejar/lookup-1M", Ours: lookup(1_000_000), Peers: []bench.Peer{{Name: "lookup of 10 domains", Run: lookup(10)}}},
	{
		Name: "cookiejar/set-cookies", Ours: setCookies, Peers: []bench.Peer{{Name: "net/http/cookiejar", Run: netSetCookies}},
	},
	{
		Name: "cookiejar/save-load-100k-mozilla", Ours: saveLoad(cookiejar.Mozilla), Python: &bench.Python{Program: pySaveLoad},
	},
	{Name: "cookiejar/save-load-100k-lwp", Ours: saveLoad(cookiejar.LWP)},
	{Name: "cookiejar/save-load-100k-json", Ours: saveLoad(cookiejar.JSON)},
}

const pyLookup = `
import time, urllib.request
from http.cookiejar import CookieJar, Cookie
j = CookieJar()
for i in range(10000):
    j.set_cookie(Cookie(0, "a", "1", None, False, "h%d.example.com" % i, False, False, "/", True, False, None, True, None, None, {}))
n = 5
t = time.perf_counter()
for _ in range(n):
    r = urllib.request.Request("http://h5000.example.com/"); j.add_cookie_header(r); assert r.unredirected_hdrs
print((time.perf_counter() - t) / n * 1e9)
`

const pySaveLoad = `
import time, tempfile, os
from http.cookiejar import MozillaCookieJar, Cookie
j = MozillaCookieJar()
for i in range(100000):
    j.set_cookie(Cookie(0, "a", "1", None, False, "h%d.example.com" % (i // 10), False, False, "/p%d" % (i % 10), True, False, 4102444800, False, None, None, {}))
name = tempfile.mktemp()
t = time.perf_counter()
j.save(name); MozillaCookieJar().load(name)
print((time.perf_counter() - t) * 1e9)
os.remove(name)
`

func ourHeader(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		var j cookies.Jar
		if err := j.Load(header); err != nil || j.Len() != 8 {
			b.Fatal(err)
		}
	}
}

func netHeader(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		cs, err := http.ParseCookie(header)
		if err != nil || len(cs) != 8 {
			b.Fatal(err)
		}
	}
}

func ourSetCookie(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := cookies.ParseSetCookie(setCookie); err != nil {
			b.Fatal(err)
		}
	}
}

func netSetCookie(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := http.ParseSetCookie(setCookie); err != nil {
			b.Fatal(err)
		}
	}
}

func ourWrite(b *testing.B) {
	m, err := cookies.ParseSetCookie(setCookie)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if m.String() == "" {
			b.Fatal()
		}
	}
}

func netWrite(b *testing.B) {
	c, err := http.ParseSetCookie(setCookie)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if c.String() == "" {
			b.Fatal()
		}
	}
}

// unbounded keeps as many cookies as there are.
var unbounded = cookiejar.Limits{Cookies: -1, PerDomain: -1}

func ourJar(domains int) *cookiejar.Jar {
	j := cookiejar.New(&cookiejar.Browser{PublicSuffixes: publicsuffix.List})
	j.SetLimits(unbounded)
	for i := range domains {
		j.Extract(http.Header{"Set-Cookie": {"a=1", fmt.Sprintf("b=2; Domain=example%d.com; Path=/x", i)}}, cookiejar.NewRequest(fmt.Sprintf("http://h%d.example%d.com/", i, i)))
	}
	return j
}

func lookup(domains int) func(*testing.B) {
	return func(b *testing.B) {
		j := ourJar(domains)
		u := &url.URL{Scheme: "http", Host: fmt.Sprintf("h%d.example%d.com", domains/2, domains/2), Path: "/x/y"}
		runtime.GC() // what the making has left is not the lookup's
		b.ReportAllocs()
		for b.Loop() {
			if len(j.Cookies(u)) != 2 {
				b.Fatal()
			}
		}
	}
}

func netJar() http.CookieJar {
	j, err := stdjar.New(&stdjar.Options{PublicSuffixList: publicsuffix.List})
	if err != nil {
		panic(err)
	}
	return j
}

func netLookup(domains int) func(*testing.B) {
	return func(b *testing.B) {
		j := netJar()
		for i := range domains {
			u := &url.URL{Scheme: "http", Host: fmt.Sprintf("h%d.example%d.com", i, i), Path: "/"}
			j.SetCookies(u, []*http.Cookie{{Name: "a", Value: "1"}, {Name: "b", Value: "2", Domain: fmt.Sprintf("example%d.com", i), Path: "/x"}})
		}
		u := &url.URL{Scheme: "http", Host: fmt.Sprintf("h%d.example%d.com", domains/2, domains/2), Path: "/x/y"}
		runtime.GC() // what the making has left is not the lookup's
		b.ReportAllocs()
		for b.Loop() {
			if len(j.Cookies(u)) != 2 {
				b.Fatal()
			}
		}
	}
}

func setCookies(b *testing.B) {
	setting(b, cookiejar.New(&cookiejar.Browser{PublicSuffixes: publicsuffix.List}))
}
func netSetCookies(b *testing.B) { setting(b, netJar()) }

func setting(b *testing.B, j http.CookieJar) {
	c, err := http.ParseSetCookie(setCookie)
	if err != nil {
		b.Fatal(err)
	}
	u := &url.URL{Scheme: "https", Host: "www.example.com", Path: "/"}
	b.ReportAllocs()
	for b.Loop() {
		j.SetCookies(u, []*http.Cookie{c})
	}
}

// saveLoad writes and reads 100,000 cookies of 10,000 domains.
func saveLoad(f cookiejar.Format) func(*testing.B) {
	return func(b *testing.B) {
		j := cookiejar.New(nil)
		j.SetLimits(unbounded)
		for i := range 100_000 {
			j.SetCookie(&cookiejar.Cookie{
				Name: "a", Value: "1", Domain: fmt.Sprintf("h%d.example.com", i/10), Path: fmt.Sprintf("/p%d", i%10), Expires: time.Unix(4102444800, 0),
			})
		}
		var buf bytes.Buffer
		for b.Loop() {
			buf.Reset()
			if err := j.Save(&buf, f, nil); err != nil {
				b.Fatal(err)
			}
			again := cookiejar.New(nil)
			again.SetLimits(unbounded)
			if err := again.Load(io.Reader(strings.NewReader(buf.String())), f, nil); err != nil || again.Len() != 100_000 {
				b.Fatal(err, again.Len())
			}
		}
	}
}
