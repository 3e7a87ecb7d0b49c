package cookies

import (
	"encoding/json"
	"fmt"
)

// jsonMorsel is a morsel as JSON.
type jsonMorsel struct {
	Name  string         `json:"name"`
	Value string         `json:"value"`
	Coded string         `json:"coded_value"`
	Attrs map[string]any `json:"attributes,omitempty"`
}

// MarshalJSON writes name, value, coded_value and the attributes that are there.
func (m *Morsel) MarshalJSON() ([]byte, error) {
	attrs := map[string]any{}
	for name, v := range m.Attrs() {
		attrs[name] = v
	}
	return json.Marshal(jsonMorsel{m.name, m.value, m.coded, attrs})
}

// UnmarshalJSON reads what MarshalJSON wrote, with the checks of [Morsel.Set] and
// [Morsel.SetAttr]. On an error m is as it was.
func (m *Morsel) UnmarshalJSON(b []byte) error {
	var j jsonMorsel
	if err := json.Unmarshal(b, &j); err != nil {
		return fmt.Errorf("cookies: %w", err)
	}
	var n Morsel
	if err := n.Set(j.Name, j.Value, j.Coded); err != nil {
		return err
	}
	for name, v := range j.Attrs {
		err := fail(name, ErrAttribute)
		switch v := v.(type) {
		case string:
			err = n.SetAttr(name, v)
		case bool:
			err = n.SetFlag(name, v)
		case float64:
			if i := int64(v); float64(i) == v {
				err = n.SetInt(name, i)
			}
		}
		if err != nil {
			return err
		}
	}
	*m = n
	return nil
}

// MarshalJSON writes a list of the cookies, in the order in which they came.
func (j *Jar) MarshalJSON() ([]byte, error) {
	if j.order == nil {
		return []byte("[]"), nil
	}
	return json.Marshal(j.order)
}

// UnmarshalJSON reads what MarshalJSON wrote, into an empty jar or beside the cookies that
// are there. On an error the jar is as it was.
func (j *Jar) UnmarshalJSON(b []byte) error {
	var list []*Morsel
	if err := json.Unmarshal(b, &list); err != nil {
		return err
	}
	for _, m := range list {
		if m == nil {
			return fail("", ErrName)
		}
	}
	for _, m := range list {
		if err := j.Put(m); err != nil {
			return err
		}
	}
	return nil
}
