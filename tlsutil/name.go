package tlsutil

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strings"
	"sync"
)

// A Name is a directory name: its relative names in order, each a set of attributes, mostly
// one.
type Name [][]Attribute

// An Attribute is a type and a value of a [Name]. The type is OpenSSL's long name, such as
// "commonName", or a dotted number. In JSON it is an array of the two, as Python's tuple
// becomes one.
type Attribute struct {
	Type  string
	Value string
}

// MarshalJSON writes ["type","value"].
func (a Attribute) MarshalJSON() ([]byte, error) { return json.Marshal([2]string{a.Type, a.Value}) }

// UnmarshalJSON reads what MarshalJSON writes.
func (a *Attribute) UnmarshalJSON(b []byte) error { return unmarshalPair(b, &a.Type, &a.Value) }

func unmarshalPair(b []byte, x, y *string) error {
	var pair []string
	if err := json.Unmarshal(b, &pair); err != nil {
		return err
	}
	if len(pair) != 2 {
		return valueError("a pair has 2 texts, not %d", len(pair))
	}
	*x, *y = pair[0], pair[1]
	return nil
}

// Lookup returns the first value of the type, such as "commonName".
func (n Name) Lookup(typ string) (string, bool) {
	for _, rdn := range n {
		for _, a := range rdn {
			if a.Type == typ {
				return a.Value, true
			}
		}
	}
	return "", false
}

// String returns the name in one line, "countryName=XY, commonName=localhost"; control
// characters and the separators within values are escaped.
func (n Name) String() string {
	var parts []string
	for _, rdn := range n {
		var set []string
		for _, a := range rdn {
			set = append(set, a.Type+"="+strings.NewReplacer(`\`, `\\`, ",", `\,`, "+", `\+`, "=", `\=`).Replace(safeText(a.Value)))
		}
		parts = append(parts, strings.Join(set, "+"))
	}
	return strings.Join(parts, ", ")
}

// nameTypes are the string types of an attribute's value, those that OpenSSL accepts.
var nameTypes = []int{tagNumeric, tagPrintable, tagT61, tagIA5, tagBitString, tagUniversal, tagBMP, tagUTF8, tagSequence}

// name reads a Name.
func name(e der) (Name, error) {
	rdns, err := e.sequence()
	if err != nil {
		return nil, err
	}
	out := Name{}
	for _, rdn := range rdns {
		if !rdn.is(tagSet) {
			return nil, errDER
		}
		attrs, err := rdn.items()
		if err != nil {
			return nil, err
		}
		var set []Attribute
		for _, a := range attrs {
			attr, err := attribute(a)
			if err != nil {
				return nil, err
			}
			set = append(set, attr)
		}
		if len(set) > 0 {
			out = append(out, set)
		}
	}
	return out, nil
}

func attribute(e der) (Attribute, error) {
	f, err := e.sequence()
	if err != nil || len(f) != 2 || !f[0].is(tagOID) {
		return Attribute{}, errDER
	}
	typ, err := oid(f[0].body)
	if err != nil {
		return Attribute{}, err
	}
	if f[1].class == 0 && !slices.Contains(nameTypes, f[1].tag) {
		return Attribute{}, errDER
	}
	value, err := f[1].text()
	return Attribute{longName(typ), value}, err
}

//go:embed oids.txt
var oidText string

var oidNames = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(oidText) {
		number, text, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		m[number] = text
	}
	return m
})

// longName is OpenSSL's long name of an object identifier, or the number.
func longName(oid string) string {
	if s, ok := oidNames()[oid]; ok {
		return s
	}
	return oid
}
