package ssl

import (
	"errors"
	"io"

	"github.com/pynet-go/pynet/internal/conformance"
	"github.com/pynet-go/pynet/tlsutil"
)

// bio is a MemoryBIO on which steps act.
type bio struct{ b *tlsutil.MemoryBIO }

func (b bio) Value() any { return conformance.Obj{Class: "MemoryBIO"} }

// Step implements conformance.Subject. That nothing can be read is an error here, and no
// bytes in Python.
func (b bio) Step(st *conformance.Step) (any, error) {
	switch st.Kind + " " + st.Name {
	case "get pending":
		return b.b.Pending(), nil
	case "get eof":
		return b.b.EOF(), nil
	case "do write_eof":
		b.b.WriteEOF()
		return nil, nil
	case "do write":
		p, err := st.Args.Bytes(0, "b")
		if err != nil {
			return nil, err
		}
		return b.b.Write(p)
	case "do read":
		n, err := st.Args.IntOr(0, "size", -1)
		if err != nil {
			return nil, err
		}
		if n < 0 || n > int64(b.b.Pending()) {
			n = int64(b.b.Pending())
		}
		p := make([]byte, n)
		_, err = b.b.Read(p)
		if errors.Is(err, tlsutil.ErrWantRead) || err == io.EOF {
			err = nil
		}
		return p, err
	}
	return nil, conformance.ErrNotApplicable
}
