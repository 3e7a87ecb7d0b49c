// Command urlparse takes URLs apart, resolves and edits them.
//
//	go run ./examples/urlparse [-base URL] [-set NAME=VALUE] [-del NAME] [-short] [URL...]
//
// Without URLs it reads lines from the standard input, or takes a few of its own if that is a
// terminal. It prints the parts of each, or with -short the URL alone, normalised; a URL that
// is refused is told and makes the exit code 1.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/pynet-go/pynet/urllib/parse"
)

func main() { os.Exit(run(os.Args[1:], input(), os.Stdout, os.Stderr)) }

// samples are URLs to begin with.
const samples = `HTTPS://me:pw@Example.com:443/shop/../caf%c3%a9/?size=L&tag=new&tag=on+sale#prices
http://[2001:db8::1]:8080/%7euser/notes.txt
mailto:somebody@example.com?subject=hello
../images/logo.png?v=3
`

// input is the standard input; it is samples if nobody has put anything there.
func input() io.Reader {
	if info, err := os.Stdin.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
		return strings.NewReader(samples)
	}
	return os.Stdin
}

// An editor is what the flags ask for.
type editor struct {
	base  string
	set   []parse.Pair
	del   []string
	short bool
}

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	fs := flag.NewFlagSet("urlparse", flag.ContinueOnError)
	fs.SetOutput(stderr)
	var e editor
	fs.StringVar(&e.base, "base", "", "resolve each against this `URL`")
	fs.BoolVar(&e.short, "short", false, "print the normalised URL alone")
	fs.Func("set", "set a field of the query, `NAME=VALUE`; may be repeated", func(s string) error {
		name, value, ok := strings.Cut(s, "=")
		if !ok {
			return fmt.Errorf("want NAME=VALUE")
		}
		e.set = append(e.set, parse.Pair{Name: name, Value: value})
		return nil
	})
	fs.Func("del", "remove a field of the query, by `NAME`; may be repeated", func(s string) error {
		e.del = append(e.del, s)
		return nil
	})
	if err := fs.Parse(args); err != nil {
		return 2
	}
	urls := fs.Args()
	if len(urls) == 0 {
		sc := bufio.NewScanner(stdin)
		for sc.Scan() {
			urls = append(urls, sc.Text())
		}
		if err := sc.Err(); err != nil {
			fmt.Fprintln(stderr, "urlparse:", err)
			return 1
		}
	}
	code := 0
	for _, u := range urls {
		if err := e.show(stdout, u); err != nil {
			fmt.Fprintln(stderr, "urlparse:", err)
			code = 1
		}
	}
	return code
}

// show resolves and edits one URL, and prints it.
func (e *editor) show(w io.Writer, u string) error {
	u, err := parse.Join(e.base, u)
	if err != nil {
		return err
	}
	r, err := parse.Split(u)
	if err != nil {
		return err
	}
	if len(e.set)+len(e.del) > 0 {
		// Values keeps the order of the fields, as a map would not.
		fields, err := parse.QueryParser{KeepBlank: true}.ParseQS(r.Query)
		if err != nil {
			return err
		}
		for _, name := range e.del {
			fields.Del(name)
		}
		for _, p := range e.set {
			fields.Set(p.Name, p.Value)
		}
		r.Query = fields.Encode()
	}
	normal, err := parse.Normalize(r.String())
	if err != nil {
		return err
	}
	if e.short {
		fmt.Fprintln(w, normal)
		return nil
	}
	return parts(w, r, normal)
}

// parts prints what the URL is made of; what is not there is left out.
func parts(w io.Writer, r parse.SplitResult, normal string) error {
	port, hasPort, err := r.Port()
	if err != nil {
		return err
	}
	fmt.Fprintln(w, r.Redacted()) // without the password
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(w, "  %-9s %s\n", name, value)
		}
	}
	line("scheme", r.Scheme)
	user, _ := r.Username()
	line("user", parse.Unquote(user))
	line("host", r.Hostname())
	if hasPort {
		line("port", fmt.Sprint(port))
	} else if p, ok := parse.DefaultPort(r.Scheme); ok && r.Netloc != "" {
		line("port", fmt.Sprintf("%d, the scheme's", p))
	}
	line("path", parse.Unquote(r.Path))
	for p, err := range (parse.QueryParser{KeepBlank: true}).Pairs(r.Query) {
		if err != nil {
			return err
		}
		line("query", fmt.Sprintf("%s = %q", p.Name, p.Value))
	}
	line("fragment", parse.Unquote(r.Fragment))
	n, err := parse.Split(normal)
	if err != nil {
		return err
	}
	line("normal", n.Redacted())
	return nil
}
