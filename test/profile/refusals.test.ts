import { expect, test } from "vitest";
import type { ProfiledProgram } from "../../src/profile/profile-request.ts";
import { neverEnds, refused, straceRefused } from "../../src/profile/refusals.ts";

const PROGRAM: ProfiledProgram = { command: ["thing"], cwd: "/", env: {}, stdin: null, expectExit: 0 };

test.each([
  ["exit code 3: no such table", "", false, /fails/, /--expect-exit 3/],
  ["signal 11 (segmentation fault)", "last words", false, /crashes/, /by hand/],
  [
    "exit code 1: stty: 'standard input': Inappropriate ioctl for device",
    "",
    false,
    /needs a terminal/,
    /batch/,
  ],
  ["exit code 1", "", true, /needs a terminal/, /batch/],
  ['the command can\'t be started: exec: "thing": permission denied', "", false, /can't be profiled/, /PATH/],
])("%s", (outcome, stderr, askedForTerminal, what, fix) => {
  expect(refused(PROGRAM, outcome, stderr, askedForTerminal)).toMatchObject({
    what: expect.stringMatching(what),
    fix: expect.stringMatching(fix),
    exitCode: 2,
  });
});

test("last words that the outcome has already are not said twice", () => {
  const stderr = "panic: no peer\n\ngoroutine 1 [running]:\n";
  expect(refused(PROGRAM, "signal 6 (aborted): panic: no peer", stderr, false).why).toBe(
    "It ended with signal 6 (aborted): panic: no peer.",
  );
  expect(refused(PROGRAM, "signal 6 (aborted)", stderr, false).why).toBe(
    "It ended with signal 6 (aborted). Its last words: panic: no peer",
  );
});

test("a program that does not end is told with the limit, and how to raise it", () => {
  expect(neverEnds("thing", 1500, " under strace")).toMatchObject({
    why: expect.stringContaining("1.5 s under strace"),
    fix: expect.stringContaining("--limit 6s"),
  });
});

test("a host that forbids tracing is told with its setting, or with a container's", () => {
  const said = "strace: ptrace(PTRACE_TRACEME, ...): Operation not permitted";
  expect(straceRefused(said, "3")).toMatchObject({
    exitCode: 4,
    why: expect.stringContaining("ptrace_scope is 3"),
    fix: expect.stringContaining("sysctl"),
  });
  expect(straceRefused(said, null).fix).toContain("SYS_PTRACE");
});
