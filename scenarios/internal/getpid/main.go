// Command getpid makes as many getpid calls as its argument says, with nothing between them, and prints the time of
// one in ns: what a tracer adds to it is the tracer's own cost.
package main

import (
	"fmt"
	"math"
	"os"
	"strconv"
	"syscall"
	"time"
)

// The fastest batch is the one that nothing else disturbed.
const batch = 1000

func main() {
	calls, err := strconv.Atoi(os.Args[len(os.Args)-1])
	if err != nil || calls <= 0 || calls%batch != 0 {
		fmt.Fprintln(os.Stderr, "usage: getpid CALLS, in thousands")
		os.Exit(2)
	}
	fastest := math.Inf(1)
	for done := 0; done < calls; done += batch {
		began := time.Now()
		for range batch {
			_, _, _ = syscall.RawSyscall(syscall.SYS_GETPID, 0, 0, 0)
		}
		fastest = min(fastest, float64(time.Since(began).Nanoseconds())/batch)
	}
	fmt.Println(fastest)
}
