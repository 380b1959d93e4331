package bench

const (
	minBatches = 10
	// More batches would only make the record larger: they are made longer instead.
	maxBatches = 64
	// Single calls kept of an op: enough for p99, and 80 KiB.
	maxSingles = 10_000
	// An op that costs more than its budget gets this many times of it, to reach minBatches.
	overBudget = 6
	// A batch lasts at least this many readings of the clock, so that they cost at most 0.5 %.
	batchPerClockRead = 200
)

// sizes says how an op's budget is spent.
type sizes struct {
	// Iterations a batch; 1 = call by call.
	batch int
	// Single calls after each batch.
	singles int
}

// chooseSizes shares a budget between batches and single calls, half each. All times are in ticks.
// perCall is the measured cost of one iteration, minBatch the shortest batch that is worth timing.
func chooseSizes(op *Op, perCall float64, budget, minBatch, readCost int64) sizes {
	if op.Batch > 0 {
		return sizes{batch: op.Batch}
	}
	perCall = max(perCall, 0.1)
	batchTicks := max(float64(minBatch), float64(readCost*batchPerClockRead), float64(budget)/2/maxBatches)
	batch := max(1, int(batchTicks/perCall+0.5))
	if op.MaxBatch > 0 {
		batch = min(batch, op.MaxBatch)
	}
	if op.NoSingles || batch == 1 {
		return sizes{batch: batch}
	}
	perSingle := perCall + 2*float64(readCost)
	singles := int(float64(batch) * perCall / perSingle)
	return sizes{batch: batch, singles: min(max(singles, 1), maxSingles/maxBatches)}
}
