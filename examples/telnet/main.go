// Command telnet talks to a host by Telnet, by hand or by a script.
//
//	go run ./examples/telnet [FLAGS] HOST [PORT] [< SCRIPT]
//
// By hand, what is typed goes to the host line by line, and what the host says is shown
// without what would command the terminal, unless -raw is given. The script of -script is a
// file of lines, "-" being the standard input:
//
//	expect login:      waits for a regular expression, and prints what came up to it
//	send guest         sends a line; escapes such as \x03 and \t are those of Go
//	login bob          answers the questions for name and password; the password is that
//	                   of the environment variable TELNET_PASSWORD
//	break              sends the break key; so do ip, ayt and ao theirs
//	rest               prints what comes until the host hangs up
//	# …                is nothing
//
// The exit code is 1 if the host does not say what is expected in the time of -timeout.
package main

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/pynet-go/pynet/protocols/telnet"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// A session is what the flags say, and where the output goes.
type session struct {
	c       *telnet.Client
	timeout time.Duration
	out     io.Writer
}

func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	fs := flag.NewFlagSet("telnet", flag.ContinueOnError)
	fs.SetOutput(stderr)
	script := fs.String("script", "", "a `file` with what is expected and sent; - is the standard input")
	timeout := fs.Duration("timeout", 10*time.Second, "how long to wait for the connection, and for each thing expected")
	terminal := fs.String("terminal", "", "the `name` of the terminal, if the host asks; none by default")
	secure := fs.Bool("tls", false, "speak TLS")
	raw := fs.Bool("raw", false, "show what the host sends as it is")
	debug := fs.Bool("debug", false, "trace what is sent and received")
	if err := fs.Parse(args); err != nil {
		return 2
	}
	if fs.NArg() < 1 || fs.NArg() > 2 {
		fs.Usage()
		return 2
	}
	addr := fs.Arg(0)
	if fs.NArg() == 2 {
		addr = net.JoinHostPort(addr, fs.Arg(1))
	}
	cfg := &telnet.Config{Mode: telnet.ModeNVT, Options: &telnet.Options{
		Local:  []telnet.Option{telnet.OptSGA, telnet.OptBinary},
		Remote: []telnet.Option{telnet.OptSGA, telnet.OptEcho, telnet.OptBinary},
	}}
	if *terminal != "" {
		cfg.Options.Terminals = []string{*terminal}
	}
	if *secure {
		cfg.TLS = &tls.Config{}
	}
	if *debug {
		cfg.Debug = stderr
	}
	if !*raw {
		stdout = telnet.Printable(stdout)
	}
	if err := talk(ctx, addr, cfg, *timeout, *script, stdin, stdout); err != nil {
		fmt.Fprintln(stderr, "telnet:", err)
		return 1
	}
	return 0
}

func talk(ctx context.Context, addr string, cfg *telnet.Config, timeout time.Duration, script string, stdin io.Reader, stdout io.Writer) error {
	soon, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	c, err := telnet.Dial(soon, addr, cfg)
	if err != nil {
		return err
	}
	defer c.Close()
	switch script {
	case "":
		return c.Interact(ctx, stdin, stdout)
	case "-":
	default:
		f, err := os.Open(script)
		if err != nil {
			return err
		}
		defer f.Close()
		stdin = f
	}
	s := &session{c, timeout, stdout}
	lines := bufio.NewScanner(stdin)
	for n := 1; lines.Scan(); n++ {
		if err := s.step(ctx, strings.TrimSpace(lines.Text())); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return lines.Err()
}

// step does what a line says.
func (s *session) step(ctx context.Context, line string) error {
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	word, rest, _ := strings.Cut(line, " ")
	commands := map[string]telnet.Command{"break": telnet.CmdBreak, "ip": telnet.CmdIP, "ayt": telnet.CmdAYT, "ao": telnet.CmdAO}
	switch cmd, ok := commands[word]; {
	case word == "" || word[0] == '#':
		return nil
	case ok:
		if err := s.c.SendCommand(cmd); err != nil {
			return err
		}
		return s.c.Flush(ctx)
	case word == "expect":
		re, err := regexp.Compile(rest)
		if err != nil {
			return err
		}
		m, err := s.c.Expect(ctx, re)
		return errors.Join(err, s.show(m.Text))
	case word == "send":
		text, err := strconv.Unquote(`"` + strings.ReplaceAll(rest, `"`, `\"`) + `"`)
		if err != nil {
			return fmt.Errorf("%q: %w", rest, err)
		}
		_, err = s.c.WriteContext(ctx, []byte(text+"\n"))
		return err
	case word == "login":
		text, err := s.c.Login(ctx, rest, os.Getenv("TELNET_PASSWORD"), nil)
		return errors.Join(err, s.show(text))
	case word == "rest":
		text, err := s.c.ReadAll(ctx)
		return errors.Join(err, s.show(text))
	}
	return fmt.Errorf("no such thing to do: %q", word)
}

func (s *session) show(text []byte) error {
	_, err := s.out.Write(text)
	return err
}
