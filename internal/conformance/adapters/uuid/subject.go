package uuid

import (
	"github.com/pynet-go/pynet/internal/conformance"
	"github.com/pynet-go/pynet/uuid"
)

// A subject is a UUID. told means that Python was told whether it is safe, which
// a Go UUID has no room for.
type subject struct {
	u    uuid.UUID
	told bool
}

// Value implements [conformance.Subject].
func (s subject) Value() any { return conformance.Obj{Class: "UUID", Str: s.u.String()} }

// Step implements [conformance.Subject].
func (s subject) Step(st *conformance.Step) (any, error) {
	switch st.Kind {
	case "get":
		return s.get(st.Name)
	case "op":
		return s.op(st)
	}
	return nil, conformance.ErrNotApplicable // a Go value has no attribute to set
}

func (s subject) get(name string) (any, error) {
	u := s.u
	switch name {
	case "hex":
		return u.Hex(), nil
	case "int":
		return u.Int(), nil
	case "urn":
		return u.URN(), nil
	case "bytes":
		return u.MarshalBinary()
	case "bytes_le":
		le := u.BytesLE()
		return le[:], nil
	case "fields":
		f := u.Fields()
		return conformance.Tuple{f.TimeLow, f.TimeMid, f.TimeHiVersion, f.ClockSeqHiVariant, f.ClockSeqLow, f.Node}, nil
	case "time_low":
		return u.TimeLow(), nil
	case "time_mid":
		return u.TimeMid(), nil
	case "time_hi_version":
		return u.TimeHiVersion(), nil
	case "clock_seq_hi_variant":
		return u.ClockSeqHiVariant(), nil
	case "clock_seq_low":
		return u.ClockSeqLow(), nil
	case "time":
		return u.Timestamp(), nil
	case "clock_seq":
		return u.ClockSeq(), nil
	case "node":
		return u.Node(), nil
	case "variant":
		return u.Variant().String(), nil
	case "version":
		if u.Variant() != uuid.RFC4122 {
			return nil, nil // None there, 0 here
		}
		return u.Version(), nil
	case "is_safe":
		if s.told {
			return nil, conformance.ErrNotApplicable
		}
		return safety(u.IsSafe()).Value(), nil
	}
	return nil, conformance.ErrNotApplicable
}

func (s subject) op(st *conformance.Step) (any, error) {
	switch st.Name {
	case "str":
		return s.u.String(), nil
	case "int":
		return s.u.Int(), nil
	}
	arg := st.Arg
	if name, ok := arg.(conformance.Const); ok {
		arg = constants[string(name)]
	}
	other, ok := arg.(subject)
	if !ok {
		return nil, conformance.ErrNotApplicable // Go compares like with like
	}
	c := s.u.Compare(other.u)
	switch st.Name {
	case "eq":
		return s.u == other.u, nil
	case "ne":
		return s.u != other.u, nil
	case "lt":
		return c < 0, nil
	case "le":
		return c <= 0, nil
	case "gt":
		return c > 0, nil
	case "ge":
		return c >= 0, nil
	}
	return nil, conformance.ErrNotApplicable
}

// safety is a member of SafeUUID.
type safety uuid.SafeUUID

// Value implements [conformance.Subject].
func (s safety) Value() any { return conformance.Const("SafeUUID." + uuid.SafeUUID(s).String()) }

// Step implements [conformance.Subject].
func (s safety) Step(st *conformance.Step) (any, error) {
	switch st.Kind + " " + st.Name {
	case "get name":
		return uuid.SafeUUID(s).String(), nil
	case "get value":
		if code, ok := uuid.SafeUUID(s).Code(); ok {
			return code, nil
		}
		return nil, nil
	}
	return nil, conformance.ErrNotApplicable
}
