import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { runContained } from "../../src/probe/contained.ts";
import { containedHere } from "./contained-here.ts";

/** A program that no signal but SIGKILL ends, with a child in a session of its own; both carry a mark. */
function stubborn(mark: string): string[] {
  return ["/bin/sh", "-c", `trap '' TERM INT HUP; setsid sleep ${mark} & sleep ${mark}; sleep ${mark}`];
}

/** Unlikely to be another process's argument. */
function uniqueMark(): string {
  return `${100_000 + Math.floor(Math.random() * 800_000)}.${process.pid}`;
}

function processesWith(mark: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => commandLine(pid).split("\0").includes(mark))
    .map(Number);
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

async function eventually(holds: () => boolean): Promise<boolean> {
  for (let i = 0; i < 100 && !holds(); i++) await sleep(50);
  return holds();
}

test("gives back exit code and output", async () => {
  const outcome = await runContained(
    ["/bin/sh", "-c", "echo out; echo err >&2; exit 3"],
    containedHere(5000),
  );
  expect(outcome).toMatchObject({ exitCode: 3, stdout: "out", stderr: "err", timedOut: false, leftOver: 0 });
});

test("keeps only the end of a long output", async () => {
  const outcome = await runContained(["/bin/sh", "-c", "seq 1 100000; echo last"], containedHere(5000));
  expect(outcome.stdout.length).toBeLessThanOrEqual(4096);
  expect(outcome.stdout).toMatch(/last$/);
});

test("a program that hangs is killed at the limit, with all its children", async () => {
  const mark = uniqueMark();
  const outcome = await runContained(stubborn(mark), containedHere(700));
  expect(outcome).toMatchObject({ timedOut: true, leftOver: 0 });
  expect(outcome.elapsedMs).toBeLessThan(5000);
  expect(processesWith(mark)).toEqual([]);
});

test("says how much CPU time a hanging program used", async () => {
  const outcome = await runContained(["/bin/sh", "-c", "while :; do :; done"], containedHere(800));
  expect(outcome.cpuSecondsAtKill).toBeGreaterThan(0.1);
});

test("an abort kills everything at once", async () => {
  const mark = uniqueMark();
  const abort = new AbortController();
  const running = runContained(stubborn(mark), { ...containedHere(60_000), signal: abort.signal });
  expect(await eventually(() => processesWith(mark).length >= 2)).toBe(true);
  abort.abort(new Error("Ctrl-C"));
  await expect(running).rejects.toThrow("Ctrl-C");
  expect(processesWith(mark)).toEqual([]);
});

test("SIGKILL of the bench itself leaves no process", async () => {
  const mark = uniqueMark();
  const bench = startBench(stubborn(mark));
  expect(await eventually(() => processesWith(mark).length >= 2)).toBe(true);
  bench.kill("SIGKILL");
  await once(bench, "exit");
  expect(await eventually(() => processesWith(mark).length === 0)).toBe(true);
});

function startBench(argv: string[]): ChildProcess {
  const module = new URL("../../src/probe/contained.ts", import.meta.url).href;
  const script = `const { runContained } = await import(${JSON.stringify(module)});
    await runContained(${JSON.stringify(argv)}, ${JSON.stringify(containedHere(60_000))});`;
  // The mark is in the script of this process, too, but not as an argument of its own.
  return spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: "ignore" });
}

test("a program that is not there is an outcome, not an exception", async () => {
  const outcome = await runContained(["/nowhere/program"], containedHere(5000));
  expect(outcome.exitCode).not.toBe(0);
  expect(outcome.stderr).toContain("/nowhere/program");
});

test("a missing setpriv is an outcome, not an exception", async () => {
  const outcome = await runContained(["/bin/true"], { ...containedHere(5000), setpriv: "/nowhere/setpriv" });
  expect(outcome).toMatchObject({ exitCode: null, timedOut: false });
  expect(outcome.stderr).toContain("ENOENT");
});
