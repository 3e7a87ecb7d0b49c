package telnet_test

import (
	"context"
	"io"
	"net"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/protocols/telnet"
	"github.com/pynet-go/pynet/protocols/telnet/telnettest"
)

// reads are the methods that read, of c.
func reads(c *telnet.Client) map[string]func(context.Context) ([]byte, error) {
	return map[string]func(context.Context) ([]byte, error){
		"until": func(ctx context.Context) ([]byte, error) { return c.ReadUntil(ctx, []byte("never")) },
		"expect": func(ctx context.Context) ([]byte, error) {
			m, err := c.Expect(ctx, regexp.MustCompile("never"))
			return m.Text, err
		},
		"all":        func(ctx context.Context) ([]byte, error) { return c.ReadAll(ctx) },
		"some":       func(ctx context.Context) ([]byte, error) { return c.ReadSome(ctx) },
		"very eager": func(ctx context.Context) ([]byte, error) { return c.ReadVeryEager(ctx) },
		"eager":      func(ctx context.Context) ([]byte, error) { return c.ReadEager(ctx) },
		"lazy":       func(context.Context) ([]byte, error) { return c.ReadLazy() },
	}
}

func TestReadUntil(t *testing.T) {
	c, _ := client(t, &telnet.Config{BufferSize: 3}, telnettest.Say("login: \xff\xfb\x01pass"), telnettest.Await("x"), telnettest.Say("word: end"), telnettest.HangUp())
	got, err := c.ReadUntil(t.Context(), []byte(": "))
	require.NoError(t, err)
	require.Equal(t, "login: ", string(got))
	c.Write([]byte("x"))
	got, err = c.ReadUntil(t.Context(), []byte("password: "))
	require.NoError(t, err)
	require.Equal(t, "password: ", string(got))
	got, err = c.ReadUntil(t.Context(), nil)
	require.NoError(t, err)
	require.Empty(t, got)
	got, err = c.ReadUntil(t.Context(), []byte("$"))
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
	require.Equal(t, "end", string(got))
	_, err = c.ReadUntil(t.Context(), []byte("$"))
	require.Equal(t, io.EOF, err)
	require.True(t, c.EOF())
}

// When the time is over, what came is returned.
func TestTimeouts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := telnettest.Start(telnettest.Say("some"), telnettest.Await("1"), telnettest.Say(" more"), telnettest.Await("2"), telnettest.Say("x"))
		c := telnet.NewClient(h.Conn(), nil)
		defer h.Wait()
		defer c.Close()
		soon := func() context.Context {
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			t.Cleanup(cancel)
			return ctx
		}
		got, err := c.ReadUntil(soon(), []byte("$"))
		require.ErrorIs(t, err, os.ErrDeadlineExceeded)
		require.Equal(t, "some", string(got))
		got, err = c.ReadUntil(soon(), []byte("$"))
		require.ErrorIs(t, err, os.ErrDeadlineExceeded)
		require.Empty(t, got)
		c.Write([]byte("1"))
		m, err := c.Expect(soon(), regexp.MustCompile("z"), regexp.MustCompile(`\$`))
		require.ErrorIs(t, err, os.ErrDeadlineExceeded)
		require.Equal(t, telnet.Match{Index: -1, Text: []byte(" more")}, m)

		// No time at all: what has arrived is looked at.
		past, cancel := context.WithTimeout(t.Context(), 0)
		defer cancel()
		c.Write([]byte("2"))
		synctest.Wait()
		m, err = c.Expect(past, regexp.MustCompile("x"))
		require.NoError(t, err)
		require.Equal(t, 0, m.Index)
		_, err = c.Expect(past, regexp.MustCompile("x"))
		require.ErrorIs(t, err, os.ErrDeadlineExceeded)
		_, err = c.ReadUntil(past, []byte("x"))
		require.ErrorIs(t, err, os.ErrDeadlineExceeded)
	})
}

// The eager and the lazy do not wait, whatever the connection is.
func TestEager(t *testing.T) {
	a, b := telnettest.Pipe()
	tcp := func() (net.Conn, net.Conn) {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		defer l.Close()
		x, err := net.Dial("tcp", l.Addr().String())
		require.NoError(t, err)
		y, err := l.Accept()
		require.NoError(t, err)
		return x, y
	}
	x, y := tcp()
	v, w := tcp()
	for name, ends := range map[string][2]net.Conn{"pipe": {a, b}, "tcp": {x, y}, "another": {struct{ net.Conn }{v}, w}} {
		t.Run(name, func(t *testing.T) {
			c, peer := telnet.NewClient(ends[0], nil), ends[1]
			defer c.Close()
			for _, read := range []string{"very eager", "eager", "lazy"} {
				got, err := reads(c)[read](t.Context())
				require.NoError(t, err, read)
				require.Empty(t, got, read)
			}
			io.WriteString(peer, "one two")
			_, err := c.ReadUntil(t.Context(), []byte("one"))
			require.NoError(t, err)
			got, err := c.ReadEager(t.Context())
			require.NoError(t, err)
			require.Equal(t, " two", string(got))
			io.WriteString(peer, "\xff\xfb\x01")
			answer := make([]byte, 3)
			for n := 0; n < 3; { // the answer is written by who reads
				got, err := c.ReadVeryEager(t.Context())
				require.NoError(t, err)
				require.Empty(t, got)
				peer.SetReadDeadline(time.Now().Add(time.Millisecond))
				m, _ := peer.Read(answer[n:])
				n += m
			}
			require.Equal(t, "\xff\xfe\x01", string(answer))
			io.WriteString(peer, "end")
			peer.Close()
			var all []byte
			for err == nil {
				got, err = c.ReadVeryEager(t.Context())
				all = append(all, got...)
			}
			require.Equal(t, io.EOF, err)
			require.Equal(t, "end", string(all))
			for _, read := range []string{"very eager", "eager", "lazy"} {
				_, err := reads(c)[read](t.Context())
				require.Equal(t, io.EOF, err, read)
			}
		})
	}
}

func TestReadAll(t *testing.T) {
	c, _ := client(t, nil, telnettest.Say("a\xff\xf9b"), telnettest.Say("c"), telnettest.HangUp())
	got, err := c.ReadAll(t.Context())
	require.NoError(t, err)
	require.Equal(t, "abc", string(got))
	got, err = c.ReadAll(t.Context())
	require.NoError(t, err)
	require.Empty(t, got)
	_, err = c.ReadSome(t.Context())
	require.Equal(t, io.EOF, err)
}

func TestExpect(t *testing.T) {
	c, _ := client(t, nil, telnettest.Say("user bob\r\n$ rest"), telnettest.HangUp())
	m, err := c.Expect(t.Context(), regexp.MustCompile(`z`), regexp.MustCompile(`(\w+) (b(o)b)(x)?`))
	require.NoError(t, err)
	require.Equal(t, 1, m.Index)
	require.Equal(t, "user bob", string(m.Text))
	require.Equal(t, "user|bob|o", string(m.Group(1))+"|"+string(m.Group(2))+"|"+string(m.Group(3)))
	for _, i := range []int{-1, 4, 5, 99} {
		require.Nil(t, m.Group(i))
	}
	m, err = c.Expect(t.Context(), regexp.MustCompile(`\$`), regexp.MustCompile(`\r`))
	require.NoError(t, err)
	require.Equal(t, 0, m.Index, "the first of the list, not of the text")
	m, err = c.Expect(t.Context(), regexp.MustCompile(`\$`))
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
	require.Equal(t, " rest", string(m.Text))
	_, err = c.Expect(t.Context())
	require.Equal(t, io.EOF, err)
}

// Behind MaxMatch bytes a match is found all the same, unless it begins further back; what
// an assertion says is still so.
func TestExpectFar(t *testing.T) {
	far := strings.Repeat("0123456789\n", 100)
	for _, tt := range []struct {
		expr, then string
		ok         bool
	}{
		{`end`, "end", true},
		{`9\n0e`, "0end", true},
		{`(?m)^end$`, "end\n", true},
		{`(?m)^nd`, "end\n", false},
		{`\A0[^e]*end`, "end", false},
		{`^nd`, "nd", false},
		{`\bnd`, "end\n", false},
		{`\bend`, "end\n", true},
		{`0[^e]*end`, "end", true},
	} {
		h := telnettest.Start(telnettest.Say(far), telnettest.Await("x"), telnettest.Say(tt.then), telnettest.HangUp())
		c := telnet.NewClient(h.Conn(), &telnet.Config{MaxMatch: 20, BufferSize: 50})
		c.Write([]byte("x"))
		m, err := c.Expect(t.Context(), regexp.MustCompile(tt.expr))
		if tt.ok {
			require.NoError(t, err, tt.expr)
			require.True(t, strings.HasPrefix(far+tt.then, string(m.Text)), tt.expr)
			require.Regexp(t, tt.expr, string(m.Group(0)))
		} else {
			require.ErrorIs(t, err, io.ErrUnexpectedEOF, tt.expr)
		}
		c.Close()
		h.Wait()
	}
}

func TestSBData(t *testing.T) {
	var seen []string
	cfg := &telnet.Config{OnCommand: func(c *telnet.Conn, cmd telnet.Command, opt telnet.Option) {
		seen = append(seen, cmd.String())
		if cmd == telnet.CmdSE {
			seen = append(seen, string(c.ReadSBData()))
		}
	}}
	c, _ := client(t, cfg, telnettest.Say("a\xff\xfa\x18\x01\x00x\xff\xff\xff\xf0b\xff\xfa\x18part"), telnettest.HangUp())
	require.Empty(t, c.ReadSBData())
	got, err := c.ReadAll(t.Context())
	require.NoError(t, err)
	require.Equal(t, "ab", string(got))
	require.Equal(t, []string{"SB", "SE", "\x18\x01x\xff", "SB"}, seen)
	require.Equal(t, "\x18part", string(c.ReadSBData()))
	require.Empty(t, c.ReadSBData())
}
