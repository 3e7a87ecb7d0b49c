//go:build interop && linux

package interop_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/protocols/telnet"
)

// telnetd starts GNU's telnetd behind socat, with a script in place of login.
func telnetd(t *testing.T) string {
	t.Helper()
	shell := filepath.Join(t.TempDir(), "shell.sh")
	require.NoError(t, os.WriteFile(shell, []byte(`#!/bin/sh
printf 'Welcome\r\nlogin: '; read u; printf 'hello %s TERM=%s\r\n' "$u" "$TERM"; stty size; exec /bin/sh -i
`), 0o755))
	port := freePort(t)
	return daemon(t, port, "socat", fmt.Sprintf("TCP-LISTEN:%d,bind=127.0.0.1,reuseaddr,fork", port), "EXEC:/usr/sbin/telnetd -h -E "+shell)
}

// TestTelnetd: our client of GNU's telnetd, which insists on answers: all is refused, as by
// Python, or the terminal and the window are told, which shows.
func TestTelnetd(t *testing.T) {
	addr := telnetd(t)
	for name, tt := range map[string]struct {
		o    *telnet.Options
		want string
	}{
		"refused": {nil, `hello bob TERM=(network|dumb|unknown)?\r`},
		"told": {&telnet.Options{
			Local: []telnet.Option{telnet.OptSGA}, Remote: []telnet.Option{telnet.OptSGA, telnet.OptEcho},
			Terminals: []string{"VT220"}, Window: telnet.Window{Columns: 91, Rows: 37},
		}, `(?i)hello bob TERM=vt220\r[^$#]*37 91\r`},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), limit)
			defer cancel()
			c, err := telnet.Dial(ctx, addr, &telnet.Config{Options: tt.o})
			require.NoError(t, err)
			defer c.Close()
			_, err = c.ReadUntil(ctx, []byte("login: "))
			require.NoError(t, err)
			_, err = c.Write([]byte("bob\r\n"))
			require.NoError(t, err)
			m, err := c.Expect(ctx, regexp.MustCompile(`[#$] \z`))
			require.NoError(t, err, "%q", m.Text)
			require.Regexp(t, tt.want, string(m.Text))
			_, err = c.Write([]byte("echo a$((1+2))z; exit\r\n"))
			require.NoError(t, err)
			rest, err := c.ReadAll(ctx)
			require.NoError(t, err)
			require.Contains(t, string(rest), "a3z")
			require.True(t, c.EOF())
		})
	}
}

// telnetHost serves one connection with a server's end of ours.
func telnetHost(t *testing.T, cfg *telnet.Config) (addr string, done <-chan string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { l.Close() })
	said := make(chan string, 1)
	go func() {
		defer close(said)
		nc, err := l.Accept()
		if err != nil {
			return
		}
		nc.SetDeadline(time.Now().Add(limit))
		s := telnet.NewServerConn(nc, cfg)
		defer s.Close()
		ctx, cancel := context.WithTimeout(context.Background(), limit)
		defer cancel()
		s.Settle(ctx)
		io.WriteString(s, "login: ")
		line, _ := s.ReadUntil(ctx, []byte("\n"))
		fmt.Fprintf(s, "hello %s on %s, \xff!\n", strings.TrimSpace(string(line)), s.Terminal())
		said <- strings.TrimSpace(string(line)) + " " + s.Terminal()
	}()
	return l.Addr().String(), said
}

// TestTelnetClientGNU: GNU's client of our end.
func TestTelnetClientGNU(t *testing.T) {
	// Without a terminal it agrees to tell the size of its window, and never does.
	o := &telnet.Options{AskLocal: []telnet.Option{telnet.OptSGA}, AskRemote: []telnet.Option{telnet.OptTType}}
	addr, said := telnetHost(t, &telnet.Config{Mode: telnet.ModeNVT, Options: o})
	host, port, err := net.SplitHostPort(addr)
	require.NoError(t, err)
	cmd := bounded(t, "inetutils-telnet", host, port)
	cmd.Env = append(os.Environ(), "TERM=vt100")
	in, err := cmd.StdinPipe()
	require.NoError(t, err)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	var all strings.Builder
	for b := make([]byte, 256); !strings.Contains(all.String(), "login: "); {
		n, err := out.Read(b)
		all.Write(b[:n])
		require.NoError(t, err, all.String())
	}
	io.WriteString(in, "carol\n")
	rest, _ := io.ReadAll(out)
	in.Close()
	cmd.Wait()
	require.Contains(t, string(rest), "hello carol on ")
	require.True(t, strings.HasPrefix(strings.ToLower(next(t, said)), "carol vt100"))
}

// TestTelnetPython: CPython's telnetlib, where it still is, of our end.
func TestTelnetPython(t *testing.T) {
	if bounded(t, "python3", "-W", "ignore", "-c", "import telnetlib").Run() != nil {
		t.Skip("this CPython has no telnetlib any more")
	}
	addr, said := telnetHost(t, nil)
	_, port, _ := net.SplitHostPort(addr)
	out, err := bounded(t, "python3", "-W", "ignore", "-c", `
import sys, telnetlib
t = telnetlib.Telnet("127.0.0.1", int(sys.argv[1]), 20)
assert t.read_until(b"login: ", 20) == b"login: "
t.write(b"dora\r\n")
print(t.read_all())
`, port).CombinedOutput()
	require.NoError(t, err, string(out))
	require.Equal(t, `b'hello dora on , \xff!\n'`, strings.TrimSpace(string(out)))
	require.Equal(t, "dora", strings.TrimSpace(next(t, said)))
}
