package urllibparse

import (
	"math/big"
	"strconv"
	"strings"

	"github.com/pynet-go/pynet/internal/conformance"
	"github.com/pynet-go/pynet/urllib/parse"
)

func quote(c *call, plus bool) (any, error) {
	def := "/"
	if plus {
		def = ""
	}
	keep, err := safe(c, 1, def)
	if err != nil {
		return nil, err
	}
	q := parse.Quoter{Safe: keep, Plus: plus}
	v := lookup(c, 0, "string")
	if b, ok := v.([]byte); ok {
		if lookup(c, 2, "encoding") != nil || lookup(c, 3, "errors") != nil {
			return nil, notApplicable("string", v)
		}
		return q.QuoteBytes(b), nil
	}
	s, ok := text(v)
	if !ok {
		return nil, notApplicable("string", v)
	}
	if q.Encoding, q.Errors, err = codec(c, 2); err != nil {
		return nil, err
	}
	return q.Quote(s)
}

func quoteFromBytes(c *call) (any, error) {
	b, err := c.Args.Bytes(0, "bs")
	if err != nil {
		return nil, err
	}
	keep, err := safe(c, 1, "/")
	if err != nil {
		return nil, err
	}
	return parse.Quoter{Safe: keep}.QuoteBytes(b), nil
}

func unquote(c *call, plus bool) (any, error) {
	u := parse.Unquoter{Plus: plus}
	var err error
	if u.Encoding, u.Errors, err = codec(c, 1); err != nil {
		return nil, err
	}
	v := lookup(c, 0, "string")
	if b, ok := v.([]byte); ok {
		s, err := u.UnquoteBytes(b)
		return str(s), err
	}
	s, ok := text(v)
	if !ok {
		return nil, notApplicable("string", v)
	}
	s, err = u.Unquote(s)
	return str(s), err
}

func unquoteToBytes(c *call) (any, error) {
	switch v := lookup(c, 0, "string").(type) {
	case string:
		return parse.UnquoteToBytes(v), nil
	case []byte:
		return parse.UnquoteToBytes(v), nil
	default: // lone surrogates are a str that has no UTF-8
		return nil, notApplicable("string", v)
	}
}

// query returns the query string and the parser for it. In bytes, nothing is
// decoded: that is ErrorsSurrogateEscape.
func query(c *call) (qs string, bytes bool, p parse.QueryParser, err error) {
	v := lookup(c, 0, "qs")
	b, bytes := v.([]byte)
	if bytes {
		qs = string(b)
	} else {
		var ok bool
		if qs, ok = text(v); !ok {
			return "", false, p, notApplicable("qs", v)
		}
	}
	if p.KeepBlank, err = c.Args.BoolOr(1, "keep_blank_values", false); err != nil {
		return "", false, p, err
	}
	if p.Strict, err = c.Args.BoolOr(2, "strict_parsing", false); err != nil {
		return "", false, p, err
	}
	p.Errors = parse.ErrorsSurrogateEscape
	if !bytes {
		if p.Encoding, p.Errors, err = codec(c, 3); err != nil {
			return "", false, p, err
		}
	}
	p.MaxFields = -1 // Python's None
	if v := lookup(c, 5, "max_num_fields"); v != nil {
		n, ok := v.(int64)
		if !ok {
			return "", false, p, notApplicable("max_num_fields", v)
		}
		p.MaxFields = int(n)
	}
	p.Separator, err = separator(c, bytes)
	return qs, bytes, p, err
}

// separator returns the argument of that name. One of the other type than the
// query string is converted by Python, if it is ASCII.
func separator(c *call, bytes bool) (parse.Separator, error) {
	v, ok := c.Args.Lookup(6, "separator")
	if !ok {
		return parse.Separator{}, nil
	}
	b, isBytes := v.([]byte)
	s, isText := text(v)
	if isBytes {
		s = string(b)
	}
	ascii := strings.IndexFunc(s, func(c rune) bool { return c > 0x7F }) < 0
	if !isBytes && !isText || isBytes != bytes && !ascii {
		return parse.Separator{}, notApplicable("separator", v)
	}
	return parse.SeparatedBy(s), nil
}

// piece is a name or value of a query.
func piece(s string, bytes bool) any {
	if bytes {
		return []byte(s)
	}
	return str(s)
}

func parseQSL(c *call) (any, error) {
	qs, bytes, p, err := query(c)
	if err != nil {
		return nil, err
	}
	pairs, err := p.ParseQSL(qs)
	out := []any{}
	for _, f := range pairs {
		out = append(out, conformance.Tuple{piece(f.Name, bytes), piece(f.Value, bytes)})
	}
	return out, err
}

func parseQS(c *call) (any, error) {
	qs, bytes, p, err := query(c)
	if err != nil {
		return nil, err
	}
	values, err := p.ParseQS(qs)
	out := &conformance.Dict{}
	for name, list := range values.All() {
		items := []any{}
		for _, v := range list {
			items = append(items, piece(v, bytes))
		}
		out.Pairs = append(out.Pairs, conformance.Pair{Key: piece(name, bytes), Value: items})
	}
	return out, err
}

func urlencode(c *call) (any, error) {
	doseq, err := c.Args.BoolOr(1, "doseq", false)
	if err != nil {
		return nil, err
	}
	var e parse.QueryEncoder
	if e.Safe, err = safe(c, 2, ""); err != nil {
		return nil, err
	}
	if e.Encoding, e.Errors, err = codec(c, 3); err != nil {
		return nil, err
	}
	switch via := lookup(c, 5, "quote_via"); via {
	case nil, conformance.Const("urllib.parse.quote_plus"):
	case conformance.Const("urllib.parse.quote"):
		e.Percent20 = true
	default:
		return nil, notApplicable("quote_via", via)
	}
	items, err := itemsOf(lookup(c, 0, "query"), doseq)
	if err != nil {
		return nil, err
	}
	return e.EncodeItems(items)
}

// itemsOf returns what urlencode is to encode: a dictionary or a sequence of
// pairs.
func itemsOf(query any, doseq bool) (items []parse.Item, err error) {
	var pairs []any
	switch q := query.(type) {
	case *conformance.Dict:
		for _, p := range q.Pairs {
			pairs = append(pairs, conformance.Tuple{p.Key, p.Value})
		}
	case []any:
		pairs = q
	case conformance.Tuple:
		pairs = q
	default:
		return nil, notApplicable("query", q)
	}
	for _, p := range pairs {
		pair, ok := p.(conformance.Tuple)
		if !ok || len(pair) != 2 {
			return nil, notApplicable("a pair", p)
		}
		var it parse.Item
		if it.Name, err = scalar(pair[0]); err != nil {
			return nil, err
		}
		if it.Value, err = valueOf(pair[1], doseq); err != nil {
			return nil, err
		}
		items = append(items, it)
	}
	return items, nil
}

// valueOf returns a value, or with doseq a list of values.
func valueOf(v any, doseq bool) (any, error) {
	var list []any
	switch v := v.(type) {
	case []any:
		list = v
	case conformance.Tuple:
		list = v
	case *conformance.Dict: // iterates over its keys
		for _, p := range v.Pairs {
			list = append(list, p.Key)
		}
	default:
		return scalar(v)
	}
	if !doseq {
		return nil, notApplicable("value", v)
	}
	out := make([]any, 0, len(list))
	for _, v := range list {
		s, err := scalar(v)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

// scalar returns bytes as they are, and of other values what Python's str makes
// of them.
func scalar(v any) (any, error) {
	switch v := v.(type) {
	case []byte:
		return v, nil
	case nil:
		return "None", nil
	case bool:
		if v {
			return "True", nil
		}
		return "False", nil
	case int64:
		return v, nil
	case *big.Int:
		return v.String(), nil
	case float64:
		return pyFloat(v), nil
	}
	if s, ok := text(v); ok {
		return s, nil
	}
	return nil, notApplicable("value", v)
}

// pyFloat is Python's str of a float.
func pyFloat(f float64) string {
	s := strconv.FormatFloat(f, 'g', -1, 64)
	if exp := strconv.FormatFloat(f, 'e', -1, 64); strings.Contains(exp, "e") {
		n, _ := strconv.Atoi(exp[strings.IndexByte(exp, 'e')+1:])
		if n >= -4 && n < 16 {
			s = strconv.FormatFloat(f, 'f', -1, 64)
			if !strings.Contains(s, ".") {
				s += ".0"
			}
		} else {
			s = exp
		}
	}
	return strings.ToLower(strings.TrimPrefix(s, "+"))
}
