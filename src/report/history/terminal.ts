/** History in a terminal: a chart for each of the first cells, a line for every cell. */

import { formatEstimate, formatShare, formatValue, plural } from "../kit/format.ts";
import { type Paint, pad, painter, screenText, wrap } from "../kit/terminal-table.ts";
import type { HistoryChange, HistorySeries, HistoryView } from "./history-view.ts";
import { terminalChart } from "./terminal-chart.ts";

const CHARTS = 4;
const DIFFERING_SHOWN = 4;

export function historyTerminal(view: HistoryView, options: { columns: number; colour: boolean }): string {
  const { columns } = options;
  const paint = painter(options.colour);
  const first = view.series[0];
  const host = view.fingerprint === null ? "all fingerprints" : `fingerprint ${view.fingerprint}`;
  const title = first === undefined ? view.metric : `${view.metric}: ${first.title}`;
  const lines = [
    ...wrap(title, columns).map(paint.bold),
    ...wrap(
      `${plural(view.runs, "run")}, ${host}${first === undefined ? "" : `; ${first.better} is better`}`,
      columns,
    ).map(paint.dim),
    "",
    ...view.series.slice(0, CHARTS).flatMap((series) => [...chartLines(series, columns, paint), ""]),
    ...(view.series.length > CHARTS ? tableLines(view, columns, paint) : []),
    ...(view.series.some(({ points }) => points.length > 1)
      ? wrap(
          "● a run's median  ◆ outside the band  ░ where 95 of 100 runs were to be expected, given the earlier ones  ┊ a lasting change",
          columns,
        ).map(paint.dim)
      : []),
    ...view.warnings.flatMap((warning) => wrap(`- ${warning}`, columns).map(paint.yellow)),
  ];
  return screenText(lines, options.colour);
}

function chartLines(series: HistorySeries, columns: number, paint: Paint): string[] {
  const format = (value: number) => formatValue(value, series.unit);
  const sign = series.points.at(-1)?.state;
  const newest = wrap(newestText(series), columns, "  ");
  return [
    paint.bold(series.cell),
    ...(sign === "worse" ? newest.map(paint.red) : newest),
    ...(series.points.length > 1 ? terminalChart(series, columns, format) : []),
    ...series.changes.flatMap((change) => wrap(changeText(change, format), columns, "  ")),
  ];
}

/** `newest 97.7 ns [95.0, 98.2] n=15; expected 92.1 ns to 99.4 ns from 11 runs: inside` */
export function newestText({ points, unit }: HistorySeries): string {
  const { median: value, low, high, launches: n, band, state } = points.at(-1)!;
  const text = `newest ${formatEstimate({ value, low, high, n, unit })}`;
  if (band === null) return `${text}; no band: it takes two earlier runs on this level`;
  const word = state === "inside" ? "inside" : `outside, ${state}`;
  return `${text}; expected ${formatValue(band.low, unit)} to ${formatValue(band.high, unit)} from ${plural(band.runs, "run")}: ${word}`;
}

/** `changed 2026-11-12 in RUN: 92.1 ns -> 118 ns, +28 %, worse (p=0.0001); with it version.runsc: A -> B` */
export function changeText(change: HistoryChange, format: (value: number) => string): string {
  const { startedAt, runId, meanBefore, meanAfter, direction, p, differing, change: share } = change;
  const size = share === null ? "" : ` ${share < 0 ? "-" : "+"}${formatShare(Math.abs(share))},`;
  const fields = differing.slice(0, DIFFERING_SHOWN).map(({ field, a, b }) => `${field}: ${a} -> ${b}`);
  const more = differing.length > DIFFERING_SHOWN ? `, and ${differing.length - DIFFERING_SHOWN} more` : "";
  return `changed ${startedAt.slice(0, 10)} in ${runId}: ${format(meanBefore)} -> ${format(meanAfter)},${size} ${direction} (p=${p.toPrecision(1)})${
    fields.length === 0 ? "" : `; with it ${fields.join(", ")}${more}`
  }`;
}

function tableLines(view: HistoryView, columns: number, paint: Paint): string[] {
  const heads = ["newest", "band, changes"];
  const widths = [10, 19];
  const room = columns - widths.reduce((sum, width) => sum + width + 1, 0);
  const line = (cells: readonly string[]) =>
    [pad(cells[0]!, room), ...widths.map((width, index) => pad(cells[index + 1] ?? "", width, "right"))].join(
      " ",
    );
  return [
    paint.bold(line([`all ${view.series.length} cells`, ...heads])),
    ...view.series.map(({ cell, points, changes, unit }) => {
      const { median, state } = points.at(-1)!;
      const news = [state ?? "no band", ...(changes.length > 0 ? [plural(changes.length, "change")] : [])];
      const text = line([cell, formatValue(median, unit), news.join(", ")]);
      return state === "worse" ? paint.red(text) : text;
    }),
    "",
  ];
}
