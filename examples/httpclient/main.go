// Command httpclient gets a URL, step by step, and shows what goes over the wire:
//
//	go run ./examples/httpclient http://127.0.0.1:8000/
//	go run ./examples/httpclient -v -H 'Accept: text/html' http://127.0.0.1:8000/
//	go run ./examples/httpclient -range 0-99 -o part http://127.0.0.1:8000/large   # goes on with -resume
//	go run ./examples/httpclient -proxy 127.0.0.1:3128 https://example.org/
//	go run ./examples/httpclient -unix /run/app.sock http://localhost/status
//
// It exits 1 if the answer is no success, 2 if the command line is wrong.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/signal"
	"strings"
	"time"

	"github.com/pynet-go/pynet/httpx"
	"github.com/pynet-go/pynet/httpx/client"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// options are what the command line says.
type options struct {
	method, proxy, unix, part, out string
	header                         httpx.Header
	verbose, resume                bool
	timeout                        time.Duration
	url                            *url.URL
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	fs := flag.NewFlagSet("httpclient", flag.ContinueOnError)
	fs.SetOutput(stderr)
	var o options
	fs.StringVar(&o.method, "X", "GET", "the `method`")
	fs.StringVar(&o.proxy, "proxy", "", "a proxy, `host:port`, asked to connect")
	fs.StringVar(&o.unix, "unix", "", "a Unix socket to connect to, a `path`")
	fs.StringVar(&o.part, "range", "", "the `bytes` wanted, such as 0-99")
	fs.StringVar(&o.out, "o", "", "the `file` that is written")
	fs.BoolVar(&o.resume, "resume", false, "go on where the file ends")
	fs.BoolVar(&o.verbose, "v", false, "show what is sent and received")
	fs.DurationVar(&o.timeout, "timeout", 30*time.Second, "for each wait")
	fs.Func("H", "a header field, `Name: value`", func(s string) error {
		name, value, ok := strings.Cut(s, ":")
		if !ok {
			return errors.New("a field is Name: value")
		}
		o.header.Add(name, strings.TrimSpace(value))
		return nil
	})
	if err := fs.Parse(args); err != nil {
		return 2
	}
	var err error
	if o.url, err = url.Parse(fs.Arg(0)); err != nil || fs.NArg() != 1 || o.url.Host == "" {
		fmt.Fprintln(stderr, "httpclient: one URL is wanted")
		return 2
	}
	if err := get(ctx, &o, stdout, stderr); err != nil {
		fmt.Fprintln(stderr, "httpclient:", err)
		return 1
	}
	return 0
}

// connect makes the connection that the options ask for.
func connect(o *options, stderr io.Writer) (*client.Conn, error) {
	cfg := &client.Config{Timeout: o.timeout}
	if o.verbose {
		cfg.Debug = stderr
	}
	secure := o.url.Scheme == "https"
	switch {
	case o.unix != "":
		return client.NewUnix(o.unix, o.url.Host, cfg)
	case o.proxy != "" && secure:
		c, err := client.NewTLS(o.proxy, cfg)
		if err != nil {
			return nil, err
		}
		return c, c.SetTunnel(o.url.Host, nil)
	case o.proxy != "":
		return client.New(o.proxy, cfg)
	case secure:
		return client.NewTLS(o.url.Host, cfg)
	}
	return client.New(o.url.Host, cfg)
}

func get(ctx context.Context, o *options, stdout, stderr io.Writer) error {
	c, err := connect(o, stderr)
	if err != nil {
		return err
	}
	defer c.Close()
	target := o.url.RequestURI()
	if o.proxy != "" && o.url.Scheme == "http" {
		target = o.url.String()
	}
	out, err := output(o, stdout)
	if err != nil {
		return err
	}
	defer out.Close()
	if o.part != "" {
		o.header.Add("Range", "bytes="+o.part)
	}
	if err := c.Request(ctx, o.method, target, nil, o.header); err != nil {
		return err
	}
	r, err := c.Response(ctx)
	if err != nil {
		return err
	}
	defer r.Close()
	if !r.Status.IsSuccess() {
		return fmt.Errorf("%d %s", r.Status, r.Reason)
	}
	if o.resume && r.Status != httpx.StatusPartialContent {
		return errors.New("the server does not send parts")
	}
	_, err = io.Copy(out, r)
	return err
}

// output opens the file, at its end if the rest of it is wanted.
func output(o *options, stdout io.Writer) (io.WriteCloser, error) {
	if o.out == "" {
		return nopCloser{stdout}, nil
	}
	if !o.resume {
		return os.Create(o.out)
	}
	f, err := os.OpenFile(o.out, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	o.part = fmt.Sprintf("%d-", info.Size())
	return f, nil
}

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }
