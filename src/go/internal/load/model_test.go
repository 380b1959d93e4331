package load

import (
	"math"
	"runtime"
	"slices"
	"testing"
)

// modelled is what wrk2's model says: each request waits for its intended time and for the first free connection, in
// order, and its latency counts from the intended time.
func modelled(schedule []int64, connections int, counted window, serviceNs func(n int) int64) []int64 {
	free := make([]int64, connections)
	var latencies []int64
	for n, intended := range schedule {
		first := 0
		for i := range free {
			if free[i] < free[first] {
				first = i
			}
		}
		free[first] = max(intended, free[first]) + serviceNs(n)
		if counted.has(intended) {
			latencies = append(latencies, free[first]-intended)
		}
	}
	slices.Sort(latencies)
	return latencies
}

func quantileOf(sorted []int64, share float64) float64 {
	return float64(sorted[min(len(sorted)-1, int(math.Ceil(share*float64(len(sorted))))-1)])
}

func TestLatencyIsThatOfTheModel(t *testing.T) {
	// No thread that was favoured waits for one that was not: each finds a processor of the Go scheduler's free.
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(32))
	// A stall that a closed loop would hide: 400 ms without an answer on any of four connections.
	stall := func(n int) int64 {
		if n >= 100 && n < 104 {
			return ms(400)
		}
		return ms(8)
	}
	varied := func(n int) int64 { return ms(10 + float64(n*7%13)) }
	for _, test := range []struct {
		name        string
		arrivals    Arrivals
		connections int
		rate        float64
		serviceNs   func(int) int64
	}{
		{"one connection, a stall", Constant, 1, 60, stall},
		{"four connections, a stall", Constant, 4, 240, stall},
		{"one connection, varied", Poisson, 1, 35, varied},
		{"four connections, varied", Poisson, 4, 160, varied},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			// Ends with this goroutine: other tests are to run on other threads.
			runtime.LockOSThread()
			Favour()
			port, took := serveKnown(t, 1, test.serviceNs)
			plan := planFor(TCP, port)
			plan.Body, plan.Connections, plan.Arrivals = "x", test.connections, test.arrivals
			plan.Rates, plan.WarmupMs, plan.DurationMs = []float64{test.rate}, 200, 4000
			results, _ := drive(t, plan)
			schedule, _ := Schedule(plan.Arrivals, test.rate, ms(4200), plan.Seed)
			known := took()
			expected := modelled(schedule, test.connections, window{ms(200), ms(4200)}, func(n int) int64 { return known[n] })
			got := results[0]
			if got.Answered != int64(len(expected)) || got.Intended != got.Answered {
				t.Fatalf("%d of %d answered, the model says %d", got.Answered, got.Intended, len(expected))
			}
			for share, value := range map[float64]int64{0.5: got.Latency.P50, 0.99: got.Latency.P99} {
				want := quantileOf(expected, share)
				off := float64(value)/want - 1
				t.Logf("p%g is %.2f ms, the model says %.2f ms (%+.2f %%)", share*100, float64(value)/1e6, want/1e6, off*100)
				// 3 ms for what neither side's clock sees: the wake-ups of a busy host. bench/load measures without it.
				if math.Abs(float64(value)-want) > 0.05*want+float64(ms(3)) {
					t.Error("more than 5 % and 3 ms off")
				}
			}
		})
	}
}
