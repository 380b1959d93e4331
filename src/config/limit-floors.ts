/** Limits in which no launch of a sandbox can start: refused before one fails with an errno. Pure. */
import type { SandboxName } from "../axes/sandbox.ts";
import type { ResolvedConfig } from "./resolved-config.ts";

type Floor = {
  /** Processes and threads, those of the sandbox itself included. */
  pids: number;
  memoryMiB: number;
  /** What needs them. */
  needs: string;
};

/**
 * In less than this every launch of the scenario `startup` failed, on each platform and network (Linux 6.18.44,
 * 2 CPUs, runc 1.1.5, runsc 20260905). More CPUs mean more threads of the Go runtime, so that these are lower bounds
 * everywhere. native and fake get no cgroup.
 */
const FLOORS: Partial<Record<SandboxName, Floor>> = {
  unshare: { pids: 6, memoryMiB: 2, needs: "unshare, this tool's launcher and a Go program" },
  runc: { pids: 13, memoryMiB: 5, needs: "runc and its init beside the program" },
  runsc: { pids: 25, memoryMiB: 17, needs: "the Sentry and the gofer beside the program" },
};

const MIB = 1024 * 1024;

/** @returns a sentence a limit that is too small for a sandbox of the matrix; empty where all can start */
export function limitsTooSmall({ limits, matrix }: Pick<ResolvedConfig, "limits" | "matrix">): string[] {
  const floors = matrix.sandbox.flatMap((sandbox) => {
    const floor = FLOORS[sandbox];
    return floor === undefined ? [] : [{ sandbox, ...floor }];
  });
  const memoryMiB = limits.memoryBytes === null ? null : limits.memoryBytes / MIB;
  return [
    ...tooSmall("limits.pids", limits.pids, floors, ({ pids }) => pids),
    ...tooSmall("limits.memoryMiB", memoryMiB, floors, (floor) => floor.memoryMiB),
  ];
}

type SandboxFloor = Floor & { sandbox: SandboxName };

function tooSmall(
  setting: string,
  given: number | null,
  floors: readonly SandboxFloor[],
  of: (floor: SandboxFloor) => number,
): string[] {
  if (given === null) return [];
  const unmet = floors.filter((floor) => given < of(floor)).sort((a, b) => of(b) - of(a));
  const [most] = unmet;
  if (most === undefined) return [];
  const others = unmet.slice(1).map((floor) => `${floor.sandbox} ${of(floor)}`);
  return [
    `${setting}: ${given} is too small for ${most.sandbox}; a launch needs at least ${of(most)}, for ${most.needs}${
      others.length === 0 ? "" : ` (${others.join(", ")})`
    }.`,
  ];
}
