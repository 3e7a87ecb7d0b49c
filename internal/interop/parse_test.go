//go:build interop

package interop_test

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/pynet-go/pynet/urllib/parse"
)

// urlPieces are what the generated URLs are put together from: delimiters, odd ones too, and
// text. Brackets, and hosts that NFKC changes, have changed between versions of Python, and so
// has urldefrag; they are left to the vectors.
var urlPieces = []string{
	"http:", "HTTPS:", "ftp:", "mailto:", "x-y.z+1:", "1a:", "//", "/", "/", "?", "#", "@", ":", ";", "&", "=", ".", "..", "./", "../", "%41", "%zz", "%", " ", "+",
	"a", "b", "c/d", "example.com", "Host", "user:pw", "8080", "é", "漢", "\t", "\n", "127.0.0.1", "x=1", "p;q",
}

func urlInputs(n int) []any {
	r := rand.New(rand.NewPCG(3986, 2396))
	var out []any
	for range n {
		var b strings.Builder
		for range 1 + r.IntN(9) {
			b.WriteString(urlPieces[r.IntN(len(urlPieces))])
		}
		out = append(out, b.String())
	}
	return out
}

func TestParseSplit(t *testing.T) {
	const f = `
from urllib.parse import urlsplit, urlparse
def f(u):
    s, p = urlsplit(u), urlparse(u)
    try: port = s.port
    except ValueError: port = 'bad'
    return [list(s), list(p), s.username, s.password, s.hostname, port]
`
	some := func(s string, ok bool) any {
		if !ok {
			return nil
		}
		return s
	}
	agree(t, python(t), f, urlInputs(600), func(x any) (any, error) {
		u := x.(string)
		s, err := parse.Split(u)
		if err != nil {
			return nil, err
		}
		p, err := parse.Parse(u)
		if err != nil {
			return nil, err
		}
		var port any
		switch n, ok, err := s.Port(); {
		case err != nil:
			port = "bad"
		case ok:
			port = n
		}
		host := s.Hostname()
		return []any{
			[]string{s.Scheme, s.Netloc, s.Path, s.Query, s.Fragment}, []string{p.Scheme, p.Netloc, p.Path, p.Params, p.Query, p.Fragment},
			some(s.Username()), some(s.Password()), some(host, host != ""), port,
		}, nil
	})
}

func TestParseQuoting(t *testing.T) {
	const f = `
from urllib.parse import quote, quote_plus, unquote, unquote_plus, unquote_to_bytes
def f(s):
    return [quote(s), quote(s, safe='%&'), quote_plus(s), unquote(s), unquote_plus(s), unquote_to_bytes(s).hex()]
`
	const digits = "0123456789abcdef"
	agree(t, python(t), f, urlInputs(600), func(x any) (any, error) {
		s := x.(string)
		var raw strings.Builder
		for _, c := range parse.UnquoteToBytes(s) {
			raw.WriteByte(digits[c>>4])
			raw.WriteByte(digits[c&15])
		}
		return []string{parse.Quote(s), parse.QuoteSafe(s, "%&"), parse.QuotePlus(s), parse.Unquote(s), parse.UnquotePlus(s), raw.String()}, nil
	})
}

func TestParseQueries(t *testing.T) {
	const f = `
from urllib.parse import parse_qsl, urlencode
def f(q):
    kept = parse_qsl(q, keep_blank_values=True)
    return [[list(p) for p in kept], [list(p) for p in parse_qsl(q)], urlencode(kept)]
`
	lists := func(pairs []parse.Pair) [][]string {
		out := [][]string{}
		for _, p := range pairs {
			out = append(out, []string{p.Name, p.Value})
		}
		return out
	}
	agree(t, python(t), f, urlInputs(600), func(x any) (any, error) {
		kept, err := parse.QueryParser{KeepBlank: true}.ParseQSL(x.(string))
		if err != nil {
			return nil, err
		}
		pairs, err := parse.ParseQSL(x.(string))
		if err != nil {
			return nil, err
		}
		return []any{lists(kept), lists(pairs), parse.Encode(kept)}, nil
	})
}

// TestParseNFKC asks Python's Unicode database which characters become delimiters.
func TestParseNFKC(t *testing.T) {
	const f = `
import unicodedata
def f(plane):
    return [c for c in range(max(plane << 16, 0x80), plane + 1 << 16)
            if set('/?#@:') & set(unicodedata.normalize('NFKC', chr(c)))]
`
	var planes []any
	for plane := range 17 {
		planes = append(planes, plane)
	}
	agree(t, python(t), f, planes, func(x any) (any, error) {
		found := []int{}
		for c := max(x.(int)<<16, 0x80); c < (x.(int)+1)<<16; c++ {
			if _, err := parse.Split("//a" + string(rune(c)) + "b"); errors.Is(err, parse.ErrNFKC) {
				found = append(found, c)
			}
		}
		return found, nil
	})
}

// TestParseJoin leaves out what has changed since Python 3.11: empty components, and an
// authority that is there and empty.
func TestParseJoin(t *testing.T) {
	const f = `
from urllib.parse import urljoin
def f(x):
    return [urljoin(x[0], x[1]), urljoin(x[0], x[1], False)]
`
	r := rand.New(rand.NewPCG(1808, 3986))
	bases := []string{"http://a/b/c/d;p?q", "http://a", "http://a/b//c/", "/a/b", "a/b", "file:///x/y", "mailto:x", "x:/y", "ws://h:1/", "HTTP://H/p/q"}
	pieces := []string{"/", "/", "..", "../", ".", "./", "g", "h;x", "k%41", "é", "http:", "ftp:", "x:", "//h", "?y", "#s"}
	var inputs []any
	for range 600 {
		var b strings.Builder
		for range 1 + r.IntN(6) {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		ref := b.String()
		if strings.Contains(ref, "///") || strings.HasSuffix(ref, "?") || strings.HasSuffix(ref, "#") || strings.HasSuffix(ref, "//") {
			continue
		}
		inputs = append(inputs, []string{bases[r.IntN(len(bases))], ref})
	}
	agree(t, python(t), f, inputs, func(x any) (any, error) {
		in := x.([]string)
		whole, err := parse.Join(in[0], in[1])
		if err != nil {
			return nil, err
		}
		unbroken, err := parse.Parser{NoFragments: true}.Join(in[0], in[1])
		return []string{whole, unbroken}, err
	})
}

// TestParseEncodings compares every encoding in every error mode, both ways.
func TestParseEncodings(t *testing.T) {
	const f = `
from urllib.parse import quote, unquote
def run(g):
    try: return g()
    except (UnicodeError, TypeError): return None
def f(x):
    text, enc, errors = x
    quoted = run(lambda: quote(text, '', enc, errors))
    raw = run(lambda: unquote(text, enc, errors).encode('utf-8').decode('latin-1'))
    return [quoted, raw]
`
	encodings := []string{"utf-8", "ascii", "latin-1", "iso-8859-15", "cp1252", "utf-16-le", "utf-16-be"}
	modes := []string{"strict", "replace", "ignore", "backslashreplace"} // those that work both ways
	r := rand.New(rand.NewPCG(8859, 1252))
	pieces := []string{"a", "é", "€", "Ž", "漢", "😀", "\u0081", " ", "+", "%41", "%e9", "%C3%A9", "%a4", "%80", "%81", "%E6%BC", "%F0%9F%98%80", "%ff",
		"%ED%A0%80", "%00", "%3D%D8%00%DE", "%D8", "%00%DC", "%", "%zz"}
	var inputs []any
	for range 900 {
		var b strings.Builder
		for range 1 + r.IntN(6) {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		inputs = append(inputs, []string{b.String(), encodings[r.IntN(len(encodings))], modes[r.IntN(len(modes))]})
	}
	agree(t, python(t), f, inputs, func(x any) (any, error) {
		in := x.([]string)
		e, err := parse.LookupEncoding(in[1])
		if err != nil {
			return nil, err
		}
		mode, err := parse.LookupErrorMode(in[2])
		if err != nil {
			return nil, err
		}
		var quoted, raw any
		if s, err := (parse.Quoter{Encoding: e, Errors: mode}).Quote(in[0]); err == nil {
			quoted = s
		}
		if s, err := (parse.Unquoter{Encoding: e, Errors: mode}).Unquote(in[0]); err == nil {
			var latin strings.Builder // each byte as a character
			for _, c := range []byte(s) {
				latin.WriteRune(rune(c))
			}
			raw = latin.String()
		}
		return []any{quoted, raw}, nil
	})
}
