package bench

import (
	"math"
	"testing"
	"time"
)

func TestBurningAddsItsShareToEachBody(t *testing.T) {
	const body, share = 2 * time.Millisecond, 0.25
	run := burning(testClock, func(int) { spin(body) }, share)
	// The least of several: a reading that was descheduled says nothing.
	least := math.Inf(1)
	for range 20 {
		least = min(least, float64(runBatch(testClock, &Op{Run: run}, 1)))
	}
	if got := least/float64(testClock.Ticks(body)) - 1; math.Abs(got-share) > 0.01 {
		t.Fatalf("slower by %v, asked for %v", got, share)
	}
}

func TestOpsThatTimeThemselvesCannotBeBurnt(t *testing.T) {
	b := &Bench{Clock: testClock, params: Params{"opMs": []byte("1")}, burn: 0.1}
	err := b.try("x", func() (Op, error) { return Op{Sample: func() int64 { return 1 }}, nil })
	if _, skipped := skipReason(err); !skipped {
		t.Fatalf("error %v", err)
	}
}
