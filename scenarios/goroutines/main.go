// Command goroutines times what Go programs are made of, and checks that nothing is lost on the way.
package main

import (
	"strconv"

	"sbxbench/scenarios/internal/bench"
)

func main() {
	b := bench.Start("goroutines")
	increments, each := b.Int("increments"), b.Int("each")
	total := func(workers int) int {
		if each > 0 {
			return workers * each
		}
		return workers * max(1, increments/workers)
	}

	for _, workers := range []int{10, 100, 1000} {
		for _, kind := range []struct {
			name  string
			count func(workers, each int) int
		}{{"atomic", countAtomic}, {"mutex", countMutex}, {"channel", countChannel}, {"unsynchronised", countUnsynchronised}} {
			name := kind.name + "-" + strconv.Itoa(workers)
			var final finalValue
			b.Op(name, func() (bench.Op, error) {
				return counting(workers, total(workers), kind.count, &final), nil
			})
			// A counter that is too slow to be timed here has run, too.
			if final.isKnown && kind.name != "unsynchronised" {
				b.Check(name, strconv.Itoa(total(workers)), strconv.Itoa(final.value))
			}
		}
	}
	for _, workers := range []int{10, 100, 1000} {
		if name := "lost-updates-" + strconv.Itoa(workers); b.Chosen(name) {
			found := countUnsynchronised(workers, unsynchronisedIncrements/workers)
			b.Value(name, bench.Count, float64(unsynchronisedIncrements-found))
		}
	}
	// Not with 1,000: starting them takes longer than all the rest.
	for _, workers := range []int{10, 100} {
		if name := "wrong-results-" + strconv.Itoa(workers); b.Chosen(name) {
			b.Value(name, bench.Count, float64(wrongResults(workers, total(workers)/workers)))
		}
	}
	if b.Chosen("torn-reads") {
		b.Value("torn-reads", bench.Count, float64(tornReads(reads, storeWhole)))
	}

	b.Op("wakeup-latency", func() (bench.Op, error) { return wakeupLatency(b.Clock) })
	b.Op("preempt-latency", func() (bench.Op, error) { return preemptLatency(b.Clock), nil })
	b.Op("gc-pause", gcPause)
	b.End()
}

// Enough that the goroutines overlap: fewer are done before the next goroutine has started.
const unsynchronisedIncrements = 3_000_000

const reads = 500_000

const counterRuns = 20

// wrongResults is how many of 20 unsynchronised counters end with another value than the number of increments.
func wrongResults(workers, each int) int {
	wrong := 0
	for range counterRuns {
		if countUnsynchronised(workers, each) != workers*each {
			wrong++
		}
	}
	return wrong
}

// finalValue is what a counter came to: of several runs, the first that came to a wrong one.
type finalValue struct {
	value            int
	isKnown, isWrong bool
}

func (f *finalValue) saw(found, expected int) {
	if !f.isWrong {
		f.value, f.isKnown, f.isWrong = found, true, found != expected
	}
}

// counting times increments shared out among goroutines, their start and end included: ns per increment.
func counting(workers, expected int, count func(workers, each int) int, final *finalValue) bench.Op {
	return bench.Op{
		Run:   func(n int) { final.saw(count(workers, n/workers), n) },
		Batch: expected, Unlocked: true,
	}
}
