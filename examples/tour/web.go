package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/pynet-go/pynet/httpx"
	"github.com/pynet-go/pynet/httpx/client"
	"github.com/pynet-go/pynet/httpx/server"
	"github.com/pynet-go/pynet/socketserver"
)

// web replays the requests of the log against a server of ours, over connections that
// are kept, and asks for what servers must not mistake.
func web(w io.Writer, in *input) error {
	pages := map[string]int{}
	for _, e := range in.log {
		pages[e.url]++
	}
	s := &server.Server{
		Addr:  "127.0.0.1:0",
		Model: socketserver.Threading{}, // or EventLoop, where one that rests is a row of a table
		Handler: server.Methods{"GET": func(r *server.Request) {
			n, ok := pages[r.Target]
			if !ok {
				r.SendError(httpx.StatusNotFound, "", "")
				return
			}
			r.SendResponse(httpx.StatusOK, "")
			r.SendHeader("Content-Type", "text/plain")
			r.EndHeaders()
			fmt.Fprintf(r, "%d", n)
		}},
	}
	if err := s.Listen(); err != nil {
		return err
	}
	go s.ServeForever(context.Background())
	defer s.Close()

	ctx := context.Background()
	c, err := client.New(s.LocalAddr().String(), nil)
	if err != nil {
		return err
	}
	defer c.Close()
	answers, conns := 0, map[any]bool{}
	for _, e := range in.log {
		if !strings.HasPrefix(e.url, "/") {
			continue
		}
		if err := c.Request(ctx, "GET", e.url, nil, httpx.Header{{Name: "X-Order", Value: "kept"}}); err != nil {
			continue // no URL that may go out: client.ErrInvalidURL
		}
		conns[c.NetConn()] = true
		r, err := c.Response(ctx)
		if err != nil {
			return err
		}
		if _, err := r.ReadAll(); err != nil {
			return err
		}
		answers++
	}
	fmt.Fprintf(w, "%d requests of the log answered over %d connections; an answer that is an error ends one\n", answers, len(conns))

	// A header must not end before its time, and a request not be two.
	c.PutRequest("GET", "/")
	fmt.Fprintln(w, "a header with a line end:", c.PutHeader("X", "a\r\nY: b"))
	for _, request := range []string{
		"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: h\r\nX: a\r\n folded\r\n\r\n",
		"GET / HTTP/1.1\r\n\r\n",
	} {
		status, err := statusOf(ctx, s.LocalAddr().String(), request)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%q: %s %s\n", request, status, status.Phrase())
	}
	return nil
}

// statusOf sends bytes as they are and reads the status of the answer.
func statusOf(ctx context.Context, addr, request string) (httpx.Status, error) {
	c, err := client.New(addr, nil)
	if err != nil {
		return 0, err
	}
	defer c.Close()
	if err := c.Connect(ctx); err != nil {
		return 0, err
	}
	nc := c.NetConn()
	if _, err := io.WriteString(nc, request); err != nil {
		return 0, err
	}
	r, err := client.ReadResponse(nc, "GET", nil)
	if err != nil {
		return 0, err
	}
	return r.Status, r.Close()
}
