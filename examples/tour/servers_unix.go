//go:build unix

package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/netip"
	"runtime"
	"strings"

	"github.com/pynet-go/pynet/selectors"
	"github.com/pynet-go/pynet/socket"
	"github.com/pynet-go/pynet/socketserver"
)

func init() {
	sections = append(sections, section{"servers", "socketserver and selectors: the log asked by many at once", servers})
}

// guests is how many clients are connected at once.
const guests = 200

// servers has one server answer how often a client is in the log, over TCP to many
// connections of which few are busy, and over UDP.
func servers(w io.Writer, in *input) error {
	counts := map[string]int{}
	for _, e := range in.log {
		counts[e.client]++
	}
	tcp := &socketserver.Server{
		Addr:  socket.Inet{Addr: netip.AddrFrom4([4]byte{127, 0, 0, 1})},
		Model: socketserver.EventLoop{},
		// It is called for each line; between them a connection is a row of a table.
		Handler: socketserver.ConnHandlerFunc(func(_ context.Context, c *socketserver.Conn) (socketserver.Next, error) {
			line, err := c.Reader().ReadString('\n')
			if err != nil {
				return socketserver.Close, nil
			}
			asked, _ := c.State.(int)
			c.State = asked + 1
			fmt.Fprintf(c.Writer(), "question %d: %d\n", asked+1, counts[strings.TrimSpace(line)])
			return socketserver.Idle, nil
		}),
	}
	udp := &socketserver.Server{
		Addr: tcp.Addr,
		DatagramHandler: socketserver.DatagramHandlerFunc(func(_ context.Context, d *socketserver.Datagram) error {
			_, err := fmt.Fprint(d, counts[string(bytes.TrimSpace(d.Data))])
			return err
		}),
	}
	for _, s := range []*socketserver.Server{tcp, udp} {
		if err := s.Activate(); err != nil {
			return err
		}
		go s.ServeForever(context.Background())
		defer s.Close()
	}
	return ask(w, in, tcp, udp)
}

func ask(w io.Writer, in *input, tcp, udp *socketserver.Server) error {
	client := "192.0.2.1"
	if len(in.log) > 0 {
		client = in.log[0].client
	}
	before := runtime.NumGoroutine()
	conns := make([]net.Conn, guests)
	for i := range conns {
		c, err := net.Dial("tcp", tcp.LocalAddr().String())
		if err != nil {
			return err
		}
		defer c.Close()
		conns[i] = c
	}
	fmt.Fprintf(w, "%d connections rest; fewer than 20 goroutines more: %v\n", guests, runtime.NumGoroutine()-before < 20)

	// Three of them ask, and a selector tells which have been answered.
	sel, err := selectors.New()
	if err != nil {
		return err
	}
	defer sel.Close()
	for i, c := range conns {
		if _, err := sel.Register(c.(*net.TCPConn), selectors.Read, i); err != nil {
			return err
		}
	}
	for range 2 {
		for _, i := range []int{7, 77, 177} {
			fmt.Fprintln(conns[i], client)
		}
		answered := map[int]string{}
		for len(answered) < 3 {
			ready, err := sel.Select(context.Background(), selectors.Forever)
			if err != nil {
				return err
			}
			for _, r := range ready {
				line, err := bufio.NewReader(conns[r.Data.(int)]).ReadString('\n')
				if err != nil {
					return err
				}
				answered[r.Data.(int)] = strings.TrimSpace(line)
			}
		}
		fmt.Fprintf(w, "  %s by connections 7, 77 and 177: %q %q %q\n", client, answered[7], answered[77], answered[177])
	}

	c, err := net.Dial("udp", udp.LocalAddr().String())
	if err != nil {
		return err
	}
	defer c.Close()
	fmt.Fprint(c, client)
	buf := make([]byte, 16)
	n, err := c.Read(buf)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "  and over UDP: %q\n", buf[:n])
	return nil
}
