package syscalls

import (
	"slices"
	"strings"
)

// paths leads from a root to every function that calls, closures and method tables reach.
type paths struct {
	parent []int
	root   []string
}

const unreached = -2

// newPaths searches breadth first, from main, then from the initialisers, then from the runtime's own entries: the first
// that reaches a function tells why it is there.
func (a *analysis) newPaths() *paths {
	p := &paths{make([]int, len(a.nodes)), make([]string, len(a.nodes))}
	for i := range p.parent {
		p.parent[i] = unreached
	}
	isInit := func(name string) bool {
		return strings.HasSuffix(name, ".init") || strings.Contains(name, ".init.")
	}
	p.search(a, "main", func(name string) bool { return name == "main.main" })
	p.search(a, "init", func(name string) bool { return isInit(name) && !isRuntime(name) })
	p.search(a, "runtime", isRuntime)
	return p
}

func (p *paths) search(a *analysis, kind string, isRoot func(string) bool) {
	var pending []int
	for i, f := range a.im.Functions {
		if p.parent[i] == unreached && isRoot(f.Name) {
			p.parent[i], p.root[i] = -1, kind
			pending = append(pending, i)
		}
	}
	for ; len(pending) > 0; pending = pending[1:] {
		for _, next := range a.successors(pending[0]) {
			if p.parent[next] == unreached {
				p.parent[next], p.root[next] = pending[0], kind
				pending = append(pending, next)
			}
		}
	}
}

func (a *analysis) successors(i int) []int {
	n := a.nodes[i]
	next := append(slices.Clone(n.calls), n.takes...)
	for _, address := range n.data {
		next = append(next, throughData(a.im, address)...)
	}
	return next
}

// isRuntime tells the packages that are in every Go program.
func isRuntime(name string) bool {
	return strings.HasPrefix(name, "runtime.") || strings.HasPrefix(name, "runtime/internal/") ||
		strings.HasPrefix(name, "internal/runtime/") || strings.HasPrefix(name, "_rt0_") || strings.HasPrefix(name, "x_cgo_")
}

// to is the way to a function, root first; kind is main, init, runtime, or pointer where only a function value or a
// method found by reflection leads there.
func (p *paths) to(a *analysis, function int) (kind string, way []string) {
	if p.parent[function] == unreached {
		return "pointer", []string{a.name(function)}
	}
	for at := function; at >= 0; at = p.parent[at] {
		way = append(way, a.name(at))
	}
	slices.Reverse(way)
	return p.root[function], way
}
