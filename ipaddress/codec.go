package ipaddress

import (
	"database/sql/driver"
	"fmt"
)

// Text, and with it JSON: encoding/json uses these methods for values and for
// the keys of maps.

// AppendText appends what [Addr.AppendTo] does. The error is always nil.
func (a Addr) AppendText(b []byte) ([]byte, error) { return a.AppendTo(b), nil }

// MarshalText returns the canonical spelling, and nothing for the zero Addr. The
// error is always nil.
func (a Addr) MarshalText() ([]byte, error) { return a.AppendTo([]byte{}), nil }

// UnmarshalText reads what [ParseAddr] does, with the same errors, and the empty
// text as the zero Addr.
func (a *Addr) UnmarshalText(text []byte) error { return unmarshalText(a, text, parseAddrText) }

func parseAddrText(text []byte) (Addr, error) {
	a, n, why := scanAddr(text, 0)
	if why != parsed || n != len(text) {
		return Addr{}, addrError("UnmarshalText", 0, text, n, why)
	}
	return a, nil
}

// AppendText appends what [Network.AppendTo] does. The error is always nil.
func (n Network) AppendText(b []byte) ([]byte, error) { return n.AppendTo(b), nil }

// MarshalText returns the canonical spelling, and nothing for the zero Network.
// The error is always nil.
func (n Network) MarshalText() ([]byte, error) { return n.AppendTo([]byte{}), nil }

// UnmarshalText reads what [ParseNetwork] does, with the same errors, and the
// empty text as the zero Network.
func (n *Network) UnmarshalText(text []byte) error { return unmarshalText(n, text, parseNetworkText) }

func parseNetworkText(text []byte) (Network, error) { return parseNetwork("UnmarshalText", 0, text) }

// AppendText appends what [Interface.AppendTo] does. The error is always nil.
func (i Interface) AppendText(b []byte) ([]byte, error) { return i.AppendTo(b), nil }

// MarshalText returns the canonical spelling, and nothing for the zero Interface.
// The error is always nil.
func (i Interface) MarshalText() ([]byte, error) { return i.AppendTo([]byte{}), nil }

// UnmarshalText reads what [ParseInterface] does, with the same errors, and the
// empty text as the zero Interface.
func (i *Interface) UnmarshalText(text []byte) error {
	return unmarshalText(i, text, parseInterfaceText)
}

func parseInterfaceText(text []byte) (Interface, error) {
	return parseInterface("UnmarshalText", 0, text)
}

// unmarshalText sets *v only if there is no error.
func unmarshalText[T any](v *T, text []byte, parse func([]byte) (T, error)) error {
	if len(text) == 0 {
		*v = *new(T)
		return nil
	}
	x, err := parse(text)
	if err == nil {
		*v = x
	}
	return err
}

// Binary, in the form of net/netip: the 4 or 16 bytes of the address and, of
// networks and interfaces, a byte for the prefix length; a zone stands after the
// 16 bytes.

// AppendBinary appends the 4 or 16 bytes of the address, most significant first,
// and the zone; nothing for the zero Addr. The error is always nil.
func (a Addr) AppendBinary(b []byte) ([]byte, error) { return a.appendBinary(b), nil }

func (a Addr) appendBinary(b []byte) []byte {
	switch {
	case a.Is4():
		b4 := a.As4()
		return append(b, b4[:]...)
	case !a.IsValid():
		return b
	}
	b16 := a.As16()
	return append(append(b, b16[:]...), a.Zone()...)
}

// MarshalBinary returns what [Addr.AppendBinary] appends. The error is always nil.
func (a Addr) MarshalBinary() ([]byte, error) { return a.appendBinary([]byte{}), nil }

// UnmarshalBinary reads what [Addr.MarshalBinary] writes. The error matches
// [ErrAddress]: another length, or a zone that is none.
func (a *Addr) UnmarshalBinary(b []byte) error {
	x, err := addrFromBinary(b)
	if err == nil {
		*a = x
	}
	return err
}

func addrFromBinary(b []byte) (Addr, error) {
	if len(b) == 0 {
		return Addr{}, nil
	}
	if len(b) <= 16 {
		return AddrFromBytes(b)
	}
	return AddrFrom16([16]byte(b)).WithZone(string(b[16:]))
}

// AppendBinary appends the bytes of the address, the zone, and the prefix length
// as a byte; nothing for the zero Network. The error is always nil.
func (n Network) AppendBinary(b []byte) ([]byte, error) {
	return appendPrefixed(b, n.addr, n.prefix), nil
}

// MarshalBinary returns what [Network.AppendBinary] appends. The error is always
// nil.
func (n Network) MarshalBinary() ([]byte, error) {
	return appendPrefixed([]byte{}, n.addr, n.prefix), nil
}

// UnmarshalBinary reads what [Network.MarshalBinary] writes. The error matches
// [ErrAddress], [ErrNetmask] or [ErrHostBits].
func (n *Network) UnmarshalBinary(b []byte) error {
	return unmarshalPrefixed(n, b, NetworkFrom)
}

// AppendBinary appends the bytes of the address, the zone, and the prefix length
// as a byte; nothing for the zero Interface. The error is always nil.
func (i Interface) AppendBinary(b []byte) ([]byte, error) {
	return appendPrefixed(b, i.addr, i.prefix), nil
}

// MarshalBinary returns what [Interface.AppendBinary] appends. The error is always
// nil.
func (i Interface) MarshalBinary() ([]byte, error) {
	return appendPrefixed([]byte{}, i.addr, i.prefix), nil
}

// UnmarshalBinary reads what [Interface.MarshalBinary] writes. The error matches
// [ErrAddress] or [ErrNetmask].
func (i *Interface) UnmarshalBinary(b []byte) error {
	return unmarshalPrefixed(i, b, InterfaceFrom)
}

func appendPrefixed(b []byte, a Addr, bits uint8) []byte {
	if !a.IsValid() {
		return b
	}
	return append(a.appendBinary(b), bits)
}

func unmarshalPrefixed[T any](v *T, b []byte, from func(Addr, int) (T, error)) error {
	if len(b) == 0 {
		*v = *new(T)
		return nil
	}
	a, err := addrFromBinary(b[:len(b)-1])
	if err != nil {
		return err
	}
	x, err := from(a, int(b[len(b)-1]))
	if err == nil {
		*v = x
	}
	return err
}

// SQL: the values are texts, as the types inet and cidr of PostgreSQL take and
// give them; NULL is the zero value.

// Value implements [driver.Valuer]: the canonical spelling, or nil for the zero
// Addr. The error is always nil.
func (a Addr) Value() (driver.Value, error) { return textValue(a, a.IsValid()) }

// Scan implements [database/sql.Scanner] for a text, as string or bytes, and for
// NULL. The error is that of [ParseAddr], or matches [ErrAddress] if src is of
// another type.
func (a *Addr) Scan(src any) error { return scanText(a, src, parseAddrText) }

// Value implements [driver.Valuer]: the canonical spelling, or nil for the zero
// Network. The error is always nil.
func (n Network) Value() (driver.Value, error) { return textValue(n, n.IsValid()) }

// Scan implements [database/sql.Scanner] for a text, as string or bytes, and for
// NULL. The error is that of [ParseNetwork], or matches [ErrAddress] if src is of
// another type.
func (n *Network) Scan(src any) error { return scanText(n, src, parseNetworkText) }

// Value implements [driver.Valuer]: the canonical spelling, or nil for the zero
// Interface. The error is always nil.
func (i Interface) Value() (driver.Value, error) { return textValue(i, i.IsValid()) }

// Scan implements [database/sql.Scanner] for a text, as string or bytes, and for
// NULL. The error is that of [ParseInterface], or matches [ErrAddress] if src is
// of another type.
func (i *Interface) Scan(src any) error { return scanText(i, src, parseInterfaceText) }

func textValue(v fmt.Stringer, valid bool) (driver.Value, error) {
	if !valid {
		return nil, nil
	}
	return v.String(), nil
}

func scanText[T any](v *T, src any, parse func([]byte) (T, error)) error {
	switch src := src.(type) {
	case nil:
		*v = *new(T)
		return nil
	case string:
		return unmarshalText(v, []byte(src), parse)
	case []byte:
		return unmarshalText(v, src, parse)
	}
	return fmt.Errorf("%w: cannot scan %T", ErrAddress, src)
}
