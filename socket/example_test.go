//go:build unix

package socket_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/netip"
	"os"
	"time"

	"github.com/pynet-go/pynet/socket"
)

// A server and a client of TCP.
func Example() {
	l, err := socket.CreateServer(socket.Inet{Addr: netip.MustParseAddr("127.0.0.1")}, nil)
	if err != nil {
		log.Fatal(err)
	}
	defer l.Close()
	go func() { // the server: it answers one client
		c, _, err := l.Accept()
		if err != nil {
			return
		}
		defer c.Close()
		for line, err := range c.MakeFile(nil).Lines() {
			if err != nil {
				return
			}
			fmt.Fprintf(c, "you said %q\n", line)
		}
	}()

	_, port, err := socket.GetNameInfo(context.Background(), must(l.SockName()), socket.NINumericHost|socket.NINumericServ)
	if err != nil {
		log.Fatal(err)
	}
	c, err := socket.CreateConnection(context.Background(), "127.0.0.1", port, &socket.ConnectConfig{Timeout: 5 * time.Second})
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()
	fmt.Fprintln(c, "hello")
	c.CloseWrite()
	answer, err := io.ReadAll(c)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s", answer)
	// Output: you said "hello"
}

func must[T any](v T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return v
}

// A socket that blocks, with a timeout, and not at all.
func ExampleSocket_SetTimeout() {
	a, b, err := socket.SocketPair(socket.AFUnspec, socket.SockStream, 0)
	if err != nil {
		log.Fatal(err)
	}
	defer a.Close()
	defer b.Close()
	buf := make([]byte, 16)

	a.SetTimeout(10 * time.Millisecond)
	_, err = a.Recv(buf, 0)
	fmt.Println("timeout:", errors.Is(err, os.ErrDeadlineExceeded))

	a.SetBlocking(false)
	_, err = a.Recv(buf, 0)
	fmt.Println("would block:", errors.Is(err, socket.ErrWouldBlock))

	b.SendAll([]byte("now"), 0)
	n, err := a.Recv(buf, 0)
	fmt.Printf("%s %v\n", buf[:n], err)
	// Output:
	// timeout: true
	// would block: true
	// now <nil>
}

// An open file goes from one process to another over a Unix socket.
func ExampleSendFDs() {
	a, b, err := socket.SocketPair(socket.AFUnix, socket.SockStream, 0)
	if err != nil {
		log.Fatal(err)
	}
	defer a.Close()
	defer b.Close()
	r, w, err := os.Pipe()
	if err != nil {
		log.Fatal(err)
	}
	if _, err := socket.SendFDs(a, [][]byte{[]byte("a pipe")}, []int{int(w.Fd())}, 0, nil); err != nil {
		log.Fatal(err)
	}
	w.Close()

	buf := make([]byte, 16)
	n, fds, _, _, err := socket.RecvFDs(b, buf, 1, 0)
	if err != nil {
		log.Fatal(err)
	}
	received := os.NewFile(uintptr(fds[0]), string(buf[:n]))
	received.WriteString("through " + received.Name())
	received.Close()
	text, _ := io.ReadAll(r)
	fmt.Println(string(text))
	// Output: through a pipe
}

// What a host and service are, without connecting to them.
func ExampleGetAddrInfo() {
	infos, err := socket.GetAddrInfo(context.Background(), "192.0.2.1", "https", socket.AddrInfoHints{Type: socket.SockStream})
	if err != nil {
		log.Fatal(err)
	}
	for _, i := range infos {
		fmt.Println(i.Addr)
	}
	_, err = socket.GetAddrInfo(context.Background(), "127.1", "https", socket.AddrInfoHints{})
	var gai *socket.GAIError
	fmt.Println(errors.As(err, &gai), gai.Code == socket.EAINoName)
	// Output:
	// 192.0.2.1:443
	// true true
}
