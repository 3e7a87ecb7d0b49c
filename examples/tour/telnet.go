package main

import (
	"context"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"

	"github.com/pynet-go/pynet/protocols/telnet"
	"github.com/pynet-go/pynet/protocols/telnet/telnettest"
)

// prompt asks a host how many requests a client made. The host asks for the terminal, and the
// client tells it; both ends are Go's, over a connection in memory.
func prompt(w io.Writer, in *input) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	near, far := telnettest.Pipe()
	go atPrompt(ctx, telnet.NewServerConn(far, &telnet.Config{Mode: telnet.ModeNVT}), in)

	c := telnet.NewClient(near, &telnet.Config{Mode: telnet.ModeNVT, Options: &telnet.Options{
		Local: []telnet.Option{telnet.OptSGA}, Remote: []telnet.Option{telnet.OptSGA},
		Terminals: []string{"VT220"}, Window: telnet.Window{Columns: 80, Rows: 24},
	}})
	defer c.Close()
	welcome, err := c.ReadUntil(ctx, []byte("\n"))
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "the host: %s", welcome)
	for _, name := range []string{"10.20.63.2", "192.0.2.77", "nobody"} {
		if _, err := c.ReadUntil(ctx, []byte("> ")); err != nil {
			return err
		}
		if _, err := c.WriteContext(ctx, []byte(name+"\n")); err != nil {
			return err
		}
		m, err := c.Expect(ctx, regexp.MustCompile(`(\d+) requests\n`), regexp.MustCompile(`not in the log\n`))
		if err != nil {
			return err
		}
		if m.Index == 0 {
			fmt.Fprintf(w, "  %s: %s\n", name, m.Group(1))
		} else {
			fmt.Fprintf(w, "  %s is %s", name, m.Group(0))
		}
	}
	return nil
}

// atPrompt is the host.
func atPrompt(ctx context.Context, s *telnet.ServerConn, in *input) {
	defer s.Close()
	if s.Settle(ctx) != nil {
		return
	}
	of := map[string]int{}
	for _, e := range in.log {
		of[e.client]++
	}
	fmt.Fprintf(s, "hello, %s of %d columns\n", s.Terminal(), s.Window().Columns)
	for {
		io.WriteString(s, "> ")
		line, err := s.ReadUntil(ctx, []byte("\n"))
		if err != nil {
			return
		}
		if n := of[strings.TrimSpace(string(line))]; n > 0 {
			fmt.Fprintf(s, "%d requests\n", n)
		} else {
			io.WriteString(s, "not in the log\n")
		}
	}
}
