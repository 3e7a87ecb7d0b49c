package parse_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/urllib/parse"
)

// rfc3986 is the examples of RFC 3986 section 5.4 for the base
// http://a/b/c/d;p?q; lax is Python's answer where it differs from the RFC's
// strict one.
var rfc3986 = []struct{ ref, want, lax string }{
	{ref: "g:h", want: "g:h"},
	{ref: "g", want: "http://a/b/c/g"},
	{ref: "./g", want: "http://a/b/c/g"},
	{ref: "g/", want: "http://a/b/c/g/"},
	{ref: "/g", want: "http://a/g"},
	{ref: "//g", want: "http://g"},
	{ref: "?y", want: "http://a/b/c/d;p?y"},
	{ref: "g?y", want: "http://a/b/c/g?y"},
	{ref: "#s", want: "http://a/b/c/d;p?q#s"},
	{ref: "g#s", want: "http://a/b/c/g#s"},
	{ref: "g?y#s", want: "http://a/b/c/g?y#s"},
	{ref: ";x", want: "http://a/b/c/;x"},
	{ref: "g;x", want: "http://a/b/c/g;x"},
	{ref: "g;x?y#s", want: "http://a/b/c/g;x?y#s"},
	{ref: "", want: "http://a/b/c/d;p?q"},
	{ref: ".", want: "http://a/b/c/"},
	{ref: "./", want: "http://a/b/c/"},
	{ref: "..", want: "http://a/b/"},
	{ref: "../", want: "http://a/b/"},
	{ref: "../g", want: "http://a/b/g"},
	{ref: "../..", want: "http://a/"},
	{ref: "../../", want: "http://a/"},
	{ref: "../../g", want: "http://a/g"},
	{ref: "../../../g", want: "http://a/g"},
	{ref: "../../../../g", want: "http://a/g"},
	{ref: "/./g", want: "http://a/g"},
	{ref: "/../g", want: "http://a/g"},
	{ref: "g.", want: "http://a/b/c/g."},
	{ref: ".g", want: "http://a/b/c/.g"},
	{ref: "g..", want: "http://a/b/c/g.."},
	{ref: "..g", want: "http://a/b/c/..g"},
	{ref: "./../g", want: "http://a/b/g"},
	{ref: "./g/.", want: "http://a/b/c/g/"},
	{ref: "g/./h", want: "http://a/b/c/g/h"},
	{ref: "g/../h", want: "http://a/b/c/h"},
	{ref: "g;x=1/./y", want: "http://a/b/c/g;x=1/y"},
	{ref: "g;x=1/../y", want: "http://a/b/c/y"},
	{ref: "g?y/./x", want: "http://a/b/c/g?y/./x"},
	{ref: "g?y/../x", want: "http://a/b/c/g?y/../x"},
	{ref: "g#s/./x", want: "http://a/b/c/g#s/./x"},
	{ref: "g#s/../x", want: "http://a/b/c/g#s/../x"},
	{ref: "http:g", want: "http:g", lax: "http://a/b/c/g"},
}

func TestJoinRFC(t *testing.T) {
	const base = "http://a/b/c/d;p?q"
	for _, tt := range rfc3986 {
		got, err := parse.JoinRFC3986(base, tt.ref)
		require.NoError(t, err)
		assert.Equal(t, tt.want, got, "JoinRFC3986(%q)", tt.ref)
		want := tt.want
		if tt.lax != "" {
			want = tt.lax
		}
		got, err = parse.Join(base, tt.ref)
		require.NoError(t, err)
		assert.Equal(t, want, got, "Join(%q)", tt.ref)
	}
}

func TestJoin(t *testing.T) {
	tests := []struct{ base, ref, want string }{
		{"", "//[not looked at", "//[not looked at"},
		{"//[not looked at", "", "//[not looked at"},
		{"http://a", "g", "http://a/g"},
		{"http://a?q", ";x", "http://a/;x"},
		{"http://a/b", "?", "http://a/b?"},
		{"http://a/b?q", "#", "http://a/b?q#"},
		{"http://a/b#f", "//", "http://a/b#f"},
		{"http://a/b?q#f", "http:", "http://a/b?q#f"},
		{"http://a/b", "HTTP://H/x", "http://H/x"},
		{"HTTP://a/b", "c", "http://a/c"},
		// Schemes that are no base, and references of another scheme.
		{"mailto:a", "b", "b"},
		{"x:/a/b", "../g", "../g"},
		{"http://a/b", "https:c", "https:c"},
		{"ws://a/b", "c", "ws://a/c"},
		// Empty segments in the middle of a relative path go.
		{"http://a/b//c", "d//e//", "http://a/b/d/e/"},
		{"http://a//b", "/c//d", "http://a/c//d"},
		{"http://a/b/c", "//h//x", "http://h//x"},
		{"a/b", "c", "a/c"},
		{"a", "..", "/"},
		{"/a", "../b", "b"}, // the slash is the first segment
		{"", "a", "a"},
		{"?q", "a", "/a"},
		{"file:///C:/a/b", "../x", "file:///C:/x"},
		{"http:a/b", "////x", "http:////x"},
		// What is dropped from a URL is dropped from both.
		{" http://a/b/\n", "\tc\r\nd", "http://a/b/cd"},
	}
	for _, tt := range tests {
		got, err := parse.Join(tt.base, tt.ref)
		require.NoError(t, err, "%q %q", tt.base, tt.ref)
		assert.Equal(t, tt.want, got, "Join(%q, %q)", tt.base, tt.ref)
	}
	for _, tt := range [][2]string{{"//[x]", "a"}, {"a", "//[x]"}} {
		_, err := parse.Join(tt[0], tt[1])
		require.ErrorIs(t, err, parse.ErrBrackets)
	}
	got, err := parse.Parser{NoFragments: true}.Join("http://a/b#c/d", "e#f/../g")
	require.NoError(t, err)
	assert.Equal(t, "http://a/b#c/g", got)
	p := parse.Parser{Schemes: map[string]parse.Uses{"s3": parse.UsesNetloc | parse.UsesRelative, "wais": 0}}
	got, err = p.Join("s3://bucket/a/b", "../c")
	require.NoError(t, err)
	assert.Equal(t, "s3://bucket/c", got)
	got, err = p.Join("wais://h/a", "b")
	require.NoError(t, err)
	assert.Equal(t, "b", got)
}

// slowPath resolves a path by making a list of its segments, as one would
// without a thought for time: the oracle for Join.
func slowPath(base, ref string) string {
	var segments []string
	if strings.HasPrefix(ref, "/") {
		segments = strings.Split(ref, "/")
	} else {
		dir := strings.Split(base, "/")
		if dir[len(dir)-1] != "" {
			dir = dir[:len(dir)-1]
		}
		all := append(dir, strings.Split(ref, "/")...)
		for i, s := range all {
			if s != "" || i == 0 || i == len(all)-1 {
				segments = append(segments, s)
			}
		}
	}
	var out []string
	for _, s := range segments {
		switch {
		case s == "..":
			out = out[:max(len(out)-1, 0)]
		case s != ".":
			out = append(out, s)
		}
	}
	if last := segments[len(segments)-1]; last == "." || last == ".." {
		out = append(out, "")
	}
	if path := strings.Join(out, "/"); path != "" {
		return path
	}
	return "/"
}

// paths are all paths of up to n of the given pieces.
func paths(n int, pieces ...string) []string {
	all := []string{""}
	for from := 0; n > 0; n-- {
		to := len(all)
		for _, p := range all[from:to] {
			for _, piece := range pieces {
				all = append(all, p+piece)
			}
		}
		from = to
	}
	return all
}

func TestJoinOracle(t *testing.T) {
	refs := paths(5, "/", "..", ".", "a")
	for _, base := range paths(4, "/", "..", "a") {
		for _, ref := range refs {
			if ref == "" || strings.HasPrefix(ref, "//") || strings.HasPrefix(base, "//") {
				continue // no path, or an authority
			}
			path := slowPath(base, ref)
			alone := path
			if strings.HasPrefix(path, "//") {
				alone = "//" + path
			}
			if got, err := parse.Join(base, ref); base != "" && (err != nil || got != alone) {
				t.Fatalf("Join(%q, %q) = %q, %v, want %q", base, ref, got, err, alone)
			}
			if base != "" && base[0] != '/' {
				continue // would be part of the host
			}
			want := "http://h" + path
			if path[0] != '/' {
				want = "http://h/" + path
			}
			if got, err := parse.Join("http://h"+base, ref); err != nil || got != want {
				t.Fatalf("Join(%q, %q) = %q, %v, want %q", "http://h"+base, ref, got, err, want)
			}
		}
	}
}
