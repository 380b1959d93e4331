// Package syscalls finds the system calls that a program's code can make: every SYSCALL instruction, with the numbers
// that can stand in RAX there, followed backwards through wrappers to the function that chose them. The linker has
// dropped what no code reaches, so that all that is left counts, whether a call graph leads there or not.
package syscalls

import (
	"cmp"
	"slices"

	"golang.org/x/arch/x86/x86asm"

	"sbxbench/launcher/internal/image"
)

// Site is a place that chooses a system call's number.
type Site struct {
	Number uint32 `json:"number"`
	// Function holds the constant; Via is the wrapper that it calls, empty where it has the instruction itself.
	Function string `json:"function"`
	Via      string `json:"via,omitempty"`
	Address  uint64 `json:"address"`
	index    int
}

// Unresolved is a place whose number no constant gives.
type Unresolved struct {
	Function string `json:"function"`
	Via      string `json:"via,omitempty"`
	Address  uint64 `json:"address"`
	Reason   string `json:"reason"`
	index    int
}

type analysis struct {
	im       *image.Image
	nodes    []node
	callers  [][]int
	flows    map[int]*flow
	takenBy  map[int][]int
	inData   map[int]bool
	wrappers map[wrapper]bool
	written  map[uint64]bool
	sites    []Site
	open     []Unresolved
}

// allThreads puts the number where runtime.runPerThreadSyscall, on other threads, finds it (runtime/os_linux.go).
const allThreads = "syscall.runtime_doAllThreadsSyscall"

// lastNumber is above every number that the kernel gives out on x86-64 (x32 has a bit of its own).
const lastNumber = 1023

// wrapper is a function that makes the system call whose number it gets.
type wrapper struct {
	function int
	number   place
}

func analyse(im *image.Image, nodes []node) *analysis {
	a := &analysis{im: im, nodes: nodes, callers: make([][]int, len(nodes)), flows: map[int]*flow{},
		takenBy: map[int][]int{}, inData: map[int]bool{}, wrappers: map[wrapper]bool{}, written: map[uint64]bool{}}
	for i, n := range nodes {
		for _, address := range n.writes {
			a.written[address] = true
		}
		for _, callee := range compact(n.calls) {
			a.callers[callee] = append(a.callers[callee], i)
		}
		for _, f := range compact(n.takes) {
			a.takenBy[f] = append(a.takenBy[f], i)
		}
	}
	im.Data(func(_, value uint64) {
		if f := im.FunctionAt(value); f >= 0 && im.Functions[f].Start == value {
			a.inData[f] = true
		}
	})
	for i, n := range nodes {
		if n.hasGate {
			a.gates(i)
		}
	}
	for i, f := range im.Functions {
		if f.Name == allThreads {
			a.wrapper(wrapper{i, place{register: x86asm.RAX}})
		}
	}
	slices.SortFunc(a.sites, func(x, y Site) int {
		return cmp.Or(cmp.Compare(x.Number, y.Number), cmp.Compare(x.Address, y.Address))
	})
	slices.SortFunc(a.open, func(x, y Unresolved) int { return cmp.Compare(x.Address, y.Address) })
	return a
}

func compact(list []int) []int {
	list = slices.Clone(list)
	slices.Sort(list)
	return slices.Compact(list)
}

func (a *analysis) flow(i int) *flow {
	if a.flows[i] == nil {
		a.flows[i] = newFlow(a.im, a.im.Functions[i])
	}
	return a.flows[i]
}

func (a *analysis) gates(function int) {
	fl := a.flow(function)
	for i, in := range fl.instructions {
		if in.Op == x86asm.SYSCALL {
			a.chosen(function, i, place{register: x86asm.RAX}, -1)
		} else if isOldGate(in) && !a.isUnreached(fl, i) {
			a.unresolved(function, -1, in.pc, "it enters the kernel as a 32-bit program does")
		}
	}
}

// isUnreached tells INT 0x80 that stands behind a trap or a return, as padding or data.
func (a *analysis) isUnreached(fl *flow, i int) bool {
	return i > 0 && len(fl.before[i]) == 0 && !fl.jumpsAnywhere
}

// chosen follows the number in a place before instruction i of the function; via is the wrapper called there.
func (a *analysis) chosen(function, i int, where place, via int) {
	fl := a.flow(function)
	pc := fl.instructions[i].pc
	found := a.resolve(fl, i, where)
	for _, number := range found.constants {
		if number > lastNumber {
			continue // -1 and the like: a filter is asked, and no call made
		}
		a.sites = append(a.sites, Site{number, a.name(function), a.name(via), pc, function})
	}
	for _, parameter := range found.parameters {
		a.wrapper(wrapper{function, parameter})
	}
	if found.unknown {
		a.unresolved(function, via, pc, "its number is computed")
	}
}

func (a *analysis) wrapper(w wrapper) {
	if a.wrappers[w] {
		return
	}
	a.wrappers[w] = true
	f := a.im.Functions[w.function]
	if a.inData[w.function] || len(a.takenBy[w.function]) > 0 {
		by := a.users(w.function)
		if by != "" {
			a.unresolved(w.function, -1, f.Start, "it takes the number from its caller, and "+by+" uses it as a function value")
		}
	}
	for _, caller := range a.callers[w.function] {
		fl := a.flow(caller)
		for i, in := range fl.instructions {
			target, ok := in.target()
			if !ok || target < f.Start || target >= f.End || in.Op != x86asm.CALL && !isJump(in.Op) {
				continue
			}
			a.passed(caller, i, w)
		}
	}
}

// passed is what a caller gives to the wrapper: the callee's places, seen from before the call.
func (a *analysis) passed(caller, i int, w wrapper) {
	fl, where := a.flow(caller), w.number
	if where.register == 0 {
		depth := fl.depth[i]
		if depth == depthUnknown {
			a.unresolved(caller, w.function, fl.instructions[i].pc, "its stack is not understood")
			return
		}
		if fl.instructions[i].Op == x86asm.CALL {
			depth -= 8
		}
		where = place{stack: where.stack + depth}
	}
	a.chosen(caller, i, where, w.function)
}

func (a *analysis) unresolved(function, via int, pc uint64, reason string) {
	if name := a.name(function); name == allThreads || name == "runtime.runPerThreadSyscall" {
		return // what they are given is followed from their callers
	}
	entry := Unresolved{a.name(function), a.name(via), pc, reason, function}
	if !slices.Contains(a.open, entry) {
		a.open = append(a.open, entry)
	}
}
