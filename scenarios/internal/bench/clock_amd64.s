#include "textflag.h"

// func readTSC() int64
//
// LFENCE keeps RDTSC from being executed before the instructions that it follows are done
// (Intel SDM vol. 2, RDTSC; AMD64 APM vol. 3 with LFENCE serialising, which Linux sets up).
TEXT ·readTSC(SB), NOSPLIT|NOFRAME, $0-8
	LFENCE
	RDTSC
	SHLQ $32, DX
	ORQ  DX, AX
	MOVQ AX, ret+0(FP)
	RET
