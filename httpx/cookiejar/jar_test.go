package cookiejar_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/publicsuffix"

	"github.com/pynet-go/pynet/httpx/cookiejar"
)

// listed are the cookies of a jar, each as its domain, path, name and value.
func listed(j *cookiejar.Jar) string {
	var out []string
	for c := range j.All() {
		out = append(out, c.Domain+c.Path+" "+c.Name+"="+c.Value)
	}
	return strings.Join(out, ", ")
}

// TestBrowser: lines that a server sets, what the jar then holds, and what goes where.
func TestBrowser(t *testing.T) {
	for _, tt := range []struct {
		why, from string
		set       []string
		holds     string
		queries   map[string]string
	}{
		{"plain", "http://www.example.com/a/b", []string{"a=1", "b = 2 ", "c=x=y; Path=/", `d="q v"`}, `www.example.com/a a=1, www.example.com/a b=2, www.example.com/a d="q v", www.example.com/ c=x=y`,
			map[string]string{"http://www.example.com/a/": `a=1; b=2; d="q v"; c=x=y`, "http://www.example.com/": "c=x=y", "http://example.com/": ""}},
		{"a domain", "http://www.example.com/", []string{"a=1; Domain=example.com", "b=2; domain=.example.com; domain=www.example.com", "c=3; Domain=other.com"}, ".example.com/ a=1, .www.example.com/ b=2",
			map[string]string{"http://x.example.com/": "a=1", "http://www.example.com/": "a=1; b=2"}},
		{"an empty domain", "http://www.example.com/", []string{"a=1; Domain=", "b=2; Domain"}, "www.example.com/ a=1, www.example.com/ b=2", nil},
		{"no name", "http://h.com/", []string{"only", "=value", "", "=", "__Host-x"}, "h.com/ =value", map[string]string{"http://h.com/": "value"}},
		{"the last of each attribute counts, Max-Age before Expires", "http://h.com/", []string{
			"a=1; Max-Age=5; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "b=2; Path=/x; Path=/", "c=3; Max-Age=x", "d=4; Max-Age=0; Max-Age=5", "e=5; max-age=-1", "f=6; expires=nonsense",
		}, "h.com/ a=1, h.com/ b=2, h.com/ c=3, h.com/ d=4, h.com/ f=6", nil},
		{"prefixes", "https://h.com/", []string{"__Host-a=1; Secure; Path=/", "__Host-b=1; Secure; Path=/; Domain=h.com", "__Secure-c=1; Secure", "__Secure-d=1", "__HOST-e=1; Secure", "__host-f=1; Path=/"}, "h.com/ __Host-a=1, h.com/ __Secure-c=1", nil},
		{"SameSite=None wants Secure", "https://h.com/", []string{"a=1; SameSite=None", "b=2; SameSite=None; Secure", "c=3; SameSite=odd"}, "h.com/ b=2, h.com/ c=3", nil},
		{"paths that are none", "http://h.com/dir/page", []string{"a=1; Path=x", "b=2; Path=", "c=3"}, "h.com/dir a=1, h.com/dir b=2, h.com/dir c=3", nil},
	} {
		t.Run(tt.why, func(t *testing.T) {
			j := kinds()["Browser"]
			set(j, tt.from, tt.set...)
			require.Equal(t, tt.holds, listed(j))
			for u, want := range tt.queries {
				require.Equal(t, want, get(j, u), u)
			}
		})
	}
}

// TestSameSite: which cookies go with, and may be set by, requests that another site caused.
func TestSameSite(t *testing.T) {
	j := kinds()["Browser"]
	set(j, "https://shop.example/", "none=1; SameSite=None; Secure", "lax=1; SameSite=Lax", "strict=1; SameSite=Strict", "unsaid=1")
	for _, tt := range []struct {
		site string
		top  bool
		want string
	}{
		{"", false, "none=1; lax=1; strict=1; unsaid=1"},
		{"www.shop.example", false, "none=1; lax=1; strict=1; unsaid=1"},
		{"evil.example", false, "none=1"},
		{"evil.example", true, "none=1; lax=1; unsaid=1"},
	} {
		r := cookiejar.NewRequest("https://shop.example/")
		r.Site, r.TopLevel = tt.site, tt.top
		got, _ := j.CookieHeader(r)
		require.Equal(t, tt.want, got, "%+v", tt)
	}
	for top, want := range map[bool]string{false: "none", true: "none lax strict unsaid"} {
		j := kinds()["Browser"]
		r := cookiejar.NewRequest("https://shop.example/")
		r.Site, r.TopLevel = "evil.example", top
		j.Extract(http.Header{"Set-Cookie": {"none=1; SameSite=None; Secure", "lax=1; SameSite=Lax", "strict=1; SameSite=Strict", "unsaid=1"}}, r)
		var names []string
		for c := range j.All() {
			names = append(names, c.Name)
		}
		require.Equal(t, want, strings.Join(names, " "))
	}
}

// TestHTTPOnly: scripts neither see nor set such cookies.
func TestHTTPOnly(t *testing.T) {
	j := kinds()["Browser"]
	set(j, "http://h.com/", "a=1; HttpOnly", "b=2")
	r := cookiejar.NewRequest("http://h.com/")
	r.Script = true
	got, _ := j.CookieHeader(r)
	require.Equal(t, "b=2", got)
	j.Extract(http.Header{"Set-Cookie": {"c=3; HttpOnly"}}, r)
	require.Equal(t, 2, j.Len())
}

// TestLife: cookies end, at most 400 days from now, and are gone after the next lookup.
func TestLife(t *testing.T) {
	now := noon
	j := cookiejar.New(&cookiejar.Browser{Now: func() time.Time { return now }})
	j.SetClock(func() time.Time { return now })
	set(j, "http://h.com/", "a=1; Max-Age=60", "b=2; Expires=Wed, 25 Nov 2026 12:02:00 GMT", "c=3; Max-Age=999999999999", "d=4")
	require.Equal(t, "a=1; b=2; c=3; d=4", get(j, "http://h.com/"))
	now = noon.Add(time.Minute)
	require.Equal(t, 4, j.Len())
	require.Equal(t, "b=2; c=3; d=4", get(j, "http://h.com/"))
	require.Equal(t, 3, j.Len())
	set(j, "http://h.com/", "b=2; Max-Age=1000") // a new life
	now = noon.Add(3 * time.Minute)
	require.Equal(t, "b=2; c=3; d=4", get(j, "http://h.com/"))
	now = noon.Add(400*24*time.Hour + time.Second)
	require.Equal(t, "d=4", get(j, "http://h.com/"))
	set(j, "http://h.com/", "d=; Max-Age=0")
	require.Zero(t, j.Len())

	set(j, "http://h.com/", "s=1", "t=2; Max-Age=5")
	j.ClearSessionCookies()
	require.Equal(t, "h.com/ t=2", listed(j))
	now = now.Add(10 * time.Second)
	j.ClearExpiredCookies()
	require.Zero(t, j.Len())
}

func TestClear(t *testing.T) {
	j := kinds()["Browser"]
	fill := func() {
		j.Clear()
		set(j, "http://h.com/", "a=1", "b=2", "c=3; Path=/x")
		set(j, "http://i.com/", "a=1")
	}
	fill()
	require.NoError(t, j.ClearCookie("h.com", "/", "a"))
	require.ErrorIs(t, j.ClearCookie("h.com", "/", "a"), cookiejar.ErrNotFound)
	require.Equal(t, "h.com/ b=2, h.com/x c=3, i.com/ a=1", listed(j))
	require.NoError(t, j.ClearPath("h.com", "/"))
	require.ErrorIs(t, j.ClearPath("h.com", "/"), cookiejar.ErrNotFound)
	require.Equal(t, "h.com/x c=3, i.com/ a=1", listed(j))
	require.NoError(t, j.ClearDomain("h.com"))
	require.ErrorIs(t, j.ClearDomain("h.com"), cookiejar.ErrNotFound)
	require.Equal(t, "i.com/ a=1", listed(j))
	require.Len(t, j.Select(func(c *cookiejar.Cookie) bool { return c.Domain == "h.com" }), 0)
	// Many domains that come and go leave nothing behind.
	for i := range 1000 {
		set(j, fmt.Sprintf("http://h%d.com/", i), "a=1")
		if i%2 == 0 {
			require.NoError(t, j.ClearDomain(fmt.Sprintf("h%d.com", i)))
		} else {
			require.NoError(t, j.ClearCookie(fmt.Sprintf("h%d.com", i), "/", "a"))
		}
	}
	require.Equal(t, "i.com/ a=1", listed(j))
}

// TestClient: in an http.Client the jar keeps a session, as net/http's own does.
func TestClient(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := 0
		if c, err := r.Cookie("count"); err == nil {
			fmt.Sscan(c.Value, &n)
		}
		http.SetCookie(w, &http.Cookie{Name: "count", Value: fmt.Sprint(n + 1), Path: "/", MaxAge: 100})
		http.SetCookie(w, &http.Cookie{Name: "quoted", Value: "a b", Quoted: true})
		fmt.Fprint(w, n, " ", r.Header["Cookie"])
	}))
	defer srv.Close()
	j := cookiejar.New(nil)
	client := &http.Client{Jar: j}
	for i, want := range []string{"0 []", `1 [count=1; quoted="a b"]`, `2 [count=2; quoted="a b"]`} {
		resp, err := client.Get(srv.URL)
		require.NoError(t, err)
		var b bytes.Buffer
		b.ReadFrom(resp.Body)
		resp.Body.Close()
		require.Equal(t, want, b.String(), "request %d", i)
	}
	u, err := url.Parse("ftp://127.0.0.1/")
	require.NoError(t, err)
	require.Nil(t, j.Cookies(u))
	j.SetCookies(u, []*http.Cookie{{Name: "x", Value: "y"}})
	require.Equal(t, 2, j.Len())
	for c := range j.All() {
		require.Equal(t, c.Name, c.HTTP().Name)
	}
}

// TestFormats: what is saved in a format and loaded again is the same, as far as the format
// goes.
func TestFormats(t *testing.T) {
	end := noon.Add(time.Hour)
	full := &cookiejar.Cookie{
		Version: 1, Name: "full", Value: `a "b" \c; d, é`, Port: "80,8080", PortSpecified: true, Domain: ".example.com", DomainSpecified: true,
		DomainInitialDot: true, Path: "/x y", PathSpecified: true, Secure: true, Expires: end, Comment: "why, so; that", CommentURL: "http://example.com/?c",
	}
	full.SetAttr("SameSite", "Lax")
	cookies := []*cookiejar.Cookie{
		full,
		{Name: "plain", Value: "v", Domain: "example.org", Path: "/", Expires: end},
		{Name: "nothing", NoValue: true, Domain: "example.org", Path: "/", Expires: end},
		{Name: "empty", Domain: "example.org", Path: "/", Expires: end},
		{Name: "session", Value: "s", Domain: "example.org", Path: "/", Discard: true},
		{Name: "expired", Value: "e", Domain: "example.org", Path: "/", Expires: noon.Add(-time.Hour)},
	}
	j := kinds()["Browser"]
	for _, c := range cookies {
		require.NoError(t, j.SetCookie(c))
	}
	all := &cookiejar.FileConfig{IgnoreDiscard: true, IgnoreExpires: true}
	for name, f := range map[string]cookiejar.Format{"LWP": cookiejar.LWP, "Mozilla": cookiejar.Mozilla, "Curl": cookiejar.Curl, "JSON": cookiejar.JSON} {
		t.Run(name, func(t *testing.T) {
			for cfg, want := range map[*cookiejar.FileConfig]int{nil: 4, {IgnoreDiscard: true}: 5, all: 6} {
				var b bytes.Buffer
				require.NoError(t, j.Save(&b, f, cfg))
				again := kinds()["Browser"]
				require.NoError(t, again.Load(bytes.NewReader(b.Bytes()), f, all))
				require.Equal(t, want, again.Len())
				var c bytes.Buffer
				require.NoError(t, again.Save(&c, f, all))
				require.Equal(t, b.String(), c.String(), "a second time it is the same")
				for _, got := range again.Select(nil) {
					for _, orig := range cookies {
						if orig.Name != got.Name {
							continue
						}
						require.Equal(t, orig.Value, got.Value)
						require.Equal(t, orig.NoValue, got.NoValue)
						require.Equal(t, orig.Expires.Unix(), got.Expires.Unix())
						require.Equal(t, orig.Secure, got.Secure)
						if name != "Mozilla" && name != "Curl" {
							require.Equal(t, orig.Comment, got.Comment)
							require.Equal(t, orig.Port, got.Port)
							require.Equal(t, orig.Version, got.Version)
							require.Equal(t, orig.SameSite(), got.SameSite())
						}
					}
				}
			}
			require.ErrorIs(t, j.Load(strings.NewReader("what?"), f, nil), cookiejar.ErrLoad)
		})
	}
	for _, s := range []string{"", "{}", "[", `[{"version":-5}]`, `[{"name":"a\nb"}]`, `[1]`, "[] trailing is not read"} {
		err := cookiejar.New(nil).Load(strings.NewReader(s), cookiejar.JSON, nil)
		if strings.HasPrefix(s, "[]") {
			require.NoError(t, err)
			continue
		}
		require.ErrorIs(t, err, cookiejar.ErrLoad, s)
	}
}

// TestFileJar: saving, loading, reverting; a failure changes nothing.
func TestFileJar(t *testing.T) {
	dir := t.TempDir()
	j := &cookiejar.FileJar{Filename: filepath.Join(dir, "c.txt"), Format: cookiejar.Mozilla}
	require.ErrorIs(t, j.LoadFile("", nil), os.ErrNotExist)
	set(&j.Jar, "http://h.com/", "a=1; Max-Age=1000", "s=2")
	require.NoError(t, j.SaveFile("", nil))
	set(&j.Jar, "http://h.com/", "b=3; Max-Age=1000")
	require.NoError(t, j.Revert("", nil))
	require.Equal(t, "h.com/ a=1", listed(&j.Jar))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "bad"), []byte("# Netscape HTTP Cookie File\nx"), 0o600))
	require.ErrorIs(t, j.Revert(filepath.Join(dir, "bad"), nil), cookiejar.ErrLoad)
	require.Equal(t, "h.com/ a=1", listed(&j.Jar))
	other := &cookiejar.FileJar{Format: cookiejar.Mozilla}
	require.NoError(t, other.LoadFile(j.Filename, nil))
	require.Equal(t, listed(&j.Jar), listed(&other.Jar))
	lwp := &cookiejar.FileJar{}
	require.ErrorIs(t, lwp.LoadFile(j.Filename, nil), cookiejar.ErrLoad, "another format")
	text, err := j.AsLWP(nil)
	require.NoError(t, err)
	require.Contains(t, text, `Set-Cookie3: a=1; path="/"; domain=h.com; expires="`)
}

// TestAutosave: every change is in the file by the time that Close returns.
func TestAutosave(t *testing.T) {
	name := filepath.Join(t.TempDir(), "c")
	for i := range 3 {
		j := &cookiejar.FileJar{Filename: name, Format: cookiejar.LWP}
		require.NoError(t, j.OpenFile(nil))
		require.NoError(t, j.StartAutosave(nil), "a second time it does nothing")
		require.Equal(t, i, j.Len())
		set(&j.Jar, "http://h.com/", fmt.Sprintf("c%d=1; Max-Age=1000", i))
		require.NoError(t, j.Close())
		require.NoError(t, j.Close())
	}
	j := &cookiejar.FileJar{Filename: filepath.Join(t.TempDir(), "none", "c")}
	require.NoError(t, j.StartAutosave(nil))
	set(&j.Jar, "http://h.com/", "a=1")
	require.Error(t, j.Close(), "it could not be saved")
}

// TestRFC2965: versions, ports and comments come and go.
func TestRFC2965(t *testing.T) {
	j := kinds()["RFC 2965"]
	h := http.Header{"Set-Cookie2": {`a="x y"; Version="1"; Port="80,8080"; Path="/p"; Comment="why"; CommentURL="http://e/"; Discard; Domain=.acme.com`}}
	j.Extract(h, cookiejar.NewRequest("http://www.acme.com:8080/p/q"))
	c, c2 := j.CookieHeader(cookiejar.NewRequest("http://www.acme.com/p/"))
	require.Equal(t, `$Version=1; a=x y; $Path="/p"; $Domain=".acme.com"; $Port="80,8080"`, c)
	require.Empty(t, c2)
	require.Empty(t, get(j, "http://www.acme.com:81/p/"))
	set(j, "http://www.acme.com/p/", "ns=1")
	r := httptest.NewRequest("GET", "http://www.acme.com/p/", nil)
	j.AddCookieHeader(r)
	require.Equal(t, []string{`$Version="1"`}, r.Header["Cookie2"])
	resp := &http.Response{Header: http.Header{"Set-Cookie": {"via=response"}}, Request: r}
	j.ExtractCookies(resp)
	require.Contains(t, get(j, "http://www.acme.com/p/"), "via=response")
	require.Len(t, j.MakeCookies(http.Header{"Set-Cookie": {"x=1", "y=2"}}, cookiejar.NewRequest("http://h.com/")), 2)
}

// TestSaveTogether: whoever reads the file while several save it reads one of them whole.
func TestSaveTogether(t *testing.T) {
	name := filepath.Join(t.TempDir(), "c")
	var all sync.WaitGroup
	for g := range 4 {
		all.Go(func() {
			j := &cookiejar.FileJar{Filename: name, Format: cookiejar.Mozilla}
			for i := range 50 {
				set(&j.Jar, "http://h.com/", fmt.Sprintf("c%d=%d; Max-Age=1000", g, i), fmt.Sprintf("d%d=%d; Max-Age=1000", g, i))
				if err := j.SaveFile("", nil); err != nil {
					t.Error(err)
				}
				r := &cookiejar.FileJar{Format: cookiejar.Mozilla}
				if err := r.LoadFile(name, nil); err != nil || r.Len() != 2 {
					t.Error(err, r.Len())
				}
			}
		})
	}
	all.Wait()
}

// TestOneByOne: cookies that the program itself sets, with and without the policy's word.
func TestOneByOne(t *testing.T) {
	j := kinds()["DefaultPolicy"]
	r := cookiejar.NewRequest("http://www.acme.com/x")
	c := &cookiejar.Cookie{Name: "a", Value: "1", Domain: ".ACME.com", DomainSpecified: true, DomainInitialDot: true, Path: "/"}
	require.False(t, j.SetCookieIfOK(c, cookiejar.NewRequest("http://other.com/")))
	require.True(t, j.SetCookieIfOK(c, r))
	c.Value = "changed by the caller"
	found := j.CookiesFor(r)
	require.Len(t, found, 1)
	require.Equal(t, "1", found[0].Value)
	require.Equal(t, ".acme.com", found[0].Domain)
	d := found[0].Clone()
	d.SetAttr("x", "y")
	d.SetFlagAttr("z")
	require.False(t, found[0].HasAttr("x"))
	var attrs []string
	for name, v := range d.Attrs() {
		attrs = append(attrs, fmt.Sprint(name, v == nil))
	}
	require.Equal(t, []string{"xfalse", "ztrue"}, attrs)
	set(j, "http://www.acme.com/", "b=2; Secure=no; Discard")
	for c := range j.All() {
		if c.Name == "b" {
			text, ok := c.FlagText("secure")
			require.True(t, ok && c.Secure)
			require.Equal(t, "no", text)
		}
	}
	j.SetLimits(cookiejar.Limits{Cookies: 2, PerDomain: -1, Size: 10})
	set(j, "http://one.com/", "a=1", "b=0123456789", "c=3")
	require.Equal(t, 2, j.Len())
	require.Equal(t, "one.com/ a=1, one.com/ c=3", listed(j))

	blocked := cookiejar.New(&cookiejar.DefaultPolicy{BlockedDomains: []string{"ads.net", ".ads.net"}, AllowedDomains: []string{"acme.com", ".ads.net"}, SecureProtocols: []string{"http"}})
	set(blocked, "http://acme.com/", "a=1; Secure")
	set(blocked, "http://www.ads.net/", "b=2")
	set(blocked, "http://other.net/", "c=3")
	require.Equal(t, "acme.com/ a=1", listed(blocked))
	require.Equal(t, "a=1", get(blocked, "http://acme.com/"), "http counts as secure there")
}

// strict is a policy that embeds another, as users write one.
type strict struct{ *cookiejar.Browser }

// TestEmbeddedPolicy: what is embedded decides as it does by itself.
func TestEmbeddedPolicy(t *testing.T) {
	j := cookiejar.New(strict{&cookiejar.Browser{PublicSuffixes: publicsuffix.List, MaxAge: time.Minute, Now: clock}})
	j.SetClock(clock)
	set(j, "http://x.github.io/", "a=1; Domain=github.io", "b=2; Max-Age=999999")
	set(j, "http://github.io/", "own=1; Domain=github.io")
	require.Equal(t, "x.github.io/ b=2, github.io/ own=1", listed(j))
	for c := range j.All() {
		require.False(t, c.Expires.After(noon.Add(time.Minute)))
	}
}
