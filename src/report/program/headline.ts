import { formatFactor, formatFactorInterval } from "../kit/format.ts";
import type { HeadlineView } from "../run/view/report-view.ts";
import type { ProgramRow, ProgramView } from "./view.ts";

/** What was asked for is the headline: each program's slowdown in the most isolated configuration that ran it. */
export function programHeadline(programs: readonly ProgramView[], caution: string): HeadlineView {
  const told = programs.flatMap((program) => {
    const top = program.rows.findLast(({ slowdown }) => slowdown !== null);
    return top === undefined ? [] : [{ program, top }];
  });
  const sentences = told.map(({ program, top }) => sentence(program, top));
  return {
    text:
      sentences.length === 0
        ? "None of the programs was measured beside its native run."
        : `${sentences.join(" ")}${caution}`,
    configuration: told.length === 1 ? told[0]!.top.configuration : null,
    tiles: told.map(({ program, top }) => ({
      label: program.name,
      value: `${formatFactor(top.slowdown!.value)}x`,
      detail: `${top.label}: ${top.slowdown!.text}; ${program.native?.short ?? "?"} → ${top.run?.short ?? "?"}`,
      others: program.rows
        .filter((row) => row !== top && row.slowdown !== null)
        .map((row) => `${row.label} ${formatFactor(row.slowdown!.value)}x`),
    })),
  };
}

function sentence({ name, native }: ProgramView, { label, slowdown, run }: ProgramRow): string {
  const values = native === null || run === null ? "" : `: ${run.short} against ${native.short}`;
  return `${name} takes ${formatFactor(slowdown!.value)} times as long under ${label} as natively ${formatFactorInterval(slowdown!)}${values}.`;
}
