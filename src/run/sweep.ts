/** Removes what an earlier harness left behind when it was killed, by what its ledger says. */
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { removeCgroups } from "./launch-cgroups.ts";
import { RUN_ENV } from "./launch-env.ts";
import { type LedgerEntry, type StoredLedger, storedLedgers } from "./ledger.ts";
import { isAlive, killNow, treeOf } from "./process-tree.ts";

export type Swept = { runId: string; what: string[] };

/** Ledgers whose harness still lives are another run's business and stay. */
export async function sweepLeftovers(): Promise<Swept[]> {
  const swept: Swept[] = [];
  for (const ledger of storedLedgers()) {
    const harness = entriesOf(ledger.entries, "harness").at(-1);
    if (harness !== undefined && isAlive(harness.process)) continue;
    swept.push({ runId: ledger.runId, what: await sweepLedger(ledger) });
    rmSync(ledger.file, { force: true });
  }
  return swept;
}

async function sweepLedger(ledger: StoredLedger): Promise<string[]> {
  const what: string[] = [];
  const processes = [
    ...entriesOf(ledger.entries, "process")
      .filter((entry) => isAlive(entry.process))
      .flatMap((entry) => treeOf(entry.process.pid)),
    ...processesOfRun(ledger.runId),
  ];
  for (const pid of new Set(processes)) {
    killNow(pid);
    what.push(`process ${pid}`);
  }
  const bases = entriesOf(ledger.entries, "cgroup-bases").flatMap((entry) => entry.dirs);
  const cgroups = entriesOf(ledger.entries, "launch")
    .flatMap((entry) => bases.map((base) => join(base, entry.launchId)))
    .filter((dir) => existsSync(dir));
  await removeCgroups(cgroups);
  what.push(...cgroups.map((dir) => `cgroup ${dir}`));
  for (const { files } of entriesOf(ledger.entries, "netns")) {
    for (const file of files.filter((candidate) => existsSync(candidate))) {
      await removeNetns(file);
      what.push(`network namespace ${file}`);
    }
  }
  for (const { path } of entriesOf(ledger.entries, "folder")) {
    if (!existsSync(path)) continue;
    rmSync(path, { recursive: true, force: true });
    what.push(`folder ${path}`);
  }
  return what;
}

/** Unmounting the file that holds a namespace lets the kernel end it, and the veth pair with it. */
async function removeNetns(file: string): Promise<void> {
  await execa("umount", ["--lazy", file], { reject: false, timeout: 5000, stdin: "ignore" });
  rmSync(file, { force: true });
}

/** Processes that carry the run's id in their environment: they were started by it, whoever their parent is. */
function processesOfRun(runId: string): number[] {
  const mark = `${RUN_ENV}=${runId}\0`;
  return readdirSync("/proc").flatMap((name) => {
    const pid = Number(name);
    if (!Number.isInteger(pid)) return [];
    try {
      return `${readFileSync(`/proc/${pid}/environ`, "latin1")}\0`.includes(mark) ? [pid] : [];
    } catch {
      // Ended meanwhile, or another user's.
      return [];
    }
  });
}

function entriesOf<K extends LedgerEntry["kind"]>(
  entries: readonly LedgerEntry[],
  kind: K,
): Extract<LedgerEntry, { kind: K }>[] {
  return entries.filter((entry): entry is Extract<LedgerEntry, { kind: K }> => entry.kind === kind);
}
