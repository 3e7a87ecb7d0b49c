package telnet_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/protocols/telnet"
)

// streams are what may come, and what it means in each of the modes.
var streams = []struct {
	name, in         string
	python, nvt, raw string
	cmds             []telnet.Seen
}{
	{"nothing", "", "", "", "", nil},
	{"text", "abc", "abc", "abc", "abc", nil},
	{"IAC doubled", "a\xff\xffb\xff\xff", "a\xffb\xff", "a\xffb\xff", "a\xffb\xff", nil},
	{"NUL and XON", "a\x00b\x11c", "abc", "ab\x11c", "a\x00b\x11c", nil},
	{"line ends", "a\r\nb\r\x00c\rd\n", "a\r\nb\rc\rd\n", "a\nb\rc\rd\n", "a\r\nb\r\x00c\rd\n", nil},
	{"CR at the end", "a\r", "a\r", "a\r", "a\r", nil},
	{"CR before IAC", "\r\xff\xff\r\xff\xf1\n", "\r\xff\r\n", "\r\xff\r\n", "\r\xff\r\n", []telnet.Seen{{Cmd: telnet.CmdNOP}}},
	{"commands", "a\xff\xf6b\xff\xf9", "ab", "ab", "ab", []telnet.Seen{{Cmd: telnet.CmdAYT}, {Cmd: telnet.CmdGA}}},
	{"no command", "a\xff\x07b\xff\x00", "ab", "ab", "ab", []telnet.Seen{{Cmd: 7}, {Cmd: 0}}},
	{"options", "\xff\xfb\x01\xff\xfc\x03\xff\xfd\xff\xff\xfe\x00x", "x", "x", "x", []telnet.Seen{
		{Cmd: telnet.CmdWill, Opt: telnet.OptEcho}, {Cmd: telnet.CmdWont, Opt: telnet.OptSGA},
		{Cmd: telnet.CmdDo, Opt: telnet.OptExOpl}, {Cmd: telnet.CmdDont, Opt: telnet.OptBinary}}},
	{"subnegotiation", "a\xff\xfa\x1f\x00\x50\xff\xff\r\n\x11\xff\xf0b", "ab", "ab", "ab", []telnet.Seen{
		{Cmd: telnet.CmdSB}, {Cmd: telnet.CmdSE, SB: "\x1f\x00\x50\xff\r\n\x11"}}},
	{"SE alone", "a\xff\xf0b", "ab", "ab", "ab", []telnet.Seen{{Cmd: telnet.CmdSE}}},
	{"command within", "\xff\xfa\x18\xff\xfd\x01x\xff\xf0", "", "", "", []telnet.Seen{
		{Cmd: telnet.CmdSB}, {Cmd: telnet.CmdDo, Opt: telnet.OptEcho}, {Cmd: telnet.CmdSE, SB: "\x18x"}}},
	{"one within another", "\xff\xfaab\xff\xfacd\xff\xf0e", "e", "e", "e", []telnet.Seen{
		{Cmd: telnet.CmdSB}, {Cmd: telnet.CmdSB}, {Cmd: telnet.CmdSE, SB: "cd"}}},
	{"without an end", "a\xff\xfabc", "a", "a", "a", []telnet.Seen{{Cmd: telnet.CmdSB}}},
	{"cut", "a\xff\xfd", "a", "a", "a", nil},
}

func TestDecode(t *testing.T) {
	for _, tt := range streams {
		for mode, want := range map[telnet.Mode]string{telnet.ModePython: tt.python, telnet.ModeNVT: tt.nvt, telnet.ModeRaw: tt.raw} {
			data, cmds, err := telnet.Decode(mode, []byte(tt.in))
			require.NoError(t, err)
			require.Equal(t, want, string(data), "%s, mode %d", tt.name, mode)
			require.Equal(t, tt.cmds, cmds, tt.name)
			// Wherever it is cut.
			for i := range tt.in {
				data, cmds, err := telnet.Decode(mode, []byte(tt.in[:i]), []byte(tt.in[i:]))
				require.NoError(t, err)
				require.Equal(t, want, string(data), "%s, mode %d, cut at %d", tt.name, mode, i)
				require.Equal(t, tt.cmds, cmds, "%s, cut at %d", tt.name, i)
			}
			if mode != telnet.ModeNVT {
				data, cmds, err := telnet.DecodeInPlace(mode, []byte(tt.in))
				require.NoError(t, err)
				require.Equal(t, want, string(data), "%s, in place", tt.name)
				require.Equal(t, tt.cmds, cmds, tt.name)
			}
		}
	}
}

func TestNames(t *testing.T) {
	require.Equal(t, "DO NAWS", telnet.CmdDo.String()+" "+telnet.OptNAWS.String())
	require.Equal(t, "SE IAC BRK", telnet.CmdSE.String()+" "+telnet.CmdIAC.String()+" "+telnet.CmdBreak.String())
	require.Equal(t, "COMMAND(7) OPTION(99)", telnet.Command(7).String()+" "+telnet.Option(99).String())
	require.Equal(t, "BINARY EXOPL", telnet.OptNone.String()+" "+telnet.OptExOpl.String())
	for c := telnet.CmdSE; c != 0; c++ {
		require.NotEmpty(t, c.String())
	}
}
