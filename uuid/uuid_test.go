package uuid_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/uuid"
)

const sample = "12345678-1234-5678-1234-567812345678"

func TestForms(t *testing.T) {
	tests := []struct {
		u              uuid.UUID
		str, hex, urn  string
		decimal        string
		littleEndian   string
		variant        uuid.Variant
		version        int
		timestamp      uint64
		clockSeq       uint16
		node           uint64
		timeLow        uint32
		timeMid, hiVer uint16
	}{
		{
			u: uuid.Nil, str: "00000000-0000-0000-0000-000000000000", hex: "00000000000000000000000000000000",
			urn: "urn:uuid:00000000-0000-0000-0000-000000000000", decimal: "0",
			littleEndian: "00000000000000000000000000000000", variant: uuid.ReservedNCS,
		},
		{
			u: uuid.Max, str: "ffffffff-ffff-ffff-ffff-ffffffffffff", hex: "ffffffffffffffffffffffffffffffff",
			urn: "urn:uuid:ffffffff-ffff-ffff-ffff-ffffffffffff", decimal: "340282366920938463463374607431768211455",
			littleEndian: "ffffffffffffffffffffffffffffffff", variant: uuid.ReservedFuture,
			timestamp: 1<<60 - 1, clockSeq: 0x3fff, node: 1<<48 - 1, timeLow: 0xffffffff, timeMid: 0xffff, hiVer: 0xffff,
		},
		{
			u:   uuid.UUID{0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f},
			str: "00010203-0405-0607-0809-0a0b0c0d0e0f", hex: "000102030405060708090a0b0c0d0e0f",
			urn: "urn:uuid:00010203-0405-0607-0809-0a0b0c0d0e0f", decimal: "5233100606242806050955395731361295",
			littleEndian: "030201000504070608090a0b0c0d0e0f", variant: uuid.ReservedNCS,
			timestamp: 0x607040500010203, clockSeq: 0x809, node: 0x0a0b0c0d0e0f, timeLow: 0x00010203, timeMid: 0x0405, hiVer: 0x0607,
		},
		{
			u: uuid.NamespaceDNS, str: "6ba7b810-9dad-11d1-80b4-00c04fd430c8", hex: "6ba7b8109dad11d180b400c04fd430c8",
			urn: "urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8", decimal: "143098242404177361603877621312831893704",
			littleEndian: "10b8a76bad9dd11180b400c04fd430c8", variant: uuid.RFC4122, version: 1,
			timestamp: 131059232331511824, clockSeq: 180, node: 825973027016, timeLow: 0x6ba7b810, timeMid: 0x9dad, hiVer: 0x11d1,
		},
	}
	for _, tt := range tests {
		t.Run(tt.str, func(t *testing.T) {
			require.Equal(t, tt.str, tt.u.String())
			require.Equal(t, tt.hex, tt.u.Hex())
			require.Equal(t, tt.urn, tt.u.URN())
			require.Equal(t, tt.decimal, tt.u.Int().String())
			le := tt.u.BytesLE()
			require.Equal(t, tt.littleEndian, uuid.UUID(le).Hex())
			require.Equal(t, tt.variant, tt.u.Variant())
			require.Equal(t, tt.version, tt.u.Version())
			require.Equal(t, tt.timestamp, tt.u.Timestamp())
			require.Equal(t, tt.clockSeq, tt.u.ClockSeq())
			require.Equal(t, tt.node, tt.u.Node())
			require.Equal(t, tt.timeLow, tt.u.TimeLow())
			require.Equal(t, tt.timeMid, tt.u.TimeMid())
			require.Equal(t, tt.hiVer, tt.u.TimeHiVersion())
			require.Equal(t, tt.u[8], tt.u.ClockSeqHiVariant())
			require.Equal(t, tt.u[9], tt.u.ClockSeqLow())

			back, err := uuid.FromBytesLE(le[:])
			require.NoError(t, err)
			require.Equal(t, tt.u, back)
			back, err = uuid.FromInt(tt.u.Int())
			require.NoError(t, err)
			require.Equal(t, tt.u, back)
			back, err = uuid.FromFields(tt.u.Fields())
			require.NoError(t, err)
			require.Equal(t, tt.u, back)
		})
	}
}

func TestNamespaces(t *testing.T) {
	for want, ns := range map[string]uuid.UUID{
		"6ba7b810-9dad-11d1-80b4-00c04fd430c8": uuid.NamespaceDNS,
		"6ba7b811-9dad-11d1-80b4-00c04fd430c8": uuid.NamespaceURL,
		"6ba7b812-9dad-11d1-80b4-00c04fd430c8": uuid.NamespaceOID,
		"6ba7b814-9dad-11d1-80b4-00c04fd430c8": uuid.NamespaceX500,
	} {
		require.Equal(t, want, ns.String())
	}
}

// TestEveryByte writes and reads each byte value in each place.
func TestEveryByte(t *testing.T) {
	const digits = "0123456789abcdef"
	for i := range 16 {
		for b := range 256 {
			var u uuid.UUID
			u[i] = byte(b)
			want := strings.Repeat("00", i) + string([]byte{digits[b>>4], digits[b&15]}) + strings.Repeat("00", 15-i)
			require.Equal(t, want, u.Hex())
			require.Equal(t, want, strings.ReplaceAll(u.String(), "-", ""))
			back, err := uuid.ParseStrict(u.String())
			require.NoError(t, err)
			require.Equal(t, u, back)
			back, err = uuid.Parse(strings.ToUpper(want))
			require.NoError(t, err)
			require.Equal(t, u, back)
		}
	}
}

func TestCompare(t *testing.T) {
	ascending := []uuid.UUID{
		uuid.Nil,
		uuid.MustParse("00000000-0000-0000-0000-000000000001"),
		uuid.MustParse("00000000-0000-0000-8000-000000000000"),
		uuid.MustParse("00000000-0000-0001-0000-000000000000"),
		uuid.MustParse("7fffffff-ffff-ffff-ffff-ffffffffffff"),
		uuid.MustParse("80000000-0000-0000-0000-000000000000"),
		uuid.Max,
	}
	for i, u := range ascending {
		for j, v := range ascending {
			want := 0
			if i < j {
				want = -1
			} else if i > j {
				want = 1
			}
			require.Equal(t, want, u.Compare(v), "%v %v", u, v)
			require.Equal(t, want, u.Int().Cmp(v.Int()), "the order of the integers")
		}
	}
	mixed := slices.Clone(ascending)
	slices.Reverse(mixed)
	slices.SortFunc(mixed, uuid.UUID.Compare)
	require.Equal(t, ascending, mixed)
}

func TestVariants(t *testing.T) {
	for b := range 256 {
		u := uuid.UUID{6: 0x40, 8: byte(b)}
		want, version := uuid.ReservedFuture, 0
		switch {
		case b < 0x80:
			want = uuid.ReservedNCS
		case b < 0xc0:
			want, version = uuid.RFC4122, 4
		case b < 0xe0:
			want = uuid.ReservedMicrosoft
		}
		require.Equal(t, want, u.Variant(), "%#x", b)
		require.Equal(t, version, u.Version(), "%#x", b)
	}
	require.Equal(t, "reserved for NCS compatibility", uuid.ReservedNCS.String())
	require.Equal(t, "specified in RFC 4122", uuid.RFC4122.String())
	require.Equal(t, "reserved for Microsoft compatibility", uuid.ReservedMicrosoft.String())
	require.Equal(t, "reserved for future definition", uuid.ReservedFuture.String())
	require.Equal(t, "Variant(9)", uuid.Variant(9).String())
}

func TestWithVersion(t *testing.T) {
	for v := range 16 {
		for _, u := range []uuid.UUID{uuid.Nil, uuid.Max, uuid.MustParse(sample)} {
			got, err := u.WithVersion(v)
			if v < 1 || v > 8 {
				require.ErrorIs(t, err, uuid.ErrRange)
				require.Equal(t, uuid.Nil, got)
				continue
			}
			require.NoError(t, err)
			require.Equal(t, v, got.Version())
			require.Equal(t, uuid.RFC4122, got.Variant())
			got[6] = got[6]&0x0f | u[6]&0xf0
			got[8] = got[8]&0x3f | u[8]&0xc0
			require.Equal(t, u, got, "all other bits are kept")
		}
	}
	_, err := uuid.Nil.WithVersion(-1)
	require.EqualError(t, err, "uuid: version -1 is out of range")
	require.Equal(t, 15, uuid.UUID{6: 0xf0, 8: 0x80}.Version(), "read as it is")
}

func TestSafeUUID(t *testing.T) {
	tests := []struct {
		s    uuid.SafeUUID
		name string
		code int
		ok   bool
	}{
		{uuid.Safe, "safe", 0, true},
		{uuid.Unsafe, "unsafe", -1, true},
		{uuid.SafeUnknown, "unknown", 0, false},
		{uuid.SafeUUID(7), "SafeUUID(7)", 0, false},
	}
	for _, tt := range tests {
		require.Equal(t, tt.name, tt.s.String())
		code, ok := tt.s.Code()
		require.Equal(t, tt.code, code)
		require.Equal(t, tt.ok, ok)
	}
	require.Equal(t, uuid.SafeUnknown, uuid.NewV1().IsSafe())
}
