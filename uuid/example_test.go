package uuid_test

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/pynet-go/pynet/uuid"
)

func Example() {
	id := uuid.NewV4()
	fmt.Println(id.Version(), id.Variant())

	u, err := uuid.Parse("{6FA459EA-EE8A-3CA4-894E-DB77E160355E}")
	fmt.Println(u, err)
	fmt.Println(u == uuid.NewV3(uuid.NamespaceDNS, "python.org"))
	// Output:
	// 4 specified in RFC 4122
	// 6fa459ea-ee8a-3ca4-894e-db77e160355e <nil>
	// true
}

func ExampleParse() {
	for _, s := range []string{
		"12345678-1234-5678-1234-567812345678",
		"12345678123456781234567812345678",
		"urn:uuid:12345678-1234-5678-1234-567812345678",
		"{12345678-1234-5678-1234-567812345678}",
		"12345678-1234",
	} {
		fmt.Println(uuid.Parse(s))
	}
	// Output:
	// 12345678-1234-5678-1234-567812345678 <nil>
	// 12345678-1234-5678-1234-567812345678 <nil>
	// 12345678-1234-5678-1234-567812345678 <nil>
	// 12345678-1234-5678-1234-567812345678 <nil>
	// 00000000-0000-0000-0000-000000000000 uuid: Parse("12345678-1234"): not 32 hexadecimal digits
}

func ExampleParseStrict() {
	_, err := uuid.ParseStrict("12345678-12345678-1234-5678-12345678")
	fmt.Println(errors.Is(err, uuid.ErrSyntax), err)
	var pe *uuid.ParseError
	if errors.As(err, &pe) {
		fmt.Println("at byte", pe.Pos)
	}
	// Output:
	// true uuid: ParseStrict("12345678-12345678-1234-5678-12345678"): a hyphen belongs here
	// at byte 13
}

func ExampleNewV5() {
	fmt.Println(uuid.NewV5(uuid.NamespaceDNS, "python.org"))
	fmt.Println(uuid.NewV5(uuid.NamespaceDNS, []byte("python.org")))

	tenant := uuid.MustParse("0191d6a4-3b7e-7c52-9a51-0b6d2d4f1e63") // a namespace of one's own
	fmt.Println(uuid.NewV5(tenant, "invoice 17"))
	// Output:
	// 886313e1-3b8a-5372-9b90-0c9aee199e5d
	// 886313e1-3b8a-5372-9b90-0c9aee199e5d
	// 0d375efc-3bc5-50a0-bc7c-ec9faf2e78c7
}

// UUIDs of version 7 sort in the order in which they were made, which suits keys
// of a database.
func ExampleNewV7() {
	var ids []uuid.UUID
	for range 1000 {
		ids = append(ids, uuid.NewV7())
	}
	fmt.Println(slices.IsSortedFunc(ids, uuid.UUID.Compare))
	// Output: true
}

// Version 8 holds bits of one's own: here the number of a shard, a kind, and
// a count.
func ExampleNewV8() {
	fmt.Println(uuid.NewV8(0x5a, 7, 1234567))
	// Output: 00000000-005a-8007-8000-00000012d687
}

// A time-based UUID tells when it was made. It is no secret.
func ExampleUUID_Time() {
	u := uuid.MustParse("017f22e2-79b0-7cc3-98c4-dc0c0c07398f")
	fmt.Println(u.Time())
	_, ok := uuid.NewV4().Time()
	fmt.Println(ok)
	// Output:
	// 2022-02-22 19:22:22 +0000 UTC true
	// false
}

func ExampleUUID_Fields() {
	u := uuid.MustParse("12345678-1234-5678-1234-567812345678")
	f := u.Fields()
	fmt.Printf("%#x %#x %#x\n", f.TimeLow, f.TimeMid, f.Node)

	f.TimeMid = 1 << 16
	_, err := uuid.FromFields(f)
	fmt.Println(err)
	// Output:
	// 0x12345678 0x1234 0x567812345678
	// uuid: time_mid 65536 is out of range: it must have at most 16 bits and no sign
}

// Windows keeps the first three fields of a GUID in little-endian order.
func ExampleFromBytesLE() {
	guid := []byte{0x78, 0x56, 0x34, 0x12, 0x34, 0x12, 0x78, 0x56, 0x12, 0x34, 0x56, 0x78, 0x12, 0x34, 0x56, 0x78}
	u, err := uuid.FromBytesLE(guid)
	fmt.Println(u, err)
	fmt.Printf("%x\n", u.BytesLE())
	// Output:
	// 12345678-1234-5678-1234-567812345678 <nil>
	// 78563412341278561234567812345678
}

func ExampleUUID_Int() {
	u := uuid.MustParse("12345678-1234-5678-1234-567812345678")
	n := u.Int()
	fmt.Println(n)
	fmt.Println(uuid.FromInt(n.Add(n, n)))
	// Output:
	// 24197857161011715162171839636988778104
	// 2468acf0-2468-acf0-2468-acf02468acf0 <nil>
}

// Types of other packages that are arrays of 16 bytes convert both ways.
func ExampleUUID_conversion() {
	type otherUUID [16]byte
	other := otherUUID(uuid.NamespaceURL)
	fmt.Println(uuid.UUID(other))
	// Output: 6ba7b811-9dad-11d1-80b4-00c04fd430c8
}

func ExampleUUID_WithVersion() {
	hash := []byte("sixteen bytes...") // perhaps of another hash function
	u, err := uuid.FromBytes(hash)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(u.WithVersion(8))
	// Output: 73697874-6565-8e20-a279-7465732e2e2e <nil>
}

// A Generator whose sources are fixed makes the same UUIDs in every run of a test.
func ExampleGenerator() {
	g := uuid.Generator{
		Now:      func() time.Time { return time.Date(2022, time.February, 22, 19, 22, 22, 0, time.UTC) },
		Rand:     bytes.NewReader(bytes.Repeat([]byte{7}, 100)),
		Node:     uuid.FixedNode(0x9f6bdeced846),
		ClockSeq: func() uint16 { return 0x33c8 },
	}
	for _, next := range []func() (uuid.UUID, error){g.NewV1, g.NewV4, g.NewV6, g.NewV7, g.NewV7} {
		fmt.Println(next())
	}
	// Output:
	// c232ab00-9414-11ec-b3c8-9f6bdeced846 <nil>
	// 07070707-0707-4707-8707-070707070707 <nil>
	// 1ec9414c-232a-6b01-b3c8-9f6bdeced846 <nil>
	// 017f22e2-79b0-741c-8707-070707070707 <nil>
	// 017f22e2-79b0-741c-8707-070807070707 <nil>
}

// Python's uuid1 tells the hardware address of the machine. Here it must be asked
// for.
func ExampleHardwareNode() {
	g := uuid.Generator{Node: uuid.HardwareNode}
	u, err := g.NewV1()
	switch {
	case errors.Is(err, uuid.ErrNoHardware): // as in many a container
		fmt.Println("ok")
	case err == nil && u.Node()>>40&1 == 0: // no multicast bit
		fmt.Println("ok")
	}
	// Output: ok
}

// In a virtual machine that may be cloned, no randomness should be kept in store.
func ExampleGenerator_cloned() {
	g := uuid.Generator{Rand: rand.Reader}
	u, err := g.NewV4()
	fmt.Println(u.Version(), err)
	// Output: 4 <nil>
}

func ExampleNullUUID() {
	var doc struct {
		ID     uuid.UUID     `json:"id"`
		Parent uuid.NullUUID `json:"parent"`
	}
	err := json.Unmarshal([]byte(`{"id": "017f22e2-79b0-7cc3-98c4-dc0c0c07398f", "parent": null}`), &doc)
	fmt.Println(doc.ID, doc.Parent.Valid, err)

	doc.Parent = uuid.NullUUID{UUID: uuid.NamespaceDNS, Valid: true}
	text, err := json.Marshal(doc)
	fmt.Println(string(text), err)
	// Output:
	// 017f22e2-79b0-7cc3-98c4-dc0c0c07398f false <nil>
	// {"id":"017f22e2-79b0-7cc3-98c4-dc0c0c07398f","parent":"6ba7b810-9dad-11d1-80b4-00c04fd430c8"} <nil>
}
