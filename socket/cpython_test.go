//go:build unix

package socket_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/socket"
)

// TestBesideCPython checks testdata/cpython-tests.tsv, which lists the tests of CPython's
// test_socket and, beside each, the tests here that hold the same; or a hyphen and why there
// is none.
func TestBesideCPython(t *testing.T) {
	files, err := filepath.Glob("*_test.go")
	require.NoError(t, err)
	ours := map[string]bool{}
	for _, name := range files {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil {
				ours[fn.Name.Name] = true
			}
		}
	}
	table, err := os.ReadFile("testdata/cpython-tests.tsv")
	require.NoError(t, err)
	for i, line := range strings.Split(strings.TrimSpace(string(table)), "\n")[1:] {
		theirs, names, ok := strings.Cut(line, "\t")
		require.True(t, ok, "line %d", i+2)
		if reason, ok := strings.CutPrefix(names, "- "); ok {
			require.NotEmpty(t, reason, theirs)
			continue
		}
		for _, n := range strings.Fields(names) {
			require.True(t, ours[n], "%s: there is no %s", theirs, n)
		}
	}
}

// TestFromFDRefused: no descriptor, and one that is no socket; the latter stays as it was.
func TestFromFDRefused(t *testing.T) {
	for _, fd := range []int{-1, 1 << 30} {
		_, err := socket.FromFD(fd)
		require.ErrorIs(t, err, syscall.EBADF)
	}
	f, err := os.CreateTemp(t.TempDir(), "")
	require.NoError(t, err)
	defer f.Close()
	_, err = socket.FromFile(f)
	require.ErrorIs(t, err, syscall.ENOTSOCK)
	_, err = socket.FromFD(int(f.Fd()))
	require.ErrorIs(t, err, syscall.ENOTSOCK)
	_, err = f.WriteString("x")
	require.NoError(t, err)
}

// TestListen: every length of the queue lets a client in; the address and family are those
// asked for.
func TestListen(t *testing.T) {
	for _, backlog := range []int{socket.DefaultBacklog, -1, 0, 1, 128} {
		for _, a := range []socket.Addr{loopback, socket.Unix{Name: sockPath(t)}} {
			s, err := socket.New(a.Family(), socket.SockStream, 0)
			require.NoError(t, err)
			defer s.Close()
			require.NoError(t, s.Bind(a))
			require.NoError(t, s.Listen(backlog))
			at, err := s.SockName()
			require.NoError(t, err)
			require.Equal(t, a.Family(), at.Family())
			c, err := socket.New(a.Family(), socket.SockStream, 0)
			require.NoError(t, err)
			defer c.Close()
			require.NoError(t, c.Connect(at))
			p, _, err := s.Accept()
			require.NoError(t, err)
			p.Close()
		}
	}
	_, at := server(t, loopback, nil)
	require.Equal(t, loopback.Addr, at.(socket.Inet).Addr)
	_, err := socket.CreateServer(nil, nil)
	require.Error(t, err)
}
