import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Ledger, storedLedgers } from "../../../src/run/environment/ledger.ts";
import { makeScratch } from "../../../src/run/environment/scratch.ts";
import { removeListed } from "../../../src/run/environment/sweep.ts";
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
