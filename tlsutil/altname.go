package tlsutil

import (
	"encoding/json"
	"fmt"
	"net/netip"
	"strings"
	"unicode/utf8"
)

// An AltName is an alternative name of a subject. Type is "DNS", "IP Address", "email",
// "URI", "DirName", "Registered ID", "othername", "X400Name" or "EdiPartyName". Of a
// DirName, Dir is the value, of all others Value.
type AltName struct {
	Type  string
	Value string
	Dir   Name
}

// MarshalJSON writes ["type","value"].
func (a AltName) MarshalJSON() ([]byte, error) {
	if a.Type == "DirName" {
		return json.Marshal([2]any{a.Type, a.Dir})
	}
	return json.Marshal([2]string{a.Type, a.Value})
}

// UnmarshalJSON reads what MarshalJSON writes.
func (a *AltName) UnmarshalJSON(b []byte) error {
	var pair []json.RawMessage
	if err := json.Unmarshal(b, &pair); err != nil {
		return err
	}
	if len(pair) != 2 {
		return valueError("a pair has 2 parts, not %d", len(pair))
	}
	if err := json.Unmarshal(pair[0], &a.Type); err != nil {
		return err
	}
	if a.Type == "DirName" {
		return json.Unmarshal(pair[1], &a.Dir)
	}
	return json.Unmarshal(pair[1], &a.Value)
}

// plainText is text that must be UTF-8.
func plainText(b []byte) (string, error) {
	if !utf8.Valid(b) {
		return "", valueError("a name is not UTF-8")
	}
	return string(b), nil
}

// altNames reads GeneralNames; nil if they are malformed.
func altNames(list []der) ([]AltName, error) {
	for _, e := range list {
		if !wellFormed(e) {
			return nil, nil
		}
	}
	out := []AltName{}
	for _, e := range list {
		n, err := altName(e)
		if err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, nil
}

// wellFormed reports whether e is a GeneralName.
func wellFormed(e der) bool {
	if e.class != 2 {
		return false
	}
	switch e.tag {
	case 1, 2, 6, 7:
		return !e.constructed
	case 8:
		_, err := oid(e.body)
		return err == nil && !e.constructed
	case 4:
		f, err := e.items()
		if err != nil || len(f) != 1 {
			return false
		}
		_, err = name(f[0])
		return err == nil
	case 0:
		f, err := e.items()
		return err == nil && len(f) == 2 && f[0].is(tagOID) && f[1].context(0)
	case 3, 5:
		return e.constructed
	}
	return false
}

func altName(e der) (a AltName, err error) {
	switch e.tag {
	case 0:
		return AltName{Type: "othername", Value: otherName(e)}, nil
	case 1:
		a.Type = "email"
		a.Value, err = plainText(e.body)
	case 2:
		a.Type = "DNS"
		a.Value, err = plainText(e.body)
	case 3:
		return AltName{Type: "X400Name", Value: "<unsupported>"}, nil
	case 4:
		a.Type = "DirName"
		f, _ := e.items()
		a.Dir, err = name(f[0])
	case 5:
		return AltName{Type: "EdiPartyName", Value: "<unsupported>"}, nil
	case 6:
		a.Type = "URI"
		a.Value, err = plainText(e.body)
	case 7:
		return AltName{Type: "IP Address", Value: ipText(e.body)}, nil
	case 8:
		a.Type = "Registered ID"
		a.Value, err = oid(e.body)
		a.Value = longName(a.Value)
	}
	return a, err
}

// otherNames are the kinds of othername that OpenSSL prints.
var otherNames = map[string]string{
	"1.3.6.1.5.5.7.8.9":      "SmtpUTF8Mailbox",
	"1.3.6.1.5.5.7.8.5":      "XmppAddr",
	"1.3.6.1.5.5.7.8.7":      "SRVName",
	"1.3.6.1.4.1.311.20.2.3": "UPN",
	"1.3.6.1.5.5.7.8.8":      "NAIRealm",
}

func otherName(e der) string {
	const unsupported = "<unsupported>"
	f, err := e.items()
	if err != nil {
		return unsupported
	}
	id, _ := oid(f[0].body)
	kind, ok := otherNames[id]
	v, err := f[1].items()
	want := tagUTF8
	if kind == "SRVName" {
		want = tagIA5
	}
	if !ok || err != nil || len(v) != 1 || !v[0].is(want) {
		return unsupported
	}
	text, _, _ := strings.Cut(string(v[0].body), "\x00") // OpenSSL prints it with %s
	return kind + ":" + strings.ToValidUTF8(text, "\uFFFD")
}

func ipText(b []byte) string {
	switch len(b) {
	case 4:
		return netip.AddrFrom4([4]byte(b)).String()
	case 16:
		var s [8]string
		for i := range s {
			s[i] = fmt.Sprintf("%X", int(b[2*i])<<8|int(b[2*i+1]))
		}
		return strings.Join(s[:], ":")
	}
	return "<invalid>"
}
