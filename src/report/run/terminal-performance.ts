/** Headline, ladder and overhead as text. An interval is its farther end in percent, or low…high. */

import { NETWORK_PREFERENCE } from "../kit/configurations.ts";
import type { Ratio } from "../kit/figure.ts";
import { formatFactor, formatValue, plural } from "../kit/format.ts";
import { type Paint, pad, wrap } from "../kit/terminal-table.ts";
import type { LadderView, MatrixRow, MatrixView, PerformanceView } from "./view/report-view.ts";

/** Rows of a group that are shown, the dearest first; the rest is in the report. */
const ROWS_OF_A_GROUP = 6;
/** Width of a figure, with the space before it. */
const CELL = 12;
const LAYER = 20;
/** From this width on, the native value stands beside the factors. */
const ROOM_FOR_NATIVE = 90;
/** An interval that reaches farther than this many percent is told by its two ends. */
const WIDE = 50;
/** What a narrow window shows of the ladder first. */
const LADDER_ORDER = [
  "syscall",
  "start-up",
  "memory",
  "open",
  "read 4 KiB",
  "TCP trip",
  "page fault",
  "compute",
];

export function performanceLines(view: PerformanceView, columns: number, paint: Paint): string[] {
  const first = NETWORK_PREFERENCE.map((network) =>
    view.matrices.find((one) => one.network === network),
  ).find((matrix) => matrix !== undefined);
  return [
    ...wrap(view.headline.text, columns).map(paint.bold),
    "",
    ...ladderLines(view.ladders, columns, paint),
    ...(first === undefined ? [] : matrixLines(first, columns, paint)),
  ];
}

/** A row a layer, a column a key operation. */
function ladderLines(ladders: readonly LadderView[], columns: number, paint: Paint): string[] {
  const shown = ladders
    .toSorted((a, b) => LADDER_ORDER.indexOf(a.short) - LADDER_ORDER.indexOf(b.short))
    .slice(0, Math.floor((columns - LAYER) / CELL));
  const layers = [
    ...new Map(shown.flatMap(({ rungs }) => rungs).map((rung) => [rung.configuration, rung])).values(),
  ];
  if (layers.length === 0) return [];
  const ratios = shown.flatMap(({ rungs }) => rungs.map(({ ratio }) => ratio));
  return [
    ...wrap(
      `What each layer adds: times native ± 95 % interval (or low…high), ${pairsText(ratios)}`,
      columns,
    ).map(paint.bold),
    paint.dim(
      row(
        "",
        LAYER,
        shown.map(({ short }) => short),
      ),
    ),
    ...layers.map((layer) => {
      const name = layer.evaluator === null ? layer.label : `  + seccomp (${layer.evaluator})`;
      const cells = shown.map(({ rungs }) => {
        const own = rungs.find(({ configuration }) => configuration === layer.configuration);
        if (!own?.estimate) return "-";
        return own.ratio === null ? formatValue(own.estimate.value, own.estimate.unit) : ratioText(own.ratio);
      });
      return row(name, LAYER, cells);
    }),
    "",
  ];
}

/** The sandboxes without a filter: with one, the kernel's and the Sentry's would stand side by side. */
function matrixLines(matrix: MatrixView, columns: number, paint: Paint): string[] {
  const plain = matrix.columns.flatMap(({ evaluator, sandbox }, index) =>
    evaluator === null ? [{ sandbox, index }] : [],
  );
  const withNative = columns >= ROOM_FOR_NATIVE;
  const figures = plain.length + (withNative ? 1 : 0);
  const label = Math.min(56, Math.max(20, columns - figures * CELL));
  const shown = plain.slice(-Math.floor((columns - label) / CELL - (withNative ? 1 : 0)));
  const ratios = matrix.groups.flatMap(({ rows }) =>
    rows.flatMap((op) => shown.map(({ index }) => op.cells[index]?.ratio ?? null)),
  );
  const heads = [
    ...(withNative ? ["native"] : []),
    ...shown.map(({ sandbox }) => sandbox.replace("runsc ", "")),
  ];
  const groups = matrix.groups.flatMap(({ group, rows }) => {
    const compared = rows.filter((op) => shown.some(({ index }) => op.cells[index]?.ratio));
    if (compared.length === 0) return [];
    const sorted = compared.toSorted((a, b) => dearest(b, shown) - dearest(a, shown));
    const more = sorted.length - ROWS_OF_A_GROUP;
    return [
      paint.dim(row(group, label, heads)),
      ...sorted
        .slice(0, ROWS_OF_A_GROUP)
        .map((op) => row(`  ${op.title}`, label, opCells(op, shown, withNative))),
      ...(more > 0 ? [paint.dim(`  and ${plural(more, "operation")} more in the report`)] : []),
    ];
  });
  const title = `Every operation: times native ± 95 % interval, network ${matrix.network}, no seccomp filter, ${pairsText(ratios)}`;
  return [...wrap(title, columns).map(paint.bold), ...groups, ""];
}

function opCells(op: MatrixRow, shown: readonly { index: number }[], withNative: boolean): string[] {
  const native = op.native === null ? "-" : formatValue(op.native.value, op.native.unit);
  const cells = shown.map(({ index }) => {
    const cell = op.cells[index];
    if (cell?.ratio) return ratioText(cell.ratio);
    return cell?.estimate ? formatValue(cell.estimate.value, cell.estimate.unit) : "-";
  });
  return withNative ? [native, ...cells] : cells;
}

function dearest(op: MatrixRow, shown: readonly { index: number }[]): number {
  return Math.max(0, ...shown.map(({ index }) => op.cells[index]?.ratio?.value ?? 0));
}

function row(name: string, width: number, cells: readonly string[]): string {
  return `${pad(name, width)}${cells.map((cell) => ` ${pad(cell, CELL - 1, "right")}`).join("")}`;
}

/** `8.2 ±4%`; `67 31…482` where that says more; `8.2 n=3` where there is no interval. */
function ratioText({ value, low, high, n }: Ratio): string {
  if (low === null || high === null) return `${formatFactor(value)} n=${n}`;
  const percent = (Math.max(high - value, value - low) / value) * 100;
  if (percent > WIDE) return `${bound(value)} ${bound(low)}…${bound(high)}`;
  return `${formatFactor(value)} ±${percent < 0.95 ? percent.toFixed(1) : Math.round(percent)}%`;
}

/** Two digits: `31`, `.82`, `1.2k`. */
function bound(value: number): string {
  if (value >= 1_000) return `${Number((value / 1_000).toPrecision(2))}k`;
  return String(Number(value.toPrecision(2))).replace(/^0\./, ".");
}

/** `n=15`, `n=12 to 15`; an interval needs six. */
function pairsText(ratios: readonly (Ratio | null)[]): string {
  const pairs = ratios.flatMap((ratio) => (ratio === null ? [] : [ratio.n]));
  if (pairs.length === 0) return "nothing to compare";
  const low = Math.min(...pairs);
  const high = Math.max(...pairs);
  return `n=${low === high ? low : `${low} to ${high}`}${low < 6 ? " (an interval needs 6 rounds)" : ""}`;
}
