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
  const pausedMs: number[] = [];
  const soonMs: number[] = [];
  const bareMs: number[] = [];
  try {
    const limits = { memoryBytes: null, pids: null, cpus: null };
    const { joinDirs } = makeLaunchCgroups(layout, launchId, limits, dirs);
    if (joinDirs.length === 0) return null;
    const join = joinDirs.map((dir) => `echo 0 > '${dir}/cgroup.procs'`).join(" && ");
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      pausedMs.push(shellMs(join));
      soonMs.push(shellMs(join));
      bareMs.push(shellMs(":"));
    }
  } catch {
    // A host that refuses is told of by the launches themselves, with the reason.
    return null;
  } finally {
    await removeCgroups([...dirs]);
  }
  const without = (series: readonly number[]) => series.map((ms, at) => ms - bareMs[at]!);
  return joinText({ paused: without(pausedMs), soon: without(soonMs) });
}

/**
 * What was measured, and no more: how much of it a launch pays depends on what joined before it.
 *
 * @param tries ms that joining took, each a pause after the last one, and right after another one
 * @returns null where it is next to nothing
 */
export function joinText(tries: { paused: readonly number[]; soon: readonly number[] }): string | null {
  if (median(tries.paused) < WORTH_TELLING_MS) return null;
  const [least, most] = [Math.min(...tries.paused), Math.max(...tries.paused)];
  return `${JOIN_NOTE} ${text(median(tries.paused))} ms on this kernel (median of ${tries.paused.length} tries before the run, ${text(least)} to ${text(most)} ms), and ${text(median(tries.soon))} ms right after another join. How much of it a launch pays was not measured; it is part of every sandbox's start-up, and native joins no cgroup.`;
}

/** Of an odd number of tries. */
function median(tries: readonly number[]): number {
  return tries.toSorted((a, b) => a - b)[Math.floor(tries.length / 2)] ?? 0;
}

/** What is below 0 is the scatter of the shell. */
function text(ms: number): string {
  return Math.max(0, ms).toFixed(0);
}

function shellMs(command: string): number {
  const start = monotonicNs();
  execFileSync("/bin/sh", ["-c", command], { timeout: 10_000, stdio: "ignore" });
  return (monotonicNs() - start) / 1e6;
}
