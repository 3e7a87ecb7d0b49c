package parity

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/doc"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
)

// systems are the operating systems whose files are looked at, one after the
// other: a name may exist on one of them only.
var systems = []string{"linux", "darwin", "freebsd", "netbsd", "openbsd", "windows"}

// Symbols knows the exported names of the packages below a folder.
type Symbols struct {
	root string
	pkgs map[string]map[string]bool // package folder → symbol → is it documented
}

// NewSymbols looks at the module in root.
func NewSymbols(root string) *Symbols {
	return &Symbols{root: root, pkgs: map[string]map[string]bool{}}
}

// Check says why the symbol is missing or not documented.
func (s *Symbols) Check(symbol string) error {
	if dir, ok := strings.CutSuffix(symbol, "/"); ok {
		if m, _ := filepath.Glob(filepath.Join(s.root, dir, "*.go")); len(m) == 0 {
			return fmt.Errorf("no program in %s", dir)
		}
		return nil
	}
	slash := strings.LastIndexByte(symbol, '/') + 1
	dot := strings.IndexByte(symbol[slash:], '.')
	if dot < 0 {
		return fmt.Errorf("%q is no symbol", symbol)
	}
	dir, name := symbol[:slash+dot], symbol[slash+dot+1:]
	names, err := s.load(dir)
	if err != nil {
		return err
	}
	documented, ok := names[name]
	switch {
	case !ok:
		return fmt.Errorf("%s does not exist", symbol)
	case !documented:
		return fmt.Errorf("%s has no doc comment", symbol)
	}
	return nil
}

func (s *Symbols) load(dir string) (map[string]bool, error) {
	if names, ok := s.pkgs[dir]; ok {
		return names, nil
	}
	names := map[string]bool{}
	found := false
	for _, goos := range systems {
		pkg, err := load(filepath.Join(s.root, dir), goos)
		if err != nil {
			return nil, fmt.Errorf("package %s: %w", dir, err)
		}
		if pkg != nil {
			found = true
			collect(pkg, names)
		}
	}
	if !found {
		return nil, fmt.Errorf("package %s has no files", dir)
	}
	s.pkgs[dir] = names
	return names, nil
}

// load reads the package as one system builds it; nil if it has no file there.
func load(dir, goos string) (*doc.Package, error) {
	ctx := build.Default
	ctx.GOOS, ctx.GOARCH, ctx.CgoEnabled = goos, "amd64", false
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	fset := token.NewFileSet()
	var files []*ast.File
	for _, e := range entries {
		name := e.Name()
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		if ok, err := ctx.MatchFile(dir, name); err != nil || !ok {
			continue
		}
		f, err := parser.ParseFile(fset, filepath.Join(dir, name), nil, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	if len(files) == 0 {
		return nil, nil
	}
	return doc.NewFromFiles(fset, files, dir)
}

// collect notes each exported name of the package and whether it is documented.
// A name documented on one system counts as documented.
func collect(p *doc.Package, names map[string]bool) {
	add := func(name, doc string) { names[name] = names[name] || strings.TrimSpace(doc) != "" }
	values := func(vs []*doc.Value) {
		for _, v := range vs {
			for _, spec := range v.Decl.Specs {
				spec, ok := spec.(*ast.ValueSpec)
				if !ok {
					continue
				}
				for _, n := range spec.Names {
					add(n.Name, v.Doc+spec.Doc.Text()+spec.Comment.Text())
				}
			}
		}
	}
	values(p.Consts)
	values(p.Vars)
	for _, f := range p.Funcs {
		add(f.Name, f.Doc)
	}
	for _, t := range p.Types {
		values(t.Consts)
		values(t.Vars)
		for _, f := range t.Funcs {
			add(f.Name, f.Doc)
		}
		for _, m := range t.Methods {
			add(t.Name+"."+m.Name, m.Doc)
		}
		for _, spec := range t.Decl.Specs {
			if spec, ok := spec.(*ast.TypeSpec); ok {
				add(t.Name, t.Doc+spec.Doc.Text())
				members(t.Name, spec.Type, add)
			}
		}
	}
}

// members notes the fields of a struct and the methods of an interface.
func members(name string, typ ast.Expr, add func(name, doc string)) {
	var fields *ast.FieldList
	switch typ := typ.(type) {
	case *ast.StructType:
		fields = typ.Fields
	case *ast.InterfaceType:
		fields = typ.Methods
	default:
		return
	}
	above := "" // consecutive lines may share the comment of the first
	last := token.NoPos
	for _, f := range fields.List {
		text := f.Doc.Text() + f.Comment.Text()
		if text == "" && last.IsValid() && f.Pos()-last <= 3 {
			text = above
		}
		above, last = text, f.End()
		for _, n := range f.Names {
			add(name+"."+n.Name, text)
		}
	}
}
