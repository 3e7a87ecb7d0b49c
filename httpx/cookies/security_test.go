package cookies_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/httpx/cookies"
)

// COOK-01: a value of backslashes takes time in proportion to its length. Quadratic work
// would take minutes here.
func TestSecCOOK01Unquote(t *testing.T) {
	s := `"` + strings.Repeat(`\\`, 1<<22) + `"`
	require.Len(t, cookies.Unquote(s), 1<<22)
	require.Len(t, cookies.Unquote(`"`+strings.Repeat(`\`, 1<<22)+`"`), 1<<21)
	var j cookies.Jar
	require.NoError(t, j.Load("a="+s))
	require.Len(t, j.Get("a").Value(), 1<<22)
	for _, bad := range []string{"a=" + s + "x", strings.Repeat("=", 1<<20) + `"`, strings.Repeat("a=", 1<<20) + `"`, "a=" + strings.Repeat(" ", 1<<22) + `"`} {
		j.Load(bad)
	}
}

// COOK-02: nothing behind an invalid pair is used.
func TestSecCOOK02Invalid(t *testing.T) {
	for header, want := range map[string]string{
		"a=b; \x00; c=d":                  "a",
		"foo=bar; ; HttpOnly":             "foo",
		"Set-Cookie: foo=bar; ; HttpOnly": "",
		"a=b; c":                          "",
		"a=b; Path; c=d":                  "",
		"Secure; a=b":                     "",
		"a=b; c=d; HttpOnly; x=\\":        "a c",
	} {
		var j cookies.Jar
		require.NoError(t, j.Load(header))
		var got []string
		for m := range j.All() {
			got = append(got, m.Name())
		}
		require.Equal(t, want, strings.Join(got, " "), "%q", header)
	}
	var j cookies.Jar
	require.NoError(t, j.Load("foo=bar; ; HttpOnly"))
	require.False(t, j.Get("foo").Flag(cookies.HTTPOnly), "it stands behind the end")
}

// COOK-03, X-07: no writer lets a control character pass, whatever the way it took.
func TestSecCOOK03Controls(t *testing.T) {
	for c := range 0x80 {
		if c >= 0x20 && c != 0x7f {
			continue
		}
		bad := "a" + string(rune(c)) + "b"
		var j cookies.Jar
		require.ErrorIs(t, j.Set("name", bad), cookies.ErrControl)
		require.Error(t, j.Set(bad, "v"))
		require.Error(t, j.LoadMap(map[string]string{"name": bad}))
		require.Zero(t, j.Len())
		m, err := cookies.NewMorsel("name", "v")
		require.NoError(t, err)
		require.ErrorIs(t, m.Set("name", bad, "v"), cookies.ErrControl)
		require.ErrorIs(t, m.Set("name", "v", bad), cookies.ErrControl)
		for _, a := range []string{cookies.Comment, cookies.Domain, cookies.Expires, cookies.MaxAge, cookies.Path, cookies.SameSite, cookies.Version, cookies.Secure} {
			require.ErrorIs(t, m.SetAttr(a, bad), cookies.ErrControl)
			require.ErrorIs(t, m.Update(map[string]string{a: bad}), cookies.ErrControl)
			_, err := m.SetDefault(a, bad)
			require.ErrorIs(t, err, cookies.ErrControl)
		}
		require.ErrorIs(t, m.SetAttr(bad, "v"), cookies.ErrControl)
		for _, doc := range []map[string]any{
			{"name": "n", "value": bad, "coded_value": "v"}, {"name": "n", "value": "v", "coded_value": bad}, {"name": bad, "value": "v", "coded_value": "v"},
			{"name": "n", "value": "v", "coded_value": "v", "attributes": map[string]any{"path": bad}},
		} {
			b, err := json.Marshal(doc)
			require.NoError(t, err)
			require.Error(t, json.Unmarshal(b, m))
			require.Error(t, json.Unmarshal([]byte("["+string(b)+"]"), &j))
		}
		_, err = cookies.FromHTTP(&http.Cookie{Name: "n", Value: bad})
		require.ErrorIs(t, err, cookies.ErrControl)
		_, err = cookies.FromHTTP(&http.Cookie{Name: "n", Path: bad})
		require.ErrorIs(t, err, cookies.ErrControl)
		if c != '\t' {
			_, err = cookies.ParseSetCookie("n=" + bad)
			require.ErrorIs(t, err, cookies.ErrControl)
		}
		require.Equal(t, "Set-Cookie: name=v", m.String(), "it is as it was")
	}
}

// COOK-04: a value cannot leave the script.
func TestSecCOOK04Script(t *testing.T) {
	m, err := cookies.NewMorsel("a", `</script><script>1;"'\`)
	require.NoError(t, err)
	require.NoError(t, m.SetAttr(cookies.Path, `/"</script>`))
	s, err := m.JSOutput(nil)
	require.NoError(t, err)
	require.Equal(t, 1, strings.Count(s, "</script>"))
	require.Equal(t, 2+2, strings.Count(s, `"`), "those of the element and of the string")
}

// COOK-05, X-14: the number of cookies of one header is bounded.
func TestSecCOOK05TooMany(t *testing.T) {
	var j cookies.Jar
	require.ErrorIs(t, j.Load(strings.Repeat("a=;", 100_000)), cookies.ErrTooMany)
	require.Zero(t, j.Len())
	require.NoError(t, j.Load(strings.Repeat("a=;", 3000)))
	j.MaxCookies = 2
	require.NoError(t, j.Load("a=1; b=2; Path=/"))
	require.ErrorIs(t, j.Load("a=3; b=2; c=1"), cookies.ErrTooMany)
	require.Equal(t, "1", j.Get("a").Value())
	j.MaxCookies = -1
	require.NoError(t, j.Load(strings.Repeat("a=;", 10_000)))
}

// COOK-06: a cookie without a name is not read as one of the name that follows.
func TestSecCOOK06Nameless(t *testing.T) {
	var j cookies.Jar
	require.ErrorIs(t, j.Load("=__Host-x=evil"), cookies.ErrName)
	require.Zero(t, j.Len())
	for _, line := range []string{"=__Host-x=evil", "=v", " = v; Path=/", ""} {
		_, err := cookies.ParseSetCookie(line)
		require.Error(t, err, "%q", line)
	}
}

// COOK-07: a name's prefix is a promise.
func TestSecCOOK07Prefixes(t *testing.T) {
	for line, ok := range map[string]bool{
		"__Host-a=1; Secure; Path=/":                 true,
		"__HOST-a=1; Secure; Path=/":                 true,
		"__Secure-a=1; Secure; Domain=x.example":     true,
		"__Secure-a=1; Path=/":                       false,
		"__Host-a=1; Domain=x":                       false,
		"__Host-a=1; Secure; Path=/; Domain=x":       false,
		"__host-a=1; Secure; Path=/b":                false,
		"__Host-a=1; Path=/":                         false,
		"__Host-a=1; Secure":                         false,
		"__Hosta=1; Domain=x":                        true,
		"x__Host-a=1; Domain=x":                      true,
		"__Secure=1":                                 true,
		"__Host-a=1; Secure; Path=/; Domain=":        true,
		"__Secure-a=1; Secure; Secure; SameSite=Lax": true,
	} {
		m, err := cookies.ParseSetCookie(line)
		require.NoError(t, err)
		var j cookies.Jar
		require.NoError(t, j.Put(m))
		h := http.Header{}
		_, err = m.HTTP()
		if ok {
			require.NoError(t, err, line)
			require.NoError(t, j.SetHeader(h))
			require.Len(t, h["Set-Cookie"], 1)
			continue
		}
		require.ErrorIs(t, err, cookies.ErrPrefix, line)
		require.ErrorIs(t, j.SetHeader(h), cookies.ErrPrefix)
		require.Empty(t, h)
	}
	var j cookies.Jar
	require.NoError(t, j.Load("__Host-a=1; Domain=x"))
	_, err := j.Output(nil)
	require.ErrorIs(t, err, cookies.ErrPrefix)
	require.Empty(t, j.String())
	_, err = j.JSOutput(nil)
	require.ErrorIs(t, err, cookies.ErrPrefix)
}

// COOK-08: what decodes to a control character is not written again.
func TestSecCOOK08Octal(t *testing.T) {
	var j cookies.Jar
	require.ErrorIs(t, j.Load(`a="\012"`), cookies.ErrControl)
	require.Zero(t, j.Len())
	require.NoError(t, j.Load(`a="x\073 \351 \377"`))
	require.Equal(t, "x; é ÿ", j.Get("a").Value())
	require.Equal(t, `Set-Cookie: a="x\073 \351 \377"`, j.String())
}

// COOK-09: a name is a token.
func TestSecCOOK09Names(t *testing.T) {
	var j cookies.Jar
	for _, name := range []string{"a b", "a;b", "a,b", "a=b", "a\"b", "é", "", "a\x00", "a(b", "a/b", "[a]"} {
		require.ErrorIs(t, j.Set(name, "1"), cookies.ErrName, "%q", name)
	}
	for _, name := range []string{"a:b", "!#$%&'*+-.^_`|~", "0"} {
		require.NoError(t, j.Set(name, "1"))
	}
	require.ErrorIs(t, j.Set("Path", "1"), cookies.ErrReserved)
	require.ErrorIs(t, j.Set("sameSITE", "1"), cookies.ErrReserved)
}

// COOK-10: long dates take time in proportion to their length.
func TestSecCOOK10Dates(t *testing.T) {
	var j cookies.Jar
	require.NoError(t, j.Load("a=1; expires="+strings.Repeat("0", 1<<22)))
	require.Len(t, j.Get("a").Attr(cookies.Expires), 1<<22)
	for _, s := range []string{strings.Repeat("0 ", 1<<20), "Wed, " + strings.Repeat("0", 1<<22), strings.Repeat("Wed, ", 1<<20), strings.Repeat("Wed,\t01-Jan-2000 00:00:00 GMx;", 1<<15)} {
		j.Load("a=1; expires=" + s)
	}
	for _, date := range []string{"Wed, 09 Nov 1999 23:12:40 GMT", "Wednesday, 09-Nov-99 23:12:40 GMT", "Thu, 1-Jan-1970 00:00:00 GMT"} {
		var j cookies.Jar
		require.NoError(t, j.Load("a=1; expires="+date+"; Path=/x"))
		require.Equal(t, date, j.Get("a").Attr(cookies.Expires))
		require.Equal(t, "/x", j.Get("a").Attr(cookies.Path))
	}
}

// an error shows nothing raw of what a peer sent, and not all of it.
func TestSecX04Errors(t *testing.T) {
	var j cookies.Jar
	err := j.Load("a,\u009b2J" + strings.Repeat("x", 5000) + "=1")
	if err == nil {
		err = j.Set("\x1b[2J\r\n"+strings.Repeat("é", 5000), "")
	}
	require.Error(t, err)
	require.Less(t, len(err.Error()), 500)
	for _, c := range err.Error() {
		require.True(t, c >= 0x20 && c < 0x7f || c == '…', "%q", c)
	}
}
