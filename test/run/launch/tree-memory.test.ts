import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { sampleTreeMemory } from "../../../src/run/launch/tree-memory.ts";

const folder = mkdtempSync(join(tmpdir(), "sbx-memory-"));
afterAll(() => rmSync(folder, { recursive: true }));

const NOBODY = 2 ** 22 + 1;

function cgroup(name: string, files: Record<string, string>): string {
  const dir = join(folder, name);
  mkdirSync(dir);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(dir, file), text);
  return dir;
}

describe("the cgroup", () => {
  test("v1: usage, and the totals that include the cgroups below", () => {
    const dir = cgroup("v1", {
      "memory.usage_in_bytes": "9000\n",
      "memory.stat": "shmem 1\nrss 2\ntotal_shmem 4000\ntotal_rss 3000\n",
    });
    expect(sampleTreeMemory("touched", NOBODY, dir)).toMatchObject({
      mark: "touched",
      cgroupBytes: 9000,
      cgroupShmemBytes: 4000,
      cgroupAnonBytes: 3000,
    });
  });

  test("v2: current, shmem and anon", () => {
    const dir = cgroup("v2", {
      "memory.current": "9000\n",
      "memory.stat": "anon 3000\nfile 1\nshmem 4000\n",
    });
    expect(sampleTreeMemory("touched", NOBODY, dir)).toMatchObject({
      cgroupBytes: 9000,
      cgroupShmemBytes: 4000,
      cgroupAnonBytes: 3000,
    });
  });

  test("a figure that is not there is unknown, never zero", () => {
    const dir = cgroup("bare", { "memory.stat": "shmem_thp 5\n" });
    expect(sampleTreeMemory("m", NOBODY, dir)).toMatchObject({
      cgroupBytes: null,
      cgroupShmemBytes: null,
      cgroupAnonBytes: null,
    });
  });

  test("without one nothing is said of it", () => {
    expect(sampleTreeMemory("m", NOBODY, null).cgroupBytes).toBeNull();
  });
});

describe("the process tree", () => {
  test("of a process that is gone is unknown", () => {
    expect(sampleTreeMemory("m", NOBODY, null)).toMatchObject({
      processes: 0,
      pssBytes: null,
      rssBytes: null,
    });
  });

  test("holds the root and its children, each page shared out among those that map it", async () => {
    const child = spawn("/bin/sh", ["-c", "sleep 60 & sleep 60 & wait"], { detached: true, stdio: "ignore" });
    await new Promise((resolve) => setTimeout(resolve, 200));
    const sample = sampleTreeMemory("m", child.pid!, null);
    process.kill(-child.pid!, "SIGKILL");
    expect(sample.processes).toBe(3);
    expect(sample.pssBytes).toBeGreaterThan(0);
    expect(sample.pssBytes!).toBeLessThan(sample.rssBytes!);
  });
});
