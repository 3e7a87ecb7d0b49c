// Command httpserver serves the files of a directory, with the command line of
// python -m http.server:
//
//	go run ./examples/httpserver                                   # ./ at http://127.0.0.1:8000
//	go run ./examples/httpserver --bind 0.0.0.0 -d /srv 8080
//	go run ./examples/httpserver --cgi                             # runs what is in cgi-bin
//	go run ./examples/httpserver --tls-cert cert.pem --tls-key key.pem 8443
//	go run ./examples/httpserver -H Access-Control-Allow-Origin '*' --content-type text/plain
//
// Unlike Python's it listens on the loopback alone unless --bind says otherwise, and
// shows no hidden files unless --hidden does. --model chooses how connections are
// served: threading, eventloop or sequential. It exits 2 if the command line is wrong.
package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"time"

	"github.com/pynet-go/pynet/httpx"
	"github.com/pynet-go/pynet/httpx/server"
	"github.com/pynet-go/pynet/socketserver"
	"github.com/pynet-go/pynet/tlsutil"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// options are what the command line says.
type options struct {
	bind, directory, protocol string
	port                      int
	cgi, hidden               bool
	cert, key, passwordFile   string
	contentType, model        string
	header                    httpx.Header
}

const usage = `usage: httpserver [-h] [-b ADDRESS] [-d DIRECTORY] [-p VERSION] [--cgi] [--hidden]
                  [--model MODEL] [--content-type TYPE] [-H NAME VALUE]...
                  [--tls-cert PATH [--tls-key PATH] [--tls-password-file PATH]] [port]
`

var errHelp = errors.New("help")

// parse reads the command line; -H takes two arguments, which package flag cannot.
func parse(args []string) (o options, err error) {
	o = options{bind: "127.0.0.1", directory: ".", protocol: "HTTP/1.0", port: 8000, model: "threading"}
	texts := map[string]*string{
		"-b": &o.bind, "--bind": &o.bind, "-d": &o.directory, "--directory": &o.directory,
		"-p": &o.protocol, "--protocol": &o.protocol, "--tls-cert": &o.cert, "--tls-key": &o.key,
		"--tls-password-file": &o.passwordFile, "--content-type": &o.contentType, "--model": &o.model,
	}
	ports := 0
	for len(args) > 0 {
		name := args[0]
		args = args[1:]
		value, inline := "", false
		if strings.HasPrefix(name, "--") {
			name, value, inline = strings.Cut(name, "=")
		}
		switch {
		case name == "-h" || name == "--help":
			return o, errHelp
		case name == "--cgi" && !inline:
			o.cgi = true
		case name == "--hidden" && !inline:
			o.hidden = true
		case name == "-H" || name == "--header":
			if len(args) < 2 {
				return o, fmt.Errorf("%s wants a name and a value", name)
			}
			o.header.Add(args[0], args[1])
			args = args[2:]
		case texts[name] != nil:
			if !inline {
				if len(args) == 0 {
					return o, fmt.Errorf("%s wants a value", name)
				}
				value, args = args[0], args[1:]
			}
			*texts[name] = value
		case strings.HasPrefix(name, "-"):
			return o, fmt.Errorf("unknown option %s", name)
		default:
			n, err := strconv.ParseUint(name, 10, 16)
			if ports++; err != nil || ports > 1 {
				return o, fmt.Errorf("port %q", name)
			}
			o.port = int(n)
		}
	}
	return o, o.check()
}

func (o *options) check() error {
	switch {
	case o.protocol != "HTTP/1.0" && o.protocol != "HTTP/1.1":
		return fmt.Errorf("protocol %q is neither HTTP/1.0 nor HTTP/1.1", o.protocol)
	case o.cert == "" && (o.key != "" || o.passwordFile != ""):
		return errors.New("--tls-key and --tls-password-file want --tls-cert")
	case models[o.model] == nil:
		return fmt.Errorf("model %q", o.model)
	}
	return nil
}

var models = map[string]socketserver.Model{
	"threading":  socketserver.Threading{},
	"eventloop":  socketserver.EventLoop{},
	"sequential": socketserver.Sequential{},
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	o, err := parse(args)
	if err == errHelp {
		fmt.Fprint(stdout, usage)
		return 0
	}
	if err != nil {
		fmt.Fprint(stderr, usage, "httpserver: ", err, "\n")
		return 2
	}
	if err := serve(ctx, o, stdout, stderr); err != nil {
		fmt.Fprintln(stderr, "httpserver:", err)
		return 1
	}
	return 0
}

// serve serves until ctx ends.
func serve(ctx context.Context, o options, stdout, stderr io.Writer) error {
	files, err := server.NewFiles(o.directory)
	if err != nil {
		return err
	}
	defer files.Close()
	files.Hidden, files.DefaultType, files.Header = o.hidden, o.contentType, o.header
	s := &server.Server{
		Addr: net.JoinHostPort(o.bind, strconv.Itoa(o.port)), Handler: files, Protocol: o.protocol,
		Model: models[o.model], AccessLog: stderr,
	}
	if o.cgi {
		s.Handler = &server.CGI{Files: files, Dir: o.directory}
	}
	scheme := "http"
	if o.cert != "" {
		scheme = "https"
		if s.TLS, err = certificate(o); err != nil {
			return err
		}
	}
	if err := s.Listen(); err != nil {
		return err
	}
	host, port, _ := net.SplitHostPort(s.LocalAddr().String())
	fmt.Fprintf(stdout, "Serving %s on %s port %s (%s://%s/) ...\n", strings.ToUpper(scheme), host, port, scheme, s.LocalAddr())
	if ip := net.ParseIP(host); ip != nil && !ip.IsLoopback() {
		fmt.Fprintln(stderr, "whoever reaches this address can read the directory")
	}
	stop := context.AfterFunc(ctx, func() {
		grace, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		defer cancel()
		s.Shutdown(grace)
	})
	defer stop()
	if err := s.ServeForever(context.Background()); !errors.Is(err, server.ErrServerClosed) {
		return err
	}
	return nil
}

// certificate reads the certificate and its key, whose password is in a file.
func certificate(o options) (*tls.Config, error) {
	c, err := tlsutil.NewDefaultContext(tlsutil.ClientAuth)
	if err != nil {
		return nil, err
	}
	key := o.key
	if key == "" {
		key = o.cert
	}
	var password tlsutil.PasswordFunc
	if o.passwordFile != "" {
		b, err := os.ReadFile(o.passwordFile)
		if err != nil {
			return nil, err
		}
		password = tlsutil.Password(strings.TrimRight(string(b), "\r\n"))
	}
	if err := c.LoadCertChain(o.cert, key, password); err != nil {
		return nil, err
	}
	return c.ServerConfig()
}
