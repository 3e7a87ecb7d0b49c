// Command uuid makes UUIDs, with the command line of python -m uuid:
//
//	go run ./examples/uuid                                        # one of version 4
//	go run ./examples/uuid -u uuid7 -C 5                          # five of version 7
//	go run ./examples/uuid -u uuid5 -n @url -N https://example.org/
//	go run ./examples/uuid -u uuid5 -n 6ba7b810-9dad-11d1-80b4-00c04fd430c8 -N example.org
//
// It exits 2 if the command line is wrong.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/pynet-go/pynet/uuid"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// namespaces are the ones that have a name.
var namespaces = map[string]uuid.UUID{
	"@dns":  uuid.NamespaceDNS,
	"@url":  uuid.NamespaceURL,
	"@oid":  uuid.NamespaceOID,
	"@x500": uuid.NamespaceX500,
}

// options are what the command line says.
type options struct {
	kind, namespace, name string
	count                 int
}

func run(args []string, stdout, stderr io.Writer) int {
	fs := flag.NewFlagSet("uuid", flag.ContinueOnError)
	fs.SetOutput(stderr)
	fs.Usage = func() {} // shown when asked for, not after a mistake
	var o options
	for _, name := range []string{"u", "uuid"} {
		fs.StringVar(&o.kind, name, "uuid4", "")
	}
	for _, name := range []string{"n", "namespace"} {
		fs.StringVar(&o.namespace, name, "", "")
	}
	for _, name := range []string{"N", "name"} {
		fs.StringVar(&o.name, name, "", "")
	}
	for _, name := range []string{"C", "count"} {
		fs.IntVar(&o.count, name, 1, "")
	}
	switch err := fs.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(stdout, usage)
		return 0
	case err != nil:
		return 2
	case fs.NArg() > 0:
		fmt.Fprintf(stderr, "uuid: unexpected argument %q\n", fs.Arg(0))
		return 2
	}
	next, err := o.maker()
	if err != nil {
		fmt.Fprintln(stderr, "uuid:", err)
		return 2
	}
	for range o.count {
		u, err := next()
		if err == nil {
			_, err = fmt.Fprintln(stdout, u)
		}
		if err != nil {
			fmt.Fprintln(stderr, "uuid:", err)
			return 1
		}
	}
	return 0
}

// maker returns the function that makes the UUIDs. One generator makes them all,
// so that those with a time are in order.
func (o *options) maker() (func() (uuid.UUID, error), error) {
	var g uuid.Generator
	switch o.kind {
	case "uuid1":
		return g.NewV1, nil
	case "uuid3", "uuid5":
		return o.named()
	case "uuid4":
		return g.NewV4, nil
	case "uuid6":
		return g.NewV6, nil
	case "uuid7":
		return g.NewV7, nil
	case "uuid8": // of random parts
		return func() (uuid.UUID, error) { return g.NewV8(nil, nil, nil) }, nil
	}
	return nil, fmt.Errorf("-u %q: want uuid1, uuid3, uuid4, uuid5, uuid6, uuid7 or uuid8", o.kind)
}

// named returns a function that always makes the same UUID: that of the name.
func (o *options) named() (func() (uuid.UUID, error), error) {
	if o.namespace == "" || o.name == "" {
		return nil, fmt.Errorf("%s needs a namespace (-n) and a name (-N)", o.kind)
	}
	ns, ok := namespaces[o.namespace]
	if !ok {
		var err error
		if ns, err = uuid.Parse(o.namespace); err != nil {
			return nil, fmt.Errorf("-n wants @dns, @url, @oid, @x500 or a UUID: %w", err)
		}
	}
	u := uuid.NewV5(ns, o.name)
	if o.kind == "uuid3" {
		u = uuid.NewV3(ns, o.name)
	}
	return func() (uuid.UUID, error) { return u, nil }, nil
}

const usage = `usage: uuid [-h] [-u VERSION] [-n NAMESPACE] [-N NAME] [-C NUM]

Make UUIDs and print them, one a line.

  -h, --help                 show this
  -u, --uuid VERSION         uuid1, uuid3, uuid4 (the default), uuid5, uuid6, uuid7
                             or uuid8
  -n, --namespace NAMESPACE  of uuid3 and uuid5: a UUID, or @dns, @url, @oid, @x500
  -N, --name NAME            of uuid3 and uuid5: the name
  -C, --count NUM            make NUM of them; the default is 1
`
