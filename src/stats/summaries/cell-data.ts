import type { Cell } from "../../plan/cell.ts";
import type { LaunchRecord } from "../../samples/launch-record.ts";
import type { MetricMeta } from "../../samples/metric-meta.ts";
import { type MetricSeries, metricSeries } from "./metric-series.ts";
import type { MeasuredStatus } from "./summary-types.ts";

/** Above this share of failed launches the rest no longer stands for the cell. */
const TOLERATED_FAILURES = 0.2;
/** A failed cell keeps its figures from this many good launches on: enough for an interval. */
const LAUNCHES_WORTH_KEEPING = 6;

/** A cell with its launches, before anything is compared. */
export type CellData = {
  cell: Cell;
  status: MeasuredStatus;
  /** Why there is no number; `null` when measured. */
  reason: string | null;
  good: LaunchRecord[];
  failed: LaunchRecord[];
  /** Metrics by name; empty where the cell has none to show. */
  series: Map<string, MetricSeries>;
};

/**
 * Status and metrics of one cell.
 *
 * A planned cell is `failed` when the run ended before any of its launches, when no launch succeeded, or when
 * more than 20 % of them failed; the reason is the first failure's message. A failed cell has no metrics,
 * unless at least 6 launches were good. Of two records for one round the later one stands.
 *
 * @param notLaunched why there is no launch where there is none
 */
export function cellData(
  cell: Cell,
  launches: readonly LaunchRecord[],
  declared: readonly MetricMeta[],
  notLaunched = "the run was interrupted",
): CellData {
  const latest = new Map(launches.map((launch) => [launch.round, launch]));
  const finished = [...latest.values()].sort((a, b) => a.round - b.round);
  const good = finished.filter((launch) => launch.status === "ok");
  const failed = finished.filter((launch) => launch.status === "failed");
  const { status, reason } = outcome(cell, good.length, failed, notLaunched);
  const shown = status === "measured" || (status === "failed" && good.length >= LAUNCHES_WORTH_KEEPING);
  return { cell, status, reason, good, failed, series: shown ? metricSeries(good, declared) : new Map() };
}

function outcome(
  cell: Cell,
  good: number,
  failed: readonly LaunchRecord[],
  notLaunched: string,
): { status: MeasuredStatus; reason: string | null } {
  if (cell.status !== "planned") return { status: cell.status, reason: cell.reason };
  const first = failed[0];
  if (first === undefined) {
    if (good > 0) return { status: "measured", reason: null };
    return { status: "failed", reason: `not launched: ${notLaunched}` };
  }
  if (good > 0 && failed.length <= TOLERATED_FAILURES * (good + failed.length)) {
    return { status: "measured", reason: null };
  }
  return { status: "failed", reason: first.failure?.message ?? "the launch failed and left no reason" };
}
