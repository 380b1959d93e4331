/** Limits in which no launch of a sandbox can start: refused before one fails with an errno. Pure. */
import { factsOf, type SandboxName } from "../axes/sandbox.ts";
import type { LimitFloor } from "../axes/sandbox-facts.ts";
import type { ResolvedConfig } from "./resolved-config.ts";

const MIB = 1024 * 1024;

/** @returns a sentence a limit that is too small for a sandbox of the matrix; empty where all can start */
export function limitsTooSmall({ limits, matrix }: Pick<ResolvedConfig, "limits" | "matrix">): string[] {
  const floors = matrix.sandbox.flatMap((sandbox) => {
    const { floor } = factsOf({ sandbox });
    return floor === null ? [] : [{ sandbox, ...floor }];
  });
  const memoryMiB = limits.memoryBytes === null ? null : limits.memoryBytes / MIB;
  return [
    ...tooSmall("limits.pids", limits.pids, floors, ({ pids }) => pids),
    ...tooSmall("limits.memoryMiB", memoryMiB, floors, (floor) => floor.memoryMiB),
  ];
}

type SandboxFloor = LimitFloor & { sandbox: SandboxName };

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
