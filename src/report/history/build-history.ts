/** Points of history -> bands, change points and warnings. Pure. */
import { differingFields } from "../../samples/differing-fields.ts";
import type { Fingerprint } from "../../samples/run-manifest.ts";
import { eDivisive } from "../../stats/change-points/e-divisive.ts";
import type { ChangePoint } from "../../stats/change-points/merge-change-points.ts";
import { tPrediction } from "../../stats/estimates/t-prediction.ts";
import type { FailedCell, HistoryPoint } from "../../store/history/query-points.ts";
import { plural } from "../kit/format.ts";
import {
  type BandState,
  HISTORY_SCHEMA,
  type HistoryChange,
  type HistorySeries,
  type HistoryView,
  type HistoryViewPoint,
} from "./history-view.ts";

/** 2.5 % on either side. */
const BOUNDARY = 0.975;

export type HistoryInput = {
  metric: string;
  /** `null` = all. */
  fingerprint: string | null;
  minChange: number;
  /** Of one cell in order of time. */
  points: readonly HistoryPoint[];
  failed: readonly FailedCell[];
  /** Title of the metric in a scenario. */
  titleOf: (scenario: string) => string;
  fingerprintOf: (runId: string) => Fingerprint | undefined;
  warnings: readonly string[];
  skipped: readonly string[];
};

export function buildHistory(input: HistoryInput): HistoryView {
  const series = [...Map.groupBy(input.points, ({ cell }) => cell).values()].map((points) =>
    seriesOf(points, input),
  );
  const cells = new Set(series.map(({ cell }) => cell));
  const failed = input.failed.filter(({ cell }) => cells.has(cell));
  return {
    schema: HISTORY_SCHEMA,
    metric: input.metric,
    fingerprint: input.fingerprint,
    minChange: input.minChange,
    runs: new Set(input.points.map(({ runId }) => runId)).size,
    series: series.sort((a, b) => interest(b) - interest(a) || (a.cell < b.cell ? -1 : 1)),
    warnings: [
      ...input.warnings,
      ...(alternate(input.points)
        ? ["Runs of different hosts alternate: a change may be one of hosts. Choose one with --fingerprint."]
        : []),
      ...(failed.length === 0
        ? []
        : [
            `${plural(failed.length, "point")} missing because launches failed: ${failed
              .slice(0, 3)
              .map(({ runId, cell }) => `${cell} in ${runId}`)
              .join(", ")}${failed.length > 3 ? " ..." : ""}`,
          ]),
    ],
    skipped: [...input.skipped],
  };
}

function seriesOf(points: readonly HistoryPoint[], input: HistoryInput): HistorySeries {
  const { cell, scenario, unit, better } = points[0]!;
  const found = lastingChanges(
    points.map(({ median }) => median),
    input.minChange,
  );
  const starts = new Set(found.map(({ index }) => index));
  let level = new Map<string, Level>();
  return {
    ...{ cell, scenario, unit, better },
    title: input.titleOf(scenario),
    points: points.map((point, index) => {
      if (starts.has(index)) level = new Map();
      const earlier = level.get(point.fingerprint) ?? { n: 0, mean: 0, squares: 0 };
      level.set(point.fingerprint, extended(earlier, point.median));
      return viewPoint(point, earlier, better);
    }),
    changes: found.map(({ index, meanBefore, meanAfter, p }): HistoryChange => {
      const [before, after] = [points[index - 1]!, points[index]!];
      const hosts = [before, after].map(({ runId }) => input.fingerprintOf(runId));
      return {
        ...{ runId: after.runId, startedAt: after.startedAt, index, meanBefore, meanAfter, p },
        change: meanBefore === 0 ? null : meanAfter / meanBefore - 1,
        direction: meanAfter > meanBefore === (better === "lower") ? "worse" : "better",
        differing: hosts[0] && hosts[1] ? differingFields(hosts[0], hosts[1]) : [],
      };
    }),
  };
}

/** One run makes no lasting change, but a wild newest one would hide the change before it. */
function lastingChanges(values: readonly number[], minChange: number): ChangePoint[] {
  const [all, withoutNewest] = [values, values.slice(0, -1)].map((some) => eDivisive(some, { minChange }));
  return withoutNewest!.length > all!.length ? withoutNewest! : all!;
}

/** What the band needs of the earlier runs of one fingerprint: Welford's running mean and sum of squares. */
type Level = { n: number; mean: number; squares: number };

function extended({ n, mean, squares }: Level, value: number): Level {
  const next = mean + (value - mean) / (n + 1);
  return { n: n + 1, mean: next, squares: squares + (value - mean) * (value - next) };
}

/** @param earlier runs since the last change */
function viewPoint(point: HistoryPoint, earlier: Level, better: "lower" | "higher"): HistoryViewPoint {
  const { runId, startedAt, fingerprint, median, low, high, launches, disturbed, failed } = point;
  const band = bandOf(earlier);
  const state = band === null ? null : stateOf(median, band, better);
  return { runId, startedAt, fingerprint, median, low, high, launches, disturbed, failed, band, state };
}

/** Reach of the band in standard deviations, by the number of runs: it takes an inversion of the t distribution. */
const reaches = new Map<number, number>();

function bandOf({ n, mean, squares }: Level): HistoryViewPoint["band"] {
  if (n < 2) return null;
  const reach = reaches.get(n) ?? tPrediction({ mean: 0, standardDeviation: 1, n }, BOUNDARY)!.high;
  reaches.set(n, reach);
  const deviation = Math.sqrt(squares / (n - 1));
  return { low: mean - reach * deviation, high: mean + reach * deviation, runs: n };
}

function stateOf(value: number, band: { low: number; high: number }, better: "lower" | "higher"): BandState {
  if (value >= band.low && value <= band.high) return "inside";
  return value > band.high === (better === "lower") ? "worse" : "better";
}

function interest({ points, changes }: HistorySeries): number {
  const newest = points.at(-1)?.state;
  const rank = { worse: 4, better: 3, inside: 0 };
  return Math.max(newest ? rank[newest] : 0, changes.length > 0 ? 2 : 0);
}

/** A fingerprint comes back after another one. */
function alternate(points: readonly HistoryPoint[]): boolean {
  const byRun = [...new Map(points.map(({ runId, fingerprint }) => [runId, fingerprint])).values()];
  const stretches = byRun.filter((fingerprint, index) => fingerprint !== byRun[index - 1]);
  return stretches.length > new Set(byRun).size;
}
