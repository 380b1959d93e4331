import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, existsSync, mkdirSync, rmdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { cacheDir } from "../../../src/base/cache-folder.ts";
import { ownCgroups } from "../../../src/run/environment/launch-cgroups.ts";
import { RUN_ENV } from "../../../src/run/environment/launch-env.ts";
import {
  Ledger,
  type LedgerEntry,
  livingHarness,
  storedLedgers,
} from "../../../src/run/environment/ledger.ts";
import { sweepLeftovers } from "../../../src/run/environment/sweep.ts";
import { identify, isAlive } from "../../../src/run/launch/process-tree.ts";
import { useOwnCache } from "../own-cache.ts";

useOwnCache();

const started: ChildProcess[] = [];
afterEach(async () => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
});

/** A process of a session of its own that sleeps, marked or not. */
function sleeper(env: Record<string, string> = {}): ChildProcess {
  const child = spawn("sleep", ["60"], {
    detached: true,
    stdio: "ignore",
    env: { PATH: "/usr/bin:/bin", ...env },
  });
  started.push(child);
  return child;
}

/** The ledger of a harness that was killed: its process is one that has ended. */
function deadLedger(runId: string, ...entries: LedgerEntry[]): string {
  const { pid } = spawnSync("true");
  const harness = { pid, startTicks: 1, bootId: identify(process.pid)!.bootId };
  const file = join(cacheDir("ledger"), `${runId}.ndjson`);
  mkdirSync(dirname(file), { recursive: true });
  const lines = [{ kind: "harness", process: harness }, ...entries].map((entry) => JSON.stringify(entry));
  writeFileSync(file, `${lines.join("\n")}\n`);
  return file;
}

function folderOf(runId: string): string {
  const path = cacheDir("scratch", runId);
  mkdirSync(join(path, "cell-0", "bind"), { recursive: true });
  writeFileSync(join(path, "cell-0", "config.json"), "{}");
  return path;
}

const endOf = async (child: ChildProcess): Promise<string | null> => {
  if (child.signalCode === null) await once(child, "exit");
  return child.signalCode;
};

describe("a dead harness's ledger", () => {
  test("leads to its folders, which are removed with the ledger", async () => {
    const path = folderOf("run-folders");
    const file = deadLedger("run-folders", { kind: "folder", path });
    expect(await sweepLeftovers()).toEqual([{ runId: "run-folders", what: [`folder ${path}`], failed: [] }]);
    expect(existsSync(path)).toBe(false);
    expect(existsSync(file)).toBe(false);
    expect(await sweepLeftovers()).toEqual([]);
  });

  test("leads to its processes by pid and start", async () => {
    const child = sleeper();
    deadLedger("run-processes", { kind: "process", process: identify(child.pid!)! });
    const [swept] = await sweepLeftovers();
    expect(swept?.what).toEqual([`process ${child.pid}`]);
    expect(await endOf(child)).toBe("SIGKILL");
  });

  test("leads to processes that only carry its run's mark", async () => {
    const child = sleeper({ [RUN_ENV]: "run-marked" });
    deadLedger("run-marked");
    await sweepLeftovers();
    expect(await endOf(child)).toBe("SIGKILL");
  });

  test("never leads to a process that was given a listed pid since", async () => {
    const child = sleeper();
    const now = identify(child.pid!)!;
    deadLedger("run-reused", { kind: "process", process: { ...now, startTicks: now.startTicks - 1 } });
    expect((await sweepLeftovers())[0]?.what).toEqual([]);
    expect(isAlive(now)).toBe(true);
  });

  test("with a last line cut off by the kill is read up to there", async () => {
    const path = folderOf("run-cut");
    appendFileSync(deadLedger("run-cut", { kind: "folder", path }), '{"kind":"folder","pa');
    expect((await sweepLeftovers())[0]?.what).toEqual([`folder ${path}`]);
  });

  test("stays for the next start where something can't be removed", async () => {
    // A folder where the ledger says a file is: not what the run made, so it is not removed.
    const path = folderOf("run-stuck");
    const file = deadLedger("run-stuck", { kind: "netns", files: [path] });
    const [swept] = await sweepLeftovers();
    expect(swept?.failed[0]).toContain(`network namespace ${path}: `);
    expect(existsSync(path)).toBe(true);
    expect(existsSync(file)).toBe(true);
    writeFileSync(file, "");
    await sweepLeftovers();
    expect(existsSync(file)).toBe(false);
  });

  const base = ownCgroups().find((dir) => {
    const trial = join(dir, `sbx-trial-${process.pid}`);
    try {
      mkdirSync(trial);
      rmdirSync(trial);
      return true;
    } catch {
      return false;
    }
  });

  test.skipIf(base === undefined)("leads to its launches' cgroups with what still runs in them", async () => {
    const launchId = "sbx-run-cgroups-3";
    const cgroup = join(base!, launchId);
    mkdirSync(join(cgroup, "inner"), { recursive: true });
    const child = sleeper();
    writeFileSync(join(cgroup, "inner", "cgroup.procs"), String(child.pid));
    deadLedger("run-cgroups", { kind: "cgroup-bases", dirs: [base!] }, { kind: "launch", launchId });
    expect((await sweepLeftovers())[0]).toMatchObject({ what: [`cgroup ${cgroup}`], failed: [] });
    expect(existsSync(cgroup)).toBe(false);
    expect(await endOf(child)).toBe("SIGKILL");
  });

  test.skipIf(base === undefined)("never leads to a cgroup that only has such a name", async () => {
    const cgroup = join(base!, "sbx-run-names-7");
    mkdirSync(cgroup);
    deadLedger(
      "run-names",
      { kind: "cgroup-bases", dirs: [base!] },
      { kind: "launch", launchId: "sbx-run-names-6" },
    );
    await sweepLeftovers();
    expect(existsSync(cgroup)).toBe(true);
    rmdirSync(cgroup);
  });
});

describe("names alone lead to nothing", () => {
  test("a folder in scratch that no ledger lists stays", async () => {
    const path = folderOf("run-unlisted");
    deadLedger("run-other");
    await sweepLeftovers();
    expect(existsSync(path)).toBe(true);
  });

  test("a process called like a sandbox stays", async () => {
    const child = spawn("/bin/sh", ["-c", "exec -a runsc-sandbox sleep 60"], { stdio: "ignore" });
    started.push(child);
    deadLedger("run-named");
    await sweepLeftovers();
    expect(child.exitCode).toBeNull();
  });
});

describe("a living harness", () => {
  test("keeps what its ledger lists", async () => {
    const ledger = new Ledger("run-living");
    const path = folderOf("run-living");
    const child = sleeper({ [RUN_ENV]: "run-living" });
    ledger.add({ kind: "folder", path });
    ledger.add({ kind: "process", process: identify(child.pid!)! });
    expect(await sweepLeftovers()).toEqual([]);
    expect(existsSync(path)).toBe(true);
    expect(isAlive(identify(child.pid!)!)).toBe(true);
    ledger.close();
    expect(storedLedgers()).toEqual([]);
  });

  test("is named by its ledger, from the first line that is written", () => {
    const ledger = new Ledger("run-first");
    const stored = storedLedgers().find((one) => one.runId === "run-first");
    expect(livingHarness(stored!)).toEqual(identify(process.pid));
    ledger.close();
  });

  test("that resumed a dead one's run is the one that counts", () => {
    const file = deadLedger("run-resumed");
    appendFileSync(file, `${JSON.stringify({ kind: "harness", process: identify(process.pid) })}\n`);
    const stored = storedLedgers().find((one) => one.runId === "run-resumed");
    expect(livingHarness(stored!)?.pid).toBe(process.pid);
    writeFileSync(file, "");
  });
});

test("a ledger that can't be written is an error of the environment", () => {
  const ledger = new Ledger("run-gone");
  ledger.close();
  mkdirSync(join(cacheDir("ledger"), "run-gone.ndjson"));
  expect(() => ledger.add({ kind: "folder", path: "/x" })).toThrow(
    expect.objectContaining({ exitCode: 4, fix: expect.stringContaining("XDG_CACHE_HOME") }),
  );
  rmdirSync(join(cacheDir("ledger"), "run-gone.ndjson"));
});
