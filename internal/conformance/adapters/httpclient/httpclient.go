// Package httpclient replays the vectors of Python's module http.client.
//
// Connections have Config.Lenient set, which is Python's reading. Python's texts in
// headers are Latin-1, Go's strings the bytes themselves.
package httpclient

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"syscall"

	"github.com/pynet-go/pynet/httpx"
	"github.com/pynet-go/pynet/httpx/client"
	"github.com/pynet-go/pynet/internal/conformance"
)

// An Adapter is the one of module http.client.
type Adapter struct{}

var errorTable = conformance.Errors{
	"NotConnected":            client.ErrNotConnected,
	"InvalidURL":              client.ErrInvalidURL,
	"UnknownProtocol":         client.ErrUnknownProtocol,
	"UnknownTransferEncoding": client.ErrUnknownTransferEncoding,
	"IncompleteRead":          client.ErrIncompleteRead,
	"ImproperConnectionState": client.ErrState,
	"CannotSendRequest":       client.ErrCannotSendRequest,
	"CannotSendHeader":        client.ErrCannotSendHeader,
	"ResponseNotReady":        client.ErrResponseNotReady,
	"BadStatusLine":           client.ErrBadStatusLine,
	"LineTooLong":             client.ErrLineTooLong,
	"RemoteDisconnected":      client.ErrRemoteDisconnected,
	"HTTPException":           client.ErrHTTP,
	"ConnectionRefusedError":  syscall.ECONNREFUSED,
	"RuntimeError":            client.ErrConnected,
	"OSError":                 client.ErrTunnel,
}

// Raises implements [conformance.Adapter]. A target or header that cannot be encoded
// is invalid.
func (Adapter) Raises(err error, e *conformance.Exception) bool {
	switch e.Type {
	case "ValueError":
		return errors.Is(err, client.ErrInvalid)
	case "UnicodeEncodeError", "UnicodeError":
		return errors.Is(err, client.ErrInvalid) || errors.Is(err, client.ErrInvalidURL)
	}
	return errorTable.Raises(err, e)
}

// Attr implements [conformance.AttrsOf].
func (Adapter) Attr(err error, name string) (any, bool) {
	var inc *client.IncompleteReadError
	var line *client.StatusLineError
	switch name {
	case "partial":
		if errors.As(err, &inc) {
			return append([]byte{}, inc.Partial...), true
		}
	case "expected":
		if errors.As(err, &inc) {
			if inc.Expected < 0 {
				return nil, true
			}
			return inc.Expected, true
		}
	case "line":
		if errors.As(err, &line) {
			return latin1(line.Line), true
		}
		if errors.Is(err, client.ErrRemoteDisconnected) {
			return "''", true // Python: the line that did not come, as its repr
		}
	}
	return nil, name == "args" || name == "errno" || name == "strerror" || name == "filename"
}

// Call implements [conformance.Adapter].
func (Adapter) Call(c *conformance.Call) (any, error) {
	switch c.Name {
	case "http.client.HTTPConnection", "http.client.HTTPSConnection":
		return newConn(c)
	case "http.client.HTTPResponse":
		return newResponse(c)
	case "http.client.parse_headers":
		r, ok := argument(c.Args, 0, "fp").(io.Reader)
		if !ok {
			return nil, conformance.ErrNotApplicable
		}
		cfg := lenient()
		if n, ok := argument(c.Args, -1, "_max_headers").(int64); ok {
			cfg.MaxHeaders = int(n)
		}
		h, err := client.ReadHeader(r, cfg)
		return header(h), err
	case "http.client.responses.get":
		code, err := c.Args.Int(0, "key")
		if err != nil {
			return nil, err
		}
		if p := httpx.Status(code).Phrase(); p != "" {
			return p, nil
		}
		return nil, nil
	case "io.BytesIO":
		b, _ := argument(c.Args, 0, "initial_bytes").([]byte)
		return file{bytes.NewReader(b)}, nil
	case "io.StringIO":
		s, _ := argument(c.Args, 0, "initial_value").(string)
		return textFile(s), nil
	case "bytearray":
		if n, ok := argument(c.Args, 0, "source").(int64); ok {
			return &buffer{make([]byte, n)}, nil
		}
		b, _ := argument(c.Args, 0, "source").([]byte)
		return &buffer{append([]byte{}, b...)}, nil
	}
	return nil, conformance.ErrNotApplicable
}

func lenient() *client.Config { return &client.Config{Lenient: true} }

func argument(args conformance.Args, i int, name string) any {
	v, _ := args.Lookup(i, name)
	return v
}

// latin1 is a string of bytes as Python's text.
func latin1(s string) string {
	r := make([]rune, len(s))
	for i := range len(s) {
		r[i] = rune(s[i])
	}
	return string(r)
}

// encode is Python's text as Latin-1. What has no such form stays as it is, in
// UTF-8, if Go takes it, and it is an error for Python.
func encode(s string) (string, error) {
	b := make([]byte, 0, len(s))
	for _, r := range s {
		if r > 0xff {
			return "", fmt.Errorf("%w: %q is not Latin-1", client.ErrInvalid, s)
		}
		b = append(b, byte(r))
	}
	return string(b), nil
}

// text is a header name or value: text, bytes or a number.
func text(v any) (string, error) {
	switch v := v.(type) {
	case string:
		return encode(v)
	case []byte:
		return string(v), nil
	case *buffer:
		return string(v.b), nil
	case int64:
		return strconv.FormatInt(v, 10), nil
	case bool:
		if v {
			return "True", nil
		}
		return "False", nil
	}
	return "", conformance.ErrNotApplicable
}

// pairs are the entries of a dict of headers.
func pairs(v any) (httpx.Header, error) {
	d, ok := v.(*conformance.Dict)
	if !ok {
		if v == nil {
			return nil, nil
		}
		return nil, conformance.ErrNotApplicable
	}
	var h httpx.Header
	seen := map[string]int{}
	for _, p := range d.Pairs {
		k, err := text(p.Key)
		if err != nil { // no token either, as Go will find
			k, _ = p.Key.(string)
		}
		v, err := text(p.Value)
		if err != nil {
			return nil, err
		}
		if i, ok := seen[k]; ok { // a dict has a key once
			h[i].Value = v
			continue
		}
		seen[k] = len(h)
		h = append(h, httpx.Field{Name: k, Value: v})
	}
	return h, nil
}

func header(h httpx.Header) conformance.Obj {
	items := []any{}
	for k, v := range h.All() {
		items = append(items, []any{latin1(k), latin1(v)})
	}
	return conformance.Obj{Class: "HTTPMessage", Fields: map[string]any{"items": items}}
}

var ctx = context.Background()
