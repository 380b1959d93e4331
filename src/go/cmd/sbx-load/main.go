// Command sbx-load drives a server open-loop. It reads its plan (internal/load, Plan) as one line of JSON from standard
// input, says "armed", waits for a second line, and then writes one line of JSON for each thing that happens:
//
//	{"type":"armed"}
//	{"type":"up","atNs":…}                  the first good answer, CLOCK_MONOTONIC
//	{"type":"phase-begins","rate":…}        the counted part of a rate begins
//	{"type":"phase","result":{…}}           one rate is done (internal/load, Result)
//	{"type":"skipped","rate":…,"reason":…}
//	{"type":"done","capacity":{…}}
//	{"type":"failed","kind":…,"detail":…}   with exit code 1; kinds as in internal/load
//
// It ends when standard input does. What a server sends comes out quoted and shortened only.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"

	"sbxbench/launcher/internal/load"
)

// The priority belongs to the thread, and the drive runs on it.
func init() { runtime.LockOSThread() }

func main() {
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintf(os.Stderr, "sbx-load: %v\n", err)
		os.Exit(1)
	}
}

func run(stdin io.Reader, stdout io.Writer) error {
	// The drive never waits for a processor of the scheduler that another thread holds, even on one core.
	runtime.GOMAXPROCS(8)
	load.Favour()
	debug.SetGCPercent(400)
	lines := bufio.NewReaderSize(stdin, 1<<20)
	line, err := lines.ReadBytes('\n')
	if err != nil {
		return fmt.Errorf("the plan on standard input: %w", err)
	}
	plan := load.Plan{}
	if err := json.Unmarshal(line, &plan); err != nil {
		return fmt.Errorf("the plan on standard input: %w", err)
	}
	if err := plan.Check(); err != nil {
		return err
	}
	say := func(kind string, fields map[string]any) {
		message := map[string]any{"type": kind}
		for name, value := range fields {
			message[name] = value
		}
		text, _ := json.Marshal(message)
		_, _ = stdout.Write(append(text, '\n'))
	}
	if plan.RequireFreePort {
		if err := load.RequireFree(plan.Port); err != nil {
			return failed(say, err)
		}
	}
	say("armed", nil)
	if _, err := lines.ReadBytes('\n'); err != nil {
		return nil
	}
	// Whoever drives us has ended, and with it what we drive.
	go func() {
		_, _ = io.Copy(io.Discard, lines)
		os.Exit(0)
	}()
	up, err := load.AwaitUp(&plan)
	if err != nil {
		return failed(say, err)
	}
	say("up", map[string]any{"atNs": up})
	capacity, err := load.Drive(&plan, load.Events{
		PhaseBegins: func(rate float64) { say("phase-begins", map[string]any{"rate": rate}) },
		Phase:       func(result load.Result) { say("phase", map[string]any{"result": result}) },
		Skipped:     func(rate float64, reason string) { say("skipped", map[string]any{"rate": rate, "reason": reason}) },
	})
	if err != nil {
		return failed(say, err)
	}
	say("done", map[string]any{"capacity": capacity})
	return nil
}

func failed(say func(string, map[string]any), err error) error {
	var failure *load.Failure
	if errors.As(err, &failure) {
		say("failed", map[string]any{"kind": failure.Kind, "detail": failure.Detail})
	}
	return err
}
