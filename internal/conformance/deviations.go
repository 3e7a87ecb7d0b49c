package conformance

import (
	_ "embed"
	"fmt"
	"os"
	"regexp"
	"strings"
)

//go:embed DEVIATIONS.tsv
var committed string

// Deviations are the rules by which the Go packages answer otherwise on purpose.
type Deviations struct {
	rules []*rule
}

type rule struct {
	module, reason string
	pattern        *regexp.Regexp
	history        bool // the pattern is for the steps before, too
	used           int
}

// history begins a pattern that is matched with the input and all steps up to the one that
// differs, for what a step changes that a later one shows.
const history = "history:"

// CommittedDeviations returns the rules of DEVIATIONS.tsv.
func CommittedDeviations() (*Deviations, error) { return parseDeviations(committed) }

// LoadDeviations reads rules from a file of the same form.
func LoadDeviations(path string) (*Deviations, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return parseDeviations(string(b))
}

// parseDeviations reads lines of module, reason and pattern, with tabs between;
// the first line names the columns, and lines that begin with # are comments.
func parseDeviations(text string) (*Deviations, error) {
	d := &Deviations{}
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSuffix(line, "\r")
		if line == "" || strings.HasPrefix(line, "#") || i == 0 && strings.HasPrefix(line, "module\t") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 3 || f[0] == "" || f[1] == "" || f[2] == "" {
			return nil, fmt.Errorf("deviations, line %d: want module, reason, pattern", i+1)
		}
		pattern, past := strings.CutPrefix(f[2], history)
		re, err := regexp.Compile("(?s)" + pattern)
		if err != nil {
			return nil, fmt.Errorf("deviations, line %d: %w", i+1, err)
		}
		d.rules = append(d.rules, &rule{module: f[0], reason: f[1], pattern: re, history: past})
	}
	return d, nil
}

// judge makes the record deviate if a rule matches each of its differences.
func (d *Deviations) judge(module string, o *Outcome) {
	matched := make([]*rule, len(o.Diffs))
	for i := range o.Diffs {
		for _, r := range d.rules {
			input := o.Diffs[i].Input
			if r.history {
				input = o.Diffs[i].History
			}
			if r.module == module && r.pattern.MatchString(input) {
				matched[i] = r
				o.Diffs[i].Reason = r.reason
				break
			}
		}
		if matched[i] == nil {
			return
		}
	}
	for _, r := range matched {
		r.used++
	}
	o.Verdict = Deviate
}

// Unused lists the rules that no record has needed so far.
func (d *Deviations) Unused() []string {
	var out []string
	for _, r := range d.rules {
		if r.used == 0 {
			out = append(out, r.module+": "+r.reason)
		}
	}
	return out
}
