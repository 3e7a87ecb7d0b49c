package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/pynet-go/pynet/ipaddress"
)

// A hop is where a route leads: the device, for this purpose.
type hop string

// networks reads a routing table, makes it as short as it can be, looks the log's
// clients up in it, and exports it.
func networks(w io.Writer, in *input) error {
	// A Table finds the longest prefix that matches, as a router does.
	var table ipaddress.Table[hop]
	byHop := map[hop][]ipaddress.Network{}
	var wrong []string
	for _, line := range in.routes {
		n, h, err := parseRoute(line)
		if err != nil {
			wrong = append(wrong, err.Error())
			continue
		}
		if err := table.Insert(n, h); err != nil {
			return err
		}
		byHop[h] = append(byHop[h], n)
	}
	fmt.Fprintf(w, "%d lines, %d routes, %d hops\n", len(in.routes), table.Len(), len(byHop))
	for _, text := range wrong {
		fmt.Fprintln(w, "  not a route:", text)
	}

	// Collapse gives the fewest networks that are the same addresses.
	hops := slices.Sorted(maps.Keys(byHop))
	fmt.Fprintln(w, "collapsed, the shortest list for each hop:")
	for _, h := range hops {
		short, err := ipaddress.Collapse(byHop[h])
		if err != nil { // networks of both versions do not collapse together
			short = nil
			for _, v := range []ipaddress.Version{ipaddress.V4, ipaddress.V6} {
				part, err := ipaddress.Collapse(ofVersion(byHop[h], v))
				if err != nil {
					return err
				}
				short = append(short, part...)
			}
		}
		fmt.Fprintf(w, "  %-6s %3d → %2d  %s\n", h, len(byHop[h]), len(short), list(short, 4))
	}

	lookUpClients(w, in, &table)
	if len(hops) == 0 {
		return nil
	}
	return export(w, byHop, hops)
}

// lookUpClients tells where answers to the log's clients go.
func lookUpClients(w io.Writer, in *input, table *ipaddress.Table[hop]) {
	seen := map[ipaddress.Addr]int{}
	var clients []ipaddress.Addr
	for _, e := range in.log {
		a, err := ipaddress.ParseAddr(e.client)
		if err != nil {
			continue // a host name
		}
		a = a.Unmap() // ::ffff:192.0.2.1, as a dual-stack server logs it, is 192.0.2.1
		if seen[a]++; seen[a] == 1 {
			clients = append(clients, a)
		}
	}
	ipaddress.SortAddrs(clients)
	fmt.Fprintf(w, "%d clients; the route that each one's answers take:\n", len(clients))
	for i, a := range clients {
		if i == 12 {
			fmt.Fprintf(w, "  … and %d more\n", len(clients)-i)
			break
		}
		n, h, ok := table.LookupNetwork(a)
		if !ok {
			fmt.Fprintf(w, "  %-20v no route\n", a)
			continue
		}
		kind := "public"
		if !a.IsGlobal() {
			kind = "not global"
			if b, ok := a.Special(); ok {
				kind = b.Name
			}
		}
		fmt.Fprintf(w, "  %-20v %-18v %-6s %3d requests  (%s)\n", a, n, h, seen[a], kind)
	}
}

// export writes what the longest list covers in the forms that other programs read, and
// what is left free around it.
func export(w io.Writer, byHop map[hop][]ipaddress.Network, hops []hop) error {
	h := slices.MaxFunc(hops, func(a, b hop) int { return len(byHop[a]) - len(byHop[b]) })
	set, err := ipaddress.NewSet(byHop[h]...)
	if err != nil {
		return err
	}
	var short []ipaddress.Network
	for n := range set.Networks() {
		short = append(short, n)
	}
	text, err := json.Marshal(map[string]any{"hop": h, "networks": short})
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "as JSON: %s\n", text)
	first := short[0]
	fmt.Fprintf(w, "as a netmask: %s; as a wildcard: %s; in the DNS: %s\n", first.WithNetmask(), first.WithHostmask(), first.Addr().ReversePointer())
	fmt.Fprintf(w, "%v addresses in %s", set.Len(), h)
	if up, err := first.SupernetBy(1); err == nil {
		rest, err := up.AddressExclude(first)
		if err != nil {
			return err
		}
		var free []ipaddress.Network
		for n := range rest {
			free = append(free, n)
		}
		fmt.Fprintf(w, "; beside %v in %v there is %s", first, up, list(free, 4))
	}
	fmt.Fprintln(w)
	return nil
}

// parseRoute finds the network and the device in a line of a dump of routes.
func parseRoute(line string) (ipaddress.Network, hop, error) {
	f := strings.Fields(line)
	h := hop("-")
	if i := slices.Index(f, "dev"); i >= 0 && i+1 < len(f) {
		h = hop(f[i+1])
	}
	if f[0] == "default" {
		f[0] = "0.0.0.0/0"
	}
	n, err := ipaddress.ParseNetwork(f[0])
	return n, h, err
}

func ofVersion(ns []ipaddress.Network, v ipaddress.Version) []ipaddress.Network {
	var out []ipaddress.Network
	for _, n := range ns {
		if n.Version() == v {
			out = append(out, n)
		}
	}
	return out
}

// list writes the first few networks.
func list(ns []ipaddress.Network, most int) string {
	var b strings.Builder
	for i, n := range ns {
		if i == most {
			fmt.Fprintf(&b, " and %d more", len(ns)-i)
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(n.String())
	}
	return b.String()
}
