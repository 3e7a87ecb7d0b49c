package client_test

import (
	"context"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/pynet-go/pynet/httpx"
	"github.com/pynet-go/pynet/httpx/client"
)

// origin is a server for the examples.
func origin() *httptest.Server {
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		w.Header()["Date"] = nil
		fmt.Fprintf(w, "%s %s %q", r.Method, r.URL, b)
	}))
}

func Example() {
	srv := origin()
	defer srv.Close()
	ctx := context.Background()

	c, err := client.New(srv.Listener.Addr().String(), nil)
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()
	if err := c.Request(ctx, "POST", "/form", strings.NewReader("a=1"), httpx.Header{{Name: "X-Order", Value: "kept"}}); err != nil {
		log.Fatal(err)
	}
	r, err := c.Response(ctx)
	if err != nil {
		log.Fatal(err)
	}
	body, err := r.ReadAll()
	fmt.Println(r.Status, r.Reason, string(body), err)
	// Output: 200 OK POST /form "a=1" <nil>
}

// Each step by itself, with a body in chunks and a trailer.
func ExampleConn_EndHeaders() {
	srv := origin()
	defer srv.Close()
	ctx := context.Background()
	c, _ := client.New(srv.Listener.Addr().String(), nil)
	defer c.Close()

	c.PutRequest("PUT", "/log", client.SkipAcceptEncoding)
	c.PutHeader("Transfer-Encoding", "chunked")
	c.PutHeader("Trailer", "X-Lines")
	err := c.EndHeaders(ctx, client.Chunked(strings.NewReader("one\ntwo\n"), httpx.Header{{Name: "X-Lines", Value: "2"}}))
	if err != nil {
		log.Fatal(err)
	}
	r, err := c.Response(ctx)
	if err != nil {
		log.Fatal(err)
	}
	for line, err := range r.Lines() {
		fmt.Println(string(line), err)
	}
	// Output: PUT /log "one\ntwo\n" <nil>
}

func ExamplePool() {
	srv := origin()
	defer srv.Close()
	pool := &client.Pool{MaxPerHost: 4}
	defer pool.Close()

	hc := http.Client{Transport: pool} // redirects, cookies and timeouts are net/http's
	resp, err := hc.Get(srv.URL + "/a")
	if err != nil {
		log.Fatal(err)
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body)
	fmt.Println(resp.Status, string(body))

	r, err := pool.Do(context.Background(), "GET", srv.URL+"/b", nil, nil) // with less around it
	if err != nil {
		log.Fatal(err)
	}
	b, _ := r.ReadAll()
	fmt.Println(r.Status, string(b))
	// Output:
	// 200 OK GET /a ""
	// 200 GET /b ""
}

// What Python's exceptions are.
func ExampleIncompleteReadError() {
	r, err := client.ReadResponse(strings.NewReader("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort"), "GET", nil)
	if err != nil {
		log.Fatal(err)
	}
	b, err := r.ReadAll()
	fmt.Printf("%s: %v\n", b, err)
	_, err = client.ReadResponse(strings.NewReader("ICY 200 OK\r\n\r\n"), "GET", nil)
	fmt.Println(err)
	// Output:
	// short: client: incomplete read: 5 bytes, 5 more expected: unexpected EOF
	// client: bad status line "ICY 200 OK\r\n"
}
