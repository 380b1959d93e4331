/**
 * Sees when a launch was stopped (SIGSTOP) by somebody else: the time that it then takes is not the sandbox's. What is
 * under ptrace, as of runsc's platform, has another state and does not count: proc_pid_stat(5), T and t.
 */
import { readdirSync, readFileSync } from "node:fs";

/** Of a launch with hundreds of helper processes, so that a look stays below 0.3 ms. */
const MOST_PROCESSES = 16;

export class StopWatch {
  readonly #root: number;
  readonly #procsFile: string | null;
  /** When it was seen stopped; null = it ran at the last look. */
  #stoppedAtNs: number | null = null;
  #stoppedNs = 0;

  /**
   * @param root the outermost process
   * @param cgroupDir holds all of its processes; null: they are those that descend from it
   */
  constructor(root: number, cgroupDir: string | null) {
    this.#root = root;
    this.#procsFile = cgroupDir === null ? null : `${cgroupDir}/cgroup.procs`;
  }

  /** ns between looks that both found a stopped process: a program may stop its own child for an instant. */
  get stoppedNs(): number {
    return this.#stoppedNs;
  }

  look(nowNs: number): void {
    const isStopped = this.#processes().some((pid) => stateOf(pid) === "T");
    if (isStopped && this.#stoppedAtNs !== null) this.#stoppedNs += nowNs - this.#stoppedAtNs;
    this.#stoppedAtNs = isStopped ? nowNs : null;
  }

  /** The harness has just waited at a mark, where a program may hold itself. */
  forget(): void {
    this.#stoppedAtNs = null;
  }

  #processes(): number[] {
    const listed = this.#procsFile === null ? "" : read(this.#procsFile);
    const pids = listed === "" ? descendants(this.#root) : listed.trim().split("\n").map(Number);
    return pids.slice(0, MOST_PROCESSES);
  }
}

/** With the root; each thread lists the processes that it has made. */
function descendants(root: number): number[] {
  const found = [root];
  for (let at = 0; at < found.length && found.length < MOST_PROCESSES; at += 1) {
    for (const thread of threadsOf(found[at]!)) {
      const children = read(`/proc/${found[at]}/task/${thread}/children`);
      found.push(...children.split(" ").filter(Boolean).map(Number));
    }
  }
  return found;
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

function stateOf(pid: number): string {
  return /^.*\) (\S)/s.exec(read(`/proc/${pid}/stat`))?.[1] ?? "";
}

function read(file: string): string {
  try {
    return readFileSync(file, "latin1");
  } catch {
    // It has ended.
    return "";
  }
}
