/** The run's own folders on the host, each in the ledger before it is made. */
import { chmodSync, mkdirSync, readdirSync, realpathSync, rmSync, statfsSync } from "node:fs";
import { join } from "node:path";
import { makeCacheDir } from "../../base/make-cache-dir.ts";
import type { Ledger } from "./ledger.ts";

/** f_type of tmpfs, statfs(2). */
const TMPFS_MAGIC = 0x01021994;
const SHARED_MEMORY = "/dev/shm";

export type Scratch = {
  /** On the cache's disk: bundles, state of the runtimes, bind-mounted folders. */
  dir: string;
  /** Within it, where runc and runsc keep their state. */
  stateDir: string;
  /** On tmpfs, for programs without a mount namespace of their own; null where the host has none. */
  tmpfsDir: string | null;
};

export function makeScratch(ledger: Ledger): Scratch {
  const parent = makeCacheDir("scratch");
  // Runtimes refuse or misread paths with a symbolic link in them, and a home or cache folder may be one.
  const dir = join(realpathSync(parent), ledger.runId);
  ledger.add({ kind: "folder", path: dir });
  const stateDir = join(dir, "state");
  mkdirSync(stateDir, { recursive: true });
  return { dir, stateDir, tmpfsDir: makeOnTmpfs(ledger, ledger.runId) };
}

/** @returns null where the host has no tmpfs that takes it */
export function makeOnTmpfs(ledger: Ledger, name: string): string | null {
  if (!isTmpfs(SHARED_MEMORY)) return null;
  const dir = join(SHARED_MEMORY, name);
  ledger.add({ kind: "folder", path: dir });
  try {
    mkdirSync(dir);
    return dir;
  } catch {
    // Read-only or full: programs without a mount namespace do without, as where there is no tmpfs.
    return null;
  }
}

/** A cell's folder and, in it, the bind-mounted one that a program without privileges may write to. */
export function makeCellDirs(scratch: Scratch, name: string): { workDir: string; bindDir: string } {
  const workDir = join(scratch.dir, name);
  const bindDir = join(workDir, "bind");
  mkdirSync(bindDir, { recursive: true });
  chmodSync(bindDir, 0o777);
  return { workDir, bindDir };
}

/** Nothing that one program put there reaches the next; a link in it is removed, and not followed. */
export function emptyFolder(dir: string): void {
  for (const name of readdirSync(dir)) rmSync(join(dir, name), { recursive: true, force: true });
}

function isTmpfs(dir: string): boolean {
  try {
    return statfsSync(dir).type === TMPFS_MAGIC;
  } catch {
    return false;
  }
}
