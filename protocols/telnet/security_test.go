package telnet_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/protocols/telnet"
	"github.com/pynet-go/pynet/protocols/telnet/telnettest"
)

// endless says the same for ever, or for n bytes, and takes note of what is written.
type endless struct {
	shortWriter
	text []byte
	n    int // 0 is for ever
	read int
}

func forever(text string) *endless {
	return &endless{shortWriter: shortWriter{left: 1 << 30}, text: bytes.Repeat([]byte(text), max(1, 4096/len(text)))}
}

func (e *endless) Read(p []byte) (int, error) {
	if e.n > 0 && e.read >= e.n {
		return 0, io.EOF
	}
	n := copy(p, e.text[e.read%len(e.text):])
	if e.n > 0 {
		n = min(n, e.n-e.read)
	}
	e.read += n
	return n, nil
}

// TestSecX01Endless: a host that never says what is waited for fills no memory, and the limit
// is an error of its own.
func TestSecX01Endless(t *testing.T) {
	c := telnet.NewClient(forever("a"), &telnet.Config{MaxBuffer: 70000})
	for name, read := range reads(c) {
		switch name {
		case "until", "expect", "all":
			_, err := read(t.Context())
			require.ErrorIs(t, err, telnet.ErrTooLong, name)
		}
	}
	require.LessOrEqual(t, len(c.Peek()), 70000+32<<10)
	got, err := c.ReadVeryEager(t.Context())
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(got), 70000, "it can be read")
}

// TestSecX04Quoted: what a host says does not reach a log by the text of an error.
func TestSecX04Quoted(t *testing.T) {
	c, _ := client(t, nil, telnettest.Say("login: "), telnettest.Await("\n"), telnettest.Say("Password: "), telnettest.Await("\n"),
		telnettest.Say("\x1b[2Jincorrect\r\nFAKE log line"), telnettest.HangUp())
	_, err := c.Login(t.Context(), "bob", "secret", nil)
	require.EqualError(t, err, "telnet: login: telnet: login refused")
}

// TestSecX06Trace: nor does it reach a terminal by the trace, or begin a line of it.
func TestSecX06Trace(t *testing.T) {
	var trace bytes.Buffer
	c, _ := client(t, &telnet.Config{Debug: &trace}, telnettest.Say("GET\x1b[31m\nFAKE 200\x9b\xff\x0a"), telnettest.HangUp())
	_, err := c.ReadAll(t.Context())
	require.NoError(t, err)
	require.Equal(t, "telnet: recv \"GET\\x1b[31m\\nFAKE 200\\x9b\\xff\\n\"\ntelnet: IAC COMMAND(10)\n", trace.String()[:strings.Index(trace.String(), "COMMAND(10)")+12])
}

// TestSecX07Injection: no control character passes from a name, a password or a variable.
func TestSecX07Injection(t *testing.T) {
	for b := range 0x80 {
		if b >= ' ' && b != 0x7f {
			continue
		}
		bad := "a" + string(rune(b)) + "b"
		c, h := client(t, &telnet.Config{Options: &telnet.Options{Terminals: []string{bad}, Environ: map[string]string{bad: "x", "USER": bad}, EnvironNames: []string{bad}}},
			telnettest.Say(do+"\x18"+sb+"\x18\x01"+se+do+"\x27"+sb+"\x27\x01"+se+will+"\x27."))
		_, err := c.ReadUntil(t.Context(), []byte("."))
		require.NoError(t, err)
		_, err = c.Login(t.Context(), bad, "x", nil)
		require.ErrorIs(t, err, telnet.ErrArgument)
		_, err = c.Login(t.Context(), "x", bad, nil)
		require.ErrorIs(t, err, telnet.ErrArgument)
		require.Equal(t, will+"\x18"+will+"\x27"+sb+"\x27\x00"+se+do+"\x27"+sb+"\x27\x01"+se, sent(t, c, h), "%q", bad)
	}
}

// TestSecX17SlowPeer: a peer that sends nothing, or a byte now and then, holds an end no longer
// than its deadline.
func TestSecX17SlowPeer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := telnettest.Pipe()
		s := telnet.NewServerConn(b, nil)
		begun := time.Now()
		s.SetDeadline(begun.Add(time.Minute))
		stop := make(chan struct{})
		go func() {
			for {
				select {
				case <-stop:
					return
				case <-time.After(10 * time.Second):
					a.Write([]byte("G"))
				}
			}
		}()
		_, err := s.ReadUntil(t.Context(), []byte("\n"))
		require.ErrorIs(t, err, os.ErrDeadlineExceeded)
		require.Equal(t, time.Minute, time.Since(begun))
		close(stop)
		s.Close()
	})
}

// TestSecX18ForEver: data, and commands, that keep coming do not outlast the context.
func TestSecX18ForEver(t *testing.T) {
	for _, text := range []string{"a", "\xff\xf1"} {
		c := telnet.NewClient(forever(text), &telnet.Config{MaxBuffer: -1, MaxNegotiations: -1})
		for name, read := range reads(c) {
			if name == "lazy" {
				continue
			}
			for _, d := range []time.Duration{5 * time.Millisecond, 0} {
				ctx, cancel := context.WithTimeout(t.Context(), d)
				_, err := read(ctx)
				if name == "until" || name == "expect" || name == "all" {
					require.ErrorIs(t, err, os.ErrDeadlineExceeded, name)
				}
				cancel()
			}
		}
	}
}

// TestSecTEL01IAC: a byte 0xFF in data is no command to the other side, and comes back once.
func TestSecTEL01IAC(t *testing.T) {
	c, h := client(t, nil, telnettest.Say("a\xff\xff\xf4b."))
	n, err := c.Write([]byte("\xff\xf4"))
	require.NoError(t, err)
	require.Equal(t, 2, n)
	got, err := c.ReadUntil(t.Context(), []byte("."))
	require.NoError(t, err)
	require.Equal(t, "a\xff\xf4b.", string(got))
	require.Equal(t, "\xff\xff\xf4", sent(t, c, h))
}

// TestSecTEL02Loops: an offer that is made again and again is answered once, with options and
// without; two ends that refuse or ask do not answer each other's answers; and commands without
// end are an error.
func TestSecTEL02Loops(t *testing.T) {
	for _, o := range []*telnet.Options{nil, {}, {Remote: []telnet.Option{telnet.OptEcho}}, {AskRemote: []telnet.Option{telnet.OptEcho}}} {
		for _, say := range []string{will, wont, do, dont} {
			peer := forever(say + "\x01")
			peer.n = 30000
			c := telnet.NewClient(peer, &telnet.Config{Options: o})
			_, err := c.ReadAll(t.Context())
			require.NoError(t, err)
			require.LessOrEqual(t, peer.Len(), 6, "%q", say) // a question, and an answer
			peer.n = 0
			_, err = c.ReadSome(t.Context())
			if !c.EOF() {
				require.ErrorIs(t, err, telnet.ErrNegotiation)
			}
		}
	}
	// Both change their minds for ever.
	peer := forever(will + "\x01" + wont + "\x01")
	c := telnet.NewClient(peer, nil)
	_, err := c.ReadAll(t.Context())
	require.ErrorIs(t, err, telnet.ErrNegotiation)
	require.LessOrEqual(t, peer.Len(), 3*10000)
	_, err = c.ReadSome(t.Context())
	require.ErrorIs(t, err, telnet.ErrNegotiation, "for good")

	// Any two of our own come to rest.
	ways := []*telnet.Options{nil, {}, {AskLocal: []telnet.Option{1}, AskRemote: []telnet.Option{1}}, {Local: []telnet.Option{1}, Remote: []telnet.Option{1}}}
	for i, x := range ways {
		for j, y := range ways {
			a, b := telnettest.Pipe()
			one, two := telnet.NewClient(a, &telnet.Config{Options: x}), telnet.NewClient(b, &telnet.Config{Options: y})
			one.Do(1)
			two.Will(1)
			rounds := 0
			for quiet := 0; quiet < 2; rounds++ {
				quiet = 0
				for _, c := range []*telnet.Client{one, two} {
					c.ReadVeryEager(t.Context())
				}
				for _, end := range []net.Conn{a, b} { // nothing more is on its way
					end.SetReadDeadline(time.Unix(1, 0))
					if n, _ := end.Read(make([]byte, 1)); n == 0 {
						quiet++
					}
					end.SetReadDeadline(time.Time{})
				}
				require.Less(t, rounds, 10, "%d and %d", i, j)
			}
			one.Close()
			two.Close()
		}
	}
}

// TestSecTEL03Subnegotiation: one without an end is bounded; one about an option that is not in
// use is not acted on; an end without a beginning is nothing.
func TestSecTEL03Subnegotiation(t *testing.T) {
	peer := forever("x")
	peer.text = append([]byte(sb+"\x18"), bytes.Repeat([]byte("x"), 10<<20)...)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	c := telnet.NewClient(peer, nil)
	_, err := c.ReadSome(t.Context())
	runtime.ReadMemStats(&after)
	require.ErrorIs(t, err, telnet.ErrSubnegotiation)
	require.LessOrEqual(t, peer.read, 200<<10)
	require.LessOrEqual(t, len(c.ReadSBData()), 64<<10)
	require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(2<<20))

	called := 0
	c2, h := client(t, &telnet.Config{Options: &telnet.Options{
		Remote: []telnet.Option{telnet.OptStatus}, OnSubnegotiation: func(*telnet.Conn, telnet.Option, []byte) { called++ },
	}}, telnettest.Say(sb+"\x05\x00"+se+sb+"\x18\x01"+se+sb+"\x1f1234"+se+se+sb+se+"."+will+"\x05"+sb+"\x05\x00"+se), telnettest.HangUp())
	got, err := c2.ReadAll(t.Context())
	require.NoError(t, err)
	require.Equal(t, ".", string(got))
	require.Equal(t, 1, called)
	require.Equal(t, do+"\x05", sent(t, c2, h))
}

// TestSecTEL04Split: a command that comes in pieces is one.
func TestSecTEL04Split(t *testing.T) {
	c, h := client(t, &telnet.Config{BufferSize: 1}, telnettest.Say("\xff"), telnettest.Say("\xfd"), telnettest.Say("\x18"), telnettest.Say("x"), telnettest.HangUp())
	got, err := c.ReadAll(t.Context())
	require.NoError(t, err)
	require.Equal(t, "x", string(got))
	require.Equal(t, wont+"\x18", sent(t, c, h))
}

// TestSecTEL05Unasked: without the host's DO, no subnegotiation is sent.
func TestSecTEL05Unasked(t *testing.T) {
	o := &telnet.Options{Terminals: []string{"VT100"}, Window: telnet.Window{Columns: 80, Rows: 24}, Environ: map[string]string{"USER": "bob"}}
	c, h := client(t, &telnet.Config{Options: o}, telnettest.Say("console> "+sb+"\x18\x01"+se+sb+"\x27\x01"+se), telnettest.HangUp())
	c.SetWindow(telnet.Window{Columns: 1, Rows: 1})
	require.ErrorIs(t, c.Subnegotiate(telnet.OptNAWS, []byte("1234")), telnet.ErrNotAgreed)
	c.Will(telnet.OptStatus) // is offered, but not agreed
	require.ErrorIs(t, c.Subnegotiate(telnet.OptStatus, nil), telnet.ErrNotAgreed)
	_, err := c.ReadAll(t.Context())
	require.NoError(t, err)
	require.Equal(t, will+"\x05", sent(t, c, h))
}

// TestSecTEL06Environ: a host that asks for the environment gets what is listed, which by
// default is nothing.
func TestSecTEL06Environ(t *testing.T) {
	t.Setenv("SECRET_TOKEN", "hidden")
	ask := do + "\x27" + sb + "\x27\x01\x03SECRET_TOKEN\x00USER" + se + sb + "\x27\x01" + se
	for _, tt := range []struct {
		o    *telnet.Options
		want string
	}{
		{nil, wont + "\x27"},
		{&telnet.Options{}, wont + "\x27"},
		{&telnet.Options{Local: []telnet.Option{telnet.OptNewEnviron}}, wont + "\x27"},
		{&telnet.Options{Environ: map[string]string{"LANG": "C"}}, will + "\x27" + sb + "\x27\x00" + se + sb + "\x27\x00\x03LANG\x01C" + se},
	} {
		c, h := client(t, &telnet.Config{Options: tt.o}, telnettest.Say(ask), telnettest.HangUp())
		_, err := c.ReadAll(t.Context())
		require.NoError(t, err)
		require.Equal(t, tt.want, sent(t, c, h))
	}
}

// TestSecTEL07ServerEnviron: a client puts nothing into the host's environment that was not
// asked for, and nothing that a program could take for an option.
func TestSecTEL07ServerEnviron(t *testing.T) {
	for _, tt := range []struct {
		is   string
		want map[string]string
	}{
		{"\x00USER\x01bob", map[string]string{"USER": "bob"}},
		{"\x00USER\x01-f root", nil},
		{"\x00USER\x01\x02-f root", nil},
		{"\x00USER\x01--login", nil},
		{"\x03CREDENTIALS_DIRECTORY\x01/tmp\x00LD_PRELOAD\x01x.so\x00LANG\x01C", map[string]string{"LANG": "C"}},
		{"\x00USER\x01a\x02\x00b", nil},
		{"\x00USER\x01a\nb", nil},
		{"\x00USER\x01" + strings.Repeat("x", 2000), nil},
		{"\x00USER\x01bob\x00USER", map[string]string{}},
		{"\x00\x01x\x01y", nil},
	} {
		a, b := telnettest.Pipe()
		s := telnet.NewServerConn(b, &telnet.Config{Options: &telnet.Options{EnvironNames: []string{"USER", "LANG"}, Remote: []telnet.Option{telnet.OptTType}}})
		io.WriteString(a, sb+"\x27\x00\x00USER\x01early"+se+will+"\x27"+sb+"\x27\x00"+tt.is+se+will+"\x18"+sb+"\x18\x00-f root"+se+sb+"\x18\x00\x1b[2J"+se)
		a.(interface{ CloseWrite() error }).CloseWrite()
		_, err := s.ReadAll(t.Context())
		require.NoError(t, err)
		require.Equal(t, tt.want, s.Environ(), "%q", tt.is)
		require.Empty(t, s.Terminal(), "nor by the name of a terminal")
		s.Close()
	}
}

// TestSecTEL08LineEnds: in text mode a CR means the same on both sides.
func TestSecTEL08LineEnds(t *testing.T) {
	for in, want := range map[string]string{
		"a\rb\n": "a\r\x00b\r\n", "\r": "\r\x00", "\r\n": "\r\n", "\n\r": "\r\n\r\x00", "\r\r\n": "\r\x00\r\n", "\xff\n": "\xff\xff\r\n", "": "",
	} {
		c, h := client(t, &telnet.Config{Mode: telnet.ModeNVT}, telnettest.Say(want), telnettest.HangUp())
		n, err := c.Write([]byte(in))
		require.NoError(t, err)
		require.Equal(t, len(in), n)
		got, err := c.ReadAll(t.Context())
		require.NoError(t, err)
		require.Equal(t, strings.ReplaceAll(in, "\r\n", "\n"), string(got))
		require.Equal(t, want, sent(t, c, h), "%q", in)
	}
	// Also where a text is sent in pieces.
	long := strings.Repeat("0123456\r\n", 20000)
	c, h := client(t, &telnet.Config{Mode: telnet.ModeNVT})
	_, err := c.Write([]byte(long))
	require.NoError(t, err)
	require.Equal(t, long, sent(t, c, h))
	for pad := range 4 {
		text := strings.Repeat("x", 32<<10-pad) + "\r\n\n\r"
		c, h := client(t, &telnet.Config{Mode: telnet.ModeNVT})
		_, err := c.Write([]byte(text))
		require.NoError(t, err)
		require.Equal(t, text[:len(text)-4]+"\r\n\r\n\r\x00", sent(t, c, h))
	}
}

// TestSecTEL09Search: what is never found ends at the bound, in time that is linear.
func TestSecTEL09Search(t *testing.T) {
	peer := forever("a")
	peer.n = 100 << 20
	_, err := telnet.NewClient(peer, nil).ReadUntil(t.Context(), []byte("aaaaaaaab"))
	require.ErrorIs(t, err, telnet.ErrTooLong)
	require.LessOrEqual(t, peer.read, 17<<20)
	for _, expr := range []string{`(a+)+\$`, `\Aa*b`, `aab`} {
		peer, begun := forever("a"), time.Now()
		_, err := telnet.NewClient(peer, &telnet.Config{MaxBuffer: 256 << 10}).Expect(t.Context(), regexp.MustCompile(expr))
		require.ErrorIs(t, err, telnet.ErrTooLong, expr)
		require.LessOrEqual(t, peer.read, 256<<10+32<<10, expr)
		require.Less(t, time.Since(begun), 20*time.Second, expr)
	}
}

// TestSecTEL10Terminal: what commands a terminal is left out by Printable.
func TestSecTEL10Terminal(t *testing.T) {
	evil := "hello\x1b]52;c;cm0gLXJmIC8K\x07\x1b[21t\x1b]0;title\x1b\\\x9b5n\x1bP$q\x1b\\ world\r\n"
	c, _ := client(t, nil, telnettest.Say(evil), telnettest.HangUp())
	var raw, safe bytes.Buffer
	never, _ := io.Pipe()
	require.NoError(t, c.Interact(t.Context(), never, io.MultiWriter(&raw, telnet.Printable(&safe))))
	never.Close()
	require.Equal(t, evil, raw.String(), "by itself it is a terminal's matter")
	require.Equal(t, "hello world\r\n", safe.String())
}

// TestSecTEL11Password: a password is sent when it is asked for, and does not show in the trace,
// also if the host sends it back.
func TestSecTEL11Password(t *testing.T) {
	var trace bytes.Buffer
	c, h := client(t, &telnet.Config{Debug: &trace},
		telnettest.Say("login: "), telnettest.Await("bob\r\n"), telnettest.Say("Password: "), telnettest.Await("hunter2\r\n"), telnettest.Say("hunt"), telnettest.Say("er2\r\nwelcome\r\n$ "))
	_, err := c.Login(t.Context(), "bob", "hunter2", nil)
	require.NoError(t, err)
	require.Equal(t, "bob\r\nhunter2\r\n", sent(t, c, h))
	require.NotContains(t, trace.String(), "hunt")
	require.NotContains(t, trace.String(), "er2")
	require.Contains(t, trace.String(), `send "bob\r\n"`)
	require.Contains(t, trace.String(), "send 9 bytes (left out)")

	// Nobody asks: nothing is sent.
	for _, say := range []string{"hello\r\n", "login: "} {
		c, h := client(t, nil, telnettest.Say(say), telnettest.HangUp())
		_, err := c.Login(t.Context(), "bob", "hunter2", nil)
		require.Error(t, err)
		require.NotContains(t, sent(t, c, h), "hunter2", fmt.Sprintf("%q", say))
	}
}
