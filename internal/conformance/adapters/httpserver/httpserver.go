// Package httpserver replays the vectors of Python's module http.server.
//
// The server has LenientPython set, which is Python's reading, and Bare, as its Files have,
// so that it sends the header fields that Python sends.
package httpserver

import (
	"context"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"strconv"
	"strings"
	"testing/fstest"
	"time"

	"github.com/pynet-go/pynet/httpx"
	"github.com/pynet-go/pynet/httpx/server"
	"github.com/pynet-go/pynet/internal/conformance"
)

// An Adapter is the one of module http.server.
type Adapter struct{}

// Raises implements [conformance.Adapter]. No call raises anything.
func (Adapter) Raises(error, *conformance.Exception) bool { return false }

// Call implements [conformance.Adapter].
func (Adapter) Call(c *conformance.Call) (any, error) {
	if c.Name != "http.server.serve" {
		return nil, conformance.ErrNotApplicable
	}
	request, err := c.Args.Bytes(0, "request")
	if err != nil {
		return nil, err
	}
	s := &server.Server{Protocol: "HTTP/1.0", Lenient: server.LenientPython, Bare: true, Logger: slog.New(slog.DiscardHandler)}
	s.OnExpect = func(r *server.Request) bool { r.SendContinue(); return true }
	if n, ok := c.Record.Extra["clock"].(int64); ok {
		s.Now = func() time.Time { return time.Unix(n, 0) }
	}
	files := &server.Files{Bare: true, Hidden: true, Index: []string{"index.html", "index.htm"}}
	if h, _ := c.Args.Lookup(2, "handler"); h == "BaseHTTPRequestHandler" {
		s.Handler = base
	} else {
		s.Handler = files
	}
	if d, ok := c.Args.Kw["attrs"].(*conformance.Dict); ok {
		if err := setAttrs(s, files, d); err != nil {
			return nil, err
		}
	}
	tree, _ := c.Args.Lookup(1, "files")
	if files.FS, err = newTree(tree); err != nil {
		return nil, err
	}
	if files.Header, err = extra(c.Args.Kw["extra_response_headers"]); err != nil {
		return nil, err
	}
	nc := &connection{in: request}
	s.ServeNetConn(context.Background(), nc)
	return append([]byte{}, nc.out...), nil
}

func setAttrs(s *server.Server, f *server.Files, d *conformance.Dict) error {
	for _, p := range d.Pairs {
		text, _ := p.Value.(string)
		switch p.Key {
		case "protocol_version":
			s.Protocol = text
		case "default_request_version":
			s.DefaultVersion = text
		case "error_message_format":
			s.ErrorFormat = text
		case "error_content_type":
			s.ErrorContentType = text
		case "default_content_type":
			if f.Types == nil {
				f.Types = map[string]string{}
			}
			f.Types[""] = text
		case "index_pages":
			f.Index = strings2(p.Value)
		case "extensions_map":
			m, ok := p.Value.(*conformance.Dict)
			if !ok {
				return conformance.ErrNotApplicable
			}
			if f.Types == nil {
				f.Types = map[string]string{}
			}
			for _, kv := range m.Pairs {
				k, _ := kv.Key.(string)
				v, _ := kv.Value.(string)
				f.Types[k] = v
			}
		default:
			return conformance.ErrNotApplicable
		}
	}
	return nil
}

func strings2(v any) []string {
	list, _ := v.([]any)
	if t, ok := v.(conformance.Tuple); ok {
		list = t
	}
	out := []string{}
	for _, x := range list {
		s, _ := x.(string)
		out = append(out, s)
	}
	return out
}

// newTree is the folder that is served.
func newTree(v any) (fs.FS, error) {
	tree := fstest.MapFS{}
	d, _ := v.(*conformance.Dict)
	if d == nil {
		return tree, nil
	}
	at := time.Unix(1600000000, 0)
	for _, p := range d.Pairs {
		name, _ := p.Key.(string)
		switch content := p.Value.(type) {
		case []byte:
			tree[name] = &fstest.MapFile{Data: content, ModTime: at, Mode: 0o644}
		case nil:
			tree[strings.TrimSuffix(name, "/")] = &fstest.MapFile{ModTime: at, Mode: fs.ModeDir | 0o755}
		default:
			return nil, conformance.ErrNotApplicable
		}
	}
	return tree, nil
}

func extra(v any) (httpx.Header, error) {
	var h httpx.Header
	list, _ := v.([]any)
	for _, x := range list {
		kv, _ := x.([]any)
		if t, ok := x.(conformance.Tuple); ok {
			kv = t
		}
		if len(kv) != 2 {
			return nil, conformance.ErrNotApplicable
		}
		k, _ := kv[0].(string)
		value, _ := kv[1].(string)
		b := make([]byte, 0, len(value))
		for _, r := range value {
			if r > 0xff {
				return nil, conformance.ErrNotApplicable
			}
			b = append(b, byte(r))
		}
		h.Add(k, string(b))
	}
	return h, nil
}

// base is the handler that the format describes.
var base = server.Methods{
	"GET": func(r *server.Request) {
		r.SendResponse(httpx.StatusOK, "")
		r.SendHeader("Content-Type", "text/plain")
		r.SendHeader("X-Path", r.Target)
		r.EndHeaders()
		r.WriteString(description(r))
	},
	"POST": func(r *server.Request) {
		body, _ := io.ReadAll(r)
		r.SendResponse(httpx.StatusCreated, "Made")
		r.SendHeader("Content-Length", strconv.Itoa(len(body)))
		r.EndHeaders()
		r.Write(body)
	},
	"HEAD":    func(r *server.Request) { r.SendError(httpx.StatusImATeapot, "No <b>", "why & how") },
	"OPTIONS": func(r *server.Request) { r.SendError(httpx.StatusNoContent, "", "") },
}

// description is the request in Python's JSON.
func description(r *server.Request) string {
	var b strings.Builder
	b.WriteString("[" + quote(r.Method) + ", " + quote(r.Version) + ", [")
	first := true
	for k, v := range r.Header.All() {
		if !first {
			b.WriteString(", ")
		}
		first = false
		b.WriteString("[" + quote(k) + ", " + quote(v) + "]")
	}
	return b.String() + "]]"
}

// quote is json.dumps of a text in Latin-1.
func quote(s string) string {
	const digits = "0123456789abcdef"
	b := []byte{'"'}
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c == '\n':
			b = append(b, `\n`...)
		case c == '\r':
			b = append(b, `\r`...)
		case c == '\t':
			b = append(b, `\t`...)
		case c == '\b':
			b = append(b, `\b`...)
		case c == '\f':
			b = append(b, `\f`...)
		case c < 0x20 || c >= 0x7f && c != 0x7f:
			b = append(b, '\\', 'u', '0', '0', digits[c>>4], digits[c&15])
		default:
			b = append(b, c)
		}
	}
	return string(append(b, '"'))
}

// connection is one whose input is there as a whole and then ends.
type connection struct{ in, out []byte }

// Read implements net.Conn.
func (c *connection) Read(p []byte) (int, error) {
	if len(c.in) == 0 {
		return 0, io.EOF
	}
	n := copy(p, c.in)
	c.in = c.in[n:]
	return n, nil
}

// Write implements net.Conn.
func (c *connection) Write(p []byte) (int, error) { c.out = append(c.out, p...); return len(p), nil }

// Close implements net.Conn.
func (*connection) Close() error { return nil }

// LocalAddr implements net.Conn.
func (*connection) LocalAddr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 80} }

// RemoteAddr implements net.Conn.
func (*connection) RemoteAddr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 9} }

// SetDeadline implements net.Conn.
func (*connection) SetDeadline(time.Time) error { return nil }

// SetReadDeadline implements net.Conn.
func (*connection) SetReadDeadline(time.Time) error { return nil }

// SetWriteDeadline implements net.Conn.
func (*connection) SetWriteDeadline(time.Time) error { return nil }
