package conformance_test

import (
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/internal/conformance"
	"github.com/pynet-go/pynet/internal/conformance/adapters"
)

// hostile are the modules of which many vectors hold what a security case forbids, with
// the number of records in a hundred that may deviate.
var hostile = map[string]int{
	"http.client": 6, // control characters in headers, bodies where there can be none
	"http.server": 3, // answers whose end nobody could tell
}

// TestCommittedVectors replays testdata: nothing differs, every rule of
// DEVIATIONS.tsv is needed, and not more than one record in a hundred deviates, but for
// the hostile.
func TestCommittedVectors(t *testing.T) {
	files, err := filepath.Glob("testdata/*.jsonl.gz")
	require.NoError(t, err)
	devs, err := conformance.CommittedDeviations()
	require.NoError(t, err)
	seen := map[string]bool{}
	elsewhere := false
	for _, f := range files {
		module := strings.TrimSuffix(filepath.Base(f), ".jsonl.gz")
		if slices.Contains(adapters.Elsewhere, module) {
			elsewhere = true
			continue
		}
		rep := conformance.Run(f, adapters.All, devs)
		require.NoError(t, rep.Err)
		seen[rep.Module] = true
		t.Logf("%s: %v", rep.Module, rep.Counts)
		if rep.Agree == 0 {
			t.Errorf("%s: no record agrees", rep.Module)
		}
		allowed := max(1, hostile[rep.Module])
		if all := rep.Agree + rep.Deviate; rep.Deviate*100 > all*allowed {
			t.Errorf("%s: %d of %d records deviate, more than %d in a hundred", rep.Module, rep.Deviate, all, allowed)
		}
		for _, o := range rep.Outcomes {
			if o.Verdict == conformance.Differ {
				t.Errorf("%s differs: %+v", o.ID, o.Diffs)
			}
		}
	}
	for m := range adapters.All {
		if !seen[m] {
			t.Errorf("module %s has an adapter and no committed vectors", m)
		}
	}
	if elsewhere {
		return // the rules of that module have not been needed here
	}
	for _, r := range devs.Unused() {
		t.Errorf("DEVIATIONS.tsv: no vector needs the rule for %s", r)
	}
}

// toy is a module of one function, toy.double, whose results can be added to.
type toy struct{}

var errToy = errors.New("toy: negative")

func (toy) Raises(err error, e *conformance.Exception) bool {
	return conformance.Errors{"ToyError": errToy}.Raises(err, e)
}

func (toy) Call(c *conformance.Call) (any, error) {
	if c.Name == "toy.hang" {
		panic("toy: broken")
	}
	n, err := c.Args.Int(0, "n")
	if err != nil {
		return nil, err
	}
	if n < 0 {
		return nil, errToy
	}
	return toyNumber(2 * n), nil
}

type toyNumber int64

func (n toyNumber) Value() any { return int64(n) }

func (n toyNumber) Step(s *conformance.Step) (any, error) {
	switch s.Kind + " " + s.Name {
	case "op add":
		if o, ok := s.Arg.(toyNumber); ok {
			return n + o, nil
		}
		return nil, conformance.ErrNotApplicable
	case "get digits":
		return conformance.Tuple{int64(n / 10), int64(n % 10)}, nil
	}
	return nil, conformance.ErrNotApplicable
}

// TestReplay shows each verdict: what differs is found, and by which rule it is
// excused.
func TestReplay(t *testing.T) {
	tests := []struct {
		name, record string
		want         conformance.Counts
	}{
		{"result", `{"id":"toy-1","call":"toy.double","args":[4],"ret":8}`, conformance.Counts{Agree: 1}},
		{"keyword", `{"id":"toy-1","call":"toy.double","kwargs":{"n":4},"ret":8}`, conformance.Counts{Agree: 1}},
		{"other result", `{"id":"toy-1","call":"toy.double","args":[4],"ret":9}`, conformance.Counts{Differ: 1}},
		{"a bool is no integer", `{"id":"toy-1","call":"toy.double","args":[0],"ret":false}`, conformance.Counts{Differ: 1}},
		{"None is no integer", `{"id":"toy-1","call":"toy.double","args":[0],"ret":null}`, conformance.Counts{Differ: 1}},
		{"error", `{"id":"toy-1","call":"toy.double","args":[-1],"err":{"type":"ToyError","bases":[],"msg":"no"}}`, conformance.Counts{Agree: 1}},
		{"derived error", `{"id":"toy-1","call":"toy.double","args":[-1],"err":{"type":"SubToyError","bases":["ToyError"],"msg":"no"}}`, conformance.Counts{Agree: 1}},
		{"other error", `{"id":"toy-1","call":"toy.double","args":[-1],"err":{"type":"ValueError","bases":[],"msg":"no"}}`, conformance.Counts{Differ: 1}},
		{"unforeseen error", `{"id":"toy-1","call":"toy.double","args":[-1],"err":{"type":"IndexError","bases":[],"msg":"no"}}`, conformance.Counts{Agree: 1}},
		{"error missing", `{"id":"toy-1","call":"toy.double","args":[1],"err":{"type":"TypeError","bases":[],"msg":"no"}}`, conformance.Counts{Differ: 1}},
		{"error too many", `{"id":"toy-1","call":"toy.double","args":[-1],"ret":-2}`, conformance.Counts{Differ: 1}},
		{"error with an attribute", `{"id":"toy-1","call":"toy.double","args":[-1],"err":{"type":"ToyError","bases":[],"msg":"no","attrs":{"code":1}}}`, conformance.Counts{Differ: 1}},
		{"type excluded", `{"id":"toy-1","call":"toy.double","args":["x"],"ret":"xx"}`, conformance.Counts{NotApplicable: 1}},
		{"panic", `{"id":"toy-1","call":"toy.hang","ret":null}`, conformance.Counts{Differ: 1}},
		{"steps", `{"id":"toy-1","call":"toy.double","args":[6],"steps":[{"get":"digits"},{"op":"add","arg":{"$new":"toy.double","args":[1]}}],"rets":[{"ret":{"$tuple":[1,2]}},{"ret":14}]}`, conformance.Counts{Agree: 1}},
		{"a list is no tuple", `{"id":"toy-1","call":"toy.double","args":[6],"steps":[{"get":"digits"}],"rets":[{"ret":[1,2]}]}`, conformance.Counts{Differ: 1}},
		{"self", `{"id":"toy-1","call":"toy.double","args":[6],"steps":[{"op":"add","arg":{"$ref":"self"}}],"rets":[{"ret":24}]}`, conformance.Counts{Agree: 1}},
		{"named result", `{"id":"toy-1","call":"toy.double","args":[6],"steps":[{"op":"add","arg":{"$ref":"self"},"as":"x"},{"on":"x","get":"digits"}],"rets":[{"ret":24},{"ret":{"$tuple":[2,4]}}]}`, conformance.Counts{Agree: 1}},
		{"a step not applicable", `{"id":"toy-1","call":"toy.double","args":[6],"steps":[{"get":"size"}],"rets":[{"ret":1}]}`, conformance.Counts{NotApplicable: 1}},
		{"argument that fails", `{"id":"toy-1","call":"toy.double","args":[6],"steps":[{"op":"add","arg":{"$new":"toy.double","args":[-1]}},{"get":"digits"}],"rets":[{"ret":14},{"ret":0}]}`, conformance.Counts{Differ: 1}},
		{"side effect not told", `{"id":"toy-1","call":"toy.double","args":[1],"ret":2,"stdout":"hello"}`, conformance.Counts{Differ: 1}},
		{"rule", `{"id":"toy-1","call":"toy.double","args":[77],"ret":77}`, conformance.Counts{Deviate: 1}},
		{"rule for one of two steps", `{"id":"toy-1","call":"toy.double","args":[5],"steps":[{"op":"add","arg":{"$ref":"self"}},{"get":"digits"}],"rets":[{"ret":0},{"ret":0}]}`, conformance.Counts{Differ: 1}},
		{"rule for a step", `{"id":"toy-1","call":"toy.double","args":[5],"steps":[{"op":"add","arg":{"$ref":"self"}},{"get":"digits"}],"rets":[{"ret":0},{"ret":{"$tuple":[1,0]}}]}`, conformance.Counts{Deviate: 1}},
	}
	rules := write(t, "rules.tsv", "module\treason\tpattern\ntoy\tseventy-seven is sacred\t^toy\\.double \\[77\\]\ntoy\tsums\t > .*\"add\"\n")
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			devs, err := conformance.LoadDeviations(rules)
			require.NoError(t, err)
			rep := conformance.Run(write(t, "toy.jsonl", tt.record+"\n"), map[string]conformance.Adapter{"toy": toy{}}, devs)
			require.NoError(t, rep.Err)
			require.Equal(t, tt.want, rep.Counts, "%+v", rep.Outcomes)
		})
	}
}

func TestRunRefuses(t *testing.T) {
	all := map[string]conformance.Adapter{"toy": toy{}}
	for name, text := range map[string]string{
		"unknown module":      `{"id":"other-1","call":"other.f","ret":1}`,
		"no JSON":             `{"id":`,
		"unknown step":        `{"id":"toy-1","call":"toy.double","args":[1],"steps":[{"jump":"x"}],"rets":[{"ret":1}]}`,
		"answers missing":     `{"id":"toy-1","call":"toy.double","args":[1],"steps":[{"get":"x"}],"rets":[]}`,
		"a bad hex string":    `{"id":"toy-1","call":"toy.double","args":[{"$bytes":"zz"}],"ret":1}`,
		"a bad integer":       `{"id":"toy-1","call":"toy.double","args":[{"$int":"1x"}],"ret":1}`,
		"a dict entry of one": `{"id":"toy-1","call":"toy.double","args":[{"$dict":[[1]]}],"ret":1}`,
	} {
		rep := conformance.Run(write(t, "x.jsonl", text), all, nil)
		require.Error(t, rep.Err, name)
	}
	require.Error(t, conformance.Run(filepath.Join(t.TempDir(), "none.jsonl"), all, nil).Err)
}

func TestDeviationRules(t *testing.T) {
	for _, text := range []string{"toy\treason only\n", "toy\t\tx\n", "toy\treason\t(\n"} {
		_, err := conformance.LoadDeviations(write(t, "rules.tsv", text))
		require.Error(t, err, text)
	}
	devs, err := conformance.LoadDeviations(write(t, "rules.tsv", "# nothing needs this\ntoy\tnever\t^never$\n"))
	require.NoError(t, err)
	require.Equal(t, []string{"toy: never"}, devs.Unused())
}

func TestEqual(t *testing.T) {
	huge, _ := new(big.Int).SetString("340282366920938463463374607431768211455", 10)
	same := [][2]any{
		{int64(5), uint8(5)}, {huge, new(big.Int).Set(huge)}, {[]any{"a"}, []string{"a"}}, {[]any{}, []any(nil)},
		{conformance.Set{int64(1), int64(2)}, conformance.Set{int64(2), int64(1)}},
		{conformance.Obj{Class: "A", Str: "x", Fields: map[string]any{}}, conformance.Obj{Class: "A", Str: "x"}},
	}
	for _, p := range same {
		require.True(t, conformance.Equal(p[0], p[1]), "%v %v", p[0], p[1])
	}
	other := [][2]any{
		{int64(5), 5.0}, {int64(1), true}, {"a", []byte("a")}, {[]byte(nil), nil}, {"", nil}, {[]any{}, nil},
		{[]any{int64(1)}, conformance.Tuple{int64(1)}}, {0.0, int64(0)}, {"a", "b"}, {huge, int64(-1)},
		{conformance.Obj{Class: "A", Str: "x"}, conformance.Obj{Class: "B", Str: "x"}},
		{conformance.Obj{Class: "A", Fields: map[string]any{"n": int64(1)}}, conformance.Obj{Class: "A"}},
	}
	for _, p := range other {
		require.False(t, conformance.Equal(p[0], p[1]), "%v %v", p[0], p[1])
	}
}

func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(strings.TrimRight(text, "\n")+"\n"), 0o600))
	return path
}
