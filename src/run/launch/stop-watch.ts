/**
 * Sees when a launch was stopped (SIGSTOP) by somebody else: the time that it then takes is not the sandbox's. What is
 * under ptrace, as of runsc's platform, has another state and does not count: proc_pid_stat(5), T and t.
 */
import { readdirSync, readFileSync } from "node:fs";

/** Of a launch with hundreds of helper processes, so that a look stays below 0.3 ms. */
const MOST_PROCESSES = 16;

export class StopWatch {
  readonly #root: number;
  readonly #cgroupDir: string | null;
  /** When it was seen stopped; null = it ran at the last look. */
  #stoppedAtNs: number | null = null;
  #stoppedNs = 0;

  /**
   * @param root the outermost process
   * @param cgroupDir has all of its processes, in itself and in those that a runtime makes within it; null: they are
   *   those that descend from the root
   */
  constructor(root: number, cgroupDir: string | null) {
    this.#root = root;
    this.#cgroupDir = cgroupDir;
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
    const members = this.#cgroupDir === null ? descendants(this.#root) : membersOf(this.#cgroupDir);
    return members.slice(0, MOST_PROCESSES);
  }
}

function membersOf(cgroupDir: string): number[] {
  const own = read(`${cgroupDir}/cgroup.procs`).split("\n").filter(Boolean).map(Number);
  return [...own, ...foldersIn(cgroupDir).flatMap((name) => membersOf(`${cgroupDir}/${name}`))];
}

function foldersIn(dir: string): string[] {
  try {
    return readdirSync(dir, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? [entry.name] : [],
    );
  } catch {
    return [];
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
