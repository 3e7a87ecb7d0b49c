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

func ExampleParse() {
	r, err := parse.Parse("http://h/a;x/b;y=1?q")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(r.Path, r.Params, r.Query)
	fmt.Println(parse.StripParams(r.Split().Path))
	// Output:
	// /a;x/b y=1 q
	// /a/b
}

// A component is changed by assigning to it.
func ExampleUnsplit() {
	r, err := parse.Split("http://h/a?q#f")
	if err != nil {
		log.Fatal(err)
	}
	r.Scheme, r.Path, r.Fragment = "https", "/b", ""
	fmt.Println(parse.Unsplit(r))
	// Output: https://h/b?q
}

// The strict grammar says where a URL breaks it.
func ExampleSplitRFC3986() {
	_, err := parse.SplitRFC3986("http://example.com/a b")
	var e *parse.Error
	if errors.As(err, &e) {
		fmt.Println(e.Pos, errors.Is(err, parse.ErrSyntax))
	}
	// Output: 20 true
}

func ExampleSameOrigin() {
	fmt.Println(parse.SameOrigin("https://example.com/a", "https://EXAMPLE.com:443/b"))
	fmt.Println(parse.SameOrigin("https://example.com/a", "http://example.com/a"))
	// Output:
	// true
	// false
}

// A scheme that is not in the table is added to it for one Parser.
func ExampleParser_schemes() {
	p := parse.Parser{Schemes: map[string]parse.Uses{"s3": parse.UsesRelative | parse.UsesNetloc}}
	u, err := p.Join("s3://bucket/photos/1.jpg", "2.jpg")
	fmt.Println(u, err)
	// Output: s3://bucket/photos/2.jpg <nil>
}

// The queries of an old site are in its encoding.
func ExampleQuoter() {
	s, err := parse.Quoter{Encoding: parse.Windows1252, Plus: true}.Quote("5 € für Käse")
	fmt.Println(s, err)
	s, err = parse.Unquoter{Encoding: parse.Windows1252, Plus: true}.Unquote(s)
	fmt.Println(s, err)
	_, err = parse.Quoter{Encoding: parse.Latin1}.Quote("5 €")
	fmt.Println(errors.Is(err, parse.ErrEncode))
	// Output:
	// 5+%80+f%FCr+K%E4se <nil>
	// 5 € für Käse <nil>
	// true
}

func ExampleUnquoter() {
	for _, mode := range []parse.ErrorMode{parse.ErrorsReplace, parse.ErrorsIgnore, parse.ErrorsBackslash, parse.ErrorsStrict} {
		s, err := parse.Unquoter{Errors: mode}.Unquote("caf%e9")
		fmt.Printf("%v: %+q %v\n", mode, s, err != nil)
	}
	// Output:
	// replace: "caf\ufffd" false
	// ignore: "caf" false
	// backslashreplace: "caf\\xe9" false
	// strict: "" true
}

func ExampleQueryParser() {
	p := parse.QueryParser{Separator: parse.SeparatedBy(";"), KeepBlank: true, MaxFields: 3}
	fields, err := p.ParseQSL("a=1;b;c=2&3")
	fmt.Printf("%q %v\n", fields, err)
	_, err = p.ParseQSL("a;b;c;d")
	fmt.Println(errors.Is(err, parse.ErrTooManyFields))
	// Output:
	// [{"a" "1"} {"b" ""} {"c" "2&3"}] <nil>
	// true
}

// Pairs reads without making a list.
func ExampleQueryParser_Pairs() {
	for field, err := range (parse.QueryParser{}).Pairs("q=go&page=2") {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(field.Name, "is", field.Value)
	}
	// Output:
	// q is go
	// page is 2
}

func ExampleEncode() {
	fmt.Println(parse.Encode([]parse.Pair{{Name: "q", Value: "a & b"}, {Name: "page", Value: "2"}}))
	// Output: q=a+%26+b&page=2
}

// Like Python's urlencode with doseq=True, EncodeItems writes what has a text.
func ExampleQueryEncoder_EncodeItems() {
	q, err := parse.QueryEncoder{Percent20: true}.EncodeItems([]parse.Item{
		{Name: "id", Value: 42},
		{Name: "tag", Value: []string{"new", "on sale"}},
		{Name: "raw", Value: []byte{0xff}},
	})
	fmt.Println(q, err)
	// Output: id=42&tag=new&tag=on%20sale&raw=%FF <nil>
}

func ExampleUnwrap() {
	fmt.Println(parse.Unwrap("<URL:http://example.com/>"))
	// Output: http://example.com/
}

// A URL goes to net/url and comes back.
func ExampleSplitResult_URL() {
	r, err := parse.Split("https://example.com/a%20b")
	if err != nil {
		log.Fatal(err)
	}
	u, err := r.URL()
	if err != nil {
		log.Fatal(err)
	}
	u.Path += "/c"
	r, err = parse.FromURL(u)
	fmt.Println(r, err)
	// Output: https://example.com/a%20b/c <nil>
}
