package main

import "sync/atomic"

// Every bit differs, so that a mixture of both is neither.
const (
	allZeros int64 = 0
	allOnes  int64 = -1
)

// tornReads reads an aligned 64-bit word while another goroutine overwrites it, without synchronisation, and
// counts the values that nobody ever wrote: halves of two writes. It goes on until the writer was seen at work.
func tornReads(atLeast int, store func(word *int64, value int64)) int {
	word := new(int64)
	var stop atomic.Bool
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		for !stop.Load() {
			store(word, allOnes)
			store(word, allZeros)
		}
	}()
	torn, changes, last := 0, 0, allZeros
	for n := 0; n < atLeast || changes == 0; n++ {
		value := load(word)
		if value != allZeros && value != allOnes {
			torn++
		}
		if value != last {
			changes++
		}
		last = value
	}
	stop.Store(true)
	<-stopped
	return torn
}

// Neither may be inlined: the compiler would keep the word in a register.

//go:noinline
func storeWhole(word *int64, value int64) { *word = value }

//go:noinline
func load(word *int64) int64 { return *word }
