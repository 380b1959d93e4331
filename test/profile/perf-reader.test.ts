import { expect, test } from "vitest";
import { PerfReader } from "../../src/profile/perf-reader.ts";
import { counts, goldenLines, read } from "./traces.ts";

test("perf and strace see the same calls of one program", () => {
  const byName = (file: string) => {
    const sums: Record<string, number> = {};
    for (const { name, count } of read(file).totals.calls) sums[name] = (sums[name] ?? 0) + count;
    return sums;
  };
  // The second join finds its thread gone already, or waits for it.
  const { futex: _, ...perf } = byName("threads-signals-exec.perf");
  const { futex: __, ...strace } = byName("threads-signals-exec.strace");
  expect(perf).toEqual(strace);
});

test("execve from another thread ends that thread, and the program goes on as the first", () => {
  const { totals, garbage } = read("threads-signals-exec.perf");
  expect(totals).toMatchObject({ processes: 1, execs: 2, threads: 2, isWhole: true, end: null });
  expect(garbage).toBe(0);
});

test("children, and programs that they load", () => {
  const { totals } = read("shell-pipe.perf");
  expect(totals).toMatchObject({ processes: 4, execs: 5, isWhole: true });
  expect(counts(totals)).toMatchObject({ "vfork none": 1, "clone none": 2, "exit_group none": 4 });
});

test("a call that the scheduler put to sleep has waited, one that was preempted has not", () => {
  const of = (name: string) => read("shell-pipe.perf").totals.calls.find((call) => call.name === name);
  expect(of("clock_nanosleep")).toMatchObject({ count: 1, blocked: 1 });
  expect(of("clock_nanosleep")?.waitNs).toBeGreaterThan(10e6);
  expect(of("mmap")?.blocked).toBe(0);
});

test("every call of a recording is counted once", () => {
  for (const file of ["shell-pipe.perf", "threads-signals-exec.perf"]) {
    const begun = goldenLines(file).filter((line) => line.includes("sys_enter"));
    const sum = read(file).totals.calls.reduce((all, { count }) => all + count, 0);
    // perf switches itself on in the middle of the first execve.
    expect(sum).toBe(begun.length + 1);
  }
});

test("lost events and foreign lines are counted", () => {
  const reader = new PerfReader(() => {});
  reader.line("  907/907    3746.602559350: PERF_RECORD_LOST lost 12");
  reader.line("something else");
  expect(reader).toMatchObject({ lost: 12, garbage: 1 });
});
