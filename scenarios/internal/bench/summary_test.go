package bench

import (
	"encoding/json"
	"testing"
)

func TestMedianLeavesOutTheFirstTenthAsWarmUp(t *testing.T) {
	// Ten batches, the first of which must not count: the middle of the nine others is 6.
	if got := afterWarmUp([]figure{1000, 2, 3, 4, 5, 6, 7, 8, 9, 10}); got != 6 {
		t.Fatalf("median = %v", got)
	}
	if got := afterWarmUp([]figure{4, 8}); got != 6 {
		t.Fatalf("median of two = %v", got)
	}
}

func TestBatchesAreConvertedWithTheCalibration(t *testing.T) {
	s := &series{name: "x", op: &Op{}, batch: 10, batches: []int64{26_000}}
	if got := summarise(s, 2.6e9); got.Batches[0] != 1000 || got.Iterations != 10 || got.P50 != nil {
		t.Fatalf("%+v", got)
	}
}

func TestRatesAreAmountPerSecondWithoutQuantiles(t *testing.T) {
	s := &series{name: "x", op: &Op{Unit: BytesPerSecond, Amount: 4096}, batch: 2, batches: []int64{1_000_000}}
	if got := summarise(s, 1e9); got.Median != 8_192_000 || got.P99 != nil || len(got.Histogram) != 0 {
		t.Fatalf("%+v", got)
	}
}

func TestTimeThatWasAskedForIsSubtracted(t *testing.T) {
	s := &series{name: "sleep", op: &Op{OffsetNs: 50_000}, batch: 1, singles: []int64{57_000, 49_000}}
	got := summarise(s, 1e9)
	if got.Batches[0] != 7_000 || got.Batches[1] != 0 {
		t.Fatalf("%+v", got.Batches)
	}
}

func TestManySinglesAreGroupedInTimeOrder(t *testing.T) {
	s := &series{name: "x", op: &Op{}, batch: 1}
	for i := range 640 {
		s.singles = append(s.singles, int64(i))
	}
	got := summarise(s, 1e9)
	if len(got.Batches) != maxBatches || got.Batches[0] != 4.5 || got.Batches[63] != 634.5 {
		t.Fatalf("%d groups: %v", len(got.Batches), got.Batches)
	}
	if *got.P10 != 63 || *got.P50 != 319 || *got.P99 != 633 {
		t.Fatalf("quantiles %v %v %v", *got.P10, *got.P50, *got.P99)
	}
}

func TestHistogramCountsEachCallOnceBelowItsUpperBound(t *testing.T) {
	got := histogram([]float64{0.2, 1, 127, 128, 5_000, 1e12})
	total := int64(0)
	for i, bucket := range got {
		total += bucket[1]
		if i > 0 && bucket[0] <= got[i-1][0] {
			t.Fatalf("bounds do not ascend: %v", got)
		}
	}
	if total != 6 || got[0] != [2]int64{1, 2} {
		t.Fatalf("%v", got)
	}
}

func TestOpLineIsWhatTheProtocolSays(t *testing.T) {
	s := &series{name: "getpid", op: &Op{}, batch: 2, batches: []int64{251}, singles: []int64{130}}
	text, err := json.Marshal(summarise(s, 1e9))
	want := `{"type":"op","op":"getpid","unit":"ns","iterations":3,"batchSize":2,"batches":[125.5],"median":125.5,` +
		`"p10":130,"p50":130,"p90":130,"p99":130,"histogram":[[130,1]]}`
	if err != nil || string(text) != want {
		t.Fatalf("%v\n%s", err, text)
	}
}

func TestFiguresCarrySixDigits(t *testing.T) {
	text, err := json.Marshal([]figure{1.0 / 3, 123456789.123, 0})
	if err != nil || string(text) != "[0.333333,123457000,0]" {
		t.Fatalf("%v %s", err, text)
	}
}
