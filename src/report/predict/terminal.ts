/** A prediction in a terminal: one block a configuration, cheapest first. */

import { familyOf } from "../../model/calibrate.ts";
import type { Interval } from "../../model/cost-model.ts";
import type { KnownErrors } from "../../model/known-errors.ts";
import type { CellPrediction, ProgramPrediction } from "../../model/predict-program.ts";
import { TERMS } from "../../model/terms.ts";
import { formatFactor, formatShare, formatValue, plural } from "../kit/format.ts";
import { pad, painter, screenText, wrap } from "../kit/terminal-table.ts";

export type PredictTerminalOptions = {
  columns: number;
  colour: boolean;
  /** What the prediction stands on: `run 20261124-2210-model, 16 programs`. */
  source: string;
  warnings: readonly string[];
  /** Where the intervals come from that the run itself does not give. */
  corpus: Pick<KnownErrors, "programs" | "asUsed" | "host">;
};

const FIGURES = [
  { title: "slowdown [90 %]", width: 24 },
  { title: "run", width: 9 },
  { title: "start-up", width: 10 },
  { title: "CPU", width: 9 },
  { title: "memory", width: 10 },
] as const;
const INDENT = "  ";

export function predictTerminal(prediction: ProgramPrediction, options: PredictTerminalOptions): string {
  const { columns } = options;
  const paint = painter(options.colour);
  const { nativeNs, demand, cells, uncovered } = prediction;
  const calls = (demand.demand.trap ?? 0) + (demand.demand["patched-trap"] ?? 0);
  const lines = [
    ...wrap(prediction.command.join(" "), columns).map(paint.bold),
    ...wrap(
      `natively ${formatValue(nativeNs, "ns")}; ${plural(Math.round(calls), "system call")}, ${plural(Math.round(demand.demand.process ?? 0), "process", "processes")}, ${plural(Math.round(demand.demand.fault ?? 0), "page fault")}; the model does not cover ${formatShare(uncovered)} of its calls`,
      columns,
    ),
    ...wrap(`predicted from ${options.source}`, columns).map(paint.dim),
    ...options.warnings.flatMap((warning) => wrap(`! ${warning}`, columns).map(paint.yellow)),
    "",
    paint.dim((INDENT + FIGURES.map(({ title, width }) => pad(title, width)).join("")).trimEnd()),
    ...cells.flatMap((cell) => [
      paint.bold(cell.configuration),
      (INDENT + figures(cell).join("")).trimEnd(),
      ...wrap(because(cell, nativeNs), columns, INDENT).map(paint.dim),
    ]),
    ...(cells.some(({ missing }) => missing.length > 0) ? ["", ...wrap(PARTIAL, columns)] : []),
    ...intervalNote(cells, options.corpus).flatMap((text) => ["", ...wrap(text, columns)]),
  ];
  return screenText(lines, options.colour);
}

function intervalNote(
  cells: readonly CellPrediction[],
  { programs, asUsed, host }: PredictTerminalOptions["corpus"],
): string[] {
  const foreign = cells.filter(({ basis }) => basis === "corpus");
  if (foreign.length === 0) return [];
  const strangers = [
    ...new Set(foreign.filter(({ config, errorsOf }) => familyOf({ config }) !== errorsOf).map(strangerText)),
  ];
  const blind = new Set(asUsed.map(({ program }) => program)).size;
  const unlike = strangers.length === 0 ? "" : ` ${strangers.join("; ")}.`;
  return [
    `Intervals hold the model's errors on ${plural(programs + blind, "program")} that it had not seen (${host}) and what this run's noise leaves open.${unlike} \`--verify\` measures instead.`,
  ];
}

function strangerText({ config, errorsOf }: CellPrediction): string {
  return `${familyOf({ config })} never ran them: its errors are taken to be those of ${errorsOf}`;
}

const PARTIAL =
  "> a part only: the run has no cost there of what is named, so it is not ranked with the others.";

function figures(cell: CellPrediction): string[] {
  const values = [
    `${cell.missing.length > 0 ? "> " : ""}${formatFactor(cell.slowdown.value)}x [${formatFactor(cell.slowdown.low)}, ${formatFactor(cell.slowdown.high)}]`,
    formatValue(cell.runNs.value, "ns"),
    cell.startupNs === null ? "unknown" : `+${formatValue(cell.startupNs.value, "ns")}`,
    intervalText(cell.cpuNs, "ns"),
    intervalText(cell.memoryBytes, "bytes"),
  ];
  return values.map((value, index) => pad(value, FIGURES[index]!.width));
}

function intervalText(interval: Interval | null, unit: "ns" | "bytes"): string {
  return interval === null ? "unknown" : formatValue(interval.value, unit);
}

/** Terms below this share of the native time explain nothing. */
const WORTH_NAMING = 0.005;

/** `mostly: entering and leaving the kernel +120 ms, the first touch of a page +31 ms` */
function because(cell: CellPrediction, nativeNs: number): string {
  const named = cell.dominant.filter(({ ns }) => Math.abs(ns) >= WORTH_NAMING * nativeNs);
  const missing =
    cell.missing.length === 0
      ? ""
      : `; not measured here: ${cell.missing.map((term) => TERMS[term].label).join(", ")}`;
  const mixed = named
    .filter(({ term }) => cell.entangled.includes(term))
    .map(({ term }) => TERMS[term].label);
  const together = mixed.length === 0 ? "" : `; hardly told apart by this run: ${mixed.join(", ")}`;
  if (named.length === 0)
    return `nothing adds more than ${formatShare(WORTH_NAMING)} of the native time${missing}`;
  const parts = named.map(
    ({ term, ns }) => `${TERMS[term].label} ${ns < 0 ? "-" : "+"}${formatValue(Math.abs(ns), "ns")}`,
  );
  return `${parts.join(", ")}${together}${missing}`;
}
