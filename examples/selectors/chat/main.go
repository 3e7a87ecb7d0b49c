//go:build unix

// Command chat is a chat server in one goroutine: a selector tells which of the connections
// have something to read, or room for what is to be written to them.
//
//	go run ./examples/selectors/chat 127.0.0.1:7777
//	nc 127.0.0.1 7777
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"os"
	"os/signal"
	"syscall"

	"github.com/pynet-go/pynet/selectors"
	"github.com/pynet-go/pynet/socket"
)

const (
	maxLine  = 1024      // longer lines end the connection
	maxQueue = 256 << 10 // who reads so slowly that more is queued is left behind
)

// A guest is one connection.
type guest struct {
	s    *socket.Socket
	name string
	in   []byte // a line that has not ended yet
	out  []byte // what is to be sent
}

// A room has the guests.
type room struct {
	sel    *selectors.Selector
	l      *socket.Socket
	guests map[*guest]bool
	log    io.Writer
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: chat ADDRESS:PORT")
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "chat:", err)
		os.Exit(1)
	}
}

// run serves until ctx ends.
func run(ctx context.Context, addr string, log io.Writer) error {
	at, err := netip.ParseAddrPort(addr)
	if err != nil {
		return err
	}
	r := &room{guests: map[*guest]bool{}, log: log}
	if r.sel, err = selectors.New(); err != nil {
		return err
	}
	defer r.sel.Close()
	if r.l, err = socket.CreateServer(socket.FromAddrPort(at), nil); err != nil {
		return err
	}
	defer r.l.Close()
	r.l.SetBlocking(false)
	if _, err := r.sel.Register(r.l, selectors.Read, nil); err != nil {
		return err
	}
	name, err := r.l.SockName()
	if err != nil {
		return err
	}
	fmt.Fprintln(log, "listening at", name)
	for {
		ready, err := r.sel.Select(ctx, selectors.Forever)
		if err != nil {
			for g := range r.guests {
				g.s.Close()
			}
			if ctx.Err() != nil {
				return nil
			}
			return err
		}
		for _, k := range ready {
			if g, ok := k.Data.(*guest); ok {
				r.serve(g, k.Is)
			} else if err := r.accept(); err != nil {
				return err
			}
		}
	}
}

func (r *room) accept() error {
	s, from, err := r.l.Accept()
	if errors.Is(err, socket.ErrWouldBlock) || errors.Is(err, syscall.ECONNABORTED) {
		return nil // who connected has gone again
	} else if err != nil {
		return err
	}
	s.SetBlocking(false)
	g := &guest{s: s, name: from.String()}
	if _, err := r.sel.Register(s, selectors.Read, g); err != nil {
		s.Close()
		return err
	}
	r.guests[g] = true
	r.tell(g, "has come")
	return nil
}

// serve reads and writes what a guest is ready for.
func (r *room) serve(g *guest, is selectors.Event) {
	if !r.guests[g] {
		return // has left in this round
	}
	if is&selectors.Write != 0 {
		r.flush(g)
	}
	if is&selectors.Read == 0 || !r.guests[g] {
		return
	}
	buf := make([]byte, 4096)
	n, err := g.s.Read(buf)
	if errors.Is(err, socket.ErrWouldBlock) {
		return
	}
	g.in = append(g.in, buf[:n]...)
	for {
		line, rest, ok := bytes.Cut(g.in, []byte("\n"))
		if !ok {
			break
		}
		g.in = rest
		r.tell(g, fmt.Sprintf("%q", bytes.TrimSuffix(line, []byte("\r"))))
	}
	if err != nil || len(g.in) > maxLine {
		r.leave(g)
	}
}

// tell sends a line to all but its author.
func (r *room) tell(from *guest, text string) {
	line := from.name + " " + text + "\n"
	fmt.Fprint(r.log, line)
	for g := range r.guests {
		if g == from {
			continue
		}
		g.out = append(g.out, line...)
		r.flush(g)
	}
}

// flush sends what goes at once, and waits for room only while there is more.
func (r *room) flush(g *guest) {
	n, err := g.s.Send(g.out, 0)
	g.out = g.out[n:]
	if err != nil && !errors.Is(err, socket.ErrWouldBlock) || len(g.out) > maxQueue {
		r.leave(g)
		return
	}
	events := selectors.Read
	if len(g.out) > 0 {
		events |= selectors.Write
	}
	r.sel.Modify(g.s, events, g)
}

func (r *room) leave(g *guest) {
	delete(r.guests, g)
	r.sel.Unregister(g.s)
	g.s.Close()
	r.tell(g, "has left")
}
