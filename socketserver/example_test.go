//go:build unix

package socketserver_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/netip"
	"strings"

	"github.com/pynet-go/pynet/socket"
	"github.com/pynet-go/pynet/socketserver"
)

// anyPort is a port of the loopback interface that the system chooses.
var anyPort = socket.Inet{Addr: netip.AddrFrom4([4]byte{127, 0, 0, 1})}

// A server of lines, each connection in a goroutine, as with Python's ThreadingTCPServer and
// StreamRequestHandler.
func Example() {
	shout := func(ctx context.Context, s *socketserver.StreamConn) error {
		for line, err := range s.Lines() {
			if err != nil {
				return err
			}
			fmt.Fprintf(s, "%s!\n", bytes.ToUpper(line))
		}
		return nil
	}
	s := &socketserver.Server{
		Addr:    anyPort,
		Model:   socketserver.Threading{},
		Handler: socketserver.Stream(socketserver.StreamHandlerFunc(shout)),
	}
	s.Activate()
	go s.ServeForever(context.Background())
	defer s.Close()

	c, _ := net.Dial("tcp", s.LocalAddr().String())
	fmt.Fprintln(c, "hello")
	answer, _ := bufio.NewReader(c).ReadString('\n')
	fmt.Print(answer)
	// Output: HELLO!
}

// Each call handles what has come, and the connection rests without a goroutine.
func ExampleEventLoop() {
	count := func(ctx context.Context, c *socketserver.Conn) (socketserver.Next, error) {
		line, err := c.Reader().ReadString('\n')
		if err == io.EOF {
			return socketserver.Close, nil
		} else if err != nil {
			return socketserver.Close, err
		}
		n, _ := c.State.(int) // kept from call to call
		c.State = n + 1
		fmt.Fprintf(c.Writer(), "%d %s", n+1, line)
		return socketserver.Idle, nil
	}
	s := &socketserver.Server{Addr: anyPort, Model: socketserver.EventLoop{}, Handler: socketserver.ConnHandlerFunc(count)}
	s.Activate()
	go s.ServeForever(context.Background())
	defer s.Close()

	c, _ := net.Dial("tcp", s.LocalAddr().String())
	r := bufio.NewReader(c)
	for _, word := range []string{"one", "two", "three"} {
		fmt.Fprintln(c, word)
		answer, _ := r.ReadString('\n')
		fmt.Print(answer)
	}
	// Output:
	// 1 one
	// 2 two
	// 3 three
}

// A slow client's part of a line costs no goroutine either.
func ExampleNext() {
	h := func(ctx context.Context, c *socketserver.Conn) (socketserver.Next, error) {
		r := c.Reader()
		if _, err := r.Peek(1); err != nil {
			return socketserver.Close, nil // it has gone
		}
		have, _ := r.Peek(r.Buffered())
		end := bytes.IndexByte(have, '\n') + 1
		if end == 0 {
			return socketserver.More, nil
		}
		c.Writer().Write(have[:end])
		r.Discard(end)
		return socketserver.Idle, nil
	}
	s := &socketserver.Server{Addr: anyPort, Model: socketserver.EventLoop{}, Handler: socketserver.ConnHandlerFunc(h)}
	s.Activate()
	go s.ServeForever(context.Background())
	defer s.Close()

	c, _ := net.Dial("tcp", s.LocalAddr().String())
	for _, part := range []string{"in ", "three ", "parts\n"} {
		io.WriteString(c, part)
	}
	answer, _ := bufio.NewReader(c).ReadString('\n')
	fmt.Print(answer)
	// Output: in three parts
}

// A datagram server, as with Python's UDPServer and DatagramRequestHandler.
func ExampleDatagramHandler() {
	h := func(ctx context.Context, d *socketserver.Datagram) error {
		_, err := io.WriteString(d, strings.ToUpper(string(d.Data)))
		return err
	}
	s := &socketserver.Server{Addr: anyPort, DatagramHandler: socketserver.DatagramHandlerFunc(h)}
	s.Activate()
	go s.ServeForever(context.Background())
	defer s.Close()

	c, _ := net.Dial("udp", s.LocalAddr().String())
	io.WriteString(c, "hello")
	buf := make([]byte, 100)
	n, _ := c.Read(buf)
	fmt.Println(string(buf[:n]))
	// Output: HELLO
}

// One request and no more.
func ExampleServer_HandleRequest() {
	h := func(ctx context.Context, s *socketserver.StreamConn) error {
		line, err := s.ReadLine()
		fmt.Printf("server: %s", line)
		return err
	}
	s := &socketserver.Server{Addr: anyPort, Handler: socketserver.Stream(socketserver.StreamHandlerFunc(h))}
	defer s.Close()
	s.Activate()
	c, _ := net.Dial("tcp", s.LocalAddr().String())
	fmt.Fprintln(c, "once")
	fmt.Println(s.HandleRequest(context.Background()))
	// Output:
	// server: once
	// <nil>
}

// Graceful end: idle connections are closed, requests at work are finished.
func ExampleServer_Shutdown() {
	s := &socketserver.Server{Addr: anyPort, Model: socketserver.Threading{}, Handler: echo}
	s.Activate()
	done := make(chan error)
	go func() { done <- s.ServeForever(context.Background()) }()
	fmt.Println(s.Shutdown(context.Background()))
	fmt.Println(<-done)
	// Output:
	// <nil>
	// socketserver: server closed: use of closed network connection
}
