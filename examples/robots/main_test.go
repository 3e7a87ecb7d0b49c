package main

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const rules = "User-agent: *\nDisallow: /*\nAllow: /docs/\nCrawl-delay: 3\nSitemap: https://h/map\n"

func TestRun(t *testing.T) {
	status := http.StatusOK
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		require.Equal(t, "/robots.txt", r.URL.Path)
		w.WriteHeader(status)
		io.WriteString(w, rules)
	}))
	defer site.Close()
	file := filepath.Join(t.TempDir(), "robots.txt")
	require.NoError(t, os.WriteFile(file, []byte(rules), 0o600))

	for _, tt := range []struct {
		name   string
		status int
		args   []string
		code   int
		want   string
	}{
		{"a site", 200, []string{site.URL + "/any/page", "/docs/a", "/x"}, 1, "allowed /docs/a\ndenied  /x\n"},
		{"all is well", 200, []string{site.URL, "/docs/a"}, 0, "allowed /docs/a\n"},
		{"Python", 200, []string{"-python", "-", "/docs/a"}, 1, "denied  /docs/a\n"},
		{"what it says", 200, []string{file}, 0, "User-agent: *\nCrawl-delay: 3\nDisallow: /*\nAllow: /docs/\n\nexamplebot waits 3s\nsitemap https://h/map\n"},
		{"none there", 404, []string{site.URL}, 0, "everything is allowed\n"},
		{"broken", 500, []string{site.URL}, 0, "nothing is allowed\n"},
		{"no file", 200, []string{file + "x"}, 2, ""},
		{"no site", 200, []string{"ftp://127.0.0.1/"}, 2, ""},
		{"no URL", 200, []string{"http://[h/"}, 2, ""},
		{"nothing", 200, nil, 2, ""},
		{"a bad flag", 200, []string{"-x"}, 2, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			status = tt.status
			var out, errs bytes.Buffer
			require.Equal(t, tt.code, run(t.Context(), tt.args, strings.NewReader(rules), &out, &errs), errs.String())
			require.Equal(t, tt.want, out.String())
			require.Equal(t, tt.code == 2, errs.Len() > 0)
		})
	}
}
