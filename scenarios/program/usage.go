package main

import (
	"os"
	"regexp"
	"strconv"
	"syscall"
	"time"

	"sbxbench/scenarios/internal/bench"
)

// usage is what one repetition used, itself and the children that it waited for.
type usage struct {
	rusage      syscall.Rusage
	stdoutBytes int64
	// By the kernel's clock; what is reported is counted in ticks.
	wall time.Duration
	// Of this process, before the command started.
	ownMaxRssKiB int64
}

type figure struct {
	name, unit string
	of         func(usage) float64
	// missing says why this kernel does not tell, or nothing.
	missing func([]usage) string
}

var figures = []figure{
	{"cpu-user", bench.Nanoseconds, func(u usage) float64 { return float64(u.rusage.Utime.Nano()) }, always},
	{"cpu-system", bench.Nanoseconds, func(u usage) float64 { return float64(u.rusage.Stime.Nano()) }, always},
	{"max-rss", bench.Bytes, func(u usage) float64 { return float64(u.rusage.Maxrss) * 1024 }, abovePlain},
	{"minor-faults", bench.Count, func(u usage) float64 { return float64(u.rusage.Minflt) }, countsEvents},
	{"major-faults", bench.Count, func(u usage) float64 { return float64(u.rusage.Majflt) }, countsEvents},
	{"voluntary-switches", bench.Count, func(u usage) float64 { return float64(u.rusage.Nvcsw) }, countsEvents},
	{"involuntary-switches", bench.Count, func(u usage) float64 { return float64(u.rusage.Nivcsw) }, countsEvents},
	{"stdout-bytes", bench.Bytes, func(u usage) float64 { return float64(u.stdoutBytes) }, always},
}

var peakLine = regexp.MustCompile(`(?m)^VmHWM:\s+(\d+) kB$`)

func always([]usage) string { return "" }

// countsEvents tells Linux from kernels that fill only a part of struct rusage: no program starts without a page
// fault. gVisor counts neither faults nor preemptions, and as voluntary switches only calls of sched_yield
// (pkg/sentry/syscalls/linux/sys_rusage.go, Task.Yield in pkg/sentry/kernel/task_run.go).
func countsEvents(used []usage) string {
	for _, u := range used {
		if u.rusage.Minflt > 0 {
			return ""
		}
	}
	return "this kernel does not count it: even page faults are 0 in its rusage"
}

// abovePlain: fork and exec hand the largest resident size of the forking process down (setmax_mm_hiwater_rss in
// fs/exec.c), so what is not larger than this process says nothing about the command.
func abovePlain(used []usage) string {
	for _, u := range used {
		if u.rusage.Maxrss <= u.ownMaxRssKiB {
			return "the command's is not above that of the process that starts it, which the kernel hands down"
		}
	}
	return ""
}

// ownMaxRssKiB is of this process's memory since its exec, where the kernel says that (VmHWM, proc(5)): its rusage
// was handed down from the one that started it, natively a large one.
func ownMaxRssKiB() int64 {
	if status, err := os.ReadFile("/proc/self/status"); err == nil {
		if found := peakLine.FindSubmatch(status); found != nil {
			kib, _ := strconv.ParseInt(string(found[1]), 10, 64)
			return kib
		}
	}
	var own syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &own); err != nil {
		return 0
	}
	return own.Maxrss
}
