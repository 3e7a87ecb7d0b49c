package conformance

import (
	"fmt"
	"path/filepath"
	"strings"
)

// Counts are the numbers of records by verdict.
type Counts struct {
	Agree         int `json:"agree"`
	Differ        int `json:"differ"`
	NotApplicable int `json:"not_applicable"`
	Deviate       int `json:"deviate"`
}

// Add counts one verdict.
func (c *Counts) Add(v Verdict) {
	*[]*int{&c.Agree, &c.Differ, &c.NotApplicable, &c.Deviate}[v]++
}

// Plus adds the counts of another file.
func (c *Counts) Plus(o Counts) {
	c.Agree += o.Agree
	c.Differ += o.Differ
	c.NotApplicable += o.NotApplicable
	c.Deviate += o.Deviate
}

func (c Counts) String() string {
	return fmt.Sprintf("%d agree, %d differ, %d not applicable, %d deviate", c.Agree, c.Differ, c.NotApplicable, c.Deviate)
}

// A FileReport is what came of one file.
type FileReport struct {
	Path   string `json:"path"`
	Module string `json:"module"`
	Counts
	// Outcomes holds every record that did not agree.
	Outcomes []Outcome `json:"-"`
	// Err says why the file could not be read to its end, or that its module has
	// no adapter.
	Err error `json:"-"`
}

// Run replays one file through the adapter of its module: the module of the
// file's name, or else that of its records.
func Run(path string, adapters map[string]Adapter, devs *Deviations) FileReport {
	name := filepath.Base(path)
	for _, ext := range []string{".gz", ".jsonl"} {
		name = strings.TrimSuffix(name, ext)
	}
	rep := FileReport{Path: path, Module: name}
	adapter := adapters[name]
	for r, err := range Records(path) {
		if err != nil {
			rep.Err = err
			return rep
		}
		if adapter == nil {
			rep.Module = moduleOf(r)
			if adapter = adapters[rep.Module]; adapter == nil {
				break
			}
		}
		o := Replay(adapter, r, devs)
		rep.Add(o.Verdict)
		if o.Verdict != Agree {
			rep.Outcomes = append(rep.Outcomes, o)
		}
	}
	if adapter == nil {
		rep.Err = fmt.Errorf("%s: no adapter for module %s", path, rep.Module)
	}
	return rep
}

// moduleOf returns the module whose vector file holds the record: its id is
// <module>-<number>.
func moduleOf(r *Record) string {
	module, _, _ := strings.Cut(r.ID, "-")
	return module
}
