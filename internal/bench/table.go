package bench

import (
	"fmt"
	"io"
)

const line = "%-36s %14s %14s  %-22s %7s %7s %6s %14s\n"

// Header writes the names of the columns.
func Header(w io.Writer) {
	fmt.Fprintf(w, line, "case", "pynet", "best peer", "", "ratio", "target", "allocs", "CPython")
}

// Write writes the row as one line, and each of the other figures as one more.
func (r Row) Write(w io.Writer) {
	unit := r.Case.Unit
	if unit == "" {
		unit = "ns/op"
	}
	ratio, target, peer := "-", "-", "-"
	if r.BestPeer != "" {
		ratio, peer = fmt.Sprintf("%.2f", r.Ratio), show(r.Best, unit)
	}
	if r.Case.Target > 0 {
		target = fmt.Sprintf("%.2f", r.Case.Target)
		if r.BestPeer != "" && r.Ratio > r.Case.Target {
			ratio += "!"
		}
	}
	ours := show(r.Ours, unit)
	if r.Ours == 0 {
		ours = "0 " + unit
	}
	fmt.Fprintf(w, line, r.Case.Name, ours, peer, r.BestPeer, ratio, target, fmt.Sprint(r.Allocs), show(r.Python, unit))
	for _, a := range r.Also {
		fmt.Fprintf(w, "    %s", show(a.Ours, a.Unit))
		for i, p := range r.Case.Peers {
			fmt.Fprintf(w, "  %s %.2f", p.Name, a.Ratios[i])
		}
		fmt.Fprintln(w)
	}
}

func show(f float64, unit string) string {
	switch {
	case f == 0:
		return "-"
	case f < 100:
		return fmt.Sprintf("%.2f %s", f, unit)
	}
	return fmt.Sprintf("%.0f %s", f, unit)
}
