// Package parse measures urllib/parse beside net/url.
package parse

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"strings"
)

// urls are 1,000 URLs of the kinds that stand in access logs and in pages, the
// same in each run: shops, searches, APIs, news, images, trackers, with queries
// of none to twelve fields, in several languages.
var urls = makeURLs(1000)

// readable are the URLs with their escapes undone, with spaces and letters of
// all kinds; quoted and formed are urls and readable quoted, as they stand in a
// parameter "next".
var (
	readable = unquoteAll(urls)
	quoted   = quoteAll(urls, url.QueryEscape)
	formed   = quoteAll(readable, url.QueryEscape)
)

// texts are the path segments, names and values of urls, not quoted, most of
// them a word; quotedWords are the same in the manner of forms.
var (
	texts       = makeTexts(urls)
	quotedWords = quoteAll(texts, url.QueryEscape)
)

// queries are the query strings of urls that have one.
var queries = makeQueries(urls)

// refs are 1,000 references as they stand in pages, one for each of urls.
var refs = makeRefs(1000)

var (
	hosts = []string{"www.example.com", "shop.example.de", "api.example.io", "cdn7.static.example.net", "example.org",
		"news.example.co.uk", "m.example.fr", "en.wiki.example.org", "192.0.2.17:8080", "[2001:db8::1f]", "login.example.com:8443",
		"xn--bcher-kva.example"}
	words = []string{"products", "men", "shoes", "2024", "index.html", "search", "v2", "users", "42", "a-long-article-about-gardening",
		"images", "thumb_640x480.jpg", "assets", "app.3f9c2b.js", "category", "sale", "b2b", "reviews", "wp-content", "uploads",
		"Main_Page", "api", "orders", "87231", "items", "blog", "feed.xml", "über-uns", "日本語", "crème brûlée", "Straße", "page 2"}
	names = []string{"q", "id", "page", "sort", "utm_source", "utm_medium", "utm_campaign", "ref", "lang", "session", "filter[color]",
		"from", "to", "callback", "token", "gclid", "size", "offset", "limit", "category"}
	values = []string{"1", "2", "50", "price_asc", "newsletter", "email", "spring-2024", "en", "de-DE", "red", "true", "a3f8c1d9e7b04f6a",
		"hello world", "running shoes men", "EAIaIQobChMIx8fV7uDR", "https://example.com/return?to=/cart", "c++ templates", "50% off",
		"größe 42", "東京 ホテル", "résumé", "", "2024-05-01T10:00:00Z", "user@example.com", "a,b,c"}
)

func makeURLs(n int) []string {
	r := rand.New(rand.NewPCG(3986, 1738))
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	out := make([]string, n)
	for i := range out {
		var b strings.Builder
		b.WriteString([]string{"https", "https", "https", "http"}[r.IntN(4)])
		b.WriteString("://")
		if r.IntN(50) == 0 {
			b.WriteString("user:s3cret@")
		}
		b.WriteString(pick(hosts))
		for range r.IntN(6) {
			b.WriteByte('/')
			b.WriteString(url.PathEscape(pick(words)))
		}
		if r.IntN(3) == 0 {
			b.WriteByte('/')
		}
		if r.IntN(5) < 3 {
			sep := byte('?')
			for range 1 + r.IntN(4)*r.IntN(5) {
				b.WriteByte(sep)
				fmt.Fprintf(&b, "%s=%s", url.QueryEscape(pick(names)), url.QueryEscape(pick(values)))
				sep = '&'
			}
		}
		if r.IntN(8) == 0 {
			b.WriteString("#section-" + fmt.Sprint(r.IntN(20)))
		}
		out[i] = b.String()
	}
	return out
}

func makeTexts(urls []string) (texts []string) {
	for _, s := range urls {
		u, err := url.Parse(s)
		if err != nil {
			panic(err)
		}
		parts := strings.Split(strings.Trim(u.Path, "/"), "/")
		for _, pair := range strings.FieldsFunc(u.RawQuery, func(c rune) bool { return c == '&' || c == '=' }) {
			text, err := url.QueryUnescape(pair)
			if err != nil {
				panic(err)
			}
			parts = append(parts, text)
		}
		texts = append(texts, parts...)
	}
	return texts
}

func quoteAll(texts []string, quote func(string) string) []string {
	out := make([]string, len(texts))
	for i, s := range texts {
		out[i] = quote(s)
	}
	return out
}

func makeQueries(urls []string) (out []string) {
	for _, s := range urls {
		if _, q, ok := strings.Cut(s, "?"); ok {
			q, _, _ = strings.Cut(q, "#")
			out = append(out, q)
		}
	}
	return out
}

func makeRefs(n int) []string {
	r := rand.New(rand.NewPCG(1808, 2396))
	pick := func(list []string) string { return url.PathEscape(list[r.IntN(len(list))]) }
	out := make([]string, n)
	for i := range out {
		switch r.IntN(10) {
		case 0, 1:
			out[i] = pick(words)
		case 2:
			out[i] = pick(words) + "/" + pick(words) + "?page=" + fmt.Sprint(r.IntN(9))
		case 3:
			out[i] = "../" + pick(words)
		case 4:
			out[i] = "../../" + pick(words) + "/" + pick(words)
		case 5, 6:
			out[i] = "/" + pick(words) + "/" + pick(words)
		case 7:
			out[i] = "?page=" + fmt.Sprint(r.IntN(99)) + "&sort=price_asc"
		case 8:
			out[i] = "#section-" + fmt.Sprint(r.IntN(20))
		case 9:
			out[i] = "https://" + hosts[r.IntN(len(hosts))] + "/" + pick(words)
		}
	}
	return out
}

func unquoteAll(texts []string) []string {
	out := make([]string, len(texts))
	for i, s := range texts {
		var err error
		if out[i], err = url.QueryUnescape(s); err != nil {
			panic(err)
		}
	}
	return out
}
