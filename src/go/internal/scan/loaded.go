package scan

import (
	"go/token"
	"go/types"
	"maps"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/callgraph"
	"golang.org/x/tools/go/callgraph/vta"
	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/ssa/ssautil"
)

// Loaded reads syntax as Parsed does, and tells by types which functions are really meant and which of them main can
// reach: through interfaces, generics and function values (variable type analysis, Tip and Palsberg 2000), and through
// packages of other modules. The standard library is not looked into: what of it is called is what counts.
func Loaded(folder string) Result {
	result := Parsed([]string{folder})
	result.Tier = "types"
	program, err := load(folder)
	if err != "" {
		result.Tier, result.Unloaded = "syntax", err
		return result
	}
	found := program.uses()
	named := map[place]bool{}
	for index, finding := range result.Findings {
		key := place{finding.File, finding.Line, finding.Rule}
		if reach, isKnown := found[key]; isKnown {
			result.Findings[index].Reach = reach.reach
			named[key] = true
			continue
		}
		if _, isImport := strings.CutPrefix(finding.What, "import "); isImport {
			result.Findings[index].Reach = "imported"
		}
	}
	for key, use := range found {
		if named[key] {
			continue
		}
		result.add(Finding{Rule: key.rule, File: key.file, Line: key.line, Column: use.column, What: use.what, Reach: use.reach})
	}
	return result.sorted()
}

type loaded struct {
	folder string
	files  *token.FileSet
	// Reached from main and from what runs before it.
	reached map[*ssa.Function]bool
	all     map[*ssa.Function]bool
}

type place struct {
	file string
	line int
	rule string
}

type use struct {
	column int
	what   string
	reach  string
}

func load(folder string) (*loaded, string) {
	mode := packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports | packages.NeedDeps |
		packages.NeedTypes | packages.NeedSyntax | packages.NeedTypesInfo | packages.NeedTypesSizes | packages.NeedModule
	roots, err := packages.Load(&packages.Config{Mode: mode, Dir: folder}, "./...")
	if err != nil {
		return nil, firstLine(err.Error())
	}
	problem := ""
	packages.Visit(roots, nil, func(one *packages.Package) {
		if len(one.Errors) > 0 && problem == "" {
			problem = firstLine(one.Errors[0].Error())
		}
	})
	if problem != "" {
		return nil, problem
	}
	if len(roots) == 0 {
		return nil, "no package is there"
	}
	program, own := ssautil.AllPackages(roots, ssa.InstantiateGenerics)
	for _, one := range program.AllPackages() {
		if !isStandardPath(one.Pkg.Path()) {
			one.Build()
		}
	}
	all := ssautil.AllFunctions(program)
	maps.DeleteFunc(all, func(function *ssa.Function, _ bool) bool { return isStandard(function) })
	graph := vta.CallGraph(all, nil)
	var entries []*ssa.Function
	for _, one := range own {
		if one == nil {
			continue
		}
		for _, name := range []string{"main", "init"} {
			if entry := one.Func(name); entry != nil {
				entries = append(entries, entry)
			}
		}
	}
	return &loaded{folder, program.Fset, reachable(graph, entries), all}, ""
}

func reachable(graph *callgraph.Graph, entries []*ssa.Function) map[*ssa.Function]bool {
	seen := map[*ssa.Function]bool{}
	pending := entries
	for len(pending) > 0 {
		one := pending[len(pending)-1]
		pending = pending[:len(pending)-1]
		if seen[one] {
			continue
		}
		seen[one] = true
		if isStandard(one) {
			continue
		}
		if node := graph.Nodes[one]; node != nil {
			for _, edge := range node.Out {
				pending = append(pending, edge.Callee.Func)
			}
		}
		pending = append(pending, one.AnonFuncs...)
	}
	return seen
}

// uses of denied functions outside of the standard library, by the place where they are named.
func (l *loaded) uses() map[place]use {
	found := map[place]use{}
	for function := range l.all {
		if isStandard(function) || function.Synthetic != "" && function.Origin() == nil && function.Name() != "init" {
			continue
		}
		reach := "imported"
		if l.reached[function] {
			reach = "reachable"
		}
		for _, block := range function.Blocks {
			for _, instruction := range block.Instrs {
				l.instruction(instruction, reach, found)
			}
		}
	}
	return found
}

func (l *loaded) instruction(instruction ssa.Instruction, reach string, found map[place]use) {
	called := ""
	if call, isCall := instruction.(ssa.CallInstruction); isCall {
		if callee := call.Common().StaticCallee(); callee != nil {
			called = callee.String()
		}
	}
	for _, operand := range instruction.Operands(nil) {
		var object types.Object
		switch value := (*operand).(type) {
		case *ssa.Function:
			object = value.Object()
		case *ssa.Global:
			object = value.Object()
		default:
			continue
		}
		path, name := nameOf(object)
		rule := symbolRule(path, name)
		if path == "" || rule == "" {
			continue
		}
		how := reach
		if function, isFunction := (*operand).(*ssa.Function); isFunction && reach == "reachable" && function.String() == called {
			how = "called"
		}
		l.note(instruction.Pos(), rule, path+"."+name, how, found)
	}
	if convert, isConvert := instruction.(*ssa.Convert); isConvert && isUnsafe(convert.Type()) {
		l.note(convert.Pos(), "unsafe", "unsafe.Pointer", reach, found)
	}
}

func (l *loaded) note(at token.Pos, rule, what, reach string, found map[place]use) {
	position := l.files.Position(at)
	if position.Line == 0 {
		return
	}
	file := position.Filename
	// As the syntax tier names it: below the folder as it was typed.
	if absolute, err := filepath.Abs(l.folder); err == nil {
		if below, err := filepath.Rel(absolute, file); err == nil && !strings.HasPrefix(below, "..") {
			file = filepath.Join(l.folder, below)
		}
	}
	key := place{file, position.Line, rule}
	if before, isKnown := found[key]; !isKnown || rank(reach) > rank(before.reach) {
		found[key] = use{position.Column, what, reach}
	}
}

func rank(reach string) int {
	return map[string]int{"imported": 0, "reachable": 1, "called": 2}[reach]
}

// nameOf an object of a package: "os", "RemoveAll"; methods as "Process.Kill".
func nameOf(object types.Object) (path, name string) {
	if object == nil || object.Pkg() == nil {
		return "", ""
	}
	name = object.Name()
	if function, isFunction := object.(*types.Func); isFunction {
		if receiver := function.Signature().Recv(); receiver != nil {
			of := receiver.Type()
			if pointer, isPointer := of.(*types.Pointer); isPointer {
				of = pointer.Elem()
			}
			if named, isNamed := of.(*types.Named); isNamed {
				name = named.Obj().Name() + "." + name
			}
		}
	}
	return object.Pkg().Path(), name
}

func isUnsafe(of types.Type) bool {
	basic, isBasic := of.Underlying().(*types.Basic)
	return isBasic && basic.Kind() == types.UnsafePointer
}

// isStandard by the path's first part, which has no dot in the standard library (go help importpath).
func isStandard(function *ssa.Function) bool {
	one := function.Package()
	if one == nil && function.Origin() != nil {
		one = function.Origin().Package()
	}
	if one == nil {
		return false
	}
	return isStandardPath(one.Pkg.Path())
}

func isStandardPath(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return standard[first]
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}
