package parse_test

import (
	"errors"
	"fmt"
	"log"

	"github.com/pynet-go/pynet/urllib/parse"
)

func ExampleSplit() {
	r, err := parse.Split("https://me:pw@Example.com:8443/a%20b?q=1#top")
	if err != nil {
		log.Fatal(err)
	}
	user, _ := r.Username()
	port, _, err := r.Port()
	fmt.Println(r.Scheme, user, r.Hostname(), port, err)
	fmt.Println(parse.Unquote(r.Path), r.Query, r.Fragment)
	fmt.Println(r.Redacted())
	// Output:
	// https me example.com 8443 <nil>
	// /a b q=1 top
	// https://xxxxx@Example.com:8443/a%20b?q=1#top
}

// With KeepEmpty an empty query is told from none.
func ExampleParser() {
	p := parse.Parser{KeepEmpty: true}
	for _, url := range []string{"http://h/?", "http://h/"} {
		r, err := p.Split(url)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(r.Has(parse.HasQuery), r)
	}
	// Output:
	// true http://h/?
	// false http://h/
}

func ExampleJoin() {
	for _, ref := range []string{"d", "../g", "/g", "?y", "#s", "//other/x"} {
		u, err := parse.Join("http://a/b/c", ref)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(u)
	}
	// Output:
	// http://a/b/d
	// http://a/g
	// http://a/g
	// http://a/b/c?y
	// http://a/b/c#s
	// http://other/x
}

// A target of a redirect that came from outside must not lead elsewhere.
func ExampleJoinSameOrigin() {
	for _, ref := range []string{"/next?page=2", "//evil.example", `\\evil.example`} {
		u, err := parse.JoinSameOrigin("https://shop.example/login", ref)
		fmt.Println(u, errors.Is(err, parse.ErrOrigin))
	}
	// Output:
	// https://shop.example/next?page=2 false
	//  true
	//  true
}

func ExampleQuote() {
	fmt.Println(parse.Quote("/a b/é"), parse.QuotePlus("a b&c"), parse.QuoteSafe("a/b:c", ":"))
	fmt.Println(parse.Unquote("/a%20b/%C3%A9"), parse.UnquotePlus("a+b%26c"))
	// Output:
	// /a%20b/%C3%A9 a+b%26c a%2Fb:c
	// /a b/é a b&c
}

func ExampleParseQSL() {
	pairs, err := parse.ParseQSL("b=2&a=1&b=%C3%A9")
	if err != nil {
		log.Fatal(err)
	}
	for _, p := range pairs {
		fmt.Println(p.Name, p.Value)
	}
	fmt.Println(parse.Encode(pairs))
	// Output:
	// b 2
	// a 1
	// b é
	// b=2&a=1&b=%C3%A9
}

func ExampleParseQS() {
	v, err := parse.ParseQS("tag=x&page=1&tag=y")
	if err != nil {
		log.Fatal(err)
	}
	v.Set("page", "2")
	fmt.Println(v.Lookup("tag"), v.Get("page"))
	fmt.Println(v.Encode())
	// Output:
	// [x y] 2
	// tag=x&tag=y&page=2
}

func ExampleNormalize() {
	u, err := parse.Normalize("HTTP://Example.com:80/a/../%7euser?q=%c3%a9")
	fmt.Println(u, err)
	// Output: http://example.com/~user?q=%C3%A9 <nil>
}

func ExampleDefrag() {
	d, err := parse.Defrag("http://h/page#part")
	fmt.Println(d.URL, d.Fragment, err)
	// Output: http://h/page part <nil>
}
