package parse

import (
	"encoding/json"
	"fmt"
	"net/url"
	"testing"

	"github.com/pynet-go/pynet/internal/bench"
	"github.com/pynet-go/pynet/urllib/parse"
)

// Cases are the measurements of urllib/parse. One operation is one URL, text or
// query.
var Cases = []bench.Case{
	{
		Name: "urllib/parse/split", Target: 0.6,
		Ours: each(urls, func(s string) { r, err := parse.Split(s); check(err); length += len(r.Path) }),
		Peers: []bench.Peer{{Name: "net/url", Run: each(urls, func(s string) {
			u, err := url.Parse(s)
			check(err)
			length += len(u.Path)
		})}},
		Python: python("urls", urls, "for x in xs: urlsplit.__wrapped__(x) if hasattr(urlsplit, '__wrapped__') else urlsplit(x)"),
	},
	{
		Name: "urllib/parse/join", Target: 0.5,
		Ours: pairs(urls, refs, func(base, ref string) { s, err := parse.Join(base, ref); check(err); length += len(s) }),
		Peers: []bench.Peer{{Name: "net/url", Run: pairs(urls, refs, func(base, ref string) {
			b, err := url.Parse(base)
			check(err)
			u, err := b.Parse(ref)
			check(err)
			length += len(u.String())
		})}},
	},
	{
		// net/url has parsed the base before; here it is split each time.
		Name: "urllib/parse/join-parsed-base", Target: 0.5,
		Ours: pairs(urls, refs, func(base, ref string) { s, err := parse.Join(base, ref); check(err); length += len(s) }),
		Peers: []bench.Peer{{Name: "net/url", Run: func(b *testing.B) {
			bases := make([]*url.URL, len(urls))
			for i, s := range urls {
				var err error
				bases[i], err = url.Parse(s)
				check(err)
			}
			i := 0
			for b.Loop() {
				u, err := bases[i].Parse(refs[i])
				check(err)
				length += len(u.String())
				i = (i + 1) % len(urls)
			}
		}}},
	},
	{
		// QueryEscape is the peer whose result is the same; PathEscape lets
		// delimiters stand.
		Name: "urllib/parse/quote", Target: 0.5,
		Ours:   each(urls, func(s string) { length += len(parse.QuoteSafe(s, "")) }),
		Peers:  []bench.Peer{{Name: "net/url", Run: each(urls, func(s string) { length += len(url.QueryEscape(s)) })}},
		Python: python("urls", urls, "for x in xs: quote(x, '')"),
	},
	{
		Name: "urllib/parse/quote-plus", Target: 0.5,
		Ours:   each(readable, func(s string) { length += len(parse.QuotePlus(s)) }),
		Peers:  []bench.Peer{{Name: "net/url", Run: each(readable, func(s string) { length += len(url.QueryEscape(s)) })}},
		Python: python("readable", readable, "for x in xs: quote_plus(x)"),
	},
	{
		// Words are short: most of the time is the call, and none needs more.
		Name:   "urllib/parse/quote-words",
		Ours:   each(texts, func(s string) { length += len(parse.QuotePlus(s)) }),
		Peers:  []bench.Peer{{Name: "net/url", Run: each(texts, func(s string) { length += len(url.QueryEscape(s)) })}},
		Python: python("texts", texts, "for x in xs: quote_plus(x)"),
	},
	{
		Name: "urllib/parse/unquote", Target: 0.5,
		Ours: each(quoted, func(s string) { length += len(parse.Unquote(s)) }),
		Peers: []bench.Peer{{Name: "net/url", Run: each(quoted, func(s string) {
			t, err := url.PathUnescape(s)
			check(err)
			length += len(t)
		})}},
		Python: python("quoted", quoted, "for x in xs: unquote(x)"),
	},
	{
		Name: "urllib/parse/unquote-plus", Target: 0.5,
		Ours: each(formed, func(s string) { length += len(parse.UnquotePlus(s)) }),
		Peers: []bench.Peer{{Name: "net/url", Run: each(formed, func(s string) {
			t, err := url.QueryUnescape(s)
			check(err)
			length += len(t)
		})}},
		Python: python("formed", formed, "for x in xs: unquote_plus(x)"),
	},
	{
		Name: "urllib/parse/unquote-words",
		Ours: each(quotedWords, func(s string) { length += len(parse.UnquotePlus(s)) }),
		Peers: []bench.Peer{{Name: "net/url", Run: each(quotedWords, func(s string) {
			t, err := url.QueryUnescape(s)
			check(err)
			length += len(t)
		})}},
		Python: python("quotedWords", quotedWords, "for x in xs: unquote_plus(x)"),
	},
	{
		Name: "urllib/parse/parseqs", Target: 0.4,
		Ours: each(queries, func(s string) { v, err := parse.ParseQS(s); check(err); fields = v }),
		Peers: []bench.Peer{{Name: "net/url", Run: each(queries, func(s string) {
			v, err := url.ParseQuery(s)
			check(err)
			peerFields = v
		})}},
		Python: python("queries", queries, "for x in xs: parse_qs(x)"),
	},
	{
		Name: "urllib/parse/encode", Target: 0.5,
		Ours:  func(b *testing.B) { encode(b, func(s string) (parse.Values, error) { return parse.ParseQS(s) }) },
		Peers: []bench.Peer{{Name: "net/url", Run: func(b *testing.B) { encode(b, url.ParseQuery) }}},
	},
}

// What is measured is used here, so that no call is left out, and no result
// made where only a caller that throws it away could have it.
var (
	length     int
	fields     parse.Values
	peerFields url.Values
)

func check(err error) {
	if err != nil {
		panic(err)
	}
}

// each measures f on one after the other.
func each(list []string, f func(s string)) func(*testing.B) {
	return func(b *testing.B) {
		b.ReportAllocs()
		i := 0
		for b.Loop() {
			f(list[i])
			if i++; i == len(list) {
				i = 0
			}
		}
	}
}

func pairs(bases, refs []string, f func(base, ref string)) func(*testing.B) {
	return func(b *testing.B) {
		b.ReportAllocs()
		i := 0
		for b.Loop() {
			f(bases[i], refs[i])
			if i++; i == len(bases) {
				i = 0
			}
		}
	}
}

// encode measures the encoding of the queries that parse has read.
func encode[V interface{ Encode() string }](b *testing.B, parse func(string) (V, error)) {
	list := make([]V, len(queries))
	for i, q := range queries {
		var err error
		list[i], err = parse(q)
		check(err)
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		length += len(list[i].Encode())
		if i++; i == len(list) {
			i = 0
		}
	}
}

// python is the same work in CPython, on the same list.
func python(name string, list []string, stmt string) *bench.Python {
	text, err := json.Marshal(list)
	check(err)
	literal, err := json.Marshal(string(text))
	check(err)
	return &bench.Python{
		Setup: fmt.Sprintf("import json\nfrom urllib.parse import *\nxs = json.loads(%s)", literal),
		Stmt:  stmt,
		Per:   len(list),
	}
}
