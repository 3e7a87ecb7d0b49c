package conformance

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
)

// decodeValue turns one JSON value of the vector format into a Go value.
func decodeValue(raw json.RawMessage) (any, error) {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 {
		return nil, fmt.Errorf("conformance: empty value")
	}
	switch raw[0] {
	case '{':
		return decodeTagged(raw)
	case '[':
		items, err := decodeList(raw)
		return items, err
	case '"':
		var s string
		err := json.Unmarshal(raw, &s)
		return s, err
	case 'n':
		return nil, nil
	case 't', 'f':
		return raw[0] == 't', nil
	}
	if n, err := strconv.ParseInt(string(raw), 10, 64); err == nil {
		return n, nil
	}
	n, ok := new(big.Int).SetString(string(raw), 10)
	if !ok {
		return nil, fmt.Errorf("conformance: %s is no value of the format", raw)
	}
	return n, nil
}

func decodeList(raw json.RawMessage) ([]any, error) {
	var items []json.RawMessage
	if err := json.Unmarshal(raw, &items); err != nil {
		return nil, err
	}
	out := make([]any, 0, len(items))
	for _, it := range items {
		v, err := decodeValue(it)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// A member is one key of a JSON object, which keeps its order.
type member struct {
	key string
	raw json.RawMessage
}

func decodeMembers(raw json.RawMessage) ([]member, error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	if _, err := dec.Token(); err != nil {
		return nil, err
	}
	var out []member
	for dec.More() {
		tok, err := dec.Token()
		if err != nil {
			return nil, err
		}
		key, ok := tok.(string)
		if !ok {
			return nil, fmt.Errorf("conformance: key %v", tok)
		}
		var v json.RawMessage
		if err := dec.Decode(&v); err != nil {
			return nil, err
		}
		out = append(out, member{key, v})
	}
	return out, nil
}

// decodeTagged decodes {"$tag":…}; an object without a tag is a [Dict].
func decodeTagged(raw json.RawMessage) (any, error) {
	ms, err := decodeMembers(raw)
	if err != nil {
		return nil, err
	}
	for _, m := range ms {
		if strings.HasPrefix(m.key, "$") {
			return decodeTag(m.key[1:], m.raw, ms)
		}
	}
	d := &Dict{}
	for _, m := range ms {
		v, err := decodeValue(m.raw)
		if err != nil {
			return nil, err
		}
		d.Pairs = append(d.Pairs, Pair{m.key, v})
	}
	return d, nil
}

func decodeTag(tag string, raw json.RawMessage, ms []member) (any, error) {
	if tag == "new" {
		return decodeNew(raw, ms)
	}
	v, err := decodeValue(raw)
	if err != nil {
		return nil, err
	}
	fields := map[string]any{}
	for _, m := range ms {
		if m.key == "$"+tag {
			continue
		}
		if fields[m.key], err = decodeValue(m.raw); err != nil {
			return nil, err
		}
	}
	switch x := v.(type) {
	case string:
		if v, ok, err := decodeTextTag(tag, x, fields); ok || err != nil {
			return v, err
		}
	case []any:
		if v, ok, err := decodeListTag(tag, x, fields); ok || err != nil {
			return v, err
		}
	case bool:
		if tag == "more" {
			return More{}, nil
		}
	}
	return Other{Tag: tag, V: v, Fields: fields}, nil
}

// decodeTextTag decodes the tags whose value is a text.
func decodeTextTag(tag, s string, fields map[string]any) (v any, ok bool, err error) {
	switch tag {
	case "int":
		n, ok := new(big.Int).SetString(s, 10)
		if !ok {
			return nil, false, fmt.Errorf("conformance: $int %q", s)
		}
		if n.IsInt64() {
			return n.Int64(), true, nil
		}
		return n, true, nil
	case "float":
		f, err := parseFloat(s)
		return f, true, err
	case "bytes":
		b, err := hex.DecodeString(s)
		return b, true, err
	case "const":
		return Const(s), true, nil
	case "datetime":
		return DateTime(s), true, nil
	case "date":
		return Date(s), true, nil
	case "ref":
		return refArg(s), true, nil
	case "obj":
		o := Obj{Class: s, Fields: fields}
		o.Str, _ = fields["str"].(string)
		delete(fields, "str")
		return o, true, nil
	case "named":
		n := Named{Name: s, Fields: fields}
		n.Items, _ = fields["items"].([]any)
		delete(fields, "items")
		return n, true, nil
	}
	return nil, false, nil
}

func parseFloat(s string) (float64, error) {
	switch s {
	case "inf":
		return math.Inf(1), nil
	case "-inf":
		return math.Inf(-1), nil
	case "nan":
		return math.NaN(), nil
	}
	return strconv.ParseFloat(s, 64)
}

// decodeListTag decodes the tags whose value is a list.
func decodeListTag(tag string, xs []any, fields map[string]any) (v any, ok bool, err error) {
	switch tag {
	case "str":
		out := make(CodePoints, 0, len(xs))
		for _, x := range xs {
			n, _ := x.(int64)
			out = append(out, rune(n))
		}
		return out, true, nil
	case "tuple":
		return Tuple(xs), true, nil
	case "set":
		return Set(xs), true, nil
	case "iter":
		return Iter(xs), true, nil
	case "dict":
		d := &Dict{}
		d.Unordered, _ = fields["unordered"].(bool)
		for _, x := range xs {
			kv, _ := x.([]any)
			if len(kv) != 2 {
				return nil, false, fmt.Errorf("conformance: entry of a dict has %d items", len(kv))
			}
			d.Pairs = append(d.Pairs, Pair{kv[0], kv[1]})
		}
		return d, true, nil
	case "rep":
		return decodeRep(xs)
	case "cat":
		return decodeCat(xs)
	}
	return nil, false, nil
}

func decodeRep(xs []any) (any, bool, error) {
	if len(xs) == 2 {
		n, _ := xs[1].(int64)
		switch x := xs[0].(type) {
		case string:
			return strings.Repeat(x, int(n)), true, nil
		case []byte:
			return bytes.Repeat(x, int(n)), true, nil
		}
	}
	return nil, false, fmt.Errorf("conformance: $rep wants a text or bytes, and a number")
}

func decodeCat(xs []any) (any, bool, error) {
	var text strings.Builder
	var bin []byte
	isBytes := false
	for _, x := range xs {
		switch x := x.(type) {
		case string:
			text.WriteString(x)
		case []byte:
			isBytes = true
			bin = append(bin, x...)
		default:
			return nil, false, fmt.Errorf("conformance: $cat of %T", x)
		}
	}
	if isBytes {
		return bin, true, nil
	}
	return text.String(), true, nil
}

func decodeNew(raw json.RawMessage, ms []member) (any, error) {
	var n newArg
	if err := json.Unmarshal(raw, &n.call); err != nil {
		return nil, err
	}
	var err error
	for _, m := range ms {
		switch m.key {
		case "args":
			n.args.Pos, err = decodeList(m.raw)
		case "kwargs":
			n.args.Kw, err = decodeKwargs(m.raw)
		case "set":
			n.set, err = decodeList(m.raw)
		}
		if err != nil {
			return nil, err
		}
	}
	return n, nil
}

func decodeKwargs(raw json.RawMessage) (map[string]any, error) {
	ms, err := decodeMembers(raw)
	if err != nil {
		return nil, err
	}
	out := make(map[string]any, len(ms))
	for _, m := range ms {
		if out[m.key], err = decodeValue(m.raw); err != nil {
			return nil, err
		}
	}
	return out, nil
}
