package conformance

import (
	"bytes"
	"math"
	"reflect"
)

// Equal reports whether got, a value that an adapter returned, is the value
// want that CPython gave. Integers are compared by value whatever their Go type;
// a bool is no integer, a tuple no list, bytes no text.
func Equal(want, got any) bool {
	if s, ok := got.(Subject); ok {
		got = s.Value()
	}
	if w, ok := bigInt(want); ok {
		g, ok := bigInt(got)
		return ok && w.Cmp(g) == 0
	}
	switch w := want.(type) {
	case nil:
		return got == nil
	case bool, string, Const, More, DateTime, Date:
		return want == got
	case float64:
		g, ok := got.(float64)
		return ok && (w == g && math.Signbit(w) == math.Signbit(g) || w != w && g != g)
	case []byte:
		g, ok := got.([]byte)
		return ok && bytes.Equal(w, g)
	case CodePoints:
		g, ok := got.(CodePoints)
		return ok && reflect.DeepEqual(w, g)
	case []any:
		return equalList(w, list(got))
	case Tuple:
		g, ok := got.(Tuple)
		return ok && equalList(w, g)
	case Set:
		g, ok := got.(Set)
		return ok && equalUnordered(w, g)
	case Named:
		g, ok := got.(Named)
		return ok && w.Name == g.Name && equalList(w.Items, g.Items)
	case *Dict:
		g, ok := got.(*Dict)
		return ok && equalDict(w, g)
	case Obj:
		g, ok := got.(Obj)
		return ok && w.Class == g.Class && w.Str == g.Str && equalFields(w.Fields, g.Fields)
	case Other:
		g, ok := got.(Other)
		return ok && w.Tag == g.Tag && Equal(w.V, g.V) && equalFields(w.Fields, g.Fields)
	}
	return false
}

// list widens the slice types that adapters commonly return; nil is no list.
func list(v any) []any {
	switch v := v.(type) {
	case []any:
		if v == nil {
			return []any{}
		}
		return v
	case []string:
		out := make([]any, len(v))
		for i, s := range v {
			out[i] = s
		}
		return out
	}
	return nil
}

func equalList(want, got []any) bool {
	if len(want) != len(got) || got == nil && want != nil {
		return false
	}
	for i := range want {
		if !Equal(want[i], got[i]) {
			return false
		}
	}
	return true
}

func equalUnordered(want, got []any) bool {
	if len(want) != len(got) {
		return false
	}
	used := make([]bool, len(got))
	for _, w := range want {
		found := false
		for i, g := range got {
			if !used[i] && Equal(w, g) {
				used[i], found = true, true
				break
			}
		}
		if !found {
			return false
		}
	}
	return true
}

func equalDict(want, got *Dict) bool {
	pairs := func(d *Dict) []any {
		out := make([]any, 0, len(d.Pairs))
		for _, p := range d.Pairs {
			out = append(out, Tuple{p.Key, p.Value})
		}
		return out
	}
	if want.Unordered {
		return equalUnordered(pairs(want), pairs(got))
	}
	return equalList(pairs(want), pairs(got))
}

func equalFields(want, got map[string]any) bool {
	if len(want) != len(got) {
		return false
	}
	for k, w := range want {
		g, ok := got[k]
		if !ok || !Equal(w, g) {
			return false
		}
	}
	return true
}
