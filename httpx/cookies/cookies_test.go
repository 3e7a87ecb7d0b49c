package cookies_test

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/httpx/cookies"
)

// TestLoad reads headers as browsers and servers write them.
func TestLoad(t *testing.T) {
	for header, want := range map[string]string{
		`chips=ahoy; vienna=finger`:                               "Set-Cookie: chips=ahoy\r\nSet-Cookie: vienna=finger",
		`keebler="E=mc2; L=\"Loves\";"`:                           `Set-Cookie: keebler="E=mc2; L=\"Loves\";"`,
		`keebler=E=mc2`:                                           "Set-Cookie: keebler=E=mc2",
		`a=b; expires=Wed, 01 Jan 2030 00:00:00 GMT; Secure; b=c`: "Set-Cookie: a=b; expires=Wed, 01 Jan 2030 00:00:00 GMT; Secure\r\nSet-Cookie: b=c",
		`Customer="W"; Version="1"; Path="/acme"`:                 `Set-Cookie: Customer="W"; Path=/acme; Version=1`,
		`$Version=1; Customer="W"; $Path="/acme"`:                 `Set-Cookie: Customer="W"; Path="/acme"`,
		`a=1 b=2`:                "Set-Cookie: a=1\r\nSet-Cookie: b=2",
		`a = "x y" ; b= ; c=[1]`: "Set-Cookie: a=\"x y\"\r\nSet-Cookie: b=\r\nSet-Cookie: c=[1]",
		`a=1; a=2`:               "Set-Cookie: a=2",
		``:                       "",
		`   `:                    "",
	} {
		var j cookies.Jar
		require.NoError(t, j.Load(header), header)
		got, err := j.Output(nil)
		require.NoError(t, err)
		require.Equal(t, want, got, header)
	}
}

// TestQuote: what Quote writes Unquote reads.
func TestQuote(t *testing.T) {
	for value, coded := range map[string]string{
		"simple": "simple", "": `""`, "a b": `"a b"`, `a"b\`: `"a\"b\\"`, "a;b,c": `"a\073b\054c"`, "é": `"\351"`, "€": `"€"`, "\n": `"\012"`, "\x00\x7f": `"\000\177"`, "{}[]()<>=?@/": `"{}[]()<>=?@/"`,
	} {
		require.Equal(t, coded, cookies.Quote(value))
		require.Equal(t, value, cookies.Unquote(coded))
	}
	for coded, value := range map[string]string{`a"b`: `a"b`, `"`: `"`, `""`: "", `"\400\08\1"`: `400081`, "\"\\\n\"": "\\\n", `"a\`: `"a\`, `"\é\"x"`: `é"x`} {
		require.Equal(t, value, cookies.Unquote(coded), "%q", coded)
	}
}

func TestAttributes(t *testing.T) {
	now := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	m, err := cookies.NewMorsel("a", "1")
	require.NoError(t, err)
	require.NoError(t, m.SetAttr("PATH", "/x"))
	require.NoError(t, m.SetInt(cookies.Expires, 3600))
	require.NoError(t, m.SetInt(cookies.MaxAge, 0))
	require.NoError(t, m.SetFlag(cookies.Secure, true))
	require.NoError(t, m.SetFlag(cookies.HTTPOnly, false))
	require.NoError(t, m.SetAttr(cookies.Comment, "a; b"))
	cfg := &cookies.OutputConfig{Now: now}
	s, err := m.Output(cfg)
	require.NoError(t, err)
	require.Equal(t, `Set-Cookie: a=1; Comment="a\073 b"; expires=Wed, 25 Nov 2026 13:00:00 GMT; Max-Age=0; Path=/x; Secure`, s)
	cfg.Attrs, cfg.Header = []string{cookies.Path}, "X:"
	s, err = m.Output(cfg)
	require.NoError(t, err)
	require.Equal(t, "X: a=1; Path=/x", s)
	got := map[string]any{}
	for k, v := range m.Attrs() {
		got[k] = v
	}
	require.Equal(t, map[string]any{"path": "/x", "expires": int64(3600), "max-age": int64(0), "secure": true, "httponly": false, "comment": "a; b"}, got)
	require.Equal(t, "/x", m.Attr("path"))
	require.Empty(t, m.Attr("nonsense"))

	require.ErrorIs(t, m.SetAttr("nonsense", "1"), cookies.ErrAttribute)
	require.ErrorIs(t, m.SetFlag(cookies.Path, true), cookies.ErrAttribute)
	require.ErrorIs(t, m.Update(map[string]string{"path": "/y", "nonsense": "1"}), cookies.ErrAttribute)
	require.Equal(t, "/x", m.Attr(cookies.Path), "all or nothing")
	require.NoError(t, m.Update(map[string]string{"Path": "/y", "Domain": "d"}))
	require.Equal(t, "/y", m.Attr(cookies.Path))
	v, err := m.SetDefault(cookies.Path, "/z")
	require.NoError(t, err)
	require.Equal(t, "/y", v)

	c := m.Clone()
	require.True(t, m.Equal(c))
	require.NoError(t, c.SetAttr(cookies.Path, ""))
	require.False(t, m.Equal(c))
	require.Equal(t, "/y", m.Attr(cookies.Path))
	var zero cookies.Morsel
	require.Empty(t, zero.String())
	_, err = zero.Output(nil)
	require.ErrorIs(t, err, cookies.ErrName)
}

func TestJar(t *testing.T) {
	var j cookies.Jar
	names := []string{"m", "c", "z", "a", "k", "b", "y", "x", "l", "d", "e"}
	for _, n := range names {
		require.NoError(t, j.Set(n, n+n))
	}
	require.Equal(t, len(names), j.Len())
	var order []string
	for m := range j.All() {
		order = append(order, m.Name())
	}
	require.Equal(t, names, order)
	require.Equal(t, "kk", j.Get("k").Value())
	require.Nil(t, j.Get("none"))
	require.True(t, j.Delete("k"))
	require.False(t, j.Delete("k"))
	require.Nil(t, j.Get("k"))
	m, err := cookies.NewMorsel("a", "new")
	require.NoError(t, err)
	require.NoError(t, j.Put(m))
	require.Same(t, m, j.Get("a"))
	require.Equal(t, len(names)-1, j.Len())
	require.ErrorIs(t, j.Put(nil), cookies.ErrName)
	require.ErrorIs(t, j.Put(new(cookies.Morsel)), cookies.ErrName)

	b, err := json.Marshal(&j)
	require.NoError(t, err)
	var again cookies.Jar
	require.NoError(t, json.Unmarshal(b, &again))
	require.Equal(t, j.String(), again.String())
	require.Error(t, json.Unmarshal([]byte(`[null]`), &again))
	b, err = json.Marshal(new(cookies.Jar))
	require.NoError(t, err)
	require.Equal(t, "[]", string(b))

	plain := cookies.Jar{Codec: cookies.Plain}
	require.NoError(t, plain.Load(`a="x\054y"`))
	require.Equal(t, `"x\054y"`, plain.Get("a").Value())
	require.NoError(t, plain.Set("b", "x y"))
	require.Equal(t, "Set-Cookie: a=\"x\\054y\"\r\nSet-Cookie: b=x y", plain.String())
}

// TestHTTP goes to package net/http and back.
func TestHTTP(t *testing.T) {
	for _, line := range []string{
		"a=b", `a="b c"`, "a=", "a=b; Path=/; Domain=example.com; Max-Age=5; Secure; HttpOnly; SameSite=Lax; Partitioned",
		"a=b; expires=Wed, 09 Nov 2033 23:12:40 GMT; SameSite=None", "a=b; Max-Age=0; SameSite=Strict",
	} {
		m, err := cookies.ParseSetCookie(line)
		require.NoError(t, err)
		c, err := m.HTTP()
		require.NoError(t, err)
		std, err := http.ParseSetCookie(line)
		require.NoError(t, err)
		require.Equal(t, std.String(), c.String(), line)
		back, err := cookies.FromHTTP(c)
		require.NoError(t, err)
		require.Equal(t, m.String(), back.String())
		require.Equal(t, m.Value(), back.Value())
	}
	m, err := cookies.ParseSetCookie("a=b; expires=Wednesday, 09-Nov-33 23:12:40 GMT; max-age=x; SameSite=odd; Unknown=1")
	require.NoError(t, err)
	c, err := m.HTTP()
	require.NoError(t, err)
	require.Equal(t, time.Date(2033, 11, 9, 23, 12, 40, 0, time.UTC), c.Expires)
	require.Zero(t, c.MaxAge)
	require.Equal(t, http.SameSiteDefaultMode, c.SameSite)

	r := &http.Request{Header: http.Header{"Cookie": {"a=1; b=2", "c=3"}}}
	var j cookies.Jar
	require.NoError(t, j.LoadRequest(r))
	require.Equal(t, 3, j.Len())
	h := http.Header{}
	require.NoError(t, j.SetHeader(h))
	require.Equal(t, []string{"a=1", "b=2", "c=3"}, h["Set-Cookie"])

	require.NoError(t, m.SetInt(cookies.Expires, 60))
	c, err = m.HTTP()
	require.NoError(t, err)
	require.WithinDuration(t, time.Now().Add(time.Minute), c.Expires, 10*time.Second)
}
