package bench

import (
	"slices"
	"time"
)

// Source of the clock, as the protocol names it.
type Source string

const (
	TSC       Source = "tsc"
	Monotonic Source = "monotonic"
)

// Clock counts ticks and knows how long they are. One is made for the whole program.
type Clock struct {
	source Source
	// What it started with, and the base of monotonic readings.
	start anchor
	base  time.Time
	// Ticks a second, by the short window at the start. Good enough to share out time, not to report it.
	hzStart float64
	// Median cost of one reading, in ticks.
	readCost int64
}

func readTSC() int64

// A short window at the start lets budgets be kept; figures are converted with the whole program's window.
const startWindow = 2 * time.Millisecond

// NewClock reads the time-stamp counter when the host says that it is constant, else CLOCK_MONOTONIC:
// inside a sandbox the latter may cost more than the call that is timed.
func NewClock(constantTSC bool) *Clock {
	c := &Clock{source: Monotonic, base: time.Now(), hzStart: 1e9}
	if constantTSC {
		c.source = TSC
		c.start = c.tightestAnchor()
		for time.Since(c.base) < startWindow {
		}
		c.hzStart = hzBetween(c.start, c.tightestAnchor())
	}
	c.readCost = c.measureReadCost()
	return c
}

// Now is the clock in ticks.
func (c *Clock) Now() int64 {
	if c.source == TSC {
		return readTSC()
	}
	return int64(time.Since(c.base))
}

// Ticks of a duration, by the calibration at the start.
func (c *Clock) Ticks(d time.Duration) int64 { return int64(float64(d) * c.hzStart / 1e9) }

// hzEnd is the calibration over everything since the start.
func (c *Clock) hzEnd() float64 {
	if c.source == Monotonic {
		return 1e9
	}
	return hzBetween(c.start, c.tightestAnchor())
}

func (c *Clock) measureReadCost() int64 {
	costs := make([]int64, 101)
	for i := range costs {
		t0 := c.Now()
		costs[i] = c.Now() - t0
	}
	slices.Sort(costs)
	return costs[len(costs)/2]
}
