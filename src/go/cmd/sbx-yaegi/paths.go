package main

import (
	"io/fs"
	"path/filepath"
	"strings"
)

// paths may be read, and what lies below them; resolved.
type paths []string

func allowedPaths(text string) paths {
	var found paths
	for _, path := range strings.Split(text, ":") {
		if real, err := filepath.EvalSymlinks(path); path != "" && err == nil {
			found = append(found, real)
		}
	}
	return found
}

// check resolves links first, so that one in an allowed folder leads nowhere else.
func (allowed paths) check(op, name string) error {
	absolute, err := filepath.Abs(name)
	if err != nil {
		return &fs.PathError{Op: op, Path: name, Err: err}
	}
	real, err := filepath.EvalSymlinks(absolute)
	if err != nil {
		return &fs.PathError{Op: op, Path: name, Err: err}
	}
	for _, path := range allowed {
		if real == path || strings.HasPrefix(real, strings.TrimSuffix(path, "/")+"/") {
			return nil
		}
	}
	return &fs.PathError{Op: op, Path: name, Err: fs.ErrPermission}
}
