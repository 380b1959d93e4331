// Command hold touches SBX_HOLD_MIB of memory, prints "ready" and stays until
// it is killed: what a host is filled with to see how many it holds. With
// SBX_HOLD_WORK=1 it computes for 1 ms in every 10.
package main

import (
	"crypto/sha256"
	"os"
	"strconv"
	"time"
)

const page = 4096

func main() {
	mib, _ := strconv.Atoi(os.Getenv("SBX_HOLD_MIB"))
	memory := make([]byte, mib<<20)
	for at := 0; at < len(memory); at += page {
		// Not all alike, or a kernel that merges pages would count them once.
		memory[at] = byte(at/page) | 1
	}
	os.Stdout.WriteString("ready\n")
	for os.Getenv("SBX_HOLD_WORK") == "1" {
		sum := sha256.Sum256(nil)
		for start := time.Now(); time.Since(start) < time.Millisecond; {
			sum = sha256.Sum256(sum[:])
		}
		time.Sleep(9 * time.Millisecond)
	}
	for {
		time.Sleep(time.Hour)
		_ = memory[0]
	}
}
