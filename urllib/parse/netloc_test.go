package parse_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pynet-go/pynet/urllib/parse"
)

func TestNetloc(t *testing.T) {
	const none = "\x00"
	tests := []struct {
		netloc, user, password, host string
		port                         int // -1: none, -2: an error
	}{
		{"", none, none, "", -1},
		{"h", none, none, "h", -1},
		{"h:", none, none, "h", -1},
		{"h:80", none, none, "h", 80},
		{"h:0", none, none, "h", 0},
		{"h:00000000080", none, none, "h", 80},
		{"h:65535", none, none, "h", 65535},
		{"h:65536", none, none, "h", -2},
		{"h:99999999999999999999999999", none, none, "h", -2},
		{"h:80:80", none, none, "h", -2},
		{"h:+80", none, none, "h", -2},
		{"h:-1", none, none, "h", -2},
		{"h: 80", none, none, "h", -2},
		{"h:8_0", none, none, "h", -2},
		{"h:٨٠", none, none, "h", -2},
		{"h:http", none, none, "h", -2},
		{":80", none, none, "", 80},
		{"u@h", "u", none, "h", -1},
		{"@h", "", none, "h", -1},
		{":@h", "", "", "h", -1},
		{"u:@h", "u", "", "h", -1},
		{"u:p:q@h:1", "u", "p:q", "h", 1},
		{"a@b@c", "a@b", none, "c", -1},
		{"a:b@c:d@e", "a", "b@c:d", "e", -1},
		{"Example.COM", none, none, "example.com", -1},
		{"[::1]", none, none, "::1", -1},
		{"[::1]:80", none, none, "::1", 80},
		{"[FE80::1%En0]:1", none, none, "fe80::1%En0", 1},
		{"u@[V1.X]:", "u", none, "v1.x", -1},
		{"[u]@h:1", "[u]", none, "h", 1},
		{"BÜCHER.example", none, none, "bücher.example", -1},
		{"ΟΔΟΣ", none, none, "οδος", -1}, // a sigma that ends a word
		{"ΟΔΟΣ-gr", none, none, "οδος-gr", -1},
		{"ΟΔΟΣ.gr", none, none, "οδοσ.gr", -1}, // a dot does not end a word
		{"Σ", none, none, "σ", -1},
		{"gİthub.com", none, none, "gi̇thub.com", -1}, // not github.com
		{"\u212a.com", none, none, "k.com", -1},
		{"H\xff\xc0", none, none, "h\xff\xc0", -1},
	}
	for _, tt := range tests {
		for name, r := range map[string]interface {
			Username() (string, bool)
			Password() (string, bool)
			Hostname() string
			Port() (int, bool, error)
		}{
			"split": parse.SplitResult{Netloc: tt.netloc},
			"parse": parse.ParseResult{Netloc: tt.netloc},
		} {
			user, ok := r.Username()
			assert.Equal(t, tt.user != none, ok, tt.netloc)
			if ok {
				assert.Equal(t, tt.user, user, tt.netloc)
			}
			password, ok := r.Password()
			assert.Equal(t, tt.password != none, ok, tt.netloc)
			if ok {
				assert.Equal(t, tt.password, password, tt.netloc)
			}
			assert.Equal(t, tt.host, r.Hostname(), "%s %s", name, tt.netloc)
			port, ok, err := r.Port()
			switch tt.port {
			case -2:
				require.ErrorIs(t, err, parse.ErrPort, tt.netloc)
				assert.False(t, ok)
			case -1:
				require.NoError(t, err, tt.netloc)
				assert.False(t, ok, tt.netloc)
			default:
				require.NoError(t, err, tt.netloc)
				assert.True(t, ok, tt.netloc)
				assert.Equal(t, tt.port, port, tt.netloc)
			}
		}
	}
}

func TestPortOr(t *testing.T) {
	port, err := parse.SplitResult{Netloc: "h"}.PortOr(443)
	require.NoError(t, err)
	assert.Equal(t, 443, port)
	port, err = parse.SplitResult{Netloc: "h:0"}.PortOr(443)
	require.NoError(t, err)
	assert.Equal(t, 0, port)
	_, err = parse.SplitResult{Netloc: "h:x"}.PortOr(443)
	require.ErrorIs(t, err, parse.ErrPort)
}

func TestRedacted(t *testing.T) {
	for url, want := range map[string]string{
		"http://u:secret@h/a@b":   "http://xxxxx@h/a@b",
		"http://token@h/":         "http://xxxxx@h/",
		"http://a:b@c:d@h/":       "http://xxxxx@h/",
		"http://h/a@b?c@d":        "http://h/a@b?c@d",
		"mailto:somebody@h.local": "mailto:somebody@h.local",
	} {
		r, err := parse.Split(url)
		require.NoError(t, err)
		assert.Equal(t, want, r.Redacted())
	}
}
