package bench

import (
	"math"

	"github.com/HdrHistogram/hdrhistogram-go"
)

const (
	histogramLowestNs  = 1
	histogramHighestNs = 60_000_000_000
	histogramDigits    = 2
)

// histogram is [upper bound in ns, count] of each bucket that holds something, ascending. Bounds are the
// same in every launch, so that histograms can be added up. Values outside 1 ns .. 60 s count at the border.
func histogram(ns []float64) [][2]int64 {
	h := hdrhistogram.New(histogramLowestNs, histogramHighestNs, histogramDigits)
	for _, v := range ns {
		clamped := min(max(int64(math.Round(v)), histogramLowestNs), histogramHighestNs)
		// Cannot fail: the value is within the bounds.
		_ = h.RecordValue(clamped)
	}
	buckets := [][2]int64{}
	for _, bar := range h.Distribution() {
		if bar.Count > 0 {
			buckets = append(buckets, [2]int64{bar.To, bar.Count})
		}
	}
	return buckets
}
