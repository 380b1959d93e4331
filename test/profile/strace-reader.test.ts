import { describe, expect, test } from "vitest";
import { counts, goldenLines, read } from "./traces.ts";

describe("known-calls", () => {
  const { totals } = read("known-calls.strace");
  const of = (name: string, target: string) =>
    totals.calls.find((call) => call.name === name && call.target === target);

  test("finds exactly the calls that the program makes, on what they are made", () => {
    expect(counts(totals)).toMatchObject({
      "getpid none": 1000,
      "pwrite64 file": 100,
      "lseek file": 100,
      "read file": 100,
      "write pipe": 50,
      "read pipe": 50,
      "sendto socket": 20,
      "recvfrom socket": 20,
      "write eventfd": 7,
      "epoll_wait epoll": 6,
      "read device": 9,
      "close proc": 1,
      "nanosleep none": 5,
      "getppid none": 40,
    });
  });

  test("counts errors and keeps a call that strace can't name", () => {
    expect(of("close", "none")).toMatchObject({ count: 11, errors: 11 });
    expect(of("syscall_0x270f", "none")).toMatchObject({ count: 1, errors: 1 });
  });

  test("adds up the bytes that were moved, and the lengths of maps", () => {
    expect(of("read", "file")?.bytes).toBe(100 * 4096);
    expect(of("write", "pipe")?.bytes).toBe(50 * 512);
    expect(of("sendto", "socket")?.bytes).toBe(20 * 100);
    expect(of("lseek", "file")?.bytes).toBe(0);
    // Three times 1 MiB, and the stacks of three threads.
    expect(of("mmap", "anon")?.bytes).toBe(3 * 2 ** 20 + 3 * 8_392_704);
    expect(totals.mappedBytes).toBe(of("mmap", "anon")?.bytes);
  });

  test("sees sleeps in calls that may wait, and in no other", () => {
    expect(of("nanosleep", "none")?.blocked).toBe(5);
    expect(of("nanosleep", "none")?.waitNs).toBeGreaterThan(10e6);
    expect(of("getpid", "none")?.blocked).toBe(0);
    expect(of("read", "file")?.blocked).toBe(0);
  });

  test("counts processes, programs and threads", () => {
    expect(totals).toMatchObject({ processes: 5, execs: 1, threads: 4, end: { exitCode: 0, signal: null } });
  });

  test("a busy loop of 300 µs before each of 40 calls is seen between the calls", () => {
    const long = [...totals.gaps].filter(([bound]) => bound > 300_000).reduce((sum, [, n]) => sum + n, 0);
    expect(long).toBeGreaterThanOrEqual(40);
    expect(long).toBeLessThan(50);
  });
});

test("children, pipes and a crash of the first process", () => {
  const { totals } = read("shell-pipe-crash.strace");
  expect(totals).toMatchObject({
    processes: 3,
    execs: 3,
    isWhole: true,
    end: { exitCode: null, signal: "SIGSEGV" },
  });
  expect(counts(totals)).toMatchObject({ "write pipe": 2, "kill none": 1, "wait4 none": 3 });
});

test("interrupted calls, restarts by the kernel, and execve from another thread", () => {
  const { totals, events } = read("threads-signals-exec.strace");
  expect(totals).toMatchObject({ processes: 1, execs: 2, threads: 2, end: { exitCode: 0, signal: null } });
  // Restarts are no errors that the program sees; the two sleeps that ended early are their handlers' business.
  expect(totals.calls.find((call) => call.name === "read" && call.target === "pipe")).toMatchObject({
    count: 3,
    errors: 0,
    bytes: 12,
  });
  expect(counts(totals)).toMatchObject({ "pause none": 1, "execve none": 2, "write file": 1 });
  expect(events.filter((event) => event.type === "program-end")).toHaveLength(1);
});

test("every call of a trace is counted once", () => {
  for (const file of ["known-calls.strace", "shell-pipe-crash.strace", "threads-signals-exec.strace"]) {
    const begun = goldenLines(file).filter((line) => /^\d+ +[\d.]+ \w+\(/.test(line));
    const { totals, garbage } = read(file);
    expect(totals.calls.reduce((sum, { count }) => sum + count, 0)).toBe(begun.length);
    expect(garbage).toBe(0);
  }
});
