import { expect, test } from "vitest";
import { renderProfile } from "../../../src/report/profile/terminal.ts";
import { PROFILE } from "../../profile/profile.ts";

test("a profile at 80 columns", () => {
  expect(renderProfile(PROFILE, 80)).toMatchInlineSnapshot(`
    "gzip -kc /usr/bin/git
      wall time 218 ms [218 ms, 224 ms] n=9, CPU time 217 ms user and 1 ms system
      1 process, 1 exec, 1 thread at one time, 1.81 MiB of memory at most, 194 page
      faults, 3.67 MiB mapped
      123 system calls, 7 of them waited; 22 context switches to wait and 5 by
      preemption
      counted by perf in 3 runs 1.01 times as long; its 510 ns inside and 791 ns
      between calls are taken off

    call              on           calls  errors   waited       bytes       time
    read              file           115       1             3.54 MiB     982 µs
    write             pipe             7                7    1.74 MiB    2.17 ms
    execve                             1

    Between two calls of a thread: half of the times up to 1.60 µs, 90 % up to 1.60
    µs, all up to 2.32 ms (n=122).
    - Calls whose number differs from run to run: futex 10–90.
    "
  `);
});

test("no line is wider than the window, whatever the numbers", () => {
  const calls = Array.from({ length: 40 }, (_, index) => ({
    ...PROFILE.calls[0]!,
    name: `a_very_long_system_call_${index}`,
    count: 123_456_789,
    errors: 1_234_567,
    blocked: 12_345_678,
    bytes: 1e15,
    timeNs: 1e13,
  }));
  const text = renderProfile({ ...PROFILE, calls, command: ["x".repeat(300)] }, 80);
  expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(text).toContain("and 20 kinds of calls more");
});

test("too few runs have no interval, and it says so", () => {
  const bare = { ...PROFILE.bare, runs: 3, wallLowNs: null, wallHighNs: null };
  expect(renderProfile({ ...PROFILE, bare }, 80)).toContain("[needs 6 runs] n=3");
});
