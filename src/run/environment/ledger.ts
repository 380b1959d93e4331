/**
 * What a run has made on the host, written before it is made: one line each, appended at once.
 *
 * If the harness is killed, the next start reads the ledger and removes exactly what stands in it. Nothing is
 * ever found by its name alone.
 */
import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cacheDir } from "../../base/cache-folder.ts";
import { SbxError } from "../../base/errors.ts";
import { makeCacheDir } from "../../base/make-cache-dir.ts";
import { writeAtomically } from "../../base/write-atomically.ts";
import { identify, isAlive, type ProcessId } from "../launch/process-tree.ts";

export type LedgerEntry =
  | { kind: "harness"; process: ProcessId }
  /** A folder that is the run's own. */
  | { kind: "folder"; path: string }
  /** Files that hold network namespaces; removing the namespace removes its veth. */
  | { kind: "netns"; files: string[] }
  /** Folders below which the run's launches have cgroups named after their launch id. */
  | { kind: "cgroup-bases"; dirs: string[] }
  | { kind: "launch"; launchId: string }
  | { kind: "process"; process: ProcessId };

export class Ledger {
  readonly runId: string;
  readonly entries: LedgerEntry[] = [];
  readonly #file: string;

  constructor(runId: string) {
    this.runId = runId;
    makeCacheDir("ledger");
    this.#file = join(ledgerDir(), `${runId}.ndjson`);
    const self = identify(process.pid);
    if (self === null) throw new Error("/proc does not show the own process");
    // Whole or not at all: a sweep that runs meanwhile must not see a ledger without its harness.
    guarded(this.#file, () => writeAtomically(this.#file, line({ kind: "harness", process: self })));
  }

  /** @throws SbxError (exit code 4) when it can't be written: then nothing may be made, either */
  add(entry: LedgerEntry): void {
    guarded(this.#file, () => appendFileSync(this.#file, line(entry)));
    this.entries.push(entry);
  }

  /** Everything in it has been removed. */
  close(): void {
    rmSync(this.#file, { force: true });
  }
}

function line(entry: LedgerEntry): string {
  return `${JSON.stringify(entry)}\n`;
}

function guarded(file: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    throw new SbxError({
      what: `What the run makes on this host cannot be recorded in ${file}`,
      why: error instanceof Error ? error.message : String(error),
      fix: "Free some space there, or set XDG_CACHE_HOME to a folder that may be written to.",
      exitCode: 4,
      cause: error,
    });
  }
}

/** What a run has made on this host: of this process, or as an earlier one left it. */
export type Listed = { runId: string; entries: readonly LedgerEntry[] };

export type StoredLedger = Listed & { file: string };

export function storedLedgers(): StoredLedger[] {
  if (!existsSync(ledgerDir())) return [];
  return readdirSync(ledgerDir())
    .filter((name) => name.endsWith(".ndjson"))
    .map((name) => {
      const file = join(ledgerDir(), name);
      return { runId: name.replace(/\.ndjson$/, ""), file, entries: readEntries(file) };
    });
}

/** The process that a run is under way in; null when it ended or was killed. */
export function livingHarness(ledger: StoredLedger): ProcessId | null {
  const last = ledger.entries.filter((entry) => entry.kind === "harness").at(-1);
  return last !== undefined && isAlive(last.process) ? last.process : null;
}

function readEntries(file: string): LedgerEntry[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as LedgerEntry];
      } catch {
        // Empty, or cut off by the kill in the middle of the write: what it names was not made yet.
        return [];
      }
    });
}

function ledgerDir(): string {
  return cacheDir("ledger");
}
