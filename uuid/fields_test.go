package uuid_test

import (
	"math"
	"math/big"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/uuid"
)

func TestFromFields(t *testing.T) {
	widest := uuid.Fields{
		TimeLow: 1<<32 - 1, TimeMid: 1<<16 - 1, TimeHiVersion: 1<<16 - 1,
		ClockSeqHiVariant: 1<<8 - 1, ClockSeqLow: 1<<8 - 1, Node: 1<<48 - 1,
	}
	u, err := uuid.FromFields(widest)
	require.NoError(t, err)
	require.Equal(t, uuid.Max, u)
	u, err = uuid.FromFields(uuid.Fields{})
	require.NoError(t, err)
	require.Equal(t, uuid.Nil, u)
	u, err = uuid.FromFields(uuid.Fields{0x12345678, 0x1234, 0x5678, 0x12, 0x34, 0x567812345678})
	require.NoError(t, err)
	require.Equal(t, sample, u.String())

	fields := []struct {
		name string
		bits int
		set  func(f *uuid.Fields, n int64)
	}{
		{"time_low", 32, func(f *uuid.Fields, n int64) { f.TimeLow = n }},
		{"time_mid", 16, func(f *uuid.Fields, n int64) { f.TimeMid = n }},
		{"time_hi_version", 16, func(f *uuid.Fields, n int64) { f.TimeHiVersion = n }},
		{"clock_seq_hi_variant", 8, func(f *uuid.Fields, n int64) { f.ClockSeqHiVariant = n }},
		{"clock_seq_low", 8, func(f *uuid.Fields, n int64) { f.ClockSeqLow = n }},
		{"node", 48, func(f *uuid.Fields, n int64) { f.Node = n }},
	}
	for _, tt := range fields {
		for _, n := range []int64{-1, 1 << tt.bits, math.MinInt64, math.MaxInt64} {
			f := widest
			tt.set(&f, n)
			u, err := uuid.FromFields(f)
			require.Equal(t, uuid.Nil, u)
			var re *uuid.RangeError
			require.ErrorAs(t, err, &re)
			require.Equal(t, tt.name, re.Field)
			require.Equal(t, tt.bits, re.Bits)
			require.Equal(t, big.NewInt(n).String(), re.Value)
			require.ErrorIs(t, err, uuid.ErrRange)
		}
	}
	_, err = uuid.FromFields(uuid.Fields{TimeLow: 1 << 32})
	require.EqualError(t, err, "uuid: time_low 4294967296 is out of range: it must have at most 32 bits and no sign")
}

func TestFromBytes(t *testing.T) {
	b := []byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}
	u, err := uuid.FromBytes(b)
	require.NoError(t, err)
	require.Equal(t, "00010203-0405-0607-0809-0a0b0c0d0e0f", u.String())
	le, err := uuid.FromBytesLE(b)
	require.NoError(t, err)
	require.Equal(t, "03020100-0504-0706-0809-0a0b0c0d0e0f", le.String())
	b[0] = 0xff
	require.Equal(t, byte(0), u[0], "the bytes are copied")

	for _, n := range []int{0, 1, 15, 17, 32, 36} {
		u, err := uuid.FromBytes(make([]byte, n))
		require.ErrorIs(t, err, uuid.ErrLength)
		require.Equal(t, uuid.Nil, u)
		_, err = uuid.FromBytesLE(make([]byte, n))
		require.ErrorIs(t, err, uuid.ErrLength)
	}
}

func TestFromInt(t *testing.T) {
	limit := new(big.Int).Lsh(big.NewInt(1), 128)
	for _, n := range []*big.Int{big.NewInt(0), big.NewInt(1), new(big.Int).Sub(limit, big.NewInt(1)), uuid.NamespaceURL.Int()} {
		u, err := uuid.FromInt(n)
		require.NoError(t, err)
		require.Zero(t, n.Cmp(u.Int()))
	}
	huge := new(big.Int).Lsh(big.NewInt(1), 1<<20)
	for n, value := range map[*big.Int]string{
		nil:            "<nil>",
		big.NewInt(-1): "-1",
		limit:          "340282366920938463463374607431768211456",
		huge:           "of 1048577 bits",
	} {
		u, err := uuid.FromInt(n)
		require.Equal(t, uuid.Nil, u)
		var re *uuid.RangeError
		require.ErrorAs(t, err, &re)
		require.Equal(t, uuid.RangeError{Field: "int", Bits: 128, Value: value}, *re)
	}
}

func TestTime(t *testing.T) {
	start := time.Date(1582, time.October, 15, 0, 0, 0, 0, time.UTC)
	tests := []struct {
		u    string
		want time.Time
	}{
		{"00000000-0000-1000-8000-000000000000", start},
		{"00000001-0000-1000-8000-000000000000", start.Add(100)},
		{"13814000-1dd2-11b2-8000-000000000000", time.Unix(0, 0).UTC()},
		{"13813fff-1dd2-11b2-8000-000000000000", time.Unix(0, -100).UTC()},
		{"ffffffff-ffff-1fff-bfff-ffffffffffff", time.Date(5236, time.March, 31, 21, 21, 0, 684697500, time.UTC)},
		{"00000000-0000-6000-8000-000000000000", start},
		{"00000000-0000-6001-8000-000000000000", start.Add(100)},
		{"1b21dd21-3814-6000-8000-000000000000", time.Unix(0, 0).UTC()},
		{"ffffffff-ffff-6fff-bfff-ffffffffffff", time.Date(5236, time.March, 31, 21, 21, 0, 684697500, time.UTC)},
		{"00000000-0000-7000-8000-000000000000", time.Unix(0, 0).UTC()},
		{"00000000-0001-7000-8000-000000000000", time.UnixMilli(1).UTC()},
		{"ffffffff-ffff-7fff-bfff-ffffffffffff", time.Date(10889, time.August, 2, 5, 31, 50, 655000000, time.UTC)},
	}
	for _, tt := range tests {
		got, ok := uuid.MustParse(tt.u).Time()
		require.True(t, ok)
		require.Equal(t, tt.want, got, tt.u)
	}
	for _, u := range []string{
		"00000000-0000-2000-8000-000000000000", "00000000-0000-4000-8000-000000000000",
		"00000000-0000-8000-8000-000000000000", "00000000-0000-f000-8000-000000000000",
		"00000000-0000-1000-0000-000000000000", // version 1 of another variant
		"00000000-0000-7000-c000-000000000000",
		uuid.Nil.String(), uuid.Max.String(),
	} {
		_, ok := uuid.MustParse(u).Time()
		require.False(t, ok, u)
	}
}

// TestTimeRoundTrip makes UUIDs of many times and reads the times back.
func TestTimeRoundTrip(t *testing.T) {
	for _, at := range []time.Time{
		time.Date(1582, time.October, 15, 0, 0, 0, 100, time.UTC),
		time.Date(1969, time.December, 31, 23, 59, 59, 999_999_900, time.UTC),
		time.Unix(0, 0).UTC(),
		rfcTime.Add(123_456_700),
		time.Date(5236, time.March, 31, 21, 21, 0, 684697500, time.UTC),
	} {
		for version, next := range methods {
			if version == 7 && at.Year() < 1970 {
				continue
			}
			u, err := next(&uuid.Generator{Now: fixed(at)})
			require.NoError(t, err)
			got, ok := u.Time()
			require.True(t, ok)
			want := at
			if version == 7 {
				want = at.Truncate(time.Millisecond)
			}
			require.Equal(t, want, got, "version %d", version)
		}
	}
}
