package cookies_test

import (
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"

	"github.com/pynet-go/pynet/httpx/cookies"
)

// Reading what a browser sent, and answering with cookies.
func Example() {
	handler := func(w http.ResponseWriter, r *http.Request) {
		var c cookies.Jar
		if err := c.LoadRequest(r); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		if err := c.Set("name", "Käthe; O'Neil"); err != nil {
			log.Fatal(err)
		}
		m := c.Get("name")
		m.SetAttr(cookies.Path, "/")
		m.SetInt(cookies.MaxAge, 3600)
		m.SetFlag(cookies.HTTPOnly, true)
		c.SetHeader(w.Header())
	}
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("Cookie", `theme=dark; last="a b"`)
	w := httptest.NewRecorder()
	handler(w, r)
	for _, line := range w.Header()["Set-Cookie"] {
		fmt.Println(line)
	}
	// Output:
	// last="a b"
	// name="K\344the\073 O'Neil"; HttpOnly; Max-Age=3600; Path=/
	// theme=dark
}

// One cookie on its own.
func ExampleMorsel() {
	m, err := cookies.NewMorsel("session", "8fa3")
	if err != nil {
		log.Fatal(err)
	}
	m.SetAttr(cookies.SameSite, "Lax")
	m.SetFlag(cookies.Secure, true)
	fmt.Println(m)
	fmt.Println(m.SetAttr(cookies.Path, "/\r\nX: y"))
	fmt.Println(m.Set("sess ion", "1", "1"))
	// Output:
	// Set-Cookie: session=8fa3; SameSite=Lax; Secure
	// cookies: "path": control character or separator
	// cookies: "sess ion": illegal name
}

// The line of a server, in the form of package net/http.
func ExampleParseSetCookie() {
	m, err := cookies.ParseSetCookie("id=1; Path=/; Expires=Wednesday, 09-Nov-33 23:12:40 GMT; SameSite=Strict")
	if err != nil {
		log.Fatal(err)
	}
	c, err := m.HTTP()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(c.Name, c.Expires, c.SameSite == http.SameSiteStrictMode)
	// Output: id 2033-11-09 23:12:40 +0000 UTC true
}

// Any text is a value.
func ExampleQuote() {
	q := cookies.Quote("a;b \"c\"")
	fmt.Println(q, cookies.Unquote(q))
	// Output: "a\073b \"c\"" a;b "c"
}
