package client_test

import (
	"bytes"
	"io"
	"testing"
	"testing/iotest"

	"github.com/pynet-go/pynet/httpx/client"
)

// FuzzReadResponse: no panic, and the same whether it comes at once or byte by byte, in
// the strict reading and in Python's.
func FuzzReadResponse(f *testing.F) {
	for _, in := range []string{
		"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
		"HTTP/1.1 100 \r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x\r\nhi\r\n0\r\nX: y\r\n\r\n",
		"HTTP/1.0 200\nA: b\n c\n\nto the end",
		" HTTP/1.1  +200 OK\r\nno colon\r\n\r\n0x1\na\n0",
	} {
		f.Add([]byte(in), false, "GET")
		f.Add([]byte(in), true, "HEAD")
	}
	f.Fuzz(func(t *testing.T, in []byte, lenient bool, method string) {
		cfg := &client.Config{Lenient: lenient}
		a, aerr := all(bytes.NewReader(in), method, cfg)
		b, berr := all(iotest.OneByteReader(bytes.NewReader(in)), method, cfg)
		if !bytes.Equal(a, b) || (aerr == nil) != (berr == nil) {
			t.Fatalf("at once %q %v, by bytes %q %v", a, aerr, b, berr)
		}
	})
}

func all(r io.Reader, method string, cfg *client.Config) ([]byte, error) {
	resp, err := client.ReadResponse(r, method, cfg)
	if err != nil {
		return nil, err
	}
	defer resp.Close()
	return resp.ReadAll()
}
