package httpclient

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing/iotest"

	"github.com/pynet-go/pynet/httpx/client"
	"github.com/pynet-go/pynet/internal/conformance"
)

// file is a binary file: a reader of unknown length.
type file struct{ io.Reader }

// Value implements [conformance.Subject].
func (file) Value() any { return conformance.Obj{Class: "BytesIO"} }

// Step implements [conformance.Subject].
func (file) Step(*conformance.Step) (any, error) { return nil, conformance.ErrNotApplicable }

// textFile is a text file, which is sent as Latin-1.
type textFile string

// Value implements [conformance.Subject].
func (textFile) Value() any { return conformance.Obj{Class: "StringIO"} }

// Step implements [conformance.Subject].
func (textFile) Step(*conformance.Step) (any, error) { return nil, conformance.ErrNotApplicable }

// buffer is a bytearray.
type buffer struct{ b []byte }

// Value implements [conformance.Subject].
func (b *buffer) Value() any { return b.b }

// Step implements [conformance.Subject].
func (*buffer) Step(*conformance.Step) (any, error) { return nil, conformance.ErrNotApplicable }

// pieces is an iterable of bytes: each piece is sent by itself.
type pieces struct {
	bytes [][]byte
	err   error // what the item after them is
}

func (pieces) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// WriteTo implements io.WriterTo.
func (p pieces) WriteTo(w io.Writer) (int64, error) {
	var n int64
	for _, b := range p.bytes {
		m, err := w.Write(b)
		n += int64(m)
		if err != nil {
			return n, err
		}
	}
	return n, p.err
}

// binary is body without texts, which these calls do not take, as they find out
// when the header has gone out.
func binary(v any) (io.Reader, error) {
	if s, ok := v.(string); ok && s != "" {
		return file{iotest.ErrReader(fmt.Errorf("%w: a text %q", client.ErrInvalid, s))}, nil
	}
	return body(v)
}

// body is what Go has for a body in Python.
func body(v any) (io.Reader, error) {
	switch v := v.(type) {
	case nil:
		return nil, nil
	case []byte:
		return bytes.NewReader(v), nil
	case *buffer:
		return bytes.NewReader(v.b), nil
	case file:
		return v, nil
	case textFile:
		s, err := encode(string(v))
		if err != nil {
			return file{iotest.ErrReader(err)}, nil // found out when it is read
		}
		return file{strings.NewReader(s)}, nil
	case string:
		s, err := encode(v)
		return strings.NewReader(s), err
	case []any:
		return list(v)
	case conformance.Tuple:
		return list(v)
	case conformance.Iter:
		return list(v)
	case *conformance.Dict:
		return nil, conformance.ErrNotApplicable
	}
	return file{iotest.ErrReader(fmt.Errorf("%w: a body of %T", client.ErrInvalid, v))}, nil
}

func list(vs []any) (io.Reader, error) {
	var p pieces
	for _, v := range vs {
		switch v := v.(type) {
		case []byte:
			p.bytes = append(p.bytes, v)
		case *buffer:
			p.bytes = append(p.bytes, v.b)
		case string:
			p.err = fmt.Errorf("%w: a text %q", client.ErrInvalid, v)
			return p, nil
		default:
			return nil, conformance.ErrNotApplicable
		}
	}
	return p, nil
}
