package parity

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// A Name is one documented Python name.
type Name struct {
	Name, Kind, Signature, Summary, Since string
}

// An Entry maps a Python name.
type Entry struct {
	Name string
	// Symbols are the Go symbols; none is an excuse, and Note its reason.
	Symbols []string
	Note    string
}

// A Module is one Python module with its names and their mapping.
type Module struct {
	Module  string
	Names   []Name
	Entries map[string]Entry
}

// Load reads the modules that have a mapping in the folder, sorted by name.
func Load(fsys fs.FS) ([]Module, error) {
	paths, err := fs.Glob(fsys, "*.tsv")
	if err != nil {
		return nil, err
	}
	slices.Sort(paths)
	var out []Module
	for _, p := range paths {
		m := Module{Module: strings.TrimSuffix(p, ".tsv"), Entries: map[string]Entry{}}
		rows, err := readTSV(fsys, path.Join("names", p), 5)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			m.Names = append(m.Names, Name{r[0], r[1], r[2], r[3], r[4]})
		}
		if rows, err = readTSV(fsys, p, 3); err != nil {
			return nil, err
		}
		for _, r := range rows {
			e := Entry{Name: r[0], Note: r[2]}
			if r[1] != "-" {
				for s := range strings.SplitSeq(r[1], ",") {
					e.Symbols = append(e.Symbols, strings.TrimSpace(s))
				}
			}
			if _, ok := m.Entries[e.Name]; ok {
				return nil, fmt.Errorf("%s: %s stands twice", p, e.Name)
			}
			m.Entries[e.Name] = e
		}
		out = append(out, m)
	}
	return out, nil
}

// readTSV reads the rows below the first line; missing cells at the end of a
// row are empty.
func readTSV(fsys fs.FS, name string, cells int) ([][]string, error) {
	b, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, err
	}
	var out [][]string
	for i, line := range strings.Split(string(b), "\n") {
		if i == 0 || line == "" {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) > cells || f[0] == "" {
			return nil, fmt.Errorf("%s:%d: %d cells, want at most %d", name, i+1, len(f), cells)
		}
		for len(f) < cells {
			f = append(f, "")
		}
		out = append(out, f)
	}
	return out, nil
}

// A Report is what Check found of a module.
type Report struct {
	Module                 string
	Total, Mapped, Excused int
	// Problems says what is missing, a line each.
	Problems []string
}

func (r Report) String() string {
	return fmt.Sprintf("%s: %d of %d mapped, %d excused", r.Module, r.Mapped, r.Total, r.Excused)
}

// Check compares a module's mapping with its names and with the Go packages.
func Check(m Module, syms *Symbols) Report {
	r := Report{Module: m.Module, Total: len(m.Names)}
	known := map[string]bool{}
	for _, n := range m.Names {
		known[n.Name] = true
		e, ok := m.Entries[n.Name]
		switch {
		case !ok:
			r.problem("%s: not mapped", n.Name)
		case len(e.Symbols) == 0 && e.Note == "":
			r.problem("%s: an excuse without a reason", n.Name)
		case len(e.Symbols) == 0:
			r.Excused++
		default:
			if r.checkSymbols(e, syms) {
				r.Mapped++
			}
		}
	}
	for name := range m.Entries {
		if !known[name] {
			r.problem("%s: not among the documented names", name)
		}
	}
	slices.Sort(r.Problems)
	return r
}

func (r *Report) problem(format string, args ...any) {
	r.Problems = append(r.Problems, fmt.Sprintf(format, args...))
}

func (r *Report) checkSymbols(e Entry, syms *Symbols) bool {
	ok := true
	for _, s := range e.Symbols {
		if err := syms.Check(s); err != nil {
			r.problem("%s: %v", e.Name, err)
			ok = false
		}
	}
	return ok
}
