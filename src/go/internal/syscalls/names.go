package syscalls

import (
	"fmt"
	"strings"
)

func (a *analysis) name(function int) string {
	if function < 0 {
		return ""
	}
	f := a.im.Functions[function]
	if f.Name != "" {
		return f.Name
	}
	return fmt.Sprintf("code without a name at %#x", f.Start)
}

// keepsRegisters: these calls have a convention of their own, in which no register that holds a value is lost
// (cmd/compile: ssagen, "clobbers" of the write barrier and of duffzero).
func (a *analysis) keepsRegisters(target uint64) bool {
	f := a.im.FunctionAt(target)
	if f < 0 {
		return false
	}
	name := a.im.Functions[f].Name
	return strings.HasPrefix(name, "runtime.gcWriteBarrier") || name == "runtime.wbZero" || name == "runtime.wbMove"
}

// users names a function that takes the address of another, empty where nothing in the program does.
func (a *analysis) users(function int) string {
	if by := a.takenBy[function]; len(by) > 0 {
		return a.name(by[0])
	}
	start := a.im.Functions[function].Start
	holder := uint64(0)
	a.im.Data(func(address, value uint64) {
		if value == start && holder == 0 {
			holder = address
		}
	})
	for i, n := range a.nodes {
		for _, address := range n.data {
			if address == holder {
				return a.name(i)
			}
		}
	}
	return "data"
}

// variable is the value of a word of data that no code of the program writes or takes the address of.
func (a *analysis) variable(address uint64) (uint32, bool) {
	if a.written[address] {
		return 0, false
	}
	value, ok := a.im.Word(address)
	return uint32(value), ok && value <= lastNumber
}
