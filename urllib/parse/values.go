package parse

import (
	"iter"
	"net/url"
	"slices"
)

// Values is the fields of a query string by name, in the order in which the
// names came: what [ParseQS] returns. The zero Values is empty and ready.
//
// Looking up a name takes time proportional to the number of fields; that is
// faster than a map for the handful that queries have. For thousands of
// look-ups among thousands of fields take URLValues. A copy of Values shares
// the fields; change only one of them. It may be read concurrently.
type Values struct {
	// names and values have an element for each field. Those of one name stand
	// together.
	names, values []string
}

// Collect gathers fields by name. The names come in the order of their first
// fields, the values of a name in the order of its fields.
func Collect(pairs []Pair) Values {
	v := makeValues(len(pairs))
	for i := range pairs {
		v.append(pairs[i].Name, pairs[i].Value)
	}
	v.gather()
	return v
}

// makeValues returns Values with room for n fields. Room for more than a few
// hundred is made when they are there.
func makeValues(n int) Values {
	n = min(n, 256)
	room := make([]string, 2*n)
	return Values{names: room[:0:n], values: room[n:n:len(room)]}
}

// append adds a field at the end, which is not its place if there are fields of
// its name already, and others after them.
func (v *Values) append(name, value string) {
	v.names = append(v.names, name)
	v.values = append(v.values, value)
}

// gather puts the fields of each name together.
func (v *Values) gather() {
	n := len(v.names)
	if n <= 32 {
		var seen uint64 // a bit for each name; two names may have the same
		for i, name := range v.names {
			var bit uint64 = 1
			if name != "" {
				bit <<= (len(name) + 5*int(name[0]) + 11*int(name[len(name)-1])) & 63
			}
			if seen&bit != 0 {
				v.settle(i)
			}
			seen |= bit
		}
		return
	}
	// How many fields each name has, then where its next one goes.
	index := make(map[string]int, n)
	var counts []int
	for _, name := range v.names {
		at, ok := index[name]
		if !ok {
			at = len(counts)
			index[name] = at
			counts = append(counts, 0)
		}
		counts[at]++
	}
	if len(counts) == n {
		return
	}
	next := 0
	for i, c := range counts {
		counts[i], next = next, next+c
	}
	sorted := Values{names: make([]string, n), values: make([]string, n)}
	for i, name := range v.names {
		at := &counts[index[name]]
		sorted.names[*at], sorted.values[*at] = name, v.values[i]
		*at++
	}
	*v = sorted
}

// settle moves field i after the last one of its name among those before it.
func (v *Values) settle(i int) {
	name := v.names[i]
	for j := i - 1; j >= 0; j-- {
		if v.names[j] != name {
			continue
		}
		if j == i-1 {
			return
		}
		value := v.values[i]
		copy(v.names[j+2:i+1], v.names[j+1:i])
		copy(v.values[j+2:i+1], v.values[j+1:i])
		v.names[j+1], v.values[j+1] = name, value
		return
	}
}

// find returns where the fields of a name are; from is equal to to if there are
// none.
func (v *Values) find(name string) (from, to int) {
	for i, n := range v.names {
		if n == name {
			return i, v.end(i)
		}
	}
	return 0, 0
}

// end returns where the fields of the name of field i end.
func (v *Values) end(i int) int {
	to := i + 1
	for to < len(v.names) && v.names[to] == v.names[i] {
		to++
	}
	return to
}

// Len returns the number of names.
func (v Values) Len() int {
	n := 0
	for i := 0; i < len(v.names); i = v.end(i) {
		n++
	}
	return n
}

// Get returns the first value of a name, and "" if there is none.
func (v Values) Get(name string) string {
	if from, to := v.find(name); from < to {
		return v.values[from]
	}
	return ""
}

// Lookup returns all values of a name, and nil if there are none. They are
// those of v, not a copy.
func (v Values) Lookup(name string) []string {
	if from, to := v.find(name); from < to {
		return v.values[from:to:to]
	}
	return nil
}

// Has reports whether the name is there.
func (v Values) Has(name string) bool {
	from, to := v.find(name)
	return from < to
}

// All yields each name with its values, in order. They are those of v, not
// copies. It can be ranged over again.
func (v Values) All() iter.Seq2[string, []string] {
	return func(yield func(string, []string) bool) {
		for i := 0; i < len(v.names); {
			to := v.end(i)
			if !yield(v.names[i], v.values[i:to:to]) {
				return
			}
			i = to
		}
	}
}

// Set gives a name these values instead of those it has. A name that is not
// there yet comes last; without values the name is removed.
func (v *Values) Set(name string, values ...string) {
	from, to := v.find(name)
	if from == to {
		from = len(v.names)
		to = from
	}
	v.values = slices.Replace(slices.Clip(v.values), from, to, values...)
	v.names = slices.Replace(slices.Clip(v.names), from, to, slices.Repeat([]string{name}, len(values))...)
}

// Add gives a name one more value, its last one.
func (v *Values) Add(name, value string) {
	_, to := v.find(name)
	if to == 0 {
		to = len(v.names)
	}
	v.names = slices.Insert(v.names, to, name)
	v.values = slices.Insert(v.values, to, value)
}

// Del removes a name and its values.
func (v *Values) Del(name string) { v.Set(name) }

// Pairs returns a field for each value, those of one name together.
func (v Values) Pairs() []Pair {
	pairs := make([]Pair, len(v.names))
	for i := range pairs {
		pairs[i] = Pair{v.names[i], v.values[i]}
	}
	return pairs
}

// Encode returns the query string with a field for each value: Python's
// urlencode with doseq=True. It quotes as [Encode] does.
func (v Values) Encode() string {
	n := 0
	for i := range v.names {
		n += fieldLen(v.names[i], v.values[i])
	}
	b := make([]byte, n)
	w := 0
	for i := range v.names {
		w = putField(b, w, v.names[i], v.values[i])
	}
	return owned(b[:max(w-1, 0)])
}

// URLValues returns the fields as a map of package net/url, which does not
// share memory with v.
func (v Values) URLValues() url.Values {
	m := make(url.Values, len(v.names))
	for name, values := range v.All() {
		m[name] = slices.Clone(values)
	}
	return m
}

// FromURLValues returns the fields of a map of package net/url, sorted by name.
func FromURLValues(m url.Values) Values {
	names := make([]string, 0, len(m))
	n := 0
	for name, values := range m {
		names = append(names, name)
		n += len(values)
	}
	slices.Sort(names)
	v := makeValues(n)
	for _, name := range names {
		for _, value := range m[name] {
			v.append(name, value)
		}
	}
	return v
}
