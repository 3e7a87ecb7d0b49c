// Command resolve tells what a host and a service are, as getaddrinfo has it, and what
// names the addresses have.
//
//	go run ./examples/socket/resolve localhost https
//	go run ./examples/socket/resolve ::1
//
// It exits 1 with the code of getaddrinfo where there is no such host or service.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"

	"github.com/pynet-go/pynet/socket"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, nil); err != nil {
		var gai *socket.GAIError
		if errors.As(err, &gai) {
			err = fmt.Errorf("%w (code %d)", err, gai.Code)
		}
		fmt.Fprintln(os.Stderr, "resolve:", err)
		os.Exit(1)
	}
}

// run asks the resolver, nil for the machine's own.
func run(ctx context.Context, args []string, stdout io.Writer, resolver socket.Resolver) error {
	if len(args) < 1 || len(args) > 2 {
		return errors.New("usage: resolve HOST [SERVICE]")
	}
	host, service := args[0], ""
	if len(args) == 2 {
		service = args[1]
	}
	lookup := socket.Lookup{Resolver: resolver}
	infos, err := lookup.GetAddrInfo(ctx, host, service, socket.AddrInfoHints{Type: socket.SockStream, Flags: socket.AICanonName})
	if err != nil {
		return err
	}
	if name := infos[0].CanonName; name != "" && name != host {
		fmt.Fprintf(stdout, "%s is %s\n", host, name)
	}
	for _, i := range infos {
		name, _, err := lookup.GetNameInfo(ctx, i.Addr, socket.NINameReqd|socket.NINumericServ)
		if err != nil {
			name = "no name"
		}
		fmt.Fprintf(stdout, "%v\t%v\t%s\n", i.Family, i.Addr, name)
	}
	return nil
}
