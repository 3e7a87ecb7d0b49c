//go:build interop && linux

package interop_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/httpx/cookiejar"
	"github.com/pynet-go/pynet/httpx/cookies"
)

// cookieServer sets cookies of every kind and tells what it was sent.
func cookieServer(t *testing.T) *httptest.Server {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, line := range []string{
			"plain=1; Max-Age=86400", "session=2", "only=3; HttpOnly; Max-Age=86400; Path=/", `quoted="a b"; Max-Age=86400`,
			"deep=4; Path=/deep; Expires=Wed, 09 Nov 2033 23:12:40 GMT", "secure=5; Secure; Max-Age=86400",
		} {
			w.Header().Add("Set-Cookie", line)
		}
		fmt.Fprint(w, strings.Join(r.Header["Cookie"], "; "))
	}))
	t.Cleanup(srv.Close)
	return srv
}

// names lists the names of a jar's cookies.
func names(j *cookiejar.Jar) (out []string) {
	for c := range j.All() {
		out = append(out, c.Name)
	}
	return out
}

// TestCookieFilesOfTools: what curl and wget write is read, and they read what is written here.
func TestCookieFilesOfTools(t *testing.T) {
	srv := cookieServer(t)
	dir := t.TempDir()
	all := &cookiejar.FileConfig{IgnoreDiscard: true}
	for name, args := range map[string]struct{ save, load []string }{
		"curl": {[]string{"-sS", "-o", "/dev/null", "-c"}, []string{"-sS", "-b"}},
		"wget": {[]string{"-q", "-O", "/dev/null", "--keep-session-cookies", "--save-cookies"}, []string{"-q", "-O", "-", "--load-cookies"}},
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(dir, name)
			tool(t, "", name, append(args.save, file, srv.URL+"/")...)
			j := &cookiejar.FileJar{Filename: file, Format: cookiejar.Mozilla}
			require.NoError(t, j.LoadFile("", all))
			require.Subset(t, names(&j.Jar), []string{"plain", "session", "only", "quoted"})
			for c := range j.All() {
				if c.Name == "quoted" {
					require.Equal(t, `"a b"`, c.Value)
				}
				if c.Name == "only" && name == "curl" {
					require.True(t, c.HTTPOnly())
				}
				require.Equal(t, c.Name == "session", c.Discard, c.Name)
			}

			ours := &cookiejar.FileJar{Filename: filepath.Join(dir, "ours"), Format: cookiejar.Curl}
			ours.Extract(http.Header{"Set-Cookie": {"a=1; Max-Age=1000; HttpOnly", `b="x y"; Max-Age=1000`, "c=3; Path=/deep; Max-Age=1000", "s=4"}}, cookiejar.NewRequest(srv.URL+"/"))
			require.NoError(t, ours.SaveFile("", all))
			out := tool(t, "", name, append(args.load, ours.Filename, srv.URL+"/deep")...)
			for _, want := range []string{"a=1", `b="x y"`, "c=3", "s=4"} {
				if name == "wget" && want == "a=1" {
					continue // it takes the line of an HttpOnly cookie for a comment
				}
				require.Contains(t, out, want)
			}
		})
	}
}

// TestCookieFilesOfCPython: its jars read our files, and we theirs, in both formats.
func TestCookieFilesOfCPython(t *testing.T) {
	srv := cookieServer(t)
	dir := t.TempDir()
	script := `
import json, sys, urllib.request
from http.cookiejar import LWPCookieJar, MozillaCookieJar, DefaultCookiePolicy
url, theirs, ours, cls = sys.argv[1:]
J = {"lwp": LWPCookieJar, "mozilla": MozillaCookieJar}[cls]
j = J(theirs)
urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(j)).open(url).read()
j.save(ignore_discard=True)
k = J(ours); k.load(ignore_discard=True)
print(json.dumps([[c.domain, c.path, c.name, c.value, c.secure, c.expires, c.discard] for c in k]))
`
	for cls, format := range map[string]cookiejar.Format{"lwp": cookiejar.LWP, "mozilla": cookiejar.Mozilla} {
		t.Run(cls, func(t *testing.T) {
			theirs, file := filepath.Join(dir, cls+"-theirs"), filepath.Join(dir, cls+"-ours")
			ours := &cookiejar.FileJar{Filename: file, Format: format}
			ours.Extract(http.Header{"Set-Cookie": {"a=1; Max-Age=1000; HttpOnly", `b="x y"; Path=/b c; Max-Age=1000`, "s=4", "é=ü; Max-Age=1000"}}, cookiejar.NewRequest("https://www.example.com/"))
			require.NoError(t, ours.SaveFile("", &cookiejar.FileConfig{IgnoreDiscard: true}))
			out := tool(t, "", "python3", "-c", script, srv.URL+"/", theirs, file, cls)
			var got [][]any
			require.NoError(t, json.Unmarshal([]byte(out), &got))
			var want [][]any
			for c := range ours.All() {
				var end any
				if !c.Expires.IsZero() {
					end = float64(c.Expires.Unix())
				}
				want = append(want, []any{c.Domain, c.Path, c.Name, c.Value, c.Secure, end, c.Discard})
			}
			require.ElementsMatch(t, want, got)

			j := &cookiejar.FileJar{Filename: theirs, Format: format}
			require.NoError(t, j.LoadFile("", &cookiejar.FileConfig{IgnoreDiscard: true}))
			require.Subset(t, names(&j.Jar), []string{"plain", "session", "only", "quoted"})
		})
	}
}

// TestCookiesChromium: what package cookies writes a browser takes; a page's script reads it.
func TestCookiesChromium(t *testing.T) {
	var j cookies.Jar
	require.NoError(t, j.Set("plain", "value"))
	require.NoError(t, j.Set("odd", `a; "b", \é`))
	require.NoError(t, j.Set("hidden", "1"))
	require.NoError(t, j.Get("hidden").SetFlag(cookies.HTTPOnly, true))
	require.NoError(t, j.Get("plain").SetInt(cookies.MaxAge, 1000))
	require.NoError(t, j.Get("odd").SetAttr(cookies.SameSite, "Lax"))
	var sent []string
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/seen" {
			sent = r.Header["Cookie"]
			return
		}
		if err := j.SetHeader(w.Header()); err != nil {
			t.Error(err)
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		io.WriteString(w, `<body><script>document.body.textContent = document.cookie; const x = new XMLHttpRequest(); x.open("GET", "/seen", false); x.send()</script>`)
	}))
	defer srv.Close()
	page := tool(t, "", "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--user-data-dir="+t.TempDir(), "--dump-dom", srv.URL+"/")
	require.Contains(t, page, "plain=value")
	require.NotContains(t, page, "hidden")
	require.Len(t, sent, 1)
	var back cookies.Jar
	require.NoError(t, back.Load(sent[0]))
	for m := range j.All() {
		require.NotNil(t, back.Get(m.Name()), sent[0])
		require.Equal(t, m.Value(), back.Get(m.Name()).Value())
	}
}
