// Package httpcookies translates the calls of Python's module http.cookies.
package httpcookies

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pynet-go/pynet/httpx/cookies"
	"github.com/pynet-go/pynet/internal/conformance"
)

// Adapter answers for the module http.cookies.
type Adapter struct{}

// Raises implements [conformance.Adapter].
func (Adapter) Raises(err error, e *conformance.Exception) bool {
	_, ok := err.(*cookies.Error)
	return ok && e.Type == "CookieError"
}

var notApplicable = conformance.ErrNotApplicable

// Call implements [conformance.Adapter].
func (Adapter) Call(c *conformance.Call) (any, error) {
	n, _ := c.Record.Extra["clock"].(int64)
	clock := time.Unix(n, 0)
	switch c.Name {
	case "http.cookies.Morsel":
		return &morsel{m: new(cookies.Morsel), state: &state{clock: clock}}, nil
	case "http.cookies.SimpleCookie", "http.cookies.BaseCookie":
		j := &jar{class: "SimpleCookie", state: &state{clock: clock}}
		if c.Name == "http.cookies.BaseCookie" {
			j.class, j.j.Codec = "BaseCookie", cookies.Plain
		}
		if v, ok := c.Args.Lookup(0, "input"); ok && v != nil {
			if err := j.load(v); err != nil {
				return nil, err
			}
		}
		return j, nil
	}
	return nil, notApplicable
}

// A state goes with a record's subject. Once a value was set that Go's types exclude, the
// subject is another than Python's, and nothing of it can be compared.
type state struct {
	clock  time.Time
	strays bool
}

// stray notes that the subject is another from now on.
func (s *state) stray(format string, args ...any) error {
	s.strays = true
	return fmt.Errorf(format+": %w", append(args, notApplicable)...)
}

// A jar is a BaseCookie or SimpleCookie.
type jar struct {
	j     cookies.Jar
	class string
	*state
}

// Value implements [conformance.Subject].
func (j *jar) Value() any { return conformance.Obj{Class: j.class, Str: j.j.String()} }

func (j *jar) load(v any) error {
	switch v := v.(type) {
	case string:
		return j.j.Load(v)
	case *conformance.Dict:
		for _, p := range v.Pairs {
			k, ok1 := p.Key.(string)
			s, ok2 := p.Value.(string)
			if !ok1 || !ok2 {
				return j.stray("a mapping of %T to %T", p.Key, p.Value)
			}
			if err := j.j.Set(k, s); err != nil {
				return err
			}
		}
		return nil
	}
	return j.stray("input is %T", v)
}

// Step implements [conformance.Subject].
func (j *jar) Step(s *conformance.Step) (any, error) {
	if j.strays {
		return nil, notApplicable
	}
	switch s.Kind + " " + s.Name {
	case "do load":
		v, _ := s.Args.Lookup(0, "rawdata")
		return nil, j.load(v)
	case "op setitem":
		return nil, j.setItem(s.Arg, s.To)
	case "op item":
		name, ok := s.Arg.(string)
		if !ok {
			return nil, notApplicable
		}
		m := j.j.Get(name)
		if m == nil {
			return nil, fmt.Errorf("no cookie %q", name)
		}
		return &morsel{m: m, state: j.state}, nil
	case "op len":
		return j.j.Len(), nil
	case "op str":
		return j.j.Output(&cookies.OutputConfig{Now: j.clock})
	case "do output", "do js_output":
		cfg, err := config(s.Args, s.Name == "output")
		if err != nil {
			return nil, err
		}
		cfg.Now = j.clock
		if s.Name == "output" {
			return j.j.Output(cfg)
		}
		//lint:ignore SA1019 deprecated, as in Python
		return j.j.JSOutput(cfg)
	case "do items", "do keys":
		return j.items(s.Name), nil
	case "do value_encode", "do value_decode":
		v, err := s.Args.String(0, "val")
		if err != nil {
			return nil, err
		}
		codec := j.j.Codec
		if codec == nil {
			codec = cookies.Quoted
		}
		if s.Name == "value_decode" {
			return conformance.Tuple{codec.Decode(v), v}, nil
		}
		return conformance.Tuple{v, codec.Encode(v)}, nil
	}
	return nil, notApplicable // the representation is Python's
}

func (j *jar) items(name string) any {
	out := []any{}
	for m := range j.j.All() {
		if name == "keys" {
			out = append(out, m.Name())
			continue
		}
		out = append(out, conformance.Tuple{m.Name(), (&morsel{m: m, state: j.state}).Value()})
	}
	return out
}

func (j *jar) setItem(key, to any) error {
	name, ok := key.(string)
	if !ok {
		return j.stray("key is %T", key)
	}
	switch v := to.(type) {
	case string:
		return j.j.Set(name, v)
	case *morsel:
		if v.m.Name() != name {
			return j.stray("a morsel of another name")
		}
		return j.j.Put(v.m)
	}
	return j.stray("value is %T", to)
}

// config reads (attrs, header, sep).
func config(a conformance.Args, headers bool) (*cookies.OutputConfig, error) {
	cfg := new(cookies.OutputConfig)
	if v, ok := a.Lookup(0, "attrs"); ok && v != nil {
		list, ok := v.([]any)
		if !ok {
			return nil, notApplicable
		}
		cfg.Attrs = []string{}
		for _, x := range list {
			s, ok := x.(string)
			if !ok {
				return nil, notApplicable
			}
			cfg.Attrs = append(cfg.Attrs, s)
		}
	}
	if !headers {
		return cfg, nil
	}
	var err error
	if cfg.Header, err = a.StringOr(1, "header", "Set-Cookie:"); err != nil {
		return nil, err
	}
	if cfg.Sep, err = a.StringOr(2, "sep", "\r\n"); err != nil {
		return nil, err
	}
	if cfg.Header == "" || cfg.Sep == "" {
		return nil, notApplicable // empty is the default there
	}
	return cfg, nil
}

// A morsel is a Morsel.
type morsel struct {
	m *cookies.Morsel
	*state
}

// order is that of Python's mapping.
var order = []string{
	cookies.Expires, cookies.Path, cookies.Comment, cookies.Domain, cookies.MaxAge,
	cookies.Secure, cookies.HTTPOnly, cookies.Version, cookies.SameSite, cookies.Partitioned,
}

// Value implements [conformance.Subject].
func (m *morsel) Value() any {
	line, _ := m.m.Output(&cookies.OutputConfig{Now: m.clock})
	return conformance.Obj{Class: "Morsel", Str: line, Fields: map[string]any{
		"key": m.m.Name(), "value": m.m.Value(), "coded_value": m.m.CodedValue(), "attrs": m.attrs(),
	}}
}

// attrs are the attributes as Python's mapping has them: "" for one that is not there.
func (m *morsel) attrs() *conformance.Dict {
	d := &conformance.Dict{}
	for _, name := range order {
		d.Pairs = append(d.Pairs, conformance.Pair{Key: name, Value: m.attr(name)})
	}
	return d
}

func (m *morsel) attr(name string) any {
	for n, v := range m.m.Attrs() {
		if n == name {
			return v
		}
	}
	return ""
}

// Step implements [conformance.Subject].
func (m *morsel) Step(s *conformance.Step) (any, error) {
	if m.strays {
		return nil, notApplicable
	}
	switch s.Kind {
	case "get":
		return m.get(s.Name)
	case "do":
		return m.do(s)
	}
	switch s.Name {
	case "setitem":
		return nil, m.set(s.Arg, s.To)
	case "item":
		name, ok := s.Arg.(string)
		if !ok || !slices.Contains(order, name) {
			return nil, notApplicable // Attr has no error for what is no attribute
		}
		return m.attr(name), nil
	case "in":
		name, ok := s.Arg.(string)
		return ok && cookies.IsReserved(name), nil
	case "str":
		if m.m.Name() == "" {
			return nil, notApplicable // a name and value None
		}
		return m.m.Output(&cookies.OutputConfig{Now: m.clock})
	case "eq", "ne":
		o, ok := s.Arg.(*morsel)
		if !ok {
			return nil, notApplicable
		}
		return m.m.Equal(o.m) == (s.Name == "eq"), nil
	}
	return nil, notApplicable
}

func (m *morsel) get(name string) (any, error) {
	if m.m.Name() == "" {
		return nil, notApplicable // None
	}
	switch name {
	case "key":
		return m.m.Name(), nil
	case "value":
		return m.m.Value(), nil
	case "coded_value":
		return m.m.CodedValue(), nil
	}
	return nil, notApplicable
}

func (m *morsel) do(s *conformance.Step) (any, error) {
	switch s.Name {
	case "set":
		var v [3]string
		for i, name := range []string{"key", "val", "coded_val"} {
			var err error
			if v[i], err = s.Args.String(i, name); err != nil {
				return nil, m.stray("%v", err)
			}
		}
		return nil, m.m.Set(v[0], v[1], v[2])
	case "isReservedKey":
		name, err := s.Args.String(0, "K")
		if err != nil {
			return nil, err
		}
		return cookies.IsReserved(name), nil
	case "update":
		return nil, m.update(s.Args)
	case "setdefault":
		name, err := s.Args.String(0, "key")
		if err != nil {
			return nil, err
		}
		v, err := s.Args.StringOr(1, "val", "")
		if err != nil {
			return nil, err
		}
		if _, err := m.m.SetDefault(name, v); err != nil {
			return nil, err
		}
		return m.attr(strings.ToLower(name)), nil
	case "items", "keys":
		out := []any{}
		for _, p := range m.attrs().Pairs {
			if s.Name == "keys" {
				out = append(out, p.Key)
			} else {
				out = append(out, conformance.Tuple{p.Key, p.Value})
			}
		}
		return out, nil
	case "output", "OutputString", "js_output":
		return m.output(s)
	}
	return nil, notApplicable
}

func (m *morsel) output(s *conformance.Step) (any, error) {
	if m.m.Name() == "" {
		return nil, notApplicable // a name and value None
	}
	cfg, err := config(s.Args, s.Name == "output")
	if err != nil {
		return nil, err
	}
	cfg.Now = m.clock
	switch s.Name {
	case "output":
		return m.m.Output(cfg)
	case "js_output":
		//lint:ignore SA1019 deprecated, as in Python
		return m.m.JSOutput(cfg)
	}
	return m.m.OutputString(cfg)
}

// update sets what a mapping holds: all of it or, if an entry is wrong, nothing.
func (m *morsel) update(a conformance.Args) error {
	d, ok := a.Pos[0].(*conformance.Dict)
	if !ok {
		return m.stray("values are %T", a.Pos[0])
	}
	try := &morsel{m: m.m.Clone(), state: m.state}
	for _, p := range d.Pairs {
		if err := try.set(p.Key, p.Value); err != nil {
			return err
		}
	}
	*m.m = *try.m
	return nil
}

// set sets one attribute by the function for the value's type.
func (m *morsel) set(key, to any) error {
	name, ok := key.(string)
	if !ok {
		return m.stray("key is %T", key)
	}
	switch v := to.(type) {
	case string:
		return m.m.SetAttr(name, v)
	case int64:
		return m.m.SetInt(name, v)
	case bool:
		if cookies.IsReserved(name) && m.m.Clone().SetFlag(name, v) != nil {
			return m.stray("a truth value for %s, which is no flag", strconv.Quote(name))
		}
		return m.m.SetFlag(name, v)
	}
	if !cookies.IsReserved(name) {
		return m.m.SetAttr(name, "")
	}
	return m.stray("value is %T", to)
}
