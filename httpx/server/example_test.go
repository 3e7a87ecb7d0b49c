package server_test

import (
	"context"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"path/filepath"

	"github.com/pynet-go/pynet/httpx"
	"github.com/pynet-go/pynet/httpx/server"
	"github.com/pynet-go/pynet/socketserver"
)

// show gets a URL from a server that runs while it does.
func show(s *server.Server, path string) {
	s.Addr = "127.0.0.1:0"
	if err := s.Listen(); err != nil {
		log.Fatal(err)
	}
	go s.ServeForever(context.Background())
	defer s.Close()
	resp, err := http.Get("http://" + s.LocalAddr().String() + path)
	if err != nil {
		log.Fatal(err)
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body)
	fmt.Println(resp.Status, resp.Header.Get("Content-Type"), string(body))
}

// A handler as Python's do_GET, in any model.
func Example() {
	s := &server.Server{
		Model: socketserver.EventLoop{},
		Handler: server.Methods{"GET": func(r *server.Request) {
			r.SendResponse(httpx.StatusOK, "")
			r.SendHeader("Content-Type", "text/plain")
			r.EndHeaders()
			fmt.Fprintf(r, "hello %s", r.Target)
		}},
	}
	show(s, "/you")
	// Output: 200 OK text/plain hello /you
}

// An http.Handler runs as it is.
func ExampleHTTP() {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /items/{id}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "item ", r.PathValue("id"))
	})
	show(&server.Server{Handler: server.HTTP(mux)}, "/items/7")
	// Output: 200 OK text/plain; charset=utf-8 item 7
}

func ExampleFiles() {
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	os.WriteFile(filepath.Join(dir, "note.txt"), []byte("a note"), 0o644)

	files, err := server.NewFiles(dir) // nothing outside of dir is served
	if err != nil {
		log.Fatal(err)
	}
	defer files.Close()
	files.NoListing = true
	show(&server.Server{Handler: files}, "/note.txt")
	// Output: 200 OK text/plain a note
}
