package bench

import (
	"testing"
	"time"
)

var testClock = NewClock(true)

func spin(d time.Duration) {
	for until := testClock.Now() + testClock.Ticks(d); testClock.Now() < until; {
	}
}

func TestCheapOpGetsBatchesAndSingles(t *testing.T) {
	n := 0
	s := measure(testClock, "count", &Op{Run: func(k int) {
		for range k {
			n++
			spin(0)
		}
	}}, 5*time.Millisecond, 0)
	if len(s.batches) < minBatches || len(s.batches) > maxBatches || len(s.singles) == 0 {
		t.Fatalf("%d batches, %d singles", len(s.batches), len(s.singles))
	}
	if n < s.batch*len(s.batches)+len(s.singles) {
		t.Fatalf("%d iterations ran, %d reported", n, s.batch*len(s.batches)+len(s.singles))
	}
}

func TestDearOpStopsAtAMultipleOfItsBudget(t *testing.T) {
	began := time.Now()
	s := measure(testClock, "dear", &Op{Run: func(n int) { spin(time.Duration(n) * 4 * time.Millisecond) }}, time.Millisecond, 0)
	if len(s.singles) == 0 || len(s.singles) >= minBatches {
		t.Fatalf("%d calls", len(s.singles))
	}
	if took := time.Since(began); took > 100*time.Millisecond {
		t.Fatalf("took %v", took)
	}
}

func TestThinkTimeIsNotCounted(t *testing.T) {
	s := measure(testClock, "idle", &Op{Run: func(int) {}}, 5*time.Millisecond, 100*time.Microsecond)
	if len(s.batches) != 0 || s.batch != 1 {
		t.Fatalf("batches of %d: %d", s.batch, len(s.batches))
	}
	if median := summarise(s, testClock.hzEnd()).Median; median > 50_000 {
		t.Fatalf("an empty call takes %v ns", median)
	}
}

func TestBeforeAndAfterEncloseEachRunAndAreNotTimed(t *testing.T) {
	open := 0
	op := &Op{
		Before: func(n int) { open += n; spin(200 * time.Microsecond) },
		Run: func(n int) {
			if open != n {
				t.Fatalf("%d prepared for %d", open, n)
			}
		},
		After:    func(n int) { open -= n },
		MaxBatch: 4,
	}
	s := measure(testClock, "hooks", op, 2*time.Millisecond, 0)
	if median := summarise(s, testClock.hzEnd()).Median; median > 50_000 {
		t.Fatalf("an empty call takes %v ns", median)
	}
}

func TestDisturbedSamplesDoNotCount(t *testing.T) {
	calls := 0
	op := &Op{Sample: func() int64 {
		spin(10 * time.Microsecond)
		calls++
		if calls%2 == 0 {
			return -1
		}
		return 7
	}}
	for _, ticks := range measure(testClock, "half", op, time.Millisecond, 0).singles {
		if ticks != 7 {
			t.Fatalf("kept %d", ticks)
		}
	}
}

func TestTimedLoopsDoNotAllocate(t *testing.T) {
	op := &Op{Run: func(int) {}}
	if allocations := testing.AllocsPerRun(100, func() { runBatch(testClock, op, 10) }); allocations != 0 {
		t.Fatalf("%v allocations a batch", allocations)
	}
}
