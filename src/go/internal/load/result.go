package load

import "github.com/HdrHistogram/hdrhistogram-go"

// Quantiles are in ns; of no values, all 0.
type Quantiles struct {
	Count int64 `json:"count"`
	P10   int64 `json:"p10"`
	P50   int64 `json:"p50"`
	P90   int64 `json:"p90"`
	P99   int64 `json:"p99"`
	P999  int64 `json:"p999"`
	Max   int64 `json:"max"`
}

// Result is one phase: one rate for one window.
type Result struct {
	Rate float64 `json:"rate"`
	// Intended requests within the window, and what became of them. Errors are by kind.
	Intended int64            `json:"intended"`
	Answered int64            `json:"answered"`
	Errors   map[string]int64 `json:"errors"`
	Timeouts int64            `json:"timeouts"`
	Dropped  int64            `json:"dropped"`
	// Good answers within the window, whenever they were asked for; in all, and a second.
	InWindow   int64   `json:"inWindow"`
	Throughput float64 `json:"throughput"`
	// Good answers from the window's begin to this line.
	SinceStart int64     `json:"sinceStart"`
	Latency    Quantiles `json:"latency"`
	Lag        Quantiles `json:"lag"`
	// [upper bound in ns, count], ascending.
	Histogram [][2]int64 `json:"histogram"`
	// Holds: p99 is within the limit, and every request was answered well.
	Holds bool `json:"holds"`
}

func (r *record) result(rate float64, intended int64, p99LimitMs float64) Result {
	seconds := float64(r.window.to-r.window.from) / 1e9
	result := Result{
		Rate: rate, Intended: intended, Answered: r.answered, Errors: r.errors,
		Timeouts: r.timeouts, Dropped: r.dropped,
		InWindow: r.inWindow, Throughput: float64(r.inWindow) / seconds, SinceStart: r.sinceStart,
		Latency: quantiles(r.latency), Lag: quantiles(r.lag),
		Histogram: stored(r.latency),
	}
	result.Holds = r.answered == intended && float64(result.Latency.P99) <= p99LimitMs*1e6
	return result
}

func quantiles(h *hdrhistogram.Histogram) Quantiles {
	return Quantiles{
		Count: h.TotalCount(), P10: h.ValueAtQuantile(10), P50: h.ValueAtQuantile(50), P90: h.ValueAtQuantile(90),
		P99: h.ValueAtQuantile(99), P999: h.ValueAtQuantile(99.9), Max: h.Max(),
	}
}

func stored(fine *hdrhistogram.Histogram) [][2]int64 {
	coarse := hdrhistogram.New(lowestNs, highestNs, storedDigits)
	for _, bar := range fine.Distribution() {
		if bar.Count > 0 {
			_ = coarse.RecordValues(clamp(bar.To), bar.Count)
		}
	}
	buckets := [][2]int64{}
	for _, bar := range coarse.Distribution() {
		if bar.Count > 0 {
			buckets = append(buckets, [2]int64{bar.To, bar.Count})
		}
	}
	return buckets
}
