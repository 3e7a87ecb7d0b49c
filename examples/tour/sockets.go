package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"os"
	"time"

	"github.com/pynet-go/pynet/socket"
)

// sockets serves the log by TCP: a client names an address and learns how many requests it
// made.
func sockets(w io.Writer, in *input) error {
	requests := map[netip.Addr]int{}
	var clients []netip.Addr
	for _, e := range in.log {
		a, err := netip.ParseAddr(e.client)
		if err != nil {
			continue // a host's name
		}
		if requests[a]++; requests[a] == 1 {
			clients = append(clients, a)
		}
	}
	l, err := socket.CreateServer(socket.Inet{Addr: netip.AddrFrom4([4]byte{127, 0, 0, 1})}, nil)
	if err != nil {
		return err
	}
	defer l.Close()
	go answer(l, requests)

	at, err := l.SockName()
	if err != nil {
		return err
	}
	ctx := context.Background()
	_, port, err := socket.GetNameInfo(ctx, at, socket.NINumericHost|socket.NINumericServ)
	if err != nil {
		return err
	}
	c, err := socket.CreateConnection(ctx, "127.0.0.1", port, &socket.ConnectConfig{Timeout: 10 * time.Second})
	if err != nil {
		return err
	}
	defer c.Close()
	f := c.MakeFile(nil) // lines in, lines out
	for _, a := range append(clients[:min(3, len(clients))], netip.MustParseAddr("192.0.2.255")) {
		fmt.Fprintln(f, a)
		if err := f.Flush(); err != nil {
			return err
		}
		line, err := f.ReadLine()
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "  %s", line)
	}

	// The server has said all. What receiving does now is a matter of the mode.
	buf := make([]byte, 16)
	c.SetTimeout(time.Millisecond)
	_, err = c.Recv(buf, 0)
	fmt.Fprintln(w, "with a timeout, the time is over:", errors.Is(err, os.ErrDeadlineExceeded))
	c.SetBlocking(false)
	_, err = c.Recv(buf, 0)
	fmt.Fprintln(w, "non-blocking, it would block:    ", errors.Is(err, socket.ErrWouldBlock))
	c.SetBlocking(true)
	c.CloseWrite()
	_, err = c.Recv(buf, 0)
	fmt.Fprintln(w, "blocking, the stream ends:       ", err == io.EOF)

	infos, err := socket.GetAddrInfo(ctx, "2001:db8::1", "imaps", socket.AddrInfoHints{Type: socket.SockStream})
	if err != nil {
		return err
	}
	fmt.Fprintln(w, "imaps at 2001:db8::1 is", infos[0].Addr)
	_, err = socket.GetAddrInfo(ctx, "0x7f.1", "imaps", socket.AddrInfoHints{})
	fmt.Fprintln(w, "imaps at 0x7f.1:", err)
	return nil
}

// answer serves one client.
func answer(l *socket.Socket, requests map[netip.Addr]int) {
	c, _, err := l.Accept()
	if err != nil {
		return
	}
	defer c.Close()
	f := c.MakeFile(nil)
	for line, err := range f.Lines() {
		if err != nil {
			return
		}
		a, err := netip.ParseAddr(string(line))
		if err != nil {
			fmt.Fprintln(f, err)
		} else {
			fmt.Fprintf(f, "%v made %d requests\n", a, requests[a])
		}
		if f.Flush() != nil {
			return
		}
	}
}
