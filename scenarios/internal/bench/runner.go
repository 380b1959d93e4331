package bench

import (
	"math"
	"runtime"
	"runtime/debug"
	"time"
)

// minBatchTime is long against an interrupt's entry and short against a scheduler's slice.
const minBatchTime = 50 * time.Microsecond

// series is what was timed of one op, in ticks (or ns), until the clock is calibrated at the end.
type series struct {
	name string
	op   *Op
	// Iterations a batch, and the time of each batch. Empty where the op is timed call by call.
	batch   int
	batches []int64
	singles []int64
	// True where singles are in ns already.
	inNs bool
}

// measure times an op for about `budget`, call by call where its batches would be one call or think time is asked for.
func measure(c *Clock, name string, op *Op, budget, think time.Duration) *series {
	if !op.Unlocked {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
	}
	if !op.KeepGC {
		defer debug.SetGCPercent(debug.SetGCPercent(-1))
	}
	s := &series{name: name, op: op, batch: 1}
	limit := stopRule{clock: c, start: c.Now(), budget: c.Ticks(budget)}
	switch {
	case op.SampleNs != nil:
		s.inNs = true
		timeCalls(s, limit, op.SampleNs)
	case op.Sample != nil:
		timeCalls(s, limit, op.Sample)
	default:
		perCall := warmUp(c, op, limit.budget/10)
		plan := chooseSizes(op, perCall, limit.budget, c.Ticks(minBatchTime), c.readCost)
		if think > 0 || (plan.batch == 1 && op.Batch == 0 && !op.NoSingles) {
			timeCalls(s, limit, singleCall(c, op, c.Ticks(think)))
			break
		}
		s.batch = plan.batch
		timeBatches(s, limit, plan)
	}
	return s
}

// stopRule ends an op when its budget is spent and it has enough batches, or a multiple of the budget is spent.
// One that has nothing yet gets a multiple of that.
type stopRule struct {
	clock         *Clock
	start, budget int64
}

func (r stopRule) done(batches int) bool {
	spent := r.clock.Now() - r.start
	switch {
	case batches == 0:
		return spent >= r.budget*overBudget*overBudget
	case batches < minBatches:
		return spent >= r.budget*overBudget
	default:
		return spent >= r.budget
	}
}

// warmUp doubles the iterations until a tenth of the budget is spent. It returns the cost of one, in ticks, as
// the cheapest of the rounds shows it: a single disturbed round must not make all batches too short.
func warmUp(c *Clock, op *Op, budget int64) float64 {
	if op.Batch > 0 {
		runBatch(c, op, op.Batch)
		return 0
	}
	most := op.MaxBatch
	if most == 0 {
		most = math.MaxInt32
	}
	cheapest := math.Inf(1)
	start := c.Now()
	for n := 1; ; n *= 2 {
		cheapest = min(cheapest, float64(runBatch(c, op, n))/float64(n))
		if n*2 > most || c.Now()-start >= budget {
			return cheapest
		}
	}
}

func runBatch(c *Clock, op *Op, n int) int64 {
	if op.Before != nil {
		op.Before(n)
	}
	t0 := c.Now()
	op.Run(n)
	ticks := c.Now() - t0
	if op.After != nil {
		op.After(n)
	}
	return ticks
}

// timeBatches alternates batches with single calls that last about as long.
func timeBatches(s *series, limit stopRule, plan sizes) {
	c, op := limit.clock, s.op
	s.batches = make([]int64, 0, maxBatches)
	s.singles = touched(plan.singles * maxBatches)
	for len(s.batches) < maxBatches && !limit.done(len(s.batches)) {
		s.batches = append(s.batches, runBatch(c, op, plan.batch))
		for range plan.singles {
			s.singles = append(s.singles, max(0, runBatch(c, op, 1)-c.readCost))
		}
	}
}

// timeCalls times every call alone.
func timeCalls(s *series, limit stopRule, call func() int64) {
	s.singles = touched(maxSingles)
	for len(s.singles) < maxSingles && !limit.done(len(s.singles)) {
		if ticks := call(); ticks >= 0 {
			s.singles = append(s.singles, ticks)
		}
	}
}

func singleCall(c *Clock, op *Op, think int64) func() int64 {
	return func() int64 {
		if think > 0 {
			for until := c.Now() + think; c.Now() < until; {
			}
		}
		return max(0, runBatch(c, op, 1)-c.readCost)
	}
}

// touched is an empty slice whose memory is already there: no page fault falls into a timed loop.
func touched(capacity int) []int64 {
	s := make([]int64, capacity)
	for i := range s {
		s[i] = 1
	}
	return s[:0]
}
