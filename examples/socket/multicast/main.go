// Command multicast sends a line to all who listen to a group, and listens to one.
//
//	go run ./examples/socket/multicast listen 239.1.2.3:7007
//	go run ./examples/socket/multicast send 239.1.2.3:7007 hello everybody
//	go run ./examples/socket/multicast listen '[ff02::1234]:7007' -i eth0
//
// The lines reach the local network and go no further.
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
	"strings"

	"github.com/pynet-go/pynet/socket"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "multicast:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdout io.Writer) error {
	if len(args) < 2 {
		return errors.New("usage: multicast listen|send GROUP:PORT [-i INTERFACE] [WORD...]")
	}
	group, err := netip.ParseAddrPort(args[1])
	if err != nil {
		return err
	}
	fs := flag.NewFlagSet(args[0], flag.ContinueOnError)
	name := fs.String("i", "", "the `interface`; else the system chooses")
	if err := fs.Parse(args[2:]); err != nil {
		return err
	}
	index := 0
	if *name != "" {
		if index, err = socket.IfNameToIndex(*name); err != nil {
			return err
		}
	}
	s, err := socket.New(socket.FromAddrPort(group).Family(), socket.SockDgram, 0)
	if err != nil {
		return err
	}
	defer s.Close()
	switch args[0] {
	case "listen":
		return listen(ctx, s, group, index, stdout)
	case "send":
		return send(s, group, index, strings.Join(fs.Args(), " "))
	}
	return fmt.Errorf("no command %q", args[0])
}

func listen(ctx context.Context, s *socket.Socket, group netip.AddrPort, index int, stdout io.Writer) error {
	// Several listeners of one machine share the port.
	if err := s.SetOption(socket.SolSocket, socket.SOReuseAddr, 1); err != nil {
		return err
	}
	any := netip.IPv4Unspecified()
	if group.Addr().Is6() {
		any = netip.IPv6Unspecified()
	}
	if err := s.Bind(socket.FromAddrPort(netip.AddrPortFrom(any, group.Port()))); err != nil {
		return err
	}
	if err := s.JoinGroup(socket.Membership{Group: group.Addr(), Interface: index}); err != nil {
		return err
	}
	fmt.Fprintln(stdout, "listening to", group)
	buf := make([]byte, 1500)
	for {
		n, from, err := s.RecvFromContext(ctx, buf, 0)
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil:
			return err
		}
		fmt.Fprintf(stdout, "%v: %q\n", from, buf[:n])
	}
}

func send(s *socket.Socket, group netip.AddrPort, index int, text string) error {
	if err := s.SetMulticastTTL(1); err != nil {
		return err
	}
	if index != 0 {
		if err := s.SetMulticastInterface(index); err != nil {
			return err
		}
	}
	_, err := s.SendTo([]byte(text), 0, socket.FromAddrPort(group))
	return err
}
