import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { StopWatch } from "../../../src/run/launch/stop-watch.ts";

const started: ChildProcess[] = [];
afterEach(async () => {
  for (const child of started.splice(0)) {
    process.kill(-child.pid!, "SIGKILL");
    await once(child, "exit");
  }
});

/** @returns a shell and the child that it waits for */
async function family(): Promise<{ parent: number; child: number }> {
  const shell = spawn("sh", ["-c", "sleep 20 & echo $!; wait"], {
    detached: true,
    stdio: ["ignore", "pipe", "ignore"],
  });
  started.push(shell);
  const [said] = await once(shell.stdout, "data");
  return { parent: shell.pid!, child: Number(String(said)) };
}

async function send(pid: number, signal: NodeJS.Signals, state: RegExp): Promise<void> {
  process.kill(pid, signal);
  while (!state.test(readFileSync(`/proc/${pid}/stat`, "latin1"))) await new Promise(setImmediate);
}

test("the time between looks that found a stopped process counts, its child's as well", async () => {
  const { parent, child } = await family();
  const watch = new StopWatch(parent, null);
  watch.look(0);
  await send(child, "SIGSTOP", /\) T /);
  for (const ns of [100, 250, 400]) watch.look(ns);
  await send(child, "SIGCONT", /\) S /);
  watch.look(500);
  expect(watch.stoppedNs).toBe(300);
});

test("one look, or a mark between two, is none: a program may stop its own child for an instant", async () => {
  const { parent } = await family();
  const watch = new StopWatch(parent, null);
  await send(parent, "SIGSTOP", /\) T /);
  watch.look(0);
  watch.forget();
  watch.look(300);
  expect(watch.stoppedNs).toBe(0);
});

test("a launch that has ended is not stopped", () => {
  const watch = new StopWatch(2 ** 22 + 1, "/sys/fs/cgroup/none");
  for (const ns of [0, 100]) watch.look(ns);
  expect(watch.stoppedNs).toBe(0);
});
