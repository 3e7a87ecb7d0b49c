package httpclient

import (
	"context"
	"fmt"
	"io"
	"net"

	"github.com/pynet-go/pynet/httpx/client"
	"github.com/pynet-go/pynet/internal/conformance"
)

// conn is an HTTPConnection.
type conn struct {
	c      *client.Conn
	cfg    *client.Config
	script *script
}

func newConn(c *conformance.Call) (any, error) {
	host, ok := argument(c.Args, 0, "host").(string)
	if !ok {
		return nil, conformance.ErrNotApplicable
	}
	s, err := newScript(c.Args.Kw["script"])
	if err != nil {
		return nil, err
	}
	cfg := lenient()
	cfg.Dial = func(_ context.Context, _, addr string) (net.Conn, error) { return s.dial(addr) }
	if port, ok := argument(c.Args, 1, "port").(int64); ok {
		cfg.Port = int(port)
	}
	if n, ok := argument(c.Args, 4, "blocksize").(int64); ok {
		cfg.BlockSize = int(n)
	}
	if n, ok := argument(c.Args, -1, "max_response_headers").(int64); ok {
		if n <= 0 {
			return nil, conformance.ErrNotApplicable // the default, in Go
		}
		cfg.MaxHeaders = int(n)
	}
	make := client.New
	if c.Name == "http.client.HTTPSConnection" {
		make = client.NewTLS
	}
	cc, err := make(host, cfg)
	if err != nil {
		return nil, err
	}
	return &conn{c: cc, cfg: cfg, script: s}, nil
}

// Value implements [conformance.Subject].
func (*conn) Value() any { return conformance.Obj{Class: "HTTPConnection"} }

// Extra implements [conformance.Extras].
func (k *conn) Extra(key string) (any, error) {
	if key == "dialed" {
		d := k.script.dialed
		k.script.dialed = nil
		return d, nil
	}
	return nil, conformance.ErrNotApplicable
}

// Step implements [conformance.Subject].
func (k *conn) Step(st *conformance.Step) (any, error) {
	k.script.dialed = nil
	v, err := k.step(st)
	if k.script.err != nil {
		return nil, k.script.err
	}
	return v, err
}

func (k *conn) step(st *conformance.Step) (any, error) {
	switch st.Kind + " " + st.Name {
	case "get host":
		return k.c.Host(), nil
	case "get port":
		return k.c.Port(), nil
	case "get max_response_headers":
		if k.cfg.MaxHeaders == 0 {
			return nil, nil
		}
		return k.cfg.MaxHeaders, nil
	case "set max_response_headers":
		n, _ := st.To.(int64)
		k.cfg.MaxHeaders = int(n)
		return nil, nil
	case "do request":
		return nil, k.request(st.Args)
	case "do putrequest":
		return nil, k.putRequest(st.Args)
	case "do putheader":
		return nil, k.putHeader(st.Args)
	case "do endheaders":
		b, err := binary(argument(st.Args, 0, "message_body"))
		if err != nil {
			return nil, err
		}
		if enc, _ := argument(st.Args, -1, "encode_chunked").(bool); enc && b != nil {
			b = client.Chunked(b, nil)
		}
		return nil, k.c.EndHeaders(ctx, b)
	case "do send":
		return nil, k.send(argument(st.Args, 0, "data"))
	case "do getresponse":
		r, err := k.c.Response(ctx)
		if err != nil {
			return nil, err
		}
		return (&response{r: r}).iterated()
	case "do connect":
		return nil, k.c.Connect(ctx)
	case "do close":
		return nil, k.c.Close()
	case "do set_tunnel":
		return nil, k.setTunnel(st.Args)
	case "do get_proxy_response_headers":
		h := k.c.ProxyHeader()
		if h == nil {
			return nil, nil
		}
		return header(h), nil
	}
	return nil, conformance.ErrNotApplicable
}

func (k *conn) request(a conformance.Args) error {
	method, err := a.String(0, "method")
	if err != nil {
		return err
	}
	target, err := a.String(1, "url")
	if err != nil {
		return err
	}
	b, err := body(argument(a, 2, "body"))
	if err != nil {
		return err
	}
	h, err := pairs(argument(a, 3, "headers"))
	if err != nil {
		return err
	}
	if enc, _ := argument(a, -1, "encode_chunked").(bool); enc && b != nil && h.Has("Transfer-Encoding") && !h.Has("Content-Length") {
		b = client.Chunked(b, nil)
	}
	return k.c.Request(ctx, method, target, b, h)
}

func (k *conn) putRequest(a conformance.Args) error {
	method, err := a.String(0, "method")
	if err != nil {
		return err
	}
	target, err := a.String(1, "url")
	if err != nil {
		return err
	}
	var o client.Option
	if skip, _ := argument(a, 2, "skip_host").(bool); skip {
		o |= client.SkipHost
	}
	if skip, _ := argument(a, 3, "skip_accept_encoding").(bool); skip {
		o |= client.SkipAcceptEncoding
	}
	return k.c.PutRequest(method, target, o)
}

func (k *conn) putHeader(a conformance.Args) error {
	var all []string
	for _, v := range a.Pos {
		s, err := text(v)
		if err != nil {
			return err
		}
		all = append(all, s)
	}
	if len(all) == 0 {
		return conformance.ErrNotApplicable
	}
	return k.c.PutHeader(all[0], all[1:]...)
}

func (k *conn) send(data any) error {
	b, err := binary(data)
	if err != nil || b == nil {
		return err
	}
	if r, ok := b.(interface {
		io.Reader
		Len() int
	}); ok {
		p, err := io.ReadAll(r)
		if err != nil {
			return err
		}
		return k.c.Send(ctx, p)
	}
	return k.c.SendFrom(ctx, b)
}

func (k *conn) setTunnel(a conformance.Args) error {
	host, err := a.String(0, "host")
	if err != nil {
		return err
	}
	h, err := pairs(argument(a, 2, "headers"))
	if err != nil {
		return err
	}
	if port, ok := argument(a, 1, "port").(int64); ok {
		host = fmt.Sprintf("%s:%d", host, port)
	}
	return k.c.SetTunnel(host, h)
}
