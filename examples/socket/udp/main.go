// Command udp sends datagrams to a server that sends them back, and tells how many came
// back and how fast.
//
//	go run ./examples/socket/udp serve 127.0.0.1:7007
//	go run ./examples/socket/udp ping 127.0.0.1:7007 -n 10000
//
// Both ends move many datagrams with each call of the system.
package main

import (
	"context"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/netip"
	"os"
	"os/signal"
	"time"

	"github.com/pynet-go/pynet/socket"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "udp:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdout io.Writer) error {
	if len(args) < 2 {
		return errors.New("usage: udp serve|ping HOST:PORT [-n COUNT]")
	}
	at, err := netip.ParseAddrPort(args[1])
	if err != nil {
		return err
	}
	switch args[0] {
	case "serve":
		return serve(ctx, at, stdout)
	case "ping":
		fs := flag.NewFlagSet("ping", flag.ContinueOnError)
		n := fs.Int("n", 1000, "how many datagrams to send")
		if err := fs.Parse(args[2:]); err != nil {
			return err
		}
		return ping(ctx, at, *n, stdout)
	}
	return fmt.Errorf("no command %q", args[0])
}

const (
	batch = 64   // datagrams a call
	size  = 1472 // what fits into a packet of Ethernet
)

func datagrams() []socket.Datagram {
	ds := make([]socket.Datagram, batch)
	for i := range ds {
		ds[i].Buf = make([]byte, size)
	}
	return ds
}

func serve(ctx context.Context, at netip.AddrPort, stdout io.Writer) error {
	a := socket.FromAddrPort(at)
	s, err := socket.New(a.Family(), socket.SockDgram, 0)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.Bind(a); err != nil {
		return err
	}
	fmt.Fprintln(stdout, "listening on", s.LocalAddr())
	ds := datagrams()
	for {
		n, err := s.RecvBatchContext(ctx, ds, 0)
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil:
			return err
		}
		out := make([]socket.Datagram, n)
		for i, d := range ds[:n] {
			out[i] = socket.Datagram{Buf: d.Buf[:d.N], Addr: d.Addr}
		}
		if _, err := s.SendBatchContext(ctx, out, 0); err != nil && ctx.Err() == nil {
			return err
		}
	}
}

// patience is how long an answer may take.
const patience = time.Second

// ping sends numbered datagrams, a batch at a time, and waits for the answers to each
// batch.
func ping(ctx context.Context, to netip.AddrPort, count int, stdout io.Writer) error {
	a := socket.FromAddrPort(to)
	s, err := socket.New(a.Family(), socket.SockDgram, 0)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.Connect(a); err != nil { // from now on only its answers are received
		return err
	}
	seen := make([]bool, count)
	back := 0
	out, in := datagrams(), datagrams()
	begin := time.Now()
	for first := 0; first < count; first += batch {
		n := min(batch, count-first)
		for i := range n {
			binary.BigEndian.PutUint32(out[i].Buf, uint32(first+i))
			out[i].Buf = out[i].Buf[:4]
		}
		if _, err := s.SendBatchContext(ctx, out[:n], 0); err != nil {
			return err
		}
		until, stop := context.WithTimeout(ctx, patience)
		for missing := n; missing > 0; {
			got, err := s.RecvBatchContext(until, in, 0)
			if errors.Is(err, context.DeadlineExceeded) {
				break
			} else if err != nil {
				stop()
				return err
			}
			for _, d := range in[:got] {
				if d.N != 4 {
					continue
				}
				if i := binary.BigEndian.Uint32(d.Buf); int(i) < count && !seen[i] {
					seen[i] = true
					back++
					missing--
				}
			}
		}
		stop()
	}
	took := time.Since(begin)
	fmt.Fprintf(stdout, "%d sent, %d came back, %v each\n", count, back, (took / time.Duration(max(count, 1))).Round(time.Microsecond/10))
	return nil
}
