package uuid

import (
	"math/big"
	"time"

	"github.com/pynet-go/pynet/internal/conformance"
	"github.com/pynet-go/pynet/uuid"
)

// maker returns a function that makes the call. Each record has a generator of its
// own, with the sources that the record fixes.
func maker(c *conformance.Call) (func() (any, error), error) {
	g, err := generator(c)
	if err != nil {
		return nil, err
	}
	var next func() (uuid.UUID, error)
	switch c.Name {
	case "uuid.getnode":
		return func() (any, error) { return g.NodeID() }, nil
	case "uuid.uuid1":
		next, err = g.NewV1, timeBased(g, c.Args)
	case "uuid.uuid6":
		next, err = g.NewV6, timeBased(g, c.Args)
	case "uuid.uuid4":
		next = g.NewV4
	case "uuid.uuid7":
		next = g.NewV7
	case "uuid.uuid8":
		next, err = version8(g, c.Args)
	default:
		return nil, conformance.ErrNotApplicable
	}
	return func() (any, error) {
		u, err := next()
		return subject{u: u}, err
	}, err
}

// timeBased gives g the arguments node and clock_seq.
func timeBased(g *uuid.Generator, args conformance.Args) error {
	if node, ok, err := number(args, 0, "node"); err != nil {
		return err
	} else if ok {
		g.Node = uuid.FixedNode(node)
	}
	seq, ok, err := number(args, 1, "clock_seq")
	if ok {
		g.ClockSeq = func() uint16 { return uint16(seq) }
	}
	return err
}

func version8(g *uuid.Generator, args conformance.Args) (func() (uuid.UUID, error), error) {
	var parts [3]*uint64
	for i, name := range []string{"a", "b", "c"} {
		n, ok, err := number(args, i, name)
		if err != nil {
			return nil, err
		}
		if ok {
			parts[i] = &n
		}
	}
	return func() (uuid.UUID, error) { return g.NewV8(parts[0], parts[1], parts[2]) }, nil
}

// number returns an argument as the word that holds it; ok tells that it is there
// and not None. An integer of more than 64 bits does not fit a Go parameter.
func number(args conformance.Args, i int, name string) (n uint64, ok bool, err error) {
	switch v, _ := args.Lookup(i, name); v := v.(type) {
	case nil:
		return 0, false, nil
	case int64:
		return uint64(v), true, nil
	case *big.Int:
		if v.IsUint64() {
			return v.Uint64(), true, nil
		}
		return 0, false, notFor(name, v)
	default:
		return 0, false, notFor(name, v)
	}
}

// generator returns a generator whose sources are those that the record fixes.
func generator(c *conformance.Call) (*uuid.Generator, error) {
	g := &uuid.Generator{}
	if c.Record.Fixed == nil {
		return g, nil
	}
	random := "random.getrandbits"
	if c.Name == "uuid.uuid4" || c.Name == "uuid.uuid7" {
		random = "os.urandom"
	}
	for _, p := range c.Record.Fixed.Pairs {
		name, _ := p.Key.(string)
		in, err := answers(name, p.Value)
		if err != nil {
			return nil, err
		}
		switch name {
		case "time.time_ns":
			g.Now = func() time.Time { return time.Unix(0, in.next().Int64()) }
		case random:
			g.Rand = in
		case "uuid.getnode":
			g.Node = func() (uint64, error) { return in.next().Uint64(), nil }
		}
	}
	return g, nil
}

// A turn holds what a fixed source answers, in turn, the last one again and again.
type turn []*big.Int

// answers reads a value of the field "fixed": one answer, or {"$each":[…]}.
func answers(name string, v any) (*turn, error) {
	list := []any{v}
	if each, ok := v.(conformance.Other); ok && each.Tag == "each" {
		list, _ = each.V.([]any)
	}
	out := turn{}
	for _, v := range list {
		n := new(big.Int)
		switch v := v.(type) {
		case int64:
			n.SetInt64(v)
		case *big.Int:
			n = v
		case []byte:
			n.SetBytes(v)
		default:
			return nil, notFor(name, v)
		}
		out = append(out, n)
	}
	if len(out) == 0 {
		return nil, notFor(name, v)
	}
	return &out, nil
}

func (t *turn) next() *big.Int {
	n := (*t)[0]
	if len(*t) > 1 {
		*t = (*t)[1:]
	}
	return n
}

// Read gives the next answer whatever length is asked for: its last bytes, or
// zeros and it.
func (t *turn) Read(p []byte) (int, error) {
	space := new(big.Int).Lsh(big.NewInt(1), uint(8*len(p)))
	new(big.Int).Mod(t.next(), space).FillBytes(p)
	return len(p), nil
}
