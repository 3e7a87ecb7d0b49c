package parse_test

import (
	"errors"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/urllib/parse"
)

// Known attacks on URL parsers. The numbers are those of the project's list of
// security cases; SECURITY.md says what each is about.

func mustSplit(t *testing.T, url string) parse.SplitResult {
	t.Helper()
	r, err := parse.Split(url)
	require.NoError(t, err, "%q", url)
	return r
}

// linear fails the test if f takes as long as what is not linear would.
func linear(t *testing.T, what string, f func()) {
	t.Helper()
	start := time.Now()
	f()
	if d := time.Since(start); d > 5*time.Second {
		t.Errorf("%s took %v", what, d)
	}
}

// Characters that become delimiters under NFKC (CVE-2019-9636, CVE-2019-10160).
func TestSecURL01(t *testing.T) {
	for _, url := range []string{
		"https://example.com\uff03@bing.com", "http://netloc\u2100.com", "http://a\ufe13b@c",
		"http://u\uff20h/", "//h\uff1a80/", "http://a\uff0fb", "http://a\uff1fb", "http://h\u2047", "http://h\u2a74",
	} {
		_, err := parse.Split(url)
		require.ErrorIs(t, err, parse.ErrNFKC, url)
		_, err = parse.Join("http://h/", url)
		require.ErrorIs(t, err, parse.ErrNFKC, url)
	}
	// They do no harm elsewhere.
	mustSplit(t, "http://h/\uff03?\u2100#\uff0f")
}

// Tabs and line ends that hide a scheme or split a request (CVE-2022-0391).
func TestSecURL02(t *testing.T) {
	assert.Equal(t, "javascript", mustSplit(t, "java\nscript:alert(1)").Scheme)
	assert.Equal(t, "/aX: y", mustSplit(t, "http://h/a\r\nX: y").Path)
	r, err := parse.Parser{Scheme: "ht\rt\tp\n"}.Split("//h")
	require.NoError(t, err)
	assert.Equal(t, "http", r.Scheme)
	joined, err := parse.Join("http://h/a\r\nX: y", "b\r\nZ c")
	require.NoError(t, err)
	assert.NotContains(t, joined, "\n")
	_, err = parse.SplitRFC3986("java\nscript:alert(1)")
	require.ErrorIs(t, err, parse.ErrSyntax)
}

// Blanks and control characters before a scheme (CVE-2023-24329).
func TestSecURL03(t *testing.T) {
	assert.Equal(t, "javascript", mustSplit(t, " \x00javascript:x").Scheme)
	assert.Equal(t, "evil", mustSplit(t, "\x1fhttps://evil").Netloc)
	for c := byte(0); c <= ' '; c++ {
		assert.Equal(t, "http", mustSplit(t, string(c)+"http://h").Scheme, "%q", c)
	}
	assert.Equal(t, "/ ", mustSplit(t, "http://h/ ").Path, "not at the end")
}

// Brackets around or beside a name (CVE-2024-11168, CVE-2025-0938).
func TestSecURL04(t *testing.T) {
	for _, url := range []string{
		"http://[attacker.com]/", "http://prefix.[v6a.ip]", "http://[v6a.ip].x", "http://[::1].evil/", "http://user@[::1]x:80/",
		"http://[127.0.0.1]/", "http://]/", "http://[/", "http://[::1]]/", "http://[[::1]/", "http://[::1][::2]/", "http://a]b[c/",
	} {
		_, err := parse.Split(url)
		require.ErrorIs(t, err, parse.ErrBrackets, url)
	}
}

// Hosts with an arbitrary suffix (CVE-2025-47912, CVE-2019-14809).
func TestSecURL05(t *testing.T) {
	r := mustSplit(t, "http://[::ffff:127.0.0.1]:80:80/")
	_, _, err := r.Port()
	require.ErrorIs(t, err, parse.ErrPort)
	_, err = parse.SplitRFC3986("http://[::ffff:127.0.0.1]:80:80/")
	require.ErrorIs(t, err, parse.ErrPort)
	r = mustSplit(t, "javascript://x:80alert(1)/")
	_, _, err = r.Port()
	require.ErrorIs(t, err, parse.ErrPort)
	_, err = parse.SplitRFC3986("javascript://x:80alert(1)/")
	require.ErrorIs(t, err, parse.ErrPort)
}

// Backslashes, which browsers take for slashes.
func TestSecURL06(t *testing.T) {
	const url = "http://evil.com\\@good.com/"
	assert.Equal(t, "good.com", mustSplit(t, url).Hostname(), "as in Python")
	for _, base := range []string{"http://good.com/", "http://evil.com/"} {
		assert.False(t, parse.SameOrigin(base, url))
		_, err := parse.JoinSameOrigin(base, url)
		require.ErrorIs(t, err, parse.ErrOrigin)
	}
	_, err := parse.SplitRFC3986(url)
	require.ErrorIs(t, err, parse.ErrSyntax)
}

// Where user information ends, and that it stays out of errors.
func TestSecURL07(t *testing.T) {
	assert.Equal(t, "127.0.0.1", mustSplit(t, "http://127.0.0.1#@evil.com/").Hostname())
	assert.Equal(t, "127.0.0.1", mustSplit(t, "http://127.0.0.1?@evil.com/").Hostname())
	assert.Equal(t, "c", mustSplit(t, "http://a@b@c/").Hostname())
	var texts []string
	_, _, err := mustSplit(t, "http://u:secret@h:bad/").Port()
	texts = append(texts, err.Error(), err.(*parse.Error).In)
	for _, url := range []string{"http://u:secret@[x]/", "//u:secret@\uff03/", "http://u:secret@h:bad/", "http://u:sec@ret@h /", "u:secret@h:bad"} {
		for _, f := range []func(string) error{
			func(s string) error { _, err := parse.Split(s); return err },
			func(s string) error { _, err := parse.Parse(s); return err },
			func(s string) error { _, err := parse.Join("http://h/", s); return err },
			func(s string) error { _, err := parse.Join(s, "x"); return err },
			func(s string) error { _, err := parse.Defrag(s + "#"); return err },
			func(s string) error { _, err := parse.Normalize(s); return err },
			func(s string) error { _, err := parse.SplitRFC3986(s + " "); return err },
			func(s string) error { _, err := parse.JoinSameOrigin("http://h/", s); return err },
		} {
			var e *parse.Error
			if errors.As(f(url), &e) {
				texts = append(texts, e.Error(), e.In)
			}
		}
	}
	require.Greater(t, len(texts), 30)
	for _, text := range texts {
		assert.NotContains(t, text, "sec")
	}
	// The values of a query are nobody's business either.
	_, err = parse.QueryParser{Strict: true}.ParseQSL("password=x&secret")
	require.ErrorIs(t, err, parse.ErrField)
	assert.NotContains(t, err.Error(), "secret")
}

// Ports with signs, underscores, other digits, too large.
func TestSecURL08(t *testing.T) {
	for _, netloc := range []string{"h:+80", "h:-80", "h:8_0", "h:٨٠", "h:８０", "h:65536", "h:80:80", "h: 80", "h:80 ", "h:0x50", "h:1e3",
		"h:18446744073709551696"} {
		_, ok, err := parse.SplitResult{Netloc: netloc}.Port()
		require.ErrorIs(t, err, parse.ErrPort, netloc)
		assert.False(t, ok)
	}
	_, ok, err := parse.SplitResult{Netloc: "h:"}.Port()
	require.NoError(t, err)
	assert.False(t, ok)
}

// A semicolon as a second separator (CVE-2021-23336).
func TestSecURL09(t *testing.T) {
	got, err := parse.ParseQSL("a=1;b=2")
	require.NoError(t, err)
	assert.Equal(t, []parse.Pair{{Name: "a", Value: "1;b=2"}}, got)
	_, err = parse.QueryParser{Separator: parse.SeparatedBy("")}.ParseQSL("a=1")
	require.ErrorIs(t, err, parse.ErrSeparator)
}

// Millions of fields.
func TestSecURL10(t *testing.T) {
	qs := strings.Repeat("a&", 10001)
	_, err := parse.ParseQSL(qs)
	require.ErrorIs(t, err, parse.ErrTooManyFields)
	_, err = parse.QueryParser{MaxFields: 10000}.ParseQS(qs)
	require.ErrorIs(t, err, parse.ErrTooManyFields)
	linear(t, "a million fields of one name", func() {
		v, err := parse.QueryParser{MaxFields: -1}.ParseQS(strings.Repeat("a=1&b=2&", 500000))
		require.NoError(t, err)
		assert.Equal(t, 2, v.Len())
	})
	linear(t, "fields of many names", func() {
		var b strings.Builder
		for i := range 300000 {
			b.WriteString("&" + strconv.Itoa(i) + "=1")
		}
		v, err := parse.QueryParser{MaxFields: -1}.ParseQS(b.String())
		require.NoError(t, err)
		assert.Equal(t, 300000, v.Len())
	})
}

// Fields that are passed on are those that were read (CVE-2022-2880).
func TestSecURL11(t *testing.T) {
	got, err := parse.QueryParser{KeepBlank: true}.ParseQSL("a=1&b=%zz&c=3&;d&=&%")
	require.NoError(t, err)
	out := parse.Encode(got)
	assert.Equal(t, "a=1&b=%25zz&c=3&%3Bd=&=&%25=", out)
	again, err := parse.QueryParser{KeepBlank: true, Strict: true, Errors: parse.ErrorsStrict}.ParseQSL(out)
	require.NoError(t, err)
	assert.Equal(t, got, again)
}

// Bad escapes.
func TestSecURL12(t *testing.T) {
	for s, want := range map[string]string{"%": "%", "%4": "%4", "%zz": "%zz", "%ff%00": "\ufffd\x00", "%2541": "%41", "%%41": "%A"} {
		assert.Equal(t, want, parse.Unquote(s))
	}
}

// Dot segments in linear time (CVE-2026-56860).
func TestSecURL13(t *testing.T) {
	down, up := strings.Repeat("a/", 200000), strings.Repeat("../", 200000)
	linear(t, "Join", func() {
		got, err := parse.Join("http://h/"+down, up)
		require.NoError(t, err)
		assert.Equal(t, "http://h/", got)
		_, err = parse.Join("http://h/", down+up)
		require.NoError(t, err)
		_, err = parse.Join("http://h/"+up, "x")
		require.NoError(t, err)
	})
	linear(t, "JoinRFC3986", func() {
		got, err := parse.JoinRFC3986("http://h/"+down, up)
		require.NoError(t, err)
		assert.Equal(t, "http://h/", got)
	})
	linear(t, "Normalize", func() {
		got, err := parse.Normalize("http://h/" + down + up)
		require.NoError(t, err)
		assert.Equal(t, "http://h/", got)
	})
}

// Dot segments that climb above the root (CVE-2022-32190).
func TestSecURL14(t *testing.T) {
	got, err := parse.Join("http://a/b/c/d", "../../../../g")
	require.NoError(t, err)
	assert.Equal(t, "http://a/g", got)
	got, err = parse.Join("http://a/b/c/d", "/../../g")
	require.NoError(t, err)
	assert.Equal(t, "http://a/g", got)
}

// A path with two slashes that is rebuilt as an authority.
func TestSecURL15(t *testing.T) {
	for _, r := range []parse.SplitResult{
		{Scheme: "http", Path: "//evil.com/x"},
		{Path: "//evil.com/x"},
		{Scheme: "x", Path: "//evil.com/x"},
		{Scheme: "x", Path: "//evil.com/x", Present: parse.HasScheme | parse.HasPath},
	} {
		again := mustSplit(t, parse.Unsplit(r))
		assert.Empty(t, again.Netloc)
		assert.Equal(t, "//evil.com/x", again.Path)
	}
	for _, tt := range [][2]string{{"/", "..//evil.com"}, {"/a/b", "/..//evil.com"}, {"x", "/.//evil.com"}, {"//", ".//evil.com"}} {
		got, err := parse.Join(tt[0], tt[1])
		require.NoError(t, err)
		assert.Empty(t, mustSplit(t, got).Netloc, "Join(%q, %q) = %q", tt[0], tt[1], got)
	}
	got, err := parse.JoinRFC3986("x:/a", "..//evil.com")
	require.NoError(t, err)
	assert.Empty(t, mustSplit(t, got).Netloc)
}

// References that replace the host.
func TestSecURL16(t *testing.T) {
	for _, ref := range []string{"\t//evil/x", "//evil/x", "http:evil", "http://evil", "\n\r//evil", "/\t/evil", "\\\\evil", "/\\evil", "///evil"} {
		_, err := parse.JoinSameOrigin("http://a/", ref)
		require.ErrorIs(t, err, parse.ErrOrigin, "%q", ref)
	}
}

// Schemes in mixed case, with odd letters, that begin with a digit.
func TestSecURL17(t *testing.T) {
	assert.Equal(t, "javascript", mustSplit(t, "JaVaScRiPt:x").Scheme)
	for _, url := range []string{"1http://x", "ſcheme:x", "K\u212a:x", "\u212a:x", "é:x", "-x:y", "a_b:c", "\xffa:b"} {
		assert.Empty(t, mustSplit(t, url).Scheme, url)
	}
	long := strings.Repeat("A", 100000)
	assert.Equal(t, strings.ToLower(long), mustSplit(t, long+":x").Scheme)
}

// Control characters are quoted, whatever is declared safe.
func TestSecURL18(t *testing.T) {
	assert.Equal(t, "%0D%0A", parse.QuoteSafe("\r\n", "\r\n"))
	var all strings.Builder
	for c := range 256 {
		all.WriteByte(byte(c))
	}
	for _, plus := range []bool{false, true} {
		got := parse.Quoter{Safe: all.String(), Plus: plus}.QuoteBytes([]byte(all.String()))
		for i := 0; i < len(got); i++ {
			assert.True(t, got[i] >= ' ' && got[i] < 0x7F, "%q", got[i])
		}
	}
	got, err := parse.QueryEncoder{Safe: all.String()}.Encode([]parse.Pair{{Name: "a\n", Value: "\r\x00\x7f"}})
	require.NoError(t, err)
	assert.Equal(t, "a%0A=%0D%00%7F", got)
	// What is not UTF-8 is refused, or comes through unchanged.
	_, err = parse.Quoter{}.Quote("\xff")
	require.ErrorIs(t, err, parse.ErrEncode)
	assert.Equal(t, "%FF", parse.Quote("\xff"))
}

// Parameters that hide a segment.
func TestSecURL19(t *testing.T) {
	r, err := parse.Parse("http://h/a;x/b;y")
	require.NoError(t, err)
	assert.Equal(t, "/a;x/b", r.Path)
	assert.Equal(t, "y", r.Params)
	assert.Equal(t, "/admin", parse.StripParams("/admin;x"))
	assert.Equal(t, "/a/b", parse.StripParams("/a;x/b;y"))
}

// Nothing is cached: memory does not grow with the number of URLs.
func TestSecURL20(t *testing.T) {
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := heap()
	for i := range 1000000 {
		if _, err := parse.Split("http://h/" + strconv.Itoa(i)); err != nil {
			t.Fatal(err)
		}
	}
	if after := heap(); after > before+1<<20 {
		t.Errorf("%d bytes more on the heap after a million URLs", after-before)
	}
}

// URLs of many megabytes.
func TestSecURL21(t *testing.T) {
	n := 1_000_000
	if raceEnabled {
		n = 200_000
	}
	linear(t, "100 MB", func() {
		r := mustSplit(t, "http://"+strings.Repeat("a@", 50_000_000))
		assert.Empty(t, r.Hostname())
	})
	for name, url := range map[string]string{
		"user information": "http://" + strings.Repeat("a@", n),
		"colons":           "http://" + strings.Repeat("a:", n),
		"open brackets":    "http://[" + strings.Repeat("[", n) + "]",
		"tabs":             "http://h/" + strings.Repeat("\t", 2*n),
		"blanks":           strings.Repeat(" ", 2*n),
		"scheme":           strings.Repeat("A", 2*n) + ":",
		"percent":          "http://h/" + strings.Repeat("%", 2*n),
		"high escapes":     "http://h/" + strings.Repeat("%ff", n),
		"semicolons":       "http://h/" + strings.Repeat(";/", n),
		"sigmas":           "http://" + strings.Repeat("Σ", n),
		"marks":            "http://Σ" + strings.Repeat("\u0301Σ", n/4),
	} {
		linear(t, name, func() {
			r, err := parse.Parse(url)
			if err != nil {
				return
			}
			r.Hostname()
			r.Username()
			_, _, _ = r.Port()
			parse.Unquote(r.Path)
			parse.StripParams(r.Path)
			_, _ = parse.Normalize(url)
			_, _ = parse.SplitRFC3986(url)
			_, _ = parse.Join(url, "../x")
			_ = r.String()
		})
		_, err := parse.Parser{MaxLen: 1 << 17}.Split(url)
		require.ErrorIs(t, err, parse.ErrTooLong, name)
		assert.Less(t, len(err.Error()), 200)
	}
}

// Lookalikes of the dot in a host stay: they are for IDNA to map, and until
// then the host is another one.
func TestSecURL22(t *testing.T) {
	for _, dot := range []string{"\u3002", "\uff0e", "\uff61"} {
		r := mustSplit(t, "http://good.com"+dot+"evil.com/")
		assert.Equal(t, "good.com"+dot+"evil.com", r.Hostname())
		assert.False(t, parse.SameOrigin("http://good.com.evil.com/", r.String()))
	}
	assert.False(t, parse.SameOrigin("http://github.com/", "http://gİthub.com/"))
}

// What a peer sends is quoted in errors, and cut.
func TestSecX04(t *testing.T) {
	for _, url := range []string{"//[\x1b[2J\u0085\u202e\r\n", "//[" + strings.Repeat("x", 100000), "http://h:\x1b[2J", "//[\xff\xfe"} {
		for _, f := range []func(string) error{
			func(s string) error { _, err := parse.Split(s); return err },
			func(s string) error { _, err := parse.Normalize(s); return err },
			func(s string) error { _, err := parse.SplitRFC3986(s); return err },
			func(s string) error { _, err := parse.JoinSameOrigin("http://h/", s); return err },
		} {
			err := f(url)
			if err == nil {
				continue
			}
			assert.Less(t, len(err.Error()), 700)
			for _, c := range []byte(err.Error()) {
				assert.True(t, c >= ' ' && c < 0x7F, "%q in %q", c, err)
			}
		}
	}
}

// No control character comes from an argument into what Quote, Encode and the
// strict functions write.
func TestSecX07(t *testing.T) {
	for c := 0; c < 0x100; c++ {
		if c == ' ' {
			c = 0x7F
		}
		s := "a" + string([]byte{byte(c)}) + "b"
		for _, out := range []string{parse.Quote(s), parse.QuotePlus(s), parse.QuoteSafe(s, s), parse.Encode([]parse.Pair{{Name: s, Value: s}})} {
			assert.NotContains(t, out, string([]byte{byte(c)}))
		}
		for _, r := range []parse.SplitResult{{Scheme: s, Path: "/"}, {Netloc: s}, {Path: s}, {Query: s}, {Fragment: s}} {
			_, err := parse.UnsplitRFC3986(r)
			require.Error(t, err, "%q", s)
		}
		_, err := parse.JoinSameOrigin("http://h/", s)
		if c < ' ' || c == 0x7F {
			require.Error(t, err, "%q", s)
		}
		normal, err := parse.Normalize("http://h/" + s + "?" + s + "#" + s)
		require.NoError(t, err)
		for _, x := range []byte(normal) {
			assert.True(t, x > ' ' && x < 0x7F, "%q", normal)
		}
	}
}

// Nothing large is made for what is not there.
func TestSecX14(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector allocates")
	}
	seps := strings.Repeat("&", 10<<20)
	p := parse.QueryParser{MaxFields: -1}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	pairs, err := p.ParseQSL(seps)
	require.NoError(t, err)
	assert.Empty(t, pairs)
	values, err := p.ParseQS(seps)
	require.NoError(t, err)
	assert.Zero(t, values.Len())
	runtime.ReadMemStats(&after)
	assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(256<<10))
}
