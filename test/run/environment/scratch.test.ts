import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { cacheDir } from "../../../src/base/cache-folder.ts";
import { Ledger, storedLedgers } from "../../../src/run/environment/ledger.ts";
import { makeScratch } from "../../../src/run/environment/scratch.ts";
import { removeListed, sweepLeftovers } from "../../../src/run/environment/sweep.ts";
import { useOwnCache } from "../own-cache.ts";

useOwnCache();

const hasSharedMemory = existsSync("/dev/shm");

test("all that was made stands in the ledger, and is removed by what it says", async () => {
  const ledger = new Ledger("run-made");
  const scratch = makeScratch(ledger);
  mkdirSync(join(scratch.dir, "cell-0/bind"), { recursive: true });
  expect(storedLedgers().flatMap(({ entries }) => entries)).toEqual(expect.arrayContaining(ledger.entries));
  expect((await removeListed(ledger)).failed).toEqual([]);
  for (const dir of [scratch.dir, scratch.tmpfsDir]) expect(dir !== null && existsSync(dir)).toBe(false);
});

test.runIf(hasSharedMemory)(
  "a run does without a tmpfs that takes no folder, and leaves nothing",
  async () => {
    // As where it is read-only or full, mkdir(2) fails: here, because the name is taken.
    const taken = mkdtempSync("/dev/shm/sbx-taken-");
    onTestFinished(() => rmSync(taken, { recursive: true, force: true }));
    const ledger = new Ledger(taken.split("/").at(-1)!);
    const scratch = makeScratch(ledger);
    expect(scratch.tmpfsDir).toBeNull();
    await removeListed(ledger);
    expect(existsSync(scratch.dir)).toBe(false);
  },
);

/** A harness that is killed right after the first folder or file whose path ends so was made. */
function killedAfterMaking(runId: string, ending: string) {
  const source = (name: string) => join(import.meta.dirname, "../../../src/run/environment", name);
  const script = `
    const fs = process.getBuiltinModule("node:fs");
    for (const name of ["mkdirSync", "writeFileSync"]) {
      const make = fs[name];
      fs[name] = (path, ...rest) => {
        make(path, ...rest);
        if (!String(path).endsWith("${ending}")) return;
        fs.writeSync(1, String(path));
        process.kill(process.pid, "SIGKILL");
      };
    }
    process.getBuiltinModule("node:module").syncBuiltinESMExports();
    const { Ledger } = await import("${source("ledger.ts")}");
    const { makeScratch } = await import("${source("scratch.ts")}");
    const { makeNullNetns } = await import("${source("null-netns.ts")}");
    const ledger = new Ledger("${runId}");
    await makeNullNetns(makeScratch(ledger).stateDir, ledger);`;
  const { signal, stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    encoding: "utf8",
    timeout: 20_000,
  });
  return { signal, made: stdout };
}

test.each([
  ["its folder", "run-killed-1", "/scratch/run-killed-1/state"],
  ["its file of a namespace", "run-killed-2", "/state/null-netns"],
  ...(hasSharedMemory ? [["its tmpfs folder", "run-killed-3", "/dev/shm/run-killed-3"]] : []),
])(
  "of a harness killed right after it made %s nothing is left by the next start",
  async (_, runId, ending) => {
    const { signal, made } = killedAfterMaking(runId!, ending!);
    expect(signal).toBe("SIGKILL");
    expect(existsSync(made)).toBe(true);
    const swept = (await sweepLeftovers()).find((one) => one.runId === runId);
    expect(swept?.failed).toEqual([]);
    expect(existsSync(made)).toBe(false);
    expect(existsSync(cacheDir("scratch", runId!))).toBe(false);
  },
);
