// Package robotparser is the conformance adapter of Python's urllib.robotparser.
package robotparser

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/pynet-go/pynet/internal/conformance"
	"github.com/pynet-go/pynet/urllib/parse"
	"github.com/pynet-go/pynet/urllib/robotparser"
)

// Adapter translates calls of urllib.robotparser.
type Adapter struct{}

// Raises implements [conformance.Adapter].
func (Adapter) Raises(err error, e *conformance.Exception) bool {
	var p *parse.Error
	return errors.As(err, &p) && e.Is("ValueError")
}

// Call implements [conformance.Adapter].
func (Adapter) Call(c *conformance.Call) (any, error) {
	if c.Name != "urllib.robotparser.RobotFileParser" {
		return nil, conformance.ErrNotApplicable
	}
	url, err := c.Args.StringOr(0, "url", "")
	if err != nil {
		return nil, err
	}
	p, err := robotparser.New(url)
	if err != nil {
		return nil, err
	}
	p.Python = true
	if err := setClock(p, c.Record.Fixed); err != nil {
		return nil, err
	}
	return &subject{p}, nil
}

// setClock gives p the clock that the record fixes.
func setClock(p *robotparser.Parser, fixed *conformance.Dict) error {
	if fixed == nil {
		return nil
	}
	v, _ := fixed.Get("time.time")
	seconds, ok := v.(float64)
	if !ok {
		return fmt.Errorf("time.time is %T: %w", v, conformance.ErrNotApplicable)
	}
	p.Now = func() time.Time { return time.UnixMicro(int64(seconds * 1e6)) }
	return nil
}

// subject is a RobotFileParser.
type subject struct{ p *robotparser.Parser }

// Value implements [conformance.Subject].
func (s *subject) Value() any { return conformance.Obj{Class: "RobotFileParser", Str: s.p.String()} }

// Step implements [conformance.Subject].
func (s *subject) Step(st *conformance.Step) (any, error) {
	switch st.Kind + " " + st.Name {
	case "get url":
		return s.p.URL(), nil
	case "get host":
		return s.p.Host(), nil
	case "get path":
		return s.p.Path(), nil
	case "set allow_all":
		return nil, set(&s.p.AllowAll, st.To)
	case "set disallow_all":
		return nil, set(&s.p.DisallowAll, st.To)
	case "op str":
		return s.p.String(), nil
	}
	if st.Kind != "do" {
		return nil, conformance.ErrNotApplicable
	}
	return s.do(st)
}

func set(b *bool, v any) error {
	on, ok := v.(bool)
	if !ok {
		return conformance.ErrNotApplicable
	}
	*b = on
	return nil
}

func (s *subject) do(st *conformance.Step) (any, error) {
	switch st.Name {
	case "set_url":
		url, err := st.Args.String(0, "url")
		if err != nil {
			return nil, err
		}
		return nil, s.p.SetURL(url)
	case "parse":
		return nil, s.parse(st.Args)
	case "modified":
		s.p.Touch()
		return nil, nil
	case "mtime":
		t := s.p.Fetched()
		if t.IsZero() {
			return 0, nil
		}
		return float64(t.UnixMicro()) / 1e6, nil
	case "site_maps":
		return list(s.p.Sitemaps()), nil
	}
	agent, err := st.Args.String(0, "useragent")
	if err != nil {
		return nil, err
	}
	return s.ask(st, agent)
}

// parse takes a list of lines.
func (s *subject) parse(args conformance.Args) error {
	v, _ := args.Lookup(0, "lines")
	list, ok := v.([]any)
	lines := make([]string, len(list))
	for i := range list {
		line, is := list[i].(string)
		lines[i], ok = line, ok && is
	}
	if !ok {
		return fmt.Errorf("lines are %T: %w", v, conformance.ErrNotApplicable)
	}
	s.p.ParseLines(slices.Values(lines))
	return nil
}

// ask are the questions about a crawler.
func (s *subject) ask(st *conformance.Step, agent string) (any, error) {
	switch st.Name {
	case "can_fetch":
		url, err := st.Args.String(1, "url")
		if err != nil {
			return nil, err
		}
		return s.p.CanFetch(agent, url), nil
	case "crawl_delay":
		if d, ok := s.p.CrawlDelay(agent); ok {
			return int(d / time.Second), nil
		}
		return nil, nil
	case "request_rate":
		if r, ok := s.p.RequestRate(agent); ok {
			return conformance.Named{Name: "RequestRate", Items: []any{r.Requests, int(r.Per / time.Second)}}, nil
		}
		return nil, nil
	}
	return nil, conformance.ErrNotApplicable
}

func list(texts []string) any {
	if texts == nil {
		return nil
	}
	out := make([]any, len(texts))
	for i, t := range texts {
		out[i] = t
	}
	return out
}
