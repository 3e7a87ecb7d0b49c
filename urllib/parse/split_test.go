package parse_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/urllib/parse"
)

func TestSplit(t *testing.T) {
	tests := []struct {
		url                                   string
		scheme, netloc, path, query, fragment string
	}{
		{"http://user:pw@h:80/a;p?q#f", "http", "user:pw@h:80", "/a;p", "q", "f"},
		{"", "", "", "", "", ""},
		{"path", "", "", "path", "", ""},
		{"//h", "", "h", "", "", ""},
		{"///a", "", "", "/a", "", ""},
		{"mailto:a@b?subject=c", "mailto", "", "a@b", "subject=c", ""},
		{"urn:isbn:0", "urn", "", "isbn:0", "", ""},
		// A scheme begins with a letter, and goes to the first colon.
		{"HTTP://H/", "http", "H", "/", "", ""},
		{"Z39.50R+x-y:a", "z39.50r+x-y", "", "a", "", ""},
		{"1http://h", "", "", "1http://h", "", ""},
		{"+a:b", "", "", "+a:b", "", ""},
		{":a", "", "", ":a", "", ""},
		{"a b:c", "", "", "a b:c", "", ""},
		{"sch\u00e8me:a", "", "", "sch\u00e8me:a", "", ""},
		{"path:80", "path", "", "80", "", ""},
		// The authority goes to the first of / ? #.
		{"http://h?a/b", "http", "h", "", "a/b", ""},
		{"http://h#a?b", "http", "h", "", "", "a?b"},
		{"http:///a", "http", "", "/a", "", ""},
		{"http:a", "http", "", "a", "", ""},
		// The first # begins the fragment, the first ? before it the query.
		{"a?b?c#d#e?f", "", "", "a", "b?c", "d#e?f"},
		{"a?#", "", "", "a", "", ""},
		// What browsers drop is dropped: C0 and blanks in front, and tabs and
		// line ends everywhere.
		{" \x00\x1f http://h/", "http", "h", "/", "", ""},
		{"ht\ntp:\r//\th\n/a\tb", "http", "h", "/ab", "", ""},
		{"http://h/ ", "http", "h", "/ ", "", ""},
		{"\u00a0http://h/", "", "", "\u00a0http://h/", "", ""},
		// Brackets hold an IP literal.
		{"http://[::1]:80/", "http", "[::1]:80", "/", "", ""},
		{"http://u@[fe80::1%eth0]/", "http", "u@[fe80::1%eth0]", "/", "", ""},
		{"http://[v1.x:y]/", "http", "[v1.x:y]", "/", "", ""},
		{"http://[V1f.x]/", "http", "[V1f.x]", "/", "", ""},
		{"http://h/[x]", "http", "h", "/[x]", "", ""},
		// Bytes that are not UTF-8 pass.
		{"http://h\xff/\x80?\xc3#\xa9", "http", "h\xff", "/\x80", "\xc3", "\xa9"},
	}
	for _, tt := range tests {
		got, err := parse.Split(tt.url)
		want := parse.SplitResult{Scheme: tt.scheme, Netloc: tt.netloc, Path: tt.path, Query: tt.query, Fragment: tt.fragment}
		if err != nil || got != want {
			t.Errorf("Split(%q) = %+v, %v, want %+v", tt.url, got, err, want)
		}
	}
}

func TestSplitErrors(t *testing.T) {
	tests := []struct {
		url  string
		kind error
	}{
		{"http://[::1/", parse.ErrBrackets},
		{"http://::1]/", parse.ErrBrackets},
		{"http://]/", parse.ErrBrackets},
		{"http://[]/", parse.ErrBrackets},
		{"http://[h]/", parse.ErrBrackets},
		{"http://[1.2.3.4]/", parse.ErrBrackets},
		{"http://[::1%]/", parse.ErrBrackets},
		{"http://[::1%a%b]/", parse.ErrBrackets},
		{"http://[v.x]/", parse.ErrBrackets},
		{"http://[v1.]/", parse.ErrBrackets},
		{"http://[v1x]/", parse.ErrBrackets},
		{"http://[vg.x]/", parse.ErrBrackets},
		{"http://x[::1]/", parse.ErrBrackets},
		{"http://[::1]x/", parse.ErrBrackets},
		{"http://u[::1]@h/", parse.ErrBrackets}, // then h would have to be an address
		{"http://a\u2100b/", parse.ErrNFKC},
		{"//a\uff1ab", parse.ErrNFKC},
	}
	for _, tt := range tests {
		got, err := parse.Split(tt.url)
		var e *parse.Error
		if !errors.Is(err, tt.kind) || !errors.As(err, &e) || e.Func != "Split" {
			t.Errorf("Split(%q): %v, want kind %v", tt.url, err, tt.kind)
		}
		if got != (parse.SplitResult{}) {
			t.Errorf("Split(%q) = %+v with an error", tt.url, got)
		}
	}
}

func TestParser(t *testing.T) {
	r, err := parse.Parser{Scheme: " ht\ntp "}.Split("//h/")
	require.NoError(t, err)
	assert.Equal(t, "http", r.Scheme, "what is dropped from URLs is dropped from the default scheme")
	r, err = parse.Parser{Scheme: "http"}.Split("ftp://h/")
	require.NoError(t, err)
	assert.Equal(t, "ftp", r.Scheme)
	r, err = parse.Parser{Scheme: "\x00 "}.Split("a")
	require.NoError(t, err)
	assert.Equal(t, parse.SplitResult{Path: "a"}, r)

	r, err = parse.Parser{NoFragments: true}.Split("a?b#c")
	require.NoError(t, err)
	assert.Equal(t, parse.SplitResult{Path: "a", Query: "b#c"}, r)

	p := parse.Parser{MaxLen: 8}
	_, err = p.Split("http://h")
	require.NoError(t, err)
	for name, f := range map[string]func(string) error{
		"Split":  func(s string) error { _, err := p.Split(s); return err },
		"Parse":  func(s string) error { _, err := p.Parse(s); return err },
		"Defrag": func(s string) error { _, err := p.Defrag(s); return err },
		"base":   func(s string) error { _, err := p.Join(s, "x"); return err },
		"ref":    func(s string) error { _, err := p.Join("http://h", s); return err },
		"bytes":  func(s string) error { _, err := p.SplitBytes([]byte(s)); return err },
	} {
		require.ErrorIs(t, f("http://h/"), parse.ErrTooLong, name)
	}
}

// TestPresent goes through Python's missing_as_none.
func TestPresent(t *testing.T) {
	const (
		scheme, netloc = parse.HasScheme, parse.HasNetloc
		query, frag    = parse.HasQuery, parse.HasFragment
	)
	tests := []struct {
		url  string
		want parse.Component // beside the path
	}{
		{"", 0}, {"a", 0}, {"http:", scheme}, {"//", netloc}, {"http://", scheme | netloc},
		{"?", query}, {"#", frag}, {"?#", query | frag}, {"//h/?q#", netloc | query | frag},
		{"mailto:a", scheme}, {"file:///a", scheme | netloc}, {"file:/a", scheme},
	}
	keep := parse.Parser{KeepEmpty: true}
	for _, tt := range tests {
		r, err := keep.Split(tt.url)
		require.NoError(t, err)
		assert.Equal(t, tt.want|parse.HasPath, r.Present, tt.url)
		assert.True(t, r.Has(tt.want|parse.HasPath), tt.url)
		assert.Equal(t, tt.url, r.String())
		exact, err := r.Exact()
		require.NoError(t, err)
		assert.Equal(t, tt.url, exact)
		for _, c := range []parse.Component{scheme, netloc, parse.HasParams, query, frag} {
			assert.Equal(t, tt.want&c != 0, r.Has(c), "%q has %b", tt.url, c)
		}
	}

	r, err := parse.Split("http://h/?#")
	require.NoError(t, err)
	assert.Zero(t, r.Present)
	assert.False(t, r.Has(parse.HasQuery))
	assert.True(t, r.Has(parse.HasScheme|parse.HasNetloc|parse.HasPath))
	assert.Equal(t, "http://h/", r.String())
	_, err = r.Exact()
	require.ErrorIs(t, err, parse.ErrNotRecorded)
}

func TestUnsplit(t *testing.T) {
	all := parse.HasScheme | parse.HasNetloc | parse.HasPath | parse.HasQuery | parse.HasFragment
	tests := []struct {
		r    parse.SplitResult
		want string
	}{
		{parse.SplitResult{}, ""},
		{parse.SplitResult{Scheme: "http", Netloc: "h", Path: "/a", Query: "q", Fragment: "f"}, "http://h/a?q#f"},
		{parse.SplitResult{Scheme: "http", Netloc: "h", Path: "a"}, "http://h/a"},
		{parse.SplitResult{Netloc: "h"}, "//h"},
		// Schemes with an authority get "//" even if it is empty.
		{parse.SplitResult{Scheme: "file", Path: "/a"}, "file:///a"},
		{parse.SplitResult{Scheme: "file"}, "file://"},
		{parse.SplitResult{Scheme: "file", Path: "a"}, "file:a"},
		{parse.SplitResult{Scheme: "x", Path: "/a"}, "x:/a"},
		{parse.SplitResult{Scheme: "file", Path: "/a", Present: parse.HasScheme | parse.HasPath}, "file:/a"},
		// A path that begins with two slashes is not to be an authority.
		{parse.SplitResult{Path: "//evil/x"}, "////evil/x"},
		{parse.SplitResult{Scheme: "x", Path: "//evil/x"}, "x:////evil/x"},
		{parse.SplitResult{Scheme: "http", Path: "//evil/x"}, "http:////evil/x"},
		{parse.SplitResult{Netloc: "h", Path: "//x"}, "//h//x"},
		// Empty components are written if Present has them.
		{parse.SplitResult{Present: all}, "//?#"},
		{parse.SplitResult{Scheme: "x", Present: all}, "x://?#"},
		{parse.SplitResult{Path: "a", Present: parse.HasQuery}, "a?"},
		{parse.SplitResult{Path: "a", Query: "q", Present: parse.HasPath}, "a?q"},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.want, parse.Unsplit(tt.r), "%+v", tt.r)
		text, err := tt.r.MarshalText()
		require.NoError(t, err)
		assert.Equal(t, tt.want, string(text))
		text, err = tt.r.AppendText([]byte("<"))
		require.NoError(t, err)
		assert.Equal(t, "<"+tt.want, string(text))
	}
	p := parse.Parser{Schemes: map[string]parse.Uses{"s3": parse.UsesNetloc, "http": 0}}
	assert.Equal(t, "s3:///a", p.Unsplit(parse.SplitResult{Scheme: "s3", Path: "/a"}))
	assert.Equal(t, "http:/a", p.Unsplit(parse.SplitResult{Scheme: "http", Path: "/a"}))
}

func TestUnmarshalText(t *testing.T) {
	var r parse.SplitResult
	require.NoError(t, r.UnmarshalText([]byte("http:/a?#")))
	assert.Equal(t, "http:/a?#", r.String())
	require.ErrorIs(t, r.UnmarshalText([]byte("//[x]")), parse.ErrBrackets)
}

func TestParse(t *testing.T) {
	tests := []struct {
		url  string
		want parse.ParseResult
	}{
		{"http://h/a;x/b;y;z?q#f", parse.ParseResult{Scheme: "http", Netloc: "h", Path: "/a;x/b", Params: "y;z", Query: "q", Fragment: "f"}},
		{"http://h/a;x/b", parse.ParseResult{Scheme: "http", Netloc: "h", Path: "/a;x/b"}},
		{"a;b", parse.ParseResult{Path: "a", Params: "b"}},
		{";b", parse.ParseResult{Params: "b"}},
		{"sip:a;b", parse.ParseResult{Scheme: "sip", Path: "a", Params: "b"}},
		{"file:/a;b", parse.ParseResult{Scheme: "file", Path: "/a;b"}},
		{"x:a;b", parse.ParseResult{Scheme: "x", Path: "a;b"}},
		{"http://h;x/a", parse.ParseResult{Scheme: "http", Netloc: "h;x", Path: "/a"}},
	}
	for _, tt := range tests {
		got, err := parse.Parse(tt.url)
		require.NoError(t, err)
		assert.Equal(t, tt.want, got, tt.url)
		split, err := parse.Split(tt.url)
		require.NoError(t, err)
		assert.Equal(t, split, got.Split(), tt.url)
		assert.Equal(t, parse.Unsplit(split), parse.Unparse(got), tt.url)
	}
	for _, url := range []string{"//[x]", "//a\u2100"} {
		_, err := parse.Parse(url)
		var e *parse.Error
		require.ErrorAs(t, err, &e)
		assert.Equal(t, "Parse", e.Func)
	}

	p := parse.Parser{KeepEmpty: true, Schemes: map[string]parse.Uses{"x": parse.UsesParams}}
	r, err := p.Parse("x:a;?")
	require.NoError(t, err)
	assert.Equal(t, parse.ParseResult{Scheme: "x", Path: "a", Present: parse.HasScheme | parse.HasPath | parse.HasParams | parse.HasQuery}, r)
	assert.Equal(t, "x:a;?", r.String())
	assert.Equal(t, "x:a;?", r.Split().String())
	assert.True(t, r.Has(parse.HasParams))
	assert.False(t, r.Has(parse.HasNetloc))
	assert.True(t, parse.ParseResult{Params: "p"}.Has(parse.HasParams))
	exact, err := r.Exact()
	require.NoError(t, err)
	assert.Equal(t, "x:a;?", exact)
	_, err = parse.ParseResult{}.Exact()
	require.ErrorIs(t, err, parse.ErrNotRecorded)
	// Without an authority, parameters alone make a path.
	assert.Equal(t, "//h/;p", parse.ParseResult{Netloc: "h", Params: "p"}.String())
	assert.Equal(t, ";p", parse.ParseResult{Params: "p"}.String())
}

func TestDefrag(t *testing.T) {
	tests := []struct{ url, want, fragment string }{
		{"http://h/a?q#f", "http://h/a?q", "f"},
		{"http://h/#a#b", "http://h/", "a#b"},
		{"http://h/#", "http://h/", ""},
		{"#f", "", "f"},
		{"http://h?#f", "http://h?", "f"},
		{"file:/a#f", "file:/a", "f"},
		{"HTTP://H/#f", "http://H/", "f"},
		{" http://h/\n#f", "http://h/", "f"},
		{" http://h/\n", " http://h/\n", ""}, // nothing to take off
		{"//[x]", "//[x]", ""},
	}
	for _, tt := range tests {
		d, err := parse.Defrag(tt.url)
		if want := (parse.DefragResult{URL: tt.want, Fragment: tt.fragment}); err != nil || d != want {
			t.Errorf("Defrag(%q) = %+v, %v, want %+v", tt.url, d, err, want)
		}
	}
	_, err := parse.Defrag("//[x]#f")
	require.ErrorIs(t, err, parse.ErrBrackets)

	keep := parse.Parser{KeepEmpty: true}
	for _, url := range []string{"a", "a#", "a#b", "#", "http:/a?#"} {
		d, err := keep.Defrag(url)
		require.NoError(t, err)
		assert.Equal(t, url, d.String())
	}
	d, err := parse.Defrag("a#")
	require.NoError(t, err)
	assert.Equal(t, "a", d.String())
}

func TestStripParams(t *testing.T) {
	for path, want := range map[string]string{
		"":               "",
		"/a/b":           "/a/b",
		"/a;x/b;y=1":     "/a/b",
		"/admin;x":       "/admin",
		"/a;b;c/d":       "/a/d",
		";x":             "",
		"/;x/":           "//",
		"/..;/admin":     "/../admin",
		"/a%3Bx/é;y/b\t": "/a%3Bx/é/b\t",
	} {
		assert.Equal(t, want, parse.StripParams(path), path)
	}
}

func TestUnwrap(t *testing.T) {
	for s, want := range map[string]string{
		"<URL:scheme://host/path>": "scheme://host/path",
		"<scheme://host/path>":     "scheme://host/path",
		"URL:scheme://host/path":   "scheme://host/path",
		"scheme://host/path":       "scheme://host/path",
		" \n< URL: a b >\t":        "a b",
		" <URL: a b > ":            "a b",
		"<a":                       "<a",
		"url:a":                    "url:a",
		"<>":                       "",
		"<":                        "<",
		"":                         "",
		"\x1f\u2003<a>\u0085":      "a",
	} {
		assert.Equal(t, want, parse.Unwrap(s), s)
	}
}

func TestSchemes(t *testing.T) {
	all := parse.UsesRelative | parse.UsesNetloc | parse.UsesParams
	for scheme, want := range map[string]parse.Uses{
		"": all, "http": all, "https": all, "ws": parse.UsesRelative | parse.UsesNetloc,
		"git": parse.UsesNetloc, "tel": parse.UsesParams, "mailto": 0, "HTTP": 0,
	} {
		assert.Equal(t, want, parse.SchemeUses(scheme), scheme)
	}
	for scheme, want := range map[string]int{"http": 80, "https": 443, "ws": 80, "wss": 443, "ftp": 21} {
		port, ok := parse.DefaultPort(scheme)
		assert.True(t, ok)
		assert.Equal(t, want, port)
	}
	_, ok := parse.DefaultPort("file")
	assert.False(t, ok)
}
