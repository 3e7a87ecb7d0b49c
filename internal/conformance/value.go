package conformance

import (
	"fmt"
	"math/big"
	"strings"
)

// A Tuple is a Python tuple.
type Tuple []any

// A Named is a named tuple.
type Named struct {
	Name  string
	Items []any
	// Fields holds what stands beside the items ("gmtoff" and "zone" of a
	// struct_time), as arguments only.
	Fields map[string]any
}

// A Dict is a Python dict, in order. Unordered means that CPython leaves the
// order to chance.
type Dict struct {
	Pairs     []Pair
	Unordered bool
}

// A Pair is one entry of a [Dict].
type Pair struct{ Key, Value any }

// Get returns the value of a string key.
func (d *Dict) Get(key string) (any, bool) {
	for _, p := range d.Pairs {
		if k, ok := p.Key.(string); ok && k == key {
			return p.Value, true
		}
	}
	return nil, false
}

// A Set is a Python set, sorted.
type Set []any

// CodePoints is a text that holds lone surrogates, as code points; a Go string
// cannot hold it as UTF-8.
type CodePoints []rune

// An Obj is an object of the module, as a result: its class, its text, and
// further keys where the text does not identify it.
type Obj struct {
	Class  string
	Str    string
	Fields map[string]any
}

// A Const is the dotted name of a constant, a function or a member of an
// enumeration.
type Const string

// More stands after the items of an iterator that was cut.
type More struct{}

// A DateTime is a time in ISO 8601, a Date a day.
type (
	DateTime string
	Date     string
)

// An Iter is an argument that is an iterator over the items.
type Iter []any

// An Other is any other tagged value: Tag is its key without the dollar sign
// ("sock", "collect", "response", "app", "port", "parts", …), V the value of that
// key, Fields the remaining keys.
type Other struct {
	Tag    string
	V      any
	Fields map[string]any
}

// An Exception is what CPython raised.
type Exception struct {
	Type  string
	Bases []string
	Msg   string
	Attrs map[string]any
}

// Is reports whether the exception's class is name or is derived from it.
func (e *Exception) Is(name string) bool {
	if e.Type == name {
		return true
	}
	for _, b := range e.Bases {
		if b == name {
			return true
		}
	}
	return false
}

func (e *Exception) String() string { return fmt.Sprintf("%s: %q", e.Type, e.Msg) }

// newArg is an argument that the adapter must make: {"$new":…}.
type newArg struct {
	call string
	args Args
	set  []any
}

// refArg is {"$ref":"self"} or a reference to a named result.
type refArg string

// bigInt returns v as a big integer if it is an integer of any kind.
func bigInt(v any) (*big.Int, bool) {
	switch v := v.(type) {
	case int:
		return big.NewInt(int64(v)), true
	case int64:
		return big.NewInt(v), true
	case int32:
		return big.NewInt(int64(v)), true
	case int16:
		return big.NewInt(int64(v)), true
	case int8:
		return big.NewInt(int64(v)), true
	case uint:
		return new(big.Int).SetUint64(uint64(v)), true
	case uint64:
		return new(big.Int).SetUint64(v), true
	case uint32:
		return big.NewInt(int64(v)), true
	case uint16:
		return big.NewInt(int64(v)), true
	case uint8:
		return big.NewInt(int64(v)), true
	case *big.Int:
		return v, v != nil
	}
	return nil, false
}

// show renders a value for a report, cut to a readable length.
func show(v any) string {
	var s string
	switch v := v.(type) {
	case string:
		s = fmt.Sprintf("%q", v)
	case []byte:
		s = fmt.Sprintf("b%q", v)
	case []any:
		s = "[" + showAll(v) + "]"
	case Tuple:
		s = "(" + showAll(v) + ")"
	case Named:
		s = v.Name + "(" + showAll(v.Items) + ")"
	case *Dict:
		var b strings.Builder
		for _, p := range v.Pairs {
			fmt.Fprintf(&b, "%s: %s, ", show(p.Key), show(p.Value))
		}
		s = "{" + b.String() + "}"
	case Subject:
		s = show(v.Value())
	default:
		s = fmt.Sprintf("%+v", v)
	}
	if len(s) > 400 {
		s = s[:400] + "…"
	}
	return s
}

func showAll(vs []any) string {
	parts := make([]string, 0, len(vs))
	for _, v := range vs {
		parts = append(parts, show(v))
	}
	return strings.Join(parts, ", ")
}
