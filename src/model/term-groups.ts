/** Terms that reference programs correct together: there are too few programs to correct each alone. */
import { type Demand, TERM_NAMES, type TermName } from "./terms.ts";

const GROUPS = {
  interception: ["trap", "patched-trap", "paused-trap"],
  files: ["memory-io", "file-io", "byte", "open", "lookup", "list", "mutate"],
  memory: ["unmap", "fault"],
  waiting: ["wake", "poll"],
  sleeping: ["timer"],
  processes: ["process", "exec"],
  network: ["message", "net-byte"],
  computation: ["compute"],
} as const satisfies Record<string, readonly TermName[]>;
export type GroupName = keyof typeof GROUPS;
export const GROUP_NAMES = Object.keys(GROUPS) as GroupName[];

/** How much each group's cost, as single operations show it, has to be multiplied by. 1 = as it is. */
export type Corrections = Record<GroupName, number>;

export const NO_CORRECTIONS: Corrections = {
  interception: 1,
  files: 1,
  memory: 1,
  waiting: 1,
  sleeping: 1,
  processes: 1,
  network: 1,
  computation: 1,
};

const GROUP_OF = Object.fromEntries(
  GROUP_NAMES.flatMap((group) => GROUPS[group].map((term) => [term, group])),
) as Record<TermName, GroupName>;

export function groupOf(term: TermName): GroupName {
  return GROUP_OF[term];
}

/** ns a term adds to one run of a program, without corrections; terms without a cost are left out. */
export function termParts(
  demand: Demand,
  costs: ReadonlyMap<TermName, number>,
  overlap: number,
): Map<TermName, number> {
  const parts = new Map<TermName, number>();
  for (const term of TERM_NAMES) {
    const times = demand[term] ?? 0;
    const cost = costs.get(term);
    if (times !== 0 && cost !== undefined) parts.set(term, (times * cost) / overlap);
  }
  return parts;
}

/** The same summed over each group, in the order of `GROUP_NAMES`. */
export function groupParts(parts: ReadonlyMap<TermName, number>): number[] {
  return GROUP_NAMES.map((group) => GROUPS[group].reduce((sum, term) => sum + (parts.get(term) ?? 0), 0));
}
