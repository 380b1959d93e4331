package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"sbxbench/scenarios/internal/bench"
)

// started makes a command that runs in a folder of its own.
func started(t *testing.T, argv ...string) *command {
	t.Helper()
	t.Setenv("SBX_DIR_BIND", t.TempDir())
	t.Setenv("PATH", os.Getenv("PATH"))
	t.Chdir(t.TempDir())
	cmd, err := newCommand(params{argv: argv, timeout: 5 * time.Second, expectStdoutBytes: -1})
	if err != nil {
		t.Fatal(err)
	}
	return cmd
}

func once(t *testing.T, cmd *command) repetition {
	t.Helper()
	r, err := cmd.run(bench.NewClock(false))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestOutputIsCountedAndUseIsTheCommands(t *testing.T) {
	r := once(t, started(t, "sh", "-c", "head -c 300000 /dev/zero; i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done"))
	if r.stdoutBytes != 300_000 || r.outcome() != "exit code 0" {
		t.Fatalf("%d bytes, %s", r.stdoutBytes, r.outcome())
	}
	if r.ticks <= 0 || r.rusage.Minflt == 0 || r.rusage.Utime.Nano()+r.rusage.Stime.Nano() == 0 {
		t.Fatalf("%+v", r.usage)
	}
}

func TestFailuresSayHowItEndedAndWhatItSaid(t *testing.T) {
	r := once(t, started(t, "sh", "-c", "echo first >&2; echo no such table >&2; exit 3"))
	if got := r.outcome() + ": " + string(r.said); got != "exit code 3: first\nno such table\n" {
		t.Fatal(got)
	}
	r = once(t, started(t, "sh", "-c", "kill -SEGV $$"))
	if r.outcome() != "signal 11 (segmentation fault)" {
		t.Fatal(r.outcome())
	}
}

func TestEndlessCommandIsKilledWithItsChildren(t *testing.T) {
	cmd := started(t, "sh", "-c", "sleep 60 & sleep 60")
	cmd.timeout = 50 * time.Millisecond
	if r := once(t, cmd); r.outcome() != "no end within 50ms" {
		t.Fatal(r.outcome())
	}
}

func TestCommandStandsStillWhileItsMemoryIsSampled(t *testing.T) {
	cmd := started(t, "sh", "-c", "while :; do [ -e stop ] && exit 0; echo x >>ticks; done")
	cmd.pauseAfter = 20 * time.Millisecond
	size := func() int64 {
		info, err := os.Stat("ticks")
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
	cmd.paused = func() {
		// The stop reaches a running process within its time slice.
		time.Sleep(20 * time.Millisecond)
		before := size()
		time.Sleep(30 * time.Millisecond)
		if after := size(); after != before {
			t.Errorf("went on from %d to %d bytes", before, after)
		}
		if err := os.WriteFile("stop", nil, 0o600); err != nil {
			t.Error(err)
		}
	}
	if r := once(t, cmd); !r.wasPaused || r.outcome() != "exit code 0" {
		t.Fatalf("paused %v, %s", r.wasPaused, r.outcome())
	}
}

func TestCommandThatHasEndedIsNotPaused(t *testing.T) {
	cmd := started(t, "true")
	cmd.pauseAfter, cmd.paused = 500*time.Millisecond, func() { t.Error("paused") }
	if r := once(t, cmd); r.wasPaused {
		t.Fatal("says it was paused")
	}
}

func TestWhatHoldsTheOutputOpenIsNoSilentWait(t *testing.T) {
	cmd := started(t, "sh", "-c", "setsid sh -c ': >left; sleep 3' & while [ ! -e left ]; do :; done")
	if _, err := cmd.run(bench.NewClock(false)); err == nil || !strings.Contains(err.Error(), "holds its output open") {
		t.Fatal(err)
	}
}

func TestBothEndsOfALongOutputAreKept(t *testing.T) {
	r := once(t, started(t, "sh", "-c", "printf the-beginning >&2; head -c 100000 /dev/zero >&2; printf the-end >&2"))
	said := string(r.said)
	if !strings.HasPrefix(said, "the-beginning") || !strings.HasSuffix(said, "the-end") ||
		!strings.Contains(said, "\n[… 92020 bytes left out …]\n") || len(said) > 2*4096 {
		t.Fatalf("%d bytes: %q", len(said), said)
	}
}

func TestWithoutStandardErrorTheWordsAreOnStandardOutput(t *testing.T) {
	r := once(t, started(t, "sh", "-c", "echo 'panic: on stdout'; exit 2"))
	if string(r.said) != "panic: on stdout\n" {
		t.Fatalf("%q", r.said)
	}
}

func TestMissingCommandIsNamed(t *testing.T) {
	t.Setenv("SBX_DIR_BIND", t.TempDir())
	t.Setenv("PATH", "")
	t.Chdir(t.TempDir())
	_, err := newCommand(params{argv: []string{"no-such-command"}})
	if err == nil || !strings.Contains(err.Error(), `"no-such-command"`) {
		t.Fatal(err)
	}
}

func TestStandardInputIsTheFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "in")
	if err := os.WriteFile(file, []byte("12345"), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := started(t, "cat")
	cmd.stdin = file
	if r := once(t, cmd); r.stdoutBytes != 5 {
		t.Fatalf("%d bytes", r.stdoutBytes)
	}
}

func TestKernelThatCountsNoFaultsIsToldApart(t *testing.T) {
	if countsEvents([]usage{{}, {}}) == "" {
		t.Fatal("0 page faults were believed")
	}
	var counted usage
	counted.rusage.Minflt = 40
	if reason := countsEvents([]usage{{}, counted}); reason != "" {
		t.Fatal(reason)
	}
}

func TestLargestMemoryIsOnlyTheCommandsWhereItIsAboveOurs(t *testing.T) {
	small, large := usage{ownMaxRssKiB: 4000}, usage{ownMaxRssKiB: 4000}
	small.rusage.Maxrss, large.rusage.Maxrss = 4000, 9000
	if abovePlain([]usage{large, small}) == "" || abovePlain([]usage{large}) != "" {
		t.Fatal("4000 KiB beside 4000 of our own says nothing, 9000 does")
	}
}

func TestOwnMemoryIsThatOfThisProgram(t *testing.T) {
	if own := ownMaxRssKiB(); own < 1_000 || own > 200_000 {
		t.Fatalf("%d KiB", own)
	}
}

func TestMedian(t *testing.T) {
	if got := median([]float64{9, 1, 2}); got != 2 {
		t.Fatal(got)
	}
	if got := median([]float64{4, 2}); got != 3 {
		t.Fatal(got)
	}
}

func TestWhatIsMissingToStartItIsNamed(t *testing.T) {
	for _, c := range []struct{ content, want string }{
		{"#!/no/such/interpreter -x\n", "needs its interpreter /no/such/interpreter, which does not exist here"},
		{"#!/bin/sh\r\n", `needs its interpreter /bin/sh` + "\r"},
		{"echo hi\n", "nor a script whose first line names an interpreter"},
		{strings.Repeat("\x00", 100), "neither a program of this machine"},
	} {
		cmd := started(t, "true")
		cmd.path = filepath.Join(t.TempDir(), "script")
		if err := os.WriteFile(cmd.path, []byte(c.content), 0o755); err != nil {
			t.Fatal(err)
		}
		_, err := cmd.run(bench.NewClock(false))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v", c.content, err)
		}
	}
}

func TestAMissingLoaderIsNamed(t *testing.T) {
	cmd := started(t, "true")
	shell, err := os.ReadFile("/bin/sh")
	if err != nil {
		t.Fatal(err)
	}
	loader := regexp.MustCompile(`/lib[^\x00]*/ld[^\x00]*\x00`)
	if !loader.Match(shell) {
		t.Skip("/bin/sh is static here")
	}
	broken := loader.ReplaceAllFunc(shell, func(name []byte) []byte {
		return append([]byte("/none"), name[5:]...)
	})
	cmd.path = filepath.Join(t.TempDir(), "dynamic")
	if err := os.WriteFile(cmd.path, broken, 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := cmd.run(bench.NewClock(false)); err == nil || !strings.Contains(err.Error(), "needs its loader /none") {
		t.Fatal(err)
	}
}
