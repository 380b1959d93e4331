package main

import "testing"

func TestSynchronisedCountersLoseNothing(t *testing.T) {
	for name, count := range map[string]func(workers, each int) int{
		"atomic": countAtomic, "mutex": countMutex, "channel": countChannel,
	} {
		if got := count(10, 1000); got != 10_000 {
			t.Errorf("%s: %d", name, got)
		}
	}
}
