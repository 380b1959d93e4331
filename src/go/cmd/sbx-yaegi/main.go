// Command sbx-yaegi interprets one Go file with yaegi v0.16.1: language and library of Go 1.22, frozen in 2024. It
// hands the script only the symbols of allowed.go. That keeps honest scripts honest and is no boundary: the interpreter
// shares its process with the script, whose data races can break Go's memory safety. The sandbox around it is the
// boundary, and limits are the process's, since yaegi can't end its goroutines (traefik/yaegi#1686).
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/parser"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/traefik/yaegi/interp"
)

// request is the first argument, as JSON; what follows are the script's own.
type request struct {
	// Token stands before the one line about the script, on standard error, before any of it runs.
	Token string `json:"token"`
	// File is the script's name in the folder SBX_DIR_BIND.
	File string `json:"file"`
	// Packages are allowed beyond the usual ones, whatever they can do.
	Packages []string `json:"packages"`
	// Read are the files and folders that the script may read.
	Read []string `json:"read"`
}

func main() {
	var r request
	if len(os.Args) < 2 || json.Unmarshal([]byte(os.Args[1]), &r) != nil {
		fmt.Fprintln(os.Stderr, "sbx-yaegi is started by sbx-bench exec --mode yaegi")
		os.Exit(2)
	}
	os.Exit(run(r, os.Args[2:]))
}

func run(r request, args []string) int {
	began := time.Now()
	dir := os.Getenv("SBX_DIR_BIND")
	os.Args = append([]string{r.File}, args...)
	i := interp.New(interp.Options{Args: os.Args, Env: os.Environ(), SourcecodeFilesystem: noSource{}})
	if err := i.Use(allowed(readable{paths: r.Read}, r.Packages)); err != nil {
		return r.cannot(err)
	}
	source, err := os.ReadFile(filepath.Join(dir, r.File))
	if err != nil {
		return r.cannot(err)
	}
	if refused := refusedImport(source, r.Packages); refused != "" {
		return r.cannot(errors.New(refused))
	}
	program, err := compile(i, r.File, source)
	if err != nil {
		return r.cannot(err)
	}
	fmt.Fprintf(os.Stderr, "%s ready %d\n", r.Token, time.Since(began).Nanoseconds())
	if _, err := i.Execute(program); err != nil {
		var panicked interp.Panic
		if errors.As(err, &panicked) {
			fmt.Fprintf(os.Stderr, "panic: %v\n", panicked.Value)
		} else {
			fmt.Fprintln(os.Stderr, err)
		}
		// As Go's own runtime ends after a panic.
		return 2
	}
	return 0
}

// compile takes a crash of the interpreter on what it does not know (traefik/yaegi#1601, generics) as its answer.
func compile(i *interp.Interpreter, file string, source []byte) (program *interp.Program, err error) {
	defer func() {
		if crash := recover(); crash != nil {
			err = fmt.Errorf("the interpreter crashes on it: %v", crash)
		}
	}()
	syntax, err := parser.ParseFile(i.FileSet(), file, source, parser.DeclarationErrors)
	if err != nil {
		return nil, err
	}
	return i.CompileAST(syntax)
}

// noSource has no Go files: a script is one file, and reads no other as source.
type noSource struct{}

func (noSource) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

func (r request) cannot(err error) int {
	fmt.Fprintf(os.Stderr, "%s cannot %s\n", r.Token, strings.Join(strings.Fields(err.Error()), " "))
	return 2
}
