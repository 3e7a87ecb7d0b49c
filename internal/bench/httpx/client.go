package httpx

import (
	"context"
	"io"
	"net/http"
	"sync"
	"testing"

	"github.com/valyala/fasthttp"

	"github.com/pynet-go/pynet/httpx/client"
	"github.com/pynet-go/pynet/internal/bench"
)

// A getter gets a URL once.
type getter func(url string) error

// gets measures a getter against an origin in another process.
func gets(b *testing.B, get getter) {
	addr, end := childOutput(b, "origin", "")
	defer end()
	url := "http://" + addr + "/"
	if err := get(url); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.ResetTimer()
	if parallelNow {
		b.SetParallelism(32)
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				if err := get(url); err != nil {
					b.Error(err)
					return
				}
			}
		})
		return
	}
	for range b.N {
		if err := get(url); err != nil {
			b.Fatal(err)
		}
	}
}

// parallelNow has gets use many goroutines.
var parallelNow bool

func parallel(run func(b *testing.B)) func(b *testing.B) {
	return func(b *testing.B) {
		parallelNow = true
		defer func() { parallelNow = false }()
		run(b)
	}
}

var scratch = sync.Pool{New: func() any {
	b := make([]byte, 4096)
	return &b
}}

func drain(r io.Reader) error {
	b := scratch.Get().(*[]byte)
	defer scratch.Put(b)
	for {
		if _, err := r.Read(*b); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
}

func clientPool(b *testing.B) {
	p := &client.Pool{}
	defer p.Close()
	gets(b, func(url string) error {
		r, err := p.Do(context.Background(), "GET", url, nil, nil)
		if err != nil {
			return err
		}
		return drain(r)
	})
}

func clientRoundTrip(b *testing.B) { httpClient(b, &client.Pool{}) }

func clientNetHTTP(b *testing.B) {
	httpClient(b, &http.Transport{MaxIdleConnsPerHost: 100, DisableCompression: true})
}

func httpClient(b *testing.B, rt http.RoundTripper) {
	hc := http.Client{Transport: rt}
	defer hc.CloseIdleConnections()
	gets(b, func(url string) error {
		r, err := hc.Get(url)
		if err != nil {
			return err
		}
		defer r.Body.Close()
		return drain(r.Body)
	})
}

func clientFast(b *testing.B) {
	c := &fasthttp.Client{}
	defer c.CloseIdleConnections()
	gets(b, func(url string) error {
		req, resp := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
		defer fasthttp.ReleaseRequest(req)
		defer fasthttp.ReleaseResponse(resp)
		req.SetRequestURI(url)
		return c.Do(req, resp)
	})
}

// clientPython gets from a server of CPython's own in a thread; the figure is for the
// table, not for a ratio.
var clientPython = &bench.Python{
	Setup: `
import http.client, http.server, threading
class H(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "13")
        self.end_headers()
        self.wfile.write(b"Hello, World!")
    def log_message(self, *a): pass
s = http.server.ThreadingHTTPServer(("127.0.0.1", 0), H)
threading.Thread(target=s.serve_forever, daemon=True).start()
c = http.client.HTTPConnection("127.0.0.1", s.server_port)
def get():
    c.request("GET", "/")
    c.getresponse().read()
get()
`,
	Stmt: "get()",
}
