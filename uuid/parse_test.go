package uuid_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/uuid"
)

func TestParse(t *testing.T) {
	const digits = "12345678123456781234567812345678"
	tests := []struct{ in, want string }{ // want is empty for an error
		// The common spellings.
		{sample, sample},
		{"ABCDEFAB-CDEF-abcd-efAB-CDEFabcdefab", "abcdefab-cdef-abcd-efab-cdefabcdefab"},
		{digits, sample},
		{"{" + sample + "}", sample},
		{"{" + digits + "}", sample},
		{"urn:uuid:" + sample, sample},
		{"urn:uuid:{" + sample + "}", sample},
		{"{urn:uuid:" + sample + "}", sample},
		// Prefixes are taken out wherever they stand, "urn:" first.
		{"uuid:" + sample, sample},
		{"urn:" + sample, sample},
		{"12345678-1234-uuid:5678-1234-567812345678", sample},
		{"123456781234567812345678urn:12345678", sample},
		{"urn:urn:uuid:uuid:" + digits, sample},
		{"uuurn:id:" + digits, sample}, // "urn:" gone leaves "uuid:"
		{"uuid:urn:" + digits, sample},
		{"ururn:n:" + digits, ""}, // once through: "urn:" made by taking one out stays
		{"uuuuid:id:" + digits, ""},
		{"URN:UUID:" + sample, ""},
		{"urn:guid:" + sample, ""},
		// Braces at both ends, of any number and shape, then hyphens anywhere.
		{"}" + digits + "{", sample},
		{"{{{" + digits, sample},
		{sample + "}", sample},
		{"{}" + sample + "}{", sample},
		{"--" + digits + "--", sample},
		{"1-2-3-4-5-6-7-8-1-2-3-4-5-6-7-8-1-2-3-4-5-6-7-8-1-2-3-4-5-6-7-8", sample},
		{"1-2345678-12345678-12345678-12345678", sample},
		{strings.Repeat("-", 10000) + digits, sample},
		{"-{" + digits + "}-", ""}, // braces inside hyphens are not at the end
		{"12345678{12345678}1234567812345678", ""},
		{"(" + sample + ")", ""},
		{"[" + sample + "]", ""},
		// What Python's int(…, 16) reads of 32 characters.
		{"0x345678123456781234567812345678", "00345678-1234-5678-1234-567812345678"},
		{"0X345678123456781234567812345678", "00345678-1234-5678-1234-567812345678"},
		{"0x_45678123456781234567812345678", "00045678-1234-5678-1234-567812345678"},
		{"0x__5678123456781234567812345678", ""},
		{"+2345678123456781234567812345678", "02345678-1234-5678-1234-567812345678"},
		{"+0x45678123456781234567812345678", "00045678-1234-5678-1234-567812345678"},
		{"++345678123456781234567812345678", ""},
		{"+ 345678123456781234567812345678", ""},
		{"0x+45678123456781234567812345678", ""},
		{" 2345678123456781234567812345678", "02345678-1234-5678-1234-567812345678"},
		{"1234567812345678123456781234567 ", "01234567-8123-4567-8123-456781234567"},
		{"\t\n\v\f\r 78123456781234567812345678", "00000078-1234-5678-1234-567812345678"},
		{"1234567812345678 234567812345678", ""},
		{"\x1c2345678123456781234567812345678", ""}, // space to str.isspace, not to int
		{"\u00a02345678123456781234567812345678", "02345678-1234-5678-1234-567812345678"},
		{"\u20032345678123456781234567812345678", "02345678-1234-5678-1234-567812345678"},
		{"1234_5678_1234_5678_1234_5678_12", "00000012-3456-7812-3456-781234567812"},
		{"_2345678123456781234567812345678", ""},
		{"1234567812345678123456781234567_", ""},
		{"1234567812345678__34567812345678", ""},
		{"+_345678123456781234567812345678", ""},
		{strings.Repeat("\u0661", 32), "11111111-1111-1111-1111-111111111111"},
		{strings.Repeat("\uff11", 32), "11111111-1111-1111-1111-111111111111"},
		{strings.Repeat("\U0001d7ff", 32), "99999999-9999-9999-9999-999999999999"},
		{strings.Repeat("\u00b2", 32), ""}, // a superscript is no decimal digit
		{strings.Repeat(" ", 32), ""},
		{"0x" + strings.Repeat(" ", 30), ""},
		{strings.Repeat("_", 32), ""},
		// No UUIDs at all.
		{"", ""},
		{"abc", ""},
		{"-", ""},
		{digits + "9", ""},
		{digits[1:], ""},
		{"123456781234567812345678z2345678", ""},
		{"0b" + digits, ""},
		{"0o345678123456781234567812345678", ""},
		{"12345678\u20131234-5678-1234-567812345678", ""},
		{strings.Repeat("\x00", 32), ""},
		{strings.Repeat("1", 100000), ""},
		{strings.Repeat("\xff", 32), ""},
		{"\xff2345678123456781234567812345678", ""},
		{"1234567812345678123456781234567\u0080", ""},
	}
	for _, tt := range tests {
		name := tt.in
		if len(name) > 64 {
			name = name[:64]
		}
		t.Run(name, func(t *testing.T) {
			u, err := uuid.Parse(tt.in)
			b, errBytes := uuid.ParseBytes([]byte(tt.in))
			require.Equal(t, u, b)
			require.Equal(t, err == nil, errBytes == nil)
			if tt.want == "" {
				require.ErrorIs(t, err, uuid.ErrSyntax)
				require.Equal(t, uuid.Nil, u)
				var pe *uuid.ParseError
				require.ErrorAs(t, err, &pe)
				require.Equal(t, "Parse", pe.Func)
				require.Equal(t, tt.in, pe.In)
				require.Equal(t, -1, pe.Pos)
				return
			}
			require.NoError(t, err)
			require.Equal(t, tt.want, u.String())
		})
	}
}

// TestEveryDigit holds the decimal digits against the order in which Unicode puts
// them: ten to a script, from zero.
func TestEveryDigit(t *testing.T) {
	n := 0
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !unicode.IsDigit(r) {
			continue
		}
		u, err := uuid.Parse(strings.Repeat(string(r), 32))
		require.NoError(t, err, "%U", r)
		require.Equal(t, strings.Repeat(string(rune('0'+n%10)), 32), u.Hex(), "%U", r)
		n++
	}
	require.Zero(t, n%10)
}

func TestParseStrict(t *testing.T) {
	u, err := uuid.ParseStrict(strings.ToUpper("abcdefab-cdef-abcd-efab-cdefabcdefab"))
	require.NoError(t, err)
	require.Equal(t, "abcdefab-cdef-abcd-efab-cdefabcdefab", u.String())

	tests := []struct {
		in     string
		pos    int
		reason string
	}{
		{"", 0, "not 36 characters"},
		{sample[:35], 35, "not 36 characters"},
		{sample + "0", 36, "not 36 characters"},
		{sample + "\n", 36, "not 36 characters"},
		{" " + sample, 0, "no hexadecimal digit"},
		{"{" + sample + "}", 0, "no hexadecimal digit"},
		{"urn:uuid:" + sample, 0, "no hexadecimal digit"},
		{"12345678123456781234567812345678", 8, "a hyphen belongs here"},
		{"12345678-12345678-1234-5678-12345678", 13, "a hyphen belongs here"},
		{"1-2345678-12345678-12345678-12345678", 1, "no hexadecimal digit"},
		{"12345678_1234-5678-1234-567812345678", 8, "a hyphen belongs here"},
		{"12345678-1234-5678-1234-56781234567g", 35, "no hexadecimal digit"},
		{"1234567\u0661-1234-5678-1234-56781234567", 7, "no hexadecimal digit"},
	}
	for _, tt := range tests {
		u, err := uuid.ParseStrict(tt.in)
		require.Equal(t, uuid.Nil, u, "%q", tt.in)
		var pe *uuid.ParseError
		require.ErrorAs(t, err, &pe, "%q", tt.in)
		require.Equal(t, uuid.ParseError{Func: "ParseStrict", In: tt.in, Pos: tt.pos, Reason: tt.reason}, *pe)
	}
}

// TestEveryCharacter puts each byte into each place of the strict form.
func TestEveryCharacter(t *testing.T) {
	for i := range sample {
		for c := range 256 {
			b := []byte(sample)
			b[i] = byte(c)
			digit := strings.IndexByte("0123456789abcdefABCDEF", byte(c)) >= 0
			want := digit
			if sample[i] == '-' {
				want = c == '-'
			}
			_, err := uuid.ParseStrict(string(b))
			require.Equal(t, want, err == nil, "%q", b)
		}
	}
}

func TestMustParse(t *testing.T) {
	require.Equal(t, uuid.NamespaceDNS, uuid.MustParse("6ba7b810-9dad-11d1-80b4-00c04fd430c8"))
	require.Panics(t, func() { uuid.MustParse("no UUID") })
}

// slowParse is Parse by Python's own steps, without a shortcut.
func slowParse(s string) (hex string, ok bool) {
	s = strings.ReplaceAll(s, "urn:", "")
	s = strings.ReplaceAll(s, "uuid:", "")
	s = strings.Trim(s, "{}")
	s = strings.ReplaceAll(s, "-", "")
	if utf8.RuneCountInString(s) != 32 {
		return "", false
	}
	s = strings.Map(func(r rune) rune {
		if r < 127 {
			return r
		}
		if unicode.IsSpace(r) {
			return ' '
		}
		if unicode.IsDigit(r) {
			n := rune(0)
			for unicode.IsDigit(r - n - 1) {
				n++
			}
			return '0' + n%10
		}
		return '?'
	}, s)
	m := pythonInt.FindStringSubmatch(s)
	if m == nil {
		return "", false
	}
	h := strings.ToLower(strings.ReplaceAll(m[1], "_", ""))
	return strings.Repeat("0", 32-len(h)) + h, true
}

// pythonInt is the grammar of int(s, 16) without a minus sign.
var pythonInt = regexp.MustCompile(`^[ \t\n\v\f\r]*\+?(?:0[xX]_?)?([0-9a-fA-F]+(?:_[0-9a-fA-F]+)*)[ \t\n\v\f\r]*$`)

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		sample,
		"{" + sample + "}",
		"urn:uuid:" + sample,
		"12345678123456781234567812345678",
		"1-2345678-12345678-12345678-12345678",
		"uuurn:id:12345678123456781234567812345678", // a prefix made by taking one out
		"0x_45678123456781234567812345678",
		"1234_5678_1234_5678_1234_5678_12",
		"1234567812345678__34567812345678",
		" +0X45678123456781234567812345 \n",
		strings.Repeat("\u0661", 32), // decimal digits of another script
		"\u2003\u2003345678123456781234567812345678",
		"\xff2345678123456781234567812345678", // no UTF-8
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		u, err := uuid.Parse(s)
		want, ok := slowParse(s)
		if ok != (err == nil) || ok && u.Hex() != want {
			t.Fatalf("Parse(%q) = %v, %v, want %q, %v", s, u, err, want, ok)
		}
		b, errBytes := uuid.ParseBytes([]byte(s))
		if b != u || (err == nil) != (errBytes == nil) {
			t.Fatalf("ParseBytes(%q) = %v, %v, Parse %v, %v", s, b, errBytes, u, err)
		}
		strict, errStrict := uuid.ParseStrict(s)
		if errStrict == nil && (err != nil || strict != u || !strings.EqualFold(s, u.String())) {
			t.Fatalf("ParseStrict(%q) = %v, Parse %v, %v", s, strict, u, err)
		}
		if err != nil {
			return
		}
		for _, form := range []string{u.String(), u.URN(), u.Hex(), "{" + u.String() + "}", strings.ToUpper(u.String())} {
			if back, err := uuid.Parse(form); err != nil || back != u {
				t.Fatalf("Parse(%q) = %v, %v, want %v", form, back, err, u)
			}
		}
	})
}
