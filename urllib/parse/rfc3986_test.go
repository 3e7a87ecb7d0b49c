package parse_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/urllib/parse"
)

func TestSplitRFC3986(t *testing.T) {
	// The examples of section 1.1.2, and what each rule allows at its edge.
	for _, url := range []string{
		"ftp://ftp.is.co.za/rfc/rfc1808.txt", "http://www.ietf.org/rfc/rfc2396.txt", "ldap://[2001:db8::7]/c=GB?objectClass?one",
		"mailto:John.Doe@example.com", "news:comp.infosystems.www.servers.unix", "tel:+1-816-555-1212",
		"telnet://192.0.2.16:80/", "urn:oasis:names:specification:docbook:dtd:xml:4.1.2",
		"", "a", "/", "//", "///a", "?", "#", "?#", "./a:b", "a/b:c", "/a:b", "//:@:/", "//u:p:@h:/", "//!$&'()*+,;=-._~%41/",
		"//[v1.a:b!]", "//[VF.x]:0", "//[::ffff:1.2.3.4]", "x:", "x:%00", "x://h:99999999999/", "?/?:@!", "#/?:@!",
		"/:@!$&'()*+,;=-._~%e9", "//256.256.256.256", "//1.2.3",
	} {
		r, err := parse.SplitRFC3986(url)
		require.NoError(t, err, url)
		assert.Equal(t, url, r.String())
		again, err := parse.UnsplitRFC3986(r)
		require.NoError(t, err, url)
		assert.Equal(t, url, again)
		lax, err := parse.Parser{KeepEmpty: true}.Split(url)
		require.NoError(t, err, url)
		assert.Equal(t, lax, r, "the lax rules agree on what is right")
	}
	tests := []struct {
		url  string
		pos  int
		kind error
	}{
		{" a", 0, parse.ErrSyntax},
		{"a ", 1, parse.ErrSyntax},
		{"http://h/a\tb", 10, parse.ErrSyntax},
		{"http://h/é", 9, parse.ErrSyntax},
		{"http://é/", 7, parse.ErrSyntax},
		{"http://h/%", 9, parse.ErrSyntax},
		{"http://h/%4", 9, parse.ErrSyntax},
		{"http://h/%4g", 9, parse.ErrSyntax},
		{"http://h/a[b]", 10, parse.ErrSyntax},
		{"http://h/a\\b", 10, parse.ErrSyntax},
		{"http://h/?a#b#c", 13, parse.ErrSyntax},
		{"?a|b", 2, parse.ErrSyntax},
		{"#<", 1, parse.ErrSyntax},
		{"1a:b", 2, parse.ErrSyntax},
		{":a", 0, parse.ErrSyntax},
		{"a%41:b", 4, parse.ErrSyntax},
		{"//a@b@c", 5, parse.ErrSyntax},
		{"//a[b@c", 3, parse.ErrSyntax},
		{"//h:8x", 5, parse.ErrPort},
		{"//h:80:80", 6, parse.ErrPort},
		{"//[::1", 2, parse.ErrBrackets},
		{"//[::1]x", 7, parse.ErrBrackets},
		{"//[::1%25eth0]", 2, parse.ErrBrackets},
		{"//[1.2.3.4]", 2, parse.ErrBrackets},
		{"//[v1.@]", 2, parse.ErrSyntax}, // the at sign ends the user information
		{"//[v1.\"]", 2, parse.ErrBrackets},
		{"//a::1]", 4, parse.ErrPort},
	}
	for _, tt := range tests {
		_, err := parse.SplitRFC3986(tt.url)
		var e *parse.Error
		require.ErrorAs(t, err, &e, tt.url)
		assert.Equal(t, tt.kind, e.Kind, tt.url)
		assert.Equal(t, tt.pos, e.Pos, tt.url)
	}
}

func TestUnsplitRFC3986(t *testing.T) {
	for want, r := range map[string]parse.SplitResult{
		"HTTP://h": {Scheme: "HTTP", Netloc: "h"},
		"a?":       {Path: "a", Present: parse.HasPath | parse.HasQuery},
		"file:/a":  {Scheme: "file", Path: "/a"},
	} {
		got, err := parse.UnsplitRFC3986(r)
		require.NoError(t, err)
		assert.Equal(t, want, got)
	}
	// Components that would come apart otherwise.
	for _, r := range []parse.SplitResult{
		{Path: "a:b"},
		{Path: "//evil/x"},
		{Scheme: "http", Path: "//evil/x"},
		{Netloc: "h", Path: "a"},
		{Netloc: "h/x"},
		{Netloc: "h?x", Path: "/"},
		{Netloc: "[x]"},
		{Path: "a?b"},
		{Path: "a#b"},
		{Query: "a#b"},
		{Fragment: "a#b"},
		{Scheme: "1x", Path: "a"},
		{Scheme: "a:b", Path: "c"},
		{Scheme: "a/b", Path: "c"},
		{Path: "a b"},
		{Path: "\r\n"},
	} {
		got, err := parse.UnsplitRFC3986(r)
		var e *parse.Error
		require.ErrorAs(t, err, &e, "%+v gave %q", r, got)
	}
}

// slowRemoveDots is RFC 3986 section 5.2.4 with strings, step by step.
func slowRemoveDots(in string) (out string) {
	cut := func() { out = out[:max(strings.LastIndex(out, "/"), 0)] }
	for in != "" {
		switch {
		case strings.HasPrefix(in, "../"):
			in = in[3:]
		case strings.HasPrefix(in, "./"):
			in = in[2:]
		case strings.HasPrefix(in, "/./"):
			in = "/" + in[3:]
		case in == "/.":
			in = "/"
		case strings.HasPrefix(in, "/../"):
			in = "/" + in[4:]
			cut()
		case in == "/..":
			in = "/"
			cut()
		case in == "." || in == "..":
			in = ""
		default:
			i := strings.Index(in[1:], "/") + 1
			if i == 0 {
				i = len(in)
			}
			out, in = out+in[:i], in[i:]
		}
	}
	return out
}

func TestJoinRFC3986(t *testing.T) {
	// Where Join differs, beside schemes that are no base.
	for _, tt := range []struct{ base, ref, want string }{
		{"mailto:a", "b", "mailto:b"},
		{"urn:a:b", "?q", "urn:a:b?q"},
		{"x:/a/b", "../../c", "x:/c"},
		{"http://h/a//b", "c", "http://h/a//c"},
		{"http://h/a/b", "c//d", "http://h/a/c//d"},
		{"http://h/a/./b", "#f", "http://h/a/./b#f"}, // no path, nothing to resolve
		{"http://h/a", "http:b", "http:b"},
		{"http://h/a", "http:///b/../c", "http:///c"},
		{"http://h", "b", "http://h/b"},
		{"http://h?q", "", "http://h?q"},
		{"http://h/?q", "?", "http://h/?"},
		{"x:/a", "/.//b", "x:/.//b"}, // not x://b
		{"x:/a/b", "..//c", "x:/.//c"},
		{"HTTP://h/a", "b", "http://h/b"},
	} {
		got, err := parse.JoinRFC3986(tt.base, tt.ref)
		require.NoError(t, err)
		assert.Equal(t, tt.want, got, "%q %q", tt.base, tt.ref)
	}
	for _, tt := range [][2]string{{"a", "b"}, {"//h/", "b"}, {"http://h/ ", "b"}, {"http://h/", "b c"}} {
		_, err := parse.JoinRFC3986(tt[0], tt[1])
		require.ErrorIs(t, err, parse.ErrSyntax, "%q", tt)
	}
	for _, path := range paths(6, "/", "..", ".", "a") {
		if path == "" || strings.HasPrefix(path, "//") {
			continue
		}
		want := slowRemoveDots(path)
		if strings.HasPrefix(want, "//") {
			want = "/." + want
		}
		got, err := parse.JoinRFC3986("y:", "x:"+path)
		if err != nil || got != "x:"+want {
			t.Fatalf("path %q: %q, %v, want %q", path, got, err, want)
		}
	}
}

func TestNormalize(t *testing.T) {
	for url, want := range map[string]string{
		"HTTP://www.Example.com:80/%7euser/%c3%a9": "http://www.example.com/~user/%C3%A9",
		"https://h:443":                "https://h/",
		"https://h:0443/":              "https://h/",
		"https://h:80/":                "https://h:80/",
		"http://h:/":                   "http://h/",
		"http://h?":                    "http://h/?",
		"http://h/a/./b/../c/%2e%2E/d": "http://h/a/d",
		"http://h/../../a":             "http://h/a",
		"http://h/a b?ü=\"#<>":         "http://h/a%20b?%C3%BC=%22#%3C%3E",
		"http://h/100%":                "http://h/100%25",
		"http://h/%zz%4":               "http://h/%25zz%254",
		"http://h/\xff":                "http://h/%FF",
		"http://U%3aser:P%40w@H%41/":   "http://U%3Aser:P%40w@ha/",
		"http://[2001:DB8::1]:80/":     "http://[2001:db8::1]/",
		"http://[fe80::A%En0]:81/":     "http://[fe80::a%En0]:81/",
		"http://BÜCHER.example/":       "http://bücher.example/",
		"http://h/?b=2&a=1#":           "http://h/?b=2&a=1#",
		"mailto:A@B.example":           "mailto:A@B.example",
		"urn:a/../b":                   "urn:a/../b",
		"x:/.//a":                      "x:/.//a",
		"x:/a/..//b":                   "x:/.//b",
		"file:///a/../b":               "file:///b",
		"FTP://h:21":                   "ftp://h/",
		"x://h:21":                     "x://h:21",
		"../a":                         "../a",
		"/a/../b":                      "/b",
		"%61:b":                        "./a:b",
		"":                             "",
		"?%41":                         "?A",
		" http://h/\n":                 "http://h/",
	} {
		got, err := parse.Normalize(url)
		require.NoError(t, err, url)
		assert.Equal(t, want, got, url)
		again, err := parse.Normalize(got)
		require.NoError(t, err)
		assert.Equal(t, got, again, "it stays")
	}
	for url, kind := range map[string]error{"http://h:x/": parse.ErrPort, "//[x]": parse.ErrBrackets, "//\uff03": parse.ErrNFKC} {
		_, err := parse.Normalize(url)
		var e *parse.Error
		require.ErrorAs(t, err, &e)
		assert.Equal(t, kind, e.Kind)
		assert.Equal(t, "Normalize", e.Func)
	}
}
