package urllibparse

import (
	"github.com/pynet-go/pynet/internal/conformance"
	"github.com/pynet-go/pynet/urllib/parse"
)

// A subject is what [step] needs of a result.
type subject interface {
	conformance.Subject
	url() (any, error)
	recode(e parse.Encoding, mode parse.ErrorMode) (any, error)
}

// netloc is the properties of a result that has an authority.
type netloc struct {
	username, password, hostname func() any
	port                         func() (int, bool, error)
}

// step does what all results have in common. names are the fields.
func step(r subject, items []any, names []string, recode string, n *netloc, s *conformance.Step) (any, error) {
	switch {
	case s.Kind == "op" && s.Name == "iter":
		return items, nil
	case s.Kind == "do" && s.Name == "geturl":
		return r.url()
	case s.Kind == "do" && s.Name == recode:
		e, mode, err := codec(&call{Args: s.Args}, 0)
		if err != nil {
			return nil, err
		}
		if e == nil {
			e = parse.ASCII // Python's default
		}
		return r.recode(e, mode)
	case s.Kind == "get" && n != nil:
		switch s.Name {
		case "username":
			return n.username(), nil
		case "password":
			return n.password(), nil
		case "hostname":
			return n.hostname(), nil
		case "port":
			port, ok, err := n.port()
			if err != nil || !ok {
				return nil, err
			}
			return port, nil
		}
	}
	if s.Kind == "get" {
		for i, name := range names {
			if s.Name == name {
				return items[i], nil
			}
		}
	}
	return nil, conformance.ErrNotApplicable
}

var (
	names5 = []string{"scheme", "netloc", "path", "query", "fragment"}
	names6 = []string{"scheme", "netloc", "path", "params", "query", "fragment"}
	names2 = []string{"url", "fragment"}
)

// optional is None for what is not there.
func optional[T any](v T, ok bool, value func(T) any) any {
	if !ok {
		return nil
	}
	return value(v)
}

func blob(b []byte) any { return append([]byte{}, b...) }

// textItems are the items of a result: None for what is recorded as missing.
func textItems(texts []string, marks []parse.Component, present parse.Component) []any {
	items := make([]any, len(texts))
	for i, s := range texts {
		items[i] = optional(s, s != "" || present == 0 || present&marks[i] != 0, str)
	}
	return items
}

func blobItems(blobs [][]byte, marks []parse.Component, present parse.Component) []any {
	items := make([]any, len(blobs))
	for i, b := range blobs {
		items[i] = optional(b, len(b) > 0 || present == 0 || present&marks[i] != 0, blob)
	}
	return items
}

// split is a SplitResult.
type split struct{ r parse.SplitResult }

func (s split) items() []any {
	r := s.r
	return textItems([]string{r.Scheme, r.Netloc, r.Path, r.Query, r.Fragment}, marks5, r.Present)
}

func (s split) Value() any { return conformance.Named{Name: "SplitResult", Items: s.items()} }

func (s split) Step(st *conformance.Step) (any, error) {
	return step(s, s.items(), names5, "encode", textNetloc(s.r), st)
}

func (s split) url() (any, error) { return str(parse.Unsplit(s.r)), nil }

func (s split) exact() (any, error) {
	u, err := s.r.Exact()
	return str(u), err
}

func (s split) with(present parse.Component) result {
	s.r.Present = present
	return s
}

func (s split) recode(e parse.Encoding, mode parse.ErrorMode) (any, error) {
	r, err := s.r.Encode(e, mode)
	return splitBytes{r}, err
}

// hasText and hasBlobs are what results of text and of bytes have in common.
type (
	hasText interface {
		Username() (string, bool)
		Password() (string, bool)
		Hostname() string
		Port() (int, bool, error)
	}
	hasBlobs interface {
		Username() ([]byte, bool)
		Password() ([]byte, bool)
		Hostname() []byte
		Port() (int, bool, error)
	}
)

func textNetloc(r hasText) *netloc {
	return &netloc{
		username: func() any { v, ok := r.Username(); return optional(v, ok, str) },
		password: func() any { v, ok := r.Password(); return optional(v, ok, str) },
		hostname: func() any { v := r.Hostname(); return optional(v, v != "", str) },
		port:     r.Port,
	}
}

func blobNetloc(r hasBlobs) *netloc {
	return &netloc{
		username: func() any { v, ok := r.Username(); return optional(v, ok, blob) },
		password: func() any { v, ok := r.Password(); return optional(v, ok, blob) },
		hostname: func() any { v := r.Hostname(); return optional(v, v != nil, blob) },
		port:     r.Port,
	}
}

// splitBytes is a SplitResultBytes.
type splitBytes struct{ r parse.SplitResultBytes }

func (s splitBytes) items() []any {
	r := s.r
	return blobItems([][]byte{r.Scheme, r.Netloc, r.Path, r.Query, r.Fragment}, marks5, r.Present)
}

func (s splitBytes) Value() any { return conformance.Named{Name: "SplitResultBytes", Items: s.items()} }

func (s splitBytes) Step(st *conformance.Step) (any, error) {
	return step(s, s.items(), names5, "decode", blobNetloc(s.r), st)
}

func (s splitBytes) url() (any, error)   { return parse.UnsplitBytes(s.r) }
func (s splitBytes) exact() (any, error) { return s.r.Exact() }

func (s splitBytes) with(present parse.Component) result {
	s.r.Present = present
	return s
}

func (s splitBytes) recode(e parse.Encoding, mode parse.ErrorMode) (any, error) {
	r, err := s.r.Decode(e, mode)
	return split{r}, err
}

// parsed is a ParseResult.
type parsed struct{ r parse.ParseResult }

func (s parsed) items() []any {
	r := s.r
	return textItems([]string{r.Scheme, r.Netloc, r.Path, r.Params, r.Query, r.Fragment}, marks6, r.Present)
}

func (s parsed) Value() any { return conformance.Named{Name: "ParseResult", Items: s.items()} }

func (s parsed) Step(st *conformance.Step) (any, error) {
	return step(s, s.items(), names6, "encode", textNetloc(s.r), st)
}

func (s parsed) url() (any, error) { return str(parse.Unparse(s.r)), nil }

func (s parsed) exact() (any, error) {
	u, err := s.r.Exact()
	return str(u), err
}

func (s parsed) with(present parse.Component) result {
	s.r.Present = present
	return s
}

func (s parsed) recode(e parse.Encoding, mode parse.ErrorMode) (any, error) {
	r, err := s.r.Encode(e, mode)
	return parsedBytes{r}, err
}

// parsedBytes is a ParseResultBytes.
type parsedBytes struct{ r parse.ParseResultBytes }

func (s parsedBytes) items() []any {
	r := s.r
	return blobItems([][]byte{r.Scheme, r.Netloc, r.Path, r.Params, r.Query, r.Fragment}, marks6, r.Present)
}

func (s parsedBytes) Value() any {
	return conformance.Named{Name: "ParseResultBytes", Items: s.items()}
}

func (s parsedBytes) Step(st *conformance.Step) (any, error) {
	return step(s, s.items(), names6, "decode", blobNetloc(s.r), st)
}

func (s parsedBytes) url() (any, error)   { return parse.UnparseBytes(s.r) }
func (s parsedBytes) exact() (any, error) { return s.r.Exact() }

func (s parsedBytes) with(present parse.Component) result {
	s.r.Present = present
	return s
}

func (s parsedBytes) recode(e parse.Encoding, mode parse.ErrorMode) (any, error) {
	r, err := s.r.Decode(e, mode)
	return parsed{r}, err
}

// marks2 are the components of a tuple of a URL, which is always there, and its
// fragment.
var marks2 = []parse.Component{parse.HasPath, parse.HasFragment}

// defragged is a DefragResult.
type defragged struct{ d parse.DefragResult }

func (s defragged) items() []any {
	return textItems([]string{s.d.URL, s.d.Fragment}, marks2, s.d.Present)
}

func (s defragged) Value() any { return conformance.Named{Name: "DefragResult", Items: s.items()} }

func (s defragged) Step(st *conformance.Step) (any, error) {
	return step(s, s.items(), names2, "encode", nil, st)
}

func (s defragged) url() (any, error) { return str(s.d.String()), nil }

func (s defragged) recode(e parse.Encoding, mode parse.ErrorMode) (any, error) {
	d, err := s.d.Encode(e, mode)
	return defraggedBytes{d}, err
}

// defraggedBytes is a DefragResultBytes.
type defraggedBytes struct{ d parse.DefragResultBytes }

func (s defraggedBytes) items() []any {
	return blobItems([][]byte{s.d.URL, s.d.Fragment}, marks2, s.d.Present)
}

func (s defraggedBytes) Value() any {
	return conformance.Named{Name: "DefragResultBytes", Items: s.items()}
}

func (s defraggedBytes) Step(st *conformance.Step) (any, error) {
	return step(s, s.items(), names2, "decode", nil, st)
}

func (s defraggedBytes) url() (any, error) { return s.d.Bytes(), nil }

func (s defraggedBytes) recode(e parse.Encoding, mode parse.ErrorMode) (any, error) {
	d, err := s.d.Decode(e, mode)
	return defragged{d}, err
}
