#include "textflag.h"

// func patchedGetpid() int
//
// The bytes b8 27 00 00 00 0f 05: the only pattern that gVisor's systrap rewrites into a jump
// (gVisor pkg/sentry/platform/systrap/usertrap/usertrap_amd64.go). Compilers and C libraries write it;
// Go's own system call path does not.
TEXT ·patchedGetpid(SB), NOSPLIT, $0-8
	MOVL $39, AX
	SYSCALL
	MOVQ AX, ret+0(FP)
	RET
