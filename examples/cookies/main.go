// Command cookies keeps a session between calls, and shows and converts files of cookies.
//
//	go run ./examples/cookies get -jar session.json https://www.example.com/login
//	go run ./examples/cookies list session.json
//	go run ./examples/cookies convert cookies.txt session.json   # from a browser or curl
//
// The format is that of the file's ending: .json, .lwp, or .txt for that of curl.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"text/tabwriter"
	"time"

	"golang.org/x/net/publicsuffix"

	"github.com/pynet-go/pynet/httpx/cookiejar"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "cookies:", err)
		os.Exit(1)
	}
}

func run(args []string, stdout io.Writer) error {
	switch {
	case len(args) > 1 && args[0] == "get":
		return get(args[1:], stdout)
	case len(args) == 2 && args[0] == "list":
		return list(args[1], stdout)
	case len(args) == 3 && args[0] == "convert":
		return convert(args[1], args[2])
	}
	return errors.New("usage: cookies get [-jar FILE] [-block] URL | list FILE | convert FROM TO")
}

// open makes a jar of a file, whose format is that of its ending.
func open(name string) (*cookiejar.FileJar, error) {
	formats := map[string]cookiejar.Format{".json": cookiejar.JSON, ".lwp": cookiejar.LWP, ".txt": cookiejar.Curl}
	f, ok := formats[filepath.Ext(name)]
	if !ok {
		return nil, fmt.Errorf("%s: no format has this ending", name)
	}
	return &cookiejar.FileJar{Filename: name, Format: f}, nil
}

// all are also the cookies of the session: a call is no session of its own here.
var all = &cookiejar.FileConfig{IgnoreDiscard: true}

func get(args []string, stdout io.Writer) (err error) {
	fs := flag.NewFlagSet("get", flag.ContinueOnError)
	name := fs.String("jar", "session.json", "the `file` of cookies")
	block := fs.Bool("block", false, "take no cookies from other sites that it is redirected to")
	if err := fs.Parse(args); err != nil {
		return err
	}
	jar, err := open(*name)
	if err != nil {
		return err
	}
	jar.SetPolicy(&cookiejar.Browser{PublicSuffixes: publicsuffix.List, BlockThirdParties: *block})
	if err := jar.OpenFile(all); err != nil { // from now on every change is saved
		return err
	}
	defer func() { err = errors.Join(err, jar.Close()) }()
	client := &http.Client{Jar: jar, Timeout: time.Minute}
	resp, err := client.Get(fs.Arg(0))
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(stdout, resp.Body)
	return err
}

func list(name string, stdout io.Writer) error {
	jar, err := open(name)
	if err != nil {
		return err
	}
	if err := jar.LoadFile("", all); err != nil {
		return err
	}
	w := tabwriter.NewWriter(stdout, 0, 0, 2, ' ', 0)
	for c := range jar.All() {
		ends := "with the session"
		if !c.Discard {
			ends = c.Expires.Format(time.DateOnly)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", c.Domain, c.Path, c.Name, ends) // the values are secrets
	}
	return w.Flush()
}

func convert(from, to string) error {
	src, err := open(from)
	if err != nil {
		return err
	}
	dst, err := open(to)
	if err != nil {
		return err
	}
	if err := src.LoadFile("", all); err != nil {
		return err
	}
	for c := range src.All() {
		if err := dst.SetCookie(c); err != nil {
			return err
		}
	}
	return dst.SaveFile("", all)
}
