package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/traefik/yaegi/interp"
	"github.com/traefik/yaegi/stdlib"
)

func eval(t *testing.T, readable paths, source string) error {
	t.Helper()
	i := interp.New(interp.Options{})
	if err := i.Use(reduced(stdlib.Symbols, readable)); err != nil {
		t.Fatal(err)
	}
	_, err := i.Eval(source)
	return err
}

func TestPackagesOutsideTheListAreRefused(t *testing.T) {
	for _, name := range []string{"os/exec", "net", "net/http", "syscall", "unsafe", "reflect", "plugin", "runtime/debug", "os/signal"} {
		if err := eval(t, nil, "package main\nimport _ \""+name+"\"\nfunc main() {}"); err == nil {
			t.Errorf("%s can be imported", name)
		}
	}
}

func TestFunctionsThatChangeFilesAreGone(t *testing.T) {
	for _, call := range []string{"os.Remove(\"x\")", "os.WriteFile(\"x\", nil, 0)", "os.Create(\"x\")", "os.OpenFile(\"x\", 0, 0)", "os.StartProcess(\"x\", nil, nil)", "os.DirFS(\"/\")"} {
		if err := eval(t, nil, "package main\nimport \"os\"\nfunc main() { "+call+" }"); err == nil {
			t.Errorf("%s runs", call)
		}
	}
}

func TestPathsAreAsked(t *testing.T) {
	allowed, other := t.TempDir(), t.TempDir()
	for _, dir := range []string{allowed, other} {
		if err := os.WriteFile(filepath.Join(dir, "f"), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Join(other, "f"), filepath.Join(allowed, "link")); err != nil {
		t.Fatal(err)
	}
	readable := allowedPaths(allowed)
	if err := readable.check("open", filepath.Join(allowed, "f")); err != nil {
		t.Error(err)
	}
	for _, name := range []string{filepath.Join(other, "f"), filepath.Join(allowed, "link"), filepath.Join(allowed, "../x")} {
		if err := readable.check("open", name); err == nil || (!errors.Is(err, fs.ErrPermission) && !errors.Is(err, fs.ErrNotExist)) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
