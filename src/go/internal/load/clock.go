package load

import (
	"time"

	"golang.org/x/sys/unix"
)

// Go's own monotonic clock is CLOCK_MONOTONIC, read without a system call; the offset makes its readings comparable
// with those of other processes.
var clockBase, clockBaseNs = readClocks()

func readClocks() (time.Time, int64) {
	var ts unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_MONOTONIC, &ts); err != nil {
		panic(err)
	}
	return time.Now(), ts.Nano()
}

// now is CLOCK_MONOTONIC in ns.
func now() int64 { return clockBaseNs + int64(time.Since(clockBase)) }
