package telnet_test

import (
	"bytes"
	"context"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/protocols/telnet"
	"github.com/pynet-go/pynet/protocols/telnet/telnettest"
)

// slow decodes a stream a byte at a time, as it stands in RFC 854 and 855.
func slow(mode telnet.Mode, in []byte) (data []byte, cmds []telnet.Seen) {
	var sb []byte
	inSB, cr := false, false
	add := func(b byte) {
		if inSB {
			sb = append(sb, b)
		} else {
			data = append(data, b)
		}
	}
	for i := 0; i < len(in); i++ {
		b := in[i]
		if cr && !inSB {
			cr = false
			switch b {
			case '\n':
				data = append(data, '\n')
				continue
			case 0:
				data = append(data, '\r')
				continue
			}
			data = append(data, '\r')
		}
		if b != 0xff {
			drop := false
			if !inSB {
				drop = mode == telnet.ModePython && (b == 0 || b == 0x11) || mode == telnet.ModeNVT && b == 0
				if mode == telnet.ModeNVT && b == '\r' {
					cr, drop = true, true
				}
			}
			if !drop {
				add(b)
			}
			continue
		}
		if i++; i == len(in) {
			break
		}
		switch c := telnet.Command(in[i]); c {
		case telnet.CmdIAC:
			add(0xff)
		case telnet.CmdWill, telnet.CmdWont, telnet.CmdDo, telnet.CmdDont:
			if i++; i < len(in) {
				cmds = append(cmds, telnet.Seen{Cmd: c, Opt: telnet.Option(in[i])})
			}
		case telnet.CmdSB:
			inSB, sb = true, nil
			cmds = append(cmds, telnet.Seen{Cmd: c})
		case telnet.CmdSE:
			inSB = false
			cmds = append(cmds, telnet.Seen{Cmd: c, SB: string(sb)})
			sb = nil
		default:
			cmds = append(cmds, telnet.Seen{Cmd: c})
		}
	}
	if cr {
		data = append(data, '\r')
	}
	return data, cmds
}

// FuzzDecode: however a stream is cut, it means what the slow decoder says.
func FuzzDecode(f *testing.F) {
	for i, s := range streams {
		f.Add([]byte(s.in), uint8(i), uint8(3*i))
	}
	f.Fuzz(func(t *testing.T, in []byte, mode, cut uint8) {
		m := telnet.Mode(mode % 3)
		want, seen := slow(m, in)
		var pieces [][]byte
		for rest := in; len(rest) > 0; {
			n := min(len(rest), 1+int(cut)%17)
			pieces = append(pieces, rest[:n])
			rest, cut = rest[n:], cut*7+3
		}
		for _, p := range [][][]byte{{in}, pieces} {
			data, cmds, err := telnet.Decode(m, p...)
			require.NoError(t, err)
			require.Equal(t, string(want), string(data))
			require.Equal(t, seen, cmds)
		}
		if m != telnet.ModeNVT {
			data, cmds, err := telnet.DecodeInPlace(m, bytes.Clone(in))
			require.NoError(t, err)
			require.Equal(t, string(want), string(data))
			require.Equal(t, seen, cmds)
		}
	})
}

// FuzzRoundTrip: what one end writes the other reads, and no data are a command.
func FuzzRoundTrip(f *testing.F) {
	for i, s := range streams {
		f.Add([]byte(s.in), uint8(i))
	}
	f.Fuzz(func(t *testing.T, in []byte, mode uint8) {
		m := telnet.Mode(mode % 3)
		a, b := telnettest.Pipe()
		cmds := 0
		from := telnet.NewClient(a, &telnet.Config{Mode: m})
		to := telnet.NewClient(b, &telnet.Config{Mode: m, OnCommand: func(*telnet.Conn, telnet.Command, telnet.Option) { cmds++ }})
		n, err := from.Write(in)
		require.NoError(t, err)
		require.Equal(t, len(in), n)
		require.NoError(t, from.Close())
		got, err := to.ReadAll(context.Background())
		require.NoError(t, err)
		require.Zero(t, cmds)
		want := in
		switch m {
		case telnet.ModePython:
			want = bytes.ReplaceAll(bytes.ReplaceAll(in, []byte{0}, nil), []byte{0x11}, nil)
		case telnet.ModeNVT: // CR LF is a line end as LF is, NUL is nothing
			want = bytes.ReplaceAll(bytes.ReplaceAll(in, []byte("\r\n"), []byte("\n")), []byte{0}, nil)
		}
		require.Equal(t, string(want), string(got))
	})
}

// FuzzPeer: whatever comes, a host's end with all options answers no more than it is asked,
// and ends with the stream.
func FuzzPeer(f *testing.F) {
	for _, s := range streams {
		f.Add([]byte(s.in))
	}
	f.Add([]byte("\xff\xfb\x18\xff\xfa\x18\x00VT220\xff\xf0\xff\xfb\x27\xff\xfa\x27\x00\x00USER\x01bob\x02\x01\x03X\xff\xf0\xff\xfb\x1f\xff\xfa\x1f\x00\x50\x00\x18\xff\xf0"))
	f.Add([]byte("\xff\xfd\x18\xff\xfa\x18\x01\xff\xf0\xff\xfd\x27\xff\xfa\x27\x01\x03\x00USER\xff\xf0\xff\xfd\x1f"))
	f.Fuzz(func(t *testing.T, in []byte) {
		a, b := telnettest.Pipe()
		env := map[string]string{"USER": "bob"}
		c := telnet.NewServerConn(a, &telnet.Config{Options: &telnet.Options{
			Local: []telnet.Option{telnet.OptEcho}, Remote: []telnet.Option{telnet.OptTType, telnet.OptNAWS},
			Terminals: []string{"A", "B"}, Window: telnet.Window{Columns: 255, Rows: 1}, Environ: env, EnvironNames: []string{"USER"},
			OnSubnegotiation: func(*telnet.Conn, telnet.Option, []byte) {},
			OnChange:         func(*telnet.Conn, telnet.Option, bool, bool) {},
		}})
		b.Write(in)
		b.(interface{ CloseWrite() error }).CloseWrite()
		data, err := c.ReadAll(context.Background())
		require.NoError(t, err)
		require.LessOrEqual(t, len(data), len(in))
		for name, value := range c.Environ() {
			require.Equal(t, "USER", name)
			require.NotContains(t, value, "\x00")
			require.False(t, len(value) > 0 && value[0] == '-')
		}
		require.NoError(t, c.Close())
		out, err := io.ReadAll(b)
		require.NoError(t, err)
		require.LessOrEqual(t, len(out), 20*len(in)+64)
		back, _, err := telnet.Decode(telnet.ModeRaw, out)
		require.NoError(t, err)
		require.Empty(t, back, "answers are no data")
	})
}

// FuzzPrintable: nothing that commands a terminal passes, and writes may be cut anywhere.
func FuzzPrintable(f *testing.F) {
	for _, s := range []string{"plain", "\x1b[31mred\x1b[0m", "\x1b]52;c;eA==\x07x", "\x1bP1\x1b\\y", "\x9b31mz", "é\u009b31m\u00a0ü", "\xc2\xc2\x9b1m", "\x1b(B", "\xe2\x82\xac\x80\x9dx\x9c"} {
		f.Add([]byte(s), uint8(3))
	}
	f.Fuzz(func(t *testing.T, in []byte, cut uint8) {
		var whole, pieces bytes.Buffer
		telnet.Printable(&whole).Write(in)
		w := telnet.Printable(&pieces)
		for rest := in; len(rest) > 0; {
			n := min(len(rest), 1+int(cut)%5)
			w.Write(rest[:n])
			rest, cut = rest[n:], cut*5+1
		}
		require.Equal(t, whole.String(), pieces.String())
		for _, r := range whole.Bytes() {
			require.True(t, r >= ' ' && r != 0x7f || bytes.ContainsRune([]byte("\t\n\r\b"), rune(r)), "%q", whole.Bytes())
		}
		for _, r := range whole.String() {
			require.False(t, r >= 0x80 && r < 0xa0, "%q", whole.Bytes())
		}
		var again bytes.Buffer
		telnet.Printable(&again).Write(whole.Bytes())
		require.Equal(t, whole.String(), again.String())
	})
}
