package parity

import (
	"fmt"
	"strings"
)

// Markdown returns the text of PARITY.md.
func Markdown(mods []Module, reports []Report) string {
	var b strings.Builder
	b.WriteString("# From Python to Go\n\n" +
		"Every documented name of each Python module, and what stands for it here. A dash is a name that\n" +
		"cannot exist in Go, with the reason. Made by `go run ./internal/parity/cmd/parity` from `internal/parity/*.tsv`.\n\n" +
		"| module | names | mapped | excused |\n|---|---:|---:|---:|\n")
	for _, r := range reports {
		fmt.Fprintf(&b, "| [%s](#%s) | %d | %d | %d |\n", r.Module, strings.ReplaceAll(r.Module, ".", ""), r.Total, r.Mapped, r.Excused)
	}
	for _, m := range mods {
		fmt.Fprintf(&b, "\n## %s\n\n| Python | | Go | |\n|---|---|---|---|\n", m.Module)
		for _, n := range m.Names {
			e := m.Entries[n.Name]
			goName := "–"
			if len(e.Symbols) > 0 {
				goName = "`" + strings.Join(e.Symbols, "`, `") + "`"
			}
			name := strings.TrimPrefix(n.Name, m.Module+".")
			fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", cell(name), cell(n.Kind), cell(goName), cell(e.Note))
		}
	}
	return b.String()
}

func cell(s string) string { return strings.ReplaceAll(s, "|", `\|`) }
