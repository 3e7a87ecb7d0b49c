//go:build unix

// Command passfd hands an open file to another process over a Unix socket.
//
//	go run ./examples/socket/passfd serve /tmp/files.sock /var/log/syslog
//	go run ./examples/socket/passfd cat /tmp/files.sock
//
// The server opens the file anew for each client and gives it the descriptor, whatever the
// client itself may open; it serves only processes of its own user, which the kernel tells
// it. The client prints what it received.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"time"

	"github.com/pynet-go/pynet/socket"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "passfd:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdout io.Writer) error {
	switch {
	case len(args) == 3 && args[0] == "serve":
		return serve(ctx, args[1], args[2], stdout)
	case len(args) == 2 && args[0] == "cat":
		return cat(args[1], stdout)
	}
	return errors.New("usage: passfd serve SOCKET FILE | passfd cat SOCKET")
}

// patience bounds each conversation.
const patience = 5 * time.Second

func serve(ctx context.Context, path, file string, stdout io.Writer) error {
	l, err := socket.CreateServer(socket.Unix{Name: path}, &socket.ServerConfig{Unlink: true})
	if err != nil {
		return err
	}
	defer l.Close()
	fmt.Fprintln(stdout, "listening on", path)
	for {
		c, _, err := l.AcceptContext(ctx)
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil:
			return err
		}
		c.SetTimeout(patience)
		if err := hand(c, file); err != nil {
			fmt.Fprintln(os.Stderr, "passfd:", err)
		}
		c.Close()
	}
}

// hand gives the client the open file, with its name.
func hand(c *socket.Socket, file string) error {
	who, err := c.PeerCredentials()
	if err != nil {
		return err
	}
	if int(who.UID) != os.Getuid() {
		return fmt.Errorf("process %d is of user %d", who.PID, who.UID)
	}
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close() // the client has a descriptor of its own
	_, err = socket.SendFDs(c, [][]byte{[]byte(filepath.Base(file))}, []int{int(f.Fd())}, 0, nil)
	return err
}

func cat(path string, stdout io.Writer) error {
	c, err := socket.New(socket.AFUnix, socket.SockStream, 0)
	if err != nil {
		return err
	}
	defer c.Close()
	c.SetTimeout(patience)
	if err := c.Connect(socket.Unix{Name: path}); err != nil {
		return err
	}
	name := make([]byte, 255)
	n, fds, _, _, err := socket.RecvFDs(c, name, 1, 0)
	switch {
	case err == io.EOF:
		return errors.New("the server gave nothing")
	case err != nil:
		return err
	case len(fds) == 0:
		return errors.New("no descriptor came")
	}
	f := os.NewFile(uintptr(fds[0]), string(name[:n]))
	defer f.Close()
	_, err = io.Copy(stdout, f)
	return err
}
