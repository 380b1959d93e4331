/**
 * What a run has made on the host, written before it is made: one line each, appended at once.
 *
 * If the harness is killed, the next start reads the ledger and removes exactly what stands in it. Nothing is
 * ever found by its name alone.
 */
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cacheDir } from "../workload/cache-dir.ts";
import { identify, type ProcessId } from "./process-tree.ts";

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
  readonly #file: string;

  constructor(runId: string) {
    this.runId = runId;
    mkdirSync(ledgerDir(), { recursive: true });
    this.#file = join(ledgerDir(), `${runId}.ndjson`);
    const self = identify(process.pid);
    if (self !== null) this.add({ kind: "harness", process: self });
  }

  add(entry: LedgerEntry): void {
    appendFileSync(this.#file, `${JSON.stringify(entry)}\n`);
  }

  /** Everything in it has been removed. */
  close(): void {
    rmSync(this.#file, { force: true });
  }
}

export type StoredLedger = { runId: string; file: string; entries: LedgerEntry[] };

export function storedLedgers(): StoredLedger[] {
  if (!existsSync(ledgerDir())) return [];
  return readdirSync(ledgerDir())
    .filter((name) => name.endsWith(".ndjson"))
    .map((name) => {
      const file = join(ledgerDir(), name);
      return { runId: name.replace(/\.ndjson$/, ""), file, entries: readEntries(file) };
    });
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
