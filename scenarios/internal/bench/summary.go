package bench

import (
	"math"
	"slices"
	"strconv"
)

// opLine is the protocol's `op`.
type opLine struct {
	Type       string     `json:"type"`
	Op         string     `json:"op"`
	Unit       string     `json:"unit"`
	Iterations int        `json:"iterations"`
	BatchSize  int        `json:"batchSize"`
	Batches    []figure   `json:"batches"`
	Median     figure     `json:"median"`
	P10        *figure    `json:"p10"`
	P50        *figure    `json:"p50"`
	P90        *figure    `json:"p90"`
	P99        *figure    `json:"p99"`
	Histogram  [][2]int64 `json:"histogram"`
}

// figure is written with six significant digits: more would be noise, and fill the record.
type figure float64

func (f figure) MarshalJSON() ([]byte, error) {
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(float64(f), 'g', 6, 64), 64)
	return strconv.AppendFloat(nil, rounded, 'f', -1, 64), nil
}

// summarise converts a series with the calibration over the whole program.
func summarise(s *series, hz float64) opLine {
	line := opLine{
		Type: "op", Op: s.name, Unit: s.op.Unit, BatchSize: s.batch,
		Iterations: s.batch*len(s.batches) + len(s.singles), Histogram: [][2]int64{},
	}
	if line.Unit == "" {
		line.Unit = Nanoseconds
	}
	nsPerTick := 1e9 / hz
	if s.inNs {
		nsPerTick = 1
	}
	singlesNs := make([]float64, len(s.singles))
	for i, ticks := range s.singles {
		singlesNs[i] = max(0, float64(ticks)*nsPerTick-s.op.OffsetNs)
	}
	if len(s.batches) > 0 {
		for _, ticks := range s.batches {
			line.Batches = append(line.Batches, s.op.figure(float64(ticks)*nsPerTick, float64(s.batch)))
		}
	} else {
		for _, group := range groups(len(singlesNs), maxBatches) {
			line.Batches = append(line.Batches, s.op.figure(sum(singlesNs[group[0]:group[1]]), float64(group[1]-group[0])))
		}
	}
	line.Median = afterWarmUp(line.Batches)
	if len(singlesNs) > 0 && line.Unit == Nanoseconds {
		slices.Sort(singlesNs)
		line.P10, line.P50 = quantile(singlesNs, 0.10), quantile(singlesNs, 0.50)
		line.P90, line.P99 = quantile(singlesNs, 0.90), quantile(singlesNs, 0.99)
		line.Histogram = histogram(singlesNs)
	}
	return line
}

// figure is a batch's time as a cost per iteration or as a rate.
func (op *Op) figure(ns, iterations float64) figure {
	if op.Unit == "" || op.Unit == Nanoseconds {
		return figure(ns / iterations)
	}
	amount := op.Amount
	if amount == 0 {
		amount = 1
	}
	return figure(amount * iterations / (ns / 1e9))
}

// afterWarmUp is the median without the first 10 % of the batches.
func afterWarmUp(batches []figure) figure {
	kept := slices.Clone(batches[len(batches)/10:])
	slices.Sort(kept)
	middle := len(kept) / 2
	if len(kept)%2 == 1 {
		return kept[middle]
	}
	return (kept[middle-1] + kept[middle]) / 2
}

// groups cuts n values, in time order, into at most `most` pieces of nearly the same size: [from, to).
func groups(n, most int) [][2]int {
	count := min(n, most)
	out := make([][2]int, count)
	for i := range out {
		out[i] = [2]int{i * n / count, (i + 1) * n / count}
	}
	return out
}

// quantile by nearest rank of sorted values.
func quantile(sorted []float64, q float64) *figure {
	rank := max(1, int(math.Ceil(q*float64(len(sorted)))))
	value := figure(sorted[rank-1])
	return &value
}

func sum(values []float64) float64 {
	total := 0.0
	for _, v := range values {
		total += v
	}
	return total
}
