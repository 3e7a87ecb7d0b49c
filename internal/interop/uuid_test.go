//go:build interop

package interop_test

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/internal/interop"
	"github.com/pynet-go/pynet/uuid"
)

// describe is what both ends tell of a UUID. Python reads the time of versions 6
// and 7 since 3.14, which is when it could make them.
const describe = `
import uuid
def describe(u):
    time = u.time if u.version not in (6, 7) or hasattr(uuid, 'uuid7') else None
    return [str(u), u.hex, str(u.int), u.urn, u.bytes.hex(), u.bytes_le.hex(), list(u.fields),
            u.clock_seq, u.node, u.variant, u.version, time]
`

func describeUUID(u uuid.UUID, modern bool) []any {
	f, le := u.Fields(), u.BytesLE()
	var version, time any
	if u.Variant() == uuid.RFC4122 {
		version = u.Version()
	}
	if v := u.Version(); modern || v != 6 && v != 7 {
		time = u.Timestamp()
	}
	return []any{
		u.String(), u.Hex(), u.Int().String(), u.URN(), hex.EncodeToString(u[:]), hex.EncodeToString(le[:]),
		[]int64{f.TimeLow, f.TimeMid, f.TimeHiVersion, f.ClockSeqHiVariant, f.ClockSeqLow, f.Node},
		u.ClockSeq(), u.Node(), u.Variant().String(), version, time,
	}
}

// isModern asks whether Python has versions 6 to 8.
func isModern(t *testing.T, p *interop.Python) bool {
	t.Helper()
	answers, err := p.Map("import uuid\ndef f(x): return hasattr(uuid, 'uuid7')", []any{nil})
	require.NoError(t, err)
	return string(answers[0].OK) == "true"
}

// seeded gives the same inputs in each run.
func seeded() *rand.Rand { return rand.New(rand.NewPCG(9562, 4122)) }

func randomUUID(r *rand.Rand) uuid.UUID {
	u := uuid.NewV8(r.Uint64(), r.Uint64(), r.Uint64())
	u[6], u[8] = byte(r.Uint32()), byte(r.Uint32()) // any version and variant
	if r.IntN(8) == 0 {
		clear(u[r.IntN(16):])
	}
	return u
}

// TestUUIDText has both read texts, most of them nearly a UUID.
func TestUUIDText(t *testing.T) {
	p, r := python(t), seeded()
	modern := isModern(t, p)
	pieces := []string{
		"-", "--", "{", "}", "{}", "urn:", "uuid:", "urn:uuid:", "URN:", "urn", "0x", "0X", "_", "__", "+", " ", "\t", "\n", "\x00",
		"\u00a0", "\u2003", "\u0661", "\uff11", "\u00b2", "\U0001d7d8", "\ufeff", "g", "0", "F", "a", "\x1c", "\x7f", "\u0085",
	}
	inputs := []any{"", "-", "urn:uuid:", "0x", strings.Repeat("_", 32), strings.Repeat("\u0969", 32)}
	for range 2000 {
		u := randomUUID(r)
		s := []rune([]string{u.String(), u.Hex(), u.URN(), "{" + u.String() + "}", strings.ToUpper(u.Hex())}[r.IntN(5)])
		for range r.IntN(4) {
			i := r.IntN(len(s) + 1)
			if r.IntN(3) == 0 {
				i = r.IntN(2) * len(s) // at an end
			}
			piece := []rune(pieces[r.IntN(len(pieces))])
			over := min(len(s)-i, r.IntN(2)*len(piece)) // written over, or put between
			s = append(s[:i:i], append(piece, s[i+over:]...)...)
		}
		inputs = append(inputs, string(s))
	}
	agree(t, p, describe+"def f(x): return describe(uuid.UUID(x))", inputs, func(x any) (any, error) {
		u, err := uuid.Parse(x.(string))
		return describeUUID(u, modern), err
	})
}

// TestUUIDSources has both make UUIDs of fields, of bytes and with a version.
func TestUUIDSources(t *testing.T) {
	p, r := python(t), seeded()
	modern := isModern(t, p)
	var fields, bytes, versions []any
	for range 300 {
		f := randomUUID(r).Fields()
		n := []int64{f.TimeLow, f.TimeMid, f.TimeHiVersion, f.ClockSeqHiVariant, f.ClockSeqLow, f.Node}
		if r.IntN(3) == 0 {
			n[r.IntN(6)] = []int64{-1, 1 << 8, 1 << 16, 1 << 32, 1<<48 - 1, 1 << 48}[r.IntN(6)]
		}
		fields = append(fields, n)

		u := randomUUID(r)
		bytes = append(bytes, hex.EncodeToString(append(u[:], u[:]...)[:16+max(0, r.IntN(8)-6)]))
		v := r.IntN(9)
		if !modern {
			v = r.IntN(6)
		}
		versions = append(versions, []any{u.Hex(), v})
	}
	agree(t, p, describe+"def f(x): return describe(uuid.UUID(fields=x))", fields, func(x any) (any, error) {
		n := x.([]int64)
		u, err := uuid.FromFields(uuid.Fields{
			TimeLow: n[0], TimeMid: n[1], TimeHiVersion: n[2], ClockSeqHiVariant: n[3], ClockSeqLow: n[4], Node: n[5],
		})
		return describeUUID(u, modern), err
	})
	agree(t, p, describe+"def f(x): return describe(uuid.UUID(bytes=bytes.fromhex(x)))", bytes, func(x any) (any, error) {
		b, err := hex.DecodeString(x.(string))
		require.NoError(t, err)
		u, err := uuid.FromBytes(b)
		return describeUUID(u, modern), err
	})
	agree(t, p, describe+"def f(x): return describe(uuid.UUID(bytes_le=bytes.fromhex(x)))", bytes, func(x any) (any, error) {
		b, err := hex.DecodeString(x.(string))
		require.NoError(t, err)
		u, err := uuid.FromBytesLE(b)
		return describeUUID(u, modern), err
	})
	agree(t, p, describe+"def f(x): return describe(uuid.UUID(x[0], version=x[1]))", versions, func(x any) (any, error) {
		pair := x.([]any)
		u, err := uuid.MustParse(pair[0].(string)).WithVersion(pair[1].(int))
		return describeUUID(u, modern), err
	})
}

// TestUUIDNames has both hash names.
func TestUUIDNames(t *testing.T) {
	p, r := python(t), seeded()
	alphabet := []rune("abc/:.?&=é\u4e2d\U0001f600\x00 ")
	inputs := []any{[]string{uuid.Nil.String(), ""}}
	for range 300 {
		name := make([]rune, r.IntN(60))
		if r.IntN(10) == 0 {
			name = make([]rune, r.IntN(600))
		}
		for i := range name {
			name[i] = alphabet[r.IntN(len(alphabet))]
		}
		inputs = append(inputs, []string{randomUUID(r).String(), string(name)})
	}
	def := "import uuid\ndef f(x):\n    ns = uuid.UUID(x[0])\n    return [str(uuid.uuid3(ns, x[1])), str(uuid.uuid5(ns, x[1]))]"
	agree(t, p, def, inputs, func(x any) (any, error) {
		pair := x.([]string)
		ns := uuid.MustParse(pair[0])
		return []any{uuid.NewV3(ns, pair[1]), uuid.NewV5(ns, pair[1])}, nil
	})
}

// TestUUIDMadeByPython has Go read what Python makes, in the order in which it
// makes it.
func TestUUIDMadeByPython(t *testing.T) {
	p := python(t)
	functions := []string{"uuid1", "uuid4"}
	if isModern(t, p) {
		functions = append(functions, "uuid6", "uuid7", "uuid8")
	}
	for _, name := range functions {
		inputs := make([]any, 200)
		answers, err := p.Map(fmt.Sprintf("%s\ndef f(x): return describe(uuid.%s())", describe, name), inputs)
		require.NoError(t, err)
		var last uuid.UUID
		for _, a := range answers {
			var parts []any
			require.NoError(t, json.Unmarshal(a.OK, &parts))
			u, err := uuid.ParseStrict(parts[0].(string))
			require.NoError(t, err)
			require.Equal(t, name, fmt.Sprintf("uuid%d", u.Version()))
			want, err := json.Marshal(describeUUID(u, true))
			require.NoError(t, err)
			require.JSONEq(t, string(want), string(a.OK))
			switch u.Version() {
			case 1, 6:
				require.GreaterOrEqual(t, u.Timestamp(), last.Timestamp())
			case 7:
				require.Positive(t, u.Compare(last))
			}
			last = u
		}
	}
}

// TestUUIDMadeByGo has Python read what Go makes.
func TestUUIDMadeByGo(t *testing.T) {
	p := python(t)
	modern := isModern(t, p)
	made := map[string]uuid.UUID{}
	var inputs []any
	for range 50 {
		for _, u := range []uuid.UUID{uuid.NewV1(), uuid.NewV4(), uuid.NewV6(), uuid.NewV7(), uuid.NewV8(1, 2, 3)} {
			made[u.String()] = u
			inputs = append(inputs, u.String())
		}
	}
	agree(t, p, describe+"def f(x): return describe(uuid.UUID(x))", inputs, func(x any) (any, error) {
		return describeUUID(made[x.(string)], modern), nil
	})
}
