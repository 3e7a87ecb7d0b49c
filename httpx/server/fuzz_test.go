package server_test

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/pynet-go/pynet/httpx/server"
)

// memory is a connection whose input is there, in pieces, and then ends.
type memory struct {
	in  []byte
	out bytes.Buffer
	n   int
}

func (m *memory) Read(p []byte) (int, error) {
	if len(m.in) == 0 {
		return 0, io.EOF
	}
	m.n++
	n := copy(p[:min(len(p), 1+m.n*7)], m.in)
	m.in = m.in[n:]
	return n, nil
}
func (m *memory) Write(p []byte) (int, error)    { return m.out.Write(p) }
func (*memory) Close() error                     { return nil }
func (*memory) LocalAddr() net.Addr              { return &net.TCPAddr{} }
func (*memory) RemoteAddr() net.Addr             { return &net.TCPAddr{} }
func (*memory) SetDeadline(time.Time) error      { return nil }
func (*memory) SetReadDeadline(time.Time) error  { return nil }
func (*memory) SetWriteDeadline(time.Time) error { return nil }

// FuzzServe: whatever comes, the answers are whole, as net/http reads them, and there
// is no panic; a handler of net/http, files and Python's reading in turn.
func FuzzServe(f *testing.F) {
	for _, tt := range smuggling {
		f.Add([]byte(tt.in), uint8(0))
	}
	f.Add([]byte("GET /a.txt HTTP/1.1\r\nHost: h\r\nRange: bytes=0-1,3-\r\n\r\n"), uint8(1))
	f.Add([]byte("GET /dir HTTP/1.1\r\nHost: h\r\n\r\nHEAD /dir/ HTTP/1.1\r\nHost: h\r\nIf-None-Match: *\r\n\r\n"), uint8(1))
	f.Add([]byte("GET / HTTP/1.1\n\nGET /a.txt\r\n"), uint8(2))
	tree := fstest.MapFS{"a.txt": {Data: []byte("0123456789")}, "dir/b": {}}
	quiet := slog.New(slog.DiscardHandler)
	servers := []*server.Server{
		{Handler: server.HTTP(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.Copy(w, r.Body) })), Logger: quiet},
		{Handler: &server.Files{FS: tree}, Logger: quiet},
		{Handler: &server.Files{FS: tree}, Logger: quiet, Lenient: server.LenientPython, Protocol: "HTTP/1.0"},
	}
	f.Fuzz(func(t *testing.T, in []byte, kind uint8) {
		m := &memory{in: in}
		servers[int(kind)%len(servers)].ServeNetConn(context.Background(), m)
		if int(kind)%len(servers) == 2 {
			return // HTTP/0.9 has no status line
		}
		br := bufio.NewReader(&m.out)
		heads := strings.Count(strings.ToUpper(string(in)), "HEAD ") + strings.Count(string(in), "CONNECT ")
		for heads == 0 { // else nobody knows which answers have bodies
			if _, err := br.Peek(1); err == io.EOF {
				return
			}
			resp, err := http.ReadResponse(br, nil)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.Copy(io.Discard, resp.Body); err != nil && err != io.ErrUnexpectedEOF {
				t.Fatal(err)
			}
		}
	})
}
