package parse_test

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/urllib/parse"
)

// pairs makes fields of names and values in turn.
func pairs(texts ...string) (out []parse.Pair) {
	for i := 0; i < len(texts); i += 2 {
		out = append(out, parse.Pair{Name: texts[i], Value: texts[i+1]})
	}
	return out
}

func TestParseQSL(t *testing.T) {
	tests := []struct {
		qs          string
		want, blank []parse.Pair // without and with KeepBlank
	}{
		{"", nil, nil},
		{"&", nil, nil},
		{"&&&", nil, nil},
		{"a=1", pairs("a", "1"), pairs("a", "1")},
		{"a=1&b=2&a=3", pairs("a", "1", "b", "2", "a", "3"), pairs("a", "1", "b", "2", "a", "3")},
		{"&a=1&&b=2&", pairs("a", "1", "b", "2"), pairs("a", "1", "b", "2")},
		{"a", nil, pairs("a", "")},
		{"a=", nil, pairs("a", "")},
		{"=", nil, pairs("", "")},
		{"=a", pairs("", "a"), pairs("", "a")},
		{"=a=b", pairs("", "a=b"), pairs("", "a=b")},
		{"a=b=c", pairs("a", "b=c"), pairs("a", "b=c")},
		{"a+b=c+d", pairs("a b", "c d"), pairs("a b", "c d")},
		{"%61=%26%3D%2B", pairs("a", "&=+"), pairs("a", "&=+")},
		{"a=%", pairs("a", "%"), pairs("a", "%")},
		{"a=%zz&%=b", pairs("a", "%zz", "%", "b"), pairs("a", "%zz", "%", "b")},
		{"a=%ff", pairs("a", "\ufffd"), pairs("a", "\ufffd")},
		{"é=%C3%A9", pairs("é", "é"), pairs("é", "é")},
		{"a=1;b=2", pairs("a", "1;b=2"), pairs("a", "1;b=2")},
		{"a=\xff", pairs("a", "\xff"), pairs("a", "\xff")},
	}
	for _, tt := range tests {
		got, err := parse.ParseQSL(tt.qs)
		require.NoError(t, err)
		assert.True(t, slices.Equal(tt.want, got), "%q: %v", tt.qs, got)
		got, err = parse.QueryParser{KeepBlank: true}.ParseQSL(tt.qs)
		require.NoError(t, err)
		assert.True(t, slices.Equal(tt.blank, got), "%q: %v", tt.qs, got)
		// The other doors lead to the same fields.
		var seq []parse.Pair
		for pair, err := range (parse.QueryParser{KeepBlank: true}).Pairs(tt.qs) {
			require.NoError(t, err)
			seq = append(seq, pair)
		}
		assert.True(t, slices.Equal(got, seq), tt.qs)
		values, err := parse.QueryParser{KeepBlank: true}.ParseQS(tt.qs)
		require.NoError(t, err)
		assert.Equal(t, parse.Collect(got).Pairs(), values.Pairs(), tt.qs)
	}
}

func TestQueryParser(t *testing.T) {
	type qp = parse.QueryParser
	tests := []struct {
		p    qp
		qs   string
		want []parse.Pair
		kind error
		pos  int
	}{
		{p: qp{Separator: parse.SeparatedBy(";")}, qs: "a=1;b=2&c", want: pairs("a", "1", "b", "2&c")},
		{p: qp{Separator: parse.SeparatedBy("&amp;")}, qs: "a=1&amp;b=2&c", want: pairs("a", "1", "b", "2&c")},
		{p: qp{Separator: parse.SeparatedBy("é")}, qs: "a=1éb=2", want: pairs("a", "1", "b", "2")},
		{p: qp{Separator: parse.SeparatedBy("=")}, qs: "a=1", want: nil},
		{p: qp{Separator: parse.SeparatedBy("%")}, qs: "a=%41", want: nil},
		{p: qp{Separator: parse.SeparatedBy("")}, qs: "a=1", kind: parse.ErrSeparator, pos: -1},
		{p: qp{Separator: parse.SeparatedBy("")}, qs: "", kind: parse.ErrSeparator, pos: -1},
		{p: qp{Strict: true}, qs: "a=1&b=2", want: pairs("a", "1", "b", "2")},
		{p: qp{Strict: true}, qs: "", want: nil},
		{p: qp{Strict: true}, qs: "a=1&b", kind: parse.ErrField, pos: 4},
		{p: qp{Strict: true}, qs: "a=1&&b=2", kind: parse.ErrField, pos: 4},
		{p: qp{Strict: true}, qs: "a=1&b=2&", kind: parse.ErrField, pos: 8},
		{p: qp{Strict: true}, qs: "a=&b=2", want: pairs("b", "2")},
		{p: qp{MaxFields: 2}, qs: "a=1&b=2", want: pairs("a", "1", "b", "2")},
		{p: qp{MaxFields: 2}, qs: "a=1&&b=2", kind: parse.ErrTooManyFields, pos: -1},
		{p: qp{MaxFields: 1}, qs: "", want: nil},
		{p: qp{Encoding: parse.Latin1}, qs: "a=%E9+é", want: pairs("a", "é é")},
		{p: qp{Encoding: parse.Windows1252, Errors: parse.ErrorsStrict}, qs: "%80=%81", kind: parse.ErrDecode},
		{p: qp{Errors: parse.ErrorsStrict}, qs: "%ff=1", kind: parse.ErrDecode},
		{p: qp{Errors: parse.ErrorsStrict}, qs: "a=%C3%A9&b=1", want: pairs("a", "é", "b", "1")},
		{p: qp{Errors: parse.ErrorsIgnore}, qs: "a=%ffb", want: pairs("a", "b")},
		{p: qp{Errors: parse.ErrorsSurrogateEscape}, qs: "a=%ff+\xfe", want: pairs("a", "\xff \xfe")},
	}
	for _, tt := range tests {
		got, err := tt.p.ParseQSL(tt.qs)
		values, err2 := tt.p.ParseQS(tt.qs)
		var seq []parse.Pair
		var err3 error
		for pair, err := range tt.p.Pairs(tt.qs) {
			if err3 = err; err == nil {
				seq = append(seq, pair)
			}
		}
		if tt.kind != nil {
			for _, err := range []error{err, err2, err3} {
				require.ErrorIs(t, err, tt.kind, "%q", tt.qs)
				var e *parse.Error
				if errors.As(err, &e) {
					assert.Equal(t, tt.pos, e.Pos, tt.qs)
				}
			}
			assert.Nil(t, got)
			assert.Zero(t, values)
			continue
		}
		for _, err := range []error{err, err2, err3} {
			require.NoError(t, err, "%q", tt.qs)
		}
		assert.True(t, slices.Equal(tt.want, got), "%q: %v", tt.qs, got)
		assert.True(t, slices.Equal(tt.want, seq), "%q: %v", tt.qs, seq)
		assert.True(t, slices.Equal(tt.want, values.Pairs()), "%q: %v", tt.qs, values)
	}
	assert.Equal(t, "&", parse.Separator{}.String())
	assert.Equal(t, ";", parse.SeparatedBy(";").String())
}

// TestPairsStops shows that a loop over Pairs may end early, and begin again.
func TestPairsStops(t *testing.T) {
	seq := parse.QueryParser{Strict: true}.Pairs("a=1&b=2&c")
	for range 2 {
		n := 0
		for _, err := range seq {
			require.NoError(t, err)
			if n++; n == 2 {
				break
			}
		}
		assert.Equal(t, 2, n)
	}
}

func TestMaxFields(t *testing.T) {
	fields := func(n int) string { return strings.Repeat("a=1&", n-1) + "b=2" }
	v, err := parse.ParseQS(fields(parse.DefaultMaxFields))
	require.NoError(t, err)
	assert.Len(t, v.Lookup("a"), parse.DefaultMaxFields-1)
	_, err = parse.ParseQS(fields(parse.DefaultMaxFields + 1))
	require.ErrorIs(t, err, parse.ErrTooManyFields)
	got, err := parse.QueryParser{MaxFields: -1}.ParseQSL(fields(parse.DefaultMaxFields + 1))
	require.NoError(t, err)
	assert.Len(t, got, parse.DefaultMaxFields+1)
}

// TestCollect compares with gathering in a map and a list of its keys.
func TestCollect(t *testing.T) {
	for _, n := range []int{0, 1, 2, 5, 31, 32, 33, 200, 1000} {
		for _, names := range []int{1, 2, 7, 100, 2000} {
			var fields []parse.Pair
			var order []string
			slow := map[string][]string{}
			for i := range n {
				name := fmt.Sprint("n", i*i%names)
				if i%11 == 3 {
					name = ""
				}
				if slow[name] == nil {
					order = append(order, name)
				}
				value := fmt.Sprint(i)
				slow[name] = append(slow[name], value)
				fields = append(fields, parse.Pair{Name: name, Value: value})
			}
			v := parse.Collect(fields)
			var got []string
			for name, values := range v.All() {
				got = append(got, name)
				require.Equal(t, slow[name], values)
				require.Equal(t, slow[name], v.Lookup(name))
			}
			require.Equal(t, order, got)
			require.Equal(t, len(order), v.Len())
			if n > 0 {
				require.Equal(t, url.Values(slow), v.URLValues())
			}
		}
	}
}

func TestValues(t *testing.T) {
	var v parse.Values
	assert.Zero(t, v.Len())
	assert.Equal(t, "", v.Get("a"))
	assert.Nil(t, v.Lookup("a"))
	assert.False(t, v.Has("a"))
	assert.Equal(t, "", v.Encode())
	v.Del("a")
	v.Add("a", "1")
	v.Add("b", "2")
	v.Add("a", "3")
	assert.Equal(t, "a=1&a=3&b=2", v.Encode())
	assert.Equal(t, "1", v.Get("a"))
	assert.True(t, v.Has("b"))
	assert.Equal(t, 2, v.Len())
	v.Set("a", "x", "y", "z")
	assert.Equal(t, "a=x&a=y&a=z&b=2", v.Encode())
	v.Set("c", "4")
	v.Set("b", "5")
	assert.Equal(t, "a=x&a=y&a=z&b=5&c=4", v.Encode())
	v.Set("a", "1")
	assert.Equal(t, "a=1&b=5&c=4", v.Encode())
	v.Del("b")
	v.Del("none")
	assert.Equal(t, "a=1&c=4", v.Encode())
	v.Set("a")
	assert.Equal(t, "c=4", v.Encode())
	for name := range v.All() {
		assert.Equal(t, "c", name)
		break
	}

	// What Lookup returns does not grow into the next name's values.
	v, err := parse.ParseQS("a=1&b=2")
	require.NoError(t, err)
	_ = append(v.Lookup("a"), "x")
	assert.Equal(t, "a=1&b=2", v.Encode())

	m := url.Values{"b": {"1", "2"}, "a": {"x y"}, "c": {}}
	assert.Equal(t, m.Encode(), parse.FromURLValues(m).Encode())
	assert.Equal(t, "a", parse.FromURLValues(m).Pairs()[0].Name)
}

func TestEncode(t *testing.T) {
	fields := pairs("a b", "c&d=e", "é", "", "", "+", "a b", "2")
	assert.Equal(t, "a+b=c%26d%3De&%C3%A9=&=%2B&a+b=2", parse.Encode(fields))
	assert.Equal(t, "", parse.Encode(nil))
	assert.Equal(t, "=", parse.Encode(pairs("", "")))
	assert.Equal(t, "%FF=%00", parse.Encode(pairs("\xff", "\x00")))
	back, err := parse.QueryParser{KeepBlank: true}.ParseQSL(parse.Encode(fields))
	require.NoError(t, err)
	assert.Equal(t, fields, back)

	tests := []struct {
		e    parse.QueryEncoder
		want string
	}{
		{parse.QueryEncoder{}, "a+b=c%26d%3De&%C3%A9=&=%2B&a+b=2"},
		{parse.QueryEncoder{Percent20: true}, "a%20b=c%26d%3De&%C3%A9=&=%2B&a%20b=2"},
		{parse.QueryEncoder{Safe: "=+"}, "a+b=c%26d=e&%C3%A9=&=+&a+b=2"},
		{parse.QueryEncoder{Encoding: parse.Latin1}, "a+b=c%26d%3De&%E9=&=%2B&a+b=2"},
		{parse.QueryEncoder{Encoding: parse.ASCII, Errors: parse.ErrorsXMLCharRef}, "a+b=c%26d%3De&%26%23233%3B=&=%2B&a+b=2"},
	}
	for _, tt := range tests {
		got, err := tt.e.Encode(fields)
		require.NoError(t, err)
		assert.Equal(t, tt.want, got)
	}
	_, err = parse.QueryEncoder{}.Encode(pairs("a", "\xff"))
	require.ErrorIs(t, err, parse.ErrEncode)
	_, err = parse.QueryEncoder{Encoding: parse.ASCII}.Encode(pairs("é", ""))
	require.ErrorIs(t, err, parse.ErrEncode)
}

type (
	word  string
	blob  []byte
	level int8
)

func TestEncodeItems(t *testing.T) {
	tests := []struct {
		value any
		want  string
	}{
		{"a b", "x=a+b"}, {[]byte("\xff é"), "x=%FF+%C3%A9"}, {word("w"), "x=w"}, {blob("b\x00"), "x=b%00"},
		{42, "x=42"}, {int64(-7), "x=-7"}, {uint8(200), "x=200"}, {level(3), "x=3"},
		{true, "x=true"}, {1.5, "x=1.5"}, {float32(0.1), "x=0.1"}, {1e100, "x=1e%2B100"},
		{netip.MustParseAddr("::1"), "x=%3A%3A1"}, {90 * time.Second, "x=1m30s"},
		{time.Date(2024, 5, 1, 10, 0, 0, 0, time.UTC), "x=2024-05-01T10%3A00%3A00Z"},
		{[]string{"a", "b c"}, "x=a&x=b+c"}, {[]any{1, "é", []byte("é")}, "x=1&x=%C3%A9&x=%C3%A9"},
		{[2]int{1, 2}, "x=1&x=2"}, {[]string{}, ""}, {[]netip.Addr{netip.IPv4Unspecified()}, "x=0.0.0.0"},
	}
	for _, tt := range tests {
		got, err := parse.QueryEncoder{}.EncodeItems([]parse.Item{{Name: "x", Value: tt.value}})
		require.NoError(t, err, "%T", tt.value)
		assert.Equal(t, tt.want, got, "%T", tt.value)
	}
	got, err := parse.QueryEncoder{Encoding: parse.Latin1}.EncodeItems([]parse.Item{{1, "é"}, {[]byte("é"), []byte("é")}})
	require.NoError(t, err)
	assert.Equal(t, "1=%E9&%C3%A9=%C3%A9", got, "bytes are not encoded again")

	for _, value := range []any{nil, struct{}{}, map[string]int{}, &got, []any{nil}, [][]string{{"a"}}, func() {}} {
		_, err := parse.QueryEncoder{}.EncodeItems([]parse.Item{{"x", value}})
		require.ErrorIs(t, err, parse.ErrValue, "%T", value)
		_, err = parse.QueryEncoder{}.EncodeItems([]parse.Item{{value, "x"}})
		require.ErrorIs(t, err, parse.ErrValue, "%T", value)
	}
	_, err = parse.QueryEncoder{}.EncodeItems([]parse.Item{{"x", netip.AddrPort{}}, {"y", []string{"\xff"}}})
	require.ErrorIs(t, err, parse.ErrEncode)
	_, err = parse.QueryEncoder{}.EncodeItems([]parse.Item{{"x", time.Date(20000, 1, 1, 0, 0, 0, 0, time.UTC)}})
	require.Error(t, err, "a time that has no text")
}
