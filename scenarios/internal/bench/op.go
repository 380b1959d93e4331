package bench

import (
	"errors"
	"fmt"
	"syscall"
)

// Units of the protocol.
const (
	Nanoseconds    = "ns"
	BytesPerSecond = "bytes/s"
	PerSecond      = "1/s"
	Count          = "count"
	Bytes          = "bytes"
)

// Op is one thing that is timed. Exactly one of Run, Sample and SampleNs is set.
type Op struct {
	// Run does n iterations. The loop stands in the op, so that calling it costs a batch once.
	Run func(n int)
	// Sample does one iteration and returns the ticks that count: for latencies between two places.
	// Below 0 = this one was disturbed and does not count.
	Sample func() int64
	// SampleNs is the same for what the Go runtime has timed, in ns.
	SampleNs func() int64

	// Before and After enclose each Run and are not timed.
	Before, After func(n int)
	// Close releases what the op holds, after its last iteration.
	Close func()

	// Unit of the result; empty = Nanoseconds.
	Unit string
	// Amount of work of one iteration, for units per second (bytes, requests). 0 = 1.
	Amount float64
	// OffsetNs is subtracted from each iteration: a sleep that was asked for.
	OffsetNs float64

	// Batch fixes the iterations a batch and leaves out single calls; 0 = chosen so that batches are long enough.
	Batch int
	// MaxBatch bounds a chosen batch; 0 = no bound.
	MaxBatch int
	// NoSingles leaves out single calls.
	NoSingles bool
	// Unlocked lets the goroutine move between threads, for ops that are about the Go scheduler or network.
	Unlocked bool
	// KeepGC leaves the garbage collector on, for ops of which it is a part.
	KeepGC bool
}

// Skip is the error of an op that cannot be done here; its text is the reason.
type Skip string

func (s Skip) Error() string { return string(s) }

// opFailure carries an error out of a timed loop.
type opFailure struct{ err error }

// Must ends the op when a call in its loop has failed. Refusals become a skip, all else ends the program.
func Must(call string, err error) {
	if err != nil {
		panic(opFailure{fmt.Errorf("%s: %w", call, err)})
	}
}

// MustErrno is Must for raw system calls.
func MustErrno(call string, errno syscall.Errno) {
	if errno != 0 {
		panic(opFailure{fmt.Errorf("%s: %w", call, errno)})
	}
}

// skipReason says why an op cannot be done here, or returns false when the error is a real failure.
func skipReason(err error) (string, bool) {
	var skip Skip
	if errors.As(err, &skip) {
		return string(skip), true
	}
	if errors.Is(err, syscall.EPERM) || errors.Is(err, syscall.EACCES) || errors.Is(err, syscall.ENOSYS) {
		return "refused here: " + err.Error(), true
	}
	return "", false
}
