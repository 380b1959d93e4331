package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/traefik/yaegi/interp"
)

func eval(t *testing.T, source string) error {
	t.Helper()
	i := interp.New(interp.Options{})
	if err := i.Use(allowed(readable{}, nil)); err != nil {
		t.Fatal(err)
	}
	_, err := i.Eval(source)
	return err
}

func TestWhatReachesOutCannotBeImported(t *testing.T) {
	names := []string{"os/exec", "net", "net/http", "syscall", "unsafe", "reflect", "plugin", "runtime/debug", "os/signal", "text/template", "io/ioutil", "github.com/a/b"}
	for _, name := range names {
		source := "package main\nimport _ \"" + name + "\"\nfunc main() {}"
		if err := eval(t, source); err == nil {
			t.Errorf("%s can be imported", name)
		}
		if reason := refusedImport([]byte(source), nil); !strings.Contains(reason, name) {
			t.Errorf("%s: %q", name, reason)
		}
	}
}

func TestAPackageIsGivenWhereItIsAllowedByName(t *testing.T) {
	source := []byte("package main\nimport \"net/http\"\nimport \"math/rand/v2\"\n")
	if reason := refusedImport(source, []string{"net/http"}); reason != "" {
		t.Error(reason)
	}
	if reason := refusedImport([]byte("package main\nimport \"unsafe\"\n"), []string{"unsafe"}); reason == "" {
		t.Error("unsafe was allowed")
	}
}

func TestFunctionsThatChangeFilesAreGone(t *testing.T) {
	for _, call := range []string{`os.Remove("x")`, `os.WriteFile("x", nil, 0)`, `os.Create("x")`, `os.StartProcess("x", nil, nil)`, `os.DirFS("/")`, `os.Chdir("/")`} {
		if err := eval(t, "package main\nimport \"os\"\nfunc main() { "+call+" }"); err == nil {
			t.Errorf("%s runs", call)
		}
	}
}

func TestOnlyThePathsOfTheListAreRead(t *testing.T) {
	inside, outside := t.TempDir(), t.TempDir()
	for _, dir := range []string{inside, outside} {
		if err := os.WriteFile(filepath.Join(dir, "f"), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Join(outside, "f"), filepath.Join(inside, "link")); err != nil {
		t.Fatal(err)
	}
	files := readable{paths: []string{inside}}
	opened, err := files.open(filepath.Join(inside, "f"))
	if err != nil {
		t.Fatal(err)
	}
	opened.Close()
	for _, name := range []string{filepath.Join(outside, "f"), filepath.Join(inside, "link"), filepath.Join(inside, "../x"), inside + "x"} {
		if _, err := files.open(name); !errors.Is(err, fs.ErrPermission) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
