package server_test

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/httpx"
	"github.com/pynet-go/pynet/httpx/server"
)

// status is the code of the first answer.
func status(answer string) string {
	if m := regexp.MustCompile(`^HTTP/1\.[01] ([0-9]{3}) `).FindStringSubmatch(answer); m != nil {
		return m[1]
	}
	return answer[:min(len(answer), 40)]
}

// ask sends a request to a server of the handler.
func ask(t *testing.T, s *server.Server, in string) string {
	t.Helper()
	return raw(t, start(t, s, models["Threading"]), in)
}

// Control characters of a request line do not reach the log.
func TestSecX06LogInjection(t *testing.T) {
	var log syncBuffer
	s := &server.Server{Handler: echo, AccessLog: &log, Logger: slog.New(slog.NewTextHandler(&log, nil)), Lenient: server.LenientPython}
	addr := start(t, s, models["Threading"])
	raw(t, addr, "GET /\x1b[31m\x9b\\x HTTP/1.0\r\n\r\n")
	raw(t, addr, "GET /\rFAKE 200 HTTP/1.0\r\n\r\n")
	raw(t, addr, "\x1b]0;x\x07\r\n\r\n")
	for _, c := range []byte(log.String()) {
		assert.False(t, c < 0x20 && c != '\n' || c >= 0x7f && c < 0xa0, "%q", log.String())
	}
	assert.Contains(t, log.String(), `\x1b[31m\x9b\\x`)
}

// A client that is slow with its header, or its body, is not waited for.
func TestSecX17Slow(t *testing.T) {
	each(t, func(t *testing.T, start func(*server.Server) string) {
		addr := start(&server.Server{Handler: echo, HeaderTimeout: 60 * time.Millisecond, IdleTimeout: 60 * time.Millisecond, ReadTimeout: 150 * time.Millisecond})
		for _, in := range []string{"", "G", "GET / HTTP/1.1\r\nHost: h\r\n", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc"} {
			c, err := net.Dial("tcp", addr)
			require.NoError(t, err)
			io.WriteString(c, in)
			begin, b := time.Now(), make([]byte, 4096)
			for err = os.ErrDeadlineExceeded; os.IsTimeout(err) && time.Since(begin) < 5*time.Second; {
				c.SetReadDeadline(time.Now().Add(20 * time.Millisecond))
				if _, err = c.Read(b); err == nil { // the answer
					err = os.ErrDeadlineExceeded
				} else if os.IsTimeout(err) && len(in) > 0 {
					c.Write([]byte("x")) // a byte now and then does not help
				}
			}
			assert.False(t, os.IsTimeout(err), "%q", in)
			c.Close()
		}
	})
}

// A redirect to add a slash never names another host.
func TestSecHSRV01Redirect(t *testing.T) {
	dir := tree(t, map[string]string{"d/x": "", "evil.com/y": ""})
	f, err := server.NewFiles(dir)
	require.NoError(t, err)
	defer f.Close()
	addr := start(t, &server.Server{Handler: f}, models["Threading"])
	for _, target := range []string{"//evil.com/..%2fd", "/\\evil.com/../d", "//evil.com/%2e%2e/d", "///evil.com", "//evil.com", "/d", "http://h/d", "/evil.com/../d", "/%2fevil.com", "/%5cevil.com/%2e%2e/d", "/d;x/../d", "/d?q=//evil.com"} {
		got := raw(t, addr, "GET "+target+" HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
		resp, err := http.ReadResponse(newReader(got), nil)
		require.NoError(t, err, "%q", got)
		if l := resp.Header.Get("Location"); l != "" {
			assert.True(t, strings.HasPrefix(l, "/") && !strings.HasPrefix(l, "//") && !strings.HasPrefix(l, `/\`), "%s: %s", target, l)
		}
	}
}

// Names with a meaning of their own on Windows.
func TestSecHSRV03WindowsNames(t *testing.T) {
	for _, p := range []string{`/..\..\x`, "/C:/x", "/aux", "/x::$DATA", `/\\host/share`, "/a/NUL.txt", "/com1", "/COM¹.x", "/lpt9 .a", "/x.", "/x ", "/conin$"} {
		_, ok := server.CleanName(p, true)
		assert.False(t, ok, p)
	}
	for _, p := range []string{"/a.txt", "/a/b", "/common", "/auxiliary", "/x/.."} {
		_, ok := server.CleanName(p, true)
		assert.True(t, ok, p)
	}
}

// Dots, however they are spelled, lead nowhere (HSRV-04 is the same on Windows).
func TestSecHSRV05Dots(t *testing.T) {
	dir := tree(t, map[string]string{"root/%61": "escaped", "root/a": "plain", "secret": "s"})
	f, err := server.NewFiles(filepath.Join(dir, "root"))
	require.NoError(t, err)
	defer f.Close()
	addr := start(t, &server.Server{Handler: f}, models["Threading"])
	for _, p := range []string{"/%2e%2e/secret", "/..%2fsecret", "/%c0%ae%c0%ae/secret", "/....//secret", "/../secret", "/..%5csecret", "/%2e%2e%2fsecret", "/x/../../secret", "/%00/../secret", "/%252e%252e/secret", "/.%2e/secret", "/%u002e%u002e/secret"} {
		assert.Equal(t, "404", status(raw(t, addr, "GET "+p+" HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")), p)
	}
	assert.Contains(t, raw(t, addr, "GET /%2561 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"), "escaped")
}

// A link out of the tree is no way out of it.
func TestSecHSRV06Links(t *testing.T) {
	dir := tree(t, map[string]string{"root/a": "", "secret": "s3cret"})
	for link, to := range map[string]string{"l": "../secret", "abs": filepath.Join(dir, "secret"), "dir": "..", "in": "a"} {
		if err := os.Symlink(to, filepath.Join(dir, "root", link)); err != nil {
			t.Skip(err)
		}
	}
	f, err := server.NewFiles(filepath.Join(dir, "root"))
	require.NoError(t, err)
	defer f.Close()
	addr := start(t, &server.Server{Handler: f}, models["Threading"])
	for p, want := range map[string]string{"/l": "404", "/abs": "404", "/dir/secret": "404", "/in": "200"} {
		got := raw(t, addr, "GET "+p+" HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
		assert.Equal(t, want, status(got), p)
		assert.NotContains(t, got, "s3cret")
	}
}

// Names and targets stand escaped in listings, and only the path.
func TestSecHSRV07Listing(t *testing.T) {
	f, base := serveTree(t, map[string]string{"<img src=x onerror=1>.txt": "", "javascript:x": "", "d/<b>/x": ""})
	_ = f
	resp, body := fetch(t, "GET", base+"/")
	assert.NotContains(t, body, "<img")
	assert.Contains(t, body, `href="javascript%3Ax"`)
	assert.Equal(t, "nosniff", resp.Header.Get("X-Content-Type-Options"))
	assert.Contains(t, resp.Header.Get("Content-Security-Policy"), "default-src 'none'")
	assert.Contains(t, resp.Header.Get("Content-Type"), "charset=utf-8")
	_, body = fetch(t, "GET", base+"/d/%3Cb%3E/")
	assert.NotContains(t, body, "<b>")
}

func TestSecHSRV08ListingTitle(t *testing.T) {
	f, base := serveTree(t, map[string]string{"a": ""})
	_ = f
	_, body := fetch(t, "GET", base+"/?<script>")
	assert.NotContains(t, body, "script")
	assert.NotContains(t, body, os.TempDir())
}

// An encoded slash at the end of a directory.
func TestSecHSRV09EncodedSlash(t *testing.T) {
	_, base := serveTree(t, map[string]string{"dir/a": ""})
	resp, body := fetch(t, "GET", base+"/dir%2f")
	assert.Equal(t, 200, resp.StatusCode)
	assert.Contains(t, body, `<a href="a">`)
}

func TestSecHSRV10ErrorPage(t *testing.T) {
	for _, h := range []server.Handler{echo, &server.Files{FS: os.DirFS(t.TempDir())}, server.Methods{"GET": func(r *server.Request) { r.SendError(400, r.Target, r.Target) }}} {
		got := ask(t, &server.Server{Handler: h}, "GET /<script> HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
		if strings.Contains(got, "text/html") {
			_, body, _ := strings.Cut(got, "\r\n\r\n")
			assert.NotContains(t, body, "<script>")
		}
		got = ask(t, &server.Server{Handler: h}, "<script> / HTTP/1.1\r\nHost: h\r\n\r\n")
		_, body, _ := strings.Cut(got, "\r\n\r\n")
		assert.NotContains(t, body, "<script>")
	}
}

// A handler cannot be talked into another header or answer.
func TestSecHSRV11Splitting(t *testing.T) {
	errs := make(chan error, 100)
	got := ask(t, &server.Server{Handler: server.HandlerFunc(func(r *server.Request) {
		errs <- r.SendResponse(200, "OK\r\nX: y")
		errs <- r.SendResponseOnly(200, "a\nb")
		r.SendResponse(200, "")
		for _, v := range []string{"a\r\nY: b", "a\nb", "a\rb", "a\x00b"} {
			errs <- r.SendHeader("X", v)
			errs <- r.SendHeader(v, "x")
		}
		errs <- r.SendHeader("", "x")
		errs <- r.SendHeader("Content-Length", "+5")
		r.EndHeaders()
		errs <- r.SendHeader("Late", "x")
		errs <- r.SendResponse(200, "again")
		close(errs)
	})}, "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
	n := 0
	for err := range errs {
		n++
		assert.ErrorIs(t, err, server.ErrHeader)
	}
	assert.Equal(t, 14, n)
	assert.Equal(t, 1, strings.Count(got, "HTTP/1.1"))
	assert.NotContains(t, got, "Y: b")

	// send_error with such a message quotes it.
	got = ask(t, &server.Server{Handler: server.HandlerFunc(func(r *server.Request) { r.SendError(400, "a\r\nX: y", "") })}, "GET / HTTP/1.1\r\nHost: h\r\n\r\n")
	head, _, _ := strings.Cut(got, "\r\n\r\n")
	assert.NotContains(t, head, "\r\nX: y")
	f := &server.Files{FS: os.DirFS(t.TempDir()), Header: httpx.Header{{Name: "X", Value: "a\r\nEvil: b"}}}
	assert.NotContains(t, ask(t, &server.Server{Handler: f}, "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"), "Evil")
}

func TestSecHSRV12RequestLine(t *testing.T) {
	addr := start(t, &server.Server{Handler: echo}, models["Threading"])
	for in, want := range map[string]string{
		"GET /" + strings.Repeat("a", 66000) + " HTTP/1.1\r\nHost: h\r\n\r\n":        "414",
		"GET / HTTP/1.1\r\nHost: h\r\nX: " + strings.Repeat("a", 66000) + "\r\n\r\n": "431",
		"GET / HTTP/1.1\r\n" + strings.Repeat("X: y\r\n", 101) + "\r\n":              "431",
		"GET  /  HTTP/1.1\r\nHost: h\r\n\r\n":                                        "400",
		"GET / HTTP/1.1.1\r\nHost: h\r\n\r\n":                                        "400",
		"GET / HTTP/00000000001.1\r\nHost: h\r\n\r\n":                                "400",
		"GET / HTTP/1.10\r\nHost: h\r\n\r\n":                                         "400",
		"GET / HTTP/9.9\r\nHost: h\r\n\r\n":                                          "505",
		"GET / HTTP/1.1\nHost: h\n\n":                                                "400",
		"GET / HTTP/1.1\r\nHost: h\r\nX: a\r\n b\r\n\r\n":                            "400",
		"GET x HTTP/1.1\r\nHost: h\r\n\r\n":                                          "400",
		"GET * HTTP/1.1\r\nHost: h\r\n\r\n":                                          "400",
		"GET http:///x HTTP/1.1\r\nHost: h\r\n\r\n":                                  "400",
	} {
		assert.Equal(t, want, status(raw(t, addr, in)), "%.60q", in)
	}
}

// What is no HTTP gets an answer with a status line and a header.
func TestSecHSRV13HTTP09(t *testing.T) {
	addr := start(t, &server.Server{Handler: echo}, models["Threading"])
	for _, in := range []string{"GET /\r\n", "<script>\r\n\r\n", "HELO x\r\n", "FOO\r\n"} {
		assert.Equal(t, "400", status(raw(t, addr, in)), "%q", in)
	}
	// Where it is asked for, the answer is the body alone, and nothing is waited for.
	addr = start(t, &server.Server{Handler: echo, Lenient: server.LenientHTTP09}, models["Threading"])
	assert.Equal(t, `GET / ""`, raw(t, addr, "GET /\r\n"))
	assert.Equal(t, "400", status(raw(t, addr, "POST /\r\n")))
}

func TestSecHSRV14Host(t *testing.T) {
	addr := start(t, &server.Server{Handler: echo}, models["Threading"])
	for _, h := range []string{"", "Host: a\r\nHost: a\r\n", "Host: a\r\nhost: b\r\n", "Host: a b\r\n", "Host: a@b\r\n", "Host: a:99999\r\n", "Host: a/b\r\n", "Host: [::1\r\n", "Host: a,b\r\n"} {
		assert.Equal(t, "400", status(raw(t, addr, "GET / HTTP/1.1\r\n"+h+"\r\n")), "%q", h)
	}
	// A target in absolute form counts, not Host (WSGI-31).
	addr = start(t, &server.Server{Handler: server.HandlerFunc(func(r *server.Request) { r.WriteString(r.Host() + " " + r.Target) })}, models["Threading"])
	assert.Contains(t, raw(t, addr, "GET http://real/x HTTP/1.1\r\nHost: forged\r\nConnection: close\r\n\r\n"), "real /x")
}

// A body that nobody reads is not the next request.
func TestSecHSRV15UnreadBody(t *testing.T) {
	each(t, func(t *testing.T, start func(*server.Server) string) {
		addr := start(&server.Server{Handler: server.HandlerFunc(func(r *server.Request) {
			r.SendResponse(404, "")
			r.SendHeader("Content-Length", "0")
			r.EndHeaders()
		})})
		const inner = "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n"
		got := raw(t, addr, fmt.Sprintf("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n\r\n%sGET /b HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", len(inner), inner))
		assert.Equal(t, 2, strings.Count(got, "HTTP/1.1 404"))
		c, err := net.Dial("tcp", addr)
		require.NoError(t, err)
		defer c.Close()
		c.SetDeadline(time.Now().Add(10 * time.Second))
		fmt.Fprintf(c, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n\r\n", 10<<20)
		go io.Copy(c, io.LimitReader(zeroReader{}, 10<<20))
		b, _ := io.ReadAll(c)
		assert.Equal(t, 1, strings.Count(string(b), "HTTP/1.1 404"), "then the connection is closed")
	})
}

type zeroReader struct{}

func (zeroReader) Read(p []byte) (int, error) { return len(p), nil }

func TestSecHSRV16Expect(t *testing.T) {
	s := &server.Server{Handler: echo, MaxBody: 10}
	addr := start(t, s, models["Threading"])
	assert.Equal(t, "417", status(raw(t, addr, "POST / HTTP/1.1\r\nHost: h\r\nExpect: foo\r\nContent-Length: 1\r\n\r\n")))
	got := raw(t, addr, "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 11\r\n\r\n")
	assert.Equal(t, "413", status(got))
	assert.NotContains(t, got, " 100 ")
	got = raw(t, addr, "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nff\r\n"+strings.Repeat("x", 255)+"\r\n0\r\n\r\n")
	assert.NotContains(t, got, strings.Repeat("x", 200), "a body in chunks is cut at MaxBody, too")
}

// Many ranges do not make an answer larger than the file by much.
func TestSecHSRV17Ranges(t *testing.T) {
	_, base := serveTree(t, map[string]string{"a": strings.Repeat("x", 100000)})
	for _, v := range []string{"bytes=" + strings.Repeat("0-,", 10000), "bytes=" + strings.Repeat("0-,", 40), "bytes=0-0,2-2,4-4,6-6,8-8,10-10,12-12,14-14,16-16,18-18,20-20,22-22,24-24,26-26,28-28,30-30,32-32,34-34"} {
		resp, body := fetch(t, "GET", base+"/a", "Range: "+v)
		assert.LessOrEqual(t, len(body), 100000)
		assert.Contains(t, []int{200, 206}, resp.StatusCode)
	}
	resp, _ := fetch(t, "GET", base+"/a", "Range: bytes=9223372036854775807-")
	assert.Equal(t, 416, resp.StatusCode)
}

// Files runs nothing and writes nothing.
func TestSecHSRV18NoCGI(t *testing.T) {
	dir := tree(t, map[string]string{"cgi-bin/x": "#!/bin/sh\necho ran\n"})
	require.NoError(t, os.Chmod(filepath.Join(dir, "cgi-bin/x"), 0o755))
	f, err := server.NewFiles(dir)
	require.NoError(t, err)
	defer f.Close()
	addr := start(t, &server.Server{Handler: f}, models["Threading"])
	assert.Contains(t, raw(t, addr, "GET /cgi-bin/x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"), "#!/bin/sh")
	for _, m := range []string{"PUT", "POST", "DELETE", "PATCH"} { // HSRV-19
		assert.Equal(t, "501", status(raw(t, addr, m+" /../x HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx")))
	}
}

// One client that never speaks TLS does not keep the others waiting.
func TestSecHSRV20Handshake(t *testing.T) {
	srv, hc := tlsConfig(t)
	for name, m := range models {
		if m == nil || name == "Sequential" {
			continue // one at a time is what Sequential means
		}
		t.Run(name, func(t *testing.T) {
			addr := start(t, &server.Server{Handler: echo, TLS: srv}, m)
			for range 4 {
				c, err := net.Dial("tcp", addr)
				require.NoError(t, err)
				defer c.Close()
			}
			resp, err := hc.Get("https://" + addr)
			require.NoError(t, err)
			resp.Body.Close()
			hc.CloseIdleConnections()
		})
	}
}

func TestSecHSRV22Hidden(t *testing.T) {
	_, base := serveTree(t, map[string]string{".git/config": "s", ".env": "s", "a/.x/y": "s"})
	for _, p := range []string{"/.git/config", "/.env", "/a/.x/y", "/%2eenv", "/.git/", "/a/../.env"} {
		resp, _ := fetch(t, "GET", base+p)
		assert.Equal(t, 404, resp.StatusCode, p)
	}
}

func TestSecHSRV23AllowedHosts(t *testing.T) {
	addr := start(t, &server.Server{Handler: echo, AllowedHosts: []string{"localhost", "127.0.0.1", "::1"}}, models["Threading"])
	for host, want := range map[string]string{"localhost": "200", "LOCALHOST:8000": "200", "127.0.0.1:1": "200", "[::1]:80": "200", "evil.com": "421", "localhost.evil.com": "421", "localhost@evil.com": "400"} {
		assert.Equal(t, want, status(raw(t, addr, "GET / HTTP/1.1\r\nHost: "+host+"\r\nConnection: close\r\n\r\n")), host)
	}
	assert.Equal(t, "421", status(raw(t, addr, "GET http://evil.com/ HTTP/1.1\r\nHost: localhost\r\n\r\n")))
}

// The shared rows of framing, from the server's side: one request, one answer, the end.
func TestSecHCLI13Framing(t *testing.T) {
	each(t, func(t *testing.T, start func(*server.Server) string) {
		addr := start(&server.Server{Handler: echo})
		for _, tt := range smuggling {
			got := raw(t, addr, tt.in)
			assert.Equal(t, tt.want, status(got), tt.name)
			assert.NotContains(t, got, "smuggled", tt.name)
		}
	})
}

// smuggling are requests that two readers could see differently, each followed by what
// one of them would take for the next.
var smuggling = []struct{ name, in, want string }{
	{"CL.TE", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n", "400"},
	{"TE.CL", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n5c\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n0\r\n\r\n", "400"},
	{"two lengths", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\nContent-Length: 37\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n", "400"},
	{"length list", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0, 37\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n", "400"},
	{"signed length", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: +0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n", "400"},
	{"blank before the colon", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n", "400"},
	{"tab after the name", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length\t: 37\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n", "400"},
	{"vertical tab", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n", "400"},
	{"xchunked", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n", "501"},
	{"chunked, identity", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n", "501"},
	{"identity", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: identity\r\nContent-Length: 0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n", "501"},
	{"two codings", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n", "501"},
	{"quoted coding", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n", "501"},
	{"chunks in 1.0", "POST / HTTP/1.0\r\nHost: h\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n", "501"},
	{"folded coding", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n", "400"},
	{"bare LF head", "POST / HTTP/1.1\r\nHost: h\nContent-Length: 37\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n", "400"},
	{"bare CR", "POST / HTTP/1.1\r\nHost: h\rContent-Length: 37\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n", "400"},
	{"NUL in a name", "POST / HTTP/1.1\r\nHost: h\r\nContent-\x00Length: 37\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n", "400"},
	{"no name", "POST / HTTP/1.1\r\nHost: h\r\n: x\r\nContent-Length: 0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", "400"},
	{"chunk size signed", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n+0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n", "200"},
	{"chunk size 0x", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0x0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n", "200"},
	{"chunk line LF", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\n\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n", "200"},
	{"chunk extension LF", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2;\nxx\r\n4c\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n", "200"},
	{"chunk without its end", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhiXX0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n", "200"},
	{"size overflow", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n10000000000000000\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n", "200"},
	{"framing in the trailer", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nContent-Length: 5\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n", "200"},
	{"length overflow", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 18446744073709551616\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n", "400"},
	{"underscore is no hyphen", "POST / HTTP/1.1\r\nHost: h\r\nContent_Length: 37\r\nConnection: close\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n", "200"},
	{"GET with a body", "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 35\r\nConnection: close\r\n\r\nGET /unseen HTTP/1.1\r\nHost: h\r\n\r\n\r\n", "200"},
	{"two blanks", "GET  / HTTP/1.1\r\nHost: h\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n", "400"},
	{"blank first line", " \r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n", "400"},
	{"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n", "505"},
}

func newReader(s string) *bufio.Reader { return bufio.NewReader(strings.NewReader(s)) }

// tlsConfig is a server's configuration and a client that trusts it.
func tlsConfig(t *testing.T) (*tls.Config, *http.Client) {
	s := httptest.NewUnstartedServer(nil)
	s.StartTLS()
	t.Cleanup(s.Close)
	return &tls.Config{Certificates: s.TLS.Certificates}, s.Client()
}

// ReadTimeout is for all of a request, whatever its header has taken.
func TestSecX17ReadTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ours, theirs := net.Pipe()
		s := &server.Server{ReadTimeout: time.Second, Handler: server.HandlerFunc(func(r *server.Request) { io.Copy(io.Discard, r) })}
		go s.ServeNetConn(t.Context(), ours)
		begun := time.Now()
		io.WriteString(theirs, "POST / HTTP/1.1\r\nHost: h\r\n")
		time.Sleep(900 * time.Millisecond)
		io.WriteString(theirs, "Content-Length: 9\r\n\r\n")
		io.Copy(io.Discard, theirs)
		assert.Equal(t, time.Second, time.Since(begun))
	})
}
