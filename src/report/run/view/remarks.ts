/** Warnings and left-out operations, the same thing said once however often it happened. */
import type { CellSummary, Summary } from "../../../stats/summaries/summary-types.ts";
import { plural } from "../../kit/format.ts";
import type { SkipGroup, WarningGroup } from "./report-view.ts";

/** The run's own first, then those of its cells by kind. */
export function warningGroups(summary: Summary): WarningGroup[] {
  const said = summary.cells.flatMap((cell) => cell.warnings.map((text) => ({ text, cell: cell.cell })));
  const groups = [...Map.groupBy(said, ({ text }) => kindOf(text))].map(([kind, members]): WarningGroup => {
    const all = members.map(({ text, cell }) => `${cell}: ${text}`);
    if (all.length === 1) return { summary: all[0]!, all: [] };
    const cells = new Set(members.map(({ cell }) => cell)).size;
    const times = all.length === cells ? "" : `${plural(all.length, "warning")} in `;
    return { summary: `${kind}: ${times}${plural(cells, "cell")}`, all };
  });
  return [...summary.warnings.map((text) => ({ summary: text, all: [] })), ...groups];
}

export function skipGroups(cells: readonly CellSummary[]): SkipGroup[] {
  const skips = cells.flatMap((cell) => cell.skips.map((skip) => ({ ...skip, cell: cell.cell })));
  return [...Map.groupBy(skips, ({ reason }) => withoutNumbers(reason)).values()].map((members) => ({
    reason: members[0]!.reason,
    ops: [...new Set(members.map(({ op }) => op))],
    cells: new Set(members.map(({ cell }) => cell)).size,
  }));
}

/** `disturbed`, `no steady state`: what stands before the colon; what is about a metric is named by the rest. */
function kindOf(text: string): string {
  const [head, rest] = splitAtColon(text);
  if (rest === null) return withoutNumbers(text);
  return rest.startsWith("no overhead") ? rest : withoutNumbers(head);
}

function splitAtColon(text: string): [string, string | null] {
  const colon = text.indexOf(": ");
  return colon < 0 ? [text, null] : [text.slice(0, colon), text.slice(colon + 2)];
}

/** So that `1 of 6` and `2 of 6`, or two temporary folders, are the same kind. */
function withoutNumbers(text: string): string {
  return text.replaceAll(/\d[\d.,]*/g, "N");
}
