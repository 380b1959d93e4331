package load

import (
	"math"
	"slices"
	"testing"
)

func TestAConstantScheduleHasEqualDistances(t *testing.T) {
	times, err := Schedule(Constant, 1000, 1e9, 1)
	if err != nil || len(times) != 1000 || times[1] != 1e6 || times[999] != 999e6 {
		t.Errorf("%v: %d times", err, len(times))
	}
}

func TestAPoissonScheduleIsRandomRepeatableAndHasTheRate(t *testing.T) {
	times, _ := Schedule(Poisson, 10_000, 10e9, 7)
	again, _ := Schedule(Poisson, 10_000, 10e9, 7)
	other, _ := Schedule(Poisson, 10_000, 10e9, 8)
	if !slices.Equal(times, again) || slices.Equal(times, other) || !slices.IsSorted(times) {
		t.Error("not repeatable, or not random")
	}
	// The count is Poisson with mean 100,000: 5 standard deviations are 1,581.
	if math.Abs(float64(len(times))-100_000) > 1581 {
		t.Errorf("%d arrivals", len(times))
	}
	// Distances are exponential: their standard deviation is their mean.
	sum, squares := 0.0, 0.0
	for i := 1; i < len(times); i++ {
		distance := float64(times[i] - times[i-1])
		sum += distance
		squares += distance * distance
	}
	mean := sum / float64(len(times)-1)
	if deviation := math.Sqrt(squares/float64(len(times)-1) - mean*mean); math.Abs(deviation/mean-1) > 0.03 {
		t.Errorf("mean %v, standard deviation %v", mean, deviation)
	}
}

func TestAScheduleWithoutARateIsRefused(t *testing.T) {
	for _, rate := range []float64{0, -1, math.NaN(), math.Inf(1)} {
		if _, err := Schedule(Constant, rate, 1e9, 1); err == nil {
			t.Errorf("%v requests a second", rate)
		}
	}
}
