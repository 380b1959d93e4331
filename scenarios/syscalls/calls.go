package main

import (
	"syscall"

	"golang.org/x/sys/unix"

	"sbxbench/scenarios/internal/bench"
)

// patchableGetpid calls getpid n times, in a form that systrap can patch. n is at least 1.
func patchableGetpid(n int)

// repeatCall makes the same system call n times and stops at the first result that is not the expected one.
//
// The loop stands in assembly so that an iteration is the system call alone: each return that follows a
// system call is mispredicted where the kernel clears the return stack, and Go's path has several
// (`getpid-raw` against `getpid` shows it natively).
func repeatCall(n int, number, a1, a2, a3, a4, expected uintptr) (result uintptr)

func touch(address uintptr)

// call is a system call that never blocks, with its arguments. Memory that they point to must be kept alive
// by the caller; it must not be on a goroutine's stack.
type call struct {
	name           string
	number         uintptr
	a1, a2, a3, a4 uintptr
	// Result that counts as done.
	expected uintptr
}

func (c call) repeat(n int) {
	result := repeatCall(n, c.number, c.a1, c.a2, c.a3, c.a4, c.expected)
	if result == c.expected {
		return
	}
	// The kernel returns errors as -4095 .. -1.
	if errno := -int(result); errno > 0 && errno < 4096 {
		bench.MustErrno(c.name, syscall.Errno(errno))
	}
	bench.Must(c.name+" moved less than it should", unix.EIO)
}
