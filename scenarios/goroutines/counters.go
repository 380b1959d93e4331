package main

import (
	"sync"
	"sync/atomic"
)

// together runs `work` on so many goroutines and waits for all of them.
func together(workers int, work func()) {
	var done sync.WaitGroup
	for range workers {
		done.Go(work)
	}
	done.Wait()
}

func countAtomic(workers, each int) int {
	var counter atomic.Int64
	together(workers, func() {
		for range each {
			counter.Add(1)
		}
	})
	return int(counter.Load())
}

func countMutex(workers, each int) int {
	var lock sync.Mutex
	counter := 0
	together(workers, func() {
		for range each {
			lock.Lock()
			counter++
			lock.Unlock()
		}
	})
	return counter
}

// countChannel sends every increment to the one goroutine that owns the counter.
func countChannel(workers, each int) int {
	increments := make(chan int)
	total := make(chan int)
	go func() {
		counter := 0
		for i := range increments {
			counter += i
		}
		total <- counter
	}()
	together(workers, func() {
		for range each {
			increments <- 1
		}
	})
	close(increments)
	return <-total
}

// countUnsynchronised is wrong on purpose: it shows how many updates are lost without synchronisation.
func countUnsynchronised(workers, each int) int {
	counter := new(int)
	together(workers, func() {
		for range each {
			increment(counter)
		}
	})
	return *counter
}

// increment must not be inlined: the compiler would keep the counter in a register and write it once.
//
//go:noinline
func increment(counter *int) { *counter++ }
