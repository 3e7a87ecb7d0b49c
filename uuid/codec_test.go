package uuid_test

import (
	"bytes"
	"database/sql"
	"database/sql/driver"
	"encoding"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"flag"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/uuid"
)

var (
	_ encoding.TextAppender      = uuid.UUID{}
	_ encoding.TextMarshaler     = uuid.UUID{}
	_ encoding.TextUnmarshaler   = (*uuid.UUID)(nil)
	_ encoding.BinaryAppender    = uuid.UUID{}
	_ encoding.BinaryMarshaler   = uuid.UUID{}
	_ encoding.BinaryUnmarshaler = (*uuid.UUID)(nil)
	_ driver.Valuer              = uuid.UUID{}
	_ sql.Scanner                = (*uuid.UUID)(nil)
	_ encoding.TextMarshaler     = uuid.NullUUID{}
	_ encoding.TextUnmarshaler   = (*uuid.NullUUID)(nil)
	_ json.Marshaler             = uuid.NullUUID{}
	_ json.Unmarshaler           = (*uuid.NullUUID)(nil)
	_ driver.Valuer              = uuid.NullUUID{}
	_ sql.Scanner                = (*uuid.NullUUID)(nil)
)

func TestText(t *testing.T) {
	u := uuid.MustParse(sample)
	text, err := u.MarshalText()
	require.NoError(t, err)
	require.Equal(t, sample, string(text))
	text, err = u.AppendText([]byte("id "))
	require.NoError(t, err)
	require.Equal(t, "id "+sample, string(text))

	var v uuid.UUID
	require.NoError(t, v.UnmarshalText([]byte("{"+sample+"}")))
	require.Equal(t, u, v)
	for _, bad := range []string{"", "x", sample + "0"} {
		err := v.UnmarshalText([]byte(bad))
		var pe *uuid.ParseError
		require.ErrorAs(t, err, &pe)
		require.Equal(t, "UnmarshalText", pe.Func)
		require.Equal(t, u, v, "unchanged")
	}
}

func TestBinary(t *testing.T) {
	u := uuid.MustParse(sample)
	data, err := u.MarshalBinary()
	require.NoError(t, err)
	require.Equal(t, u[:], data)
	data[0] = 0xff
	require.Equal(t, byte(0x12), u[0], "a copy")
	data, err = u.AppendBinary([]byte{9})
	require.NoError(t, err)
	require.Equal(t, append([]byte{9}, u[:]...), data)

	var v uuid.UUID
	require.NoError(t, v.UnmarshalBinary(u[:]))
	require.Equal(t, u, v)
	for _, n := range []int{0, 15, 17} {
		require.ErrorIs(t, v.UnmarshalBinary(make([]byte, n)), uuid.ErrLength)
		require.Equal(t, u, v, "unchanged")
	}
}

func TestJSON(t *testing.T) {
	type record struct {
		ID    uuid.UUID            `json:"id"`
		Owner uuid.NullUUID        `json:"owner"`
		Group uuid.NullUUID        `json:"group,omitzero"`
		Names map[uuid.UUID]string `json:"names"`
	}
	r := record{
		ID:    uuid.NamespaceDNS,
		Owner: uuid.NullUUID{UUID: uuid.NamespaceURL, Valid: true},
		Names: map[uuid.UUID]string{uuid.NamespaceOID: "oid"},
	}
	const want = `{"id":"6ba7b810-9dad-11d1-80b4-00c04fd430c8","owner":"6ba7b811-9dad-11d1-80b4-00c04fd430c8",` +
		`"names":{"6ba7b812-9dad-11d1-80b4-00c04fd430c8":"oid"}}`
	text, err := json.Marshal(r)
	require.NoError(t, err)
	require.Equal(t, want, string(text))
	var back record
	require.NoError(t, json.Unmarshal(text, &back))
	require.Equal(t, r, back)

	r.Owner = uuid.NullUUID{}
	text, err = json.Marshal(r)
	require.NoError(t, err)
	require.Contains(t, string(text), `"owner":null`)
	require.NoError(t, json.Unmarshal(text, &back))
	require.Equal(t, r, back, "null makes it absent")

	require.NoError(t, json.Unmarshal([]byte(`{"id":null}`), &back))
	require.Equal(t, uuid.NamespaceDNS, back.ID, "null leaves a UUID as it is")
	require.NoError(t, json.Unmarshal([]byte(`{"owner":"\u0036ba7b811-9dad-11d1-80b4-00c04fd430c8"}`), &back))
	require.Equal(t, uuid.NamespaceURL, back.Owner.UUID, "escapes are read")

	for _, bad := range []string{
		`{"id":""}`, `{"id":5}`, `{"id":[1]}`, `{"id":"x"}`, `{"owner":""}`, `{"owner":5}`, `{"owner":"x"}`, `{"owner":{}}`,
		`{"names":{"x":""}}`,
	} {
		kept := back
		require.Error(t, json.Unmarshal([]byte(bad), &back), bad)
		require.Equal(t, kept.ID, back.ID)
		require.Equal(t, kept.Owner, back.Owner)
	}
	var n uuid.NullUUID
	require.ErrorIs(t, n.UnmarshalJSON([]byte(`"x"`)), uuid.ErrSyntax)
	require.Error(t, n.UnmarshalJSON(nil))
}

func TestOtherEncodings(t *testing.T) {
	type record struct {
		ID    uuid.UUID     `xml:"id,attr"`
		Owner uuid.NullUUID `xml:"owner"`
		Group uuid.NullUUID `xml:"group"`
	}
	r := record{ID: uuid.NamespaceDNS, Owner: uuid.NullUUID{UUID: uuid.NamespaceURL, Valid: true}}

	text, err := xml.Marshal(r)
	require.NoError(t, err)
	require.Equal(t, `<record id="6ba7b810-9dad-11d1-80b4-00c04fd430c8"><owner>6ba7b811-9dad-11d1-80b4-00c04fd430c8</owner><group></group></record>`, string(text))
	var fromXML record
	require.NoError(t, xml.Unmarshal(text, &fromXML))
	require.Equal(t, r, fromXML)

	var buf bytes.Buffer
	require.NoError(t, gob.NewEncoder(&buf).Encode(r.ID))
	var fromGob uuid.UUID
	require.NoError(t, gob.NewDecoder(&buf).Decode(&fromGob))
	require.Equal(t, r.ID, fromGob)

	fs := flag.NewFlagSet("", flag.ContinueOnError)
	var id uuid.UUID
	fs.TextVar(&id, "id", uuid.Nil, "")
	require.NoError(t, fs.Parse([]string{"-id", sample}))
	require.Equal(t, sample, id.String())
}

func TestSQL(t *testing.T) {
	u := uuid.MustParse(sample)
	v, err := u.Value()
	require.NoError(t, err)
	require.True(t, driver.IsValue(v))
	require.Equal(t, driver.Value(sample), v)

	for _, src := range []any{sample, "12345678123456781234567812345678", []byte(sample), u[:], [16]byte(u), u} {
		var got uuid.UUID
		require.NoError(t, got.Scan(src))
		require.Equal(t, u, got, "%T", src)
		var null uuid.NullUUID
		require.NoError(t, null.Scan(src))
		require.Equal(t, uuid.NullUUID{UUID: u, Valid: true}, null, "%T", src)
		var std sql.Null[uuid.UUID]
		require.NoError(t, std.Scan(src))
		require.Equal(t, sql.Null[uuid.UUID]{V: u, Valid: true}, std, "%T", src)
	}
	raw := bytes.Clone(u[:])
	var got uuid.UUID
	require.NoError(t, got.Scan(raw))
	raw[0]++
	require.Equal(t, u, got, "the driver's bytes are not kept")

	tests := []struct {
		src  any
		want error
		text string
	}{
		{"", uuid.ErrSyntax, `uuid: Scan(""): not 32 hexadecimal digits`},
		{[]byte{}, uuid.ErrSyntax, `uuid: Scan(""): not 32 hexadecimal digits`},
		{make([]byte, 15), uuid.ErrSyntax, `uuid: Scan("\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"): not 32 hexadecimal digits`},
		{int64(5), uuid.ErrScan, "uuid: cannot scan int64 into a UUID"},
		{nil, uuid.ErrScan, "uuid: cannot scan NULL into a UUID"},
	}
	for _, tt := range tests {
		got := u
		err := got.Scan(tt.src)
		require.ErrorIs(t, err, tt.want)
		require.EqualError(t, err, tt.text)
		require.Equal(t, u, got, "unchanged")
		if tt.src == nil {
			continue
		}
		null := uuid.NullUUID{UUID: u, Valid: true}
		require.ErrorIs(t, null.Scan(tt.src), tt.want)
		require.Equal(t, uuid.NullUUID{UUID: u, Valid: true}, null, "unchanged")
	}
}

func TestNullUUID(t *testing.T) {
	there := uuid.NullUUID{UUID: uuid.NamespaceDNS, Valid: true}
	v, err := there.Value()
	require.NoError(t, err)
	require.Equal(t, driver.Value("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), v)
	v, err = uuid.NullUUID{}.Value()
	require.NoError(t, err)
	require.Nil(t, v)

	n := there
	require.NoError(t, n.Scan(nil))
	require.Equal(t, uuid.NullUUID{}, n)

	n = there
	require.ErrorIs(t, n.UnmarshalText([]byte("x")), uuid.ErrSyntax)
	require.Equal(t, there, n, "unchanged")
	require.NoError(t, n.UnmarshalText(nil))
	require.Equal(t, uuid.NullUUID{}, n)
	text, err := n.MarshalText()
	require.NoError(t, err)
	require.Empty(t, text)
	require.NoError(t, n.UnmarshalText([]byte(uuid.NamespaceDNS.String())))
	require.Equal(t, there, n)
}

// FuzzCodecs holds the codecs against each other: what one writes of 16 bytes, it
// reads again.
func FuzzCodecs(f *testing.F) {
	f.Add(uuid.Nil[:])
	f.Add(uuid.Max[:])
	f.Add(uuid.NamespaceX500[:])
	f.Add([]byte("too short"))
	f.Fuzz(func(t *testing.T, data []byte) {
		u, err := uuid.FromBytes(data)
		if (err == nil) != (len(data) == 16) {
			t.Fatalf("FromBytes of %d bytes: %v", len(data), err)
		}
		if err != nil {
			return
		}
		le := u.BytesLE()
		fromLE, errLE := uuid.FromBytesLE(le[:])
		fromInt, errInt := uuid.FromInt(u.Int())
		fromFields, errFields := uuid.FromFields(u.Fields())
		if errLE != nil || errInt != nil || errFields != nil || fromLE != u || fromInt != u || fromFields != u {
			t.Fatalf("%v: bytes_le %v %v, int %v %v, fields %v %v", u, fromLE, errLE, fromInt, errInt, fromFields, errFields)
		}
		doc, err := json.Marshal(uuid.NullUUID{UUID: u, Valid: true})
		if err != nil {
			t.Fatal(err)
		}
		var fromJSON uuid.NullUUID
		if err := json.Unmarshal(doc, &fromJSON); err != nil || fromJSON.UUID != u || !fromJSON.Valid {
			t.Fatalf("%s: %v, %v", doc, fromJSON, err)
		}
		v, err := u.Value()
		if err != nil {
			t.Fatal(err)
		}
		var fromText, fromBytes uuid.UUID
		if err := fromText.Scan(v); err != nil || fromText != u {
			t.Fatalf("Scan(%v) = %v, %v", v, fromText, err)
		}
		if err := fromBytes.Scan(data); err != nil || fromBytes != u {
			t.Fatalf("Scan(%x) = %v, %v", data, fromBytes, err)
		}
		if got, ok := u.Time(); ok && got.IsZero() {
			t.Fatalf("%v: zero time", u)
		}
	})
}

// FuzzNullJSON holds NullUUID against encoding/json and Parse.
func FuzzNullJSON(f *testing.F) {
	for _, s := range []string{`null`, `"` + sample + `"`, `""`, `"\u0031"`, `5`, `{}`, `"\ud800"`, ` null `, `nul`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var n uuid.NullUUID
		err := json.Unmarshal(data, &n)
		var s *string
		if json.Unmarshal(data, &s) != nil {
			if err == nil {
				t.Fatalf("%s is no string or null, got %v", data, n)
			}
			return
		}
		if s == nil {
			if err != nil || n.Valid {
				t.Fatalf("null gives %v, %v", n, err)
			}
			return
		}
		u, errParse := uuid.Parse(*s)
		if (err == nil) != (errParse == nil) || n.UUID != u || n.Valid != (err == nil) {
			t.Fatalf("%s gives %v, %v, Parse %v, %v", data, n, err, u, errParse)
		}
	})
}
