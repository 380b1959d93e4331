package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// readable opens only what lies at or below the paths, and only to read.
type readable struct{ paths []string }

func (r readable) functions() map[string]any {
	return map[string]any{
		"Open":     r.open,
		"ReadFile": func(name string) ([]byte, error) { return within(r, "open", name, os.ReadFile) },
		"ReadDir":  func(name string) ([]fs.DirEntry, error) { return within(r, "open", name, os.ReadDir) },
		"Stat":     func(name string) (fs.FileInfo, error) { return within(r, "stat", name, os.Stat) },
		"Lstat":    func(name string) (fs.FileInfo, error) { return within(r, "lstat", name, os.Lstat) },
		"OpenFile": func(name string, flag int, _ fs.FileMode) (*os.File, error) {
			if flag != os.O_RDONLY {
				return nil, refused("open", name)
			}
			return r.open(name)
		},
	}
}

func (r readable) open(name string) (*os.File, error) { return within(r, "open", name, os.Open) }

// within follows symbolic links before it compares. That one is changed in between is the script's own doing only
// where it may write, which nothing here lets it.
func within[T any](r readable, verb, name string, action func(string) (T, error)) (T, error) {
	var none T
	real, err := filepath.Abs(name)
	if err == nil {
		if found, followed := filepath.EvalSymlinks(real); followed == nil {
			real = found
		}
	}
	for _, path := range r.paths {
		if err == nil && (real == path || strings.HasPrefix(real, strings.TrimSuffix(path, "/")+"/")) {
			return action(real)
		}
	}
	return none, refused(verb, name)
}

func refused(verb, name string) error {
	return &fs.PathError{Op: verb, Path: name, Err: fs.ErrPermission}
}
