package parse_test

import (
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/urllib/parse"
)

func TestSameOrigin(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"http://h/", "http://h/a?b#c", true},
		{"http://h/", "HTTP://H:80/", true},
		{"https://h:/", "https://h:443", true},
		{"wss://h", "wss://h:443/", true},
		{"x://h", "x://h/", true},
		{"http://[::1]/", "http://[::1]:80/", true},
		{"http://h/?a=\\", "http://h/#\\", true}, // a backslash there does nothing
		{"http://h/", "https://h/", false},
		{"http://h/", "http://h:8080/", false},
		{"http://h/", "http://i/", false},
		{"http://h/", "http://h./", false},
		{"x://h", "x://h:1", false},
		{"http://h/", "http://u@h/", false},
		{"http://h/", "http://h:99999/", false},
		{"http://h/", "http://h\\@i/", false},
		{"http://h\\@i/", "http://h\\@i/", false},
		{"http://h/", "http:\\\\h/", false},
		{"http://h/", "http://h/\n", false},
		{"http://h/", "\thttp://h/", false},
		{"http://h/", "/a", false},
		{"/a", "/a", false},
		{"http://[x]/", "http://[x]/", false},
		{"file:///a", "file:///a", false},
	} {
		assert.Equal(t, tt.want, parse.SameOrigin(tt.a, tt.b), "%q %q", tt.a, tt.b)
		assert.Equal(t, tt.want, parse.SameOrigin(tt.b, tt.a), "%q %q", tt.b, tt.a)
	}
}

func TestJoinSameOrigin(t *testing.T) {
	const base = "https://h.example/account/login?next=x"
	for ref, want := range map[string]string{
		"":                            base,
		"/":                           "https://h.example/",
		"home?a=b#c":                  "https://h.example/account/home?a=b#c",
		"../x":                        "https://h.example/x",
		"?q=\\evil":                   "https://h.example/account/login?q=\\evil",
		"#x":                          base + "#x",
		"https://h.example/y":         "https://h.example/y",
		"//h.example:443/y":           "https://h.example:443/y",
		"HTTPS://H.EXAMPLE/y":         "https://H.EXAMPLE/y",
		"a//b":                        "https://h.example/account/a/b",
		"/redirect?to=//evil.example": "https://h.example/redirect?to=//evil.example",
	} {
		got, err := parse.JoinSameOrigin(base, ref)
		require.NoError(t, err, ref)
		assert.Equal(t, want, got)
	}
	for _, ref := range []string{
		"//evil.example", "///evil.example", "////evil.example", "http://h.example/", "https://h.example:8443/", "https://evil.example",
		"https:evil.example", "https:/evil.example", "http:evil.example", "javascript:alert(1)", "data:,x", "mailto:a@b",
		"\\\\evil.example", "/\\evil.example", "\\/evil.example", "https:\\\\evil.example", "https://h.example\\@evil.example/",
		"https://h.example@evil.example/", "https://evil.example@h.example/", "https://h.example.evil.example/",
		"\t//evil.example/x", "/\t/evil.example", "java\nscript:alert(1)", " //evil.example", "\x00//evil.example", "/a\r\nX: y", "/\x7f",
		"//", "https://", "//h.example:bad/", "//h.example\uff0fevil", "//[h.example]", "//%68.example/",
	} {
		_, err := parse.JoinSameOrigin(base, ref)
		var e *parse.Error
		require.ErrorAs(t, err, &e, ref)
		assert.Equal(t, "JoinSameOrigin", e.Func)
	}
	for _, base := range []string{"", "/a", "mailto:a", "https://u@h/", "https://h\\i/", "//h/", "https://[x]/"} {
		_, err := parse.JoinSameOrigin(base, "/a")
		require.ErrorIs(t, err, parse.ErrOrigin, base)
	}
}

func TestNetURL(t *testing.T) {
	for _, s := range []string{"https://user:pw@h:8443/a%20b/c;d?q=1&r#f", "mailto:a@b", "/a?b", "http://h?", "//h/", "x:y:z", "http://[::1]:80/"} {
		r, err := parse.Split(s)
		require.NoError(t, err)
		u, err := r.URL()
		require.NoError(t, err)
		want, err := url.Parse(s)
		require.NoError(t, err)
		if s != "http://h?" { // whose empty query is not recorded
			assert.Equal(t, want, u)
		}
		back, err := parse.FromURL(want)
		require.NoError(t, err)
		assert.Equal(t, s, back.String())
	}
	for s, u := range map[string]*url.URL{
		"http://bücher.example/%C3%A9": {Scheme: "http", Host: "bücher.example", Path: "/é"},
		"file:///a":                    {Scheme: "file", Path: "/a"},
		"file:/a":                      {Scheme: "file", Path: "/a", OmitHost: true},
		"//u@/a":                       {User: url.User("u"), Path: "a"},
		"/a":                           {Path: "/a"},
	} {
		r, err := parse.FromURL(u)
		require.NoError(t, err)
		assert.Equal(t, s, r.String())
	}
	_, err := parse.SplitResult{Path: "%zz"}.URL()
	var e *url.Error
	require.ErrorAs(t, err, &e)
	_, err = parse.FromURL(&url.URL{Scheme: "http", Host: "a\u2100b"})
	require.ErrorIs(t, err, parse.ErrNFKC)
}
