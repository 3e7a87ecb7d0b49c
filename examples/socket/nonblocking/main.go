// Command nonblocking serves a game over TCP from one loop that never waits for the
// network: it moves the ball, looks what the players sent since the last frame, and goes
// on.
//
//	go run ./examples/socket/nonblocking -listen 127.0.0.1:7007
//	nc 127.0.0.1 7007       # then l and r, each with the return key
//
// A loop that has nothing else to do should wait for its descriptors instead of asking them
// one after the other; package selectors does that.
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
	"slices"
	"time"

	"github.com/pynet-go/pynet/socket"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	listen := flag.String("listen", "127.0.0.1:7007", "the `address` to listen at")
	flag.Parse()
	if err := run(ctx, *listen, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "nonblocking:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, listen string, stdout io.Writer) error {
	at, err := netip.ParseAddrPort(listen)
	if err != nil {
		return err
	}
	g := &game{width: 20, ball: 10, step: 1}
	if g.listener, err = socket.CreateServer(socket.FromAddrPort(at), nil); err != nil {
		return err
	}
	defer g.close()
	g.listener.SetBlocking(false)
	fmt.Fprintln(stdout, "listening on", g.listener.LocalAddr())
	frames := time.NewTicker(20 * time.Millisecond)
	defer frames.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-frames.C:
			if err := g.frame(); err != nil {
				return err
			}
		}
	}
}

// A game is a ball that the players push.
type game struct {
	listener          *socket.Socket
	players           []*socket.Socket
	ball, step, width int
}

func (g *game) close() {
	for _, p := range g.players {
		p.Close()
	}
	g.listener.Close()
}

// maxPlayers is how many may play.
const maxPlayers = 16

// frame does what is to be done now and waits for nobody.
func (g *game) frame() error {
	for len(g.players) < maxPlayers {
		c, _, err := g.listener.Accept()
		if errors.Is(err, socket.ErrWouldBlock) {
			break // nobody is there
		} else if err != nil {
			return err
		}
		c.SetBlocking(false)
		g.players = append(g.players, c)
	}
	g.players = slices.DeleteFunc(g.players, func(p *socket.Socket) bool {
		if err := g.read(p); err != nil {
			p.Close()
			return true
		}
		return false
	})
	if g.ball += g.step; g.ball <= 0 || g.ball >= g.width {
		g.step = -g.step
	}
	picture := fmt.Appendf(nil, "\r|%*s%*s|", g.ball+1, "o", g.width-g.ball, "")
	for _, p := range g.players {
		p.Send(picture, 0) // who does not keep up misses a frame
	}
	return nil
}

// read takes what a player has sent; an error says that it has left.
func (g *game) read(p *socket.Socket) error {
	var buf [64]byte
	n, err := p.Recv(buf[:], 0)
	if errors.Is(err, socket.ErrWouldBlock) {
		return nil // nothing new
	} else if err != nil {
		return err
	}
	for _, c := range buf[:n] {
		switch c {
		case 'l':
			g.step = -1
		case 'r':
			g.step = 1
		}
	}
	return nil
}
