package load

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// Arrivals says how requests follow each other.
type Arrivals string

const (
	// Constant: one after another at equal distances.
	Constant Arrivals = "constant"
	// Poisson: independent of each other, as the requests of many users are.
	Poisson Arrivals = "poisson"
)

// Schedule is computed before the first request, so that nothing which happens while they are sent can move it: when
// each is to be sent, in ns from the start, ascending. A late answer delays no later request's intended time
// (G. Tene, "How NOT to measure latency": coordinated omission).
func Schedule(arrivals Arrivals, rate float64, durationNs int64, seed uint64) ([]int64, error) {
	if rate <= 0 || math.IsInf(rate, 0) || math.IsNaN(rate) || durationNs <= 0 {
		return nil, fmt.Errorf("a schedule of %v requests a second for %d ns", rate, durationNs)
	}
	distance := 1e9 / rate
	times := make([]int64, 0, int(float64(durationNs)/distance*1.1)+16)
	switch arrivals {
	case Constant:
		for i := 0; ; i++ {
			at := int64(float64(i) * distance)
			if at >= durationNs {
				return times, nil
			}
			times = append(times, at)
		}
	case Poisson:
		random := rand.New(rand.NewPCG(seed, math.Float64bits(rate)))
		for at := random.ExpFloat64() * distance; at < float64(durationNs); at += random.ExpFloat64() * distance {
			times = append(times, int64(at))
		}
		return times, nil
	}
	return nil, fmt.Errorf("arrivals %q: has to be %q or %q", arrivals, Constant, Poisson)
}
