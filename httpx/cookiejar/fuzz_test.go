package cookiejar_test

import (
	"bytes"
	"fmt"
	"net/http"
	stdjar "net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"github.com/pynet-go/pynet/httpx/cookiejar"
)

// FuzzSetCookie: whatever a server says, nothing of it leaves the host's domain, ends a
// line, or is beyond the limits; every format gives back what it took.
func FuzzSetCookie(f *testing.F) {
	for _, s := range []string{
		"a=b", "a=b; Path=/; Domain=example.com; Secure; HttpOnly; SameSite=Lax", "a=b; Max-Age=5; Expires=Wed, 09 Nov 2099 23:12:40 GMT", "a=b; Version=1; Port=\"80\"; Comment=x",
		"=b", "a", "__Host-a=b; Secure; Path=/", "a=b; domain=.com", "a=\"b;c\"", "a=b; expires=1-jan-99 1:2:3 +0100", "a=b;;;;=;", "a=b; Max-Age", "\xff=\xfe; Path=/\xfd",
	} {
		f.Add(s, true)
		f.Add(s, false)
	}
	f.Fuzz(func(t *testing.T, line string, second bool) {
		name := "Set-Cookie"
		if second {
			name = "Set-Cookie2"
		}
		for kind, j := range kinds() {
			j.Extract(http.Header{name: {line}}, cookiejar.NewRequest("https://www.example.com/dir/page"))
			for _, u := range []string{"https://www.example.org/dir/page", "https://example.net/", "https://com/", "https://badexample.com/dir/page"} {
				if got := get(j, u); got != "" {
					t.Fatalf("%s: %q from www.example.com goes to %s: %q", kind, line, u, got)
				}
			}
			if got := get(j, "https://www.example.com/dir/page"); kind == "Browser" && strings.ContainsAny(got, "\r\n\x00") {
				t.Fatalf("%q makes %q", line, got)
			}
			for c := range j.All() {
				if len(c.Name)+len(c.Value) > 4096 {
					t.Fatalf("%q: too large", line)
				}
			}
			roundTrip(t, j)
		}
	})
}

// roundTrip saves and loads in each format that can hold the cookies.
func roundTrip(t *testing.T, j *cookiejar.Jar) {
	all := &cookiejar.FileConfig{IgnoreDiscard: true, IgnoreExpires: true}
	for name, f := range map[string]cookiejar.Format{"LWP": cookiejar.LWP, "Mozilla": cookiejar.Mozilla, "JSON": cookiejar.JSON} {
		var b, c bytes.Buffer
		atEpoch := func(c *cookiejar.Cookie) bool { return !c.Expires.IsZero() && c.Expires.Unix() == 0 }
		if j.Save(&b, f, all) != nil || len(j.Select(atEpoch)) > 0 { // Python writes no 0
			continue
		}
		again := cookiejar.New(nil)
		again.SetClock(clock)
		if err := again.Load(bytes.NewReader(b.Bytes()), f, all); err != nil {
			t.Fatalf("%s: %q: %v", name, b.String(), err)
		}
		if err := again.Save(&c, f, all); err != nil || b.String() != c.String() {
			t.Fatalf("%s: %q became %q, %v", name, b.String(), c.String(), err)
		}
	}
}

// FuzzFile: a file that can be read can be saved and read again as the same.
func FuzzFile(f *testing.F) {
	f.Add("#LWP-Cookies-2.0\nSet-Cookie3: a=b; path=\"/\"; domain=.example.com; path_spec; domain_dot; expires=\"2031-01-01 00:00:00Z\"; version=0\n", 0)
	f.Add("#LWP-Cookies-1.0\nSet-Cookie3: a=\"x \\\"y\\\"\"; path=/; domain=h; port=\"80\"; port_spec; secure; discard; HttpOnly=None; version=1\n", 0)
	f.Add("# Netscape HTTP Cookie File\n.example.com\tTRUE\t/\tTRUE\t1924992000\ta\tb\n#HttpOnly_h\tFALSE\t/\tFALSE\t0\t\tnovalue\n", 1)
	f.Add("# HTTP Cookie File\r\n\r\n# x\r\nh\tFALSE\t/\tFALSE\t\ta\t\r\n", 1)
	f.Add(`[{"version":0,"name":"a","value":null,"domain":".h","path":"/","expires":5,"rest":[{"name":"x","value":null}]}]`, 2)
	f.Fuzz(func(t *testing.T, text string, format int) {
		fs := []cookiejar.Format{cookiejar.LWP, cookiejar.Mozilla, cookiejar.JSON}
		j := cookiejar.New(nil)
		j.SetClock(clock)
		err := j.Load(strings.NewReader(text), fs[uint(format)%3], &cookiejar.FileConfig{IgnoreDiscard: true, IgnoreExpires: true})
		if err == nil {
			roundTrip(t, j)
		} else if len(err.Error()) > 2000 {
			t.Fatalf("a long error: %v", err)
		}
	})
}

// FuzzNeighbour: what net/http/cookiejar returns for plain cookies this jar returns too.
func FuzzNeighbour(f *testing.F) {
	f.Add("a=b; Path=/x", "http://www.example.com/x/y")
	f.Add("a=b; Domain=example.com; Max-Age=9", "http://www.example.com/")
	f.Add("a=b; Secure", "https://h.example/")
	f.Fuzz(func(t *testing.T, line, from string) {
		u, err := url.Parse(from)
		if err != nil || u.Host == "" || u.User != nil || u.Scheme != "http" && u.Scheme != "https" {
			return
		}
		c, err := http.ParseSetCookie(line)
		if err != nil || c.Partitioned || strings.HasPrefix(strings.ToLower(c.Name), "__") || c.SameSite == http.SameSiteNoneMode || c.Secure && u.Scheme == "http" {
			return // where RFC 6265bis asks for more
		}
		std, _ := stdjar.New(&stdjar.Options{PublicSuffixList: cookiejar.TwoLabels})
		std.SetCookies(u, []*http.Cookie{c})
		ours := cookiejar.New(nil)
		ours.SetCookies(u, []*http.Cookie{c})
		text := func(cs []*http.Cookie) string {
			s := ""
			for _, c := range cs {
				s += fmt.Sprintf("%q=%q ", c.Name, strings.Trim(c.Value, " \t")) // RFC 6265bis trims it
			}
			return s
		}
		// What is too long, or has a date that only one of the two knows, may be missing.
		if got, want := text(ours.Cookies(u)), text(std.Cookies(u)); got != "" && want != "" && got != want {
			t.Fatalf("%q from %q: net/http has %s, this %s", line, from, want, got)
		}
	})
}
