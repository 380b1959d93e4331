package bench

import "time"

// anchor is one moment on both clocks.
type anchor struct {
	ticks int64
	// CLOCK_MONOTONIC since the clock's base.
	mono time.Duration
	// Ticks between the two counter readings that enclose the monotonic one: the anchor's uncertainty.
	bracket int64
}

const anchorReadings = 40

// tightestAnchor reads CLOCK_MONOTONIC between two readings of the counter, several times, and keeps the
// reading that took least: inside a sandbox most of them are slowed by a trap or by being descheduled.
func (c *Clock) tightestAnchor() anchor {
	return tightest(anchorReadings, func() anchor {
		before := readTSC()
		mono := time.Since(c.base)
		after := readTSC()
		return anchor{ticks: before + (after-before)/2, mono: mono, bracket: after - before}
	})
}

func tightest(readings int, read func() anchor) anchor {
	best := read()
	for range readings - 1 {
		if a := read(); a.bracket < best.bracket {
			best = a
		}
	}
	return best
}

// hzBetween is the ticks a second between two anchors.
func hzBetween(from, to anchor) float64 {
	return float64(to.ticks-from.ticks) / (to.mono - from.mono).Seconds()
}
