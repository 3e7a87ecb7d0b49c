package cookiewire_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/internal/cookiewire"
)

var now = time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)

func TestHTTPTime(t *testing.T) {
	const want = 760832612 // 9 February 1994, 22:23:32
	for _, s := range []string{
		"Wed, 09 Feb 1994 22:23:32 GMT", "Wednesday, 09-Feb-94 22:23:32 GMT", "Wednesday, 09-Feb-1994 22:23:32 GMT", "09 Feb 1994 22:23:32 GMT",
		"09-Feb-94 22:23:32 GMT", " 09 feb 1994 22:23:32 UTC ", "9-2-94 22:23:32", "09/Feb/1994:22:23:32 -0000", "09 Feb 1994 23:23:32 +0100", "9 Feb 1994 17:23:32 -5", "09 Feb 1994 22:23:32 (UTC)",
	} {
		got, ok := cookiewire.HTTPTime(s, now)
		if s == "9 Feb 1994 17:23:32 -5" { // a zone has two digits at least
			require.False(t, ok, s)
			continue
		}
		require.True(t, ok, s)
		require.EqualValues(t, want, got, s)
	}
	for _, s := range []string{"", "nonsense", "09 Feb", "32 Feb 1994 00:00:00", "09 Foo 1994", "09 Feb 1969", "09 Feb 99999", "09 Feb 1994 25:00:00", "09 Feb 1994 10:00 AM", "09 Feb 1994 10:00 EST", "09-Feb-94-"} {
		_, ok := cookiewire.HTTPTime(s, now)
		require.False(t, ok, s)
	}
	near, ok := cookiewire.HTTPTime("01-Jan-77", now)
	require.True(t, ok)
	require.Equal(t, 1977, time.Unix(near, 0).UTC().Year(), "the century that brings it nearest")
}

func TestISOTime(t *testing.T) {
	for _, s := range []string{"1994-02-09 22:23:32Z", "1994-02-09T22:23:32Z", "19940209T222332Z", "1994-02-09 23:23:32 +0100", "1994/2/9 22:23:32"} {
		got, ok := cookiewire.ISOTime(s, now)
		require.True(t, ok, s)
		require.EqualValues(t, 760832612, got, s)
	}
	require.Equal(t, "1994-02-09 22:23:32Z", cookiewire.FormatISO(760832612))
	require.Equal(t, "Wed, 09-Feb-1994 22:23:32 GMT", cookiewire.FormatNetscape(760832612))
	for _, s := range []string{"", "1994", "1994-13-01", "1994-02-09 22:23:32.5Z", "x994-02-09 22:23:32Z"} {
		_, ok := cookiewire.ISOTime(s, now)
		require.False(t, ok, s)
	}
}

func TestHeaderWords(t *testing.T) {
	got := cookiewire.SplitHeaderWords([]string{`foo="bar"; port="80,81"; discard, bar=baz`, `Basic realm="\"foo\bar\""`})
	want := [][]cookiewire.Attr{
		{{Name: "foo", Value: "bar"}, {Name: "port", Value: "80,81"}, {Name: "discard", NoValue: true}},
		{{Name: "bar", Value: "baz"}},
		{{Name: "Basic", NoValue: true}, {Name: "realm", Value: `"foobar"`}},
	}
	require.Equal(t, want, got)
	require.Equal(t, `foo=bar; port="80,81"; discard, bar=baz, Basic; realm="\"foobar\""`, cookiewire.JoinHeaderWords(got))
}

func TestHosts(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"x.y.com", "x.Y.com", true}, {"x.y.com", ".Y.com", true}, {"x.y.com", "Y.com", false}, {"a.b.c.com", ".c.com", true}, {".c.com", "a.b.c.com", false},
		{"x.acme.com.evil.net", ".acme.com", false}, {"1.2.3.4", ".3.4", false}, {"1.2.3.4", "1.2.3.4", true}, {"bad.com", ".com", true},
	} {
		require.Equal(t, tt.want, cookiewire.DomainMatch(tt.a, tt.b), "%s, %s", tt.a, tt.b)
	}
	for h, want := range map[string]string{"www.acme.com": ".acme.com", "acme.com": "acme.com", "acme.local": ".local", "1.2.3.4": "1.2.3.4", "host": "host"} {
		require.Equal(t, want, cookiewire.Reach(h), h)
	}
	require.Equal(t, "/a%20b%C3%BC/%7E?"[:len("/a%20b%C3%BC/%7E")], cookiewire.EscapePath("/a bü/%7e"))
}
