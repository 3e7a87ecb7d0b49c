package tlsutil

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net/netip"
	"testing"

	"github.com/pynet-go/pynet/internal/bench"
	"github.com/pynet-go/pynet/selectors"
	"github.com/pynet-go/pynet/socket"
	"github.com/pynet-go/pynet/tlsutil"
)

// One operation is a request of 100 bytes and its echo, over one connection after another
// of a thousand that are open.
var loopCase = bench.Case{
	Name:  "tlsutil/loop-1000",
	Ours:  loopOurs,
	Peers: []bench.Peer{{Name: "crypto/tls, a goroutine each", Run: loopStd}},
}

// A row is a connection of the loop.
type row struct {
	sock    *socket.Socket
	obj     *tlsutil.Object
	in, out tlsutil.MemoryBIO
}

// serveLoop echoes over all connections, in this goroutine, until the context ends.
func serveLoop(ctx context.Context, l *socket.Socket) {
	sel := must(selectors.New())
	defer sel.Close()
	l.SetBlocking(false)
	must(sel.Register(l, selectors.Read, nil))
	buf := make([]byte, 4096)
	for ctx.Err() == nil {
		ready, _ := sel.Select(ctx, selectors.Forever)
		for _, r := range ready {
			c, ok := r.Data.(*row)
			if !ok {
				sock, _, err := l.Accept()
				if err != nil {
					continue
				}
				sock.SetBlocking(false)
				c := &row{sock: sock}
				c.obj = must(server.WrapBIO(&c.in, &c.out, true, ""))
				must(sel.Register(sock, selectors.Read, c))
				continue
			}
			if _, err := c.in.FillFrom(c.sock); err != nil && !errors.Is(err, socket.ErrWouldBlock) {
				sel.Unregister(c.sock)
				c.sock.Close()
				continue
			}
			for {
				n, err := c.obj.Read(buf)
				if err != nil {
					break
				}
				must(c.obj.Write(buf[:n]))
			}
			c.out.WriteTo(c.sock)
		}
	}
}

// requests opens the connections and asks over one after the other.
func requests(b *testing.B, address string) {
	cc, _ := configs()
	conns := make([]*tls.Conn, 1000)
	for i := range conns {
		conns[i] = must(tls.Dial("tcp", address, cc))
		defer conns[i].Close()
	}
	buf := make([]byte, 100)
	i := 0
	for b.Loop() {
		c := conns[i%len(conns)]
		i++
		must(c.Write(data[:100]))
		must(io.ReadFull(c, buf))
	}
}

func loopOurs(b *testing.B) {
	l := must(socket.CreateServer(socket.Inet{Addr: netip.MustParseAddr("127.0.0.1")}, nil))
	defer l.Close()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		serveLoop(ctx, l)
		close(done)
	}()
	requests(b, must(l.SockName()).String())
	cancel()
	<-done
}

func loopStd(b *testing.B) {
	_, sc := configs()
	l := must(tls.Listen("tcp", "127.0.0.1:0", sc))
	defer l.Close()
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				buf := make([]byte, 4096)
				for {
					n, err := c.Read(buf)
					if err != nil {
						return
					}
					c.Write(buf[:n])
				}
			}()
		}
	}()
	requests(b, l.Addr().String())
}
