package parse_test

import (
	"errors"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/pynet-go/pynet/urllib/parse"
)

// fuzzURLs are seeds: URLs that once were trouble to some parser.
var fuzzURLs = []string{
	"http://user:pw@h:80/a;p?q#f",
	"//[::1%25eth0]:80?",              // a zone
	"http://[v1.a:b]/",                // an IPvFuture
	"http://h\\@evil/",                // a backslash
	" \x00java\nscript:x",             // what is dropped
	"http:////x//y",                   // slashes
	"file:/a", "x:?#", "mailto:a@b?c", // without an authority
	"http://a\u2100b", "//\uff03", // NFKC
	"http://h/%zz%4%", "%61:b", "./a:b", // escapes
	"//a@b@c:1:2", "//:@:", "//h:080/", "//İΣ.K",
	"http://h/a/./../..//b/%2e%2E",
	"\xff\xfe://\x80",
}

// FuzzSplit: a split URL put together splits into the same; all doors agree;
// what net/url accepts as a URL of the web has the same parts here.
func FuzzSplit(f *testing.F) {
	for _, s := range fuzzURLs {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		keep := parse.Parser{KeepEmpty: true}
		r, err := keep.Split(s)
		if err != nil {
			var e *parse.Error
			if !errors.As(err, &e) {
				t.Fatalf("Split(%q): %v", s, err)
			}
			return
		}
		again, err := keep.Split(r.String())
		if err != nil || again != r {
			t.Fatalf("Split(%q) = %+v, again %+v, %v", s, r, again, err)
		}
		plain, err := parse.Split(s)
		if err != nil {
			t.Fatal(err)
		}
		r.Present = 0
		if plain != r {
			t.Fatalf("Split(%q) = %+v, with KeepEmpty %+v", s, plain, r)
		}
		r, _ = keep.Split(s)
		p, err := keep.Parse(s)
		if err != nil || p.String() != r.String() || p.Split() != r {
			t.Fatalf("Parse(%q) = %+v, %v, Split %+v", s, p, err, r)
		}
		_, _ = plain.Username()
		_, _ = plain.Password()
		if host := plain.Hostname(); strings.ContainsAny(host, "/?#@") {
			t.Fatalf("Split(%q): host %q", s, host)
		}
		if _, _, err := plain.Port(); err != nil && !errors.Is(err, parse.ErrPort) {
			t.Fatal(err)
		}
		neighbour(t, s, plain)
	})
}

// neighbour compares with net/url where both should agree: web addresses with
// an authority that it accepts.
func neighbour(t *testing.T, s string, r parse.SplitResult) {
	t.Helper()
	u, err := url.Parse(s)
	if err != nil || u.Opaque != "" || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.ContainsAny(s, "\t\r\n") {
		return
	}
	if r.Scheme != u.Scheme || r.Query != u.RawQuery || r.Path != u.EscapedPath() && parse.Unquote(r.Path) != strings.ToValidUTF8(u.Path, "\ufffd") && utf8.ValidString(u.Path) {
		t.Fatalf("Split(%q) = %+v, net/url has %#v", s, r, u)
	}
	if !strings.ContainsAny(r.Netloc, "%[") && strings.ToLower(u.Hostname()) != r.Hostname() && isASCII(r.Netloc) && !strings.Contains(r.Netloc, ":") {
		t.Fatalf("Split(%q): host %q, net/url has %q", s, r.Hostname(), u.Hostname())
	}
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(c rune) bool { return c >= utf8.RuneSelf }) < 0
}

// FuzzJoin: the path is that of the slow twin, a joined URL splits, and what
// JoinSameOrigin gives out stays at home.
func FuzzJoin(f *testing.F) {
	for _, s := range fuzzURLs {
		f.Add("http://h/a/b?q#f", s)
		f.Add(s, "../c//d")
	}
	f.Fuzz(func(t *testing.T, base, ref string) {
		joined, err := parse.Join(base, ref)
		if err != nil {
			return
		}
		keep := parse.Parser{KeepEmpty: true}
		b, err1 := keep.Split(base)
		r, err2 := keep.Split(ref)
		if err1 == nil && err2 == nil && base != "" && ref != "" {
			relative := (!r.Has(parse.HasScheme) || r.Scheme == b.Scheme) && parse.SchemeUses(b.Scheme)&parse.UsesRelative != 0
			if !relative && joined != ref {
				t.Fatalf("Join(%q, %q) = %q", base, ref, joined)
			}
			got, err := keep.Split(joined)
			if relative && r.Netloc == "" && r.Path != "" && b.Scheme != "" {
				want := slowPath(b.Path, r.Path)
				if got.Has(parse.HasNetloc) && !strings.HasPrefix(want, "/") {
					want = "/" + want
				}
				if err != nil || got.Path != want {
					t.Fatalf("Join(%q, %q) = %q, want path %q", base, ref, joined, want)
				}
			}
		}
		same, err := parse.JoinSameOrigin(base, ref)
		if err != nil {
			return
		}
		if !parse.SameOrigin(base, same) {
			t.Fatalf("JoinSameOrigin(%q, %q) = %q", base, ref, same)
		}
		if bu, err := url.Parse(base); err == nil {
			if su, err := url.Parse(same); err == nil && (su.Scheme != bu.Scheme || !strings.EqualFold(su.Hostname(), bu.Hostname())) {
				t.Fatalf("JoinSameOrigin(%q, %q) = %q, at another host for net/url", base, ref, same)
			}
		}
	})
}

// FuzzStrict: what the strict grammar accepts, the lax one splits likewise, it
// is written back as it was, and net/url accepts it but for known gaps.
func FuzzStrict(f *testing.F) {
	for _, s := range fuzzURLs {
		f.Add("x:/a/b", s)
	}
	f.Fuzz(func(t *testing.T, base, s string) {
		r, err := parse.SplitRFC3986(s)
		if err != nil {
			return
		}
		if again, err := parse.UnsplitRFC3986(r); err != nil || again != r.String() {
			t.Fatalf("SplitRFC3986(%q) = %+v, again %q, %v", s, r, again, err)
		}
		if lax, err := (parse.Parser{KeepEmpty: true}).Split(s); err != nil || lax != r {
			t.Fatalf("SplitRFC3986(%q) = %+v, Split %+v, %v", s, r, lax, err)
		}
		joined, err := parse.JoinRFC3986(base, s)
		if err != nil {
			return
		}
		if _, err := parse.SplitRFC3986(joined); err != nil {
			t.Fatalf("JoinRFC3986(%q, %q) = %q: %v", base, s, joined, err)
		}
	})
}

// FuzzNormalize: the form of the form is the form, and it is in the strict
// grammar unless the host is not.
func FuzzNormalize(f *testing.F) {
	for _, s := range fuzzURLs {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		form, err := parse.Normalize(s)
		if err != nil {
			return
		}
		again, err := parse.Normalize(form)
		if err != nil || again != form {
			t.Fatalf("Normalize(%q) = %q, again %q, %v", s, form, again, err)
		}
		r, err := parse.Split(form)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := parse.SplitRFC3986(form); err != nil && isASCII(r.Netloc) && !strings.ContainsAny(r.Netloc, "[") {
			t.Fatalf("Normalize(%q) = %q: %v", s, form, err)
		}
	})
}

// FuzzQuote: quoting and unquoting give the text back, the fast ways and the
// slow ones agree, and net/url reads and writes the same.
func FuzzQuote(f *testing.F) {
	for _, s := range fuzzURLs {
		f.Add(s, "/:")
	}
	f.Add("%C3%A9%E6%97+%ff%F0%9F%98%80", "")
	f.Add("a%%%20%4", "%+ \r\n")
	f.Fuzz(func(t *testing.T, s, safe string) {
		if got, want := parse.QuoteSafe(s, safe), slowQuote(s, safe, false); got != want {
			t.Fatalf("QuoteSafe(%q, %q) = %q, want %q", s, safe, got, want)
		}
		plus := parse.QuotePlus(s)
		if want := url.QueryEscape(s); plus != want {
			t.Fatalf("QuotePlus(%q) = %q, net/url has %q", s, plus, want)
		}
		if got := string(parse.UnquoteToBytes(parse.Quote(s))); got != s {
			t.Fatalf("UnquoteToBytes(Quote(%q)) = %q", s, got)
		}
		if utf8.ValidString(s) {
			if got := parse.UnquotePlus(plus); got != s {
				t.Fatalf("UnquotePlus(QuotePlus(%q)) = %q", s, got)
			}
		}
		for _, plus := range []bool{false, true} {
			got, neighbour := parse.Unquote(s), url.PathUnescape
			if plus {
				got, neighbour = parse.UnquotePlus(s), url.QueryUnescape
			}
			if want := slowUnquote(s, plus); got != want {
				t.Fatalf("Unquote(%q), plus %v = %q, want %q", s, plus, got, want)
			}
			if want, err := neighbour(s); err == nil && isASCII(s) && utf8.ValidString(want) && got != want {
				t.Fatalf("Unquote(%q), plus %v = %q, net/url has %q", s, plus, got, want)
			}
		}
		for _, e := range []parse.Encoding{parse.UTF8, parse.ASCII, parse.Latin1, parse.Windows1252, parse.UTF16LE} {
			for mode := parse.ErrorsDefault; mode <= parse.ErrorsSurrogatePass; mode++ {
				q, err := parse.Quoter{Encoding: e, Errors: mode}.Quote(s)
				if err != nil {
					continue
				}
				back, err := parse.Unquoter{Encoding: e, Errors: parse.ErrorsStrict}.Unquote(q)
				if mode == parse.ErrorsStrict && (err != nil || back != s) {
					t.Fatalf("%v: Unquote(%q) = %q, %v, want %q", e, q, back, err, s)
				}
				if u, err := (parse.Unquoter{Encoding: e, Errors: mode}).Unquote(s); err == nil && mode <= parse.ErrorsBackslash &&
					utf8.ValidString(s) && !utf8.ValidString(u) {
					t.Fatalf("%v, %v: Unquote(%q) = %q is no UTF-8", e, mode, s, u)
				}
			}
		}
	})
}

// FuzzQuery: fields written and read are the same fields, all doors agree, and
// net/url finds the same fields where it finds no fault.
func FuzzQuery(f *testing.F) {
	for _, s := range []string{"a=1&b=2&a=3", "a;b=c", "&&=&a", "a=%zz&%=+", "=a=b", "%C3%A9=\xff", "a=1é&b"} {
		f.Add(s, "&")
		f.Add(s, ";")
	}
	f.Fuzz(func(t *testing.T, s, sep string) {
		p := parse.QueryParser{KeepBlank: true, MaxFields: -1, Separator: parse.SeparatedBy(sep)}
		fields, err := p.ParseQSL(s)
		if err != nil {
			if sep != "" {
				t.Fatal(err)
			}
			return
		}
		var slow []parse.Pair
		for _, field := range strings.Split(s, sep) {
			if field != "" {
				name, value, _ := strings.Cut(field, "=")
				slow = append(slow, parse.Pair{Name: slowUnquote(name, true), Value: slowUnquote(value, true)})
			}
		}
		if len(slow) != len(fields) {
			t.Fatalf("ParseQSL(%q, %q) = %q, want %q", s, sep, fields, slow)
		}
		for i := range slow {
			if slow[i] != fields[i] {
				t.Fatalf("ParseQSL(%q, %q) = %q, want %q", s, sep, fields, slow)
			}
		}
		values, err := p.ParseQS(s)
		if err != nil || values.Encode() != parse.Collect(fields).Encode() || values.Encode() != parse.Encode(values.Pairs()) {
			t.Fatalf("ParseQS(%q) = %v, %v", s, values, err)
		}
		p.Separator = parse.Separator{}
		again, err := p.ParseQSL(parse.Encode(fields))
		if err != nil || len(again) != len(fields) {
			t.Fatalf("%q: encoded %q, read %q, %v", s, parse.Encode(fields), again, err)
		}
		for i := range again {
			if again[i] != fields[i] && utf8.ValidString(fields[i].Name) && utf8.ValidString(fields[i].Value) {
				t.Fatalf("%q: encoded %q, read %q", s, parse.Encode(fields), again)
			}
		}
		if m, err := url.ParseQuery(s); sep == "&" && err == nil && isASCII(s) && utf8.ValidString(parse.Unquote(s)) {
			for name, list := range m {
				if got := values.Lookup(name); utf8.ValidString(name) && strings.Join(got, "&") != strings.Join(list, "&") && utf8.ValidString(strings.Join(list, "")) {
					t.Fatalf("ParseQS(%q): %q has %q, net/url has %q", s, name, got, list)
				}
			}
		}
	})
}
