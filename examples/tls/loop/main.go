// Command loop is an echo server over TLS in one goroutine: a selector tells which of its
// connections have something to say, and each is an Object over two MemoryBIOs. A quiet
// connection costs a row in the selector and the Object.
//
//	go run ./examples/tls/loop -cert cert.pem -key key.pem [-listen 127.0.0.1:8443]
//	openssl s_client -quiet -connect 127.0.0.1:8443
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

	"github.com/pynet-go/pynet/selectors"
	"github.com/pynet-go/pynet/socket"
	"github.com/pynet-go/pynet/tlsutil"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "loop:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdout io.Writer) error {
	fs := flag.NewFlagSet("loop", flag.ContinueOnError)
	cert := fs.String("cert", "", "the certificate and its chain in PEM; a `file`")
	key := fs.String("key", "", "its key, if not in the same `file`")
	listen := fs.String("listen", "127.0.0.1:8443", "the `address` to listen at")
	if err := fs.Parse(args); err != nil {
		return err
	}
	at, err := netip.ParseAddrPort(*listen)
	if err != nil {
		return err
	}
	tc, err := tlsutil.NewDefaultContext(tlsutil.ClientAuth)
	if err != nil {
		return err
	}
	if err := tc.LoadCertChain(*cert, *key, nil); err != nil {
		return err
	}
	l, err := socket.CreateServer(socket.FromAddrPort(at), nil)
	if err != nil {
		return err
	}
	defer l.Close()
	name, err := l.SockName()
	if err != nil {
		return err
	}
	fmt.Fprintln(stdout, "listening at", name)
	s, err := newServer(tc, l)
	if err != nil {
		return err
	}
	return s.loop(ctx)
}

// A server is the loop's state. No other goroutine touches it.
type server struct {
	tls *tlsutil.Context
	l   *socket.Socket
	sel *selectors.Selector
	buf [16 << 10]byte // for one record's data, shared by all
}

// A client is a row: what there is of a connection while it is quiet.
type client struct {
	sock    *socket.Socket
	obj     *tlsutil.Object
	in, out tlsutil.MemoryBIO
	waits   selectors.Event
}

func newServer(tc *tlsutil.Context, l *socket.Socket) (*server, error) {
	sel, err := selectors.New()
	if err != nil {
		return nil, err
	}
	l.SetBlocking(false)
	if _, err := sel.Register(l, selectors.Read, nil); err != nil {
		sel.Close()
		return nil, err
	}
	return &server{tls: tc, l: l, sel: sel}, nil
}

// loop serves until the context ends.
func (s *server) loop(ctx context.Context) error {
	defer s.sel.Close()
	for {
		ready, err := s.sel.Select(ctx, selectors.Forever)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
		for _, r := range ready {
			c, ok := r.Data.(*client)
			if !ok {
				s.accept()
			} else if err := s.serve(c, r.Is); err != nil {
				s.sel.Unregister(c.sock)
				c.obj.Close()
				c.out.WriteTo(c.sock) // close-notify or an alert, if there is room
				c.sock.Close()
			}
		}
	}
}

// accept takes all connections that wait.
func (s *server) accept() {
	for {
		sock, _, err := s.l.Accept()
		if err != nil {
			return // ErrWouldBlock: that was all
		}
		sock.SetBlocking(false)
		c := &client{sock: sock, waits: selectors.Read}
		if c.obj, err = s.tls.WrapBIO(&c.in, &c.out, true, ""); err == nil {
			_, err = s.sel.Register(sock, selectors.Read, c)
		}
		if err != nil {
			sock.Close()
		}
	}
}

// serve moves bytes between the socket, the Object and the socket again, as far as they go
// without waiting. An error ends the connection.
func (s *server) serve(c *client, is selectors.Event) error {
	if is&selectors.Read != 0 {
		_, err := c.in.FillFrom(c.sock)
		switch {
		case err == io.EOF:
			c.in.WriteEOF()
		case err != nil && !errors.Is(err, socket.ErrWouldBlock) && !errors.Is(err, tlsutil.ErrWantWrite):
			return err
		}
	}
	for {
		err := s.echo(c)
		if _, werr := c.out.WriteTo(c.sock); werr != nil && !errors.Is(werr, socket.ErrWouldBlock) {
			return werr
		}
		if errors.Is(err, tlsutil.ErrWantRead) || err == nil && c.out.Pending() > 0 {
			break // nothing more to read, or no room
		}
		if err != nil {
			return err
		}
	}
	// While something is left to be sent nothing is read: that is the back-pressure.
	waits := selectors.Read
	if c.out.Pending() > 0 {
		waits = selectors.Write
	}
	if waits == c.waits {
		return nil
	}
	c.waits = waits
	_, err := s.sel.Modify(c.sock, waits, c)
	return err
}

// echo writes back what can be read, until it wants more or the outgoing BIO has enough; the
// handshake is completed on the way.
func (s *server) echo(c *client) error {
	for c.out.Pending() < len(s.buf) {
		n, err := c.obj.Read(s.buf[:])
		if err != nil {
			return err
		}
		if _, err := c.obj.Write(s.buf[:n]); err != nil {
			return err
		}
	}
	return nil
}
