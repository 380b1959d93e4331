/** Processes that a probe has left on the host. */
import { readFileSync } from "node:fs";
import { RUN_ENV } from "../run/environment/launch-env.ts";
import { processesMarked } from "../run/launch/process-tree.ts";

/** What a PID namespace's end kills is gone by then. */
const SETTLE_MS = 100;

export async function orphansOf(runId: string, nonce: string): Promise<number[]> {
  if (find(runId, nonce).length === 0) return [];
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  return find(runId, nonce);
}

/** By its arguments: `orphan NONCE`. */
function find(runId: string, nonce: string): number[] {
  return processesMarked(RUN_ENV, (value) => value === runId).filter((pid) => {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, "latin1").split("\0");
      return words.includes("orphan") && words.includes(nonce);
    } catch {
      return false;
    }
  });
}
