package syscalls

import (
	"bytes"
	"runtime"
	"sync"

	"golang.org/x/arch/x86/x86asm"

	"sbxbench/launcher/internal/image"
)

// node is what one function does, as far as the graph needs it.
type node struct {
	// calls are the indices of functions that it calls, jumps to, or takes the address of.
	calls []int
	// addresses of data that it names: closures and tables of methods.
	data []uint64
	// takes are functions whose address stands in its code.
	takes []int
	// writes are addresses of data that it writes, or hands on.
	writes []uint64
	// hasGate: a SYSCALL, SYSENTER or INT 0x80 instruction.
	hasGate bool
}

// readNodes decodes every function once. report gets the share that is done.
func readNodes(im *image.Image, report func(done, all int)) []node {
	nodes := make([]node, len(im.Functions))
	const chunk = 256
	next := make(chan int)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for from := range next {
				for i := from; i < min(from+chunk, len(nodes)); i++ {
					nodes[i] = readNode(im, im.Functions[i])
				}
			}
		})
	}
	for from := 0; from < len(nodes); from += chunk {
		report(from, len(nodes))
		next <- from
	}
	close(next)
	workers.Wait()
	return nodes
}

func readNode(im *image.Image, f image.Function) node {
	var n node
	// Decoding is the slow part, and few functions have these bytes; whether they are an instruction, it tells.
	code := im.Code(f)
	mayEnter := bytes.Contains(code, []byte{0x0f, 0x05}) || bytes.Contains(code, []byte{0x0f, 0x34}) || bytes.Contains(code, []byte{0xcd, 0x80})
	decode(im, f, func(in instruction) {
		if mayEnter && isGate(in) {
			n.hasGate = true
		}
		if in.Op == x86asm.CALL || isJump(in.Op) {
			if target, ok := in.target(); ok && (target < f.Start || target >= f.End) {
				if callee := im.FunctionAt(target); callee >= 0 {
					n.calls = append(n.calls, callee)
				}
			}
		}
		for place, arg := range in.Args {
			if arg == nil {
				break
			}
			address, ok := in.address(arg)
			if !ok {
				continue
			}
			if in.Op == x86asm.LEA || place == 0 && writesFirst(in.Op) || in.Op == x86asm.XCHG {
				n.writes = append(n.writes, address)
			}
			if callee := im.FunctionAt(address); callee < 0 {
				n.data = append(n.data, address)
			} else if im.Functions[callee].Start == address && in.Op == x86asm.LEA {
				n.takes = append(n.takes, callee)
			}
		}
	})
	return n
}

func isGate(in instruction) bool {
	return in.Op == x86asm.SYSCALL || isOldGate(in)
}

// isOldGate tells the ways of 32-bit programs, whose numbers are others.
func isOldGate(in instruction) bool {
	return in.Op == x86asm.SYSENTER || in.Op == x86asm.INT && in.Args[0] == x86asm.Imm(0x80)
}

// throughData lists the functions that a named piece of data leads to: a closure's code is its first word, and a table
// of methods (runtime.itab) has code from its fourth word on.
func throughData(im *image.Image, address uint64) []int {
	var found []int
	if code, ok := im.Word(address); ok {
		if f := im.FunctionAt(code); f >= 0 && im.Functions[f].Start == code {
			return []int{f}
		}
	}
	for at := address + 24; ; at += 8 {
		code, ok := im.Word(at)
		f := -1
		if ok {
			f = im.FunctionAt(code)
		}
		if f < 0 || im.Functions[f].Start != code {
			return found
		}
		found = append(found, f)
	}
}
