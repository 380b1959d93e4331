import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { absenceReasons, HarnessWatch } from "../../../src/run/launch/harness-watch.ts";
import { LaunchLimit } from "../../../src/run/launch/launch-limit.ts";

/** Holds up everything, as a stopped process is held up. */
function block(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

test("an absence is seen with its length, and at once, before timers run again", async () => {
  const watch = new HarnessWatch();
  await sleep(1);
  block(400);
  const { gapNs, suspendedNs } = watch.stop();
  expect(gapNs / 1e6).toBeGreaterThan(300);
  expect(gapNs / 1e6).toBeLessThan(900);
  expect(suspendedNs).toBeLessThan(100e6);
});

test("the harness's own work at a mark is none", () => {
  const [watch, other] = [new HarnessWatch(), new HarnessWatch()];
  watch.excuse(() => block(300));
  expect(watch.stop().gapNs).toBeLessThan(100e6);
  expect(other.stop().gapNs).toBeLessThan(100e6);
});

test("fifty watches wake the harness as often as one, and the last one ends that", async () => {
  const timers = vi.spyOn(globalThis, "setInterval");
  const ended = vi.spyOn(globalThis, "clearInterval");
  const watches = Array.from({ length: 50 }, () => new HarnessWatch());
  expect(timers).toHaveBeenCalledTimes(1);
  await sleep(1);
  block(200);
  for (const watch of watches) expect(watch.absentNs()).toBeGreaterThan(100e6);
  for (const watch of watches.slice(1)) watch.stop();
  expect(ended).not.toHaveBeenCalled();
  watches[0]!.stop();
  expect(ended).toHaveBeenCalledTimes(1);
  vi.restoreAllMocks();
});

test("a harness that wakes up in time was not absent", async () => {
  const watch = new HarnessWatch();
  await sleep(250);
  expect(watch.absentNs()).toBe(0);
  expect(absenceReasons(watch.stop())).toEqual([]);
});

test.each([
  [{ gapNs: 0, suspendedNs: 0, stoppedNs: 2.2e9 }, ["the launch was stopped (SIGSTOP) for about 2.2 s"]],
  [{ gapNs: 4.021e9, suspendedNs: 0 }, ["the harness did not run for 4.0 s"]],
  [{ gapNs: 0, suspendedNs: 3600e9 }, ["the machine was suspended for 3600.0 s"]],
  [{ gapNs: 110.4e6, suspendedNs: 0 }, ["the harness did not run for 110 ms"]],
  [{ gapNs: 99e6, suspendedNs: 10e6 }, []],
])("%j is said as %j", (absence, reasons) => {
  expect(absenceReasons({ stoppedNs: 0, ...absence })).toEqual(reasons);
});

test("a launch's limit does not count the time in which the harness did not run", async () => {
  const watch = new HarnessWatch();
  let passed = false;
  const limit = new LaunchLimit(
    300,
    () => watch.absentNs(),
    () => {
      passed = true;
    },
  );
  await sleep(1);
  block(500);
  await sleep(50);
  expect(passed).toBe(false);
  await sleep(500);
  expect(passed).toBe(true);
  limit.clear();
  watch.stop();
});

test("of eight launches at a time the one that is stopped is seen, and no other", async () => {
  const children = Array.from({ length: 8 }, () => spawn("sleep", ["30"], { stdio: "ignore" }));
  try {
    const watches = children.map(({ pid }) => {
      const watch = new HarnessWatch();
      watch.follow(pid!, null);
      return watch;
    });
    process.kill(children[5]!.pid!, "SIGSTOP");
    await sleep(1500);
    const stopped = watches.map((watch) => watch.stop().stoppedNs > 100e6);
    expect(stopped).toEqual(children.map((_, index) => index === 5));
  } finally {
    for (const child of children) child.kill("SIGKILL");
  }
});
