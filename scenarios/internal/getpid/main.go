// Command getpid makes as many getpid calls as its argument says, with nothing between them, and prints the mean
// time of one in ns: what a tracer adds to it is the tracer's own cost.
package main

import (
	"fmt"
	"os"
	"strconv"
	"syscall"
	"time"
)

func main() {
	calls, err := strconv.Atoi(os.Args[len(os.Args)-1])
	if err != nil || calls <= 0 {
		fmt.Fprintln(os.Stderr, "usage: getpid CALLS")
		os.Exit(2)
	}
	began := time.Now()
	for range calls {
		_, _, _ = syscall.RawSyscall(syscall.SYS_GETPID, 0, 0, 0)
	}
	fmt.Println(float64(time.Since(began).Nanoseconds()) / float64(calls))
}
