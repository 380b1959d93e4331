import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { type RecordRequest, recordScenario } from "../../../src/sandbox/seccomp/record.ts";

const hasStrace = (process.env.PATH ?? "").split(":").some((dir) => existsSync(join(dir, "strace")));
const withStrace = test.skipIf(!hasStrace && !process.env.CI);

const traceDir = mkdtempSync(join(tmpdir(), "sbx-bench-trace-"));
afterAll(() => rmSync(traceDir, { recursive: true }));

function request(...program: [string, ...string[]]): RecordRequest {
  return { program, env: { PATH: "/usr/bin:/bin" }, cwd: "/", traceDir, timeoutMs: 10_000 };
}

withStrace("calls of children are recorded too, and no trace is left", async () => {
  const { syscalls, unnamed } = await recordScenario(request("/bin/sh", "-c", "mkdir -p /tmp; exit 0"));
  expect(syscalls).toEqual(expect.arrayContaining(["execve", "exit_group", "mkdir"]));
  expect(syscalls).toEqual([...syscalls].sort());
  expect(unnamed).toEqual([]);
  expect(readdirSync(traceDir)).toEqual([]);
});

withStrace("a program that fails is an error with its exit code", async () => {
  await expect(recordScenario(request("/bin/sh", "-c", "echo reason >&2; exit 3"))).rejects.toMatchObject({
    exitCode: 4,
    why: "it ended with 3: reason",
  });
});

withStrace("after the time limit program and strace are gone", async () => {
  const mark = "86399.25";
  const slow = { ...request("/bin/sleep", mark), timeoutMs: 500 };
  await expect(recordScenario(slow)).rejects.toMatchObject({
    why: "it took longer than 500 ms under strace",
  });
  expect(execFileSync("ps", ["-eo", "args"], { encoding: "utf8" })).not.toContain(mark);
});

test("a missing strace is named with its package", async () => {
  const bin = mkdtempSync(join(tmpdir(), "sbx-bench-no-strace-"));
  const path = process.env.PATH;
  onTestFinished(() => {
    process.env.PATH = path;
    rmSync(bin, { recursive: true });
  });
  for (const tool of ["setpriv", "unshare"]) {
    execFileSync("ln", ["-s", execFileSync("which", [tool], { encoding: "utf8" }).trim(), bin]);
  }
  process.env.PATH = bin;
  await expect(recordScenario(request("/bin/true"))).rejects.toMatchObject({
    exitCode: 4,
    fix: "apt-get install strace",
  });
});
