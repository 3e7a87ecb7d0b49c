package ipaddress_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/ipaddress"
)

func TestFormat(t *testing.T) {
	tests := []struct {
		format string
		v      any
		want   string
	}{
		{"%v", addr("192.0.2.1"), "192.0.2.1"},
		{"%s", addr("::1"), "::1"},
		{"%+v", addr("::1"), "0000:0000:0000:0000:0000:0000:0000:0001"},
		{"%#v", addr("::1"), `ipaddress.Addr{"::1"}`},
		{"%q", addr("fe80::1%é"), `"fe80::1%é"`},
		{"%d", addr("192.0.2.1"), "3221225985"},
		{"%d", addr("2001:db8::1"), "42540766411282592856903984951653826561"},
		{"%x", addr("10.0.0.1"), "0a000001"},
		{"%#X", addr("10.0.0.1"), "0X0A000001"},
		{"%x", addr("::1%z"), "00000000000000000000000000000001"},
		{"%#b", addr("1.2.3.4"), "0b00000001000000100000001100000100"},
		{"[%12s]", addr("192.0.2.1"), "[   192.0.2.1]"},
		{"[%-12s]", addr("192.0.2.1"), "[192.0.2.1   ]"},
		{"[%10x]", addr("10.0.0.1"), "[  0a000001]"},
		{"[%.5s]", addr("192.0.2.1"), "[192.0]"},
		{"%o", addr("192.0.2.1"), "%!o(ipaddress.Addr=192.0.2.1)"},
		{"%v", ipaddress.Addr{}, "invalid IP"},
		{"%x", ipaddress.Addr{}, "%!x(ipaddress.Addr=invalid IP)"},
		{"%v", network("10.0.0.0/8"), "10.0.0.0/8"},
		{"%+v", network("::/0"), "0000:0000:0000:0000:0000:0000:0000:0000/0"},
		{"%q", network("10.0.0.0/8"), `"10.0.0.0/8"`},
		{"%x", network("10.0.0.0/8"), "%!x(ipaddress.Network=10.0.0.0/8)"},
		{"[%14v]", network("10.0.0.0/8"), "[    10.0.0.0/8]"},
		{"%v", iface("10.0.0.5/8"), "10.0.0.5/8"},
		{"%x", iface("10.0.0.5/8"), "0a000005"},
		{"%#v", iface("10.0.0.5/8"), `ipaddress.Interface{"10.0.0.5/8"}`},
		{"%v", []ipaddress.Addr{addr("::1")}, "[::1]"},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.want, fmt.Sprintf(tt.format, tt.v), "%s of %v", tt.format, tt.v)
	}
}

func TestFormatSpec(t *testing.T) {
	tests := []struct{ addr, spec, want string }{
		{"192.0.2.1", "", "192.0.2.1"},
		{"192.0.2.1", "s", "192.0.2.1"},
		{"192.0.2.1", "12s", "192.0.2.1   "},
		{"192.0.2.1", ">12s", "   192.0.2.1"},
		{"192.0.2.1", "*^12s", "*192.0.2.1**"},
		{"192.0.2.1", "é<11s", "192.0.2.1éé"},
		{"192.0.2.1", "<<11s", "192.0.2.1<<"},
		{"192.0.2.1", "011s", "192.0.2.100"},
		{"192.0.2.1", ">011s", "00192.0.2.1"},
		{"192.0.2.1", "*>011s", "**192.0.2.1"},
		{"192.0.2.1", ".5s", "192.0"},
		{"192.0.2.1", ".0s", ""},
		{"192.0.2.1", "8.5s", "192.0   "},
		{"fe80::1%éé", ".9s", "fe80::1%é"},
		{"192.0.2.1", "b", "11000000000000000000001000000001"},
		{"192.0.2.1", "n", "11000000000000000000001000000001"},
		{"192.0.2.1", "x", "c0000201"},
		{"192.0.2.1", "X", "C0000201"},
		{"192.0.2.1", "#x", "0xc0000201"},
		{"192.0.2.1", "_b", "1100_0000_0000_0000_0000_0010_0000_0001"},
		{"192.0.2.1", "#_X", "0XC000_0201"},
		{"0.0.0.1", "#_n", "0b0000_0000_0000_0000_0000_0000_0000_0001"},
		{"2001:db8::1", "n", "20010db8000000000000000000000001"},
		{"2001:db8::1", "#_n", "0x2001_0db8_0000_0000_0000_0000_0000_0001"},
	}
	for _, tt := range tests {
		got, err := addr(tt.addr).FormatSpec(tt.spec)
		require.NoError(t, err, tt.spec)
		assert.Equal(t, tt.want, got, tt.spec)
	}
	for _, spec := range []string{
		"d", "o", "B", "S", "#", "_", "_#x", "##x", "__x", "10b", "010x", ",x", " x", "x ", "20", ">20",
		"#s", "+s", "=10s", "-s", ",s", "_s", "zs", "1.s", "s.5s", "s ", "65537s", ".65537s", "99999999999999999999s", "é",
	} {
		_, err := addr("192.0.2.1").FormatSpec(spec)
		assert.ErrorIs(t, err, ipaddress.ErrFormat, "%q", spec)
	}
	_, err := ipaddress.Addr{}.FormatSpec("x")
	assert.ErrorIs(t, err, ipaddress.ErrFormat)
	got, err := iface("10.0.0.5/8").FormatSpec(">12s")
	require.NoError(t, err)
	assert.Equal(t, "  10.0.0.5/8", got)
	got, err = iface("10.0.0.5/8").FormatSpec("_x")
	require.NoError(t, err)
	assert.Equal(t, "0a00_0005", got)
}
