package server_test

import (
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/httpx"
	"github.com/pynet-go/pynet/httpx/server"
)

// tree makes a folder of files. A name that ends in a slash is a folder.
func tree(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if strings.HasSuffix(name, "/") {
			require.NoError(t, os.MkdirAll(p, 0o755))
			continue
		}
		require.NoError(t, os.MkdirAll(filepath.Dir(p), 0o755))
		require.NoError(t, os.WriteFile(p, []byte(content), 0o644))
		require.NoError(t, os.Chtimes(p, time.Time{}, time.Unix(1600000000, 0)))
	}
	return dir
}

func serveTree(t testing.TB, files map[string]string) (*server.Files, string) {
	t.Helper()
	f, err := server.NewFiles(tree(t, files))
	require.NoError(t, err)
	t.Cleanup(func() { f.Close() })
	return f, "http://" + start(t, &server.Server{Handler: f}, models["Threading"])
}

// fetch asks with the header fields given as "Name: value".
func fetch(t testing.TB, method, url string, header ...string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequest(method, url, nil)
	require.NoError(t, err)
	for _, h := range header {
		k, v, _ := strings.Cut(h, ": ")
		req.Header.Set(k, v)
	}
	resp, err := (&http.Transport{DisableCompression: true, DisableKeepAlives: true}).RoundTrip(req)
	require.NoError(t, err)
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return resp, string(b)
}

func TestFiles(t *testing.T) {
	f, base := serveTree(t, map[string]string{"a.txt": "0123456789", "sub/index.html": "<p>", "x/b.bin": "\x00", "x/.hidden": "s", "no": "?", "e.unknown": ""})
	f.Header = httpx.Header{{Name: "X-Extra", Value: "1"}, {Name: "Content-Type", Value: "no"}}
	for _, tt := range []struct {
		method, path string
		status       int
		ctype, body  string
	}{
		{"GET", "/a.txt", 200, "text/plain", "0123456789"},
		{"HEAD", "/a.txt", 200, "text/plain", ""},
		{"GET", "/a.txt?x#y", 200, "text/plain", "0123456789"},
		{"GET", "/%61.txt", 200, "text/plain", "0123456789"},
		{"GET", "/sub/", 200, "text/html", "<p>"},
		{"GET", "/x/../a.txt", 200, "text/plain", "0123456789"},
		{"GET", "/no", 200, "application/octet-stream", "?"},
		{"GET", "/e.unknown", 200, "application/octet-stream", ""},
		{"GET", "/a.txt/", 404, "", ""},
		{"GET", "/nowhere", 404, "", ""},
		{"GET", "/x/.hidden", 404, "", ""},
		{"GET", "/sub", 301, "", ""},
		{"POST", "/a.txt", 501, "", ""},
		{"PUT", "/../x", 501, "", ""},
	} {
		resp, body := fetch(t, tt.method, base+tt.path)
		assert.Equal(t, tt.status, resp.StatusCode, tt.path)
		if tt.status == 200 {
			assert.Equal(t, tt.ctype, resp.Header.Get("Content-Type"), tt.path)
			assert.Equal(t, tt.body, body, tt.path)
			assert.Equal(t, "Sun, 13 Sep 2020 12:26:40 GMT", resp.Header.Get("Last-Modified"))
			assert.Equal(t, "1", resp.Header.Get("X-Extra"))
		}
	}
	resp, _ := fetch(t, "GET", base+"/sub?q")
	assert.Equal(t, "/sub/?q", resp.Header.Get("Location"))
}

func TestConditions(t *testing.T) {
	_, base := serveTree(t, map[string]string{"a.txt": "0123456789"})
	resp, _ := fetch(t, "GET", base+"/a.txt")
	tag := resp.Header.Get("Etag")
	require.NotEmpty(t, tag)
	const when, before, after = "Sun, 13 Sep 2020 12:26:40 GMT", "Sun, 13 Sep 2020 12:26:39 GMT", "Sun, 13 Sep 2020 12:26:41 GMT"
	for _, tt := range []struct {
		header string
		status int
	}{
		{"If-None-Match: " + tag, 304}, {"If-None-Match: *", 304}, {"If-None-Match: \"x\", W/" + tag, 304}, {`If-None-Match: "x"`, 200},
		{"If-Match: " + tag, 200}, {"If-Match: *", 200}, {`If-Match: "x"`, 412}, {"If-Match: W/" + tag, 412},
		{"If-Modified-Since: " + when, 304}, {"If-Modified-Since: " + after, 304}, {"If-Modified-Since: " + before, 200}, {"If-Modified-Since: junk", 200},
		{"If-Modified-Since: Sun, 13 Sep 2020 12:26:40 +0100", 200},
		{"If-Unmodified-Since: " + before, 412}, {"If-Unmodified-Since: " + when, 200},
	} {
		resp, _ := fetch(t, "GET", base+"/a.txt", tt.header)
		assert.Equal(t, tt.status, resp.StatusCode, tt.header)
	}
	resp, _ = fetch(t, "GET", base+"/a.txt", `If-None-Match: "x"`, "If-Modified-Since: "+when)
	assert.Equal(t, 200, resp.StatusCode, "the tag counts, not the time")
}

func TestRanges(t *testing.T) {
	_, base := serveTree(t, map[string]string{"a.txt": "0123456789", "empty": ""})
	for _, ranges := range []string{"bytes=0-", "bytes=-5", "bytes=0-0,3-"} { // as clients ask that always do
		resp, body := fetch(t, "GET", base+"/empty", "Range: "+ranges)
		assert.Equal(t, 200, resp.StatusCode, ranges)
		assert.Empty(t, body)
	}
	for _, tt := range []struct {
		ranges     string
		status     int
		part, body string
	}{
		{"bytes=0-3", 206, "bytes 0-3/10", "0123"},
		{"bytes=7-", 206, "bytes 7-9/10", "789"},
		{"bytes=-2", 206, "bytes 8-9/10", "89"},
		{"bytes=-100", 206, "bytes 0-9/10", "0123456789"},
		{"bytes=5-100", 206, "bytes 5-9/10", "56789"},
		{"bytes=0-2,2-4", 206, "bytes 0-4/10", "01234"},
		{"bytes=10-", 416, "bytes */10", ""},
		{"bytes=-0", 416, "bytes */10", ""},
		{"bytes=9223372036854775807-", 416, "bytes */10", ""},
		{"bytes=99999999999999999999-", 416, "bytes */10", ""},
		{"bytes=3-1", 200, "", "0123456789"},
		{"bytes=a-b", 200, "", "0123456789"},
		{"bytes=", 200, "", "0123456789"},
		{"lines=1-2", 200, "", "0123456789"},
		{"bytes=+1-2", 200, "", "0123456789"},
	} {
		resp, body := fetch(t, "GET", base+"/a.txt", "Range: "+tt.ranges)
		assert.Equal(t, tt.status, resp.StatusCode, tt.ranges)
		assert.Equal(t, tt.part, resp.Header.Get("Content-Range"), tt.ranges)
		assert.Equal(t, tt.body, body, tt.ranges)
	}
	resp, body := fetch(t, "GET", base+"/a.txt", "Range: bytes=8-9,0-1,4-4")
	require.Equal(t, 206, resp.StatusCode)
	_, params, err := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	require.NoError(t, err)
	mr := multipart.NewReader(strings.NewReader(body), params["boundary"])
	var parts []string
	for {
		p, err := mr.NextPart()
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		b, _ := io.ReadAll(p)
		parts = append(parts, p.Header.Get("Content-Range")+" "+p.Header.Get("Content-Type")+" "+string(b))
	}
	assert.Equal(t, []string{"bytes 0-1/10 text/plain 01", "bytes 4-4/10 text/plain 4", "bytes 8-9/10 text/plain 89"}, parts)

	resp, _ = fetch(t, "GET", base+"/a.txt")
	tag := resp.Header.Get("Etag")
	for v, status := range map[string]int{tag: 206, `"x"`: 200, "W/" + tag: 200, "Sun, 13 Sep 2020 12:26:40 GMT": 206, "Sun, 13 Sep 2020 12:26:41 GMT": 200} {
		resp, _ := fetch(t, "GET", base+"/a.txt", "Range: bytes=0-0", "If-Range: "+v)
		assert.Equal(t, status, resp.StatusCode, v)
	}
}

func TestListing(t *testing.T) {
	f, base := serveTree(t, map[string]string{"b.txt": "x", "A dir/": "", "<i>&\".txt": "", "é%.txt": "", ".secret": ""})
	resp, body := fetch(t, "GET", base+"/")
	assert.Equal(t, "text/html; charset=utf-8", resp.Header.Get("Content-Type"))
	assert.Equal(t, "nosniff", resp.Header.Get("X-Content-Type-Options"))
	assert.Contains(t, resp.Header.Get("Content-Security-Policy"), "default-src 'none'")
	assert.Contains(t, body, "color-scheme:light dark")
	var at []int
	for _, link := range []string{`<a href="%3Ci%3E%26%22.txt">&lt;i&gt;&amp;&#34;.txt</a>`, `<a href="A%20dir/">A dir/</a>`, `<a href="b.txt">b.txt</a>`, `<a href="%C3%A9%25.txt">é%.txt</a>`} {
		i := strings.Index(body, link)
		require.GreaterOrEqual(t, i, 0, "%s in %s", link, body)
		at = append(at, i)
	}
	assert.IsIncreasing(t, at)
	assert.NotContains(t, body, ".secret")

	resp, body = fetch(t, "GET", base+"/", "Accept: application/json")
	assert.Equal(t, "application/json", resp.Header.Get("Content-Type"))
	var list []server.Entry
	require.NoError(t, json.Unmarshal([]byte(body), &list))
	require.Len(t, list, 4)
	assert.Equal(t, "directory", list[1].Type)
	assert.EqualValues(t, 1, list[2].Size)

	f.Hidden = true
	_, body = fetch(t, "GET", base+"/")
	assert.Contains(t, body, ".secret")
	f.NoListing = true
	resp, _ = fetch(t, "GET", base+"/")
	assert.Equal(t, 404, resp.StatusCode)
}

// A file is sent whole, whatever its length, in every model.
func TestSendFile(t *testing.T) {
	content := strings.Repeat("0123456789abcdef", 1<<17) // 2 MiB
	dir := tree(t, map[string]string{"big": content})
	each(t, func(t *testing.T, start func(*server.Server) string) {
		f, err := server.NewFiles(dir)
		require.NoError(t, err)
		defer f.Close()
		base := "http://" + start(&server.Server{Handler: f})
		_, body := fetch(t, "GET", base+"/big")
		assert.True(t, body == content)
		_, body = fetch(t, "GET", base+"/big", "Range: bytes=100000-1999999")
		assert.True(t, body == content[100000:2000000])
	})
}

// On Linux the system copies the file itself, in every model, to a client that waits at first.
func TestSendFilePath(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("sendfile is used on Linux")
	}
	const size = 32 << 20 // more than the buffers of a connection
	name := filepath.Join(t.TempDir(), "big")
	require.NoError(t, os.WriteFile(name, nil, 0o600))
	require.NoError(t, os.Truncate(name, size))
	each(t, func(t *testing.T, start func(*server.Server) string) {
		addr := start(&server.Server{Handler: server.HandlerFunc(func(r *server.Request) {
			f, err := os.Open(name)
			if !assert.NoError(t, err) {
				return
			}
			defer f.Close()
			r.SendResponse(200, "")
			r.SendHeader("Content-Length", strconv.Itoa(size))
			r.EndHeaders()
			n, handled, err := r.SendFile(f)
			assert.NoError(t, err)
			assert.True(t, handled, "it was not copied by the system")
			assert.EqualValues(t, size, n)
		})})
		for range 2 {
			resp, err := http.Get("http://" + addr)
			require.NoError(t, err)
			n, err := io.Copy(io.Discard, resp.Body)
			require.NoError(t, err)
			assert.EqualValues(t, size, n)
			resp.Body.Close()
		}
	})
}

func TestContentType(t *testing.T) {
	f := &server.Files{Types: map[string]string{".x": "a/x", ".TXT": "a/upper"}, DefaultType: "d/d"}
	for name, want := range map[string]string{"a.x": "a/x", "a.X": "a/x", "a.TXT": "a/upper", "a.txt": "text/plain", "a.HTML": "text/html", "a.tar.gz": "application/gzip", "a": "d/d", ".txt": "d/d", "a.zzz": "d/d", "a.wasm": "application/wasm", "a.js": "text/javascript"} {
		assert.Equal(t, want, f.ContentType(name), name)
	}
}

func ExampleFiles_Translate() {
	f := &server.Files{}
	for _, target := range []string{"/a/../b%20c?x", "/../../etc/passwd", "/dir/", "/%00"} {
		fmt.Println(f.Translate(target))
	}
	// Output:
	// b c false true
	// etc/passwd false true
	// dir true true
	//  false false
}
