//go:build !race

package server_test

import (
	"context"
	"io"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/pynet-go/pynet/httpx/server"
)

// again has the same request come so many times.
type again struct {
	memory
	left int
}

func (a *again) Read(p []byte) (int, error) {
	if a.left == 0 {
		return 0, io.EOF
	}
	a.left--
	return copy(p, "GET /index.html HTTP/1.1\r\nHost: example.org\r\nUser-Agent: x/1\r\nAccept: */*\r\n\r\n"), nil
}
func (*again) Write(p []byte) (int, error) { return len(p), nil }

// A request allocates its text, and what net/http's types want.
func TestAllocations(t *testing.T) {
	for name, tt := range map[string]struct {
		h    server.Handler
		most float64
	}{
		"native": {server.HandlerFunc(func(r *server.Request) {
			r.SendResponse(200, "")
			r.SendHeader("Content-Type", "text/plain")
			r.EndHeaders()
			r.WriteString("hello")
		}), 1},
		"http": {server.HTTP(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "hello") })), 5},
	} {
		const n = 2000
		s := &server.Server{Handler: tt.h}
		all := testing.AllocsPerRun(3, func() { s.ServeNetConn(context.Background(), &again{left: n}) })
		assert.Less(t, all/n, tt.most+0.1, name)
	}
}
