package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/pynet-go/pynet/urllib/parse"
)

// site is where the log's server was reached.
const site = "https://www.example.com/"

// urls makes the targets of a log's requests absolute, finds those that mean the same
// page, and tells the site's own referers from others'.
func urls(w io.Writer, in *input) error {
	spellings := map[string]map[string]int{} // page → spelling → requests
	var refused []string
	for _, e := range in.log {
		// A target such as //evil.example/x would lead elsewhere: JoinSameOrigin refuses it.
		abs, err := parse.JoinSameOrigin(site, e.url)
		if err != nil {
			if !slices.Contains(refused, e.url) {
				refused = append(refused, e.url)
			}
			continue
		}
		page, err := canonical(abs)
		if err != nil {
			return err
		}
		if spellings[page] == nil {
			spellings[page] = map[string]int{}
		}
		spellings[page][e.url]++
	}
	fmt.Fprintf(w, "%d requests (%d lines were no requests), %d pages:\n", len(in.log), in.badLines, len(spellings))
	pages := slices.SortedFunc(maps.Keys(spellings), func(a, b string) int {
		return cmp.Or(total(spellings[b])-total(spellings[a]), strings.Compare(a, b))
	})
	for i, p := range pages {
		if i == 10 {
			fmt.Fprintf(w, "  … and %d more\n", len(pages)-i)
			break
		}
		fmt.Fprintf(w, "  %4d  %s", total(spellings[p]), p)
		if n := len(spellings[p]); n > 1 {
			fmt.Fprintf(w, "   (%d spellings)", n)
		}
		fmt.Fprintln(w)
	}
	for _, u := range refused {
		fmt.Fprintf(w, "  refused: %q would leave %s\n", u, site)
	}
	searches(w, in)
	return referers(w, in)
}

// canonical is one spelling for all URLs of a page: dot segments and the fragment gone,
// one form of escapes, the query sorted and without what only marketing reads.
func canonical(u string) (string, error) {
	r, err := parse.Split(u)
	if err != nil {
		return "", err
	}
	r.Fragment = ""
	r.Path = parse.Quote(parse.Unquote(r.Path))
	pairs, err := parse.QueryParser{KeepBlank: true}.ParseQSL(r.Query)
	if err != nil {
		return "", err
	}
	pairs = slices.DeleteFunc(pairs, func(p parse.Pair) bool { return strings.HasPrefix(p.Name, "utm_") })
	slices.SortStableFunc(pairs, func(a, b parse.Pair) int { return strings.Compare(a.Name, b.Name) })
	r.Query = parse.Encode(pairs)
	return r.String(), nil
}

// searches lists what people looked for.
func searches(w io.Writer, in *input) {
	counts := map[string]int{}
	for _, e := range in.log {
		r, err := parse.Split(e.url)
		if err != nil || r.Path != "/search" {
			continue
		}
		if q, err := parse.ParseQS(r.Query); err == nil {
			counts[q.Get("q")]++
		}
	}
	for _, q := range slices.Sorted(maps.Keys(counts)) {
		fmt.Fprintf(w, "  searched %3d times: %s\n", counts[q], q)
	}
}

// referers counts the sites that sent people here.
func referers(w io.Writer, in *input) error {
	own, others := 0, map[string]int{}
	for _, e := range in.log {
		switch {
		case e.referer == "":
		case parse.SameOrigin(site, e.referer): // whatever case and default port it is written with
			own++
		default:
			r, err := parse.Split(e.referer)
			if err != nil {
				continue
			}
			others[r.Scheme+"://"+r.Hostname()]++
		}
	}
	fmt.Fprintf(w, "referers: %d times the site itself", own)
	for _, o := range slices.Sorted(maps.Keys(others)) {
		fmt.Fprintf(w, ", %d times %s", others[o], o)
	}
	fmt.Fprintln(w)
	return nil
}

func total(m map[string]int) int {
	n := 0
	for _, v := range m {
		n += v
	}
	return n
}
