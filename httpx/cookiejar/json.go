package cookiejar

import (
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"time"
	"unicode/utf8"
)

// JSON is a list of objects, one a cookie, with a field for each of [Cookie]'s, in small
// letters and with underscores. It keeps all that is known of a cookie, but for
// non-standard attributes that are not UTF-8.
var JSON Format = jsonFormat{}

type jsonFormat struct{}

// jsonCookie is a cookie as JSON.
type jsonCookie struct {
	Version          int        `json:"version"`
	Name             string     `json:"name"`
	Value            *string    `json:"value"`
	Port             string     `json:"port,omitempty"`
	PortSpecified    bool       `json:"port_specified,omitempty"`
	Domain           string     `json:"domain"`
	DomainSpecified  bool       `json:"domain_specified,omitempty"`
	DomainInitialDot bool       `json:"domain_initial_dot,omitempty"`
	Path             string     `json:"path"`
	PathSpecified    bool       `json:"path_specified,omitempty"`
	Secure           bool       `json:"secure,omitempty"`
	Expires          *int64     `json:"expires,omitempty"`
	Discard          bool       `json:"discard,omitempty"`
	Comment          string     `json:"comment,omitempty"`
	CommentURL       string     `json:"comment_url,omitempty"`
	RFC2109          bool       `json:"rfc2109,omitempty"`
	Rest             []jsonAttr `json:"rest,omitempty"`
	// Raw has what is not UTF-8, in base64, by the name of its field.
	Raw map[string][]byte `json:"raw,omitempty"`
}

// jsonAttr is a non-standard attribute as JSON.
type jsonAttr struct {
	Name  string  `json:"name"`
	Value *string `json:"value"`
}

// texts are the fields that a server chooses freely.
func (c *Cookie) texts() map[string]*string {
	return map[string]*string{
		"name": &c.Name, "value": &c.Value, "domain": &c.Domain, "path": &c.Path, "port": &c.Port, "comment": &c.Comment, "comment_url": &c.CommentURL,
	}
}

// MarshalJSON writes the cookie as the format JSON has it.
func (c *Cookie) MarshalJSON() ([]byte, error) { return json.Marshal(c.json()) }

func (c *Cookie) json() *jsonCookie {
	j := &jsonCookie{
		c.Version, c.Name, &c.Value, c.Port, c.PortSpecified, c.Domain, c.DomainSpecified, c.DomainInitialDot, c.Path,
		c.PathSpecified, c.Secure, nil, c.Discard, c.Comment, c.CommentURL, c.RFC2109, nil, nil,
	}
	if c.NoValue {
		j.Value = nil
	}
	for _, a := range c.rest {
		if utf8.ValidString(a.name) && (a.value == nil || utf8.ValidString(*a.value)) {
			j.Rest = append(j.Rest, jsonAttr{a.name, a.value})
		}
	}
	for name, s := range c.texts() {
		if !utf8.ValidString(*s) {
			if j.Raw == nil {
				j.Raw = map[string][]byte{}
			}
			j.Raw[name] = []byte(*s)
		}
	}
	if !c.Expires.IsZero() {
		t := c.Expires.Unix()
		j.Expires = &t
	}
	return j
}

// UnmarshalJSON reads what MarshalJSON wrote. The error is an *Error with ErrLoad for a
// cookie with a control character or with a version that no cookie has.
func (c *Cookie) UnmarshalJSON(b []byte) error {
	var j jsonCookie
	if err := json.Unmarshal(b, &j); err != nil {
		return err
	}
	return c.fromJSON(&j)
}

func (c *Cookie) fromJSON(j *jsonCookie) error {
	*c = Cookie{
		Version: j.Version, Name: j.Name, NoValue: j.Value == nil, Port: j.Port, PortSpecified: j.PortSpecified, Domain: j.Domain,
		DomainSpecified: j.DomainSpecified, DomainInitialDot: j.DomainInitialDot, Path: j.Path, PathSpecified: j.PathSpecified,
		Secure: j.Secure, Discard: j.Discard || j.Expires == nil, Comment: j.Comment, CommentURL: j.CommentURL, RFC2109: j.RFC2109,
	}
	if j.Value != nil {
		c.Value = *j.Value
	}
	for name, s := range c.texts() {
		if raw, ok := j.Raw[name]; ok {
			*s = string(raw)
		}
	}
	for _, a := range j.Rest {
		c.setAttr(a.Name, a.Value)
	}
	if j.Expires != nil {
		c.Expires = time.Unix(*j.Expires, 0).UTC()
	}
	if c.Version < NoVersion || unfit(c.Name, c.Value, c.Domain, c.Path, c.Port) {
		return &Error{Op: "load", Name: c.Name, Kind: ErrLoad}
	}
	return nil
}

func (jsonFormat) Write(w io.Writer, cookies iter.Seq[*Cookie]) error {
	sep := "[\n"
	var left error
	for c := range cookies {
		if unfit(c.Name, c.Value, c.Domain, c.Path, c.Port) {
			left = cmp.Or(left, error(&Error{Op: "save", Name: c.Name, Kind: ErrFormat}))
			continue
		}
		b, err := json.Marshal(c.json())
		if err != nil {
			return err
		}
		if _, err := io.WriteString(w, sep); err != nil {
			return err
		}
		if _, err := w.Write(b); err != nil {
			return err
		}
		sep = ",\n"
	}
	end := "\n]\n"
	if sep == "[\n" {
		end = "[]\n"
	}
	if _, err := io.WriteString(w, end); err != nil {
		return err
	}
	return left
}

func (jsonFormat) Read(r io.Reader, _ time.Time, keep func(*Cookie) error) error {
	d := json.NewDecoder(r)
	bad := func(err error) error {
		var e *Error
		var syntax *json.SyntaxError
		var typ *json.UnmarshalTypeError
		switch {
		case errors.As(err, &e):
			return err
		case err == nil, errors.As(err, &syntax), errors.As(err, &typ), err == io.EOF, err == io.ErrUnexpectedEOF:
			return &Error{Op: "load", Name: "JSON", Kind: ErrLoad}
		}
		return err
	}
	if t, err := d.Token(); err != nil || t != json.Delim('[') {
		return bad(err)
	}
	for d.More() {
		var j jsonCookie
		if err := d.Decode(&j); err != nil {
			return bad(err)
		}
		c := new(Cookie)
		if err := c.fromJSON(&j); err != nil {
			return err
		}
		if err := keep(c); err != nil {
			return err
		}
	}
	if t, err := d.Token(); err != nil || t != json.Delim(']') {
		return bad(err)
	}
	return nil
}
