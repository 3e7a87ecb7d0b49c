//go:build interop && linux

package interop_test

import (
	"bufio"
	"context"
	"fmt"
	"image/png"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/httpx"
	"github.com/pynet-go/pynet/httpx/client"
	"github.com/pynet-go/pynet/httpx/server"
	"github.com/pynet-go/pynet/socketserver"
)

var httpModels = map[string]socketserver.Model{"Threading": socketserver.Threading{}, "EventLoop": socketserver.EventLoop{}}

// serveHTTP starts a server of ours.
func serveHTTP(t *testing.T, s *server.Server, m socketserver.Model) string {
	t.Helper()
	s.Addr, s.Model = "127.0.0.1:0", m
	require.NoError(t, s.Listen())
	go s.ServeForever(context.Background())
	t.Cleanup(func() { s.Close() })
	return s.LocalAddr().String()
}

// files is a folder that is served.
func filesHTTP(t *testing.T) *server.Files {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "hello.txt"), []byte("hello\n"), 0o644))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "big.bin"), make([]byte, 3<<20), 0o644))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "page.html"), []byte("<!DOCTYPE html><title>page</title><h1>a page</h1>"), 0o644))
	require.NoError(t, os.Mkdir(filepath.Join(dir, "sub dir"), 0o755))
	f, err := server.NewFiles(dir)
	require.NoError(t, err)
	t.Cleanup(func() { f.Close() })
	return f
}

func webTool(t *testing.T, name string, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, name, args...).CombinedOutput()
	require.NoError(t, err, "%s %v: %s", name, args, out)
	return string(out)
}

// freePort is a port that nobody listens at.
func freePort(t *testing.T) int {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// daemon starts a program in the foreground and waits until its port answers.
func daemon(t *testing.T, port int, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	var log strings.Builder
	cmd.Stdout, cmd.Stderr = &log, &log
	require.NoError(t, cmd.Start())
	t.Cleanup(func() {
		cmd.Process.Signal(os.Interrupt)
		time.AfterFunc(2*time.Second, func() { cmd.Process.Kill() })
		cmd.Wait()
	})
	addr := net.JoinHostPort("127.0.0.1", strconv.Itoa(port))
	for range 200 {
		if c, err := net.Dial("tcp", addr); err == nil {
			c.Close()
			return addr
		}
		time.Sleep(25 * time.Millisecond)
	}
	t.Fatalf("%s does not answer: %s", name, log.String())
	return ""
}

// TestHTTPClients: curl, wget, ab, wrk and h2load get from our server.
func TestHTTPClients(t *testing.T) {
	for name, m := range httpModels {
		t.Run(name, func(t *testing.T) {
			base := "http://" + serveHTTP(t, &server.Server{Handler: filesHTTP(t)}, m)
			assert.Equal(t, "hello\n", webTool(t, "curl", "-sS", base+"/hello.txt"))
			assert.Equal(t, "hello\n", webTool(t, "curl", "-sS", "--http1.0", base+"/hello.txt"))
			assert.Equal(t, "ell", webTool(t, "curl", "-sS", "-r", "1-3", base+"/hello.txt"))
			assert.Equal(t, "200 3145728 1", webTool(t, "curl", "-sS", "-o", "/dev/null", "-w", "%{http_code} %{size_download} %{num_connects}", base+"/big.bin"))
			assert.Contains(t, webTool(t, "curl", "-sS", "-L", base+"/sub%20dir"), "Directory listing for /sub dir/")
			assert.Contains(t, webTool(t, "curl", "-sSI", base+"/hello.txt"), "Content-Length: 6\r\n")
			// Two on one connection.
			assert.Equal(t, "1 0 ", webTool(t, "curl", "-sS", "-w", "%{num_connects} ", "-o", "/dev/null", "-o", "/dev/null", base+"/hello.txt", base+"/page.html"))
			out := filepath.Join(t.TempDir(), "got")
			webTool(t, "wget", "-q", "-O", out, base+"/big.bin")
			info, err := os.Stat(out)
			require.NoError(t, err)
			assert.EqualValues(t, 3<<20, info.Size())
			assert.Regexp(t, `Failed requests: +0\n`, webTool(t, "ab", "-q", "-k", "-n", "2000", "-c", "20", base+"/hello.txt"))
			assert.Regexp(t, `Failed requests: +0\n`, webTool(t, "ab", "-q", "-n", "300", "-c", "10", base+"/hello.txt"))
			wrk := webTool(t, "wrk", "-t1", "-c50", "-d1s", base+"/hello.txt")
			assert.NotContains(t, wrk, "Socket errors")
			assert.NotContains(t, wrk, "Non-2xx")
			assert.Contains(t, webTool(t, "h2load", "--h1", "-n", "2000", "-c", "20", base+"/hello.txt"), "2000 done, 2000 succeeded, 0 failed, 0 errored")
		})
	}
}

// TestHTTPUpload: curl sends bodies of known and unknown length, with and without
// being told to go on.
func TestHTTPUpload(t *testing.T) {
	h := server.HTTP(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n, err := io.Copy(io.Discard, r.Body)
		fmt.Fprint(w, r.Method, " ", n, " ", r.ContentLength, " ", err)
	}))
	file := filepath.Join(t.TempDir(), "f")
	require.NoError(t, os.WriteFile(file, make([]byte, 2<<20), 0o600))
	for name, m := range httpModels {
		t.Run(name, func(t *testing.T) {
			base := "http://" + serveHTTP(t, &server.Server{Handler: h}, m)
			assert.Equal(t, "PUT 2097152 2097152 <nil>", webTool(t, "curl", "-sS", "-T", file, base+"/x"))
			assert.Equal(t, "PUT 2097152 -1 <nil>", webTool(t, "curl", "-sS", "-H", "Transfer-Encoding: chunked", "-T", file, base+"/x"))
			assert.Equal(t, "POST 3 3 <nil>", webTool(t, "curl", "-sS", "-d", "a=b", base))
		})
	}
}

// TestHTTPPython: CPython's client and our server, and the other way round.
func TestHTTPPython(t *testing.T) {
	addr := serveHTTP(t, &server.Server{Handler: filesHTTP(t)}, socketserver.Threading{})
	out := webTool(t, "python3", "-c", `
import http.client, sys
c = http.client.HTTPConnection(sys.argv[1])
for path in ("/hello.txt", "/", "/nothing", "/hello.txt"):
    c.request("GET", path)
    r = c.getresponse()
    print(r.status, r.reason, len(r.read()) > 0, r.version)
`, addr)
	assert.Equal(t, "200 OK True 11\n200 OK True 11\n404 File not found True 11\n200 OK True 11\n", out)

	port := program(t, `
import http.server, sys
class H(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_POST(self):
        n = int(self.headers["Content-Length"])
        body = self.rfile.read(n)
        self.send_response(200, "Fine")
        self.send_header("X-Order", "1")
        self.send_header("x-order", "2")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for i in range(n):
            self.wfile.write(b"1\r\n" + body[i:i+1] + b"\r\n")
        self.wfile.write(b"0\r\n\r\n")
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")
    def log_message(self, *a): pass
s = http.server.HTTPServer(("127.0.0.1", 0), H)
print("READY", s.server_port)
s.handle_request()
s.server_close()
`)
	c, err := client.New("127.0.0.1:"+port, nil)
	require.NoError(t, err)
	defer c.Close()
	require.NoError(t, c.Request(t.Context(), "POST", "/", strings.NewReader("hello"), nil))
	r, err := c.Response(t.Context())
	require.NoError(t, err)
	b, err := r.ReadAll()
	require.NoError(t, err)
	assert.Equal(t, "hello", string(b))
	assert.Equal(t, "Fine", r.Reason)
	joined, _ := r.HeaderValue("X-Order")
	assert.Equal(t, "1, 2", joined)
	require.NoError(t, c.Request(t.Context(), "GET", "/", nil, nil))
	r, err = c.Response(t.Context())
	require.NoError(t, err)
	b, _ = r.ReadAll()
	assert.Equal(t, "ok", string(b))
}

// nginx starts nginx with the body of its server block.
func nginx(t *testing.T, block string) string {
	t.Helper()
	dir, port := t.TempDir(), freePort(t)
	require.NoError(t, os.Chmod(dir, 0o755))
	require.NoError(t, os.Mkdir(filepath.Join(dir, "html"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "html", "hello.txt"), []byte("hello\n"), 0o644))
	me, _ := user.Current()
	conf := fmt.Sprintf(`daemon off; master_process off; worker_processes 1; user %s; pid %[2]s/pid; error_log %[2]s/error.log;
events { worker_connections 256; }
http { access_log off; default_type text/plain; client_body_temp_path %[2]s/b; proxy_temp_path %[2]s/p; fastcgi_temp_path %[2]s/f; uwsgi_temp_path %[2]s/u; scgi_temp_path %[2]s/s;
server { listen 127.0.0.1:%[3]d; root %[2]s/html; %[4]s } }`, me.Username, dir, port, block)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "conf"), []byte(conf), 0o644))
	return daemon(t, port, "nginx", "-p", dir, "-c", filepath.Join(dir, "conf"))
}

// apache starts apache2 with a few modules and further lines of configuration.
func apache(t *testing.T, more string) string {
	t.Helper()
	dir, port := t.TempDir(), freePort(t)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "hello.txt"), []byte("hello\n"), 0o644))
	require.NoError(t, os.Chmod(dir, 0o755))
	conf := fmt.Sprintf(`ServerRoot %[1]s
ServerName localhost
Listen 127.0.0.1:%[2]d
PidFile %[1]s/pid
ErrorLog %[1]s/error.log
User www-data
Group www-data
DocumentRoot %[1]s
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
LoadModule proxy_module /usr/lib/apache2/modules/mod_proxy.so
LoadModule proxy_http_module /usr/lib/apache2/modules/mod_proxy_http.so
LoadModule proxy_connect_module /usr/lib/apache2/modules/mod_proxy_connect.so
%[3]s
`, dir, port, more)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "conf"), []byte(conf), 0o644))
	// Its folders above must be open to the user that it becomes.
	for p := dir; p != "/" && p != os.TempDir(); p = filepath.Dir(p) {
		os.Chmod(p, 0o755)
	}
	return daemon(t, port, "apache2", "-X", "-f", filepath.Join(dir, "conf"))
}

// tinyproxy starts a proxy.
func tinyproxy(t *testing.T) string {
	t.Helper()
	port := freePort(t)
	conf := filepath.Join(t.TempDir(), "conf")
	require.NoError(t, os.WriteFile(conf, fmt.Appendf(nil, "Port %d\nListen 127.0.0.1\nTimeout 20\nMaxClients 20\nLogLevel Error\nAllow 127.0.0.1\n", port), 0o644))
	return daemon(t, port, "tinyproxy", "-d", "-c", conf)
}

// TestHTTPOrigins: our client and pool get from nginx and apache2.
func TestHTTPOrigins(t *testing.T) {
	for name, start := range map[string]func(*testing.T, string) string{"nginx": nginx, "apache2": apache} {
		t.Run(name, func(t *testing.T) {
			addr := start(t, "")
			c, err := client.New(addr, nil)
			require.NoError(t, err)
			defer c.Close()
			for range 3 {
				require.NoError(t, c.Request(t.Context(), "GET", "/hello.txt", nil, nil))
				r, err := c.Response(t.Context())
				require.NoError(t, err)
				b, err := r.ReadAll()
				require.NoError(t, err)
				assert.Equal(t, "hello\n", string(b))
			}
			require.NoError(t, c.Request(t.Context(), "GET", "/hello.txt", nil, httpx.Header{{Name: "Range", Value: "bytes=0-1,3-4"}}))
			r, err := c.Response(t.Context())
			require.NoError(t, err)
			assert.Equal(t, httpx.StatusPartialContent, r.Status)
			r.Close()
			hc := http.Client{Transport: &client.Pool{}}
			resp, err := hc.Get("http://" + addr + "/nothing")
			require.NoError(t, err)
			resp.Body.Close()
			assert.Equal(t, 404, resp.StatusCode)
		})
	}
}

// TestHTTPProxies: nginx, apache2 and tinyproxy stand in front of our server, and our
// client goes through apache2 and tinyproxy.
func TestHTTPProxies(t *testing.T) {
	ours := serveHTTP(t, &server.Server{Handler: filesHTTP(t)}, socketserver.EventLoop{})
	for name, front := range map[string]string{
		"nginx":   nginx(t, "location / { proxy_pass http://"+ours+"; proxy_http_version 1.1; proxy_set_header Connection \"\"; }"),
		"apache2": apache(t, "ProxyPass / http://"+ours+"/"),
	} {
		for range 3 {
			resp, err := http.Get("http://" + front + "/hello.txt")
			require.NoError(t, err, name)
			b, _ := io.ReadAll(resp.Body)
			assert.Equal(t, "hello\n", string(b), name)
		}
	}
	_, port, _ := net.SplitHostPort(ours)
	for name, proxy := range map[string]string{"tinyproxy": tinyproxy(t), "apache2": apache(t, "ProxyRequests On\nAllowCONNECT "+port)} {
		c, err := client.New(proxy, nil) // asks the proxy for an absolute URL
		require.NoError(t, err)
		defer c.Close()
		require.NoError(t, c.Request(t.Context(), "GET", "http://"+ours+"/hello.txt", nil, nil), name)
		r, err := c.Response(t.Context())
		require.NoError(t, err, name)
		b, _ := r.ReadAll()
		assert.Equal(t, "hello\n", string(b), name)

		c, err = client.New(proxy, nil) // goes through it
		require.NoError(t, err)
		defer c.Close()
		require.NoError(t, c.SetTunnel(ours, nil))
		require.NoError(t, c.Request(t.Context(), "GET", "/hello.txt", nil, nil), name)
		r, err = c.Response(t.Context())
		require.NoError(t, err, name)
		b, _ = r.ReadAll()
		assert.Equal(t, "hello\n", string(b), name)
	}
}

// TestHTTPBrowser: a headless Chromium shows a listing, which is not a blank page, and
// runs nothing.
func TestHTTPBrowser(t *testing.T) {
	base := "http://" + serveHTTP(t, &server.Server{Handler: filesHTTP(t)}, socketserver.EventLoop{})
	shot := filepath.Join(t.TempDir(), "shot.png")
	common := []string{"--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--user-data-dir=" + t.TempDir(), "--disable-background-networking", "--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"}
	dom := webTool(t, "chromium", append(common, "--dump-dom", base+"/")...)
	assert.Contains(t, dom, `<a href="hello.txt">hello.txt</a>`)
	webTool(t, "chromium", append(common, "--screenshot="+shot, "--window-size=800,600", base+"/")...)
	f, err := os.Open(shot)
	require.NoError(t, err)
	defer f.Close()
	img, err := png.Decode(f)
	require.NoError(t, err)
	colours := map[any]bool{}
	for y := 0; y < img.Bounds().Dy(); y += 3 {
		for x := 0; x < img.Bounds().Dx(); x += 3 {
			colours[img.At(x, y)] = true
		}
	}
	assert.Greater(t, len(colours), 10)
	if keep := os.Getenv("PYNET_SCREENSHOT"); keep != "" {
		b, _ := os.ReadFile(shot)
		os.WriteFile(keep, b, 0o644)
	}
	assert.Contains(t, webTool(t, "chromium", append(common, "--dump-dom", base+"/page.html")...), "a page")
}

// smuggled are requests that two readers could see differently.
var smuggled = []struct{ name, in string }{
	{"length and chunks", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG"},
	{"two lengths", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\nContent-Length: 1\r\n\r\nG"},
	{"a list of lengths", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1, 1\r\n\r\nG"},
	{"a signed length", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: +1\r\n\r\nG"},
	{"blank before the colon", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n"},
	{"xchunked", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"},
	{"chunked, identity", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"},
	{"chunked twice", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
	{"vertical tab before chunked", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n"},
	{"chunks in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
	{"folded coding", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n"},
	{"bare LF in the header", "GET / HTTP/1.1\nHost: h\n\n"},
	{"bare CR in a field", "GET / HTTP/1.1\r\nHost: h\r\nX: a\rb\r\n\r\n"},
	{"NUL in a field", "GET / HTTP/1.1\r\nHost: h\r\nX: a\x00b\r\n\r\n"},
	{"signed chunk size", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n+1\r\na\r\n0\r\n\r\n"},
	{"0x chunk size", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0x1\r\na\r\n0\r\n\r\n"},
	{"chunk line ended by LF", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\na\n0\n\n"},
	{"LF in a chunk extension", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1;\na\r\na\r\n0\r\n\r\n"},
	{"chunk without its end", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\r\naXX0\r\n\r\n"},
	{"length in the trailer", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nContent-Length: 5\r\n\r\n"},
	{"no host", "GET / HTTP/1.1\r\n\r\n"},
	{"two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"},
	{"userinfo in the host", "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n"},
	{"two blanks", "GET  / HTTP/1.1\r\nHost: h\r\n\r\n"},
	{"tab in the request line", "GET\t/ HTTP/1.1\r\nHost: h\r\n\r\n"},
	{"HTTP/1.1.1", "GET / HTTP/1.1.1\r\nHost: h\r\n\r\n"},
	{"HTTP/0.9", "GET /\r\n"},
	{"control in the target", "GET /\x01 HTTP/1.1\r\nHost: h\r\n\r\n"},
}

// TestHTTPSmuggling writes the answers of five servers to what two readers could see
// differently into a table; the committed one must be it.
func TestHTTPSmuggling(t *testing.T) {
	read := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			w.WriteHeader(400)
		}
	})
	std := httptest.NewServer(read)
	defer std.Close()
	python := program(t, `
import http.server, os, threading
done = threading.Event()
class H(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        if self.path == "/quit":
            done.set()
        n = int(self.headers.get("Content-Length") or 0)
        self.rfile.read(n)
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()
    do_POST = do_GET
    def log_message(self, *a): pass
s = http.server.ThreadingHTTPServer(("127.0.0.1", 0), H)
s.daemon_threads = True
threading.Timer(60, s.shutdown).start()
print("READY", s.server_port)
threading.Thread(target=s.serve_forever, daemon=True).start()
done.wait(60)
os._exit(0)
`)
	sink := serveHTTP(t, &server.Server{Handler: server.HTTP(read)}, socketserver.Threading{})
	servers := []struct{ name, addr string }{
		{"pynet", serveHTTP(t, &server.Server{Handler: server.HTTP(read)}, socketserver.EventLoop{})},
		{"net/http", std.Listener.Addr().String()},
		{"nginx", nginx(t, "location / { proxy_pass http://"+sink+"; proxy_http_version 1.1; proxy_request_buffering on; }")},
		{"apache2", apache(t, "ProxyPass / http://"+sink+"/")},
		{"CPython", "127.0.0.1:" + python},
	}
	var table strings.Builder
	table.WriteString("| request |")
	for _, s := range servers {
		table.WriteString(" " + s.name + " |")
	}
	table.WriteString("\n|---|---|---|---|---|---|\n")
	for _, q := range smuggled {
		table.WriteString("| " + q.name + " |")
		for _, s := range servers {
			got := statusOf(t, s.addr, q.in)
			table.WriteString(" " + got + " |")
			if s.name == "pynet" {
				assert.Contains(t, []string{"400", "501"}, got, q.name)
			}
		}
		table.WriteString("\n")
	}
	statusOf(t, "127.0.0.1:"+python, "GET /quit HTTP/1.0\r\n\r\n")
	path := filepath.Join("testdata", "smuggling.md")
	if os.Getenv("PYNET_UPDATE") != "" {
		require.NoError(t, os.WriteFile(path, []byte(table.String()), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	ours := regexp.MustCompile(`(?m)^\| ([^|]*) \| ([^|]*) \|.*$`)
	assert.Equal(t, ours.FindAllString(ours.ReplaceAllString(string(want), "| $1 | $2 |"), -1), ours.FindAllString(ours.ReplaceAllString(table.String(), "| $1 | $2 |"), -1))
	t.Log("\n" + table.String())
}

// statusOf is the status of the answer, "closed" for none, "body" for one without a
// status line, "waits" for none in a while.
func statusOf(t *testing.T, addr, in string) string {
	c, err := net.Dial("tcp", addr)
	require.NoError(t, err)
	defer c.Close()
	io.WriteString(c, in)
	c.SetReadDeadline(time.Now().Add(700 * time.Millisecond))
	line, err := bufio.NewReader(c).ReadString('\n')
	f := strings.Fields(line)
	switch {
	case len(f) > 1 && strings.HasPrefix(f[0], "HTTP/"):
		return f[1]
	case line != "":
		return "body"
	case os.IsTimeout(err):
		return "waits"
	}
	return "closed"
}
