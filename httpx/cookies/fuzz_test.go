package cookies_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/pynet-go/pynet/httpx/cookies"
)

// FuzzLoad: what was read is written and read again as the same; what both this package and
// net/http read of plain headers is the same.
func FuzzLoad(f *testing.F) {
	for _, s := range []string{
		"a=b; c=d", `a="b;c"; Path=/`, "a=b; expires=Wed, 09 Nov 1999 23:12:40 GMT; Secure", "$Version=1; a=b; $Path=/", "a==b", " a = b ", `a="\012\351"`, "=a=b", "a=b c=d\n", "a=;b", "a= \"x",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var j, again cookies.Jar
		err := j.Load(s)
		sameAnyway(t, s, &j, err)
		if err != nil {
			return
		}
		for m := range j.All() {
			line, err := m.OutputString(nil)
			if err != nil {
				continue
			}
			if strings.ContainsAny(line, "\r\n\x00") {
				t.Fatalf("%q writes %q", s, line)
			}
			parsed, err := cookies.ParseSetCookie(line)
			if err != nil {
				continue // a value with a semicolon in quotes
			}
			if !strings.Contains(m.CodedValue(), ";") && parsed.CodedValue() != m.CodedValue() && !strings.ContainsAny(m.CodedValue(), " \t") {
				t.Fatalf("%q: %q was read as %q", s, line, parsed.CodedValue())
			}
		}
		if utf8.ValidString(s) {
			b, err := json.Marshal(&j)
			if err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(b, &again); err != nil || again.String() != j.String() {
				t.Fatalf("%q: by way of JSON %q became %q, %v", s, j.String(), again.String(), err)
			}
		}
		neighbour(t, s, &j)
	})
}

// wrapped is a codec that Load does not know.
type wrapped struct{ cookies.Codec }

// sameAnyway compares with what is read where no form is known beforehand.
func sameAnyway(t *testing.T, s string, j *cookies.Jar, err error) {
	other := cookies.Jar{Codec: wrapped{cookies.Quoted}}
	otherErr := other.Load(s)
	if (err == nil) != (otherErr == nil) || !slices.EqualFunc(slices.Collect(j.All()), slices.Collect(other.All()), (*cookies.Morsel).Equal) {
		t.Fatalf("%q is read as %q, %v and as %q, %v", s, j, err, &other, otherErr)
	}
}

// TestLoadForms: a header in the form that browsers send is read as any other is.
func TestLoadForms(t *testing.T) {
	for _, s := range []string{
		"", "a", "a=", "a=b", "a=b;", "a=b; ", "a=b; c=d", "a=b;c=d", "a=b;;c=d", "a=b; c", "a=b; a=c", "a=b; A=c", ";a=b", " a=b",
		`a="b"`, `a="b c"`, `a=""`, `a="b`, `a="`, `a="b"c`, `a="\142"`, `a="b;c"; d=e`, `a=b"c"`, "a=b,; c=d", "a=b, c=d",
		"a=b=c", "a==b", "=a", "$a=b", "a=b; $c=d", "path=b", "a=b; path=c; d=e", "a=b; Secure", "a=b c=d", "a=b\n", "a=[b]", "a:b=c", "a,b=c",
		"a=1; b=2; c=3; d=4; e=5; f=6; g=7; h=8; i=9; j=10; k=11; l=12; m=13; n=14; o=15; p=16", "a=\x01", "a=\xff", "a\xff=b",
	} {
		var j cookies.Jar
		err := j.Load(s)
		sameAnyway(t, s, &j, err)
	}
}

// neighbour compares with net/http where the header is what both take: names once, values
// without quotes and white space.
func neighbour(t *testing.T, s string, j *cookies.Jar) {
	std, err := http.ParseCookie(s)
	if err != nil || len(std) != j.Len() {
		return
	}
	for _, c := range std {
		if m := j.Get(c.Name); m != nil && !c.Quoted && m.CodedValue() != c.Value && !strings.ContainsAny(s, " \t\"$") {
			t.Fatalf("%q: net/http reads %q, this %q", s, c.Value, m.CodedValue())
		}
	}
}

// FuzzSetCookie: what net/http reads too has the same name, value and attributes.
func FuzzSetCookie(f *testing.F) {
	for _, s := range []string{"a=b", "a=b; Path=/; Domain=x.example; Secure; HttpOnly; SameSite=Lax; Partitioned; Max-Age=5", `a="b c"; path="/x"`, "a=b;;; =; x", "a=b; expires=Wed, 09 Nov 1999 23:12:40 GMT", "a", "=b", "a=b; max-age=-1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m, err := cookies.ParseSetCookie(s)
		if err != nil {
			return
		}
		std, err := http.ParseSetCookie(s)
		if err != nil {
			return
		}
		ours, err := m.HTTP()
		if err != nil {
			return // a prefix
		}
		if ours.Name != std.Name || ours.Secure != std.Secure || ours.HttpOnly != std.HttpOnly || ours.Partitioned != std.Partitioned {
			t.Fatalf("%q: net/http reads %+v, this %+v", s, std, ours)
		}
		if ours.Value != strings.Trim(std.Value, " \t") && !strings.ContainsAny(m.CodedValue(), `"`) {
			t.Fatalf("%q: net/http reads the value %q, this %q", s, std.Value, ours.Value)
		}
		again, err := cookies.FromHTTP(ours)
		if err != nil || again.CodedValue() != m.CodedValue() {
			t.Fatalf("%q: by way of net/http %q became %q, %v", s, m, again, err)
		}
	})
}

// FuzzQuote: every value comes back.
func FuzzQuote(f *testing.F) {
	for _, s := range []string{"", "a", "a b", `"\`, "é€", "\x00\n\x7f", "a;b,c"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q := cookies.Quote(s)
		if utf8.ValidString(s) {
			if got := cookies.Unquote(q); got != s {
				t.Fatalf("%q was quoted as %q, and that is %q", s, q, got)
			}
		}
		for i := range len(q) {
			if q[i] < 0x20 || q[i] == ';' || q[i] == ',' || q[i] == 0x7f {
				t.Fatalf("%q was quoted as %q", s, q)
			}
		}
		cookies.Unquote(s)
	})
}
