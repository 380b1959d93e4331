/** How much too wide the intervals of a run's cells still are; never looks at where they lie. Pure. */
import { isGVisor } from "../axes/sandbox.ts";
import type { GateRules } from "../config/resolved-config.ts";
import { type Cell, cellId } from "../plan/cell.ts";
import type { LaunchRecord } from "../samples/launch-record.ts";
import type { RunManifest } from "../samples/run-manifest.ts";
import { hodgesLehmann } from "../stats/estimates/hodges-lehmann.ts";
import { logCosts, logRatioPairs } from "../stats/estimates/log-ratio-pairs.ts";
import { medianInterval } from "../stats/estimates/median-interval.ts";
import { type CellData, cellData } from "../stats/summaries/cell-data.ts";
import type { MetricSeries } from "../stats/summaries/metric-series.ts";
import type { Comparison } from "./comparison-types.ts";
import { gateRules } from "./gate-rule.ts";

/** By cell id: the widest interval of a gated metric over its target; > 1 is too wide. */
export type Excess = ReadonlyMap<string, number>;

/**
 * Of a run: half-widths of the 95 % intervals of each cell's overhead (of an interleaved run: of the difference of
 * the sides; without anything to pair with: of the median) over the precision asked for. Cells without figures and
 * twins have no excess: more rounds are not for them.
 *
 * @param precision as a share
 */
export function excessOfRun(
  manifest: RunManifest,
  launches: readonly LaunchRecord[],
  precision: number,
  rules: GateRules,
): Excess {
  const byCell = Map.groupBy(launches, (launch) => launch.cell);
  const data = new Map(
    manifest.cells
      .filter(({ status }) => status === "planned")
      .map((cell) => [
        cell.id,
        cellData(cell, byCell.get(cell.id) ?? [], manifest.metrics[cell.scenario] ?? []),
      ]),
  );
  const { ruleOf } = gateRules(rules);
  const partners = partnersIn(manifest);
  const excess = new Map<string, number>();
  for (const { cell, series } of data.values()) {
    if (cell.twinOf !== undefined) continue;
    const pairedWith = data.get(partners.pairedWith(cell)?.id ?? "");
    const widths = [...series.values()]
      .filter(({ meta }) => ruleOf(cell.id, meta).gated)
      .map((one) => halfWidth(one, pairedWith) / Math.log1p(precision));
    if (widths.length > 0) excess.set(cell.id, Math.max(...widths));
  }
  return excess;
}

/** In ln units; infinite where there are too few rounds. 0 where a value has no ratio: its width is one of steps. */
function halfWidth(series: MetricSeries, pairedWith: CellData | undefined): number {
  const { meta, byRound } = series;
  if ([...byRound.values()].some((value) => value <= 0)) return 0;
  const other = pairedWith?.series.get(meta.metric);
  const interval =
    other === undefined
      ? medianInterval(logCosts(series))
      : hodgesLehmann(logRatioPairs(byRound, other.byRound, meta.better).logRatios);
  if (interval === null || interval.low === null || interval.high === null) return Number.POSITIVE_INFINITY;
  return (interval.high - interval.low) / 2;
}

/**
 * Of a comparison: half-widths over half of each metric's limit. That narrow, an effect of none is told from one
 * at twice the limit, whichever it is.
 *
 * @param idsOf ids of a compared cell in the run that is extended
 */
export function excessOfComparison(
  comparison: Comparison,
  idsOf: (cell: string) => readonly string[],
): Excess {
  const excess = new Map<string, number>();
  for (const { cell, effect, offset, delta, gated } of comparison.metrics) {
    // Where a value is 0 the width is one of steps of a counter, which more rounds hardly narrow.
    if (!gated || delta === 0 || offset > 0) continue;
    const { ciLow, ciHigh } = effect;
    const width =
      ciLow === null || ciHigh === null
        ? Number.POSITIVE_INFINITY
        : Math.log(ciHigh / ciLow) / 2 / (Math.log1p(delta) / 2);
    for (const id of idsOf(cell)) excess.set(id, Math.max(excess.get(id) ?? 0, width));
  }
  return excess;
}

export type Partners = {
  /** The cell that it is held against, round by round. */
  pairedWith(cell: Cell): Cell | undefined;
  /** All cells that have to run when it does. */
  partnersOf(cell: Cell): Cell[];
};

export function partnersIn(manifest: RunManifest): Partners {
  const planned = manifest.cells.filter(({ status }) => status === "planned");
  const byId = new Map(planned.map((cell) => [cell.id, cell]));
  const baseline = new Map(
    planned
      .filter(({ config, scenario }) => cellId(config, scenario) === `${manifest.baseline}::${scenario}`)
      .filter(({ twinOf }) => twinOf === undefined)
      .map((cell) => [`${cell.side ?? ""}:${cell.scenario}`, cell]),
  );
  const pairedWith = (cell: Cell): Cell | undefined => {
    if (cell.side !== undefined) {
      return byId.get(`${cell.side === "a" ? "b" : "a"}${cell.id.slice(cell.side.length)}`);
    }
    const other = baseline.get(`:${cell.scenario}`);
    return other?.id === cell.id ? undefined : other;
  };
  return {
    pairedWith,
    partnersOf: (cell) => {
      const twin = planned.find(({ twinOf }) => twinOf === cell.id);
      return [pairedWith(cell), twin, ...siblings(cell, planned)].filter((one) => one !== undefined);
    },
  };
}

/** The same cell under the other runscs, and without its variant of flags: what an upgrade and an effect compare. */
function siblings(cell: Cell, planned: readonly Cell[]): Cell[] {
  if (!isGVisor(cell.config) || cell.twinOf !== undefined) return [];
  const { runsc, flags, ...rest } = cell.config;
  return planned.filter((other) => {
    if (other.id === cell.id || other.side !== cell.side || other.twinOf !== undefined) return false;
    const { runsc: otherRunsc, flags: otherFlags, ...others } = other.config;
    if (cellId(others, other.scenario) !== cellId(rest, cell.scenario)) return false;
    return otherRunsc === runsc ? otherFlags === undefined : otherFlags === flags;
  });
}
