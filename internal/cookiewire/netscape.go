package cookiewire

import (
	"strings"
	"time"
)

// ParseNetscape reads Set-Cookie headers, each as the list of its attributes, of which the
// first is the cookie: `parse_ns_headers`. Names of the usual attributes come in small
// letters; that of a version comes last if the header had none.
func ParseNetscape(headers []string, now time.Time) [][]Attr {
	var out [][]Attr
	for _, h := range headers {
		if list := netscape(h, now); len(list) > 0 {
			out = append(out, list)
		}
	}
	return out
}

func netscape(h string, now time.Time) []Attr {
	list := make([]Attr, 0, strings.Count(h, ";")+2)
	versioned := false
	for first := true; ; first = false {
		part, rest, more := strings.Cut(h, ";")
		name, v, hasValue := strings.Cut(part, "=")
		name, v = TrimSpace(name), TrimSpace(v)
		a := Attr{Name: name, Value: v, NoValue: !hasValue}
		switch {
		case name == "" && first:
			return nil
		case name == "":
		case first:
			list = append(list, a)
		default:
			a.Name = known(name)
			switch a.Name {
			case "version":
				a.Value = stripQuotes(v)
				versioned = true
			case "expires":
				t, ok := int64(0), false
				if hasValue {
					t, ok = HTTPTime(stripQuotes(v), now)
				}
				a.Time, a.NoValue = t, !ok
			}
			list = append(list, a)
		}
		if !more {
			break
		}
		h = rest
	}
	if !versioned {
		list = append(list, Attr{Name: "version", Value: "0"})
	}
	return list
}

// known returns the name of a usual attribute in small letters, another as it is.
func known(name string) string {
	for _, k := range [...]string{"expires", "domain", "path", "secure", "version", "port", "max-age"} {
		if len(k) == len(name) && strings.EqualFold(k, name) {
			return k
		}
	}
	return name
}

func stripQuotes(s string) string {
	s = strings.TrimPrefix(s, `"`)
	return strings.TrimSuffix(s, `"`)
}
