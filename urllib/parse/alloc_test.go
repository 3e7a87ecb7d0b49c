package parse_test

import (
	"testing"

	"github.com/pynet-go/pynet/urllib/parse"
)

// raceEnabled is set by race_test.go: the detector allocates.
var raceEnabled bool

// TestAllocs holds the functions to the allocations that their comments promise.
func TestAllocs(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector allocates")
	}
	var (
		r      parse.SplitResult
		p      parse.ParseResult
		s      string
		n      int
		err    error
		keep   = parse.Parser{KeepEmpty: true, Scheme: "http", MaxLen: 1000}
		escape = make([]byte, 0, 200)
	)
	const url = "https://user:pw@www.example.com:8443/a/b;c/d%20e/index.html?q=1&r=%C3%A9#top"
	tests := []struct {
		name string
		max  float64
		f    func()
	}{
		{"Split", 0, func() { r, err = parse.Split(url) }},
		{"Split, capital scheme", 0, func() { r, err = parse.Split("HTTPS://h/") }},
		{"Split, IPv6", 0, func() { r, err = parse.Split("http://[2001:db8::1%eth0]:80/") }},
		{"Split, not ASCII", 0, func() { r, err = parse.Split("http://bücher.example/é") }},
		{"Split, all options", 0, func() { r, err = keep.Split("//h/?") }},
		{"Split, a tab to drop", 1, func() { r, err = parse.Split("http://h/a\tb") }},
		{"Parse", 0, func() { p, err = parse.Parse(url) }},
		{"accessors", 0, func() {
			r := parse.SplitResult{Netloc: "user:pw@www.example.com:8443"}
			_, _ = r.Username()
			_, _ = r.Password()
			s = r.Hostname()
			n, _, err = r.Port()
		}},
		{"Hostname in capitals", 1, func() { s = parse.SplitResult{Netloc: "WWW.Example.COM"}.Hostname() }},
		{"String", 1, func() { s = r.String() }},
		{"AppendText", 0, func() { escape, _ = r.AppendText(escape[:0]) }},
		{"Join", 1, func() { s, err = parse.Join(url, "../x/./y?z") }},
		{"Defrag", 0, func() {
			var d parse.DefragResult
			d, err = parse.Defrag(url)
			s = d.URL
		}},
		{"Quote, nothing to do", 0, func() { s = parse.Quote("/a/b-c/d_e.html") }},
		{"Quote", 1, func() { s = parse.Quote("/a b/é") }},
		{"QuoteSafe", 1, func() { s = parse.QuoteSafe("/a b/é", "/:") }},
		{"Unquote, nothing to do", 0, func() { s = parse.Unquote("/a/b+c") }},
		{"Unquote", 1, func() { s = parse.Unquote("/a%20b/%C3%A9") }},
		{"UnquotePlus, nothing to do", 0, func() { s = parse.UnquotePlus("/a/b-c") }},
		{"ParseQSL", 1, func() {
			var pairs []parse.Pair
			pairs, err = parse.ParseQSL("a=1&b=2&c=3&a=4")
			n = len(pairs)
		}},
		{"ParseQS", 1, func() {
			var v parse.Values
			v, err = parse.ParseQS("a=1&b=2&c=3&a=4")
			n = v.Len()
		}},
		{"Pairs", 0, func() {
			for pair, err := range (parse.QueryParser{}).Pairs("a=1&b=2&c=3&a=4") {
				if err == nil {
					n += len(pair.Value)
				}
			}
		}},
		{"Encode", 1, func() { s = parse.Encode([]parse.Pair{{"a", "b c"}, {"d", "é"}}) }},
		{"SameOrigin", 0, func() {
			if !parse.SameOrigin("http://h:80/a", "http://h/b") {
				t.Fatal("the same origin")
			}
		}},
		{"SplitRFC3986", 0, func() { r, err = parse.SplitRFC3986(url) }},
	}
	for _, tt := range tests {
		if got := testing.AllocsPerRun(100, tt.f); got > tt.max {
			t.Errorf("%s: %v allocations, want %v", tt.name, got, tt.max)
		}
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	_, _, _ = p, s, n
}
