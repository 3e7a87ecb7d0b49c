package conformance

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"
)

// A Record is one line of a vector file.
type Record struct {
	ID, Src string
	Call    string
	Args    Args
	Steps   []*Step
	// Const means that Call names a constant, and nothing is called.
	Const bool
	// First cuts an iterator after so many items; 0 means 1,000.
	First int
	// Times calls so often, and the result is the list; 0 means once, no list.
	Times int
	// Env is the whole environment of the process, nil if it does not matter.
	Env *Dict
	// Fixed says what a named source of time, randomness or identity answers.
	Fixed *Dict
	// Extra holds every further key ("system", "clock", "tz", "files", "globals"…).
	Extra map[string]any

	ret   *outcome
	rets  []*outcome
	input string
}

// An outcome is what CPython gave for a call or a step.
type outcome struct {
	value any
	err   *Exception
	skip  bool
	extra map[string]any // after, collected, stdout, dialed, sent, before_err
}

// A Step is one thing done to the subject.
type Step struct {
	// Kind is "get", "do", "op", "set", "del", "clock" or "read", and Name what
	// stands behind it: the attribute, the method, the operator.
	Kind, Name string
	// Args are the arguments of a do and of a call operator.
	Args Args
	// Arg is the operand of an operator, To the value to set; HasArg and HasTo
	// tell None from absent.
	Arg, To       any
	HasArg, HasTo bool
	First         int
	// Clock is the time of a step of kind "clock".
	Clock any

	as    string
	on    any // nil, a name, or []*Step
	input string
}

// Records yields the records of a file, which may be compressed with gzip. An
// error comes at most once, last.
func Records(path string) iter.Seq2[*Record, error] {
	return func(yield func(*Record, error) bool) {
		f, err := os.Open(path)
		if err != nil {
			yield(nil, err)
			return
		}
		defer f.Close()
		var r io.Reader = f
		if strings.HasSuffix(path, ".gz") {
			z, err := gzip.NewReader(f)
			if err != nil {
				yield(nil, fmt.Errorf("%s: %w", path, err))
				return
			}
			r = z
		}
		read(r, path, yield)
	}
}

func read(r io.Reader, path string, yield func(*Record, error) bool) {
	br := bufio.NewReaderSize(r, 1<<16)
	for n := 1; ; n++ {
		line, err := br.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			rec, derr := decodeRecord(line)
			if derr != nil {
				yield(nil, fmt.Errorf("%s:%d: %w", path, n, derr))
				return
			}
			if !yield(rec, nil) {
				return
			}
		}
		if err == io.EOF {
			return
		}
		if err != nil {
			yield(nil, fmt.Errorf("%s: %w", path, err))
			return
		}
	}
}

func compact(raw json.RawMessage, absent string) string {
	if len(raw) == 0 {
		return absent
	}
	var b bytes.Buffer
	if json.Compact(&b, raw) != nil {
		return string(raw)
	}
	return b.String()
}

func decodeRecord(line []byte) (*Record, error) {
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(line, &keys); err != nil {
		return nil, err
	}
	r := &Record{Extra: map[string]any{}}
	r.input = compact(keys["args"], "[]") + " " + compact(keys["kwargs"], "{}")
	out := outcome{extra: map[string]any{}}
	for k, raw := range keys {
		if err := r.decodeKey(k, raw, &out); err != nil {
			return nil, fmt.Errorf("key %q: %w", k, err)
		}
	}
	if r.Call == "" || len(r.rets) != len(r.Steps) {
		if r.ret == nil || r.ret.err == nil { // the call itself may have failed
			return nil, fmt.Errorf("record %q: no call, or steps and answers differ in number", r.ID)
		}
	}
	r.input = r.Call + " " + r.input
	if r.ret != nil {
		r.ret.extra = out.extra
	}
	return r, nil
}

func (r *Record) decodeKey(k string, raw json.RawMessage, out *outcome) (err error) {
	switch k {
	case "id":
		return json.Unmarshal(raw, &r.ID)
	case "src":
		return json.Unmarshal(raw, &r.Src)
	case "call":
		return json.Unmarshal(raw, &r.Call)
	case "const":
		return json.Unmarshal(raw, &r.Const)
	case "first":
		return json.Unmarshal(raw, &r.First)
	case "times":
		return json.Unmarshal(raw, &r.Times)
	case "args":
		r.Args.Pos, err = decodeList(raw)
	case "kwargs":
		r.Args.Kw, err = decodeKwargs(raw)
	case "env", "fixed":
		var v any
		if v, err = decodeValue(raw); err == nil {
			d, _ := v.(*Dict)
			if k == "env" {
				r.Env = d
			} else {
				r.Fixed = d
			}
		}
	case "steps":
		r.Steps, err = decodeSteps(raw)
	case "ret":
		r.ret = &outcome{}
		r.ret.value, err = decodeValue(raw)
	case "err":
		r.ret = &outcome{}
		r.ret.err, err = decodeException(raw)
	case "rets":
		r.rets, err = decodeOutcomes(raw)
	case "after", "collected", "stdout", "dialed", "sent", "before_err":
		out.extra[k], err = decodeValue(raw)
	default:
		r.Extra[k], err = decodeValue(raw)
	}
	return err
}

func decodeSteps(raw json.RawMessage) ([]*Step, error) {
	var raws []json.RawMessage
	if err := json.Unmarshal(raw, &raws); err != nil {
		return nil, err
	}
	out := make([]*Step, 0, len(raws))
	for _, raw := range raws {
		ms, err := decodeMembers(raw)
		if err != nil {
			return nil, err
		}
		s := &Step{input: compact(raw, "")}
		for _, m := range ms {
			if err := s.decodeKey(m); err != nil {
				return nil, fmt.Errorf("step key %q: %w", m.key, err)
			}
		}
		if s.Kind == "" {
			return nil, fmt.Errorf("step %s does nothing", raw)
		}
		out = append(out, s)
	}
	return out, nil
}

func (s *Step) decodeKey(m member) (err error) {
	switch m.key {
	case "get", "do", "op", "set", "del", "read":
		s.Kind = m.key
		return json.Unmarshal(m.raw, &s.Name)
	case "clock":
		s.Kind = m.key
		s.Clock, err = decodeValue(m.raw)
	case "args":
		s.Args.Pos, err = decodeList(m.raw)
	case "kwargs":
		s.Args.Kw, err = decodeKwargs(m.raw)
	case "arg":
		s.HasArg = true
		s.Arg, err = decodeValue(m.raw)
	case "to":
		s.HasTo = true
		s.To, err = decodeValue(m.raw)
	case "first":
		return json.Unmarshal(m.raw, &s.First)
	case "as":
		return json.Unmarshal(m.raw, &s.as)
	case "on":
		if len(m.raw) > 0 && m.raw[0] == '[' {
			s.on, err = decodeSteps(m.raw)
		} else {
			s.on, err = decodeValue(m.raw)
		}
	default:
		return fmt.Errorf("not known")
	}
	return err
}

func decodeOutcomes(raw json.RawMessage) ([]*outcome, error) {
	var raws []json.RawMessage
	if err := json.Unmarshal(raw, &raws); err != nil {
		return nil, err
	}
	out := make([]*outcome, 0, len(raws))
	for _, raw := range raws {
		ms, err := decodeMembers(raw)
		if err != nil {
			return nil, err
		}
		o := &outcome{extra: map[string]any{}}
		for _, m := range ms {
			switch m.key {
			case "ret":
				o.value, err = decodeValue(m.raw)
			case "err":
				o.err, err = decodeException(m.raw)
			case "skip":
				o.skip = true
			default:
				o.extra[m.key], err = decodeValue(m.raw)
			}
			if err != nil {
				return nil, err
			}
		}
		out = append(out, o)
	}
	return out, nil
}

func decodeException(raw json.RawMessage) (*Exception, error) {
	var e struct {
		Type  string
		Bases []string
		Msg   json.RawMessage
		Attrs json.RawMessage
	}
	if err := json.Unmarshal(raw, &e); err != nil {
		return nil, err
	}
	x := &Exception{Type: e.Type, Bases: e.Bases}
	if len(e.Msg) > 0 {
		v, err := decodeValue(e.Msg)
		if err != nil {
			return nil, err
		}
		x.Msg, _ = v.(string)
	}
	if len(e.Attrs) > 0 {
		v, err := decodeValue(e.Attrs)
		if err != nil {
			return nil, err
		}
		if d, ok := v.(*Dict); ok {
			x.Attrs = make(map[string]any, len(d.Pairs))
			for _, p := range d.Pairs {
				if k, ok := p.Key.(string); ok {
					x.Attrs[k] = p.Value
				}
			}
		}
	}
	return x, nil
}
