package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestSession: what a first call was given goes with the second one, and can be listed and
// converted.
func TestSession(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if c, err := r.Cookie("session"); err == nil {
			fmt.Fprintln(w, "welcome back,", c.Value)
			return
		}
		http.SetCookie(w, &http.Cookie{Name: "session", Value: "8fa3", HttpOnly: true})
		http.SetCookie(w, &http.Cookie{Name: "lang", Value: "en", MaxAge: 86400 * 1000})
		fmt.Fprintln(w, "who are you?")
	}))
	defer srv.Close()
	dir := t.TempDir()
	jar := filepath.Join(dir, "session.json")
	var out bytes.Buffer
	require.NoError(t, run([]string{"get", "-jar", jar, srv.URL}, &out))
	require.NoError(t, run([]string{"get", "-jar", jar, "-block", srv.URL}, &out))
	require.Equal(t, "who are you?\nwelcome back, 8fa3\n", out.String())

	txt, lwp := filepath.Join(dir, "c.txt"), filepath.Join(dir, "c.lwp")
	require.NoError(t, run([]string{"convert", jar, txt}, &out))
	require.NoError(t, run([]string{"convert", txt, lwp}, &out))
	out.Reset()
	require.NoError(t, run([]string{"list", lwp}, &out))
	require.Contains(t, out.String(), "127.0.0.1  /  session  with the session\n")
	require.NotContains(t, out.String(), "8fa3")
	b, err := os.ReadFile(txt)
	require.NoError(t, err)
	require.Contains(t, string(b), "#HttpOnly_127.0.0.1\tFALSE\t/\tFALSE\t0\tsession\t8fa3\n")

	for _, args := range [][]string{{}, {"get"}, {"list", "x.bin"}, {"list", filepath.Join(dir, "none.json")}, {"convert", jar, "x.bin"}, {"get", "-jar", jar, "no-url"}} {
		require.Error(t, run(args, &out), "%q", args)
	}
}
