/** Predicted against measured, in a terminal. */

import { median } from "../../stats/distributions/quantile.ts";
import { formatFactor, formatShare } from "../kit/format.ts";
import { pad, painter, screenText, wrap } from "../kit/terminal-table.ts";

export type VerifiedCell = {
  configuration: string;
  predicted: { value: number; low: number; high: number };
  /** Slowdown paired by round, with its 95 % interval (`null`: fewer than 6 rounds); `null` = not measured. */
  measured: { value: number; low: number | null; high: number | null; rounds: number } | null;
  /** Why it was not measured. */
  reason: string | null;
};

type Coverage = { cells: number; inside: number; medianError: number; meanError: number };

/** Of the cells that were measured: how many lie within their interval, and how far off all are; shares. */
export function coverageOf(cells: readonly VerifiedCell[]): Coverage | null {
  const pairs = cells.flatMap(({ predicted, measured }) =>
    measured === null ? [] : [{ predicted, measured }],
  );
  if (pairs.length === 0) return null;
  const errors = pairs.map(({ predicted, measured }) => predicted.value / measured.value - 1);
  return {
    cells: pairs.length,
    inside: pairs.filter(
      ({ predicted, measured }) => predicted.low <= measured.value && measured.value <= predicted.high,
    ).length,
    medianError: median(errors.map(Math.abs)),
    meanError: errors.reduce((sum, error) => sum + error, 0) / errors.length,
  };
}

/** Natively nothing is predicted, and what hardly costs anything is easily right: gVisor stands alone. */
function coverage(cells: readonly VerifiedCell[]): string | null {
  const all = coverageOf(cells);
  if (all === null) return null;
  const gVisor = coverageOf(cells.filter(({ configuration }) => configuration.startsWith("runsc")));
  return [
    `measured within the 90 % interval: ${heldText(all)}`,
    ...(gVisor === null || gVisor.cells === all.cells ? [] : [`gVisor alone: ${heldText(gVisor)}`]),
  ].join("; ");
}

function heldText({ cells, inside, medianError, meanError }: Coverage): string {
  return `${inside} of ${cells}, error ${formatShare(medianError)} (median), ${meanError < 0 ? "-" : "+"}${formatShare(Math.abs(meanError))} (mean)`;
}

const WIDTHS = [36, 20, 22] as const;

export function verifiedTerminal(
  cells: readonly VerifiedCell[],
  { columns, colour }: { columns: number; colour: boolean },
): string {
  const paint = painter(colour);
  const line = (texts: readonly string[]) =>
    texts.map((text, index) => pad(text, WIDTHS[index] ?? 0)).join("");
  const rows = cells.map((cell) => {
    const { predicted, measured } = cell;
    const left = `${formatFactor(predicted.value)}x [${formatFactor(predicted.low)}, ${formatFactor(predicted.high)}]`;
    if (measured === null) return `${line([cell.configuration, left])}${cell.reason ?? "not measured"}`;
    const bounds =
      measured.low === null || measured.high === null
        ? "[needs 6]"
        : `[${formatFactor(measured.low)}, ${formatFactor(measured.high)}]`;
    const error = predicted.value / measured.value - 1;
    const isInside = predicted.low <= measured.value && measured.value <= predicted.high;
    const text = `${line([cell.configuration, left, `${formatFactor(measured.value)}x ${bounds}`])}${error < 0 ? "-" : "+"}${formatShare(Math.abs(error))}`;
    return isInside ? text : paint.yellow(`${text} outside`);
  });
  const head = paint.bold(line(["slowdown", "predicted [90 %]", "measured [95 %]"]).trimEnd());
  const held = coverage(cells);
  return screenText([head, ...rows, ...(held === null ? [] : ["", ...wrap(held, columns)])], colour);
}
