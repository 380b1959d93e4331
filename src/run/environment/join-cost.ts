/** What joining a cgroup costs on this host: part of every contained launch's start-up, and none of native's. */
import { execFileSync } from "node:child_process";
import type { Cgroups } from "../../probe/cgroups.ts";
import { monotonicNs } from "../launch/monotonic.ts";
import { makeLaunchCgroups, removeCgroups } from "./launch-cgroups.ts";
import type { Ledger } from "./ledger.ts";

const TRIES = 5;
/** Longer than an RCU grace period: a join soon after another one does not wait for it. */
const PAUSE_MS = 80;
/** How the sentence begins: a resumed run has it already. */
export const JOIN_NOTE = "Joining a cgroup takes";
/** Below it there is nothing to tell. */
const WORTH_TELLING_MS = 2;

/**
 * @returns a sentence for the run's notes, or null when joining costs next to nothing
 * Source: cgroup_attach_lock() in the kernel's kernel/cgroup/cgroup.c waits for a grace period unless the
 * hierarchy is mounted with `favordynmods`.
 */
export async function joinCostNote(layout: Cgroups, ledger: Ledger): Promise<string | null> {
  const launchId = `sbx-${ledger.runId}-join`;
  ledger.add({ kind: "launch", launchId });
  const dirs = new Set<string>();
  const differencesMs: number[] = [];
  try {
    const limits = { memoryBytes: null, pids: null, cpus: null };
    const { joinDirs } = makeLaunchCgroups(layout, launchId, limits, dirs);
    if (joinDirs.length === 0) return null;
    const join = joinDirs.map((dir) => `echo 0 > '${dir}/cgroup.procs'`).join(" && ");
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      differencesMs.push(shellMs(join) - shellMs(":"));
    }
  } catch {
    // A host that refuses is told of by the launches themselves, with the reason.
    return null;
  } finally {
    await removeCgroups([...dirs]);
  }
  const ms = differencesMs.sort((a, b) => a - b)[Math.floor(TRIES / 2)] ?? 0;
  if (ms < WORTH_TELLING_MS) return null;
  return `${JOIN_NOTE} ${ms.toFixed(0)} ms on this kernel (median of ${TRIES}); every sandboxed launch pays it at start-up, native does not.`;
}

function shellMs(command: string): number {
  const start = monotonicNs();
  execFileSync("/bin/sh", ["-c", command], { timeout: 10_000, stdio: "ignore" });
  return (monotonicNs() - start) / 1e6;
}
