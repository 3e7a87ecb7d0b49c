package main

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/uuid"
)

func call(args ...string) (code int, lines []string, stderr string) {
	var out, errs bytes.Buffer
	code = run(args, &out, &errs)
	if out.Len() > 0 {
		lines = strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	}
	return code, lines, errs.String()
}

func TestNames(t *testing.T) {
	tests := []struct {
		args string
		want string
	}{
		{"-u uuid3 -n @dns -N python.org", "6fa459ea-ee8a-3ca4-894e-db77e160355e"},
		{"-u uuid5 -n @dns -N python.org", "886313e1-3b8a-5372-9b90-0c9aee199e5d"},
		{"--uuid uuid5 --namespace @dns --name python.org", "886313e1-3b8a-5372-9b90-0c9aee199e5d"},
		{"--uuid=uuid5 --namespace=@dns --name=python.org", "886313e1-3b8a-5372-9b90-0c9aee199e5d"},
		{"-u uuid5 -n @url -N http://python.org/", "4c565f0d-3f5a-5890-b41b-20cf47701c5e"},
		{"-u uuid5 -n @oid -N 1.3.6.1", "1447fa61-5277-5fef-a9b3-fbc6e44f4af3"},
		{"-u uuid5 -n @x500 -N c=ca", "cc957dd1-a972-5349-98cd-874190002798"},
		{"-u uuid5 -n 6ba7b810-9dad-11d1-80b4-00c04fd430c8 -N python.org", "886313e1-3b8a-5372-9b90-0c9aee199e5d"},
		{"-u uuid5 -n {6BA7B8109DAD11D180B400C04FD430C8} -N python.org", "886313e1-3b8a-5372-9b90-0c9aee199e5d"},
	}
	for _, tt := range tests {
		code, lines, stderr := call(strings.Fields(tt.args)...)
		require.Zero(t, code, "%s: %s", tt.args, stderr)
		require.Equal(t, []string{tt.want}, lines, tt.args)
	}
	code, lines, _ := call("-u", "uuid5", "-n", "@dns", "-N", "python.org", "-C", "3")
	require.Zero(t, code)
	require.Equal(t, 3, len(lines))
	require.Equal(t, lines[0], lines[2], "the same name has the same UUID")
}

func TestVersions(t *testing.T) {
	for name, version := range map[string]int{
		"uuid1": 1, "uuid4": 4, "uuid6": 6, "uuid7": 7, "uuid8": 8,
	} {
		code, lines, stderr := call("-u", name, "--count", "50")
		require.Zero(t, code, stderr)
		require.Len(t, lines, 50)
		seen := map[uuid.UUID]bool{}
		var last uuid.UUID
		for _, line := range lines {
			u, err := uuid.ParseStrict(line)
			require.NoError(t, err)
			require.Equal(t, version, u.Version())
			if version == 6 || version == 7 {
				require.Positive(t, u.Compare(last))
			}
			seen[u], last = true, u
		}
		require.Len(t, seen, 50)
	}
	_, lines, _ := call()
	require.Len(t, lines, 1)
	require.Equal(t, 4, uuid.MustParse(lines[0]).Version())
}

func TestCount(t *testing.T) {
	for _, n := range []string{"0", "-1"} { // as Python's range
		code, lines, stderr := call("-C", n)
		require.Zero(t, code)
		require.Empty(t, lines)
		require.Empty(t, stderr)
	}
}

func TestMistakes(t *testing.T) {
	for args, want := range map[string]string{
		"-u uuid2":                      `-u "uuid2": want uuid1`,
		"-u 4":                          "want uuid1",
		"-u uuid5":                      "uuid5 needs a namespace",
		"-u uuid3 -N python.org":        "uuid3 needs a namespace",
		"-u uuid5 -n @dns":              "needs a namespace (-n) and a name (-N)",
		"-u uuid5 -n @dns -N=":          "needs a namespace",
		"-u uuid5 -n @nope -N x":        "-n wants @dns, @url, @oid, @x500 or a UUID",
		"-C many":                       "invalid value",
		"--frobnicate":                  "not defined",
		"more":                          `unexpected argument "more"`,
		"-u uuid5 -n @dns -N a b --foo": `unexpected argument "b"`,
	} {
		code, lines, stderr := call(strings.Fields(args)...)
		require.Equal(t, 2, code, args)
		require.Empty(t, lines, args)
		require.Contains(t, stderr, want, args)
	}
}

func TestHelp(t *testing.T) {
	for _, arg := range []string{"-h", "--help"} {
		code, lines, stderr := call(arg)
		require.Zero(t, code)
		require.Equal(t, usage, strings.Join(lines, "\n")+"\n")
		require.Empty(t, stderr)
	}
}

// full is a disk without space.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func TestWriteError(t *testing.T) {
	var errs bytes.Buffer
	require.Equal(t, 1, run(nil, full{}, &errs))
	require.Equal(t, "uuid: no space left\n", errs.String())
}
