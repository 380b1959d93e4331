package syscalls

// vexLength is the length of a VEX or EVEX instruction, which x/arch does not decode; 0 for another one. Without it the
// bytes after a vector instruction would be read out of step. Intel SDM volume 2, section 2.3.
func vexLength(code []byte) int {
	at, table, isEVEX := 0, byte(1), false
	switch {
	case len(code) > 3 && code[0] == 0xc5:
		at = 2
	case len(code) > 4 && code[0] == 0xc4:
		at, table = 3, code[1]&0x1f
	case len(code) > 6 && code[0] == 0x62:
		at, table, isEVEX = 4, code[1]&7, true
	default:
		return 0
	}
	opcode := code[at]
	at++
	if opcode == 0x77 && table == 1 && !isEVEX { // vzeroupper
		return at
	}
	if at >= len(code) {
		return 0
	}
	mod, rm := code[at]>>6, code[at]&7
	at++
	if mod != 3 {
		if rm == 4 {
			if at >= len(code) {
				return 0
			}
			if mod == 0 && code[at]&7 == 5 {
				at += 4
			}
			at++
		}
		switch {
		case mod == 1:
			at++
		case mod == 2, mod == 0 && rm == 5:
			at += 4
		}
	}
	if table == 3 || table == 1 && hasImmediate(opcode) {
		at++
	}
	return at
}

func hasImmediate(opcode byte) bool {
	return opcode >= 0x70 && opcode <= 0x73 || opcode == 0xc2 || opcode >= 0xc4 && opcode <= 0xc6
}
