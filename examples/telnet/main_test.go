package main

import (
	"bytes"
	"context"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/protocols/telnet"
)

// host serves connections on the loopback: a login, and lines that come back in capitals
// until one is "exit".
func host(t *testing.T) (name, port string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			nc, err := l.Accept()
			if err != nil {
				return
			}
			serve(telnet.NewServerConn(nc, &telnet.Config{Mode: telnet.ModeNVT}))
		}
	}()
	t.Cleanup(func() { l.Close(); <-done })
	name, port, err = net.SplitHostPort(l.Addr().String())
	require.NoError(t, err)
	return name, port
}

func serve(s *telnet.ServerConn) {
	defer s.Close()
	ask := func(question string) string {
		io.WriteString(s, question)
		line, _ := s.ReadUntil(context.Background(), []byte("\n"))
		return strings.TrimSpace(string(line))
	}
	s.SetCommandFunc(func(c *telnet.Conn, cmd telnet.Command, _ telnet.Option) {
		if cmd == telnet.CmdAYT {
			io.WriteString(c, "[yes]\n")
		}
	})
	name := ask("\x1b]0;host\x07login: ")
	end := s.Secret()
	secret := ask("Password: ")
	end()
	if secret != "secret" {
		io.WriteString(s, "Login incorrect\n")
		return
	}
	io.WriteString(s, "hello "+name+"\n")
	for {
		switch line := ask("$ "); line {
		case "exit", "":
			io.WriteString(s, "bye "+s.Terminal()+"\n")
			return
		default:
			io.WriteString(s, strings.ToUpper(line)+"\n")
		}
	}
}

func TestRun(t *testing.T) {
	t.Setenv("TELNET_PASSWORD", "secret")
	name, port := host(t)
	file := filepath.Join(t.TempDir(), "script")
	require.NoError(t, os.WriteFile(file, []byte("# a login\nlogin bob\n\nayt\nexpect yes\nsend say \\x41 \"b\"\nexpect SAY.*\\n\nexpect \\$ \nsend exit\nrest\n"), 0o600))
	for _, tt := range []struct {
		name  string
		args  []string
		stdin string
		code  int
		want  string
	}{
		{"a script", []string{"-terminal", "VT100", "-script", file, name, port}, "", 0, "hello bob\n$ [yes]\nSAY A \"B\"\n$ bye VT100\n"},
		{"from the input", []string{"-script", "-", net.JoinHostPort(name, port)}, "expect in:\nsend bob\nexpect word:", 0, "login: Password:"},
		{"what does not come", []string{"-script", "-", "-timeout", "50ms", name, port}, "expect never", 1, "login: "},
		{"raw", []string{"-raw", "-script", "-", name, port}, "expect login", 0, "\x1b]0;host\x07login"},
		{"nothing to do", []string{"-script", "-", name, port}, "dance", 1, ""},
		{"no expression", []string{"-script", "-", name, port}, "expect (", 1, ""},
		{"no text", []string{"-script", "-", name, port}, `send \q`, 1, ""},
		{"a refused login", []string{"-script", "-", name, port}, "expect in:\nsend bob\nexpect word:\nsend wrong\nlogin eve", 1, "login: Password: Login incorrect\n"},
		{"no file", []string{"-script", file + "x", name, port}, "", 1, ""},
		{"no host", []string{"-timeout", "1s", "a b"}, "", 1, ""},
		{"nothing", nil, "", 2, ""},
		{"a bad flag", []string{"-x"}, "", 2, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var out, errs bytes.Buffer
			require.Equal(t, tt.code, run(t.Context(), tt.args, strings.NewReader(tt.stdin), &out, &errs), errs.String())
			require.Equal(t, tt.want, strings.TrimPrefix(strings.ReplaceAll(out.String(), "\r\n", "\n"), " "))
			require.Equal(t, tt.code != 0, errs.Len() > 0, errs.String())
		})
	}
}

// By hand: lines are typed when they are asked for.
func TestByHand(t *testing.T) {
	name, port := host(t)
	in, typed := io.Pipe()
	seen, out := io.Pipe()
	code := make(chan int, 1)
	var errs bytes.Buffer
	go func() {
		code <- run(t.Context(), []string{"-debug", name, port}, in, out, &errs)
		out.Close()
	}()
	for _, q := range []struct{ wait, say string }{{"login: ", "bob\n"}, {"Password: ", "secret\n"}, {"$ ", "ls\n"}, {"LS\n$ ", "exit\n"}} {
		var got []byte
		for b := make([]byte, 1); !strings.HasSuffix(string(got), q.wait); got = append(got, b[0]) {
			_, err := seen.Read(b)
			require.NoError(t, err)
		}
		io.WriteString(typed, q.say)
	}
	rest, err := io.ReadAll(seen)
	require.NoError(t, err)
	require.Equal(t, "bye \n", string(rest))
	require.Zero(t, <-code)
	require.Contains(t, errs.String(), "IAC DO TTYPE")
	typed.Close()
}
