import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { GuardOutcome } from "../../../src/run/launch/guard.ts";
import { judge } from "../../../src/run/launch/judge.ts";
import { OutputReader, type OutputState } from "../../../src/run/launch/output-reader.ts";
import { emptyTranscript } from "../../../src/workload/protocol.ts";

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
      stdoutHead: "",
      stdoutTail: "out",
      stderrHead: "",
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
  [
    "early-exit",
    outcome({}, { endAtNs: null }),
    'the launched process ended with exit code 0 but the program did not print its last line ("end")',
  ],
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

/** As a launch writes it, in the chunks of a pipe. */
function printed(stderr: string, stdout = ""): OutputState {
  const reader = new OutputReader(64 * 2 ** 20, { onMessage: () => {}, onFlood: () => {} });
  for (const chunk of stderr.match(/[\s\S]{1,65536}/g) ?? []) reader.stderr(chunk);
  for (const chunk of stdout.match(/[\s\S]{1,65536}/g) ?? []) reader.stdout(chunk);
  reader.finish();
  return reader.state;
}

describe("the reason of a crash that wrote much", () => {
  const crash = (name: string) =>
    readFileSync(join(import.meta.dirname, `../../fixtures/crashes/${name}.txt`), "utf8");

  test.each([
    ["go-deadlock", "fatal error: all goroutines are asleep - deadlock!"],
    ["go-sigquit", "SIGQUIT: quit"],
  ])("%s is named, and both ends are the evidence", (name, words) => {
    const failure = judge(outcome({ exitCode: 2 }, printed(crash(name))), LIMITS);
    expect(failure?.message).toBe(`ended with exit code 2: ${words}`);
    expect(failure?.stderrHead).toContain(words);
    expect(failure?.stderrHead).toMatch(/\n\[… [\d,]+ characters left out …\]\n$/);
    expect(crash(name).endsWith(failure!.stderrTail)).toBe(true);
  });

  test("is found on stdout as well", () => {
    const failure = judge(outcome({ exitCode: 2 }, printed("", crash("go-deadlock"))), LIMITS);
    expect(failure?.message).toBe(
      "ended with exit code 2: fatal error: all goroutines are asleep - deadlock!",
    );
  });

  test("is one short line, whatever the output is", () => {
    const binary = Buffer.from(Array.from({ length: 2 ** 16 }, (_, index) => (index * 7) % 251)).toString(
      "utf8",
    );
    for (const stderr of ["x".repeat(2 ** 20), "10%\r".repeat(2 ** 18), binary]) {
      const message = judge(outcome({ exitCode: 1 }, printed(stderr)), LIMITS)!.message;
      expect(message).toMatch(/^ended with exit code 1: [^\r\n]+$/);
      expect(message.length).toBeLessThan(340);
    }
  });
});

test("the words of a command stand beside its exit status, not beside other checks", () => {
  const failed = (name: string) => ({
    ...printed("open: no such table\n"),
    transcript: { ...emptyTranscript(), checks: [{ ...CHECK, name }] },
    garbage: null,
    endAtNs: 9,
  });
  expect(judge(outcome({}, failed("exit-status")), LIMITS)?.message).toBe(
    "check exit-status failed: expected 3, got 2: open: no such table",
  );
  expect(judge(outcome({}, failed("counter")), LIMITS)?.message).toBe(
    "check counter failed: expected 3, got 2",
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

describe("a signal that ended the program inside", () => {
  const told = (ended: Partial<GuardOutcome>, stderrTail = "") =>
    judge(outcome(ended, { stdoutTail: "", stderrTail }), LIMITS)?.message;

  test("is told where a runtime makes an exit code of it", () => {
    expect(told({ exitCode: 137 })).toBe("ended with exit code 137 (128 + SIGKILL)");
    expect(told({ exitCode: 200 })).toBe("ended with exit code 200");
  });

  test("is told where unshare fails at passing it on, without unshare's words", () => {
    const unshare = "unshare: sigprocmask unblock failed: Invalid argument\n";
    expect(told({ exitCode: 1 }, unshare)).toBe("ended by SIGKILL");
    expect(told({ exitCode: 1 }, `cannot allocate memory\n${unshare}`)).toBe(
      "ended by SIGKILL: cannot allocate memory",
    );
  });

  test("is a guess, called one, where Go ended without a word", () => {
    expect(told({ exitCode: 2 })).toContain("SIGTERM, SIGINT or SIGHUP, where they are process 1");
    expect(told({ exitCode: 2 }, "panic: no\n")).toBe("ended with exit code 2: panic: no");
  });
});

test("a server's failure stands before the check that shows it, and has the server's words", () => {
  const load = { port: 80 } as never;
  const ended = { name: "exit-status", ok: false, expected: "still serving", actual: "exit code 2" };
  const transcript = { ...emptyTranscript(), checks: [ended] };
  const failure = judge(outcome({}, { transcript, stderrTail: "panic: full\n" }), LIMITS, true, {
    up: true,
    failure: null,
    load,
  });
  expect(failure).toMatchObject({
    kind: "server",
    message: "the server ended under load, with exit code 2: panic: full",
  });
});
