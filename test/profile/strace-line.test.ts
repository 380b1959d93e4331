import { expect, test } from "vitest";
import { parseStraceLine } from "../../src/profile/strace-line.ts";
import { goldenLines } from "./traces.ts";

const AT = "12 1795555226.757537602 ";

function result(text: string) {
  const line = parseStraceLine(AT + text);
  return line.kind === "call" ? line.result : line;
}

test("a call with its descriptor, its result and the time inside", () => {
  expect(parseStraceLine(`${AT}read(3</etc/passwd>, ""..., 4096) = 812 <0.000038096>`)).toEqual({
    kind: "call",
    thread: 12,
    time: "1795555226.757537602",
    name: "read",
    args: '3</etc/passwd>, ""..., 4096',
    result: { returned: 812, note: null, error: null, insideNs: 38_096 },
  });
});

test("an error by its name", () => {
  expect(result('access("/none", R_OK) = -1 ENOENT (No such file or directory) <0.000041782>')).toEqual({
    returned: -1,
    note: null,
    error: "ENOENT",
    insideNs: 41_782,
  });
});

test("a returned descriptor with what it refers to", () => {
  expect(result('openat(AT_FDCWD</>, "a", O_RDONLY) = 3</a> <0.000000500>')).toMatchObject({
    returned: 3,
    note: "/a",
    insideNs: 500,
  });
  expect(
    result("accept4(4<socket:[1]>, 0xc0, [16], 0) = 5<TCP:[127.0.0.1:80->127.0.0.1:9]> <0.1>"),
  ).toMatchObject({
    returned: 5,
    note: "TCP:[127.0.0.1:80->127.0.0.1:9]",
  });
});

test("an aligned result, an address, and a call that never returns", () => {
  expect(result("getuid()     = 0 <0.000035042>")).toMatchObject({ returned: 0, insideNs: 35_042 });
  expect(result("brk(NULL)    = 0x55b9 <0.000036264>")).toMatchObject({ returned: 0x55b9 });
  expect(result("exit_group(0) = ?")).toEqual({ returned: null, note: null, error: null, insideNs: null });
});

test("brackets, equals signs and strace's own words in a file's name", () => {
  const name = '"/tmp/odd) = 5 <unfinished ...>"';
  const odd = parseStraceLine(
    `${AT}openat(AT_FDCWD</tmp>, ${name}, O_RDWR, 0600) = 6</tmp/odd) = 5 \\74unfinished ...\\76> <0.000117765>`,
  );
  expect(odd).toMatchObject({
    kind: "call",
    args: `AT_FDCWD</tmp>, ${name}, O_RDWR, 0600`,
    result: { returned: 6, insideNs: 117_765 },
  });
  expect(parseStraceLine(`${AT}unlink(${name}) = 0 <0.000000100>`)).toMatchObject({ args: name });
});

test("both halves of a call that was interrupted by another thread's", () => {
  expect(parseStraceLine(`${AT}read(3<pipe:[7]>,  <unfinished ...>`)).toMatchObject({
    kind: "unfinished",
    name: "read",
    args: "3<pipe:[7]>, ",
  });
  expect(parseStraceLine(`${AT}<... read resumed>""..., 16) = 10 <0.009507303>`)).toMatchObject({
    kind: "resumed",
    name: "read",
    result: { returned: 10, insideNs: 9_507_303 },
  });
  expect(parseStraceLine(`${AT}<... exit_group resumed>) = ?`)).toMatchObject({ kind: "resumed" });
});

test("how processes end", () => {
  expect(parseStraceLine(`${AT}+++ exited with 3 +++`)).toMatchObject({ kind: "exited", exitCode: 3 });
  expect(parseStraceLine(`${AT}+++ killed by SIGSEGV (core dumped) +++`)).toMatchObject({
    kind: "killed",
    signal: "SIGSEGV",
  });
  expect(parseStraceLine(`${AT}+++ superseded by execve in pid 13 +++`)).toMatchObject({
    kind: "superseded",
    by: 13,
  });
});

test("a signal is no call", () => {
  expect(parseStraceLine(`${AT}--- SIGURG {si_signo=SIGURG, si_code=SI_TKILL} ---`)).toMatchObject({
    kind: "signal",
  });
});

test.each(["", "strace: Process 12 attached", "hello) = 3", "12 read("])(
  "%j is none of its lines",
  (text) => {
    expect(parseStraceLine(text).kind).toBe("garbage");
  },
);

test.each(["known-calls.strace", "shell-pipe-crash.strace", "threads-signals-exec.strace"])(
  "every line of %s is understood",
  (file) => {
    const lines = goldenLines(file).map((line) => ({ line, kind: parseStraceLine(line).kind }));
    expect(lines.filter(({ kind }) => kind === "garbage")).toEqual([]);
  },
);
