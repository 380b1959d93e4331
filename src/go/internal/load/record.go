package load

import "github.com/HdrHistogram/hdrhistogram-go"

const (
	lowestNs  = 1
	highestNs = 60_000_000_000
	// Three digits: quantiles are off by less than 0.1 %.
	digits = 3
	// As the buckets in which a scenario's program writes its own histograms.
	storedDigits = 2
)

// window is the part of a phase that counts, in ns of the monotonic clock.
type window struct{ from, to int64 }

func (w window) has(at int64) bool { return at >= w.from && at < w.to }

// record counts what became of the requests whose intended time lies in the window.
type record struct {
	window  window
	latency *hdrhistogram.Histogram
	lag     *hdrhistogram.Histogram
	// Good answers to them.
	answered int64
	// Good answers that came within the window, whenever they were asked for: the throughput.
	inWindow int64
	// Good answers since the window began: what CPU time is shared out over.
	sinceStart int64
	errors     map[string]int64
	// Sent without an answer in time, and those that no connection was free for until the end.
	timeouts, dropped int64
	// Called once, when the window begins.
	onBegin func()
}

func newRecord(w window) *record {
	return &record{
		window:  w,
		latency: hdrhistogram.New(lowestNs, highestNs, digits),
		lag:     hdrhistogram.New(lowestNs, highestNs, digits),
		errors:  map[string]int64{},
	}
}

// begin is told the time now and then.
func (r *record) begin(at int64) {
	if at >= r.window.from && r.onBegin != nil {
		r.onBegin()
		r.onBegin = nil
	}
}

func clamp(ns int64) int64 { return min(max(ns, lowestNs), highestNs) }

// sent notes by how much the generator itself was late: a request can leave once it is due and a connection is free.
func (r *record) sent(intended, freeAt, at int64) {
	if r.window.has(intended) {
		_ = r.lag.RecordValue(clamp(at - max(intended, freeAt)))
	}
}

// got notes a complete answer; fault is empty for a good one.
func (r *record) got(intended, at int64, fault string) {
	if fault != "" {
		if r.window.has(intended) {
			r.failed(fault)
		}
		return
	}
	if r.window.has(at) {
		r.inWindow++
	}
	if at >= r.window.from {
		r.sinceStart++
	}
	if !r.window.has(intended) {
		return
	}
	r.answered++
	r.observe(at - intended)
}

// A server that makes up ever new answers is not to fill the memory.
const mostFaults = 16

func (r *record) failed(fault string) {
	if _, known := r.errors[fault]; !known && len(r.errors) == mostFaults {
		fault = "other errors"
	}
	r.errors[fault]++
}

// lost notes a request that will have no answer. Its time so far is the least that its latency is: leaving it out would
// flatter every quantile.
func (r *record) lost(intended, at int64, wasSent bool) {
	if !r.window.has(intended) {
		return
	}
	if wasSent {
		r.timeouts++
	} else {
		r.dropped++
	}
	r.observe(at - intended)
}

func (r *record) observe(ns int64) { _ = r.latency.RecordValue(clamp(ns)) }
