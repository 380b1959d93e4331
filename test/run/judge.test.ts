import { describe, expect, test } from "vitest";
import type { GuardOutcome } from "../../src/run/guard.ts";
import { judge } from "../../src/run/judge.ts";
import type { OutputState } from "../../src/run/output-reader.ts";
import { emptyTranscript } from "../../src/workload/protocol.ts";

const LIMITS = { launchMs: 2000, outputBytes: 2 ** 20 };

/** A launch that went well, unless it is told otherwise. */
function outcome(values: Partial<GuardOutcome> = {}, output: Partial<OutputState> = {}): GuardOutcome {
  return {
    spawnedAtNs: 0,
    endedAtNs: 10,
    exitCode: 0,
    signal: null,
    spawnError: null,
    timedOut: false,
    aborted: false,
    outputHeldOpen: false,
    ...values,
    output: {
      transcript: emptyTranscript(),
      helloAtNs: 1,
      endAtNs: 9,
      garbage: null,
      flooded: false,
      stdoutTail: "out",
      stderrTail: "",
      ...output,
    },
  };
}

const CHECK = { name: "counter", ok: false, expected: "3", actual: "2" };

test("a launch that said everything and ended with 0 is fine", () => {
  expect(judge(outcome(), LIMITS)).toBeNull();
});

test.each([
  ["spawn", outcome({ spawnError: "ENOENT", exitCode: null }), "could not be started: ENOENT"],
  [
    "flood",
    outcome({ signal: "SIGKILL", exitCode: null }, { flooded: true }),
    "printed more than 1 MiB and was killed",
  ],
  [
    "hang",
    outcome({ timedOut: true, signal: "SIGKILL", exitCode: null }),
    "no end within 2 s (after its first line); killed",
  ],
  [
    "hang",
    outcome({ timedOut: true }, { helloAtNs: null }),
    "no end within 2 s (before its first line); killed",
  ],
  ["crash", outcome({ signal: "SIGSEGV", exitCode: null }), "ended by SIGSEGV"],
  [
    "crash",
    outcome({ exitCode: 2 }, { stderrTail: "hint\npanic: no\n" }),
    "ended with exit code 2: panic: no",
  ],
  [
    "hang",
    outcome({ outputHeldOpen: true }),
    "ended, but a process that it left behind held its output open for 2 s and was killed",
  ],
  ["garbage", outcome({}, { garbage: "not a JSON line: x" }), "not a JSON line: x"],
  ["early-exit", outcome({}, { endAtNs: null }), 'ended with exit code 0 but without its last line ("end")'],
  [
    "check",
    outcome({}, { transcript: { ...emptyTranscript(), checks: [CHECK] } }),
    "check counter failed: expected 3, got 2",
  ],
] as const)("%s", (kind, ended, message) => {
  expect(judge(ended, LIMITS)).toMatchObject({ kind, message, stdoutTail: "out" });
});

test("a Go program's reason stands before its stack traces", () => {
  const stderrTail =
    "panic: no peer\n\ngoroutine 1 [running]:\nmain.main()\n\tmain.go:7 +0x3d5\nexit status 2\n";
  expect(judge(outcome({ exitCode: 2 }, { stderrTail }), LIMITS)?.message).toBe(
    "ended with exit code 2: panic: no peer",
  );
});

describe("the most telling failure is named", () => {
  test("a flood that ended by the kill is a flood", () => {
    expect(judge(outcome({ signal: "SIGKILL", timedOut: true }, { flooded: true }), LIMITS)?.kind).toBe(
      "flood",
    );
  });

  test("a hang that ended by the kill is a hang", () => {
    expect(judge(outcome({ signal: "SIGKILL", timedOut: true }), LIMITS)?.kind).toBe("hang");
  });

  test("a crash with garbage on stdout is a crash", () => {
    expect(judge(outcome({ exitCode: 1 }, { garbage: "x" }), LIMITS)?.kind).toBe("crash");
  });

  test("garbage that replaces the end is garbage", () => {
    expect(judge(outcome({}, { garbage: "x", endAtNs: null }), LIMITS)?.kind).toBe("garbage");
  });
});

test("the evidence holds exit code, signal and both ends of the output", () => {
  const crashed = outcome({ exitCode: 3 }, { stderrTail: "why" });
  expect(judge(crashed, LIMITS)).toEqual({
    kind: "crash",
    message: "ended with exit code 3: why",
    exitCode: 3,
    signal: null,
    stdoutTail: "out",
    stderrTail: "why",
  });
});
