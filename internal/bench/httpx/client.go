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

// gets measures a getter against an origin in another process. With one connection the
// ends take turns, and most of the time passes until a processor that has gone to rest
// wakes; the processor time of the client is reported besides.
func gets(b *testing.B, get getter) {
	addr, end := childOutput(b, "origin", "")
	defer end()
	url := "http://" + addr + "/"
	if err := get(url); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	before := processorTime()
	defer func() {
		b.ReportMetric(float64((processorTime()-before).Nanoseconds())/float64(b.N), "cpu-ns/req")
	}()
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

// clientPython gets from an origin in another process that answers in one piece, as the
// one of the others does; the figure is for the table, not for a ratio.
var clientPython = &bench.Python{
	Setup: `
import http.client, os, socket
l = socket.create_server(("127.0.0.1", 0))
if os.fork() == 0:
    s, _ = l.accept()
    while s.recv(65536):
        s.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 13\r\n\r\nHello, World!")
    os._exit(0)
c = http.client.HTTPConnection("127.0.0.1", l.getsockname()[1])
def get():
    c.request("GET", "/")
    c.getresponse().read()
get()
`,
	Stmt: "get()",
}
