#include "textflag.h"

// func touch(address uintptr)
//
// In assembly because the address comes from a raw mmap, not from memory that Go knows.
TEXT ·touch(SB), NOSPLIT, $0-8
	MOVQ address+0(FP), AX
	MOVB $1, (AX)
	RET
