#include "textflag.h"

// func patchableGetpid(n int)
//
// The bytes b8 27 00 00 00 0f 05: the only pattern that gVisor's systrap rewrites into a jump
// (gVisor pkg/sentry/platform/systrap/usertrap/usertrap_amd64.go). Compilers and C libraries write it;
// Go's own system call path does not.
TEXT ·patchableGetpid(SB), NOSPLIT, $0-8
	MOVQ n+0(FP), R12
again:
	MOVL $39, AX
	SYSCALL
	DECQ R12
	JNZ  again
	RET

// func repeatCall(n int, number, a1, a2, a3, a4, expected uintptr) (result uintptr)
//
// The number is loaded as Go does it, from memory, so that systrap does not patch the site.
TEXT ·repeatCall(SB), NOSPLIT, $0-64
	MOVQ n+0(FP), R12
	MOVQ expected+48(FP), R13
	MOVQ a1+16(FP), DI
	MOVQ a2+24(FP), SI
	MOVQ a3+32(FP), DX
	MOVQ a4+40(FP), R10
	XORL R8, R8
	XORL R9, R9
again:
	MOVQ number+8(FP), AX
	SYSCALL
	CMPQ AX, R13
	JNE  done
	DECQ R12
	JNZ  again
done:
	MOVQ AX, result+56(FP)
	RET

// func touch(address uintptr)
//
// Writes one byte, to memory from a raw mmap that Go knows nothing of.
TEXT ·touch(SB), NOSPLIT, $0-8
	MOVQ address+0(FP), AX
	MOVB $1, (AX)
	RET
