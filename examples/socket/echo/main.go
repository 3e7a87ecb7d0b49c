// Command echo is a TCP echo server and its client.
//
//	go run ./examples/socket/echo serve 127.0.0.1 7007
//	go run ./examples/socket/echo connect localhost 7007 <file
//
// The server answers each client with what it sends until the client has ended its side;
// an empty host serves IPv4 and IPv6 on one socket. The client sends its standard input and
// prints the answer.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"os/signal"
	"strconv"
	"sync"
	"time"

	"github.com/pynet-go/pynet/socket"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "echo:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdin io.Reader, stdout io.Writer) error {
	if len(args) != 3 {
		return errors.New("usage: echo serve|connect HOST PORT")
	}
	switch host, port := args[1], args[2]; args[0] {
	case "serve":
		return serve(ctx, host, port, stdout)
	case "connect":
		return connect(ctx, host, port, stdin, stdout)
	}
	return fmt.Errorf("no command %q", args[0])
}

// idle is how long a client may be silent, or may not read what it is sent.
const idle = time.Minute

func serve(ctx context.Context, host, port string, stdout io.Writer) error {
	l, err := listen(host, port)
	if err != nil {
		return err
	}
	defer l.Close()
	at, err := l.SockName()
	if err != nil {
		return err
	}
	fmt.Fprintln(stdout, "listening on", at)
	var clients sync.WaitGroup
	defer clients.Wait()
	for {
		c, from, err := l.AcceptContext(ctx)
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil:
			return err
		}
		stop := context.AfterFunc(ctx, func() { c.Close() })
		clients.Go(func() {
			defer stop()
			c.SetTimeout(idle)
			n, err := io.Copy(c, c) // inside the kernel where it can
			c.Close()
			if err != nil && !errors.Is(err, net.ErrClosed) {
				fmt.Fprintln(os.Stderr, "echo:", from, err)
				return
			}
			fmt.Fprintf(stdout, "%v sent %d bytes\n", from, n)
		})
	}
}

// listen listens at the host's address or, if it is empty, at every one of the machine.
func listen(host, port string) (*socket.Socket, error) {
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		return nil, fmt.Errorf("port %q: %w", port, err)
	}
	if host == "" && socket.HasDualStackIPv6() {
		return socket.CreateServer(socket.Inet6{Port: uint16(n)}, &socket.ServerConfig{DualStack: true})
	}
	ip := netip.IPv4Unspecified()
	if host != "" {
		if ip, err = netip.ParseAddr(host); err != nil {
			return nil, err
		}
	}
	return socket.CreateServer(socket.FromAddrPort(netip.AddrPortFrom(ip, uint16(n))), nil)
}

func connect(ctx context.Context, host, port string, stdin io.Reader, stdout io.Writer) error {
	c, err := socket.CreateConnection(ctx, host, port, &socket.ConnectConfig{HappyEyeballs: true})
	if err != nil {
		return err
	}
	defer c.Close()
	stop := context.AfterFunc(ctx, func() { c.Close() })
	defer stop()
	sent := make(chan error, 1)
	go func() {
		_, err := io.Copy(c, stdin)
		sent <- errors.Join(err, c.CloseWrite())
	}()
	if _, err := io.Copy(stdout, c); err != nil {
		return err
	}
	return <-sent
}
