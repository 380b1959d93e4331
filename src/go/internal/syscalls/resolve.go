package syscalls

import (
	"slices"

	"golang.org/x/arch/x86/x86asm"
)

// values is all that a place may hold: constants, what a caller passed, or something unknown.
type values struct {
	constants []uint32
	// parameters are places at the function's entry.
	parameters []place
	unknown    bool
}

type query struct {
	at    int
	where place
}

// resolver walks backwards from an instruction over all ways that lead there.
type resolver struct {
	*flow
	// keepsRegisters: a call of this address changes no register that matters (gcWriteBarrier).
	keepsRegisters func(target uint64) bool
	// variable is the value of a package's variable that nothing changes (syscall.fcntl64Syscall).
	variable func(address uint64) (uint32, bool)
	seen     map[query]bool
	found    values
}

// resolve says what a place may hold right before instruction i.
func (a *analysis) resolve(fl *flow, i int, where place) values {
	r := &resolver{flow: fl, keepsRegisters: a.keepsRegisters, variable: a.variable, seen: map[query]bool{}}
	r.walk(i, where)
	slices.Sort(r.found.constants)
	r.found.constants = slices.Compact(r.found.constants)
	return r.found
}

func (r *resolver) walk(i int, where place) {
	key := query{i, where}
	if r.seen[key] {
		return
	}
	r.seen[key] = true
	if i == 0 {
		r.parameter(where)
	} else if len(r.before[i]) == 0 && r.jumpsAnywhere {
		r.found.unknown = true
	}
	for _, b := range r.before[i] {
		r.step(b, where)
	}
}

func (r *resolver) parameter(where place) {
	if where.register == 0 && where.stack < 8 {
		r.found.unknown = true
	} else if !slices.Contains(r.found.parameters, where) {
		r.found.parameters = append(r.found.parameters, where)
	}
}

// step looks at what instruction i makes of the place, and goes on before it where it makes nothing of it.
func (r *resolver) step(i int, where place) {
	in := r.instructions[i]
	if in.Op == x86asm.CALL {
		target, direct := in.target()
		if where.register != 0 && !(direct && r.keepsRegisters(target)) && !survivesCall(where.register) {
			r.found.unknown = true
			return
		}
		r.walk(i, where)
		return
	}
	if where.register != 0 && changesSilently(in.Op, where.register) {
		r.found.unknown = true
		return
	}
	if in.Op == x86asm.PUSH {
		if r.depth[i] != depthUnknown && where == (place{stack: r.depth[i] - 8}) {
			r.source(i, in.Args[0])
			return
		}
		r.walk(i, where)
		return
	}
	if in.Op == x86asm.XCHG || in.Op == x86asm.XADD {
		if other, ok := r.placeOf(i, in.Args[1]); ok && other == where {
			r.found.unknown = true
			return
		}
	}
	written, ok := r.placeOf(i, in.Args[0])
	if ok && where.register == 0 && in.MemBytes == 16 && where.stack == written.stack+8 && written.register == 0 {
		// The upper half of a store of 16 bytes.
		r.found.unknown = true
		return
	}
	if !ok || written != where || !writesFirst(in.Op) {
		if narrow, isRegister := in.Args[0].(x86asm.Reg); isRegister && !ok && writesFirst(in.Op) && narrowOf(narrow) == where.register && where.register != 0 {
			r.found.unknown = true
			return
		}
		r.walk(i, where)
		return
	}
	r.assigned(i, in, where)
}

func (r *resolver) assigned(i int, in instruction, where place) {
	switch in.Op {
	case x86asm.MOV, x86asm.MOVSXD:
		r.source(i, in.Args[1])
	case x86asm.POP:
		if r.depth[i] == depthUnknown {
			r.found.unknown = true
			return
		}
		r.walk(i, place{stack: r.depth[i]})
	case x86asm.XOR, x86asm.SUB:
		if in.Args[0] == in.Args[1] {
			r.found.constants = append(r.found.constants, 0)
			return
		}
		r.found.unknown = true
	default:
		if isConditionalMove(in.Op) {
			r.source(i, in.Args[1])
			r.walk(i, where)
			return
		}
		r.found.unknown = true
	}
}

func (r *resolver) source(i int, arg x86asm.Arg) {
	if constant, ok := arg.(x86asm.Imm); ok {
		r.found.constants = append(r.found.constants, uint32(constant))
		return
	}
	if from, ok := r.placeOf(i, arg); ok {
		r.walk(i, from)
		return
	}
	if address, ok := r.instructions[i].address(arg); ok {
		if constant, ok := r.variable(address); ok {
			r.found.constants = append(r.found.constants, constant)
			return
		}
	}
	r.found.unknown = true
}
