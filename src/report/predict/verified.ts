/** Predicted against measured, in a terminal. */

import { formatFactor, formatShare } from "../kit/format.ts";
import { pad, painter, screenText } from "../kit/terminal-table.ts";

export type VerifiedCell = {
  configuration: string;
  predicted: { value: number; low: number; high: number };
  /** Slowdown paired by round, with its 95 % interval (`null`: fewer than 6 rounds); `null` = not measured. */
  measured: { value: number; low: number | null; high: number | null; rounds: number } | null;
  /** Why it was not measured. */
  reason: string | null;
};

const WIDTHS = [36, 20, 22] as const;

export function verifiedTerminal(
  cells: readonly VerifiedCell[],
  { colour }: { columns: number; colour: boolean },
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
  return screenText([head, ...rows], colour);
}
