package conformance

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// A Verdict is how a record came out.
type Verdict int

// The verdicts.
const (
	Agree Verdict = iota
	Differ
	NotApplicable
	Deviate
)

func (v Verdict) String() string {
	return [...]string{"agree", "differ", "not applicable", "deviate"}[v]
}

// An Outcome is the verdict on one record, with what differed.
type Outcome struct {
	ID      string
	Verdict Verdict
	// Diffs has one entry for each difference.
	Diffs []Diff
}

// A Diff is one difference between CPython and the Go package.
type Diff struct {
	// Input is the text that a deviation's pattern is matched with: the record's own input
	// and the step. History has the steps before it too.
	Input, History string
	// Want is CPython's answer, Got the Go package's.
	Want, Got string
	// Reason is that of the deviation, empty if none matches.
	Reason string
}

// limit bounds one record; what takes longer hangs.
const limit = 60 * time.Second

// Replay has the adapter do what the record says and compares. It never
// panics: what an adapter panics with is a difference.
func Replay(a Adapter, r *Record, devs *Deviations) Outcome {
	done := make(chan Outcome, 1)
	go func() {
		done <- replay(a, r)
	}()
	timer := time.NewTimer(limit)
	defer timer.Stop()
	var out Outcome
	select {
	case out = <-done:
	case <-timer.C:
		out = Outcome{ID: r.ID, Verdict: Differ, Diffs: []Diff{{Input: r.input, Got: "no answer in " + limit.String()}}}
	}
	if out.Verdict == Differ && devs != nil {
		devs.judge(moduleOf(r), &out)
	}
	return out
}

// A replayer carries the state of one record.
type replayer struct {
	a        Adapter
	r        *Record
	subject  Subject
	named    map[string]Subject
	diffs    []Diff
	compared int
	history  string // the record's input and the steps up to now
}

func replay(a Adapter, r *Record) (out Outcome) {
	p := &replayer{a: a, r: r, named: map[string]Subject{}, history: r.input}
	defer func() {
		if x := recover(); x != nil {
			p.diffs = append(p.diffs, Diff{Input: r.input, Got: fmt.Sprintf("panic: %v", x)})
			out = Outcome{ID: r.ID, Verdict: Differ, Diffs: p.diffs}
		}
	}()
	p.run()
	out = Outcome{ID: r.ID, Diffs: p.diffs}
	switch {
	case len(p.diffs) > 0:
		out.Verdict = Differ
	case p.compared == 0:
		out.Verdict = NotApplicable
	}
	return out
}

func (p *replayer) run() {
	args, err := p.args(p.r.Args)
	var got any
	if err == nil {
		got, err = p.a.Call(&Call{Name: p.r.Call, Args: args, Record: p.r})
	}
	if p.r.ret != nil || err != nil {
		want := p.r.ret
		if want == nil {
			want = &outcome{value: Const("a subject for steps")}
		}
		p.compare(p.r.input, want, got, err, p.a)
		return
	}
	s, ok := got.(Subject)
	if !ok {
		p.diffs = append(p.diffs, Diff{Input: p.r.input, Want: "a subject for steps", Got: show(got)})
		return
	}
	p.subject = s
	for i, step := range p.r.Steps {
		p.step(step, p.r.rets[i])
	}
}

// step performs one step. Where the subject itself is not applicable to it, the
// step is passed over.
func (p *replayer) step(step *Step, want *outcome) {
	if want.skip {
		return
	}
	p.history += " > " + step.input
	input := p.r.input + " > " + step.input
	on, err := p.target(step.on)
	if err != nil {
		p.compare(input, want, nil, err, nil)
		return
	}
	s := *step
	var got any
	if s.Args, err = p.args(step.Args); err == nil {
		if s.Arg, err = p.arg(step.Arg); err == nil {
			if s.To, err = p.arg(step.To); err == nil {
				got, err = on.Step(&s)
			}
		}
	}
	if sub, ok := got.(Subject); ok && step.as != "" && err == nil {
		p.named[step.as] = sub
		if o, ok := want.value.(Obj); ok && o.Str == "" && len(o.Fields) == 0 {
			if g, ok := sub.Value().(Obj); ok { // only the class is recorded
				got = Obj{Class: g.Class}
			}
		}
	}
	p.compare(input, want, got, err, on)
}

// target finds what a step acts on: the subject, a named result, or what other
// steps reach from the subject.
func (p *replayer) target(on any) (Subject, error) {
	switch on := on.(type) {
	case nil:
		return p.subject, nil
	case string:
		if on == "self" {
			return p.subject, nil
		}
		if s, ok := p.named[on]; ok {
			return s, nil
		}
		return nil, fmt.Errorf("no result %q: %w", on, ErrNotApplicable)
	case []*Step:
		s := p.subject
		for _, st := range on {
			v, err := s.Step(st)
			if err != nil {
				return nil, err
			}
			next, ok := v.(Subject)
			if !ok {
				return nil, fmt.Errorf("%s gives %T, on which no step acts: %w", st.input, v, ErrNotApplicable)
			}
			s = next
		}
		return s, nil
	}
	return nil, fmt.Errorf("on %T: %w", on, ErrNotApplicable)
}

func (p *replayer) args(a Args) (Args, error) {
	out := Args{}
	for _, v := range a.Pos {
		v, err := p.arg(v)
		if err != nil {
			return out, err
		}
		out.Pos = append(out.Pos, v)
	}
	if a.Kw != nil {
		out.Kw = make(map[string]any, len(a.Kw))
	}
	for k, v := range a.Kw {
		v, err := p.arg(v)
		if err != nil {
			return out, err
		}
		out.Kw[k] = v
	}
	return out, nil
}

// arg makes what {"$new":…} describes and resolves references, inside lists too.
func (p *replayer) arg(v any) (any, error) {
	switch v := v.(type) {
	case newArg:
		return p.make(v)
	case refArg:
		return p.target(string(v))
	case []any:
		return p.argList(v)
	case Tuple:
		l, err := p.argList(v)
		return Tuple(l), err
	case Iter:
		l, err := p.argList(v)
		return Iter(l), err
	case Set:
		l, err := p.argList(v)
		return Set(l), err
	case *Dict:
		d := &Dict{Unordered: v.Unordered}
		for _, kv := range v.Pairs {
			k, err := p.arg(kv.Key)
			if err != nil {
				return nil, err
			}
			x, err := p.arg(kv.Value)
			if err != nil {
				return nil, err
			}
			d.Pairs = append(d.Pairs, Pair{k, x})
		}
		return d, nil
	}
	return v, nil
}

func (p *replayer) argList(vs []any) ([]any, error) {
	out := make([]any, 0, len(vs))
	for _, v := range vs {
		v, err := p.arg(v)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

func (p *replayer) make(n newArg) (any, error) {
	args, err := p.args(n.args)
	if err != nil {
		return nil, err
	}
	v, err := p.a.Call(&Call{Name: n.call, Args: args, Record: p.r, Nested: true})
	if err != nil || len(n.set) == 0 {
		return v, err
	}
	s, ok := v.(Subject)
	if !ok {
		return nil, fmt.Errorf("attributes of %T: %w", v, ErrNotApplicable)
	}
	for _, kv := range n.set {
		kv, _ := kv.([]any)
		if len(kv) != 2 {
			return nil, fmt.Errorf("set wants a name and a value")
		}
		name, _ := kv[0].(string)
		to, err := p.arg(kv[1])
		if err != nil {
			return nil, err
		}
		if _, err := s.Step(&Step{Kind: "set", Name: name, To: to, HasTo: true}); err != nil {
			return nil, err
		}
	}
	return v, nil
}

// compare notes a difference between want and (got, err). teller may know what
// the call did beside its result.
func (p *replayer) compare(input string, want *outcome, got any, err error, teller any) {
	if errors.Is(err, ErrNotApplicable) {
		return
	}
	if want.err == nil && err == nil {
		if s, ok := got.(Subject); ok {
			got = s.Value()
		}
	}
	p.compared++
	diff := func(w, g string) { p.diffs = append(p.diffs, Diff{Input: input, History: p.history, Want: w, Got: g}) }
	switch {
	case want.err != nil && err == nil:
		diff(want.err.String(), show(got))
	case want.err != nil:
		if !p.raises(err, want.err) {
			diff(want.err.String(), "error: "+err.Error())
		}
	case err != nil:
		diff(show(want.value), "error: "+err.Error())
	case !Equal(want.value, got):
		if ag, ok := p.a.(Agreer); !ok || !ag.Agrees(p.r, want.value, got) {
			diff(show(want.value), show(got))
		}
	}
	for key, w := range want.extra {
		t, ok := teller.(Extras)
		if !ok {
			t, ok = p.a.(Extras)
		}
		if !ok {
			diff(key+" "+show(w), "the adapter does not tell")
			continue
		}
		switch g, err := t.Extra(key); {
		case errors.Is(err, ErrNotApplicable):
		case err != nil:
			diff(key+" "+show(w), "error: "+err.Error())
		case !Equal(w, g):
			diff(key+" "+show(w), key+" "+show(g))
		}
	}
}

// unforeseen are exceptions that mark input which CPython did not foresee: any
// error agrees with them.
var unforeseen = []string{"AttributeError", "TypeError", "AssertionError", "IndexError", "KeyError", "UnboundLocalError"}

func (p *replayer) raises(err error, e *Exception) bool {
	switch {
	case e.Type == "AssertionError" && moduleOf(p.r) == "wsgiref":
	case slices.Contains(unforeseen, e.Type):
		return true
	}
	if !p.a.Raises(err, e) {
		return false
	}
	at, ok := p.a.(AttrsOf)
	for name, want := range e.Attrs {
		if !ok {
			return false
		}
		got, known := at.Attr(err, name)
		if !known || !Equal(want, got) {
			return false
		}
	}
	return true
}
