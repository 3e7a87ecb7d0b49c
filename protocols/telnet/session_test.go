package telnet_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/protocols/telnet"
	"github.com/pynet-go/pynet/protocols/telnet/telnettest"
)

func TestLogin(t *testing.T) {
	ask := []telnettest.Step{telnettest.Say("Welcome\r\nhost login: "), telnettest.Await("bob\r\n"), telnettest.Say("bob\r\nPassword: "), telnettest.Await("secret\r\n")}
	for _, tt := range []struct {
		say  string
		o    *telnet.LoginOptions
		err  error
		text string
	}{
		{"\r\nLast login: today\r\nbob@host:~$ ", nil, nil, "\r\nLast login: today\r\nbob@host:~$ "},
		{"\r\nLogin incorrect\r\nlogin: ", nil, telnet.ErrLogin, "\r\nLogin incorrect"},
		{"\r\nhost login: ", nil, telnet.ErrLogin, "\r\nhost login: "},
		{"\r\nready.", &telnet.LoginOptions{Ready: regexp.MustCompile(`ready`)}, nil, "\r\nready"},
		{"\r\nno", &telnet.LoginOptions{Refused: regexp.MustCompile(`no`)}, telnet.ErrLogin, "\r\nno"},
		{"\r\nbye", nil, io.ErrUnexpectedEOF, "\r\nbye"},
	} {
		c, h := client(t, nil, append(ask[:len(ask):len(ask)], telnettest.Say(tt.say), telnettest.HangUp())...)
		got, err := c.Login(t.Context(), "bob", "secret", tt.o)
		require.ErrorIs(t, err, tt.err)
		require.Equal(t, tt.text, string(got))
		require.Equal(t, "bob\r\nsecret\r\n", sent(t, c, h))
	}
	c, _ := client(t, nil, telnettest.Say("something else"), telnettest.HangUp())
	_, err := c.Login(t.Context(), "bob", "secret", nil)
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
	c, _ = client(t, nil, telnettest.Say("Username: "), telnettest.Await("\n"), telnettest.HangUp())
	_, err = c.Login(t.Context(), "bob", "secret", nil)
	require.ErrorIs(t, err, io.EOF)
}

func TestInteract(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := func(steps ...telnettest.Step) (*telnet.Client, *telnettest.Host) {
			h := telnettest.Start(steps...)
			return telnet.NewClient(h.Conn(), nil), h
		}
		// The host ends it.
		c, h := start(telnettest.Say("hello\r\n"), telnettest.Await("ls\r\n"), telnettest.Say("a b\r\n"), telnettest.HangUp())
		in, typed := io.Pipe()
		go io.WriteString(typed, "ls\r\n")
		var out bytes.Buffer
		require.NoError(t, c.Interact(t.Context(), in, &out))
		require.Equal(t, "hello\r\na b\r\n", out.String())
		typed.Close()
		synctest.Wait()
		c.Close()
		require.NoError(t, h.Wait())

		// The input ends it.
		c, h = start(telnettest.Await("bye\xff\xff"))
		require.NoError(t, c.Interact(t.Context(), strings.NewReader("bye\xff"), io.Discard))
		c.Close()
		require.NoError(t, h.Wait())

		// The context ends it, and wakes an input that can be woken.
		c, h = start()
		near, far := net.Pipe()
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		err := c.Interact(ctx, near, io.Discard)
		cancel()
		require.ErrorIs(t, err, context.DeadlineExceeded)
		go far.Write([]byte("x")) // and leaves it as it was
		n, err := near.Read(make([]byte, 1))
		require.NoError(t, err)
		require.Equal(t, 1, n)
		near.Close()
		c.Close()
		require.NoError(t, h.Wait())

		// What fails is told.
		broken := errors.New("broken")
		c, h = start(telnettest.Say("x"))
		in, typed = io.Pipe()
		require.ErrorIs(t, c.Interact(t.Context(), in, brokenWriter{broken}), broken)
		typed.CloseWithError(io.EOF)
		in, typed = io.Pipe()
		go typed.CloseWithError(broken)
		require.ErrorIs(t, c.Interact(t.Context(), in, io.Discard), broken)
		c.Close()
		in, typed = io.Pipe()
		go typed.Write([]byte("x"))
		require.ErrorIs(t, c.Interact(t.Context(), in, io.Discard), net.ErrClosed)
		typed.Close()
		require.NoError(t, h.Wait())
	})
}

type brokenWriter struct{ err error }

func (b brokenWriter) Write([]byte) (int, error) { return 0, b.err }

func TestPrintable(t *testing.T) {
	for in, want := range map[string]string{
		"plain\ttext\r\n\b":                "plain\ttext\r\n\b",
		"\x1b[1;31mred\x1b[0m":             "red",
		"a\x1b]0;title\x07b":               "ab",
		"a\x1b]0;title\x1b\\b":             "ab",
		"a\x1bPq#0\x1bx\x1b\\b":            "ab",
		"a\x1b(Bb\x1b7c\x1bMd":             "abcd",
		"a\x00\x07\x0b\x0c\x0e\x7fb":       "ab",
		"a\u009b31mb":                      "ab",
		"a\x9d52;c;x\x9cb":                 "ab",
		"é€\U0001f600\u00a0ß":              "é€\U0001f600\u00a0ß",
		"\x1b[12\x1b[3mx":                  "x",
		"\x1b\x1b[mx\x1b":                  "x",
		"a\xc2":                            "a",
		"\xe2\x82\x1b[mx":                  "\xe2\x82x",
		"a\x1b_apc\x1b\\b\x1b^pm\x1b\\c":   "abc",
		"a\x1b]x\x1b\x07b":                 "ab",
		"\x1bcreset, and \x1b#8 alignment": "reset, and  alignment",
	} {
		var out bytes.Buffer
		n, err := telnet.Printable(&out).Write([]byte(in))
		require.NoError(t, err)
		require.Equal(t, len(in), n)
		require.Equal(t, want, out.String(), "%q", in)
	}
	broken := errors.New("broken")
	_, err := telnet.Printable(brokenWriter{broken}).Write([]byte("x"))
	require.ErrorIs(t, err, broken)
}

func TestDebug(t *testing.T) {
	var trace bytes.Buffer
	c, h := client(t, &telnet.Config{Debug: &trace}, telnettest.Say("a\x1b[2J\r\n\xff\xfb\x01\xff\xf9"+strings.Repeat("x", 500)), telnettest.HangUp())
	_, err := c.ReadAll(t.Context())
	require.NoError(t, err)
	c.Write([]byte("b\xff"))
	sent(t, c, h)
	lines := strings.Split(strings.TrimSpace(trace.String()), "\n")
	require.Len(t, lines, 5, trace.String())
	require.True(t, strings.HasPrefix(lines[0], `telnet: recv "a\x1b[2J\r\n\xff\xfb\x01\xff\xf9xxx`), lines[0])
	require.True(t, strings.HasSuffix(lines[0], `xxx" and 112 bytes`), lines[0])
	require.Equal(t, []string{"telnet: IAC WILL ECHO", "telnet: IAC GA", `telnet: send "\xff\xfe\x01"`, `telnet: send "b\xff\xff"`}, lines[1:])
}
