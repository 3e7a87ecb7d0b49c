package uuid

import (
	"database/sql/driver"
	"fmt"
)

// AppendText appends the form of [UUID.String] to b. The error is always nil. It
// implements [encoding.TextAppender].
func (u UUID) AppendText(b []byte) ([]byte, error) { return u.append(b), nil }

// MarshalText returns the form of [UUID.String]. The error is always nil. It
// implements [encoding.TextMarshaler], through which encoding/json, encoding/xml
// and others write a UUID, in JSON as a string or the key of an object.
func (u UUID) MarshalText() ([]byte, error) { return u.append(make([]byte, 0, textLen)), nil }

// UnmarshalText sets u to the UUID in text, which may have any form that [Parse]
// accepts: what comes of it is a value, which has one spelling. The error is a
// [*ParseError]; u is unchanged then. It implements [encoding.TextUnmarshaler],
// through which encoding/json and others read a UUID; of a JSON null they leave u
// as it is.
func (u *UUID) UnmarshalText(text []byte) error {
	v, err := parse("UnmarshalText", text)
	if err != nil {
		return err
	}
	*u = v
	return nil
}

// AppendBinary appends the 16 bytes to b. The error is always nil. It implements
// [encoding.BinaryAppender].
func (u UUID) AppendBinary(b []byte) ([]byte, error) { return append(b, u[:]...), nil }

// MarshalBinary returns the 16 bytes (`UUID.bytes`). The error is always nil. It
// implements [encoding.BinaryMarshaler], through which encoding/gob writes a UUID.
func (u UUID) MarshalBinary() ([]byte, error) { return u.AppendBinary(make([]byte, 0, len(u))) }

// UnmarshalBinary sets u to the 16 bytes of data. The error is [ErrLength]; u is
// unchanged then. It implements [encoding.BinaryUnmarshaler].
func (u *UUID) UnmarshalBinary(data []byte) error {
	v, err := FromBytes(data)
	if err != nil {
		return err
	}
	*u = v
	return nil
}

// Value returns the form of [UUID.String], which columns of type uuid and of text
// take. The error is always nil. It implements [driver.Valuer]. For a column of 16
// bytes, pass u[:].
func (u UUID) Value() (driver.Value, error) { return u.String(), nil }

// Scan sets u to what a database has: a text that [Parse] accepts, its bytes, 16
// bytes in network order, or an array of 16 bytes. The error is a [*ParseError],
// or matches [ErrScan] if src is NULL or of another type; u is unchanged then. It
// implements [database/sql.Scanner]; [NullUUID] is for columns that may be NULL.
func (u *UUID) Scan(src any) (err error) {
	var v UUID
	switch src := src.(type) {
	case nil:
		return fmt.Errorf("%w NULL into a UUID", ErrScan)
	case string:
		v, err = parse("Scan", src)
	case []byte:
		if len(src) == len(v) {
			v = UUID(src)
		} else {
			v, err = parse("Scan", src)
		}
	case [16]byte:
		v = src
	case UUID:
		v = src
	default:
		return fmt.Errorf("%w %T into a UUID", ErrScan, src)
	}
	if err != nil {
		return err
	}
	*u = v
	return nil
}
