import { AXES } from "../../axes/axes.ts";
import type { CellSummary, MetricSummary, Summary } from "../../stats/summaries/summary-types.ts";
import { csvText } from "../kit/csv-text.ts";

type Value = string | number | null;

type Column = [name: string, of: (cell: CellSummary, metric: MetricSummary | null) => Value];

/** The axes that came first; every later one stands at the end, so that no column moves. */
const FIRST = AXES.slice(0, 4);

function axisColumn({ key }: (typeof AXES)[number]): Column {
  return [key, (cell) => cell.config[key] ?? null];
}

const COLUMNS: Column[] = [
  ["cell", (cell) => cell.cell],
  ["scenario", (cell) => cell.scenario],
  ...FIRST.map(axisColumn),
  ["runsc_version", (cell) => cell.config.runscVersion],
  ["status", (cell) => cell.status],
  ["reason", (cell) => cell.reason],
  ["metric", (_, metric) => metric?.metric ?? null],
  ["unit", (_, metric) => metric?.unit ?? null],
  ["better", (_, metric) => metric?.better ?? null],
  ["launches", (cell, metric) => metric?.launches ?? cell.launches],
  ["failed_launches", (cell) => cell.failedLaunches],
  ["disturbed_launches", (cell) => cell.disturbedLaunches],
  ["median", (_, metric) => metric?.median ?? null],
  ["ci_low", (_, metric) => metric?.ciLow ?? null],
  ["ci_high", (_, metric) => metric?.ciHigh ?? null],
  ...(["p50", "p90", "p99"] as const).flatMap((name): Column[] => [
    [name, (_, metric) => metric?.[name] ?? null],
    [`${name}_ci_low`, (_, metric) => metric?.quantiles[name]?.ciLow ?? null],
    [`${name}_ci_high`, (_, metric) => metric?.quantiles[name]?.ciHigh ?? null],
    [`${name}_launches`, (_, metric) => metric?.quantiles[name]?.launches ?? null],
  ]),
  ["overhead_ratio", (_, metric) => metric?.overhead?.ratio ?? null],
  ["overhead_ci_low", (_, metric) => metric?.overhead?.ciLow ?? null],
  ["overhead_ci_high", (_, metric) => metric?.overhead?.ciHigh ?? null],
  ["overhead_pairs", (_, metric) => metric?.overhead?.pairs ?? null],
  ["overhead_baseline", (_, metric) => metric?.overhead?.baseline ?? null],
  ...AXES.filter((axis) => !FIRST.includes(axis)).map(axisColumn),
  ["values_agree", (_, metric) => (metric?.overhead ? String(metric.overhead.values.agree) : null)],
];

/** A record a metric; a cell without figures has one with its status and reason. */
export function summaryCsv({ cells }: Summary): string {
  return csvText(
    COLUMNS.map(([name]) => name),
    cells.flatMap((cell) => {
      const metrics = cell.metrics.length === 0 ? [null] : cell.metrics;
      return metrics.map((metric) => COLUMNS.map(([, of]) => of(cell, metric)));
    }),
  );
}
