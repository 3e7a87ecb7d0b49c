package uuid

import (
	"bytes"
	"database/sql/driver"
	"encoding/json"
)

// A NullUUID is a UUID that may be absent: NULL in a database, null in JSON. The
// zero value is absent.
type NullUUID struct {
	UUID  UUID
	Valid bool // UUID is there
}

// Scan implements [database/sql.Scanner]. NULL makes n absent; what else it
// accepts, and its errors, are those of [UUID.Scan]; n is unchanged after one.
func (n *NullUUID) Scan(src any) error {
	if src == nil {
		*n = NullUUID{}
		return nil
	}
	if err := n.UUID.Scan(src); err != nil {
		return err
	}
	n.Valid = true
	return nil
}

// Value implements [driver.Valuer]: the text of the UUID, or nil if it is absent.
// The error is always nil.
func (n NullUUID) Value() (driver.Value, error) {
	if !n.Valid {
		return nil, nil
	}
	return n.UUID.Value()
}

// MarshalText returns the text of the UUID, which is empty if it is absent. The
// error is always nil.
func (n NullUUID) MarshalText() ([]byte, error) {
	if !n.Valid {
		return []byte{}, nil
	}
	return n.UUID.MarshalText()
}

// UnmarshalText makes n absent if text is empty. What else it accepts, and its
// errors, are those of [UUID.UnmarshalText]; n is unchanged after one.
func (n *NullUUID) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*n = NullUUID{}
		return nil
	}
	if err := n.UUID.UnmarshalText(text); err != nil {
		return err
	}
	n.Valid = true
	return nil
}

// MarshalJSON returns the UUID as a string, or null. The error is always nil.
func (n NullUUID) MarshalJSON() ([]byte, error) {
	if !n.Valid {
		return []byte("null"), nil
	}
	b := append(make([]byte, 0, textLen+2), '"')
	return append(n.UUID.append(b), '"'), nil
}

// UnmarshalJSON reads null or a string that [Parse] accepts. The error is a
// [*ParseError], or what encoding/json says of what is no string; n is unchanged
// then.
func (n *NullUUID) UnmarshalJSON(data []byte) error {
	if bytes.Equal(data, []byte("null")) {
		*n = NullUUID{}
		return nil
	}
	var s string
	if err := json.Unmarshal(data, &s); err != nil {
		return err
	}
	u, err := parse("UnmarshalJSON", s)
	if err != nil {
		return err
	}
	*n = NullUUID{UUID: u, Valid: true}
	return nil
}
