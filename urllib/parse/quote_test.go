package parse_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/urllib/parse"
)

func TestQuote(t *testing.T) {
	tests := []struct{ s, quote, plus, none string }{
		{"", "", "", ""},
		{"/a b/c+d", "/a%20b/c%2Bd", "%2Fa+b%2Fc%2Bd", "%2Fa%20b%2Fc%2Bd"},
		{"AZaz09-._~", "AZaz09-._~", "AZaz09-._~", "AZaz09-._~"},
		{"!$&'()*,;=:@?#[]", "%21%24%26%27%28%29%2A%2C%3B%3D%3A%40%3F%23%5B%5D", "%21%24%26%27%28%29%2A%2C%3B%3D%3A%40%3F%23%5B%5D", "%21%24%26%27%28%29%2A%2C%3B%3D%3A%40%3F%23%5B%5D"},
		{"%7e", "%257e", "%257e", "%257e"},
		{"é日😀", "%C3%A9%E6%97%A5%F0%9F%98%80", "%C3%A9%E6%97%A5%F0%9F%98%80", "%C3%A9%E6%97%A5%F0%9F%98%80"},
		{"\x00\t\r\n\x7f", "%00%09%0D%0A%7F", "%00%09%0D%0A%7F", "%00%09%0D%0A%7F"},
		{"\xff\xed\xa0\x80", "%FF%ED%A0%80", "%FF%ED%A0%80", "%FF%ED%A0%80"},
		{"   ", "%20%20%20", "+++", "%20%20%20"},
		{strings.Repeat("a", 1000) + " ", strings.Repeat("a", 1000) + "%20", strings.Repeat("a", 1000) + "+", strings.Repeat("a", 1000) + "%20"},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.quote, parse.Quote(tt.s), "%q", tt.s)
		assert.Equal(t, tt.quote, parse.QuoteBytes([]byte(tt.s)), "%q", tt.s)
		assert.Equal(t, tt.plus, parse.QuotePlus(tt.s), "%q", tt.s)
		assert.Equal(t, tt.none, parse.QuoteSafe(tt.s, ""), "%q", tt.s)
		assert.Equal(t, tt.quote, parse.QuoteSafe(tt.s, "/"), "%q", tt.s)
		assert.Equal(t, tt.plus, parse.Quoter{Plus: true}.QuoteBytes([]byte(tt.s)), "%q", tt.s)
	}
	assert.Equal(t, "a/b:c%20d%25", parse.QuoteSafe("a/b:c d%", "/:"))
	assert.Equal(t, "100%25%C3%A9", parse.QuoteSafe("100%25é", "%"))
	assert.Equal(t, "a b+c", parse.QuoteSafe("a b+c", " +"))
	assert.Equal(t, "%C3%A9", parse.QuoteSafe("é", "é"), "what is not ASCII never stays")
	got, err := parse.Quoter{Safe: " +", Plus: true}.Quote("a b+c")
	require.NoError(t, err)
	assert.Equal(t, "a+b+c", got)
}

// slowQuote is quoting byte by byte: the oracle.
func slowQuote(s, safe string, plus bool) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == ' ' && plus:
			b.WriteByte('+')
		case strings.IndexByte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~", c) >= 0,
			strings.IndexByte(safe, c) >= 0 && c >= ' ' && c < 0x7F:
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// texts are texts of all lengths up to 40, of bytes chosen from the given ones.
func randomTexts(n int, bytes string) []string {
	r := rand.New(rand.NewPCG(1, 2))
	out := make([]string, n)
	for i := range out {
		b := make([]byte, i%40)
		for j := range b {
			b[j] = bytes[r.IntN(len(bytes))]
		}
		out[i] = string(b)
	}
	return out
}

func TestQuoteOracle(t *testing.T) {
	var all strings.Builder
	for c := range 256 {
		all.WriteByte(byte(c))
	}
	texts := append(randomTexts(4000, all.String()), randomTexts(4000, "aZ09 %/+é")...)
	for _, s := range append(texts, all.String()) {
		for _, safe := range []string{"", "/", "/:", "%+ ", all.String()} {
			want := slowQuote(s, safe, false)
			if got := parse.QuoteSafe(s, safe); got != want {
				t.Fatalf("QuoteSafe(%q, %q) = %q, want %q", s, safe, got, want)
			}
			if got := (parse.Quoter{Safe: safe}).QuoteBytes([]byte(s)); got != want {
				t.Fatalf("QuoteBytes(%q, %q) = %q, want %q", s, safe, got, want)
			}
			got, err := parse.Quoter{Safe: safe, Plus: true, Errors: parse.ErrorsSurrogateEscape}.Quote(s)
			if want := slowQuote(s, safe, true); err != nil || got != want {
				t.Fatalf("Quoter.Quote(%q, %q) = %q, %v, want %q", s, safe, got, err, want)
			}
		}
		if got, want := parse.QuotePlus(s), slowQuote(s, "", true); got != want {
			t.Fatalf("QuotePlus(%q) = %q, want %q", s, got, want)
		}
		if got := parse.Unquote(parse.Quote(s)); got != strings.ToValidUTF8(s, "\x00") && string(parse.UnquoteToBytes(parse.Quote(s))) != s {
			t.Fatalf("Unquote(Quote(%q)) = %q", s, got)
		}
	}
}

// TestQuoterErrors goes through what Python's str.encode does in each mode.
func TestQuoterErrors(t *testing.T) {
	const (
		strict    = parse.ErrorsStrict
		replace   = parse.ErrorsReplace
		ignore    = parse.ErrorsIgnore
		xml       = parse.ErrorsXMLCharRef
		backslash = parse.ErrorsBackslash
		escape    = parse.ErrorsSurrogateEscape
		pass      = parse.ErrorsSurrogatePass
	)
	const fails = "fails"
	tests := []struct {
		enc  parse.Encoding
		mode parse.ErrorMode
		s    string
		want string
	}{
		{nil, 0, "é", "%C3%A9"},
		{nil, 0, "\xff", fails},
		{nil, strict, "\xff", fails},
		{parse.UTF8, strict, "a\xed\xa0\x80", fails},
		{nil, replace, "a\xff\xed\xa0\x80b", "a%3F%3Fb"},
		{nil, ignore, "a\xff\xed\xa0\x80b", "ab"},
		{nil, xml, "\xff\xed\xa0\x80", "%26%2356575%3B%26%2355296%3B"},
		{nil, backslash, "\xff\xed\xa0\x80", "%5Cudcff%5Cud800"},
		{nil, escape, "a\xff", "a%FF"},
		{nil, pass, "\xed\xa0\x80", "%ED%A0%80"},
		{nil, pass, "\xff", "%ED%B3%BF"}, // it stands for U+DCFF
		{parse.ASCII, strict, "é", fails},
		{parse.ASCII, 0, "~", "~"},
		{parse.ASCII, replace, "aé日", "a%3F%3F"},
		{parse.ASCII, ignore, "aé日", "a"},
		{parse.ASCII, xml, "é\U0010ffff", "%26%23233%3B%26%231114111%3B"},
		{parse.ASCII, backslash, "é日😀", "%5Cxe9%5Cu65e5%5CU0001f600"},
		{parse.ASCII, escape, "\xe9", "%E9"},
		{parse.ASCII, escape, "é", fails},
		{parse.ASCII, pass, "\xed\xa0\x80", fails},
		{parse.Latin1, strict, "é\u00ff", "%E9%FF"},
		{parse.Latin1, strict, "\u0100", fails},
		{parse.Latin1, xml, "日é", "%26%2326085%3B%E9"},
		{parse.ISO8859_15, strict, "€é", "%A4%E9"},
		{parse.ISO8859_15, strict, "¤", fails},
		{parse.Windows1252, strict, "€Ÿé", "%80%9F%E9"},
		{parse.Windows1252, strict, "\u0081", fails},
		{parse.Windows1252, replace, "\u0081€", "%3F%80"},
		{parse.UTF16LE, strict, "é😀", "%E9%00%3D%D8%00%DE"},
		{parse.UTF16BE, strict, "é😀", "%00%E9%D8%3D%DE%00"},
		{parse.UTF16LE, strict, "\xff", fails},
		{parse.UTF16LE, replace, "\xff", "%3F%00"},
		{parse.UTF16LE, pass, "\xed\xa0\x80", "%00%D8"},
		{parse.UTF16BE, xml, "\xff", "%00%26%00%23%005%006%005%007%005%00%3B"},
	}
	for _, tt := range tests {
		got, err := parse.Quoter{Encoding: tt.enc, Errors: tt.mode}.Quote(tt.s)
		if tt.want == fails {
			var e *parse.EncodingError
			require.ErrorIs(t, err, parse.ErrEncode, "%v %v %q", tt.enc, tt.mode, tt.s)
			require.ErrorAs(t, err, &e)
			assert.Contains(t, err.Error(), "U+")
			continue
		}
		require.NoError(t, err, "%v %v %q", tt.enc, tt.mode, tt.s)
		assert.Equal(t, tt.want, got, "%v %v %q", tt.enc, tt.mode, tt.s)
	}
	_, err := parse.Quoter{Encoding: parse.Latin1}.Quote("aé日")
	assert.Equal(t, &parse.EncodingError{Encoding: "latin-1", Pos: 3, Rune: '日', Kind: parse.ErrEncode}, err)
}

func TestUnquote(t *testing.T) {
	tests := []struct{ s, want, plus string }{
		{"", "", ""},
		{"a+b", "a+b", "a b"},
		{"a%20b%2Bc+", "a b+c+", "a b+c "},
		{"%2f%2F", "//", "//"},
		// What is no escape stays, and nothing is undone twice.
		{"%", "%", "%"},
		{"%4", "%4", "%4"},
		{"%zz%4g%g4", "%zz%4g%g4", "%zz%4g%g4"},
		{"%%41%", "%A%", "%A%"},
		{"%2541", "%41", "%41"},
		{"\x00%", "\x00%", "\x00%"},
		{"\x00aaaaaaa%20", "\x00aaaaaaa ", "\x00aaaaaaa "},
		{"%%%%%%20", "%%%%% ", "%%%%% "},
		// UTF-8, and what is not.
		{"%C3%A9%E6%97%A5%F0%9F%98%80", "é日😀", "é日😀"},
		{"%ff%00", "\ufffd\x00", "\ufffd\x00"},
		{"%C3", "\ufffd", "\ufffd"},
		{"%C3a", "\ufffda", "\ufffda"},
		{"%E6%97", "\ufffd", "\ufffd"}, // one for what could begin a character
		{"%E6%97%E6%97%A5", "\ufffd日", "\ufffd日"},
		{"%C0%80", "\ufffd\ufffd", "\ufffd\ufffd"}, // and one for each byte that could not
		{"%ED%A0%80", "\ufffd\ufffd\ufffd", "\ufffd\ufffd\ufffd"},
		{"%F4%90%80%80", "\ufffd\ufffd\ufffd\ufffd", "\ufffd\ufffd\ufffd\ufffd"},
		{"%F0%9F%98", "\ufffd", "\ufffd"},
		{"%F0%9F%98%41", "\ufffdA", "\ufffdA"},
		{"%E0%9F%80", "\ufffd\ufffd\ufffd", "\ufffd\ufffd\ufffd"},
		// Characters that are there already stay, and do not join with escapes.
		{"é%C3%A9", "éé", "éé"},
		{"\xc3%A9", "\xc3\ufffd", "\xc3\ufffd"},
		{"%C3\xa9", "\ufffd\xa9", "\ufffd\xa9"},
		{"\xff%41", "\xffA", "\xffA"},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.want, parse.Unquote(tt.s), "%q", tt.s)
		assert.Equal(t, tt.plus, parse.UnquotePlus(tt.s), "%q", tt.s)
		for _, mode := range []parse.ErrorMode{parse.ErrorsDefault, parse.ErrorsReplace} {
			got, err := parse.Unquoter{Errors: mode}.Unquote(tt.s)
			require.NoError(t, err)
			assert.Equal(t, tt.want, got, "%q", tt.s)
			got, err = parse.Unquoter{Errors: mode, Plus: true}.Unquote(tt.s)
			require.NoError(t, err)
			assert.Equal(t, tt.plus, got, "%q", tt.s)
		}
	}
}

// slowUnquote undoes escapes one by one and decodes each run of ASCII with the
// general decoder: the oracle for Unquote.
func slowUnquote(s string, plus bool) string {
	if plus {
		s = strings.ReplaceAll(s, "+", " ")
	}
	var out strings.Builder
	for s != "" {
		n := strings.IndexFunc(s, func(c rune) bool { return c >= 0x80 })
		if n < 0 {
			n = len(s)
		}
		text, err := parse.Unquoter{Encoding: named{parse.UTF8}}.Unquote(s[:n])
		if err != nil {
			panic(err)
		}
		out.WriteString(text)
		for s = s[n:]; s != "" && s[0] >= 0x80; s = s[1:] {
			out.WriteByte(s[0])
		}
	}
	return out.String()
}

// named hides which encoding it is, so that no fast path is taken.
type named struct{ parse.Encoding }

func TestUnquoteOracle(t *testing.T) {
	texts := append(randomTexts(20000, "%%%%CcEe9aA80+é"), randomTexts(20000, "%%24681fF +abcdefg")...)
	for _, s := range texts {
		for _, plus := range []bool{false, true} {
			got := parse.Unquote(s)
			if plus {
				got = parse.UnquotePlus(s)
			}
			if want := slowUnquote(s, plus); got != want {
				t.Fatalf("Unquote(%q), plus %v = %q, want %q", s, plus, got, want)
			}
		}
	}
}

// TestUnquoterErrors goes through what Python's bytes.decode does in each mode.
func TestUnquoterErrors(t *testing.T) {
	const (
		strict    = parse.ErrorsStrict
		replace   = parse.ErrorsReplace
		ignore    = parse.ErrorsIgnore
		backslash = parse.ErrorsBackslash
		escape    = parse.ErrorsSurrogateEscape
		pass      = parse.ErrorsSurrogatePass
	)
	const fails = "fails"
	tests := []struct {
		enc  parse.Encoding
		mode parse.ErrorMode
		s    string
		want string
	}{
		{nil, strict, "%C3%A9", "é"},
		{nil, strict, "a%ff", fails},
		{nil, strict, "\xff", "\xff"}, // not from an escape
		{nil, strict, "plain", "plain"},
		{nil, ignore, "a%ff%C3b", "ab"},
		{nil, backslash, "a%ff%E6%97b", `a\xff\xe6\x97b`},
		{nil, escape, "a%ff%C3%A9", "a\xffé"},
		{nil, pass, "%ED%A0%80", "\xed\xa0\x80"},
		{nil, pass, "%ff", fails},
		{nil, parse.ErrorsXMLCharRef, "%ff", fails},
		{parse.ASCII, 0, "%C3%A9%41", "\ufffd\ufffdA"},
		{parse.ASCII, strict, "%C3", fails},
		{parse.ASCII, escape, "%C3", "\xc3"},
		{parse.Latin1, strict, "%E9%80\u20ac", "é\u0080\u20ac"},
		{parse.ISO8859_15, strict, "%A4%A5", "€¥"},
		{parse.Windows1252, strict, "%80%E9", "€é"},
		{parse.Windows1252, strict, "%81", fails},
		{parse.Windows1252, replace, "%81%80", "\ufffd€"},
		{parse.UTF16LE, strict, "%E9%00a%00", "éa"},
		{parse.UTF16LE, strict, "%3D%D8%00%DE", "😀"},
		{parse.UTF16LE, replace, "%3D%D8", "\ufffd"},
		{parse.UTF16LE, replace, "%00%DEa%00", "\ufffda"},
		{parse.UTF16LE, replace, "%3D%D8a%00", "\ufffda"},
		{parse.UTF16LE, replace, "a%00%41", "a\ufffd"},
		{parse.UTF16LE, pass, "%00%D8", "\xed\xa0\x80"},
		{parse.UTF16BE, strict, "%00%E9", "é"},
		{parse.UTF16BE, strict, "%D8%00", fails},
	}
	for _, tt := range tests {
		got, err := parse.Unquoter{Encoding: tt.enc, Errors: tt.mode}.Unquote(tt.s)
		if tt.want == fails {
			require.ErrorIs(t, err, parse.ErrDecode, "%v %v %q", tt.enc, tt.mode, tt.s)
			continue
		}
		require.NoError(t, err, "%v %v %q", tt.enc, tt.mode, tt.s)
		assert.Equal(t, tt.want, got, "%v %v %q", tt.enc, tt.mode, tt.s)
	}
	_, err := parse.Unquoter{Errors: strict}.Unquote("aé%41%E6%97b")
	assert.Equal(t, &parse.EncodingError{Encoding: "utf-8", Pos: 1, Bytes: []byte{0xE6, 0x97}, Kind: parse.ErrDecode}, err)
	assert.Contains(t, err.Error(), "e6 97")
	got, err := parse.Unquoter{Plus: true, Encoding: parse.Latin1}.Unquote("a+b")
	require.NoError(t, err)
	assert.Equal(t, "a b", got)
}

func TestUnquoteBytes(t *testing.T) {
	assert.Equal(t, []byte("a b\xff\xc3\xa9+%zz"), parse.UnquoteToBytes("a%20b%ffé+%zz"))
	assert.Equal(t, []byte("a b\xff\xc3\xa9+%"), parse.UnquoteToBytes([]byte("a%20b%ff\xc3\xa9+%")))
	assert.Equal(t, []byte{}, parse.UnquoteToBytes(""))
	// In bytes, escapes and other bytes are decoded together.
	got, err := parse.Unquoter{}.UnquoteBytes([]byte("%C3\xa9+"))
	require.NoError(t, err)
	assert.Equal(t, "é+", got)
	got, err = parse.Unquoter{Plus: true, Encoding: parse.Latin1}.UnquoteBytes([]byte("%C3\xa9+"))
	require.NoError(t, err)
	assert.Equal(t, "Ã© ", got)
	_, err = parse.Unquoter{Errors: parse.ErrorsStrict}.UnquoteBytes([]byte("\xff"))
	require.ErrorIs(t, err, parse.ErrDecode)
}

func TestLookup(t *testing.T) {
	for name, want := range map[string]parse.Encoding{
		"utf-8": parse.UTF8, "UTF8": parse.UTF8, "U8": parse.UTF8, "utf_8": parse.UTF8,
		"ascii": parse.ASCII, "US-ASCII": parse.ASCII, "646": parse.ASCII,
		"latin-1": parse.Latin1, "latin1": parse.Latin1, "ISO-8859-1": parse.Latin1, "iso8859_1": parse.Latin1, "L1": parse.Latin1,
		"iso-8859-15": parse.ISO8859_15, "latin9": parse.ISO8859_15,
		"cp1252": parse.Windows1252, "Windows-1252": parse.Windows1252,
		"utf-16-le": parse.UTF16LE, "UTF-16LE": parse.UTF16LE, "utf_16_be": parse.UTF16BE,
	} {
		got, err := parse.LookupEncoding(name)
		require.NoError(t, err, name)
		assert.Equal(t, want, got, name)
		again, err := parse.LookupEncoding(got.String())
		require.NoError(t, err, "the name of an encoding is one of its names")
		assert.Equal(t, want, again)
	}
	for _, name := range []string{"", "no-such-encoding", "utf-16", "utf-8-sig", strings.Repeat("utf-8", 100)} {
		_, err := parse.LookupEncoding(name)
		require.ErrorIs(t, err, parse.ErrUnknownEncoding, name)
	}
	for m := parse.ErrorsDefault; m <= parse.ErrorsSurrogatePass; m++ {
		got, err := parse.LookupErrorMode(m.String())
		if m == parse.ErrorsDefault {
			require.ErrorIs(t, err, parse.ErrUnknownEncoding, "Python has no such name")
			continue
		}
		require.NoError(t, err)
		assert.Equal(t, m, got)
	}
	_, err := parse.LookupErrorMode("namereplace")
	require.ErrorIs(t, err, parse.ErrUnknownEncoding)
	assert.Equal(t, "unknown", parse.ErrorMode(200).String())
}
