package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRun(t *testing.T) {
	const parts = `https://xxxxx@Example.com/a%20b/?q=caf%C3%A9&empty=#top
  scheme    https
  user      me
  host      example.com
  port      443, the scheme's
  path      /a b/
  query     q = "café"
  query     empty = ""
  fragment  top
  normal    https://xxxxx@example.com/a%20b/?q=caf%C3%A9&empty=#top
`
	tests := []struct {
		name         string
		args         []string
		stdin        string
		code         int
		want, stderr string
	}{
		{"parts", []string{"https://me:pw@Example.com/a%20b/?q=caf%C3%A9&empty=#top"}, "", 0, parts, ""},
		{"resolved", []string{"-short", "-base", "http://h/a/b", "../c", "//other/x", "?q"}, "", 0, "http://h/c\nhttp://other/x\nhttp://h/a/b?q\n", ""},
		{"edited", []string{"-short", "-set", "page=2", "-del", "utm_source", "http://h/?page=1&utm_source=x&q=a"}, "", 0, "http://h/?page=2&q=a\n", ""},
		{"from standard input", []string{"-short"}, "HTTP://H:80\nhttp://h/%7e\n", 0, "http://h/\nhttp://h/~\n", ""},
		{"its own", []string{"-short", "-base", "http://h/a/b"}, samples, 0, "https://me:pw@example.com/caf%C3%A9/?size=L&tag=new&tag=on+sale#prices\n" +
			"http://[2001:db8::1]:8080/~user/notes.txt\nmailto:somebody@example.com?subject=hello\nhttp://h/images/logo.png?v=3\n", ""},
		{"one refused", []string{"-short", "http://[x]/", "http://h/"}, "", 1, "http://h/\n", "square brackets"},
		{"a bad port", []string{"http://h:99999/"}, "", 1, "", "port"},
		{"a bad flag", []string{"-set", "x"}, "", 2, "", "NAME=VALUE"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			require.Equal(t, tt.code, run(tt.args, strings.NewReader(tt.stdin), &stdout, &stderr), stderr.String())
			require.Equal(t, tt.want, stdout.String())
			require.Contains(t, stderr.String(), tt.stderr)
		})
	}
}
