package http1_test

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/textproto"
	"slices"
	"strings"
	"testing"

	"github.com/pynet-go/pynet/internal/http1"
)

// FuzzRequest: what is accepted, net/http reads the same way, head and body.
func FuzzRequest(f *testing.F) {
	for _, tt := range requests {
		if len(tt.in) < 2000 && tt.lenient == 0 {
			f.Add([]byte(tt.in + "\r\n5\r\nhello\r\n0\r\n\r\nGET / HTTP/1.1\r\n"))
		}
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		var h http1.Head
		n, err := h.Parse(in)
		same(t, &h, in, n, err)
		if err != nil || n == 0 {
			return
		}
		fr, err := h.Framing("")
		if err != nil {
			return
		}
		req, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(bytes.TrimPrefix(in, []byte("\r\n")))))
		if err != nil {
			return // it has opinions on targets and hosts
		}
		text := h.Text()
		if req.Method != h.Part(http1.Method, text) || req.RequestURI != h.Part(http1.Target, text) {
			t.Fatalf("start line %q %q", req.Method, req.RequestURI)
		}
		if req.Close != fr.Close {
			t.Fatalf("close %v, net/http %v", fr.Close, req.Close)
		}
		sameFields(t, &h, req.Header)
		sameBody(t, in[n:], fr, req.Body)
	})
}

// FuzzResponse is the same for responses.
func FuzzResponse(f *testing.F) {
	for _, tt := range responses {
		f.Add([]byte(tt.in+"5\r\nhello\r\n0\r\n\r\n"), tt.method == "HEAD")
	}
	f.Fuzz(func(t *testing.T, in []byte, head bool) {
		h := http1.Head{Response: true}
		n, err := h.Parse(in)
		same(t, &h, in, n, err)
		if err != nil || n == 0 || h.Status < 200 {
			return
		}
		method := "GET"
		if head {
			method = "HEAD"
		}
		fr, err := h.Framing(method)
		if err != nil {
			return
		}
		resp, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(in)), &http.Request{Method: method})
		if err != nil {
			if head || fr.Kind == http1.NoBody {
				return // it minds Transfer-Encoding where there is no body
			}
			t.Fatalf("accepted %q, net/http: %v", in[:n], err)
		}
		if resp.StatusCode != h.Status {
			t.Fatalf("status %d", resp.StatusCode)
		}
		if resp.Close && !fr.Close {
			t.Fatal("net/http closes")
		}
		sameFields(t, &h, resp.Header)
		sameBody(t, in[n:], fr, resp.Body)
	})
}

// same: fed in pieces, the answer is that of the whole.
func same(t *testing.T, h *http1.Head, in []byte, n int, err error) {
	p := http1.Head{Response: h.Response}
	var pn int
	var perr error
	for i := 0; i <= len(in); i += 1 + i/7 {
		if pn, perr = p.Parse(in[:i]); pn > 0 || perr != nil {
			break
		}
	}
	if pn == 0 && perr == nil {
		pn, perr = p.Parse(in)
	}
	if pn != n || (perr == nil) != (err == nil) {
		t.Fatalf("whole %d %v, in pieces %d %v", n, err, pn, perr)
	}
}

func sameFields(t *testing.T, h *http1.Head, want http.Header) {
	got := h.Header(nil, h.Text()).HTTP()
	for _, k := range []string{"Host", "Transfer-Encoding", "Content-Length", "Trailer", "Pragma", "Cache-Control", "Connection"} {
		got.Del(k)
		want.Del(k)
	}
	if len(got) != len(want) {
		t.Fatalf("fields %q, net/http %q", got, want)
	}
	for k, vs := range want {
		trimmed := make([]string, len(vs))
		for i, v := range vs {
			trimmed[i] = textproto.TrimString(v)
		}
		if !slices.Equal(trimmed, got[k]) {
			t.Fatalf("field %q: %q, net/http %q", k, got[k], vs)
		}
	}
}

func sameBody(t *testing.T, rest []byte, fr http1.Framing, theirs io.Reader) {
	var b http1.Body
	b.Start(&http1.Reader{Src: bytes.NewReader(rest)}, fr, http1.Limits{})
	got, err := io.ReadAll(&b)
	want, werr := io.ReadAll(theirs)
	if err == nil && (werr != nil || !bytes.Equal(got, want)) {
		t.Fatalf("body %q, net/http %q %v", got, want, werr)
	}
}

// FuzzChunked: the decoder gives the same whatever pieces it is fed.
func FuzzChunked(f *testing.F) {
	for _, tt := range chunkedBodies {
		if len(tt.in) < 2000 {
			f.Add([]byte(tt.in))
		}
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		whole := decode(in, len(in)+1)
		for _, step := range []int{1, 3} {
			if got := decode(in, step); got != whole {
				t.Fatalf("at once %q, by %d %q", whole, step, got)
			}
		}
	})
}

// decode decodes and says what remained and how it ended.
func decode(in []byte, step int) string {
	var c http1.Chunked
	var out strings.Builder
	have := 0
	used := 0
	for {
		data, n, err := c.Next(in[used:have])
		out.Write(data)
		used += n
		switch {
		case err == io.EOF:
			out.WriteString("|" + c.Trailer().String() + "|" + string(in[used:]))
			return out.String()
		case err != nil:
			return out.String() + "|" + errors.Unwrap(err).Error()
		case len(data) == 0 && have == len(in):
			return out.String() + "|short"
		case len(data) == 0:
			have = min(have+step, len(in))
		}
	}
}
