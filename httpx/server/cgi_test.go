//go:build unix

package server_test

import (
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"io"
	"log/slog"
	"net/http"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/httpx/server"
)

// scripts serves a tree with scripts in cgi-bin.
func scripts(t *testing.T, g *server.CGI, files map[string]string) string {
	t.Helper()
	all := map[string]string{"page.txt": "page"}
	for name, text := range files {
		all["cgi-bin/"+name] = text
	}
	g.Dir = tree(t, all)
	for name := range files {
		require.NoError(t, os.Chmod(filepath.Join(g.Dir, "cgi-bin", name), 0o755))
	}
	f, err := server.NewFiles(g.Dir)
	require.NoError(t, err)
	t.Cleanup(func() { f.Close() })
	g.Files = f
	return "http://" + start(t, &server.Server{Handler: g, Logger: slog.New(slog.DiscardHandler)}, models["Threading"])
}

func TestCGI(t *testing.T) {
	base := scripts(t, &server.CGI{Env: []string{"MORE=1"}}, map[string]string{
		"env":    "#!/bin/sh\nprintf 'Content-Type: text/plain\\r\\n\\r\\n'; env | sort; echo \"args:$#:$1\"; [ -z \"$CONTENT_LENGTH\" ] || cat\n",
		"status": "#!/bin/sh\nprintf 'Status: 299 Odd\\nContent-Type: text/x\\nX-A: b\\n\\nbody'\n",
		"moved":  "#!/bin/sh\nprintf 'Location: http://example.org/\\n\\n'\n",
		"html":   "#!/bin/sh\nprintf 'Status: 200\\n\\n<script>'\n",
		"broken": "#!/bin/sh\nprintf 'no header'\n",
		"fails":  "#!/bin/sh\nexit 3\n",
		"split":  "#!/bin/sh\nprintf 'Content-Type: text/plain\\nX: a\\rY: b\\n\\n'\n",
	})
	req, _ := http.NewRequest("POST", base+"/cgi-bin/env/more/path?a=b&c", strings.NewReader("body"))
	req.Header.Set("X-Test", "1")
	req.Header.Set("Proxy", "http://evil.test")
	req.Header["X_Test"] = []string{"forged"}
	req.Header.Set("Authorization", "Basic c2VjcmV0")
	resp, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	b, _ := io.ReadAll(resp.Body)
	got := string(b)
	for _, want := range []string{"GATEWAY_INTERFACE=CGI/1.1\n", "REQUEST_METHOD=POST\n", "SCRIPT_NAME=/cgi-bin/env\n", "PATH_INFO=/more/path\n", "QUERY_STRING=a=b&c\n", "CONTENT_LENGTH=4\n", "HTTP_X_TEST=1\n", "MORE=1\n", "AUTH_TYPE=Basic\n", "REMOTE_ADDR=127.0.0.1\n", "args:0:\nbody"} {
		assert.Contains(t, got, want)
	}
	for _, not := range []string{"HTTP_PROXY", "forged", "c2VjcmV0"} {
		assert.NotContains(t, got, not)
	}
	_, got = fetch(t, "GET", base+"/cgi-bin/env?some+words")
	assert.Contains(t, got, "args:2:some")
	_, got = fetch(t, "GET", base+"/cgi-bin/env?some%20more+words")
	assert.Contains(t, got, "args:2:some more")
	for _, q := range []string{"-s", "%2ds", "a+-s", "a=+b", "a+%00", "a+%"} {
		_, got = fetch(t, "GET", base+"/cgi-bin/env?"+q)
		assert.Contains(t, got, "args:0:", q)
	}
	got = raw(t, strings.TrimPrefix(base, "http://"), "GET http://other:9/cgi-bin/env HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
	for _, want := range []string{"HTTP_HOST=other:9\n", "SERVER_NAME=other\n"} { // RFC 9112 section 3.2.2
		assert.Contains(t, got, want)
	}

	resp, got = fetch(t, "GET", base+"/cgi-bin/status")
	assert.Equal(t, "299 Odd", resp.Status)
	assert.Equal(t, "b", resp.Header.Get("X-A"))
	assert.Equal(t, "body", got)
	resp, _ = fetch(t, "GET", base+"/cgi-bin/moved")
	assert.Equal(t, 302, resp.StatusCode)
	for _, path := range []string{"html", "broken", "fails", "split"} {
		resp, got = fetch(t, "GET", base+"/cgi-bin/"+path)
		assert.Equal(t, 502, resp.StatusCode, path)
		assert.NotContains(t, got, "<script>")
	}
	resp, _ = fetch(t, "GET", base+"/cgi-bin/none")
	assert.Equal(t, 404, resp.StatusCode)
	resp, _ = fetch(t, "GET", base+"/cgi-bin/")
	assert.Equal(t, 403, resp.StatusCode)
	_, got = fetch(t, "GET", base+"/page.txt")
	assert.Equal(t, "page", got)
	resp, _ = fetch(t, "POST", base+"/page.txt")
	assert.Equal(t, 501, resp.StatusCode)
}

// However it is spelled, a script is run and its source not shown (WSGI-14).
func TestSecWSGI14Source(t *testing.T) {
	base := scripts(t, &server.CGI{}, map[string]string{"s": "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nran'\n"})
	addr := strings.TrimPrefix(base, "http://")
	for _, target := range []string{"/cgi-bin/s", "//cgi-bin/s", "/x/../cgi-bin/s", "/cgi-bin/./s", "/%63gi-bin/s", "/cgi-bin%2fs", "/cgi-bin//s", "cgi-bin/s", "/cgi-bin/s%00.txt", "/page.txt/../cgi-bin/s", "/cgi-bin/../cgi-bin/s"} {
		got := raw(t, addr, "GET "+target+" HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
		assert.NotContains(t, got, "printf", target)
	}
}

// A script that goes on is killed, with its children, when its time is over, when it
// prints too much, and when the client goes (WSGI-19).
func TestSecWSGI19Killed(t *testing.T) {
	g := &server.CGI{Timeout: 300 * time.Millisecond, MaxOutput: 100000}
	base := scripts(t, g, map[string]string{
		"sleep": "#!/bin/sh\nsleep 999 & echo $! > pid; echo $$ > pid2; wait\n",
		"yes":   "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'; echo $$ > pid2; while :; do echo yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy; done\n",
	})
	dead := func(file string) {
		t.Helper()
		b, err := os.ReadFile(filepath.Join(g.Dir, "cgi-bin", file))
		require.NoError(t, err)
		pid, err := strconv.Atoi(strings.TrimSpace(string(b)))
		require.NoError(t, err)
		require.Eventually(t, func() bool {
			if syscall.Kill(pid, 0) == syscall.ESRCH {
				return true
			}
			stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat") // nobody may have reaped it
			return err == nil && strings.Contains(string(stat), ") Z ")
		}, 5*time.Second, 10*time.Millisecond)
	}
	resp, _ := fetch(t, "GET", base+"/cgi-bin/sleep")
	assert.Equal(t, 502, resp.StatusCode)
	dead("pid")
	dead("pid2")

	got := raw(t, strings.TrimPrefix(base, "http://"), "GET /cgi-bin/yes HTTP/1.0\r\n\r\n")
	assert.Less(t, len(got), 200000)
	dead("pid2")

	g.Timeout = time.Minute
	c, err := net.Dial("tcp", strings.TrimPrefix(base, "http://"))
	require.NoError(t, err)
	os.Remove(filepath.Join(g.Dir, "cgi-bin", "pid2"))
	io.WriteString(c, "GET /cgi-bin/sleep HTTP/1.1\r\nHost: h\r\n\r\n")
	require.Eventually(t, func() bool {
		b, err := os.ReadFile(filepath.Join(g.Dir, "cgi-bin", "pid2"))
		return err == nil && len(b) > 0
	}, 5*time.Second, 10*time.Millisecond)
	c.Close()
	dead("pid")
	dead("pid2")
}

// TestCGISpelling: where the file system knows the folder under another spelling too, that
// does not give the source away. A link stands for such a file system.
func TestCGISpelling(t *testing.T) {
	g := &server.CGI{}
	base := scripts(t, g, map[string]string{"run": "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nran'\n"})
	get := func(path string) string {
		resp, err := http.Get(base + path)
		require.NoError(t, err)
		defer resp.Body.Close()
		b, err := io.ReadAll(resp.Body)
		require.NoError(t, err)
		return strconv.Itoa(resp.StatusCode) + " " + string(b)
	}
	assert.Equal(t, "200 ran", get("/cgi-bin/run"))
	assert.Contains(t, get("/CGI-Bin/run"), "404 ")
	require.NoError(t, os.Symlink("cgi-bin", filepath.Join(g.Dir, "CGI-Bin")))
	assert.Equal(t, "200 ran", get("/CGI-Bin/run"))
	assert.Equal(t, get("/cgi-bin"), get("/CGI-Bin"), "the folder is not listed")
	require.NoError(t, os.Mkdir(filepath.Join(g.Dir, "HTBIN"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(g.Dir, "HTBIN", "a"), []byte("another folder"), 0o644))
	assert.Equal(t, "200 another folder", get("/HTBIN/a"))
}
