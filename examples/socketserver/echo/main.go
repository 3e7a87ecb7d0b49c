// Command echo is the same echo server in each model of concurrency.
//
//	go run ./examples/socketserver/echo [-model sequential|threading|forking|eventloop] 127.0.0.1:7007
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/netip"
	"os"
	"os/signal"
	"time"

	"github.com/pynet-go/pynet/socket"
	"github.com/pynet-go/pynet/socketserver"
)

var models = map[string]socketserver.Model{
	"sequential": socketserver.Sequential{},
	"threading":  socketserver.Threading{MaxHandlers: 1000},
	"forking":    socketserver.Forking{MaxChildren: 8}, // starts this program anew
	"eventloop":  socketserver.EventLoop{},
}

// echo sends back what has come. It is called for each piece, so that a client that rests
// costs no buffer, and in the event loop no goroutine.
func echo(ctx context.Context, c *socketserver.Conn) (socketserver.Next, error) {
	r := c.Reader()
	if _, err := r.Peek(1); err == io.EOF {
		return socketserver.Close, nil
	} else if err != nil {
		return socketserver.Close, err
	}
	b, _ := r.Peek(r.Buffered())
	if _, err := c.Write(b); err != nil {
		return socketserver.Close, err
	}
	r.Discard(len(b))
	return socketserver.Idle, nil
}

func main() {
	model := flag.String("model", "eventloop", "the `model` of concurrency")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *model, flag.Arg(0), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "echo:", err)
		os.Exit(1)
	}
}

// run serves until ctx ends.
func run(ctx context.Context, model, addr string, log io.Writer) error {
	at, err := netip.ParseAddrPort(addr)
	if err != nil {
		return err
	}
	m, ok := models[model]
	if !ok {
		return fmt.Errorf("no model %q", model)
	}
	s := &socketserver.Server{
		Addr:        socket.FromAddrPort(at),
		Model:       m,
		Handler:     socketserver.ConnHandlerFunc(echo),
		IdleTimeout: 5 * time.Minute,
		MaxConns:    10_000,
	}
	if err := s.Activate(); err != nil {
		return err
	}
	if !socketserver.IsWorker() {
		fmt.Fprintf(log, "%s echo at %v\n", model, s.LocalAddr())
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		<-ctx.Done()
		end, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		s.Shutdown(end)
	}()
	if err := s.ServeForever(context.Background()); !errors.Is(err, socketserver.ErrServerClosed) {
		return err
	}
	if ctx.Err() != nil {
		<-ended // the handlers are given their time
	}
	return nil
}
