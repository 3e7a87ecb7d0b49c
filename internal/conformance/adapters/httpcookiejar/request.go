package httpcookiejar

import (
	"slices"
	"strings"

	"github.com/pynet-go/pynet/httpx/cookiejar"
	"github.com/pynet-go/pynet/internal/conformance"
)

// A request is a urllib.request.Request.
type request struct {
	q       *cookiejar.Request
	url     string
	headers []any // pairs
	added   []any
}

func newRequest(a conformance.Args) (any, error) {
	url, err := a.String(0, "url")
	if err != nil {
		return nil, err
	}
	r := &request{q: cookiejar.NewRequest(url), url: url, headers: []any{}, added: []any{}}
	if v, ok := a.Lookup(-1, "headers"); ok {
		d, ok := v.(*conformance.Dict)
		if !ok {
			return nil, notApplicable
		}
		for _, p := range d.Pairs {
			k, _ := p.Key.(string)
			if k != "" { // as Request.add_header writes it
				k = strings.ToUpper(k[:1]) + strings.ToLower(k[1:])
			}
			if host, ok := p.Value.(string); ok && k == "Host" && r.q.Host == "" {
				r.q.Host = host
			}
			r.headers = append(r.headers, []any{k, p.Value})
		}
	}
	if r.q.OriginHost, err = a.StringOr(-1, "origin_req_host", ""); err != nil {
		return nil, err
	}
	r.q.Unverifiable, err = a.BoolOr(-1, "unverifiable", false)
	return r, err
}

// Value implements [conformance.Subject].
func (r *request) Value() any {
	return conformance.Obj{Class: "Request", Str: r.url, Fields: map[string]any{"headers": r.headers, "unredirected_hdrs": r.added}}
}

// Step implements [conformance.Subject].
func (r *request) Step(*conformance.Step) (any, error) { return nil, notApplicable }

// add adds a header unless there is one.
func (r *request) add(name, value string) {
	has := func(p any) bool { return p.([]any)[0] == name }
	if value != "" && !slices.ContainsFunc(r.headers, has) && !slices.ContainsFunc(r.added, has) {
		r.added = append(r.added, []any{name, value})
	}
}

// requestFunction calls what the package asks a request itself.
func requestFunction(name string, r *request) (any, error) {
	host, erhn, path, port, third := cookiejar.Explain(r.q)
	switch name {
	case "request_host":
		return host, nil
	case "eff_request_host":
		return conformance.Tuple{host, erhn}, nil
	case "request_path":
		return path, nil
	case "request_port":
		if port == "" {
			return nil, nil
		}
		return port, nil
	case "is_third_party":
		return third, nil
	}
	return nil, notApplicable
}
