import { describe, expect, test } from "vitest";
import { isPatchable, termsOfCall } from "../../src/model/call-demands.ts";
import { demandOf } from "../../src/model/program-demand.ts";
import { call, profile } from "./made-profile.ts";

describe("what a program demands", () => {
  test("each call is a trap, and what it does beside", () => {
    const { demand } = demandOf(profile({ calls: [call("stat", "none", 10)] }));
    expect(demand).toMatchObject({ trap: 10, lookup: 10 });
  });

  test("bytes count where they are moved: files and sockets apart", () => {
    const calls = [call("read", "file", 2, { bytes: 8192 }), call("write", "socket", 3, { bytes: 300 })];
    expect(demandOf(profile({ calls })).demand).toMatchObject({
      trap: 5,
      "file-io": 2,
      byte: 8192,
      message: 3,
      "net-byte": 300,
    });
  });

  test("the length of a map is nothing moved", () => {
    const calls = [call("mmap", "anon", 1, { bytes: 1 << 30 })];
    expect(demandOf(profile({ calls })).demand.byte).toBeUndefined();
  });

  test("the kernel's own counts say how often threads slept and pages were touched", () => {
    const made = profile({ bare: { voluntarySwitches: 12, minorFaults: 300, majorFaults: 1, userNs: 5e6 } });
    expect(demandOf(made).demand).toMatchObject({ wake: 12, fault: 301, compute: 5e6 });
  });

  test("Go's runtime sleeps beside the program's work: no timer, no call and no wake-up by another", () => {
    const made = profile({ calls: [call("nanosleep", "none", 5)], bare: { voluntarySwitches: 7 } });
    expect(demandOf(made).demand).toMatchObject({ wake: 2 });
    expect(demandOf(made).demand.timer).toBeUndefined();
    expect(demandOf(made).demand["patched-trap"]).toBeUndefined();
  });

  test("a sleep is a timer and no wake-up by another", () => {
    const made = profile({ calls: [call("clock_nanosleep", "none", 5)], bare: { voluntarySwitches: 7 } });
    expect(demandOf(made).demand).toMatchObject({ timer: 5, wake: 2 });
  });

  test("calls after a pause of computation cost more: their share comes from the gaps", () => {
    const made = profile({
      calls: [call("getpid", "none", 100)],
      gaps: [
        [1000, 60],
        [50_000, 40],
      ],
    });
    expect(demandOf(made).demand["paused-trap"]).toBeCloseTo(40, 9);
  });

  test("so do those after a sleep, and none counts twice", () => {
    const slept = (voluntarySwitches: number) =>
      profile({ calls: [call("futex", "none", 100)], gaps: [[1000, 100]], bare: { voluntarySwitches } });
    expect(demandOf(slept(30)).demand["paused-trap"]).toBeCloseTo(30, 9);
    expect(demandOf(slept(300)).demand).toMatchObject({ "paused-trap": 100, wake: 300 });
  });

  test("a call that the model does not know is named, not guessed", () => {
    const made = profile({ calls: [call("getpid", "none", 90), call("io_uring_enter", "anon", 10)] });
    expect(demandOf(made)).toMatchObject({
      unknown: [{ name: "io_uring_enter", count: 10 }],
      unknownShare: 0.1,
    });
  });

  test("threads that work at a time share the cost; one thread bears all", () => {
    expect(demandOf(profile({ parallelism: 1.7 })).overlap).toBe(1.7);
    expect(demandOf(profile({ parallelism: 0.2 })).overlap).toBe(1);
  });
});

test("Go's calls go through Syscall6, which systrap can't patch, but for the runtime's own stubs", () => {
  expect(["read", "openat", "futex", "madvise"].map((name) => isPatchable(name, "go"))).toEqual([
    false,
    false,
    true,
    true,
  ]);
  expect(["read", "openat"].map((name) => isPatchable(name, "libc"))).toEqual([false, true]);
});

test("reading a pipe is no file of the host", () => {
  expect(termsOfCall({ name: "read", target: "pipe" })).toEqual({ "memory-io": 1 });
  expect(termsOfCall({ name: "read", target: "file" })).toEqual({ "file-io": 1 });
});
