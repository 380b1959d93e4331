package scan

import (
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"
)

// What a scan reads at most; the rest is named as not read.
const (
	mostFileBytes = 16 << 20
	mostFiles     = 20_000
)

// Parsed reads syntax alone: every file of the folders, whatever its build tags say.
func Parsed(roots []string) Result {
	result := Result{Tier: "syntax"}
	for _, root := range roots {
		for _, file := range filesBelow(root, &result) {
			parseFile(file, &result)
		}
	}
	return result.sorted()
}

// filesBelow follows no links, so that a loop ends.
func filesBelow(root string, result *Result) []string {
	info, err := os.Stat(root)
	if err != nil {
		result.add(Finding{Rule: "unread", File: root, What: err.Error()})
		return nil
	}
	if !info.IsDir() {
		return []string{root}
	}
	var files []string
	// With the separator a link to a folder is that folder; links below it are not followed.
	_ = filepath.WalkDir(root+string(filepath.Separator), func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			result.add(Finding{Rule: "unread", File: path, What: err.Error()})
		case entry.IsDir() && entry.Name() == ".git":
			return fs.SkipDir
		case entry.Type()&fs.ModeSymlink != 0 && strings.HasSuffix(path, ".go"):
			result.add(Finding{Rule: "unread", File: path, What: "a symbolic link, which is not followed"})
		case entry.Type().IsRegular() && isSource(path):
			if len(files) == mostFiles {
				result.add(Finding{Rule: "unread", File: root, What: "more than " + strconv.Itoa(mostFiles) + " files"})
				return fs.SkipAll
			}
			files = append(files, path)
		}
		return nil
	})
	return files
}

func isSource(path string) bool {
	switch filepath.Ext(path) {
	case ".go", ".s", ".S", ".syso", ".c", ".cc", ".cpp", ".h", ".m", ".swig", ".so", ".a":
		return true
	}
	name := filepath.Base(path)
	return name == "go.mod" || name == "go.work"
}

func parseFile(path string, result *Result) {
	result.Files++
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		result.add(Finding{Rule: "unread", File: path, What: "no regular file"})
		return
	}
	if err == nil && info.Size() > mostFileBytes {
		result.add(Finding{Rule: "unread", File: path, What: "larger than 16 MiB"})
		return
	}
	text, err := os.ReadFile(path)
	if err != nil {
		result.add(Finding{Rule: "unread", File: path, What: err.Error()})
		return
	}
	result.Bytes += int64(len(text))
	switch filepath.Ext(path) {
	case ".mod", ".work":
		moduleFile(path, text, result)
	case ".s", ".S":
		result.add(Finding{Rule: "assembly", File: path, Line: 1, What: "assembly, which is not read"})
	case ".syso", ".so", ".a":
		result.add(Finding{Rule: "object", File: path, Line: 1, What: "an object file, which is linked as it is"})
	case ".c", ".cc", ".cpp", ".h", ".m", ".swig":
		result.add(Finding{Rule: "cgo", File: path, Line: 1, What: "a file in C, which is not read"})
	default:
		goFile(path, text, result)
	}
}

func goFile(path string, text []byte, result *Result) {
	if !utf8.Valid(text) {
		result.add(Finding{Rule: "unparsed", File: path, Line: 1, What: "not UTF-8"})
	}
	if strings.HasPrefix(string(text), "#!") {
		text = append([]byte("//"), text[2:]...)
	}
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		line, what := 1, err.Error()
		if list, isList := err.(scanner.ErrorList); isList && len(list) > 0 {
			line, what = list[0].Pos.Line, list[0].Msg
		}
		result.add(Finding{Rule: "unparsed", File: path, Line: line, What: what})
	}
	if file == nil {
		return
	}
	reader := &reader{path: path, files: files, result: result, names: map[string]string{}}
	reader.imports(file)
	reader.directives(file)
	ast.Inspect(file, reader.node)
}

type reader struct {
	path   string
	files  *token.FileSet
	result *Result
	// Name in this file -> package path.
	names map[string]string
	dots  []string
}

func (r *reader) add(rule string, at token.Pos, what string) {
	place := r.files.Position(at)
	r.result.add(Finding{Rule: rule, File: r.path, Line: place.Line, Column: place.Column, What: what})
}

func (r *reader) imports(file *ast.File) {
	for _, spec := range file.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue
		}
		name := path[strings.LastIndex(path, "/")+1:]
		if strings.HasPrefix(name, "v") && strings.Contains(path, "/") && strings.Trim(name[1:], "0123456789") == "" {
			rest := path[:strings.LastIndex(path, "/")]
			name = rest[strings.LastIndex(rest, "/")+1:]
		}
		if spec.Name != nil {
			name = spec.Name.Name
		}
		if name == "." {
			r.dots = append(r.dots, path)
		}
		r.names[name] = path
		if rule := importRule(path); rule != "" {
			r.add(rule, spec.Pos(), "import "+strconv.Quote(path))
		}
	}
}

func (r *reader) node(node ast.Node) bool {
	switch node := node.(type) {
	case *ast.SelectorExpr:
		name, isName := node.X.(*ast.Ident)
		if path := ""; isName {
			path = r.names[name.Name]
			if rule := symbolRule(path, node.Sel.Name); path != "" && rule != "" {
				r.add(rule, node.Pos(), path+"."+node.Sel.Name)
				return false
			}
		}
		if r.names["reflect"] != "" && reflectMethods[node.Sel.Name] {
			r.add("reflect-call", node.Pos(), "."+node.Sel.Name+" beside an import of reflect")
		}
		// Its second part is a name of another package or value, and none that a dot import brought.
		ast.Inspect(node.X, r.node)
		return false
	case *ast.Ident:
		for _, path := range r.dots {
			if rule := symbolRules[path][node.Name]; rule != "" {
				r.add(rule, node.Pos(), path+"."+node.Name+", by a dot import")
			}
		}
	}
	return true
}
