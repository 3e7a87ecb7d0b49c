package cookiejar_test

import (
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/net/publicsuffix"

	"github.com/pynet-go/pynet/httpx/cookiejar"
)

// A jar in an http.Client, and what it then holds.
func Example() {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "session", Value: "8fa3", HttpOnly: true})
		http.SetCookie(w, &http.Cookie{Name: "lang", Value: "en", Path: "/docs"})
	}))
	defer srv.Close()
	jar := cookiejar.New(&cookiejar.Browser{PublicSuffixes: publicsuffix.List})
	client := &http.Client{Jar: jar}
	resp, err := client.Get(srv.URL)
	if err != nil {
		log.Fatal(err)
	}
	resp.Body.Close()
	for c := range jar.All() {
		fmt.Println(c.Domain, c.Path, c.Name, c.Value, c.HTTPOnly())
	}
	// Output:
	// 127.0.0.1 / session 8fa3 true
	// 127.0.0.1 /docs lang en false
}

// A session that outlives the program: the jar's file is written at every change and read at
// the next start.
func ExampleFileJar_OpenFile() {
	dir, err := os.MkdirTemp("", "jar")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	for start := 1; start <= 2; start++ {
		jar := &cookiejar.FileJar{Filename: filepath.Join(dir, "cookies.json"), Format: cookiejar.JSON}
		if err := jar.OpenFile(nil); err != nil {
			log.Fatal(err)
		}
		fmt.Printf("start %d: %d cookies\n", start, jar.Len())
		login := http.Header{"Set-Cookie": {"session=8fa3; Max-Age=86400"}}
		jar.Extract(login, cookiejar.NewRequest("https://www.example.com/login"))
		if err := jar.Close(); err != nil {
			log.Fatal(err)
		}
	}
	// Output:
	// start 1: 0 cookies
	// start 2: 1 cookies
}

// What a browser or curl exported.
func ExampleJar_Load() {
	const exported = `# Netscape HTTP Cookie File
#HttpOnly_.example.com	TRUE	/	TRUE	4102444800	session	8fa3
www.example.com	FALSE	/docs	FALSE	0	lang	en
`
	jar := cookiejar.New(nil)
	err := jar.Load(strings.NewReader(exported), cookiejar.Mozilla, &cookiejar.FileConfig{IgnoreDiscard: true})
	if err != nil {
		log.Fatal(err)
	}
	cookie, _ := jar.CookieHeader(cookiejar.NewRequest("https://www.example.com/docs/"))
	fmt.Println(cookie)
	cookie, _ = jar.CookieHeader(cookiejar.NewRequest("http://www.example.com/"))
	fmt.Printf("%q\n", cookie)
	// Output:
	// lang=en; session=8fa3
	// ""
}

// A policy that gives third parties nothing, and takes nothing from advertisers.
func ExampleBrowser() {
	jar := cookiejar.New(&cookiejar.Browser{
		BlockThirdParties: true,
		BlockedDomains:    []string{".ads.example"},
	})
	page := func(url, site string) {
		r := cookiejar.NewRequest(url)
		r.Site = site
		jar.Extract(http.Header{"Set-Cookie": {"id=1; SameSite=None; Secure"}}, r)
	}
	page("https://news.example/", "")                 // the page itself
	page("https://img.news.example/", "news.example") // of the same site
	page("https://tracker.example/", "news.example")  // of another
	page("https://www.ads.example/", "")              // blocked
	for c := range jar.All() {
		fmt.Println(c.Domain)
	}
	// Output:
	// news.example
	// img.news.example
}

// Python's policy, and a part of it changed.
func ExamplePolicy() {
	jar := cookiejar.New(noTracking{&cookiejar.DefaultPolicy{StrictNSDomain: cookiejar.DomainStrict}})
	h := http.Header{"Set-Cookie": {"session=1", "_ga=GA1.2.3"}}
	jar.Extract(h, cookiejar.NewRequest("http://www.example.com/"))
	for c := range jar.All() {
		fmt.Println(c)
	}
	// Output:
	// <Cookie session=1 for www.example.com/>
}

// noTracking takes no cookie whose name begins with an underscore.
type noTracking struct{ *cookiejar.DefaultPolicy }

func (p noTracking) SetOK(c *cookiejar.Cookie, r *cookiejar.Request) bool {
	return !strings.HasPrefix(c.Name, "_") && p.DefaultPolicy.SetOK(c, r)
}
