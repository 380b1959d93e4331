package scan

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A script that does what a rule denies, by a way around reading it. Misses are expected, and said.
type evasion struct {
	name   string
	rule   string
	syntax bool
	typed  bool
	source string
	// Further files of its folder.
	files map[string]string
}

var evasions = []evasion{
	{name: "plain call", rule: "delete", syntax: true, typed: true, source: `import "os"; func main() { os.RemoveAll("x") }`},
	{name: "alias of a package", rule: "exec", syntax: true, typed: true, source: `import e "os/exec"; func main() { e.Command("x").Run() }`},
	{name: "dot import", rule: "delete", syntax: true, typed: true, source: `import . "os"; func main() { RemoveAll("x") }`},
	{name: "blank import", rule: "network", syntax: true, typed: true, source: `import _ "net/http/pprof"; func main() {}`},
	{name: "function value", rule: "delete", syntax: true, typed: true, source: `import "os"; func main() { f := os.RemoveAll; f("x") }`},
	{name: "function in a map", rule: "delete", syntax: true, typed: true, source: `import "os"; var m = map[string]func(string) error{"a": os.RemoveAll}; func main() { m["a"]("x") }`},
	{name: "function in a struct", rule: "delete", syntax: true, typed: true, source: `import "os"; type t struct{ f func(string) error }; func main() { (t{os.Remove}).f("x") }`},
	{name: "returned function", rule: "delete", syntax: true, typed: true, source: `import "os"; func g() func(string) error { return os.RemoveAll }; func main() { g()("x") }`},
	{name: "generic application", rule: "delete", syntax: true, typed: true, source: `import "os"; func do[T any](f func(T) error, v T) { f(v) }; func main() { do(os.RemoveAll, "x") }`},
	{name: "channel of functions", rule: "delete", syntax: true, typed: true, source: `import "os"; func main() { c := make(chan func(string) error, 1); c <- os.RemoveAll; (<-c)("x") }`},
	{name: "deferred", rule: "delete", syntax: true, typed: true, source: `import "os"; func main() { defer os.RemoveAll("x") }`},
	{name: "goroutine", rule: "delete", syntax: true, typed: true, source: `import "os"; func main() { go os.RemoveAll("x"); select {} }`},
	{name: "package variable", rule: "delete", syntax: true, typed: true, source: `import "os"; var rm = os.RemoveAll; func main() { rm("x") }`},
	{name: "in init", rule: "delete", syntax: true, typed: true, source: `import "os"; func init() { os.RemoveAll("x") }; func main() {}`},
	{name: "method value of a process", rule: "signal", syntax: true, typed: true, source: `import "os"; func main() { p, _ := os.FindProcess(1); k := p.Kill; k() }`},
	{name: "method expression", rule: "signal", syntax: false, typed: true, source: `import "os"; func main() { f := (*os.Process).Kill; var p *os.Process; f(p) }`},
	{name: "embedded process", rule: "signal", syntax: false, typed: true, source: `import "os"; type t struct{ *os.Process }; func main() { var x t; x.Kill() }`},
	{name: "root of a folder", rule: "delete", syntax: false, typed: true, source: `import "os"; func main() { r, _ := os.OpenRoot("/"); r.RemoveAll("x") }`},
	{name: "method of a file", rule: "delete", syntax: false, typed: true, source: `import "os"; func main() { f := os.NewFile(3, ""); f.Truncate(0) }`},
	{name: "interface dispatch", rule: "signal", syntax: true, typed: true, source: `import "os"; type k interface{ Kill() error }; func do(x k) { x.Kill() }; func main() { p, _ := os.FindProcess(1); do(p) }`},
	{name: "reflect call", rule: "reflect-call", syntax: true, typed: true, source: `import "reflect"; func main() { reflect.ValueOf(main).Call(nil) }`},
	{name: "reflect method by name", rule: "reflect-call", syntax: true, typed: true, source: `import "reflect"; type t struct{}; func (t) M() {}; func main() { reflect.ValueOf(t{}).MethodByName("M").Call(nil) }`},
	{name: "reflect call as a value", rule: "reflect-call", syntax: true, typed: true, source: `import "reflect"; func main() { f := reflect.Value.Call; f(reflect.ValueOf(main), nil) }`},
	{name: "alias of reflect", rule: "reflect-call", syntax: false, typed: true, source: `import r "reflect"; func main() { r.ValueOf(main).Call(nil) }`},
	{name: "unsafe pointer", rule: "unsafe", syntax: true, typed: true, source: `import "unsafe"; func main() { x := 1; _ = *(*byte)(unsafe.Pointer(&x)) }`},
	{name: "pointer by reflect", rule: "unsafe", syntax: false, typed: true, source: `import "reflect"; func main() { x := 1; _ = reflect.ValueOf(&x).UnsafePointer() }`},
	{name: "raw syscall", rule: "syscall", syntax: true, typed: true, source: `import "syscall"; func main() { syscall.Syscall(39, 0, 0, 0) }`},
	{name: "computed number", rule: "syscall", syntax: true, typed: true, source: `import s "syscall"; func main() { n := uintptr(30); s.RawSyscall(n+9, 0, 0, 0) }`},
	{name: "listening", rule: "network", syntax: true, typed: true, source: `import "net/http"; func main() { http.ListenAndServe(":1", nil) }`},
	{name: "default client", rule: "network", syntax: true, typed: true, source: `import h "net/http"; func main() { h.DefaultClient.Get("http://x") }`},
	{name: "linkname", rule: "linkname", syntax: true, typed: true, source: "import _ \"unsafe\"\n//go:linkname now time.now\nfunc now() (int64, int32, int64)\nfunc main() {}", files: map[string]string{"x.s": ""}},
	{name: "assembly", rule: "assembly", syntax: true, typed: true, source: `func f(); func main() { f() }`, files: map[string]string{"f_amd64.s": "TEXT ·f(SB),4,$0\n\tRET\n"}},
	{name: "object file", rule: "object", syntax: true, typed: true, source: `func main() {}`, files: map[string]string{"x.syso": ""}},
	{name: "generate", rule: "generate", syntax: true, typed: true, source: "//go:generate sh -c id\nfunc main() {}"},
	{name: "file with another tag", rule: "delete", syntax: true, typed: true, source: `func main() {}`, files: map[string]string{"other.go": "//go:build windows\n\npackage main\n\nimport \"os\"\n\nfunc x() { os.RemoveAll(\"x\") }\n"}},
	{name: "test file", rule: "exec", syntax: true, typed: true, source: `func main() {}`, files: map[string]string{"x_test.go": "package main\n\nimport _ \"os/exec\"\n"}},
	{name: "broken file", rule: "unparsed", syntax: true, typed: true, source: `func main() {}`, files: map[string]string{"testdata/x.go": "package main\nfunc {"}},
	{name: "broken file with a denied import", rule: "exec", syntax: true, typed: true, source: `func main() {}`, files: map[string]string{"testdata/x.go": "package main\nimport \"os/exec\"\nfunc f() { exec.Command( }"}},
	{name: "not UTF-8", rule: "unparsed", syntax: true, typed: true, source: `func main() {}`, files: map[string]string{"testdata/x.go": "package main // \xff\n"}},
	{name: "writing through the shell's history", rule: "write", syntax: true, typed: true, source: `import "os"; func main() { os.WriteFile("/root/.profile", nil, 0) }`},
	{name: "template that reads", rule: "read", syntax: false, typed: true, source: `import "text/template"; func main() { template.New("").ParseFiles("/etc/passwd") }`},
	{name: "vendored copy of a call", rule: "delete", syntax: true, typed: true, source: `import "evasion/inner"; func main() { inner.Clean() }`},
	{name: "linker's flag in a comment of another file", rule: "cgo", syntax: true, typed: true, source: `func main() {}`, files: map[string]string{"testdata/c.c": "int x;"}},
	// Out of reach for reading: what is denied happens in a package that is let be.
	{name: "proc memory by an ordinary file", rule: "unsafe", syntax: false, typed: false, source: `import "os"; func main() { f, _ := os.OpenFile("/proc/self/mem", 2, 0); f.WriteAt(nil, 0) }`},
	{name: "data race on an interface", rule: "unsafe", syntax: false, typed: false, source: `type i interface{ m() }; type a struct{ p *int }; type b struct{ n int }; func (a) m() {}; func (b) m() {}; var v i; func main() { go func() { for { v = a{} } }(); for { v = b{} } }`},
	{name: "a program by its path in a file", rule: "exec", syntax: false, typed: false, source: `import "os"; func main() { os.WriteFile("/etc/cron.d/x", []byte("* * * * * root id\n"), 0) }`},
}

func TestEvasions(t *testing.T) {
	root := t.TempDir()
	write := func(name, text string) {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("go.mod", "module evasion\n\ngo 1.26\n")
	write("inner/inner.go", "package inner\n\nimport \"os\"\n\nfunc Clean() { os.RemoveAll(\"x\") }\n")
	for index, one := range evasions {
		folder := fmt.Sprintf("case%02d", index)
		write(folder+"/main.go", "package main\n\n"+one.source+"\n")
		for name, text := range one.files {
			write(folder+"/"+name, text)
		}
	}
	syntax, typed := Parsed([]string{root}), Loaded(root)
	if typed.Tier != "types" {
		t.Fatalf("the corpus does not load: %s", typed.Unloaded)
	}
	caught := map[string]int{}
	for index, one := range evasions {
		folder := filepath.Join(root, fmt.Sprintf("case%02d", index)) + "/"
		if strings.HasPrefix(one.name, "vendored") {
			folder = filepath.Join(root, "inner") + "/"
		}
		for _, tier := range []struct {
			name     string
			result   Result
			expected bool
		}{{"syntax", syntax, one.syntax}, {"types", typed, one.typed}} {
			found := false
			for _, finding := range tier.result.Findings {
				found = found || (finding.Rule == one.rule && strings.HasPrefix(finding.File, folder))
			}
			if found {
				caught[tier.name]++
			}
			if found != tier.expected {
				t.Errorf("%s, %s: found %v, expected %v", one.name, tier.name, found, tier.expected)
			}
		}
	}
	t.Logf("caught by syntax %d, with types %d, of %d", caught["syntax"], caught["types"], len(evasions))
	if share := float64(caught["types"]) / float64(len(evasions)); share < 0.85 {
		t.Errorf("with types only %.0f %% are caught", 100*share)
	}
}

func TestReach(t *testing.T) {
	root := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":  "module reach\n\ngo 1.26\n",
		"main.go": "package main\n\nimport \"os\"\n\nfunc dead() {\n\tos.Remove(\"a\")\n}\n\nfunc main() {\n\tos.RemoveAll(\"b\")\n\tf := os.Remove\n\tf(\"c\")\n}\n",
	} {
		if err := os.WriteFile(filepath.Join(root, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	reach := map[int]string{}
	for _, finding := range Loaded(root).Findings {
		reach[finding.Line] = finding.Reach
	}
	if reach[6] != "imported" || reach[10] != "called" || reach[11] == "imported" {
		t.Errorf("reach by line: %v", reach)
	}
}

func TestBadInput(t *testing.T) {
	root := t.TempDir()
	if err := os.Symlink(root, filepath.Join(root, "loop")); err != nil {
		t.Fatal(err)
	}
	deep := "package main\n\nfunc main() { _ = " + strings.Repeat("(", 200_000) + "1" + strings.Repeat(")", 200_000) + " }\n"
	for name, text := range map[string]string{"deep.go": deep, "binary.go": "\x7fELF\x00\x01\xff", "empty.go": ""} {
		if err := os.WriteFile(filepath.Join(root, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	result := Parsed([]string{filepath.Join(root, "loop")})
	for _, name := range []string{"deep.go", "binary.go", "empty.go"} {
		found := false
		for _, finding := range result.Findings {
			found = found || (finding.Rule == "unparsed" && filepath.Base(finding.File) == name)
		}
		if !found {
			t.Errorf("%s is not named: %v", name, result.Findings)
		}
	}
}
