package bench

import (
	"math"
	"testing"
	"time"
)

func TestTightestKeepsTheReadingWithTheSmallestBracket(t *testing.T) {
	readings := []anchor{{ticks: 1, bracket: 900}, {ticks: 2, bracket: 40}, {ticks: 3, bracket: 500}}
	next := 0
	best := tightest(len(readings), func() anchor {
		next++
		return readings[next-1]
	})
	if best.ticks != 2 || next != len(readings) {
		t.Fatalf("kept %+v after %d readings", best, next)
	}
}

func TestHzIsTicksPerMonotonicSecond(t *testing.T) {
	from := anchor{ticks: 1_000, mono: 10 * time.Millisecond}
	to := anchor{ticks: 2_601_000, mono: 11 * time.Millisecond}
	if hz := hzBetween(from, to); math.Abs(hz-2.6e9) > 1 {
		t.Fatalf("hz = %v", hz)
	}
}

func TestCounterAgreesWithMonotonicClock(t *testing.T) {
	c := NewClock(true)
	from, began := c.Now(), time.Now()
	time.Sleep(50 * time.Millisecond)
	ticks, elapsed := c.Now()-from, time.Since(began)
	got := float64(ticks) / c.hzEnd()
	if off := math.Abs(got/elapsed.Seconds() - 1); off > 1e-3 {
		t.Fatalf("counter says %v s, monotonic clock %v: off by %v", got, elapsed, off)
	}
	if c.readCost <= 0 {
		t.Fatalf("reading costs %d ticks", c.readCost)
	}
}

func TestWithoutConstantCounterTicksAreNanoseconds(t *testing.T) {
	c := NewClock(false)
	if c.source != Monotonic || c.hzEnd() != 1e9 || c.Ticks(time.Millisecond) != 1e6 {
		t.Fatalf("%+v, hz %v", c, c.hzEnd())
	}
}
