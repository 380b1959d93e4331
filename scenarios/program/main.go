// Command program runs any command again and again, and says how long each repetition took and what it used.
package main

import (
	"fmt"
	"os"
	"slices"
	"time"

	"sbxbench/scenarios/internal/bench"
)

func main() {
	b := bench.Start("program")
	cmd, err := newCommand(readParams(b))
	if err != nil {
		bench.Fail(err)
	}
	var ticks []int64
	var used []usage
	for i := range b.Int("warmup") + b.Int("repeat") {
		r, err := cmd.run(b.Clock)
		if err != nil {
			bench.Fail(fmt.Errorf("repetition %d: %w", i+1, err))
		}
		if r.outcome() != cmd.expected() || !cmd.printed(r.stdoutBytes) {
			failed(b, cmd, r)
			return
		}
		if i >= b.Int("warmup") {
			ticks = append(ticks, r.ticks)
			used = append(used, r.usage)
		}
	}
	if len(ticks) == 0 {
		bench.Fail(fmt.Errorf("repeat is %d: at least one repetition has to be timed", b.Int("repeat")))
	}
	if share := b.Float("memoryAt"); share > 0 {
		sampleMemory(b, cmd, time.Duration(share*float64(shortest(used))))
	}
	report(b, used)
	b.Check("exit-status", cmd.expected(), cmd.expected())
	b.Times("run", ticks)
	b.End()
}

// sampleMemory stops one more repetition on its way, so that the host can look at what it holds at that moment.
func sampleMemory(b *bench.Bench, cmd *command, after time.Duration) {
	cmd.pauseAfter = after
	cmd.paused = func() { b.Mark("running") }
	r, err := cmd.run(b.Clock)
	if err != nil {
		bench.Fail(fmt.Errorf("repetition for its memory: %w", err))
	}
	if !r.wasPaused {
		b.Skip("pss@running", fmt.Sprintf("it had ended before %v", after))
	}
}

// shortest, so that the next one is hardly over before its share of that.
func shortest(used []usage) time.Duration {
	walls := make([]time.Duration, len(used))
	for i, one := range used {
		walls[i] = one.wall
	}
	return slices.Min(walls)
}

// failed ends the launch with the evidence: the check that did not hold, and what the program said. The harness
// finds the last words in it.
func failed(b *bench.Bench, cmd *command, r repetition) {
	if r.outcome() != cmd.expected() {
		b.Check("exit-status", cmd.expected(), r.outcome())
	} else {
		b.Check("stdout-bytes", fmt.Sprint(cmd.expectStdoutBytes), fmt.Sprint(r.stdoutBytes))
	}
	os.Stderr.Write(r.said)
	b.End()
}

// report writes the median over the repetitions of each figure that this kernel counts.
func report(b *bench.Bench, used []usage) {
	for _, figure := range figures {
		if reason := figure.missing(used); reason != "" {
			b.Skip(figure.name, reason)
			continue
		}
		values := make([]float64, len(used))
		for i, one := range used {
			values[i] = figure.of(one)
		}
		b.Value(figure.name, figure.unit, median(values))
	}
}

func median(values []float64) float64 {
	slices.Sort(values)
	middle := len(values) / 2
	if len(values)%2 == 1 {
		return values[middle]
	}
	return (values[middle-1] + values[middle]) / 2
}
