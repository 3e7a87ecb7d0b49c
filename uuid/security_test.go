package uuid_test

import (
	"bytes"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"io"
	mathrand "math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/uuid"
)

// every is each method of a Generator that needs randomness.
var every = map[string]func(*uuid.Generator) (uuid.UUID, error){
	"v1": (*uuid.Generator).NewV1,
	"v4": (*uuid.Generator).NewV4,
	"v6": (*uuid.Generator).NewV6,
	"v7": (*uuid.Generator).NewV7,
	"v8": func(g *uuid.Generator) (uuid.UUID, error) { return g.NewV8(nil, nil, nil) },
}

// TestSecUUID01ShortRead: a source that ends early must not leave zero bytes.
func TestSecUUID01ShortRead(t *testing.T) {
	for name, next := range every {
		for n := range 8 { // less than any of them needs
			g := &uuid.Generator{Rand: bytes.NewReader([]byte{1, 2, 3, 4, 5, 6, 7, 8}[:n])}
			if name == "v1" || name == "v6" {
				g.Node = uuid.FixedNode(1)
				g.Rand = bytes.NewReader(make([]byte, n/4)) // 2 bytes are enough
			}
			u, err := next(g)
			require.Error(t, err, "%s with %d bytes", name, n)
			require.True(t, isEOF(err), "%v", err)
			require.Equal(t, uuid.Nil, u)
		}
	}
	// 4 bytes, then the end, also where they come one by one.
	g := &uuid.Generator{Rand: iotest.OneByteReader(bytes.NewReader([]byte{1, 2, 3, 4}))}
	u, err := g.NewV4()
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
	require.Equal(t, uuid.Nil, u)
}

func isEOF(err error) bool {
	return strings.HasSuffix(err.Error(), io.EOF.Error())
}

// TestSecUUID02NoFallback: a failing source is an error, whatever else is there.
func TestSecUUID02NoFallback(t *testing.T) {
	for name, next := range every {
		g := &uuid.Generator{Rand: iotest.ErrReader(os.ErrPermission)}
		for range 3 {
			u, err := next(g)
			require.ErrorIs(t, err, os.ErrPermission, name)
			require.Equal(t, uuid.Nil, u, name)
		}
	}
	// Without a source of its own, a Generator uses crypto/rand, which ends the
	// program when it fails; nothing in the package has another source.
	require.NotContains(t, imports(t), "math/rand")
}

// TestSecUUID03PredictableGenerator: seeding math/rand changes nothing.
func TestSecUUID03PredictableGenerator(t *testing.T) {
	t.Setenv("GODEBUG", "randseednop=0")
	type made struct {
		seq, node uint64
		v4        uuid.UUID
		v7, v8    uint64
	}
	draw := func() made {
		mathrand.Seed(1) //lint:ignore SA1019 the point of the test
		g := &uuid.Generator{Now: fixed(rfcTime)}
		v1, err := g.NewV1()
		require.NoError(t, err)
		v4, err := g.NewV4()
		require.NoError(t, err)
		v7, err := g.NewV7()
		require.NoError(t, err)
		v8, err := g.NewV8(nil, new(uint64(0)), new(uint64(0)))
		require.NoError(t, err)
		return made{uint64(v1.ClockSeq()), v1.Node(), v4, v7.Node(), v8.Timestamp()}
	}
	mathrand.Seed(1) //lint:ignore SA1019 the point of the test
	first := mathrand.Int63()
	mathrand.Seed(1) //lint:ignore SA1019 the point of the test
	require.Equal(t, first, mathrand.Int63(), "the seed has its effect")

	a, b := draw(), draw()
	require.NotEqual(t, a.node, b.node)
	require.NotEqual(t, a.v4, b.v4)
	require.NotEqual(t, a.v7, b.v7)
	require.NotEqual(t, a.v8, b.v8)
	seqs := map[uint64]bool{}
	for range 50 { // 14 bits meet now and then
		seqs[draw().seq] = true
	}
	require.Greater(t, len(seqs), 40)
}

// TestSecUUID04HardwareAddress: no hardware address in UUIDs unless asked for.
func TestSecUUID04HardwareAddress(t *testing.T) {
	known := hardware(t)
	nodes := []uint64{uuid.NodeID(), uuid.NewV1().Node(), uuid.NewV6().Node()}
	for range 100 {
		for _, next := range []func(*uuid.Generator) (uuid.UUID, error){every["v1"], every["v6"]} {
			u, err := next(&uuid.Generator{})
			require.NoError(t, err)
			nodes = append(nodes, u.Node())
		}
	}
	for _, n := range nodes {
		require.NotZero(t, n&multicast, "%#x", n)
		require.False(t, known[n], "%#x is a hardware address", n)
	}
}

// TestSecUUID05Subprocess: no program is run, least of all one from PATH.
func TestSecUUID05Subprocess(t *testing.T) {
	dir := t.TempDir()
	ran := filepath.Join(dir, "ran")
	script := "#!/bin/sh\necho \"$0\" >>'" + ran + "'\necho 'ether 00:11:22:33:44:55'\n"
	for _, name := range []string{"ifconfig", "ip", "arp", "lanscan", "netstat", "ipconfig", "getmac"} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(script), 0o700))
	}
	t.Setenv("PATH", dir)
	if runtime.GOOS != "windows" {
		require.NoError(t, exec.Command("ifconfig").Run(), "the trap works")
		require.NoError(t, os.Remove(ran))
	}
	if n, err := uuid.HardwareNode(); err == nil {
		require.NotEqual(t, uint64(0x001122334455), n)
	}
	uuid.NodeID()
	uuid.NewV1()
	require.NoFileExists(t, ran)
	for _, path := range imports(t) {
		require.NotContains(t, []string{"os/exec", "os", "syscall", "plugin"}, path)
		require.False(t, strings.Contains(path, "."), "%s is not of the standard library", path)
	}
}

// imports returns what the package imports.
func imports(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	var out []string
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		require.NoError(t, err)
		for _, spec := range f.Imports {
			out = append(out, strings.Trim(spec.Path.Value, `"`))
		}
	}
	require.NotEmpty(t, out)
	return out
}

// processesEnv tells a copy of the test program to write UUIDs of version 1.
const processesEnv = "PYNET_TEST_UUID_V1"

func TestMain(m *testing.M) {
	if os.Getenv(processesEnv) == "" {
		os.Exit(m.Run())
	}
	b := make([]byte, 0, 16*perProcess)
	for range perProcess {
		b, _ = uuid.NewV1().AppendBinary(b)
	}
	if _, err := os.Stdout.Write(b); err != nil {
		os.Exit(1)
	}
}

var perProcess = map[bool]int{false: 1_000_000, true: 50_000}[raceEnabled]

// TestSecUUID06Processes: eight processes that make version 1 at the same time
// make none twice. The honest answer to is_safe stays "unknown".
func TestSecUUID06Processes(t *testing.T) {
	if testing.Short() {
		t.Skip("makes eight million UUIDs")
	}
	const processes = 8
	program, err := os.Executable()
	require.NoError(t, err)
	outs := make([]bytes.Buffer, processes)
	var cmds []*exec.Cmd
	for i := range processes {
		cmd := exec.Command(program)
		cmd.Env = append(os.Environ(), processesEnv+"=1")
		cmd.Stdout = &outs[i]
		require.NoError(t, cmd.Start())
		cmds = append(cmds, cmd)
	}
	all := make([]uuid.UUID, 0, processes*perProcess)
	for i, cmd := range cmds {
		require.NoError(t, cmd.Wait())
		b := outs[i].Bytes()
		require.Len(t, b, 16*perProcess)
		for len(b) > 0 {
			all = append(all, uuid.UUID(b))
			b = b[16:]
		}
	}
	slices.SortFunc(all, uuid.UUID.Compare)
	require.Len(t, slices.Compact(all), processes*perProcess)
	require.Equal(t, uuid.SafeUnknown, all[0].IsSafe())
}

// TestSecUUID07ClockBack: after the clock goes back a second, still increasing and
// unique.
func TestSecUUID07ClockBack(t *testing.T) {
	for version, next := range methods {
		now := rfcTime
		g := &uuid.Generator{Now: func() time.Time { return now }}
		seen := map[uuid.UUID]bool{}
		var last uuid.UUID
		for i := range 10_000 {
			switch {
			case i == 5_000:
				now = now.Add(-time.Second)
			case i%100 == 0:
				now = now.Add(time.Millisecond)
			}
			u, err := next(g)
			require.NoError(t, err)
			if seen[u] || i > 0 && !later(last, u) {
				t.Fatalf("version %d: %v after %v", version, u, last)
			}
			seen[u], last = true, u
		}
	}
}

// TestSecUUID08FrozenMillisecond: a million in one millisecond, strictly
// increasing, and all of that millisecond.
func TestSecUUID08FrozenMillisecond(t *testing.T) {
	g := &uuid.Generator{Now: fixed(rfcTime)}
	var last uuid.UUID
	for range 1_000_000 {
		u, err := g.NewV7()
		if err != nil || u.Compare(last) <= 0 || u.Timestamp() != uint64(rfcTime.UnixMilli()) {
			t.Fatalf("%v after %v, %v", u, last, err)
		}
		last = u
	}
}

// TestSecUUID09Clone: two copies of one state at one time differ, for 32 bits of
// each UUID are new. Copies of a whole machine find the same bytes in the stores
// as well; there crypto/rand.Reader, which keeps nothing, takes their place.
func TestSecUUID09Clone(t *testing.T) {
	g := &uuid.Generator{Now: fixed(rfcTime)}
	for range 10 {
		_, err := g.NewV7()
		require.NoError(t, err)
	}
	h := g.Copy()
	for range 1000 {
		u, err := g.NewV7()
		require.NoError(t, err)
		v, err := h.NewV7()
		require.NoError(t, err)
		require.Equal(t, u[:12], v[:12], "the same time and counter")
		require.NotEqual(t, u[12:], v[12:], "another tail")
	}
}

// TestSecUUID10Lenient: what Parse forgives, ParseStrict refuses; what comes of it
// is the same value, printed in one way.
func TestSecUUID10Lenient(t *testing.T) {
	for _, s := range []string{
		"{urn:uuid:" + sample + "}",
		"1-2345678-12345678-12345678-12345678",
		"{" + sample + "}",
		"urn:uuid:" + sample,
		"uuid:" + sample,
		"12345678123456781234567812345678",
		"--" + sample,
		"12345678-1234-5678-1234-5678123456\uff17\uff18",
	} {
		u, err := uuid.Parse(s)
		require.NoError(t, err)
		require.Equal(t, sample, u.String())
		_, err = uuid.ParseStrict(s)
		require.ErrorIs(t, err, uuid.ErrSyntax, s)
	}
}

// TestSecUUID11NamesAreNoSecrets: the UUID of a name is the same for everyone, and
// the documentation says so.
func TestSecUUID11NamesAreNoSecrets(t *testing.T) {
	require.Equal(t, "886313e1-3b8a-5372-9b90-0c9aee199e5d", uuid.NewV5(uuid.NamespaceDNS, "python.org").String())
	require.Equal(t, "6fa459ea-ee8a-3ca4-894e-db77e160355e", uuid.NewV3(uuid.NamespaceDNS, []byte("python.org")).String())
	docs := documentation(t)
	require.Contains(t, docs["NewV3"], "no secret")
	require.Contains(t, docs["NewV5"], "no secret")
	for name := range docs {
		for _, word := range []string{"Token", "Secret", "Secure", "Password"} {
			require.NotContains(t, name, word)
		}
	}
}

// TestSecUUID12TimesAreNoSecrets: two of version 7 give away the time of the one
// between them, and the documentation says so.
func TestSecUUID12TimesAreNoSecrets(t *testing.T) {
	g := &uuid.Generator{Now: show(0, time.Millisecond, 2*time.Millisecond)}
	var times [3]time.Time
	for i := range times {
		u, err := g.NewV7()
		require.NoError(t, err)
		var ok bool
		times[i], ok = u.Time()
		require.True(t, ok)
	}
	require.Equal(t, rfcTime, times[0])
	require.True(t, times[0].Before(times[1]) && times[1].Before(times[2]))
	docs := documentation(t)
	for _, name := range []string{"NewV1", "NewV7", "package"} {
		require.Contains(t, docs[name], "no secret", name)
	}
	require.Contains(t, docs["NewV6"], "[NewV1]")
}

// documentation returns the doc comments of the package and its functions.
func documentation(t *testing.T) map[string]string {
	t.Helper()
	names, err := filepath.Glob("*.go")
	require.NoError(t, err)
	fset := token.NewFileSet()
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, name, nil, parser.ParseComments)
		require.NoError(t, err)
		files = append(files, f)
	}
	p, err := doc.NewFromFiles(fset, files, "uuid")
	require.NoError(t, err)
	out := map[string]string{"package": p.Doc}
	add := func(fs []*doc.Func) {
		for _, f := range fs {
			out[f.Name] = strings.Join(strings.Fields(f.Doc), " ")
		}
	}
	add(p.Funcs)
	for _, typ := range p.Types {
		add(typ.Funcs)
	}
	return out
}

// TestSecUUID13Comparison: case is no difference.
func TestSecUUID13Comparison(t *testing.T) {
	const text = "abcdefab-cdef-4bcd-8fab-cdefabcdefab"
	lower, upper := uuid.MustParse(text), uuid.MustParse(strings.ToUpper(text))
	require.True(t, lower == upper)
	require.Equal(t, 1, len(map[uuid.UUID]bool{lower: true, upper: true}))
}

// TestSecUUID14Fields: numbers that do not fit are errors, never cut.
func TestSecUUID14Fields(t *testing.T) {
	for _, f := range []uuid.Fields{
		{TimeLow: 1 << 32}, {TimeMid: 1 << 16}, {TimeHiVersion: 1 << 16},
		{ClockSeqHiVariant: 1 << 8}, {ClockSeqLow: 1 << 8}, {Node: 1 << 48},
		{TimeLow: -1}, {TimeMid: -1}, {TimeHiVersion: -1}, {ClockSeqHiVariant: -1}, {ClockSeqLow: -1}, {Node: -1},
	} {
		u, err := uuid.FromFields(f)
		require.ErrorIs(t, err, uuid.ErrRange, "%+v", f)
		require.Equal(t, uuid.Nil, u)
	}
	for _, n := range []int{0, 15, 17} {
		_, err := uuid.FromBytesLE(make([]byte, n))
		require.ErrorIs(t, err, uuid.ErrLength)
	}
}

// TestSecX04QuotedInput: text in an error cannot move the cursor or begin a line.
func TestSecX04QuotedInput(t *testing.T) {
	for _, in := range []string{
		"\x1b[2J\r\n", "\x1b]0;x\x07", "a\u009bb", "\u202eabc", "\x7f\x00", strings.Repeat("\x1b", 1_000_000),
	} {
		for _, parse := range []func(string) (uuid.UUID, error){uuid.Parse, uuid.ParseStrict} {
			_, err := parse(in)
			require.Error(t, err)
			require.Less(t, len(err.Error()), 400)
			for _, r := range err.Error() {
				require.True(t, unicode.IsPrint(r), "%q", err.Error())
			}
		}
	}
	var u uuid.UUID
	require.NotContains(t, u.Scan("\x1b\n").Error(), "\x1b")
	require.NotContains(t, u.UnmarshalText([]byte("\x1b\n")).Error(), "\n")
}

// TestSecX07Writers: whatever the bytes, what is written of a UUID is hexadecimal
// digits and hyphens.
func TestSecX07Writers(t *testing.T) {
	for b := range 256 {
		u := uuid.UUID(bytes.Repeat([]byte{byte(b)}, 16))
		for _, s := range []string{u.String(), u.Hex(), strings.TrimPrefix(u.URN(), "urn:uuid:")} {
			require.Empty(t, strings.Trim(s, "0123456789abcdef-"))
		}
	}
}
