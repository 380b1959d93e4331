import { expect, test } from "vitest";
import { NO_PEAKS } from "../../../src/run/environment/launch-peaks.ts";
import type { LaunchFailure } from "../../../src/samples/launch-record.ts";
import { endingOf, reasonOf } from "../../../src/use-cases/exec/ending.ts";

const LIMITS = { launchMs: 2000, memoryBytes: 128 * 2 ** 20, pids: 80 };
const ended = (
  exitCode: number | null,
  signal: string | null,
  failure: [LaunchFailure["kind"], string] | null,
) => ({
  ...{ aborted: false, exitCode, signal, peaks: NO_PEAKS },
  measured: {
    failure:
      failure === null
        ? null
        : { kind: failure[0], message: failure[1], exitCode, signal, stdoutTail: "", stderrTail: "" },
  },
});

test("a script that ends by itself has its own exit code", () => {
  const well = ended(0, null, null);
  expect([endingOf(well), reasonOf(well, LIMITS)]).toEqual([{ kind: "exit", code: 0 }, null]);
  const badly = ended(7, null, ["crash", "ended with exit code 7: its own words"]);
  expect([endingOf(badly), reasonOf(badly, LIMITS)]).toEqual([
    { kind: "exit", code: 7 },
    "ended with exit code 7",
  ]);
});

test("limits of time and output are no exit codes", () => {
  const late = ended(null, "SIGKILL", ["hang", "no end within 2 s (before its first line); killed"]);
  expect([endingOf(late).kind, reasonOf(late, LIMITS)]).toEqual(["time-limit", "no end within 2 s, killed"]);
  expect(endingOf(ended(null, "SIGKILL", ["flood", "printed more"])).kind).toBe("output-limit");
  expect(endingOf(ended(0, null, ["hang", "ended, but a process"])).kind).toBe("output-held-open");
});

test("a kill that the sandbox tells in other words is one, and a full cgroup is its cause", () => {
  const killed = { ...ended(1, null, ["crash", "ended by SIGKILL"]), peaks: { ...NO_PEAKS, memoryKills: 1 } };
  expect(endingOf(killed)).toEqual({ kind: "signal", signal: "SIGKILL" });
  const full = { ...NO_PEAKS, memoryBytes: LIMITS.memoryBytes, memoryKills: 0 };
  const crash = ended(137, null, ["crash", "ended with exit code 137 (128 + SIGKILL)"]);
  for (const one of [killed, { ...crash, peaks: full }])
    expect(reasonOf(one, LIMITS)).toContain("it reached the memory limit of 128 MiB");
  expect(reasonOf(crash, LIMITS)).not.toContain("memory");
});
