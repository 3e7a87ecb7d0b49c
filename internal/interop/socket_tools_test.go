//go:build interop && linux

package interop_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/socket"
)

// toolLimit bounds the time of one of the tools.
const toolLimit = time.Minute

// tool runs a command to its end with the input and returns its output.
func tool(t *testing.T, input, name string, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), toolLimit)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Stdin = strings.NewReader(input)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	require.NoError(t, err, "%s %q: %s", name, args, &errs)
	return string(out)
}

// toolUntil starts a command and waits for a line of its standard error that matches; it
// returns what the pattern's group matched. The command is killed when the test ends.
func toolUntil(t *testing.T, pattern, name string, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), toolLimit)
	cmd := exec.CommandContext(ctx, name, args...)
	out, err := cmd.StderrPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() { cancel(); cmd.Wait() })
	re := regexp.MustCompile(pattern)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if m := re.FindStringSubmatch(lines.Text()); m != nil {
			go io.Copy(io.Discard, out)
			return m[len(m)-1]
		}
	}
	t.Fatalf("%s ended without a line that matches %s", name, pattern)
	return ""
}

// upperServer accepts one stream at the address and answers all of its input, once it has
// ended, in capitals.
func upperServer(t *testing.T, a socket.Addr) socket.Addr {
	t.Helper()
	l, err := socket.CreateServer(a, nil)
	require.NoError(t, err)
	t.Cleanup(func() { l.Close() })
	at, err := l.SockName()
	require.NoError(t, err)
	go func() {
		c, _, err := l.Accept()
		if err != nil {
			return
		}
		defer c.Close()
		c.SetTimeout(toolLimit)
		in, err := io.ReadAll(c)
		if err == nil {
			c.SendAll(bytes.ToUpper(in), 0)
		}
	}()
	return at
}

// TestSocketToolClients: socat and nc talk to servers of ours and half-close.
func TestSocketToolClients(t *testing.T) {
	const in, want = "one\ntwo\n", "ONE\nTWO\n"
	port := func(a socket.Addr) string {
		if a6, ok := a.(socket.Inet6); ok {
			return fmt.Sprint(a6.Port)
		}
		return fmt.Sprint(a.(socket.Inet).Port)
	}
	v6 := socket.Inet6{Addr: netip.IPv6Loopback()}
	path := func() socket.Unix { return socket.Unix{Name: filepath.Join(t.TempDir(), "s")} }

	require.Equal(t, want, tool(t, in, "socat", "-t5", "-", "TCP4:127.0.0.1:"+port(upperServer(t, here))))
	require.Equal(t, want, tool(t, in, "socat", "-t5", "-", "TCP6:[::1]:"+port(upperServer(t, v6))))
	require.Equal(t, want, tool(t, in, "nc", "-N", "127.0.0.1", port(upperServer(t, here))))
	require.Equal(t, want, tool(t, in, "nc", "-6", "-N", "::1", port(upperServer(t, v6))))
	p := path()
	upperServer(t, p)
	require.Equal(t, want, tool(t, in, "socat", "-t5", "-", "UNIX-CONNECT:"+p.Name))
	p = path()
	upperServer(t, p)
	require.Equal(t, want, tool(t, in, "nc", "-N", "-U", p.Name))
	name := fmt.Sprintf("pynet-%s-%d", t.Name(), time.Now().UnixNano())
	upperServer(t, socket.Unix{Name: "\x00" + name})
	require.Equal(t, want, tool(t, in, "socat", "-t5", "-", "ABSTRACT-CONNECT:"+name))
}

// TestSocketToolServers: clients of ours talk to socat and nc.
func TestSocketToolServers(t *testing.T) {
	say := func(c *socket.Socket, err error) {
		t.Helper()
		require.NoError(t, err)
		defer c.Close()
		require.NoError(t, c.SetTimeout(toolLimit))
		require.NoError(t, c.SendAll([]byte("hello\n"), 0))
		require.NoError(t, c.CloseWrite())
		got, err := io.ReadAll(c)
		require.NoError(t, err)
		require.Equal(t, "hello\n", string(got))
	}
	port := toolUntil(t, `listening on AF=2 127\.0\.0\.1:(\d+)`, "socat", "-d", "-d", "TCP4-LISTEN:0,bind=127.0.0.1", "EXEC:cat")
	say(socket.CreateConnection(t.Context(), "127.0.0.1", port, nil))

	unixStream := func(path string) (*socket.Socket, error) {
		c, err := socket.New(socket.AFUnix, socket.SockStream, 0)
		require.NoError(t, err)
		return c, c.Connect(socket.Unix{Name: path})
	}
	path := filepath.Join(t.TempDir(), "s")
	toolUntil(t, `listening on`, "socat", "-d", "-d", "UNIX-LISTEN:"+path, "EXEC:cat")
	say(unixStream(path))

	// nc -v tells on its standard error that it listens; what it receives it prints, so only
	// what we send is to be seen.
	path = filepath.Join(t.TempDir(), "s")
	toolUntil(t, `Listening on`, "nc", "-v", "-l", "-U", path)
	c, err := unixStream(path)
	require.NoError(t, err)
	require.NoError(t, c.SendAll([]byte("hello\n"), 0))
	require.NoError(t, c.Close())

	port = toolUntil(t, `listening on UDP AF=2 127\.0\.0\.1:(\d+)`, "socat", "-d", "-d", "UDP4-LISTEN:0,bind=127.0.0.1", "EXEC:cat")
	infos, err := socket.GetAddrInfo(t.Context(), "127.0.0.1", port, socket.AddrInfoHints{Type: socket.SockDgram})
	require.NoError(t, err)
	d, err := socket.New(socket.AFInet, socket.SockDgram, 0)
	require.NoError(t, err)
	defer d.Close()
	require.NoError(t, d.SetTimeout(toolLimit))
	require.NoError(t, d.Connect(infos[0].Addr))
	for _, s := range []string{"one", "two"} {
		_, err = d.Send([]byte(s), 0)
		require.NoError(t, err)
		buf := make([]byte, 16)
		n, err := d.Recv(buf, 0)
		require.NoError(t, err)
		require.Equal(t, s, string(buf[:n]))
	}
}

// TestSocketCurl: curl fetches from http.Serve over listeners of ours: TCP, TLS and a Unix
// socket.
func TestSocketCurl(t *testing.T) {
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		fmt.Fprintf(w, "%s %s %s %d", r.Method, r.Host, r.URL, len(body))
	})
	serve := func(a socket.Addr, wrap bool) string {
		t.Helper()
		s, err := socket.CreateServer(a, nil)
		require.NoError(t, err)
		l := s.Listener()
		if wrap {
			ts := httptest.NewUnstartedServer(nil)
			ts.StartTLS()
			t.Cleanup(ts.Close)
			l = tls.NewListener(l, &tls.Config{Certificates: ts.TLS.Certificates})
		}
		srv := &http.Server{Handler: handler}
		done := make(chan struct{})
		go func() { srv.Serve(l); close(done) }()
		t.Cleanup(func() { srv.Close(); <-done })
		return l.Addr().String()
	}
	data := strings.Repeat("x", 300_000)
	addr := serve(here, false)
	require.Equal(t, fmt.Sprintf("POST %s /a?b 300000", addr), tool(t, data, "curl", "-sS", "--data-binary", "@-", "http://"+addr+"/a?b"))
	addr = serve(here, true)
	require.Equal(t, fmt.Sprintf("POST %s /a?b 300000", addr), tool(t, data, "curl", "-sSk", "--data-binary", "@-", "https://"+addr+"/a?b"))
	path := filepath.Join(t.TempDir(), "s")
	serve(socket.Unix{Name: path}, false)
	require.Equal(t, "POST localhost /a?b 300000", tool(t, data, "curl", "-sS", "--unix-socket", path, "--data-binary", "@-", "http://localhost/a?b"))
}
