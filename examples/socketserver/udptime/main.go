// Command udptime answers each datagram with the time (RFC 868: four bytes, seconds since
// 1900), and asks for it.
//
//	go run ./examples/socketserver/udptime serve 127.0.0.1:3737
//	go run ./examples/socketserver/udptime ask 127.0.0.1:3737
package main

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"os/signal"
	"time"

	"github.com/pynet-go/pynet/socket"
	"github.com/pynet-go/pynet/socketserver"
)

// epoch is 1900 in Unix time.
const epoch = -2208988800

// clock writes the time. The answer has four bytes: a forged sender gains nothing by it.
func clock(_ context.Context, d *socketserver.Datagram) error {
	_, err := d.Write(binary.BigEndian.AppendUint32(nil, uint32(time.Now().Unix()-epoch)))
	return err
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "udptime:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, w io.Writer) error {
	if len(args) != 2 {
		return errors.New("usage: udptime serve|ask ADDRESS:PORT")
	}
	if args[0] == "ask" {
		return ask(args[1], w)
	}
	at, err := netip.ParseAddrPort(args[1])
	if err != nil {
		return err
	}
	s := &socketserver.Server{
		Addr:            socket.FromAddrPort(at),
		DatagramHandler: socketserver.DatagramHandlerFunc(clock),
		MaxPacketSize:   16,
	}
	if err := s.Activate(); err != nil {
		return err
	}
	fmt.Fprintln(w, "the time at", s.LocalAddr())
	if err := s.ServeForever(ctx); !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

func ask(addr string, w io.Writer) error {
	c, err := net.Dial("udp", addr)
	if err != nil {
		return err
	}
	defer c.Close()
	if err := c.SetDeadline(time.Now().Add(5 * time.Second)); err != nil {
		return err
	}
	if _, err := c.Write(nil); err != nil {
		return err
	}
	var b [4]byte
	if _, err := io.ReadFull(c, b[:]); err != nil {
		return err
	}
	fmt.Fprintln(w, time.Unix(int64(binary.BigEndian.Uint32(b[:]))+epoch, 0).UTC().Format(time.RFC3339))
	return nil
}
