package main

import (
	"runtime"
	"runtime/debug"
	"sync/atomic"
	"time"

	"sbxbench/scenarios/internal/bench"
)

// Long enough that the scheduler's threads have stopped spinning and sleep in the kernel.
const idle = 200 * time.Microsecond

// wakeupLatency is from a send to the receiver's first instruction, where the sender keeps its own processor:
// the receiver must be started on a sleeping thread.
func wakeupLatency(clock *bench.Clock) (bench.Op, error) {
	if runtime.GOMAXPROCS(0) < 2 {
		return bench.Op{}, bench.Skip("needs two processors, the Go runtime has one (GOMAXPROCS=1)")
	}
	sent := make(chan struct{}, 1)
	var wokenAt atomic.Int64
	go func() {
		for range sent {
			wokenAt.Store(clock.Now())
		}
	}()
	return bench.Op{
		Sample: func() int64 {
			time.Sleep(idle)
			wokenAt.Store(0)
			start := clock.Now()
			sent <- struct{}{}
			for wokenAt.Load() == 0 {
			}
			return wokenAt.Load() - start
		},
		Close:    func() { close(sent) },
		Unlocked: true,
	}, nil
}

// preemptLatency is how long a goroutine that is ready to run waits for the only processor, while another
// one spins there without ever calling a function.
func preemptLatency(clock *bench.Clock) bench.Op {
	before := runtime.GOMAXPROCS(1)
	var ranAt atomic.Int64
	return bench.Op{
		Sample: func() int64 {
			ranAt.Store(0)
			start := clock.Now()
			go func() { ranAt.Store(clock.Now()) }()
			for ranAt.Load() == 0 {
			}
			return ranAt.Load() - start
		},
		Close:    func() { runtime.GOMAXPROCS(before) },
		Unlocked: true,
	}
}

const (
	liveObjects = 20_000
	objectBytes = 128
)

// gcPause is how long one garbage collection stops the program, as the Go runtime has timed it, with
// 20,000 small objects alive.
func gcPause() (bench.Op, error) {
	live := make([][]byte, liveObjects)
	for i := range live {
		live[i] = make([]byte, objectBytes)
	}
	var stats debug.GCStats
	return bench.Op{
		SampleNs: func() int64 {
			runtime.GC()
			debug.ReadGCStats(&stats)
			return int64(stats.Pause[0])
		},
		Close:    func() { runtime.KeepAlive(live) },
		Unlocked: true,
		KeepGC:   true,
	}, nil
}
