package syscalls

import (
	"golang.org/x/arch/x86/x86asm"

	"sbxbench/launcher/internal/image"
)

// instruction is one decoded instruction; a zero Op is one that could not be decoded.
type instruction struct {
	x86asm.Inst
	pc uint64
}

func (in instruction) next() uint64 { return in.pc + uint64(in.Len) }

// target is where a direct call or jump goes.
func (in instruction) target() (uint64, bool) {
	rel, ok := in.Args[0].(x86asm.Rel)
	return in.next() + uint64(int64(rel)), ok
}

// decode reads a function from its start to its end; visit gets each instruction.
func decode(im *image.Image, f image.Function, visit func(instruction)) {
	code := im.Code(f)
	for at := 0; at < len(code); {
		if length := vexLength(code[at:]); length > 0 && at+length <= len(code) {
			visit(instruction{x86asm.Inst{Len: length}, f.Start + uint64(at)})
			at += length
			continue
		}
		in, err := x86asm.Decode(code[at:], 64)
		if err != nil || in.Len == 0 {
			in = x86asm.Inst{Len: 1}
		}
		visit(instruction{in, f.Start + uint64(at)})
		at += in.Len
	}
}

// address is the one that an operand names relative to the instruction: [rip+x].
func (in instruction) address(arg x86asm.Arg) (uint64, bool) {
	mem, ok := arg.(x86asm.Mem)
	if !ok || mem.Base != x86asm.RIP || mem.Index != 0 {
		return 0, false
	}
	return in.next() + uint64(mem.Disp), true
}

func isJump(op x86asm.Op) bool {
	return op == x86asm.JMP || isBranch(op)
}

// isBranch tells a conditional jump.
func isBranch(op x86asm.Op) bool {
	switch op {
	case x86asm.JA, x86asm.JAE, x86asm.JB, x86asm.JBE, x86asm.JCXZ, x86asm.JE, x86asm.JECXZ, x86asm.JG, x86asm.JGE,
		x86asm.JL, x86asm.JLE, x86asm.JNE, x86asm.JNO, x86asm.JNP, x86asm.JNS, x86asm.JO, x86asm.JP, x86asm.JRCXZ,
		x86asm.JS, x86asm.LOOP, x86asm.LOOPE, x86asm.LOOPNE:
		return true
	}
	return false
}

func endsBlock(op x86asm.Op) bool {
	switch op {
	case x86asm.JMP, x86asm.RET, x86asm.UD1, x86asm.UD2, x86asm.HLT, x86asm.INT:
		return true
	}
	return false
}
