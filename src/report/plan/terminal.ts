/** A plan for people: what runs, what does not and why, and how long it takes. */

import { configurationId } from "../../axes/axes.ts";
import { durationText } from "../../base/duration-text.ts";
import type { Cell } from "../../plan/cell.ts";
import type { TimeEstimate } from "../../plan/estimate.ts";

export type PlanData = {
  preset: string;
  rounds: number;
  seed: string;
  estimate: TimeEstimate;
  cells: readonly Cell[];
  /** Ids of cells that a run launches twice a round, to see how far two equal ones differ. */
  twins: readonly string[];
};

export function planText(plan: PlanData, all: boolean): string {
  const planned = plan.cells.filter((cell) => cell.status === "planned");
  const lines = [
    `preset ${plan.preset}, ${plan.rounds} rounds, seed ${plan.seed}`,
    `${planned.length} of ${plan.cells.length} cells will run${twiceText(plan)}: ${(planned.length + plan.twins.length) * plan.rounds} launches, about ${durationText(plan.estimate.totalMs)} (${basis(plan.estimate)})`,
    "",
    ...byConfiguration(planned),
  ];
  for (const status of ["unavailable", "excluded"] as const) {
    const cells = plan.cells.filter((cell) => cell.status === status);
    if (cells.length === 0) continue;
    lines.push("", `${status}: ${cells.length} cells`);
    lines.push(...(all ? cells.map((cell) => `  ${cell.id}\n      ${cell.reason}`) : byReason(cells)));
  }
  if (planned.length === 0) lines.push("", "Nothing would run: `sbx-bench doctor` says what is missing.");
  return `${lines.join("\n")}\n`;
}

function twiceText({ twins }: PlanData): string {
  return twins.length === 0 ? "" : `, ${twins.length} of them twice a round to learn the noise of this host`;
}

function basis(estimate: TimeEstimate): string {
  if (estimate.learnedShare === 0) return "a rough guess: nothing like it was run here before";
  if (estimate.learnedShare === 1) return "learned from earlier runs on this host";
  return `${Math.round(estimate.learnedShare * 100)} % learned from earlier runs on this host`;
}

function byConfiguration(cells: readonly Cell[]): string[] {
  const groups = Map.groupBy(cells, (cell) => configurationId(cell.config));
  const width = Math.max(0, ...[...groups.keys()].map((id) => id.length));
  return [...groups].map(
    ([id, members]) => `  ${id.padEnd(width)}  ${members.map((cell) => cell.scenario).join(" ")}`,
  );
}

function byReason(cells: readonly Cell[]): string[] {
  return [...Map.groupBy(cells, (cell) => cell.reason ?? "")].map(
    ([reason, members]) => `  ${members.length} x ${reason}\n      e.g. ${members[0]?.id ?? ""}`,
  );
}
