/** A series as characters: points, the band that each was expected in, and the places of changes. */
import type { HistorySeries, HistoryViewPoint } from "./history-view.ts";

const ROWS = 8;
const MOST_STEP = 4;
/** A band of few runs can be far wider than the points; it may stretch the axis by this factor and no more. */
const BAND_STRETCH = 1;

/**
 * Lines of at most `columns` characters: `●` a point, `◆` one outside its band, `░` the band, `┊` a change.
 * Runs are equally spaced; where there are more than columns, neighbours share one.
 *
 * @param format of the values at the axis
 */
export function terminalChart(
  { points, changes }: HistorySeries,
  columns: number,
  format: (value: number) => string,
): string[] {
  const { low, high } = axis(points);
  const ticks = [high, (low + high) / 2, low].map(format);
  const margin = Math.max(...ticks.map((tick) => tick.length)) + 2;
  const width = columns - margin;
  const step = Math.min(MOST_STEP, (width - 1) / Math.max(1, points.length - 1));
  const columnOf = (index: number) => Math.min(width - 1, Math.round(index * step));
  const rowOf = (value: number) => Math.round(((high - value) / (high - low)) * (ROWS - 1));
  const grid = Array.from({ length: ROWS }, () => Array<string>(width).fill(" "));
  const put = (row: number, column: number, sign: string) => {
    const line = grid[row];
    if (line !== undefined && column < width) line[column] = sign;
  };
  points.forEach(({ band }, index) => {
    if (band === null) return;
    for (let row = Math.max(0, rowOf(band.high)); row <= Math.min(ROWS - 1, rowOf(band.low)); row++)
      for (let column = columnOf(index - 1) + 1; column <= columnOf(index); column++) put(row, column, "░");
  });
  for (const { index } of changes) for (let row = 0; row < ROWS; row++) put(row, columnOf(index), "┊");
  points.forEach(({ median, state }, index) => {
    put(rowOf(median), columnOf(index), state === "worse" || state === "better" ? "◆" : "●");
  });
  const labels = new Map([
    [0, ticks[0]!],
    [Math.round((ROWS - 1) / 2), ticks[1]!],
    [ROWS - 1, ticks[2]!],
  ]);
  return [
    ...grid.map((line, row) =>
      `${(labels.get(row) ?? "").padStart(margin - 2)} ${labels.has(row) ? "┤" : "│"}${line.join("")}`.trimEnd(),
    ),
    dates(points, margin, columnOf(points.length - 1) + 1, columns),
  ];
}

function axis(points: readonly HistoryViewPoint[]): { low: number; high: number } {
  const medians = points.map(({ median }) => median);
  const [least, most] = [Math.min(...medians), Math.max(...medians)];
  const spread = most - least || Math.abs(most) * 0.1 || 1;
  const bands = points.flatMap(({ band }) => (band === null ? [] : [band.low, band.high]));
  const low = Math.min(least, Math.max(least - spread * BAND_STRETCH, Math.min(...bands, least)));
  const high = Math.max(most, Math.min(most + spread * BAND_STRETCH, Math.max(...bands, most)));
  return low < high ? { low, high } : { low: low - spread / 2, high: high + spread / 2 };
}

function dates(points: readonly HistoryViewPoint[], margin: number, drawn: number, columns: number): string {
  const [first, last] = [points[0], points.at(-1)].map((point) => point?.startedAt.slice(0, 10) ?? "");
  const gap = " ".repeat(Math.max(2, Math.min(drawn, columns - margin) - first!.length - last!.length));
  return `${" ".repeat(margin)}${first}${points.length > 1 ? `${gap}${last}` : ""}`;
}
