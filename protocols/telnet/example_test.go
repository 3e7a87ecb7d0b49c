package telnet_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/pynet-go/pynet/protocols/telnet"
	"github.com/pynet-go/pynet/protocols/telnet/telnettest"
)

// host is what the examples talk to: a host that plays a script.
func host(steps ...telnettest.Step) *telnet.Config {
	return &telnet.Config{Dial: telnettest.Start(steps...).Dial}
}

func Example() {
	ctx := context.Background()
	c, err := telnet.Dial(ctx, "host.example", host(
		telnettest.Say("\xff\xfd\x18\xff\xfb\x01login: "), telnettest.Await("guest\r\n"),
		telnettest.Say("guest\r\nwelcome\r\n$ "), telnettest.Await("exit\r\n"),
		telnettest.Say("exit\r\nbye\r\n"), telnettest.HangUp()))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer c.Close()
	c.ReadUntil(ctx, []byte("login: "))
	c.Write([]byte("guest\r\n"))
	c.ReadUntil(ctx, []byte("$ "))
	c.Write([]byte("exit\r\n"))
	rest, err := c.ReadAll(ctx)
	fmt.Printf("%q %v\n", rest, err)
	// Output:
	// "exit\r\nbye\r\n" <nil>
}

func ExampleConn_ReadUntil_timeout() {
	ctx := context.Background()
	c, _ := telnet.Dial(ctx, "host.example", host(telnettest.Say("Is anybody there?")))
	defer c.Close()
	soon, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
	defer cancel()
	got, err := c.ReadUntil(soon, []byte("$ "))
	fmt.Printf("%q %v\n", got, errors.Is(err, os.ErrDeadlineExceeded))
	// Output:
	// "Is anybody there?" true
}

func ExampleConn_Expect() {
	ctx := context.Background()
	c, _ := telnet.Dial(ctx, "host.example", host(telnettest.Say("3 new messages\r\n$ ")))
	defer c.Close()
	m, err := c.Expect(ctx, regexp.MustCompile(`no mail`), regexp.MustCompile(`(\d+) new`))
	fmt.Printf("%d %q %q %v\n", m.Index, m.Group(1), m.Text, err)
	// Output:
	// 1 "3" "3 new" <nil>
}

func ExampleClient_Login() {
	ctx := context.Background()
	c, _ := telnet.Dial(ctx, "host.example", host(
		telnettest.Say("host login: "), telnettest.Await("bob\r\n"),
		telnettest.Say("Password: "), telnettest.Await("wrong\r\n"),
		telnettest.Say("\r\nLogin incorrect\r\n")))
	defer c.Close()
	_, err := c.Login(ctx, "bob", "wrong", nil)
	fmt.Println(errors.Is(err, telnet.ErrLogin))
	// Output:
	// true
}

// A host asks for the terminal and the window, and is told.
func ExampleOptions() {
	ctx := context.Background()
	play := telnettest.Start(
		telnettest.Say("\xff\xfd\x18\xff\xfd\x1f"), telnettest.Await("\xff\xfb\x1f"),
		telnettest.Say("\xff\xfa\x18\x01\xff\xf0"), telnettest.Await("\xff\xf0"), telnettest.HangUp())
	c := telnet.NewClient(play.Conn(), &telnet.Config{Options: &telnet.Options{
		Terminals: []string{"XTERM-256COLOR", "XTERM"},
		Window:    telnet.Window{Columns: 80, Rows: 24},
	}})
	c.ReadAll(ctx)
	c.Close()
	play.Wait()
	fmt.Printf("%q\n", play.Got())
	// Output:
	// "\xff\xfb\x18\xff\xfb\x1f\xff\xfa\x1f\x00P\x00\x18\xff\xf0\xff\xfa\x18\x00XTERM-256COLOR\xff\xf0"
}

// The callback of Python's set_option_negotiation_callback: all is done by hand.
func ExampleConfig_onCommand() {
	ctx := context.Background()
	play := telnettest.Start(telnettest.Say("\xff\xfb\x01\xff\xfd\x18\xff\xf9ready"), telnettest.HangUp())
	c := telnet.NewClient(play.Conn(), &telnet.Config{
		OnCommand: func(c *telnet.Conn, cmd telnet.Command, opt telnet.Option) {
			switch cmd {
			case telnet.CmdWill:
				fmt.Println(cmd, opt)
				c.Do(opt)
			case telnet.CmdDo:
				fmt.Println(cmd, opt)
				c.Wont(opt)
			default:
				fmt.Println(cmd)
			}
		},
	})
	text, _ := c.ReadAll(ctx)
	c.Close()
	play.Wait()
	fmt.Printf("%q %q\n", text, play.Got())
	// Output:
	// WILL ECHO
	// DO TTYPE
	// GA
	// "ready" "\xff\xfd\x01\xff\xfc\x18"
}

// In text mode a program writes and reads "\n".
func ExampleMode() {
	play := telnettest.Start(telnettest.Say("one\r\ntwo\r\n"), telnettest.HangUp())
	c := telnet.NewClient(play.Conn(), &telnet.Config{Mode: telnet.ModeNVT})
	for lines := bufio.NewScanner(c); lines.Scan(); {
		fmt.Printf("%q\n", lines.Text())
	}
	fmt.Fprintf(c, "thanks\n")
	c.Close()
	play.Wait()
	fmt.Printf("%q %v\n", play.Got(), c.EOF())
	// Output:
	// "one"
	// "two"
	// "thanks\r\n" true
}

func ExampleClient_Interact() {
	ctx := context.Background()
	cfg := host(
		telnettest.Say("\x1b[1mhello\x1b[0m\r\n"), telnettest.Await("exit\r\n"), telnettest.Say("bye\r\n"), telnettest.HangUp())
	cfg.Mode = telnet.ModeNVT
	c, _ := telnet.Dial(ctx, "host.example", cfg)
	defer c.Close()
	in, typed := io.Pipe()
	go io.WriteString(typed, "exit\n")
	err := c.Interact(ctx, in, telnet.Printable(os.Stdout))
	typed.Close()
	fmt.Println(err)
	// Output:
	// hello
	// bye
	// <nil>
}

// The host's end, as a handler of a server has it, and a client of it.
func ExampleNewServerConn() {
	ctx := context.Background()
	near, far := telnettest.Pipe()
	done := make(chan struct{})
	go func() {
		defer close(done)
		s := telnet.NewServerConn(far, nil)
		defer s.Close()
		s.Settle(ctx)
		io.WriteString(s, "name: ")
		name, _ := s.ReadUntil(ctx, []byte("\r\n"))
		fmt.Fprintf(s, "%s on a %s of %d columns\r\n", strings.TrimSpace(string(name)), s.Terminal(), s.Window().Columns)
	}()
	c := telnet.NewClient(near, &telnet.Config{Options: &telnet.Options{
		Local: []telnet.Option{telnet.OptSGA}, Remote: []telnet.Option{telnet.OptSGA},
		Terminals: []string{"VT220"}, Window: telnet.Window{Columns: 132, Rows: 43},
	}})
	c.ReadUntil(ctx, []byte("name: "))
	c.Write([]byte("ada\r\n"))
	text, _ := c.ReadAll(ctx)
	<-done
	fmt.Printf("%s", text)
	// Output:
	// ada on a VT220 of 132 columns
}

// A trace has what is sent and received, and each command.
func ExampleConfig_debug() {
	ctx := context.Background()
	cfg := host(telnettest.Say("hi\xff\xfb\x01"), telnettest.HangUp())
	cfg.Debug = os.Stdout
	c, _ := telnet.Dial(ctx, "host.example", cfg)
	defer c.Close()
	c.ReadAll(ctx)
	// Output:
	// telnet: recv "hi\xff\xfb\x01"
	// telnet: IAC WILL ECHO
	// telnet: send "\xff\xfe\x01"
}
