package ipaddress_test

import (
	"bytes"
	"database/sql"
	"database/sql/driver"
	"encoding"
	"encoding/gob"
	"encoding/json"
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/ipaddress"
)

// codec is what each of the three types is, by value and by pointer.
type codec interface {
	encoding.TextMarshaler
	encoding.TextAppender
	encoding.BinaryMarshaler
	encoding.BinaryAppender
	driver.Valuer
	String() string
}

type decoder interface {
	encoding.TextUnmarshaler
	encoding.BinaryUnmarshaler
	sql.Scanner
}

// testCodec takes v through each of the codecs.
func testCodec[T interface {
	comparable
	codec
}, P interface {
	*T
	decoder
}](t *testing.T, v T) {
	t.Helper()
	var zero T
	wantText := v.String()
	if v == zero {
		wantText = ""
	}
	text, err := v.MarshalText()
	require.NoError(t, err)
	assert.Equal(t, wantText, string(text))
	appended, err := v.AppendText([]byte("> "))
	require.NoError(t, err)
	assert.Equal(t, "> "+wantText, string(appended))
	decode(t, "UnmarshalText", v, func(p P) error { return p.UnmarshalText(text) })

	bin, err := v.MarshalBinary()
	require.NoError(t, err)
	appended, err = v.AppendBinary([]byte{7})
	require.NoError(t, err)
	assert.Equal(t, append([]byte{7}, bin...), appended)
	decode(t, "UnmarshalBinary", v, func(p P) error { return p.UnmarshalBinary(bin) })

	value, err := v.Value()
	require.NoError(t, err)
	assert.Equal(t, v == zero, value == nil)
	decode(t, "Scan", v, func(p P) error { return p.Scan(value) })
	decode(t, "Scan of bytes", v, func(p P) error { return p.Scan(text) })

	js, err := json.Marshal(map[T][]T{v: {v}})
	require.NoError(t, err)
	var m map[T][]T
	require.NoError(t, json.Unmarshal(js, &m))
	assert.Equal(t, map[T][]T{v: {v}}, m, string(js))

	var buf bytes.Buffer
	require.NoError(t, gob.NewEncoder(&buf).Encode(v))
	decode(t, "gob", v, func(p P) error { return gob.NewDecoder(&buf).Decode(p) })

	x := v
	for _, bad := range []string{"x", "10.0.0.1/8/", "10.0.0.0/33", "::%"} {
		assert.Error(t, P(&x).UnmarshalText([]byte(bad)), bad)
		assert.Error(t, P(&x).Scan(bad), bad)
	}
	for _, bad := range [][]byte{{1, 2, 3}, make([]byte, 18), append(make([]byte, 16), "%%\x40"...)} {
		if err := P(&x).UnmarshalBinary(bad); !assert.Error(t, err, "%x", bad) {
			continue
		}
	}
	assert.ErrorIs(t, P(&x).Scan(42), ipaddress.ErrAddress)
	assert.Equal(t, v, x, "an error changes nothing")
}

func decode[T comparable, P *T](t *testing.T, name string, want T, f func(P) error) {
	t.Helper()
	var got T
	require.NoError(t, f(&got), name)
	assert.Equal(t, want, got, name)
}

func TestCodecs(t *testing.T) {
	for _, a := range []ipaddress.Addr{{}, addr("192.0.2.1"), addr("2001:db8::1"), addr("::ffff:1.2.3.4"), addr("fe80::1%eth0")} {
		testCodec(t, a)
		mine, err := a.MarshalBinary()
		require.NoError(t, err)
		theirs, err := a.Netip().MarshalBinary()
		require.NoError(t, err)
		assert.Equal(t, theirs, mine, "%v: the form of net/netip", a)
	}
	for _, n := range []ipaddress.Network{{}, network("192.0.2.0/24"), network("2001:db8::/32"), network("fe80::%eth0/64"), network("0.0.0.0/0")} {
		testCodec(t, n)
		if n.Zone() == "" && n.IsValid() {
			mine, err := n.MarshalBinary()
			require.NoError(t, err)
			var p netip.Prefix
			require.NoError(t, p.UnmarshalBinary(mine))
			theirs, _ := n.Netip()
			assert.Equal(t, theirs, p)
		}
	}
	for _, i := range []ipaddress.Interface{{}, iface("192.0.2.1/24"), iface("2001:db8::1/32"), iface("fe80::1%eth0/64")} {
		testCodec(t, i)
	}
}

func TestUnmarshalBinaryErrors(t *testing.T) {
	var n ipaddress.Network
	assert.ErrorIs(t, n.UnmarshalBinary([]byte{10, 0, 0, 1, 8}), ipaddress.ErrHostBits)
	assert.ErrorIs(t, n.UnmarshalBinary([]byte{10, 0, 0, 0, 33}), ipaddress.ErrNetmask)
	assert.ErrorIs(t, n.UnmarshalBinary([]byte{8}), ipaddress.ErrAddress)
	var i ipaddress.Interface
	assert.NoError(t, i.UnmarshalBinary([]byte{10, 0, 0, 1, 8}))
	assert.ErrorIs(t, i.UnmarshalBinary([]byte{10, 0, 0, 0, 33}), ipaddress.ErrNetmask)
	var a ipaddress.Addr
	assert.ErrorIs(t, a.UnmarshalBinary(make([]byte, 5)), ipaddress.ErrAddress)
	assert.NoError(t, a.Scan(nil))
	assert.Equal(t, ipaddress.Addr{}, a)
}
