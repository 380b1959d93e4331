package syscalls

import (
	"golang.org/x/arch/x86/x86asm"

	"sbxbench/launcher/internal/image"
)

// place is where a value stands: a register, or a word on the stack by its distance from the stack pointer at the
// function's entry (the return address is at 0, the caller's arguments are at 8 and more).
type place struct {
	register x86asm.Reg
	stack    int64
}

// flow is the control flow of one function.
type flow struct {
	instructions []instruction
	index        map[uint64]int
	// before are the instructions that may run right before one.
	before [][]int
	// depth is how far the stack pointer is from where it was at the entry; depthUnknown where nobody can tell.
	depth []int64
	// framePointer is what RBP holds in C code, as a depth.
	framePointer int64
	// table are the targets of the jump tables that the function names.
	table []int
	// jumpsAnywhere: an indirect jump without a known table, so that a block without a known predecessor is no dead one.
	jumpsAnywhere bool
}

const depthUnknown = int64(1) << 62

func newFlow(im *image.Image, f image.Function) *flow {
	fl := &flow{index: map[uint64]int{}, framePointer: depthUnknown}
	decode(im, f, func(in instruction) {
		fl.index[in.pc] = len(fl.instructions)
		fl.instructions = append(fl.instructions, in)
	})
	fl.before = make([][]int, len(fl.instructions))
	fl.depth = make([]int64, len(fl.instructions))
	for i := range fl.depth {
		fl.depth[i] = depthUnknown
	}
	fl.readTables(im)
	for i := range fl.instructions {
		for _, after := range fl.after(i) {
			fl.before[after] = append(fl.before[after], i)
		}
		fl.jumpsAnywhere = fl.jumpsAnywhere || fl.isIndirect(i) && len(fl.table) == 0
	}
	fl.measureDepth()
	return fl
}

func (fl *flow) isIndirect(i int) bool {
	_, direct := fl.instructions[i].target()
	return fl.instructions[i].Op == x86asm.JMP && !direct
}

// readTables takes every piece of named data that begins with addresses of this function: cmd/compile's jump tables.
func (fl *flow) readTables(im *image.Image) {
	for _, in := range fl.instructions {
		address, ok := in.address(in.Args[1])
		for ; ok && in.Op == x86asm.LEA; address += 8 {
			target, _ := im.Word(address)
			at, inside := fl.index[target]
			if !inside {
				break
			}
			fl.table = append(fl.table, at)
		}
	}
}

// after lists the instructions of this function that may run next.
func (fl *flow) after(i int) []int {
	in := fl.instructions[i]
	var next []int
	if !endsBlock(in.Op) && i+1 < len(fl.instructions) {
		next = append(next, i+1)
	}
	if isJump(in.Op) {
		if target, ok := in.target(); ok {
			if at, inside := fl.index[target]; inside {
				next = append(next, at)
			}
		} else {
			next = append(next, fl.table...)
		}
	}
	return next
}

func (fl *flow) measureDepth() {
	if len(fl.depth) == 0 {
		return
	}
	fl.depth[0] = 0
	for pending := []int{0}; len(pending) > 0; {
		i := pending[len(pending)-1]
		pending = pending[:len(pending)-1]
		depth := fl.depthAfter(i)
		for _, next := range fl.after(i) {
			if fl.depth[next] == depthUnknown && depth != depthUnknown {
				fl.depth[next] = depth
				pending = append(pending, next)
			}
		}
	}
}

func (fl *flow) depthAfter(i int) int64 {
	in, depth := fl.instructions[i], fl.depth[i]
	switch in.Op {
	case x86asm.PUSH:
		return depth - 8
	case x86asm.POP:
		return depth + 8
	case x86asm.LEAVE:
		return 0
	case x86asm.MOV:
		if in.Args[0] == x86asm.RBP && in.Args[1] == x86asm.RSP {
			fl.framePointer = depth
		}
	}
	if in.Args[0] != x86asm.RSP {
		return depth
	}
	amount, isConstant := in.Args[1].(x86asm.Imm)
	switch {
	case in.Op == x86asm.SUB && isConstant:
		return depth - int64(amount)
	case in.Op == x86asm.ADD && isConstant:
		return depth + int64(amount)
	case in.Op == x86asm.LEA:
		if mem, ok := in.Args[1].(x86asm.Mem); ok && mem.Base == x86asm.RSP && mem.Index == 0 {
			return depth + mem.Disp
		}
	case in.Op == x86asm.CMP, in.Op == x86asm.TEST:
		return depth
	}
	return depthUnknown
}

// placeOf is the register or the stack word that an operand of instruction i names.
func (fl *flow) placeOf(i int, arg x86asm.Arg) (place, bool) {
	switch arg := arg.(type) {
	case x86asm.Reg:
		if wide := wideRegister(arg); wide != 0 {
			return place{register: wide}, true
		}
	case x86asm.Mem:
		base := depthUnknown
		if arg.Base == x86asm.RSP {
			base = fl.depth[i]
		} else if arg.Base == x86asm.RBP {
			base = fl.framePointer
		}
		if base != depthUnknown && arg.Index == 0 && arg.Segment == 0 {
			return place{stack: base + arg.Disp}, true
		}
	}
	return place{}, false
}

// wideRegister is the 64-bit register of one of 32 or 64 bits; narrower ones are never a system call's number.
func wideRegister(r x86asm.Reg) x86asm.Reg {
	switch {
	case r >= x86asm.RAX && r <= x86asm.R15:
		return r
	case r >= x86asm.EAX && r <= x86asm.R15L:
		return r - x86asm.EAX + x86asm.RAX
	}
	return 0
}
