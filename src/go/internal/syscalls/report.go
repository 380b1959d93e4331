package syscalls

import (
	"slices"

	"sbxbench/launcher/internal/image"
)

// Report is what `sbx-syscalls` prints.
type Report struct {
	GoVersion  string       `json:"goVersion"`
	Functions  int          `json:"functions"`
	Libraries  []string     `json:"libraries"`
	HasLoader  bool         `json:"hasLoader"`
	HasCgo     bool         `json:"hasCgo"`
	Calls      []Call       `json:"calls"`
	Unresolved []Unresolved `json:"unresolved"`
}

// Call is one system call with the places that choose it.
type Call struct {
	Number uint32     `json:"number"`
	Sites  []CallSite `json:"sites"`
}

// CallSite is a Site with the way that leads there.
type CallSite struct {
	Function string   `json:"function"`
	Via      string   `json:"via,omitempty"`
	Address  uint64   `json:"address"`
	Root     string   `json:"root"`
	Path     []string `json:"path"`
}

// Analyse reads the program; progress gets the share of functions that are read.
func Analyse(im *image.Image, progress func(done, all int)) Report {
	a := analyse(im, readNodes(im, progress))
	a.dropGated()
	ways := a.newPaths()
	report := Report{GoVersion: im.GoVersion, Functions: len(im.Functions), Libraries: im.Libraries, HasLoader: im.HasLoader, HasCgo: im.HasCgo,
		Calls: []Call{}, Unresolved: append([]Unresolved{}, a.open...)}
	if report.Libraries == nil {
		report.Libraries = []string{}
	}
	for _, s := range a.sites {
		if len(report.Calls) == 0 || report.Calls[len(report.Calls)-1].Number != s.Number {
			report.Calls = append(report.Calls, Call{Number: s.Number})
		}
		call := &report.Calls[len(report.Calls)-1]
		kind, way := ways.to(a, s.index)
		call.Sites = append(call.Sites, CallSite{s.Function, s.Via, s.Address, kind, way})
	}
	return report
}

// gates are parts of the runtime that only another function sets off: where the linker has dropped that one, nothing
// runs them. Go 1.26: runtime/proc.go (execute: mp.profilehz), runtime/os_linux.go (perThreadSyscall).
var gates = []struct {
	functions []string
	needs     []string
}{
	{[]string{"runtime.setThreadCPUProfiler", "runtime.setThreadCPUProfilerHz", "runtime.timer_create", "runtime.timer_settime",
		"runtime.timer_delete", "runtime.setitimer", "runtime.setProcessCPUProfiler"},
		[]string{"runtime.SetCPUProfileRate", "runtime/pprof.StartCPUProfile"}},
	{[]string{"runtime.runPerThreadSyscall"}, []string{"syscall.runtime_doAllThreadsSyscall", "syscall.AllThreadsSyscall", "syscall.AllThreadsSyscall6"}},
}

func (a *analysis) dropGated() {
	linked := map[string]bool{}
	for _, f := range a.im.Functions {
		linked[f.Name] = true
	}
	for _, g := range gates {
		if slices.ContainsFunc(g.needs, func(name string) bool { return linked[name] }) {
			continue
		}
		a.sites = slices.DeleteFunc(a.sites, func(s Site) bool { return slices.Contains(g.functions, s.Function) })
		a.open = slices.DeleteFunc(a.open, func(u Unresolved) bool { return slices.Contains(g.functions, u.Function) })
	}
}
