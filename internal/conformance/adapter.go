package conformance

import (
	"errors"
	"fmt"
	"iter"
)

// ErrNotApplicable is what an adapter answers where Go's types exclude the input
// or the Go package has no such function, on purpose.
var ErrNotApplicable = errors.New("not applicable")

// An Adapter translates the calls of one Python module to Go.
type Adapter interface {
	// Call makes the call and returns the Go result as a value of this package's
	// kinds or as a [Subject].
	Call(c *Call) (any, error)
	// Raises reports whether err stands for the Python exception e.
	Raises(err error, e *Exception) bool
}

// A Subject is a result on which steps can act.
type Subject interface {
	// Step performs one step and returns its result, as [Adapter.Call] does.
	Step(s *Step) (any, error)
	// Value is the subject itself as a value.
	Value() any
}

// An Extras is an Adapter or a Subject that also tells what a call did beside
// its result ("after", "collected", "stdout", "dialed", "sent", "before_err").
type Extras interface {
	// Extra returns what the last call or step has under the key.
	Extra(key string) (any, error)
}

// An AttrsOf is an Adapter that knows the documented attributes of the errors.
type AttrsOf interface {
	// Attr returns the attribute of err that has this Python name.
	Attr(err error, name string) (any, bool)
}

// An Agreer is an Adapter of a module whose results agree in more cases than where they
// are equal, by a rule of the format, such as that pages are the writer's own.
type Agreer interface {
	// Agrees reports whether got agrees with what CPython gave. The two are not equal.
	Agrees(r *Record, want, got any) bool
}

// A Call is what an adapter is asked to do.
type Call struct {
	// Name is the dotted Python name.
	Name string
	Args Args
	// Record is the whole record; for an argument that must be made, the record
	// in which it stands.
	Record *Record
	// Nested tells that an argument is made, not the record's own subject.
	Nested bool
}

// Args are the arguments of a call.
type Args struct {
	Pos []any
	Kw  map[string]any
}

// Len returns the number of arguments.
func (a Args) Len() int { return len(a.Pos) + len(a.Kw) }

// Lookup returns the i-th argument, or the one with the keyword. An i below 0
// looks up the keyword alone.
func (a Args) Lookup(i int, name string) (any, bool) {
	if i >= 0 && i < len(a.Pos) {
		return a.Pos[i], true
	}
	v, ok := a.Kw[name]
	return v, ok
}

func arg[T any](a Args, i int, name string) (T, error) {
	v, ok := a.Lookup(i, name)
	t, is := v.(T)
	if !ok || !is {
		return t, fmt.Errorf("argument %s is %T: %w", name, v, ErrNotApplicable)
	}
	return t, nil
}

func argOr[T any](a Args, i int, name string, def T) (T, error) {
	if _, ok := a.Lookup(i, name); !ok {
		return def, nil
	}
	return arg[T](a, i, name)
}

// String returns a text argument. Anything else, or none, is not applicable;
// so it is with the other getters.
func (a Args) String(i int, name string) (string, error) { return arg[string](a, i, name) }

// StringOr is String with a default for an absent argument.
func (a Args) StringOr(i int, name, def string) (string, error) { return argOr(a, i, name, def) }

// Int returns an integer argument that fits in 64 bits.
func (a Args) Int(i int, name string) (int64, error) { return arg[int64](a, i, name) }

// IntOr is Int with a default for an absent argument.
func (a Args) IntOr(i int, name string, def int64) (int64, error) { return argOr(a, i, name, def) }

// Bool returns a truth value.
func (a Args) Bool(i int, name string) (bool, error) { return arg[bool](a, i, name) }

// BoolOr is Bool with a default for an absent argument.
func (a Args) BoolOr(i int, name string, def bool) (bool, error) { return argOr(a, i, name, def) }

// Bytes returns an argument of bytes.
func (a Args) Bytes(i int, name string) ([]byte, error) { return arg[[]byte](a, i, name) }

// Collect lists what seq yields, each item translated by value: at most first
// items (0 means 1,000), then [More] if there is another.
func Collect[T any](seq iter.Seq[T], first int, value func(T) any) []any {
	if first <= 0 {
		first = 1000
	}
	out := []any{}
	for v := range seq {
		if len(out) == first {
			return append(out, More{})
		}
		out = append(out, value(v))
	}
	return out
}

// Errors is a table from the name of a Python exception to the Go error that
// stands for it; its Raises uses errors.Is, and also accepts an entry for a
// class from which the exception is derived.
type Errors map[string]error

// Raises implements the method of [Adapter].
func (t Errors) Raises(err error, e *Exception) bool {
	if want, ok := t[e.Type]; ok {
		return errors.Is(err, want)
	}
	for _, b := range e.Bases {
		if want, ok := t[b]; ok {
			return errors.Is(err, want)
		}
	}
	return false
}
