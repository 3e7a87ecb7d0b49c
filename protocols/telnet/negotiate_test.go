package telnet_test

import (
	"context"
	"io"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/protocols/telnet"
	"github.com/pynet-go/pynet/protocols/telnet/telnettest"
)

// TestQMethod holds the machine to the tables of RFC 1143 section 7.
func TestQMethod(t *testing.T) {
	type row struct {
		from telnet.Phase
		to   telnet.Phase
		sent string
	}
	for name, tt := range map[string]struct {
		do   func(telnet.Phase) (telnet.Phase, string)
		rows []row
	}{
		"WILL, allowed": {func(p telnet.Phase) (telnet.Phase, string) { return telnet.Receive(p, true, true) }, []row{
			{telnet.Off, telnet.On, "yes"}, {telnet.On, telnet.On, ""}, {telnet.WantOff, telnet.Off, ""},
			{telnet.WantOffOn, telnet.On, ""}, {telnet.WantOn, telnet.On, ""}, {telnet.WantOnOff, telnet.WantOff, "no"}}},
		"WILL, not allowed": {func(p telnet.Phase) (telnet.Phase, string) { return telnet.Receive(p, true, false) }, []row{
			{telnet.Off, telnet.Off, "no"}, {telnet.On, telnet.On, ""}, {telnet.WantOn, telnet.On, ""}}},
		"WONT": {func(p telnet.Phase) (telnet.Phase, string) { return telnet.Receive(p, false, true) }, []row{
			{telnet.Off, telnet.Off, ""}, {telnet.On, telnet.Off, "no"}, {telnet.WantOff, telnet.Off, ""},
			{telnet.WantOffOn, telnet.WantOn, "yes"}, {telnet.WantOn, telnet.Off, ""}, {telnet.WantOnOff, telnet.Off, ""}}},
		"we want it": {func(p telnet.Phase) (telnet.Phase, string) { return telnet.Ask(p, true) }, []row{
			{telnet.Off, telnet.WantOn, "yes"}, {telnet.On, telnet.On, ""}, {telnet.WantOff, telnet.WantOffOn, ""},
			{telnet.WantOffOn, telnet.WantOffOn, ""}, {telnet.WantOn, telnet.WantOn, ""}, {telnet.WantOnOff, telnet.WantOn, ""}}},
		"we do not": {func(p telnet.Phase) (telnet.Phase, string) { return telnet.Ask(p, false) }, []row{
			{telnet.Off, telnet.Off, ""}, {telnet.On, telnet.WantOff, "no"}, {telnet.WantOff, telnet.WantOff, ""},
			{telnet.WantOffOn, telnet.WantOff, ""}, {telnet.WantOn, telnet.WantOnOff, ""}, {telnet.WantOnOff, telnet.WantOnOff, ""}}},
	} {
		for _, r := range tt.rows {
			to, sent := tt.do(r.from)
			require.Equal(t, r.to, to, "%s from %d", name, r.from)
			require.Equal(t, r.sent, sent, "%s from %d", name, r.from)
		}
	}
}

const (
	will, wont, do, dont = "\xff\xfb", "\xff\xfc", "\xff\xfd", "\xff\xfe"
	sb, se               = "\xff\xfa", "\xff\xf0"
)

// TestNegotiation: what a host says, and what it gets.
func TestNegotiation(t *testing.T) {
	screen := &telnet.Options{
		Remote: []telnet.Option{telnet.OptEcho, telnet.OptSGA}, Local: []telnet.Option{telnet.OptBinary},
		Terminals: []string{"XTERM", "VT100"}, Window: telnet.Window{Columns: 80, Rows: 255},
		Environ: map[string]string{"USER": "bob", "LANG": "C\x7f", "A\x01": "x", "EDITOR": "vi"},
	}
	for _, tt := range []struct {
		name     string
		o        *telnet.Options
		say, got string
	}{
		{"all is refused", nil, will + "\x01" + do + "\x18" + wont + "\x03" + dont + "\x1f", dont + "\x01" + wont + "\x18" + dont + "\x03" + wont + "\x1f"},
		{"only once", nil, strings.Repeat(will+"\x01", 3) + strings.Repeat(dont+"\x01", 3), dont + "\x01" + wont + "\x01"},
		{"and again after the other", nil, will + "\x01" + wont + "\x01" + will + "\x01", strings.Repeat(dont+"\x01", 3)},
		{"a timing mark each time", nil, do + "\x06" + do + "\x06", wont + "\x06" + wont + "\x06"},
		{"allowed", screen, will + "\x01" + will + "\x03" + do + "\x00", do + "\x01" + do + "\x03" + will + "\x00"},
		{"not allowed", screen, will + "\x18" + do + "\x01" + wont + "\x22", dont + "\x18" + wont + "\x01"},
		{"repeated", screen, strings.Repeat(will+"\x01", 3) + strings.Repeat(will+"\x05", 3), do + "\x01" + dont + "\x05"},
		{"on and off", screen, will + "\x01" + wont + "\x01" + will + "\x01", do + "\x01" + dont + "\x01" + do + "\x01"},
		{"window", screen, do + "\x1f", will + "\x1f" + sb + "\x1f\x00\x50\x00\xff\xff" + se},
		{"terminals in turn", screen, do + "\x18" + strings.Repeat(sb+"\x18\x01"+se, 4), will + "\x18" +
			sb + "\x18\x00XTERM" + se + sb + "\x18\x00VT100" + se + sb + "\x18\x00VT100" + se + sb + "\x18\x00XTERM" + se},
		{"terminal, not agreed", screen, sb + "\x18\x01" + se, ""},
		{"variables", screen, do + "\x27" + sb + "\x27\x01" + se, will + "\x27" + sb + "\x27\x00\x03EDITOR\x01vi\x00USER\x01bob" + se},
		{"one variable", screen, do + "\x27" + sb + "\x27\x01\x00USER\x00USER\x03HOME" + se, will + "\x27" + sb + "\x27\x00\x00USER\x01bob" + se},
		{"those of a kind", screen, do + "\x27" + sb + "\x27\x01\x03" + se, will + "\x27" + sb + "\x27\x00\x03EDITOR\x01vi" + se},
		{"asked at once", &telnet.Options{AskRemote: []telnet.Option{telnet.OptSGA}, AskLocal: []telnet.Option{telnet.OptSGA}}, will + "\x03" + do + "\x03", will + "\x03" + do + "\x03"},
		{"asked at once, refused", &telnet.Options{AskRemote: []telnet.Option{telnet.OptSGA}}, wont + "\x03" + wont + "\x03", do + "\x03"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, h := client(t, &telnet.Config{Options: tt.o}, telnettest.Say(tt.say), telnettest.HangUp())
			data, err := c.ReadAll(t.Context())
			require.NoError(t, err)
			require.Empty(t, data)
			require.Equal(t, tt.got, sent(t, c, h))
		})
	}
}

// Options are asked for in mid-life, and told.
func TestAsk(t *testing.T) {
	var changes []string
	cfg := &telnet.Config{Options: &telnet.Options{
		OnChange: func(_ *telnet.Conn, opt telnet.Option, local, on bool) {
			s := map[bool]string{true: "we ", false: "host "}[local] + opt.String()
			changes = append(changes, s+map[bool]string{true: " on", false: " off"}[on])
		},
		OnSubnegotiation: func(c *telnet.Conn, opt telnet.Option, data []byte) {
			changes = append(changes, opt.String()+" "+string(data))
			require.NoError(t, c.Subnegotiate(opt, []byte("ok\xff")))
		},
	}}
	c, h := client(t, cfg,
		telnettest.Await(do+"\x05"), telnettest.Say(will+"\x05"+sb+"\x05\x00x"+se+"."),
		telnettest.Await(dont+"\x05"), telnettest.Say(wont+"\x05."),
		telnettest.Await(will+"\x1f"), telnettest.Say(do+"\x1f."),
		telnettest.Await(wont+"\x1f"), telnettest.Say(dont+"\x1f."))
	dot := func() {
		t.Helper()
		_, err := c.ReadUntil(t.Context(), []byte("."))
		require.NoError(t, err)
	}
	c.Do(telnet.OptStatus)
	c.Do(telnet.OptStatus)
	dot()
	require.True(t, c.Enabled(telnet.OptStatus, false))
	require.False(t, c.Enabled(telnet.OptStatus, true))
	c.Dont(telnet.OptStatus)
	dot()
	require.False(t, c.Enabled(telnet.OptStatus, false))
	c.Will(telnet.OptNAWS)
	dot()
	c.SetWindow(telnet.Window{Columns: 100, Rows: 30})
	c.Wont(telnet.OptNAWS)
	dot()
	c.SetWindow(telnet.Window{Columns: 1, Rows: 1})
	require.NoError(t, c.SendCommand(telnet.CmdAYT))
	require.Equal(t, []string{"host STATUS on", "STATUS \x00x", "host STATUS off", "we NAWS on", "we NAWS off"}, changes)
	require.Equal(t, do+"\x05"+sb+"\x05ok\xff\xff"+se+dont+"\x05"+will+"\x1f"+sb+"\x1f\x00\x00\x00\x00"+se+sb+"\x1f\x00\x64\x00\x1e"+se+wont+"\x1f\xff\xf6", sent(t, c, h))
	for _, cmd := range []telnet.Command{telnet.CmdSB, telnet.CmdSE, telnet.CmdWill, telnet.CmdDont, telnet.CmdIAC, 0, 7} {
		require.ErrorIs(t, c.SendCommand(cmd), telnet.ErrArgument)
	}
}

// A callback answers as it likes.
func TestCallback(t *testing.T) {
	var seen []string
	cfg := &telnet.Config{OnCommand: func(c *telnet.Conn, cmd telnet.Command, opt telnet.Option) {
		seen = append(seen, cmd.String()+" "+opt.String())
		switch {
		case cmd == telnet.CmdWill && opt == telnet.OptEcho:
			c.Do(opt)
		case cmd == telnet.CmdWill:
			c.Dont(opt)
		case cmd == telnet.CmdDo && opt == telnet.OptTType:
			c.Will(opt)
		case cmd == telnet.CmdDo:
			c.Wont(opt)
		case cmd == telnet.CmdSE && c.Enabled(telnet.OptTType, true):
			require.Equal(t, "\x18\x01", string(c.ReadSBData()))
			require.NoError(t, c.Subnegotiate(telnet.OptTType, []byte("\x00VT52")))
		}
	}}
	c, h := client(t, cfg, telnettest.Say(will+"\x01"+will+"\x03"+do+"\x18"+do+"\x1f"+sb+"\x18\x01"+se+"\xff\xf1"+wont+"\x01"), telnettest.HangUp())
	_, err := c.ReadAll(t.Context())
	require.NoError(t, err)
	require.Equal(t, []string{"WILL ECHO", "WILL SGA", "DO TTYPE", "DO NAWS", "SB BINARY", "SE BINARY", "NOP BINARY", "WONT ECHO"}, seen)
	require.False(t, c.Enabled(telnet.OptEcho, false))
	require.ErrorIs(t, c.Subnegotiate(telnet.OptNAWS, nil), telnet.ErrNotAgreed)
	c.SetCommandFunc(nil)
	require.Equal(t, do+"\x01"+dont+"\x03"+will+"\x18"+wont+"\x1f"+sb+"\x18\x00VT52"+se, sent(t, c, h))
}

// With BINARY in a direction, nothing is changed in it.
func TestBinary(t *testing.T) {
	cfg := &telnet.Config{Mode: telnet.ModeNVT, Options: &telnet.Options{Local: []telnet.Option{telnet.OptBinary}, Remote: []telnet.Option{telnet.OptBinary}}}
	c, h := client(t, cfg, telnettest.Say("a\r\n\x00"+will+"\x00a\r\n\x00"+do+"\x00."), telnettest.Await("\n"), telnettest.Say(wont+"\x00"+dont+"\x00a\r\n."))
	got, err := c.ReadUntil(t.Context(), []byte("."))
	require.NoError(t, err)
	require.Equal(t, "a\na\r\n\x00.", string(got))
	c.Write([]byte("x\r\x00\n"))
	got, err = c.ReadUntil(t.Context(), []byte("."))
	require.NoError(t, err)
	require.Equal(t, "a\n.", string(got))
	c.Write([]byte("y\n"))
	require.Equal(t, do+"\x00"+will+"\x00x\r\x00\n"+dont+"\x00"+wont+"\x00y\r\n", sent(t, c, h))
}

// Both ends are ours: they agree, and nobody answers answers.
func TestBothEnds(t *testing.T) {
	a, b := telnettest.Pipe()
	c := telnet.NewClient(a, &telnet.Config{Options: &telnet.Options{
		Local: []telnet.Option{telnet.OptSGA}, Remote: []telnet.Option{telnet.OptSGA, telnet.OptEcho},
		Terminals: []string{"VT220"}, Window: telnet.Window{Columns: 132, Rows: 43}, Environ: map[string]string{"LANG": "C", "USER": "bob"},
	}})
	s := telnet.NewServerConn(b, &telnet.Config{Mode: telnet.ModeNVT, Options: &telnet.Options{
		AskRemote: []telnet.Option{telnet.OptSGA, telnet.OptTType, telnet.OptNAWS, telnet.OptNewEnviron}, AskLocal: []telnet.Option{telnet.OptSGA},
		EnvironNames: []string{"LANG", "HOME"},
	}})
	done := make(chan error)
	go func() {
		end := s.Secret()
		s.Write([]byte("password: "))
		line, err := s.ReadUntil(t.Context(), []byte("\n"))
		end()
		s.Write([]byte("you said " + string(line)))
		s.ReadUntil(t.Context(), []byte("\n"))
		done <- err
	}()
	_, err := c.ReadUntil(t.Context(), []byte("password: "))
	require.NoError(t, err)
	require.True(t, c.Enabled(telnet.OptEcho, false))
	c.Write([]byte("secret\r\n"))
	got, err := c.ReadUntil(t.Context(), []byte("\r\n"))
	require.NoError(t, err)
	require.Equal(t, "you said secret\r\n", string(got))
	require.False(t, c.Enabled(telnet.OptEcho, false))
	c.Write([]byte("\r\n"))
	require.NoError(t, <-done)
	require.Equal(t, "VT220", s.Terminal())
	require.Equal(t, telnet.Window{Columns: 132, Rows: 43}, s.Window())
	require.Equal(t, map[string]string{"LANG": "C"}, s.Environ())
	for _, opt := range []telnet.Option{telnet.OptSGA, telnet.OptTType, telnet.OptNAWS, telnet.OptNewEnviron} {
		require.True(t, s.Enabled(opt, false) && c.Enabled(opt, true), opt)
	}
	end := s.Secret()
	again := s.Secret()
	again()
	end()
	require.NoError(t, c.Close())
	require.NoError(t, s.Close())
}

func TestServerDefaults(t *testing.T) {
	a, b := telnettest.Pipe()
	s := telnet.NewServerConn(b, nil)
	require.Zero(t, s.Terminal())
	require.Zero(t, s.Window())
	require.Empty(t, s.Environ())
	_, err := s.Write([]byte("hi"))
	require.NoError(t, err)
	require.NoError(t, s.Close())
	buf := make([]byte, 100)
	n, _ := a.Read(buf)
	require.Equal(t, will+"\x03"+do+"\x03"+do+"\x18"+do+"\x1fhi", string(buf[:n]))
}

// Settle waits for the answers, and for what is told, and leaves the data.
func TestSettle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := telnettest.Pipe()
		s := telnet.NewServerConn(b, nil)
		io.WriteString(a, "early"+do+"\x03"+wont+"\x03")
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		require.ErrorIs(t, s.Settle(ctx), os.ErrDeadlineExceeded)
		io.WriteString(a, will+"\x18"+will+"\x1f"+sb+"\x18\x00VT52"+se)
		ctx, cancel = context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		require.ErrorIs(t, s.Settle(ctx), os.ErrDeadlineExceeded)
		io.WriteString(a, wont+"\x1f")
		require.NoError(t, s.Settle(t.Context()))
		require.Equal(t, "VT52", s.Terminal())
		require.Equal(t, "early", string(s.Peek()))
		s.Do(telnet.OptEcho)
		a.Close()
		require.Equal(t, io.EOF, s.Settle(t.Context()))
		s.Close()
	})
}
