// Command sbx-go-run is `go run` inside a sandbox: it builds one Go file with the toolchain that it finds there, and
// becomes the program. Unlike go run itself it leaves no parent behind, so that exit code and signals are the program's.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// request is the first argument, as JSON; what follows are the script's own.
type request struct {
	// Token stands before the one line about the script, on standard error, before any of it runs.
	Token string `json:"token"`
	// GoRoot is the toolchain's folder; ModCache that of the modules, or nothing.
	GoRoot   string `json:"goRoot"`
	ModCache string `json:"modCache"`
	// Dir is the folder that the build runs in, File the script, seen from there. Nothing for Dir is SBX_DIR_BIND.
	Dir  string `json:"dir"`
	File string `json:"file"`
	// Verify asks whether the modules are those of go.sum.
	Verify bool `json:"verify"`
	// Warm lets the first start fill the build cache and end there.
	Warm bool `json:"warm"`
}

func main() {
	var r request
	if len(os.Args) < 2 || json.Unmarshal([]byte(os.Args[1]), &r) != nil {
		fmt.Fprintln(os.Stderr, "sbx-go-run is started by sbx-bench exec --mode go-run")
		os.Exit(2)
	}
	began := time.Now()
	own := os.Getenv("SBX_DIR_BIND")
	if r.Dir == "" {
		r.Dir = own
	}
	program := filepath.Join(own, ".program")
	if r.Verify {
		r.must(own, "mod", "verify")
	}
	r.must(own, "build", "-mod=readonly", "-buildvcs=false", "-trimpath", "-o", program, r.File)
	warmed := filepath.Join(own, ".warmed")
	if _, err := os.Stat(warmed); r.Warm && err != nil {
		if err := os.WriteFile(warmed, nil, 0o600); err != nil {
			r.cannot(err.Error())
		}
		return
	}
	// Written before any of the script runs, which knows no token.
	fmt.Fprintf(os.Stderr, "%s ready %d\n", r.Token, time.Since(began).Nanoseconds())
	err := syscall.Exec(program, append([]string{r.File}, os.Args[2:]...), os.Environ())
	fmt.Fprintf(os.Stderr, "the built script can't be started: %v\n", err)
	os.Exit(126)
}

// must runs go, or ends with what it says.
func (r request) must(own string, args ...string) {
	goTool := exec.Command(filepath.Join(r.GoRoot, "bin", "go"), args...)
	goTool.Dir = r.Dir
	goTool.Env = r.env(own)
	if said, err := goTool.CombinedOutput(); err != nil {
		text := strings.TrimSpace(string(said))
		if text == "" {
			text = err.Error()
		}
		r.cannot(text)
	}
}

// env is all that go gets: offline, nothing of the user's, and a cache and temporary files on disk, since the sandbox's
// own /tmp holds less than a build of the standard library.
func (r request) env(own string) []string {
	tmp := filepath.Join(own, ".tmp")
	if err := os.MkdirAll(tmp, 0o700); err != nil {
		r.cannot(err.Error())
	}
	return []string{
		"GOROOT=" + r.GoRoot, "GOCACHE=" + filepath.Join(own, ".cache"), "GOMODCACHE=" + r.ModCache,
		"GOPATH=" + filepath.Join(own, ".path"), "HOME=" + own, "TMPDIR=" + tmp, "GOTMPDIR=" + tmp, "PATH=" + r.GoRoot + "/bin",
		"CGO_ENABLED=0", "GOENV=off", "GOFLAGS=", "GOPROXY=off", "GOSUMDB=off", "GOTOOLCHAIN=local", "GOWORK=off",
		"GOTELEMETRY=off", "LC_ALL=C",
	}
}

// cannot says why the script is not begun, in one line.
func (r request) cannot(reason string) {
	fmt.Fprintf(os.Stderr, "%s cannot %s\n", r.Token, strings.Join(strings.Fields(reason), " "))
	os.Exit(2)
}
