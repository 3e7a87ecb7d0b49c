package urllibparse

import (
	"fmt"

	"github.com/pynet-go/pynet/internal/conformance"
	"github.com/pynet-go/pynet/urllib/parse"
)

// parser returns the arguments of urlsplit and its kin beside the URL.
func parser(c *call) (p parse.Parser, err error) {
	url := lookup(c, 0, "url")
	switch v := lookup(c, 1, "scheme").(type) {
	case nil:
	case []byte:
		if _, ok := url.([]byte); !ok {
			return p, notApplicable("scheme", v)
		}
		p.Scheme = string(v)
	default:
		s, ok := text(v)
		if _, bytes := url.([]byte); !ok || bytes && s != "" {
			return p, notApplicable("scheme", v)
		}
		p.Scheme = s
	}
	fragments, err := c.Args.BoolOr(2, "allow_fragments", true)
	if err != nil {
		return p, err
	}
	p.NoFragments = !fragments
	p.KeepEmpty, err = c.Args.BoolOr(-1, "missing_as_none", false)
	if scheme := lookup(c, 1, "scheme"); p.KeepEmpty && scheme != nil && p.Scheme == "" {
		// A default scheme that is there and empty: Parser.Scheme has none.
		return p, notApplicable("scheme", scheme)
	}
	return p, err
}

func urlsplit(c *call) (any, error) {
	p, err := parser(c)
	if err != nil {
		return nil, err
	}
	switch v := lookup(c, 0, "url").(type) {
	case []byte:
		r, err := p.SplitBytes(v)
		return splitBytes{r}, err
	default:
		s, ok := text(v)
		if !ok {
			return nil, notApplicable("url", v)
		}
		r, err := p.Split(s)
		return split{r}, err
	}
}

func urlparse(c *call) (any, error) {
	p, err := parser(c)
	if err != nil {
		return nil, err
	}
	switch v := lookup(c, 0, "url").(type) {
	case []byte:
		r, err := p.ParseBytes(v)
		return parsedBytes{r}, err
	default:
		s, ok := text(v)
		if !ok {
			return nil, notApplicable("url", v)
		}
		r, err := p.Parse(s)
		return parsed{r}, err
	}
}

func urldefrag(c *call) (any, error) {
	keep, err := c.Args.BoolOr(-1, "missing_as_none", false)
	if err != nil {
		return nil, err
	}
	p := parse.Parser{KeepEmpty: keep}
	switch v := lookup(c, 0, "url").(type) {
	case []byte:
		d, err := p.DefragBytes(v)
		return defraggedBytes{d}, err
	default:
		s, ok := text(v)
		if !ok {
			return nil, notApplicable("url", v)
		}
		d, err := p.Defrag(s)
		return defragged{d}, err
	}
}

func urljoin(c *call) (any, error) {
	fragments, err := c.Args.BoolOr(2, "allow_fragments", true)
	if err != nil {
		return nil, err
	}
	p := parse.Parser{NoFragments: !fragments}
	base, ref := lookup(c, 0, "base"), lookup(c, 1, "url")
	if b, ok := base.([]byte); ok {
		r, ok := ref.([]byte)
		if !ok {
			return nil, notApplicable("url", ref)
		}
		return p.JoinBytes(b, r)
	}
	b, ok := text(base)
	r, ok2 := text(ref)
	if !ok || !ok2 {
		return nil, notApplicable("base or url", ref)
	}
	s, err := p.Join(b, r)
	return str(s), err
}

func unwrap(c *call) (any, error) {
	s, ok := text(lookup(c, 0, "url"))
	if !ok {
		return nil, notApplicable("url", lookup(c, 0, "url"))
	}
	return str(parse.Unwrap(s)), nil
}

// components are the items of a tuple or a class as text or bytes.
type components struct {
	texts   []string
	blobs   [][]byte
	bytes   bool
	present parse.Component // those that are not None
}

// marks are the components of a tuple of five, and of six.
var (
	marks5 = []parse.Component{parse.HasScheme, parse.HasNetloc, parse.HasPath, parse.HasQuery, parse.HasFragment}
	marks6 = []parse.Component{parse.HasScheme, parse.HasNetloc, parse.HasPath, parse.HasParams, parse.HasQuery, parse.HasFragment}
)

func componentsOf(items []any, marks []parse.Component) (k components, err error) {
	if len(items) != len(marks) {
		return k, notApplicable(fmt.Sprintf("a tuple of %d", len(items)), items)
	}
	for _, v := range items {
		if _, ok := v.([]byte); ok {
			k.bytes = true
		}
	}
	for i, v := range items {
		s, isText := text(v)
		b, isBytes := v.([]byte)
		switch {
		case v == nil:
		case k.bytes && isText && s == "", k.bytes && isBytes, !k.bytes && isText:
			k.present |= marks[i]
		default:
			return k, notApplicable("component", v)
		}
		k.texts = append(k.texts, s)
		k.blobs = append(k.blobs, b)
	}
	k.present |= parse.HasPath
	return k, nil
}

func (k components) split(present parse.Component) conformance.Subject {
	if k.bytes {
		b := k.blobs
		return splitBytes{parse.SplitResultBytes{Scheme: b[0], Netloc: b[1], Path: b[2], Query: b[3], Fragment: b[4], Present: present}}
	}
	s := k.texts
	return split{parse.SplitResult{Scheme: s[0], Netloc: s[1], Path: s[2], Query: s[3], Fragment: s[4], Present: present}}
}

func (k components) parsed(present parse.Component) conformance.Subject {
	if k.bytes {
		b := k.blobs
		return parsedBytes{parse.ParseResultBytes{Scheme: b[0], Netloc: b[1], Path: b[2], Params: b[3], Query: b[4], Fragment: b[5], Present: present}}
	}
	s := k.texts
	return parsed{parse.ParseResult{Scheme: s[0], Netloc: s[1], Path: s[2], Params: s[3], Query: s[4], Fragment: s[5], Present: present}}
}

// fields returns the arguments of a class in the order of its fields.
func fields(c *call, names ...string) []any {
	items := make([]any, len(names))
	for i, n := range names {
		items[i] = lookup(c, i, n)
	}
	return items
}

func splitResult(c *call) (any, error) {
	k, err := componentsOf(fields(c, "scheme", "netloc", "path", "query", "fragment"), marks5)
	if err != nil {
		return nil, err
	}
	return k.split(0), nil
}

func parseResult(c *call) (any, error) {
	k, err := componentsOf(fields(c, "scheme", "netloc", "path", "params", "query", "fragment"), marks6)
	if err != nil {
		return nil, err
	}
	return k.parsed(0), nil
}

func defragResult(c *call) (any, error) {
	items := fields(c, "url", "fragment")
	if b, ok := items[0].([]byte); ok {
		f, ok := items[1].([]byte)
		if !ok {
			return nil, notApplicable("fragment", items[1])
		}
		return defraggedBytes{parse.DefragResultBytes{URL: b, Fragment: f}}, nil
	}
	s, ok := text(items[0])
	f, ok2 := text(items[1])
	if !ok || !ok2 {
		return nil, notApplicable("url or fragment", items[1])
	}
	return defragged{parse.DefragResult{URL: s, Fragment: f}}, nil
}

// A result is a subject that can be put together again.
type result interface {
	conformance.Subject
	// with returns the result with these marks.
	with(present parse.Component) result
	exact() (any, error)
	url() (any, error)
}

func urlunsplit(c *call) (any, error) { return unsplit(c, marks5, components.split) }
func urlunparse(c *call) (any, error) { return unsplit(c, marks6, components.parsed) }

// unsplit is urlunsplit and urlunparse: keep_empty=True is Exact, False takes
// the marks away.
func unsplit(c *call, marks []parse.Component, of func(components, parse.Component) conformance.Subject) (any, error) {
	keep, given := c.Args.Lookup(-1, "keep_empty")
	var r result
	switch v := lookup(c, 0, "components").(type) {
	case result:
		r = v
	case conformance.Tuple:
		return unsplitItems(v, marks, keep == true, of)
	case []any:
		return unsplitItems(v, marks, keep == true, of)
	default:
		return nil, notApplicable("components", v)
	}
	switch {
	case !given:
		return r.url()
	case keep == true:
		return r.exact()
	}
	return r.with(0).url()
}

func unsplitItems(items []any, marks []parse.Component, keep bool, of func(components, parse.Component) conformance.Subject) (any, error) {
	k, err := componentsOf(items, marks)
	if err != nil {
		return nil, err
	}
	r := of(k, k.present).(result)
	if keep {
		return r.exact()
	}
	return r.with(0).url()
}
