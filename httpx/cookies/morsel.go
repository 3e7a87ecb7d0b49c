package cookies

// A Morsel is one cookie: `http.cookies.Morsel`. The zero value has no name and is not
// written; Set gives it one. It is not safe for concurrent use while it is changed.
type Morsel struct {
	name, value, coded string
	attrs              *values
}

// NewMorsel makes a cookie whose value is quoted as needed. The errors are those of
// [Morsel.Set].
func NewMorsel(name, value string) (*Morsel, error) {
	m := new(Morsel)
	return m, m.Set(name, value, Quote(value))
}

// Name returns the name: `Morsel.key`.
func (m *Morsel) Name() string { return m.name }

// Value returns the value: `Morsel.value`.
func (m *Morsel) Value() string { return m.value }

// CodedValue returns the value as it stands in a header: `Morsel.coded_value`.
func (m *Morsel) CodedValue() string { return m.coded }

// Set gives the morsel its name, its value and the value as it stands in a header:
// `Morsel.set`. The attributes stay. The error is an *Error with ErrReserved, ErrName or
// ErrControl; then nothing has changed.
func (m *Morsel) Set(name, value, coded string) error {
	if IsReserved(name) {
		return fail(name, ErrReserved)
	}
	return m.assign(name, value, coded, false)
}

// assign is Set for a name that is not reserved; harmless values are known to have no control
// characters.
func (m *Morsel) assign(name, value, coded string, harmless bool) error {
	switch {
	case name == "" || !all(name, token):
		return fail(name, ErrName)
	case !harmless && (!none(value, ctrl) || !none(coded, ctrl)):
		return fail(name, ErrControl)
	}
	m.name, m.value, m.coded = name, value, coded
	return nil
}

// Clone returns a copy that shares nothing with m: `Morsel.copy`.
func (m *Morsel) Clone() *Morsel {
	c := *m
	if m.attrs != nil {
		a := *m.attrs
		c.attrs = &a
	}
	return &c
}

// Equal reports whether both have the same name, values and attributes.
func (m *Morsel) Equal(o *Morsel) bool {
	if m.name != o.name || m.value != o.value || m.coded != o.coded {
		return false
	}
	var a, b values
	if m.attrs != nil {
		a = *m.attrs
	}
	if o.attrs != nil {
		b = *o.attrs
	}
	return a == b
}
