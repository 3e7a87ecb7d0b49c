// Command ipaddress plans the subnets of a network. It is told how many hosts each
// part of the network has, gives each the smallest subnet that holds them, and shows
// what stays free:
//
//	go run ./examples/ipaddress
//	go run ./examples/ipaddress -block 2001:db8::/56 -used 2001:db8::/64 office:200 lab:50
//
// It shows package ipaddress at work: parsing, sets of addresses, subnets, special
// addresses of a network, and names in the DNS.
package main

import (
	"cmp"
	"flag"
	"fmt"
	"io"
	"math/bits"
	"os"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/pynet-go/pynet/ipaddress"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// A part is a piece of the network: what was asked for, and what it got.
type part struct {
	name   string
	hosts  uint32
	subnet ipaddress.Network
}

func run(args []string, out io.Writer) error {
	fs := flag.NewFlagSet("ipaddress", flag.ContinueOnError)
	// A Network is an encoding.TextUnmarshaler, so package flag can read it.
	var block ipaddress.Network
	fs.TextVar(&block, "block", ipaddress.MustParseNetwork("10.20.0.0/22"), "the `network` to divide")
	used := fs.String("used", "10.20.0.0/26", "`networks` that are taken already, with commas between")
	if err := fs.Parse(args); err != nil {
		return err
	}
	wanted := fs.Args()
	if len(wanted) == 0 {
		wanted = []string{"office:200", "lab:50", "guests:120", "uplink:2"}
	}
	parts, err := parseParts(wanted)
	if err != nil {
		return err
	}
	free, err := freeOf(block, *used)
	if err != nil {
		return err
	}
	if free, err = plan(parts, free); err != nil {
		return err
	}
	return report(out, parts, free)
}

// parseParts reads texts such as "office:200".
func parseParts(texts []string) ([]part, error) {
	var parts []part
	for _, text := range texts {
		name, count, _ := strings.Cut(text, ":")
		hosts, err := strconv.ParseUint(count, 10, 24)
		if err != nil || hosts == 0 {
			return nil, fmt.Errorf("%q: want a name, a colon and a number of hosts", text)
		}
		parts = append(parts, part{name: name, hosts: uint32(hosts)})
	}
	return parts, nil
}

// freeOf returns the addresses of the block that are not in the networks listed.
func freeOf(block ipaddress.Network, list string) (ipaddress.Set, error) {
	var taken []ipaddress.Network
	for text := range strings.SplitSeq(list, ",") {
		if text == "" {
			continue
		}
		n, err := ipaddress.ParseNetwork(text)
		if err != nil {
			return ipaddress.Set{}, err
		}
		taken = append(taken, n)
	}
	all, err := ipaddress.NewSet(block)
	if err != nil {
		return ipaddress.Set{}, err
	}
	used, err := ipaddress.NewSet(taken...)
	return all.Difference(used), err
}

// plan gives each part a subnet, the largest first so that no gaps arise, and
// returns what is left.
func plan(parts []part, free ipaddress.Set) (ipaddress.Set, error) {
	slices.SortStableFunc(parts, func(a, b part) int { return cmp.Compare(b.hosts, a.hosts) })
	for i := range parts {
		subnet, ok := smallest(free, parts[i].hosts)
		if !ok {
			return free, fmt.Errorf("no room for %d hosts of %s in %v", parts[i].hosts, parts[i].name, free)
		}
		parts[i].subnet = subnet
		taken, err := ipaddress.NewSet(subnet)
		if err != nil {
			return free, err
		}
		free = free.Difference(taken)
	}
	return free, nil
}

// smallest returns the first subnet in the smallest free network that has room.
// Two addresses of each subnet are no hosts': the first and the last.
func smallest(free ipaddress.Set, hosts uint32) (best ipaddress.Network, ok bool) {
	hostBits := bits.Len32(hosts + 1)
	for n := range free.Networks() {
		if n.MaxBits()-n.Bits() >= hostBits && (!ok || n.Bits() > best.Bits()) {
			best, ok = n, true
		}
	}
	if !ok {
		return best, false
	}
	subnet, err := ipaddress.NetworkFrom(best.Addr(), best.MaxBits()-hostBits)
	return subnet, err == nil
}

func report(out io.Writer, parts []part, free ipaddress.Set) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "part\thosts\tsubnet\tnet mask\tgateway\tlast host\tPTR of the gateway")
	for _, p := range parts {
		gateway, err := p.subnet.At(1)
		if err != nil {
			return err
		}
		last, err := p.subnet.At(-2)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%s\t%d\t%v\t%v\t%v\t%v\t%s\n", p.name, p.hosts, p.subnet, p.subnet.Netmask(), gateway, last, gateway.ReversePointer())
	}
	fmt.Fprintf(w, "free: %v, %v addresses\n", free, free.Len())
	return w.Flush()
}
