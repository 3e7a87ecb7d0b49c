// Package uuid translates the calls of Python's module uuid.
package uuid

import (
	"fmt"
	"math/big"

	"github.com/pynet-go/pynet/internal/conformance"
	"github.com/pynet-go/pynet/uuid"
)

// Adapter answers for the module uuid.
var Adapter conformance.Adapter = adapter{}

type adapter struct{}

// Raises implements [conformance.Adapter]. All errors of the package stand for
// ValueError.
func (adapter) Raises(err error, e *conformance.Exception) bool {
	for _, kind := range []error{uuid.ErrSyntax, uuid.ErrLength, uuid.ErrRange} {
		if (conformance.Errors{"ValueError": kind}).Raises(err, e) {
			return true
		}
	}
	return false
}

// constants are the names that are not called.
var constants = map[string]any{
	"uuid.NIL":                subject{u: uuid.Nil},
	"uuid.MAX":                subject{u: uuid.Max},
	"uuid.NAMESPACE_DNS":      subject{u: uuid.NamespaceDNS},
	"uuid.NAMESPACE_URL":      subject{u: uuid.NamespaceURL},
	"uuid.NAMESPACE_OID":      subject{u: uuid.NamespaceOID},
	"uuid.NAMESPACE_X500":     subject{u: uuid.NamespaceX500},
	"uuid.RESERVED_NCS":       uuid.ReservedNCS.String(),
	"uuid.RFC_4122":           uuid.RFC4122.String(),
	"uuid.RESERVED_MICROSOFT": uuid.ReservedMicrosoft.String(),
	"uuid.RESERVED_FUTURE":    uuid.ReservedFuture.String(),
	"uuid.SafeUUID.safe":      safety(uuid.Safe),
	"uuid.SafeUUID.unsafe":    safety(uuid.Unsafe),
	"uuid.SafeUUID.unknown":   safety(uuid.SafeUnknown),
}

// Call implements [conformance.Adapter].
func (adapter) Call(c *conformance.Call) (any, error) {
	if v, ok := constants[c.Name]; ok {
		return v, nil
	}
	switch c.Name {
	case "uuid.UUID":
		return construct(c.Args)
	case "uuid.uuid3", "uuid.uuid5":
		return named(c)
	}
	next, err := maker(c)
	if err != nil {
		return nil, err
	}
	if c.Record.Times == 0 {
		return next()
	}
	out := []any{}
	for range c.Record.Times {
		v, err := next()
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// sources are the parameters of which Python wants exactly one, in order.
var sources = []string{"hex", "bytes", "bytes_le", "fields", "int"}

// construct makes what UUID(…) makes. Go has a function for each source, so that
// none, or two at once, cannot be said.
func construct(args conformance.Args) (any, error) {
	var source string
	var value any
	for i, name := range sources {
		v, err := argument(args, i, name)
		if err != nil {
			return nil, err
		}
		if v == nil {
			continue
		}
		if source != "" {
			return nil, fmt.Errorf("two sources: %w", conformance.ErrNotApplicable)
		}
		source, value = name, v
	}
	u, err := from(source, value)
	if err != nil {
		return nil, err
	}
	version, err := argument(args, len(sources), "version")
	if err != nil {
		return nil, err
	}
	if version != nil {
		n, ok := version.(int64)
		if !ok {
			return nil, notFor("version", version)
		}
		if u, err = u.WithVersion(int(n)); err != nil {
			return nil, err
		}
	}
	safe, err := argument(args, -1, "is_safe")
	return subject{u: u, told: safe != nil}, err
}

func from(source string, value any) (uuid.UUID, error) {
	switch v := value.(type) {
	case string:
		if source == "hex" {
			return uuid.Parse(v)
		}
	case []byte:
		switch source {
		case "bytes":
			return uuid.FromBytes(v)
		case "bytes_le":
			return uuid.FromBytesLE(v)
		}
	case conformance.Tuple:
		if source == "fields" {
			return fromFields(v)
		}
	case []any:
		if source == "fields" {
			return fromFields(v)
		}
	case int64:
		if source == "int" {
			return uuid.FromInt(big.NewInt(v))
		}
	case *big.Int:
		if source == "int" {
			return uuid.FromInt(v)
		}
	}
	return uuid.Nil, notFor(source, value)
}

// fromFields wants six integers; a Go struct has neither more nor less.
func fromFields(items []any) (uuid.UUID, error) {
	var n [6]int64
	if len(items) != len(n) {
		return uuid.Nil, notFor("fields", items)
	}
	for i, item := range items {
		v, ok := item.(int64)
		if !ok {
			return uuid.Nil, notFor("fields", item)
		}
		n[i] = v
	}
	return uuid.FromFields(uuid.Fields{
		TimeLow: n[0], TimeMid: n[1], TimeHiVersion: n[2],
		ClockSeqHiVariant: n[3], ClockSeqLow: n[4], Node: n[5],
	})
}

func named(c *conformance.Call) (any, error) {
	v, _ := c.Args.Lookup(0, "namespace")
	if name, ok := v.(conformance.Const); ok {
		v = constants[string(name)]
	}
	ns, ok := v.(subject)
	if !ok {
		return nil, notFor("namespace", v)
	}
	name, _ := c.Args.Lookup(1, "name")
	switch name := name.(type) {
	case string:
		if c.Name == "uuid.uuid3" {
			return subject{u: uuid.NewV3(ns.u, name)}, nil
		}
		return subject{u: uuid.NewV5(ns.u, name)}, nil
	case []byte:
		if c.Name == "uuid.uuid3" {
			return subject{u: uuid.NewV3(ns.u, name)}, nil
		}
		return subject{u: uuid.NewV5(ns.u, name)}, nil
	}
	return nil, notFor("name", name)
}

// argument returns an argument, nil if it is absent or None. An i below 0 looks up
// the keyword alone.
func argument(args conformance.Args, i int, name string) (any, error) {
	v, _ := args.Lookup(i, name)
	if _, twice := args.Kw[name]; twice && i >= 0 && i < len(args.Pos) {
		return nil, fmt.Errorf("%s twice: %w", name, conformance.ErrNotApplicable)
	}
	return v, nil
}

func notFor(name string, v any) error {
	return fmt.Errorf("%s is %T: %w", name, v, conformance.ErrNotApplicable)
}
