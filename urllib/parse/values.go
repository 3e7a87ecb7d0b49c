package parse

import (
	"iter"
	"net/url"
	"slices"
)

// A Field is a name and all values that a query string has for it.
type Field struct {
	Name   string
	Values []string
}

// Values is the fields of a query string by name, in the order in which the
// names came: what [ParseQS] returns. The zero Values is empty and ready.
//
// It is a slice, and looking up a name takes time proportional to the number of
// names; that is faster than a map for the handful that queries have. For
// thousands of look-ups in thousands of names take URLValues.
type Values []Field

// Collect gathers fields by name. The names come in the order of their first
// fields, the values of a name in the order of its fields.
func Collect(pairs []Pair) Values {
	if len(pairs) == 0 {
		return nil
	}
	// Which name each pair has, as an index of v, and how many values each name.
	v := make(Values, 0, min(len(pairs), 64))
	where := make([]int32, len(pairs))
	counts := make([]int32, 0, min(len(pairs), 64))
	var index map[string]int
	for i, p := range pairs {
		at, ok := -1, false
		if index == nil {
			at = v.find(p.Name)
			ok = at >= 0
		} else {
			at, ok = index[p.Name]
		}
		if !ok {
			at = len(v)
			v = append(v, Field{Name: p.Name})
			counts = append(counts, 0)
			if index != nil {
				index[p.Name] = at
			} else if len(v) > 16 {
				index = make(map[string]int, len(pairs))
				for i, f := range v {
					index[f.Name] = i
				}
			}
		}
		where[i] = int32(at)
		counts[at]++
	}
	// One array for all values, a part of it for each name.
	all := make([]string, len(pairs))
	for i, n := range counts {
		v[i].Values, all = all[:0:n], all[n:]
	}
	for i, p := range pairs {
		f := &v[where[i]]
		f.Values = append(f.Values, p.Value)
	}
	return v
}

// find returns the index of a name, or -1.
func (v Values) find(name string) int {
	for i := range v {
		if v[i].Name == name {
			return i
		}
	}
	return -1
}

// Get returns the first value of a name, and "" if there is none.
func (v Values) Get(name string) string {
	if values := v.Lookup(name); len(values) > 0 {
		return values[0]
	}
	return ""
}

// Lookup returns all values of a name, and nil if there are none. They are
// those of v, not a copy.
func (v Values) Lookup(name string) []string {
	if i := v.find(name); i >= 0 {
		return v[i].Values
	}
	return nil
}

// Has reports whether the name is there.
func (v Values) Has(name string) bool { return v.find(name) >= 0 }

// Set gives a name these values instead of those it has. A name that is not
// there yet comes last; without values the name is removed.
func (v *Values) Set(name string, values ...string) {
	i := v.find(name)
	switch {
	case len(values) == 0:
		v.Del(name)
	case i < 0:
		*v = append(*v, Field{name, slices.Clone(values)})
	default:
		(*v)[i].Values = slices.Clone(values)
	}
}

// Add gives a name one more value.
func (v *Values) Add(name, value string) {
	if i := v.find(name); i >= 0 {
		(*v)[i].Values = append((*v)[i].Values, value)
		return
	}
	*v = append(*v, Field{name, []string{value}})
}

// Del removes a name and its values.
func (v *Values) Del(name string) {
	*v = slices.DeleteFunc(*v, func(f Field) bool { return f.Name == name })
}

// All yields each name with its values, in order. It can be ranged over again.
func (v Values) All() iter.Seq2[string, []string] {
	return func(yield func(string, []string) bool) {
		for _, f := range v {
			if !yield(f.Name, f.Values) {
				return
			}
		}
	}
}

// Pairs returns a field for each value, those of one name together.
func (v Values) Pairs() []Pair {
	var pairs []Pair
	for _, f := range v {
		for _, value := range f.Values {
			pairs = append(pairs, Pair{f.Name, value})
		}
	}
	return pairs
}

// Encode returns the query string with a field for each value: Python's
// urlencode with doseq=True. It quotes as [Encode] does.
func (v Values) Encode() string {
	var e queryWriter
	for _, f := range v {
		for _, value := range f.Values {
			e.add(f.Name, value, &quotePlus)
		}
	}
	return string(e.b)
}

// URLValues returns the fields as a map of package net/url. The lists of values
// are those of v, not copies.
func (v Values) URLValues() url.Values {
	m := make(url.Values, len(v))
	for _, f := range v {
		m[f.Name] = append(m[f.Name], f.Values...)
	}
	return m
}

// FromURLValues returns the fields of a map of package net/url, sorted by name.
// The lists of values are those of m, not copies.
func FromURLValues(m url.Values) Values {
	v := make(Values, 0, len(m))
	for name, values := range m {
		v = append(v, Field{name, values})
	}
	slices.SortFunc(v, func(a, b Field) int {
		if a.Name < b.Name {
			return -1
		}
		return 1
	})
	return v
}
