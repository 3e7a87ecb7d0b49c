// Package httpstatus replays the vectors of Python's module http.
package httpstatus

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/pynet-go/pynet/httpx"
	"github.com/pynet-go/pynet/internal/conformance"
)

// An Adapter is the one of module http.
type Adapter struct{}

var errorTable = conformance.Errors{"KeyError": httpx.ErrStatus}

// Raises implements [conformance.Adapter].
func (Adapter) Raises(err error, e *conformance.Exception) bool {
	if e.Type == "ValueError" {
		return conformance.Errors{"ValueError": httpx.ErrStatus}.Raises(err, e) ||
			conformance.Errors{"ValueError": httpx.ErrMethod}.Raises(err, e)
	}
	return errorTable.Raises(err, e)
}

// Call implements [conformance.Adapter].
func (Adapter) Call(c *conformance.Call) (any, error) {
	name := strings.TrimPrefix(c.Name, "http.")
	class, member, _ := strings.Cut(name, ".")
	switch {
	case c.Record.Const && class == "HTTPStatus" && member == "":
		return statusClass{}, nil
	case c.Record.Const && class == "HTTPMethod" && member == "":
		return methodClass{}, nil
	case c.Record.Const && class == "HTTPStatus":
		s, err := httpx.StatusByName(member)
		return status(s), err
	case c.Record.Const && class == "HTTPMethod":
		m, err := httpx.ParseMethod(member)
		return method(m), err
	case class == "HTTPStatus":
		if f, err := floatArg(c); err == nil {
			return parseFloat(f)
		}
		code, err := c.Args.Int(0, "value")
		if err != nil {
			return nil, err
		}
		s, err := httpx.ParseStatus(int(code))
		return status(s), err
	case class == "HTTPMethod":
		text, err := c.Args.String(0, "value")
		if err != nil {
			return nil, err
		}
		m, err := httpx.ParseMethod(text)
		return method(m), err
	}
	return nil, conformance.ErrNotApplicable
}

func floatArg(c *conformance.Call) (float64, error) {
	v, _ := c.Args.Lookup(0, "value")
	if f, ok := v.(float64); ok {
		return f, nil
	}
	return 0, conformance.ErrNotApplicable
}

// parseFloat stands for a whole number written as a float, which Go's constants
// convert.
func parseFloat(f float64) (any, error) {
	if f != float64(int(f)) {
		return nil, conformance.ErrNotApplicable
	}
	s, err := httpx.ParseStatus(int(f))
	return status(s), err
}

type statusClass struct{}

// Value implements [conformance.Subject].
func (statusClass) Value() any { return conformance.Const("HTTPStatus") }

// Step implements [conformance.Subject].
func (statusClass) Step(st *conformance.Step) (any, error) {
	switch st.Kind + " " + st.Name {
	case "op len":
		n := 0
		for range httpx.Statuses() {
			n++
		}
		return n, nil
	case "op iter":
		return conformance.Collect(httpx.Statuses(), st.First, func(s httpx.Status) any { return status(s).Value() }), nil
	case "op item":
		name, ok := st.Arg.(string)
		if !ok {
			return nil, conformance.ErrNotApplicable
		}
		s, err := httpx.StatusByName(name)
		return status(s), err
	case "op in":
		switch v := st.Arg.(type) {
		case int64:
			return httpx.Status(v).IsKnown(), nil
		case status:
			return httpx.Status(v).IsKnown(), nil
		case string:
			return false, nil
		}
	}
	return nil, conformance.ErrNotApplicable
}

type methodClass struct{}

// Value implements [conformance.Subject].
func (methodClass) Value() any { return conformance.Const("HTTPMethod") }

// Step implements [conformance.Subject].
func (methodClass) Step(st *conformance.Step) (any, error) {
	name, isText := st.Arg.(string)
	switch st.Kind + " " + st.Name {
	case "op len":
		n := 0
		for range httpx.Methods() {
			n++
		}
		return n, nil
	case "op iter":
		return conformance.Collect(httpx.Methods(), st.First, func(m httpx.Method) any { return method(m).Value() }), nil
	case "op item":
		if !isText {
			return nil, conformance.ErrNotApplicable
		}
		m, err := httpx.ParseMethod(name)
		return method(m), err
	case "op in":
		if !isText {
			return nil, conformance.ErrNotApplicable
		}
		_, err := httpx.ParseMethod(name)
		return err == nil, nil
	}
	return nil, conformance.ErrNotApplicable
}

type status httpx.Status

// Value implements [conformance.Subject].
func (s status) Value() any { return conformance.Const("HTTPStatus." + httpx.Status(s).Name()) }

// numbers are the format specifications that mean the same in Python and in fmt.
var numbers = regexp.MustCompile(`^[0-9]*[dxXob]$`)

// Step implements [conformance.Subject].
func (s status) Step(st *conformance.Step) (any, error) {
	v := httpx.Status(s)
	switch st.Kind + " " + st.Name {
	case "get value", "op int":
		return int(v), nil
	case "get name":
		return v.Name(), nil
	case "get phrase":
		return v.Phrase(), nil
	case "get description":
		return v.Description(), nil
	case "get is_informational":
		return v.IsInformational(), nil
	case "get is_success":
		return v.IsSuccess(), nil
	case "get is_redirection":
		return v.IsRedirection(), nil
	case "get is_client_error":
		return v.IsClientError(), nil
	case "get is_server_error":
		return v.IsServerError(), nil
	case "op str":
		return v.String(), nil
	case "op repr":
		return fmt.Sprintf("<HTTPStatus.%s: %d>", v.Name(), int(v)), nil
	case "op format":
		spec, _ := st.Arg.(string)
		if spec == "" {
			return v.String(), nil
		}
		if numbers.MatchString(spec) {
			return fmt.Sprintf("%"+spec, int(v)), nil
		}
		return nil, conformance.ErrNotApplicable
	}
	if st.Kind == "op" {
		return compareStatus(v, st)
	}
	return nil, conformance.ErrNotApplicable
}

func compareStatus(v httpx.Status, st *conformance.Step) (any, error) {
	var o httpx.Status
	switch a := st.Arg.(type) {
	case int64:
		o = httpx.Status(a)
	case status:
		o = httpx.Status(a)
	default:
		return nil, conformance.ErrNotApplicable
	}
	switch st.Name {
	case "eq":
		return v == o, nil
	case "ne":
		return v != o, nil
	case "lt":
		return v < o, nil
	case "le":
		return v <= o, nil
	case "gt":
		return v > o, nil
	case "ge":
		return v >= o, nil
	}
	return nil, conformance.ErrNotApplicable
}

type method httpx.Method

// Value implements [conformance.Subject].
func (m method) Value() any { return conformance.Const("HTTPMethod." + httpx.Method(m).String()) }

// Step implements [conformance.Subject].
func (m method) Step(st *conformance.Step) (any, error) {
	v := httpx.Method(m)
	switch st.Kind + " " + st.Name {
	case "get value", "get name", "op str":
		return v.String(), nil
	case "get description":
		return v.Description(), nil
	case "op repr":
		return "<HTTPMethod." + v.String() + ">", nil
	case "op len":
		return len(v), nil
	case "op format":
		if st.Arg == "" {
			return v.String(), nil
		}
	case "op eq":
		if s, ok := st.Arg.(string); ok {
			return v == httpx.Method(s), nil
		}
	}
	return nil, conformance.ErrNotApplicable
}
