package uuid_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/uuid"
)

// rfcTime is the time of the examples in RFC 9562, appendix A and B.1:
// Tuesday, February 22, 2022 2:22:22.00 PM GMT-05:00.
var rfcTime = time.Date(2022, time.February, 22, 19, 22, 22, 0, time.UTC)

// fixed returns a clock that stands still.
func fixed(t time.Time) func() time.Time { return func() time.Time { return t } }

// rfcGenerator has the sources of appendix A.1 and A.5.
func rfcGenerator() *uuid.Generator {
	return &uuid.Generator{
		Now:      fixed(rfcTime),
		Node:     uuid.FixedNode(0x9f6bdeced846),
		ClockSeq: func() uint16 { return 0x33c8 },
	}
}

func TestRFC9562AppendixA(t *testing.T) {
	t.Run("A.1 version 1", func(t *testing.T) {
		u, err := rfcGenerator().NewV1()
		require.NoError(t, err)
		require.Equal(t, uuid.MustParse("C232AB00-9414-11EC-B3C8-9F6BDECED846"), u)
		checkTime(t, u, rfcTime, 1)
		require.Equal(t, uint16(0x33c8), u.ClockSeq())
		require.Equal(t, uint64(0x9f6bdeced846), u.Node())
	})
	t.Run("A.2 version 3", func(t *testing.T) {
		u := uuid.NewV3(uuid.NamespaceDNS, "www.example.com")
		require.Equal(t, "5df41881-3aed-3515-88a7-2f4a814cf09e", u.String())
		checkNoTime(t, u, 3)
	})
	t.Run("A.3 version 4", func(t *testing.T) {
		u := uuid.MustParse("919108f7-52d1-4320-9bac-f847db4148a8")
		checkNoTime(t, u, 4)
		g := uuid.Generator{Rand: bytes.NewReader(u[:])}
		made, err := g.NewV4()
		require.NoError(t, err)
		require.Equal(t, u, made)
	})
	t.Run("A.4 version 5", func(t *testing.T) {
		u := uuid.NewV5(uuid.NamespaceDNS, "www.example.com")
		require.Equal(t, "2ed6657d-e927-568b-95e1-2665a8aea6a2", u.String())
		checkNoTime(t, u, 5)
	})
	t.Run("A.5 version 6", func(t *testing.T) {
		u, err := rfcGenerator().NewV6()
		require.NoError(t, err)
		require.Equal(t, uuid.MustParse("1EC9414C-232A-6B00-B3C8-9F6BDECED846"), u)
		checkTime(t, u, rfcTime, 6)
		require.Equal(t, uint16(0x33c8), u.ClockSeq())
		require.Equal(t, uint64(0x9f6bdeced846), u.Node())
	})
	t.Run("A.6 version 7", func(t *testing.T) {
		u := uuid.MustParse("017F22E2-79B0-7CC3-98C4-DC0C0C07398F")
		checkTime(t, u, rfcTime, 7)
		// Its rand_a and rand_b as a counter whose top bit is set cannot be the
		// first in a millisecond; without that bit it can.
		g := uuid.Generator{
			Now:  fixed(rfcTime),
			Rand: bytes.NewReader([]byte{0x01, 0x30, 0xd8, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f}),
		}
		made, err := g.NewV7()
		require.NoError(t, err)
		require.Equal(t, "017f22e2-79b0-74c3-98c4-dc0c0c07398f", made.String())
		require.Equal(t, uint64(0x017f22e279b0), u.Timestamp())
	})
}

func TestRFC9562AppendixB(t *testing.T) {
	t.Run("B.1 time-based", func(t *testing.T) {
		// 60 bits of 10 ns since 1970, then random bits.
		ticks := uint64(rfcTime.UnixNano() / 10)
		u := uuid.NewV8(ticks>>12, ticks&0xfff, 0x0ec932d5f69181c0)
		require.Equal(t, uuid.MustParse("2489E9AD-2EE2-8E00-8EC9-32D5F69181C0"), u)
		checkNoTime(t, u, 8)
	})
	t.Run("B.2 name-based", func(t *testing.T) {
		sum := sha256.Sum256(append(uuid.NamespaceDNS[:], "www.example.com"...))
		u := uuid.NewV8(
			binary.BigEndian.Uint64(sum[0:])>>16,
			uint64(binary.BigEndian.Uint16(sum[6:])),
			binary.BigEndian.Uint64(sum[8:]),
		)
		require.Equal(t, "5c146b14-3c52-8afd-938a-375d0df1fbf6", u.String())
	})
}

func checkTime(t *testing.T, u uuid.UUID, want time.Time, version int) {
	t.Helper()
	require.Equal(t, version, u.Version())
	require.Equal(t, uuid.RFC4122, u.Variant())
	got, ok := u.Time()
	require.True(t, ok)
	require.Equal(t, want, got)
}

func checkNoTime(t *testing.T, u uuid.UUID, version int) {
	t.Helper()
	require.Equal(t, version, u.Version())
	require.Equal(t, uuid.RFC4122, u.Variant())
	got, ok := u.Time()
	require.False(t, ok)
	require.True(t, got.IsZero())
}
