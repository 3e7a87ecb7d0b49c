package httpclient

import (
	"io"

	"github.com/pynet-go/pynet/httpx/client"
	"github.com/pynet-go/pynet/internal/conformance"
)

// response is an HTTPResponse.
type response struct {
	r      *client.Response
	src    io.Reader // where it will be read from
	method string
	cfg    *client.Config
	after  any
	lines0 []any // what a response of getresponse yielded: it is an iterator
}

func newResponse(c *conformance.Call) (any, error) {
	o, ok := argument(c.Args, 0, "sock").(conformance.Other)
	if !ok || o.Tag != "sock" {
		return nil, conformance.ErrNotApplicable
	}
	chunks, _ := o.V.([]any)
	s := &sock{}
	for _, x := range chunks {
		switch x := x.(type) {
		case []byte:
			s.chunks = append(s.chunks, x)
		case string:
			s.chunks = append(s.chunks, []byte(x))
		}
	}
	method, _ := argument(c.Args, 2, "method").(string)
	return &response{src: s, method: method, cfg: lenient()}, nil
}

// sock gives a chunk with each read.
type sock struct{ chunks [][]byte }

func (s *sock) Read(p []byte) (int, error) {
	for len(s.chunks) > 0 {
		n := copy(p, s.chunks[0])
		if s.chunks[0] = s.chunks[0][n:]; len(s.chunks[0]) == 0 {
			s.chunks = s.chunks[1:]
		}
		if n > 0 {
			return n, nil
		}
	}
	return 0, io.EOF
}

// Value implements [conformance.Subject].
func (p *response) Value() any {
	if p.lines0 != nil {
		return p.lines0
	}
	return conformance.Obj{Class: "HTTPResponse"}
}

// iterated reads the response as the harness did to record it.
func (p *response) iterated() (any, error) {
	v, err := p.lines(-1)
	if err != nil {
		return nil, err
	}
	p.lines0, _ = v.([]any)
	return p, nil
}

// Extra implements [conformance.Extras].
func (p *response) Extra(key string) (any, error) {
	if key == "after" && p.after != nil {
		return p.after, nil
	}
	return nil, conformance.ErrNotApplicable
}

// Step implements [conformance.Subject].
func (p *response) Step(st *conformance.Step) (any, error) {
	p.after = nil
	if st.Kind+" "+st.Name == "do begin" {
		return nil, p.begin(st)
	}
	if p.r == nil {
		return nil, conformance.ErrNotApplicable // it has no header yet
	}
	switch st.Kind {
	case "get":
		return p.get(st.Name)
	case "do":
		return p.do(st)
	case "op":
		if st.Name == "iter" {
			return p.lines(-1)
		}
	}
	return nil, conformance.ErrNotApplicable
}

func (p *response) begin(st *conformance.Step) error {
	if p.r != nil {
		return nil
	}
	if n, ok := argument(st.Args, -1, "_max_headers").(int64); ok {
		p.cfg.MaxHeaders = int(n)
	}
	var err error
	p.r, err = client.ReadResponse(p.src, p.method, p.cfg)
	return err
}

func (p *response) get(name string) (any, error) {
	r := p.r
	switch name {
	case "status", "code":
		return int(r.Status), nil
	case "reason":
		return latin1(r.Reason), nil
	case "version":
		return r.Version, nil
	case "headers", "msg":
		return header(r.Header), nil
	case "chunked":
		return r.Chunked, nil
	case "will_close":
		return r.WillClose, nil
	case "closed":
		return r.Closed(), nil
	case "length":
		if n := r.Length(); n >= 0 {
			return n, nil
		}
		return nil, nil
	}
	return nil, conformance.ErrNotApplicable
}

func (p *response) do(st *conformance.Step) (any, error) {
	r := p.r
	switch st.Name {
	case "isclosed":
		return r.IsClosed(), nil
	case "close":
		return nil, r.Close()
	case "getheaders":
		out := []any{}
		for k, v := range r.Header.All() {
			out = append(out, conformance.Tuple{latin1(k), latin1(v)})
		}
		return out, nil
	case "getheader":
		name, err := st.Args.String(0, "name")
		if err != nil {
			return nil, err
		}
		if v, ok := r.HeaderValue(name); ok {
			return latin1(v), nil
		}
		switch def := argument(st.Args, 1, "default").(type) {
		case string, nil:
			return def, nil
		}
		return nil, conformance.ErrNotApplicable
	case "readlines":
		n, ok := argument(st.Args, 0, "hint").(int64)
		if !ok {
			n = -1
		}
		return p.lines(n)
	}
	return p.read(st)
}

func (p *response) read(st *conformance.Step) (any, error) {
	r := p.r
	amt := int64(-1)
	if v, ok := st.Args.Lookup(0, "amt"); ok && v == nil && (st.Name == "read1" || st.Name == "peek" || !r.Chunked && r.Length() >= 0 && st.Name != "read") {
		return nil, conformance.ErrNotApplicable
	}
	if v, ok := st.Args.Lookup(0, "amt"); ok && v != nil {
		n, ok := v.(int64)
		if st.Name != "readinto" && !ok {
			return nil, conformance.ErrNotApplicable
		}
		amt = n
	}
	switch st.Name {
	case "read":
		b, err := r.ReadN(int(amt))
		return some(b), err
	case "read1":
		b, err := r.Read1(int(amt))
		return some(b), err
	case "peek":
		b, err := r.Peek()
		return some(b), err
	case "readline":
		b, err := r.ReadLine(int(amt))
		return some(b), err
	case "readinto":
		buf, ok := argument(st.Args, 0, "b").(*buffer)
		if !ok {
			return nil, conformance.ErrNotApplicable
		}
		n, err := r.ReadInto(buf.b)
		p.after = &conformance.Dict{Pairs: []conformance.Pair{{Key: "0", Value: buf.b}}}
		return n, err
	}
	return nil, conformance.ErrNotApplicable
}

func (p *response) lines(hint int64) (any, error) {
	out := []any{}
	total := int64(0)
	for line, err := range p.r.Lines() {
		if err != nil {
			return nil, err
		}
		if len(line) == 0 {
			break
		}
		out = append(out, append([]byte(nil), line...))
		if total += int64(len(line)); hint > 0 && total >= hint {
			break
		}
	}
	return out, nil
}

func some(b []byte) []byte { return append([]byte{}, b...) }
