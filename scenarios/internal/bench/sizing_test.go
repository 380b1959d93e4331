package bench

import "testing"

// All in ticks of 1 ns: budget 5 ms, batches of at least 50 us, a clock that costs 20 ns.
func sizesFor(op *Op, perCall float64) sizes {
	return chooseSizes(op, perCall, 5_000_000, 50_000, 20)
}

func TestBatchOfACheapOpLastsTheShortestTimeWorthTiming(t *testing.T) {
	if got := sizesFor(&Op{}, 100).batch; got != 500 {
		t.Fatalf("batch = %d", got)
	}
}

func TestSinglesLastAboutAsLongAsTheirBatchAndStayBelowTheirCap(t *testing.T) {
	if got := sizesFor(&Op{}, 1000).singles; got != 48 {
		t.Fatalf("singles = %d", got)
	}
	if got := sizesFor(&Op{}, 1).singles; got != maxSingles/maxBatches {
		t.Fatalf("singles = %d", got)
	}
}

func TestOpLongerThanABatchIsTimedCallByCall(t *testing.T) {
	if got := sizesFor(&Op{}, 200_000); got != (sizes{batch: 1}) {
		t.Fatalf("sizes = %+v", got)
	}
}

func TestSlowClockMakesBatchesLonger(t *testing.T) {
	if got := chooseSizes(&Op{}, 5_000, 5_000_000, 50_000, 16_000).batch; got != 640 {
		t.Fatalf("batch = %d", got)
	}
}

func TestLargeBudgetMakesBatchesLongerInsteadOfMore(t *testing.T) {
	if got := chooseSizes(&Op{}, 100, 128_000_000, 50_000, 20).batch; got != 10_000 {
		t.Fatalf("batch = %d", got)
	}
}

func TestBoundsOfTheOpHold(t *testing.T) {
	if got := sizesFor(&Op{MaxBatch: 64}, 1).batch; got != 64 {
		t.Fatalf("batch = %d", got)
	}
	if got := sizesFor(&Op{Batch: 256}, 1); got != (sizes{batch: 256}) {
		t.Fatalf("sizes = %+v", got)
	}
}
