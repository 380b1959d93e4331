/** Reads what the processes of a launch hold out of the host's /proc. */
import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { RUN_ENV } from "../../run/environment/launch-env.ts";
import { processesMarked, treeOf } from "../../run/launch/process-tree.ts";
import type { HeldProcess, HeldView } from "./held-view.ts";

/**
 * Of the launches of an environment, without the sentinel: what carries its mark, wherever it has gone, and what
 * descends from the harness, as the Sentry does, which drops its environment.
 */
export function launchedProcesses(runId: string, sentinelPid: number): number[] {
  const marked = processesMarked(RUN_ENV, (value) => value === runId);
  const others = [process.pid, sentinelPid];
  return [...new Set([...marked, ...treeOf(process.pid)])].filter((pid) => !others.includes(pid));
}

export function viewHeld(
  pids: readonly number[],
  facts: { sentinelPid: number; suidFile: string } & Pick<
    HeldView,
    "nonce" | "userNamespacesBefore" | "wanted"
  >,
): HeldView {
  const { sentinelPid, suidFile, ...rest } = facts;
  return {
    ...rest,
    processes: pids.map(heldBy),
    sentinelTracer: Number(/^TracerPid:\s*(\d+)$/m.exec(read(`/proc/${sentinelPid}/status`))?.[1] ?? 0),
    suidFile: ownerOf(suidFile),
  };
}

export function userNamespacesOf(pids: readonly number[]): Set<string> {
  return new Set(pids.map((pid) => link(`/proc/${pid}/ns/user`)));
}

function heldBy(pid: number): HeldProcess {
  const base = `/proc/${pid}`;
  return {
    pid,
    descriptors: names(`${base}/fd`).map((fd) => ({
      target: link(`${base}/fd/${fd}`),
      write: isForWriting(read(`${base}/fdinfo/${fd}`)),
    })),
    mounts: read(`${base}/mountinfo`),
    userNamespace: link(`${base}/ns/user`),
    packetSockets: packetInodes(read(`${base}/net/packet`)),
    rssBytes: Number(/^VmRSS:\s*(\d+) kB$/m.exec(read(`${base}/status`))?.[1] ?? 0) * 1024,
  };
}

/** `flags:` is octal, its last digit the access mode: proc_pid_fdinfo(5). */
function isForWriting(fdinfo: string): boolean {
  return /^flags:\s*\d*[1256]$/m.test(fdinfo);
}

/** The last column of each line behind the head. */
function packetInodes(table: string): string[] {
  return table
    .split("\n")
    .slice(1)
    .flatMap((line) => line.trim().split(/\s+/).at(-1) || []);
}

/** The program may have put a link there. */
function ownerOf(path: string): HeldView["suidFile"] {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found?.isFile() === true ? { mode: found.mode, uid: found.uid } : null;
}

function names(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}

function link(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    // It has ended.
    return "";
  }
}
