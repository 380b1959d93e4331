// Command sbx-yaegi interprets a Go script with a reduced library.
//
//	sbx-yaegi SCRIPT.go [ARGUMENT...]
//
// SBX_YAEGI_READ names the folders and files that the script may read, separated by colons; it writes nothing. That and
// the list of packages are early rejection and no boundary: values lead past both (text/template reads files by a
// method). The sandbox around it is the boundary, and so are its limits: a goroutine of the script survives any
// cancelled context.
package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"reflect"

	"github.com/traefik/yaegi/interp"
	"github.com/traefik/yaegi/stdlib"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: sbx-yaegi SCRIPT.go [ARGUMENT...]")
		os.Exit(2)
	}
	// As `go run` gives it: the program's name first.
	i := interp.New(interp.Options{Args: os.Args[1:], Env: os.Environ()})
	if err := i.Use(reduced(stdlib.Symbols, allowedPaths(os.Getenv("SBX_YAEGI_READ")))); err != nil {
		fail(err)
	}
	program, err := i.CompilePath(os.Args[1])
	if err != nil {
		fail(explained(err))
	}
	if _, err := i.Execute(program); err != nil {
		fail(err)
	}
}

// reduced keeps the packages of the list, without the functions that reach the file system, and with readers that ask
// the list of paths.
func reduced(all interp.Exports, readable paths) interp.Exports {
	kept := interp.Exports{}
	for key, symbols := range all {
		if !allowedPackages[packageOf(key)] {
			continue
		}
		own := map[string]reflect.Value{}
		for name, value := range symbols {
			if !deniedSymbols[key+"."+name] {
				own[name] = value
			}
		}
		kept[key] = own
	}
	for name := range kept["os/os"] {
		if !allowedOS[name] {
			delete(kept["os/os"], name)
		}
	}
	for key, symbols := range readers(readable) {
		for name, value := range symbols {
			kept[key][name] = reflect.ValueOf(value)
		}
	}
	return kept
}

func readers(readable paths) map[string]map[string]any {
	readFile := func(name string) ([]byte, error) {
		if err := readable.check("open", name); err != nil {
			return nil, err
		}
		return os.ReadFile(name)
	}
	readDir := func(name string) ([]fs.DirEntry, error) {
		if err := readable.check("open", name); err != nil {
			return nil, err
		}
		return os.ReadDir(name)
	}
	open := func(name string) (*os.File, error) {
		if err := readable.check("open", name); err != nil {
			return nil, err
		}
		return os.Open(name)
	}
	stat := func(name string) (fs.FileInfo, error) {
		if err := readable.check("stat", name); err != nil {
			return nil, err
		}
		return os.Stat(name)
	}
	return map[string]map[string]any{
		"os/os":            {"ReadFile": readFile, "ReadDir": readDir, "Open": open, "Stat": stat, "Exit": os.Exit},
		"io/ioutil/ioutil": {"ReadFile": readFile},
	}
}

func explained(err error) error {
	return fmt.Errorf("%w\n(interpreted by yaegi 0.16.1: language and library of Go 1.22, without packages that reach the network, processes or memory)", err)
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	var panicked interp.Panic
	if errors.As(err, &panicked) {
		// As a Go program's own.
		os.Exit(2)
	}
	os.Exit(1)
}
