/** Removes what an earlier harness left behind when it was killed, by what its ledger says. */
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { OWN_SESSION } from "../../base/own-session.ts";
import { isAlive, killNow, processesMarked, treeOf } from "../launch/process-tree.ts";
import { removeCgroups } from "./launch-cgroups.ts";
import { RUN_ENV } from "./launch-env.ts";
import { type LedgerEntry, type Listed, livingHarness, storedLedgers } from "./ledger.ts";

export type Swept = {
  runId: string;
  what: string[];
  /** What could not be removed, and why; then the ledger stays for the next start. */
  failed: string[];
};

/** Ledgers whose harness still lives are another run's business and stay. */
export async function sweepLeftovers(): Promise<Swept[]> {
  const swept: Swept[] = [];
  for (const ledger of storedLedgers()) {
    if (livingHarness(ledger) !== null) continue;
    const one = await removeListed(ledger);
    swept.push(one);
    if (one.failed.length === 0) rmSync(ledger.file, { force: true });
  }
  return swept;
}

/** Ends and removes all that a ledger lists, made or not, whoever is asked for it: a run at its end, or the next start. */
export async function removeListed(ledger: Listed): Promise<Swept> {
  const swept: Swept = { runId: ledger.runId, what: [], failed: [] };
  // A folder goes last: files that hold namespaces stand in it.
  endProcesses(ledger, swept);
  await removeLaunchCgroups(ledger, swept);
  for (const { files } of entriesOf(ledger.entries, "netns")) {
    for (const file of files) await remove(`network namespace ${file}`, file, swept, removeNetns);
  }
  for (const { path } of entriesOf(ledger.entries, "folder")) {
    await remove(`folder ${path}`, path, swept, removeFolder);
  }
  return swept;
}

function endProcesses(ledger: Listed, swept: Swept): void {
  const listed = entriesOf(ledger.entries, "process").map((entry) => entry.process);
  const processes = [
    ...listed.filter(isAlive).flatMap((process) => treeOf(process.pid)),
    ...processesMarked(RUN_ENV, (runId) => runId === ledger.runId),
  ];
  for (const pid of new Set(processes)) {
    killNow(pid);
    swept.what.push(`process ${pid}`);
  }
}

async function removeLaunchCgroups(ledger: Listed, swept: Swept): Promise<void> {
  const bases = entriesOf(ledger.entries, "cgroup-bases").flatMap((entry) => entry.dirs);
  const cgroups = entriesOf(ledger.entries, "launch")
    .flatMap((entry) => bases.map((base) => join(base, entry.launchId)))
    .filter((dir) => existsSync(dir));
  const left = await removeCgroups(cgroups);
  swept.what.push(...cgroups.filter((dir) => !left.includes(dir)).map((dir) => `cgroup ${dir}`));
  swept.failed.push(...left.map((dir) => `cgroup ${dir}: a process in it does not end`));
}

async function remove(
  name: string,
  path: string,
  swept: Swept,
  action: (path: string) => void | Promise<void>,
): Promise<void> {
  if (!existsSync(path)) return;
  try {
    await action(path);
    swept.what.push(name);
  } catch (error) {
    swept.failed.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Unmounting the file that holds a namespace lets the kernel end it, and the veth pair with it. */
export async function removeNetns(file: string): Promise<void> {
  await execa("umount", ["--lazy", file], { reject: false, timeout: 5000, stdin: "ignore", ...OWN_SESSION });
  rmSync(file, { force: true });
}

function removeFolder(path: string): void {
  rmSync(path, { recursive: true, force: true });
}

function entriesOf<K extends LedgerEntry["kind"]>(
  entries: readonly LedgerEntry[],
  kind: K,
): Extract<LedgerEntry, { kind: K }>[] {
  return entries.filter((entry): entry is Extract<LedgerEntry, { kind: K }> => entry.kind === kind);
}
