package scan

import (
	"go/ast"
	"path"
	"strings"
)

// directives are comments that the toolchain obeys.
func (r *reader) directives(file *ast.File) {
	for _, group := range file.Comments {
		for _, comment := range group.List {
			text := comment.Text
			switch {
			case strings.HasPrefix(text, "//go:linkname"):
				r.add("linkname", comment.Pos(), strings.TrimSpace(text))
			case strings.HasPrefix(text, "//go:generate"):
				r.add("generate", comment.Pos(), strings.TrimSpace(text))
			case strings.HasPrefix(text, "//go:cgo_"), strings.HasPrefix(text, "//go:wasmimport"):
				r.add("cgo", comment.Pos(), strings.TrimSpace(text))
			case strings.HasPrefix(text, "//sbx:allow "):
				r.allowance(comment)
			case strings.HasPrefix(text, "//go:embed"):
				r.embed(comment, strings.Fields(text)[1:])
			}
		}
	}
}

func (r *reader) allowance(comment *ast.Comment) {
	rule, reason, _ := strings.Cut(strings.TrimSpace(strings.TrimPrefix(comment.Text, "//sbx:allow ")), " ")
	line := r.files.Position(comment.Pos()).Line
	r.result.Allowances = append(r.result.Allowances, Allowance{rule, r.path, line, strings.TrimSpace(reason)})
}

// embed: Go itself refuses `..`; what stays inside is read into the program, which is worth a word only where it is all.
func (r *reader) embed(comment *ast.Comment, patterns []string) {
	for _, pattern := range patterns {
		plain := strings.Trim(strings.TrimPrefix(pattern, "all:"), "\"`")
		if path.IsAbs(plain) || strings.Contains("/"+plain+"/", "/../") {
			r.add("embed", comment.Pos(), "//go:embed "+pattern+", outside of the folder")
		}
	}
}

// moduleFile: lines that change which code is built, or by what.
func moduleFile(file string, text []byte, result *Result) {
	block := ""
	for index, line := range strings.Split(string(text), "\n") {
		line, _, _ = strings.Cut(line, "//")
		words := strings.Fields(line)
		switch {
		case len(words) == 0:
			continue
		case words[0] == ")":
			block = ""
			continue
		case len(words) == 2 && words[1] == "(":
			block = words[0]
			continue
		}
		verb := words[0]
		if block != "" {
			verb = block
		}
		rule := map[string]string{"replace": "replace", "toolchain": "toolchain", "use": "replace", "tool": "generate"}[verb]
		if rule != "" {
			what := strings.Join(words, " ")
			if block != "" {
				what = block + " " + what
			}
			result.add(Finding{Rule: rule, File: file, Line: index + 1, Column: 1, What: what})
		}
	}
}
