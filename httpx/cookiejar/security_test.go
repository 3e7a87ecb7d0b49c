package cookiejar_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/publicsuffix"

	"github.com/pynet-go/pynet/httpx/cookiejar"
)

// noon is the time of the tests.
var noon = time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)

func clock() time.Time { return noon }

// kinds are a jar for each policy, under the tests' clock.
func kinds() map[string]*cookiejar.Jar {
	m := map[string]*cookiejar.Jar{
		"Browser":       cookiejar.New(&cookiejar.Browser{Now: clock}),
		"DefaultPolicy": cookiejar.New(&cookiejar.DefaultPolicy{Now: clock}),
		"RFC 2965":      cookiejar.New(&cookiejar.DefaultPolicy{Now: clock, RFC2965: true}),
	}
	for _, j := range m {
		j.SetClock(clock)
	}
	return m
}

// set has the server of a URL set cookies.
func set(j *cookiejar.Jar, url string, lines ...string) {
	j.Extract(http.Header{"Set-Cookie": lines}, cookiejar.NewRequest(url))
}

// get is the Cookie header for a URL.
func get(j *cookiejar.Jar, url string) string {
	c, _ := j.CookieHeader(cookiejar.NewRequest(url))
	return c
}

// JAR-01: a cookie of a host without a domain, or of a domain, goes to no host that merely
// ends in the same letters.
func TestSecJAR01DomainMatch(t *testing.T) {
	for name, j := range kinds() {
		set(j, "http://acme.com/", "a=1")
		set(j, "http://www.acme.org/", "b=2; Domain=acme.org", "c=3; Domain=me.org", "d=4; Domain=org")
		for _, u := range []string{"http://badacme.com/", "http://acme.com.evil.net/", "http://me.com/", "http://com/", "http://badacme.org/", "http://acme.org.evil.net/"} {
			require.Empty(t, get(j, u), "%s, %s", name, u)
		}
		require.Equal(t, "a=1", get(j, "http://acme.com/"), name)
		require.Equal(t, "b=2", get(j, "http://x.y.acme.org/"), name)
	}
	j := kinds()["Browser"]
	set(j, "http://acme.com/", "a=1")
	require.Empty(t, get(j, "http://www.acme.com/"), "host only")
}

// JAR-02: a path is matched folder by folder.
func TestSecJAR02PathMatch(t *testing.T) {
	for name, j := range kinds() {
		set(j, "http://acme.com/", "a=1; Path=/any", "b=2; Path=/dir/")
		for path, want := range map[string]string{"/any": "a=1", "/any/x": "a=1", "/anybad": "", "/an": "", "/": "", "/dir/": "b=2", "/dir/x": "b=2", "/dir": ""} {
			require.Equal(t, want, get(j, "http://acme.com"+path), "%s, %s", name, path)
		}
	}
}

// JAR-03: dates take time in proportion to their length; what is too long is none.
func TestSecJAR03Dates(t *testing.T) {
	for _, j := range kinds() {
		for _, date := range []string{"1-c-1" + strings.Repeat(" ", 1<<20) + "!", strings.Repeat("1", 1<<20), "1-1-" + strings.Repeat("9", 1<<20), strings.Repeat("Sun,", 1<<18)} {
			set(j, "http://acme.com/", "a=1; Expires="+date)
		}
	}
}

// JAR-04: a negative version skips no check; the cookie is ignored when it is set and when it
// would be returned.
func TestSecJAR04NegativeVersion(t *testing.T) {
	for name, j := range kinds() {
		if name == "Browser" {
			continue // it knows no versions: the attribute means nothing
		}
		h := http.Header{}
		h.Add("Set-Cookie", "a=b; Version=-1; Domain=bank.com")
		h.Add("Set-Cookie2", "c=d; Version=-1; Domain=bank.com")
		j.Extract(h, cookiejar.NewRequest("http://evil.com/"))
		require.Zero(t, j.Len(), name)
		require.NoError(t, j.SetCookie(&cookiejar.Cookie{Version: -2, Name: "a", Value: "b", Domain: ".bank.com", Path: "/"}))
		require.Empty(t, get(j, "http://www.bank.com/"), name)
	}
	j := kinds()["Browser"]
	set(j, "http://evil.com/", "a=b; Version=-1; Domain=bank.com")
	require.Zero(t, j.Len())
}

// JAR-05: nobody sets cookies for a public suffix.
func TestSecJAR05PublicSuffixes(t *testing.T) {
	j := kinds()["Browser"]
	set(j, "http://evil.co.uk/", "a=1; Domain=co.uk", "b=2; Domain=.co.uk", "c=3; Domain=uk", "d=4; Domain=evil.co.uk")
	require.Equal(t, "d=4", get(j, "http://evil.co.uk/"))
	require.Equal(t, 1, j.Len())

	j = cookiejar.New(&cookiejar.Browser{PublicSuffixes: publicsuffix.List})
	set(j, "http://evil.github.io/", "a=1; Domain=github.io", "b=2; Domain=evil.github.io")
	require.Equal(t, "b=2", get(j, "http://x.evil.github.io/"))
	require.Empty(t, get(j, "http://other.github.io/"))
	set(j, "http://github.io/", "own=1; Domain=github.io") // the suffix itself: for it alone
	require.Equal(t, "own=1", get(j, "http://github.io/"))
	require.Empty(t, get(j, "http://other.github.io/"))

	for _, p := range []*cookiejar.DefaultPolicy{{StrictDomain: true}, {PublicSuffixes: publicsuffix.List}} {
		j := cookiejar.New(p)
		set(j, "http://evil.co.uk/", "a=1; Domain=.co.uk", "b=2; Domain=.evil.co.uk")
		require.Equal(t, "b=2", get(j, "http://evil.co.uk/"))
	}
}

// JAR-06: capitals, a dot at the end and Unicode pass by no check.
func TestSecJAR06Spelling(t *testing.T) {
	j := kinds()["Browser"]
	set(j, "http://evil.co.uk/", "a=1; Domain=CO.uK", "b=2; Domain=co.uk.", "c=3; Domain=.Co.Uk.")
	set(j, "http://EVIL.CO.UK./", "d=4; Domain=co.uk", "e=5; Domain=CO.UK.")
	set(j, "http://a.b./", "f=6; Domain=b", "g=7; Domain=b.")
	require.Zero(t, j.Len())
	set(j, "http://www.Example.com./", "h=8; Domain=EXAMPLE.com.")
	require.Equal(t, "h=8", get(j, "http://example.com/"))

	std, err := url.Parse("http://www.bücher.example/")
	require.NoError(t, err)
	j.SetCookies(std, []*http.Cookie{{Name: "i", Value: "9", Domain: "bücher.example"}})
	require.Equal(t, "i=9", get(j, "http://xn--bcher-kva.example/"))

	strict := cookiejar.New(&cookiejar.DefaultPolicy{StrictDomain: true})
	set(strict, "http://evil.co.uk/", "a=1; Domain=.CO.uK", "b=2; Domain=.co.uk.")
	set(strict, "http://evil.co.uk./", "c=3; Domain=.co.uk.")
	require.Zero(t, strict.Len())
}

// JAR-07: an address has no domains above it, a host of one label none either.
func TestSecJAR07Addresses(t *testing.T) {
	for name, j := range kinds() {
		set(j, "http://1.2.3.4/", "a=1; Domain=.3.4", "b=2; Domain=3.4", "c=3; Domain=4", "d=4; Domain=1.2.3.4", "e=5")
		got := get(j, "http://1.2.3.4/")
		require.Contains(t, got, "e=5", name)
		if name == "Browser" {
			require.NotContains(t, got, "a=1")
			require.NotContains(t, got, "b=2")
			require.Contains(t, got, "d=4")
			require.Empty(t, get(j, "http://9.9.3.4/"))
		}
		set(j, "http://[2001:db8::1]/", "f=6; Domain=db8::1", "g=7")
		require.Equal(t, "g=7", get(j, "http://[2001:db8::1]/"), name)
		set(j, "http://intranet/", "h=8; Domain=net", "i=9")
		require.Equal(t, "i=9", get(j, "http://intranet/"), name)
	}
}

// JAR-08: what comes by a way on which anybody may write changes no secure cookie, and none
// goes there.
func TestSecJAR08Secure(t *testing.T) {
	for name, j := range kinds() {
		set(j, "https://acme.com/x/", "a=safe; Secure; Path=/")
		set(j, "http://acme.com/", "a=evil; Path=/", "a=evil; Path=/x", "a=evil; Path=/; Domain=acme.com")
		require.Empty(t, get(j, "http://acme.com/x"), name)
		require.Empty(t, get(j, "ws://acme.com/x"), name)
		require.Equal(t, "a=safe", get(j, "https://acme.com/x"), name)
		require.Equal(t, "a=safe", get(j, "wss://acme.com/x"), name)
	}
	j := kinds()["Browser"]
	set(j, "http://acme.com/", "b=1; Secure")
	require.Zero(t, j.Len(), "nobody can know who set it")
	set(j, "https://acme.com/", "a=safe; Secure; Path=/")
	set(j, "http://acme.com/", "a=; Max-Age=0; Path=/")
	require.Equal(t, 1, j.Len(), "it is not taken away either")
}

// JAR-09: third parties get and set cookies as the policy says.
func TestSecJAR09ThirdParties(t *testing.T) {
	third := cookiejar.NewRequest("http://tracker.net/")
	third.Unverifiable, third.OriginHost = true, "www.acme.com"
	own := cookiejar.NewRequest("http://tracker.net/")
	cookie := http.Header{"Set-Cookie": {"a=1"}}
	for _, tt := range []struct {
		name   string
		policy cookiejar.Policy
		takes  bool
	}{
		{"Python's default", &cookiejar.DefaultPolicy{}, true},
		{"strict", &cookiejar.DefaultPolicy{StrictNSUnverifiable: true}, false},
		{"Browser", &cookiejar.Browser{}, true},
		{"Browser that blocks", &cookiejar.Browser{BlockThirdParties: true}, false},
	} {
		j := cookiejar.New(tt.policy)
		j.Extract(cookie, third)
		require.Equal(t, tt.takes, j.Len() == 1, tt.name)
		j.Extract(cookie, own)
		c, _ := j.CookieHeader(third)
		require.Equal(t, tt.takes, c != "", tt.name)
		c, _ = j.CookieHeader(own)
		require.Equal(t, "a=1", c, tt.name)
	}
	j := cookiejar.New(&cookiejar.DefaultPolicy{RFC2965: true})
	j.Extract(http.Header{"Set-Cookie2": {`a=1; Version="1"`}}, third)
	require.Zero(t, j.Len(), "RFC 2965 is strict by default")
}

// JAR-10: a file of cookies is its owner's, and takes the place of a link instead of following
// it.
func TestSecJAR10FileMode(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("permissions are not such there")
	}
	dir := t.TempDir()
	target, name := filepath.Join(dir, "target"), filepath.Join(dir, "cookies.txt")
	require.NoError(t, os.WriteFile(target, []byte("precious"), 0o644))
	require.NoError(t, os.Symlink(target, name))
	j := &cookiejar.FileJar{Filename: name}
	require.NoError(t, j.SetCookie(&cookiejar.Cookie{Name: "a", Value: "secret", Domain: "acme.com", Path: "/", Expires: noon.Add(100 * 365 * 24 * time.Hour)}))
	require.NoError(t, j.SaveFile("", nil))
	info, err := os.Lstat(name)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode(), "a plain file with this permission")
	b, err := os.ReadFile(target)
	require.NoError(t, err)
	require.Equal(t, "precious", string(b))
	left, err := filepath.Glob(filepath.Join(dir, ".cookies*"))
	require.NoError(t, err)
	require.Empty(t, left, "no temporary file stays")
	require.Error(t, j.SaveFile(filepath.Join(dir, "none", "x"), nil))
}

// JAR-11: nothing that a server sets makes lines of its own in a file; files are read
// strictly.
func TestSecJAR11Files(t *testing.T) {
	base := cookiejar.Cookie{Name: "a", Value: "v", Domain: "acme.com", Path: "/", Discard: true}
	all := &cookiejar.FileConfig{IgnoreDiscard: true, IgnoreExpires: true}
	for _, bad := range []string{"a\nevil.com\tTRUE\t/", "a\r", "a\x00", "a\u2028b"} {
		for _, field := range []func(*cookiejar.Cookie){
			func(c *cookiejar.Cookie) { c.Name = bad }, func(c *cookiejar.Cookie) { c.Value = bad },
			func(c *cookiejar.Cookie) { c.Domain = bad }, func(c *cookiejar.Cookie) { c.Path = bad },
		} {
			for name, f := range map[string]cookiejar.Format{"LWP": cookiejar.LWP, "Mozilla": cookiejar.Mozilla} {
				c := base
				field(&c)
				j := cookiejar.New(nil)
				require.NoError(t, j.SetCookie(&c))
				require.ErrorIs(t, j.Save(new(bytes.Buffer), f, all), cookiejar.ErrFormat, "%s, %q", name, bad)
			}
		}
	}
	c := base
	c.Value = "a\tb"
	j := cookiejar.New(nil)
	require.NoError(t, j.SetCookie(&c))
	require.ErrorIs(t, j.Save(new(bytes.Buffer), cookiejar.Mozilla, all), cookiejar.ErrFormat)
	c.Value, c.Domain = "b", "#acme.com"
	j = cookiejar.New(nil)
	require.NoError(t, j.SetCookie(&c))
	require.ErrorIs(t, j.Save(new(bytes.Buffer), cookiejar.Mozilla, all), cookiejar.ErrFormat, "it would be a comment")

	const magic = "# Netscape HTTP Cookie File\n"
	for _, s := range []string{
		"", "nonsense", magic + "acme.com\tTRUE\t/\tFALSE\t0\ta\tb", magic + "acme.com\tFALSE\t/\tFALSE\t0\ta", magic + "acme.com\tFALSE\t/\tFALSE\tx\ta\tb",
		magic + "acme.com\tFALSE\t/\tFALSE\t0\ta\tb\tc", magic + strings.Repeat("x", 1<<20),
	} {
		j := cookiejar.New(nil)
		require.Error(t, j.Load(strings.NewReader(s), cookiejar.Mozilla, all), "%.40q", s)
	}
	j = cookiejar.New(nil)
	require.NoError(t, j.Load(strings.NewReader(magic+"#HttpOnly_.acme.com\tTRUE\t/\tTRUE\t0\ta\tb\n# comment\n\n"), cookiejar.Mozilla, all))
	for c := range j.All() {
		require.True(t, c.Discard, "0 is the session")
		require.True(t, c.HTTPOnly() && c.Secure)
	}
	require.Equal(t, 1, j.Len())
}

// JAR-12: no file is read or written that was not named.
func TestSecJAR12Paths(t *testing.T) {
	t.Chdir(t.TempDir())
	require.NoError(t, os.WriteFile("none", []byte("#LWP-Cookies-2.0\nSet-Cookie3: a=b; path=\"/\"; domain=acme.com; version=0\n"), 0o600))
	var j cookiejar.FileJar
	require.ErrorIs(t, j.LoadFile("", nil), cookiejar.ErrNoFile)
	require.ErrorIs(t, j.SaveFile("", nil), cookiejar.ErrNoFile)
	require.ErrorIs(t, j.Revert("", nil), cookiejar.ErrNoFile)
	require.ErrorIs(t, j.OpenFile(nil), cookiejar.ErrNoFile)
	require.Zero(t, j.Len())
	names, err := filepath.Glob("*")
	require.NoError(t, err)
	require.Equal(t, []string{"none"}, names)
}

// JAR-13: a flood of cookies stays within the limits; the ones least recently used go.
func TestSecJAR13Flood(t *testing.T) {
	for name, j := range kinds() {
		set(j, "http://friend.com/", "keep=1")
		for i := range 10_000 {
			set(j, "http://evil.com/", fmt.Sprintf("c%d=%s", i, strings.Repeat("x", 100)))
		}
		require.Equal(t, 51, j.Len(), name)
		require.Equal(t, "keep=1", get(j, "http://friend.com/"))
		require.Contains(t, get(j, "http://evil.com/"), "c9999=", "the newest are kept")
		for i := range 10_000 {
			set(j, fmt.Sprintf("http://h%d.net/", i), "a=1")
			if i%1000 == 0 {
				require.Equal(t, "keep=1", get(j, "http://friend.com/"), "what is used stays")
			}
		}
		require.Equal(t, 3000, j.Len(), name)
		set(j, "http://big.com/", "a="+strings.Repeat("x", 4096))
		require.Empty(t, get(j, "http://big.com/"), name)
		require.ErrorIs(t, j.SetCookie(&cookiejar.Cookie{Name: "a", Value: strings.Repeat("x", 5000)}), cookiejar.ErrTooLarge)
	}
}

// JAR-14: a jar is for many goroutines at once.
func TestSecJAR14Concurrency(t *testing.T) {
	j := &cookiejar.FileJar{Filename: filepath.Join(t.TempDir(), "c"), Format: cookiejar.JSON}
	require.NoError(t, j.OpenFile(&cookiejar.FileConfig{IgnoreDiscard: true}))
	var all sync.WaitGroup
	for g := range 8 {
		all.Go(func() {
			u := fmt.Sprintf("http://h%d.com/", g%3)
			for i := range 200 {
				set(&j.Jar, u, fmt.Sprintf("a%d=1; Max-Age=%d", i%7, i%3))
				get(&j.Jar, u)
				for range j.All() {
				}
				j.ClearExpiredCookies()
				j.ClearDomain(fmt.Sprintf("h%d.com", g))
				j.SetPolicy(&cookiejar.Browser{})
				j.Len()
			}
		})
	}
	all.Wait()
	require.NoError(t, j.Close())
}

// JAR-15: a request that is sent on to another host takes that host's cookies and no others,
// its caller's own Cookie header included.
func TestSecJAR15Redirect(t *testing.T) {
	var got []string
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { got = r.Header["Cookie"] }))
	defer other.Close()
	there := strings.Replace(other.URL, "127.0.0.1", "localhost", 1)
	first := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "own", Value: "1"})
		http.Redirect(w, r, there, http.StatusFound)
	}))
	defer first.Close()
	j := cookiejar.New(nil)
	set(j, there, "theirs=2")
	req, err := http.NewRequest("GET", first.URL, nil)
	require.NoError(t, err)
	req.Header.Set("Cookie", "s=1")
	resp, err := (&http.Client{Jar: j}).Do(req)
	require.NoError(t, err)
	resp.Body.Close()
	require.Equal(t, []string{"theirs=2"}, got)

	own := httptest.NewRequest("GET", there, nil)
	own.Header.Set("Cookie", "mine=1")
	j.AddCookieHeader(own)
	require.Equal(t, []string{"mine=1"}, own.Header["Cookie"], "a request's own header stays")
}

// errors show nothing raw; what has control characters is not taken by a Browser.
func TestSecX07Controls(t *testing.T) {
	j := kinds()["Browser"]
	for c := range 0x80 {
		if c >= 0x20 && c != 0x7f || c == '\t' {
			continue
		}
		set(j, "http://acme.com/", "a=x"+string(rune(c))+"y", "a"+string(rune(c))+"=1", "a=1; Path=/"+string(rune(c)))
	}
	require.Zero(t, j.Len())
	err := j.Load(strings.NewReader("\x1b[2J"+strings.Repeat("é", 500)), cookiejar.LWP, nil)
	require.ErrorIs(t, err, cookiejar.ErrLoad)
	require.Less(t, len(err.Error()), 500)
	require.NotContains(t, err.Error(), "\x1b")
}
