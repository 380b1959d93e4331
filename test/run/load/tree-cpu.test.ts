import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { treeCpuNs } from "../../../src/run/load/tree-cpu.ts";

test("CPU time of a tree is its children's, too, and grows as they work", async () => {
  const busy = spawn("sh", ["-c", "sh -c 'while :; do :; done' & echo started; wait"], {
    stdio: ["ignore", "pipe", "ignore"],
    detached: true,
  });
  const { pid } = busy;
  if (pid === undefined) throw new Error("sh did not start");
  try {
    await once(busy.stdout, "data");
    const before = treeCpuNs(pid) ?? Number.NaN;
    await expect.poll(() => (treeCpuNs(pid) ?? 0) - before, { timeout: 10_000 }).toBeGreaterThan(20e6);
  } finally {
    process.kill(-pid, "SIGKILL");
  }
});

test("of a process that is gone there is none", () => {
  expect(treeCpuNs(2 ** 22)).toBeNull();
});
