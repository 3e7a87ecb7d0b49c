// Command unixlines counts the words of lines, over a Unix socket that only its user may
// connect to.
//
//	go run ./examples/socketserver/unixlines /tmp/words.sock
//	echo 'how many are these' | nc -U -N /tmp/words.sock
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"

	"github.com/pynet-go/pynet/socket"
	"github.com/pynet-go/pynet/socketserver"
)

// words answers each line with its number of words.
func words(_ context.Context, s *socketserver.StreamConn) error {
	s.Timeout = time.Minute
	for line, err := range s.Lines() {
		if err != nil {
			return err
		}
		fmt.Fprintln(s, len(bytes.Fields(line)))
	}
	return nil
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: unixlines PATH")
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "unixlines:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, path string, w io.Writer) error {
	s := &socketserver.Server{
		Addr:    socket.Unix{Name: path},
		Model:   socketserver.Threading{MaxHandlers: 100},
		Handler: socketserver.Stream(socketserver.StreamHandlerFunc(words)),
	}
	if err := s.Activate(); err != nil {
		return err
	}
	fmt.Fprintln(w, "listening at", path)
	if err := s.ServeForever(ctx); !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}
