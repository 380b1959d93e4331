package load

import (
	"fmt"
	"math"
)

// driver speaks one protocol. Times are CLOCK_MONOTONIC, ns.
type driver interface {
	// open makes the connections before they are needed.
	open() error
	// run sends what the schedule says and notes what came of it, until the limit.
	run(schedule []int64, record *record, limit int64) error
	close()
}

// Events are told as they happen; a phase's begin and end are when the host looks at the server's CPU time.
type Events struct {
	PhaseBegins func(rate float64)
	Phase       func(Result)
	// A rate that was not tried, with the reason.
	Skipped func(rate float64, reason string)
}

// Capacity is the highest rate found that holds, and the lowest found that does not; 0 where there is none.
type Capacity struct {
	Holds float64 `json:"holds"`
	Fails float64 `json:"fails"`
}

const (
	// Before the first request, so that the first is not late.
	leadNs = 5_000_000
	// What a server that fell behind gets to catch up, before the rest counts as lost.
	drainNs = 1_000_000_000
	// Of a rate that was asked for; below it the server is full, and higher rates only show how long a queue was.
	saturated = 0.9
)

// Drive goes through the rates, and then looks for the highest that holds the p99.
func Drive(plan *Plan, events Events) (Capacity, error) {
	d, err := newDriver(plan)
	if err != nil {
		return Capacity{}, err
	}
	defer d.close()
	if err := d.open(); err != nil {
		return Capacity{}, &Failure{Broken, err.Error()}
	}
	search := Capacity{}
	full := 0.0
	for _, rate := range plan.Rates {
		if full > 0 {
			events.Skipped(rate, fmt.Sprintf("not tried: the server was full at %s requests/s already", number(full)))
			continue
		}
		result, err := runPhase(d, plan, rate, events)
		if err != nil {
			return Capacity{}, err
		}
		if late := isLate(plan, result); late != nil {
			return Capacity{}, late
		}
		search.learn(result)
		if result.isFull() {
			full = rate
		}
		events.Phase(result)
	}
	for range plan.Refine {
		rate, ok := search.next()
		if !ok {
			break
		}
		result, err := runPhase(d, plan, rate, Events{PhaseBegins: func(float64) {}})
		if err != nil {
			return Capacity{}, err
		}
		// Beyond its own limit the generator can tell nothing about the server.
		if isLate(plan, result) != nil {
			break
		}
		search.learn(result)
	}
	return search, nil
}

func newDriver(plan *Plan) (driver, error) {
	if plan.Protocol == HTTP2 {
		return newHTTP2Driver(plan), nil
	}
	return newEngine(plan)
}

func runPhase(d driver, plan *Plan, rate float64, events Events) (Result, error) {
	warmupNs, durationNs := plan.WarmupMs*1e6, plan.DurationMs*1e6
	schedule, err := Schedule(plan.Arrivals, rate, warmupNs+durationNs, plan.Seed)
	if err != nil {
		return Result{}, err
	}
	start := now() + leadNs
	counted := window{start + warmupNs, start + warmupNs + durationNs}
	intended := int64(0)
	for i := range schedule {
		schedule[i] += start
		if counted.has(schedule[i]) {
			intended++
		}
	}
	if intended == 0 {
		return Result{}, fmt.Errorf("%s requests/s: none falls into %d ms", number(rate), plan.DurationMs)
	}
	record := newRecord(counted)
	record.onBegin = func() { events.PhaseBegins(rate) }
	if err := d.run(schedule, record, counted.to+min(drainNs, plan.TimeoutMs*1e6)); err != nil {
		return Result{}, &Failure{Broken, err.Error()}
	}
	return record.result(rate, intended, plan.P99LimitMs), nil
}

// isFull compares with what was asked for in this window, which by chance may be less than the rate.
func (r Result) isFull() bool { return float64(r.InWindow) < saturated*float64(r.Intended) }

func isLate(plan *Plan, result Result) error {
	lagMs := float64(result.Lag.P99) / 1e6
	if lagMs <= plan.MaxLagMs {
		return nil
	}
	return &Failure{Lag, fmt.Sprintf("at %s requests/s the load generator itself was late by %s ms (p99)",
		number(result.Rate), number(math.Round(lagMs*10)/10))}
}

func (c *Capacity) learn(result Result) {
	switch {
	case !result.Holds && (c.Fails == 0 || result.Rate < c.Fails):
		c.Fails = result.Rate
		// A lower rate that failed says more than a higher one that held.
		c.Holds = min(c.Holds, result.Rate)
		if c.Holds == result.Rate {
			c.Holds = 0
		}
	case result.Holds && result.Rate > c.Holds && (c.Fails == 0 || result.Rate < c.Fails):
		c.Holds = result.Rate
	}
}

// next halves what is between the two, or doubles where nothing failed yet.
func (c *Capacity) next() (float64, bool) {
	if c.Fails == 0 {
		return 2 * c.Holds, c.Holds > 0
	}
	rate := math.Round((c.Holds + c.Fails) / 2)
	return rate, rate > c.Holds && rate < c.Fails
}

func number(value float64) string { return fmt.Sprintf("%g", value) }
