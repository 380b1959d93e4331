// Command memory allocates, touches and collects memory, and waits at marks for the host to look at what it costs.
package main

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"

	"sbxbench/scenarios/internal/bench"
)

const pageBytes = 4096

func main() {
	b := bench.Start("memory")

	b.Mark("start")
	touched := make([]byte, b.Int("touchMiB")<<20)
	touch(touched)
	b.Mark("touched")
	rss, err := residentBytes("/proc/self/status")
	if err != nil {
		bench.Fail(err)
	}
	b.Value("rss", bench.Bytes, float64(rss))
	runtime.KeepAlive(touched)
	touched = nil
	debug.FreeOSMemory()

	b.Op("allocate-touch", allocateTouch)
	b.Op("gc-heavy", gcHeavy)
	b.End()
}

func touch(memory []byte) {
	for i := 0; i < len(memory); i += pageBytes {
		memory[i] = 1
	}
}

// Always as many pages at a time: the cost of one depends on how many neighbours fault with it.
const allocatedPages = 512

// allocateTouch takes 2 MiB from Go's heap and writes to each page: ns per page. The memory goes back to the
// kernel between batches, so that every page faults again.
func allocateTouch() (bench.Op, error) {
	var memory []byte
	return bench.Op{
		Run: func(n int) {
			memory = make([]byte, n*pageBytes)
			touch(memory)
		},
		After: func(int) {
			memory = nil
			debug.FreeOSMemory()
		},
		Batch: allocatedPages,
	}, nil
}

type node struct{ left, right *node }

func tree(depth int) *node {
	if depth == 0 {
		return &node{}
	}
	return &node{tree(depth - 1), tree(depth - 1)}
}

const (
	keptDepth   = 14
	churnedTree = 8
)

// gcHeavy builds trees of 511 nodes that are garbage at once, beside 32,767 nodes that stay alive: ns per tree.
func gcHeavy() (bench.Op, error) {
	kept := tree(keptDepth)
	var last *node
	return bench.Op{
		Run: func(n int) {
			for range n {
				last = tree(churnedTree)
			}
		},
		Close:  func() { runtime.KeepAlive(kept); runtime.KeepAlive(last) },
		KeepGC: true, Unlocked: true, NoSingles: true,
	}, nil
}

// residentBytes is VmRSS as this program's own kernel (or Sentry) shows it.
func residentBytes(status string) (int64, error) {
	text, err := os.ReadFile(status)
	if err != nil {
		return 0, err
	}
	for line := range bytes.Lines(text) {
		fields := bytes.Fields(line)
		if len(fields) >= 2 && string(fields[0]) == "VmRSS:" {
			kib, err := strconv.ParseInt(string(fields[1]), 10, 64)
			return kib << 10, err
		}
	}
	return 0, fmt.Errorf("%s has no VmRSS", status)
}
