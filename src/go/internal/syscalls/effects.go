package syscalls

import "golang.org/x/arch/x86/x86asm"

// survivesCall: callee-saved in the C convention. Go saves none but RSP and RBP, and never counts on the others, so
// that a walk through Go code meets none of them after a call.
func survivesCall(r x86asm.Reg) bool {
	switch r {
	case x86asm.RBX, x86asm.RBP, x86asm.RSP, x86asm.R12, x86asm.R13, x86asm.R14, x86asm.R15:
		return true
	}
	return false
}

// changesSilently: the instruction writes the register without naming it as its first operand.
func changesSilently(op x86asm.Op, r x86asm.Reg) bool {
	switch op {
	case x86asm.SYSCALL:
		return r == x86asm.RAX || r == x86asm.RCX || r == x86asm.R11
	case x86asm.MUL, x86asm.DIV, x86asm.IDIV, x86asm.RDTSC, x86asm.RDTSCP, x86asm.XGETBV, x86asm.IMUL:
		return r == x86asm.RAX || r == x86asm.RDX
	case x86asm.CPUID:
		return r == x86asm.RAX || r == x86asm.RBX || r == x86asm.RCX || r == x86asm.RDX
	case x86asm.CDQ, x86asm.CQO, x86asm.CWD:
		return r == x86asm.RDX
	case x86asm.CBW, x86asm.CWDE, x86asm.CDQE, x86asm.CMPXCHG, x86asm.LODSB, x86asm.LODSD, x86asm.LODSQ:
		return r == x86asm.RAX
	case x86asm.STOSB, x86asm.STOSD, x86asm.STOSQ, x86asm.MOVSB, x86asm.MOVSD, x86asm.MOVSQ:
		return r == x86asm.RDI || r == x86asm.RSI || r == x86asm.RCX
	}
	return false
}

// writesFirst: the first operand is a result. Unknown instructions count as writing.
func writesFirst(op x86asm.Op) bool {
	switch op {
	case x86asm.CMP, x86asm.TEST, x86asm.BT, x86asm.NOP, x86asm.PUSH, x86asm.CALL, x86asm.RET, x86asm.UCOMISD,
		x86asm.UCOMISS, x86asm.PREFETCHNTA, x86asm.PREFETCHT0, x86asm.MUL, x86asm.DIV, x86asm.IDIV:
		return false
	}
	return !isJump(op)
}

func isConditionalMove(op x86asm.Op) bool {
	switch op {
	case x86asm.CMOVA, x86asm.CMOVAE, x86asm.CMOVB, x86asm.CMOVBE, x86asm.CMOVE, x86asm.CMOVG, x86asm.CMOVGE,
		x86asm.CMOVL, x86asm.CMOVLE, x86asm.CMOVNE, x86asm.CMOVNO, x86asm.CMOVNP, x86asm.CMOVNS, x86asm.CMOVO,
		x86asm.CMOVP, x86asm.CMOVS:
		return true
	}
	return false
}

// narrowOf is the 64-bit register that an 8- or 16-bit register is a part of.
func narrowOf(r x86asm.Reg) x86asm.Reg {
	switch {
	case r >= x86asm.AL && r <= x86asm.BL:
		return r - x86asm.AL + x86asm.RAX
	case r >= x86asm.AH && r <= x86asm.BH:
		return r - x86asm.AH + x86asm.RAX
	case r >= x86asm.SPB && r <= x86asm.R15B:
		return r - x86asm.SPB + x86asm.RSP
	case r >= x86asm.AX && r <= x86asm.R15W:
		return r - x86asm.AX + x86asm.RAX
	}
	return 0
}
