package cookies

import (
	"iter"
	"maps"
	"slices"
	"strings"
)

// A Jar holds cookies by name: `http.cookies.SimpleCookie`, and with the codec Plain
// `BaseCookie`. The zero value is empty and ready. It is not safe for concurrent use while it
// is changed.
type Jar struct {
	// Codec translates values. Nil means Quoted.
	Codec Codec
	// MaxCookies is how many cookies Load reads from one text. Zero means 3,000, negative no
	// bound.
	MaxCookies int

	order []*Morsel // as they came
	index map[string]*Morsel
}

// few is how many cookies are searched one by one.
const few = 16

func (j *Jar) codec() Codec {
	if j.Codec == nil {
		return Quoted
	}
	return j.Codec
}

// Get returns the cookie of that name, nil if there is none: `jar[name]`. A change of the
// morsel is one in the jar.
func (j *Jar) Get(name string) *Morsel {
	if j.index != nil {
		return j.index[name]
	}
	for _, m := range j.order {
		if m.name == name {
			return m
		}
	}
	return nil
}

// Len returns how many cookies there are.
func (j *Jar) Len() int { return len(j.order) }

// Set gives the cookie of that name a value: `jar[name] = value`. Attributes of a cookie that
// is there stay. The errors are those of [Morsel.Set].
func (j *Jar) Set(name, value string) error { return j.set(name, value, j.codec().Encode(value)) }

func (j *Jar) set(name, value, coded string) error {
	if m := j.Get(name); m != nil {
		return m.Set(name, value, coded)
	}
	m := new(Morsel)
	if err := m.Set(name, value, coded); err != nil {
		return err
	}
	j.add(m)
	return nil
}

func (j *Jar) add(m *Morsel) {
	j.order = append(j.order, m)
	if j.index == nil && len(j.order) > few {
		j.index = make(map[string]*Morsel, 2*few)
		for _, m := range j.order {
			j.index[m.name] = m
		}
	} else if j.index != nil {
		j.index[m.name] = m
	}
}

// Put puts a cookie into the jar, in place of one of the same name: `jar[name] = morsel`.
// The error is an *Error with ErrName if it has no name.
func (j *Jar) Put(m *Morsel) error {
	if m == nil || m.name == "" {
		return fail("", ErrName)
	}
	for i, o := range j.order {
		if o.name == m.name {
			j.order[i] = m
			if j.index != nil {
				j.index[m.name] = m
			}
			return nil
		}
	}
	j.add(m)
	return nil
}

// Delete takes a cookie out of the jar and reports whether it was there: `del jar[name]`.
func (j *Jar) Delete(name string) bool {
	n := len(j.order)
	j.order = slices.DeleteFunc(j.order, func(m *Morsel) bool { return m.name == name })
	delete(j.index, name)
	return len(j.order) < n
}

// All yields the cookies in the order in which they came. The jar must not be changed
// meanwhile.
func (j *Jar) All() iter.Seq[*Morsel] { return slices.Values(j.order) }

// LoadMap sets a cookie for each entry: `BaseCookie.load` of a mapping. It stops at the first
// error; entries are taken in the order of their names.
func (j *Jar) LoadMap(values map[string]string) error {
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if err := j.Set(name, values[name]); err != nil {
			return err
		}
	}
	return nil
}

// sorted returns the cookies by name.
func (j *Jar) sorted() []*Morsel {
	return slices.SortedFunc(j.All(), func(a, b *Morsel) int { return strings.Compare(a.name, b.name) })
}

// Output returns the cookies as header lines, sorted by name: `BaseCookie.output`. The errors
// are those of [Morsel.Output].
func (j *Jar) Output(cfg *OutputConfig) (string, error) {
	sep := "\r\n"
	if cfg != nil && cfg.Sep != "" {
		sep = cfg.Sep
	}
	var b []byte
	for i, m := range j.sorted() {
		if i > 0 {
			b = append(b, sep...)
		}
		var err error
		if b, err = m.appendLine(b, cfg); err != nil {
			return "", err
		}
	}
	return string(b), nil
}

// String returns the cookies as Set-Cookie lines; one that cannot be written is left out.
func (j *Jar) String() string {
	var lines []string
	for _, m := range j.sorted() {
		if s := m.String(); s != "" {
			lines = append(lines, s)
		}
	}
	return strings.Join(lines, "\r\n")
}

// JSOutput returns script elements that set the cookies: `BaseCookie.js_output`.
//
// Deprecated: as [Morsel.JSOutput].
func (j *Jar) JSOutput(cfg *OutputConfig) (string, error) {
	var b strings.Builder
	for _, m := range j.sorted() {
		s, err := m.JSOutput(cfg)
		if err != nil {
			return "", err
		}
		b.WriteString(s)
	}
	return b.String(), nil
}
