/** The collected launches, reduced to what a comparison needs and in reach by cell and round. Pure. */

import { configurationId } from "../../src/axes/axes.ts";
import { gateRules } from "../../src/check/gate-rule.ts";
import type { GateRules } from "../../src/config/resolved-config.ts";
import { type Cell, cellId } from "../../src/plan/cell.ts";
import type { LaunchRecord } from "../../src/samples/launch-record.ts";
import type { RunManifest } from "../../src/samples/run-manifest.ts";
import { median } from "../../src/stats/distributions/quantile.ts";
import { cellData } from "../../src/stats/summaries/cell-data.ts";
import { reduceLaunches } from "../../src/store/reduce-launch.ts";
import { burntName, SLOWDOWNS } from "./gate-cells.ts";
import type { PackedRun } from "./packed-run.ts";

export type GateData = {
  manifest: RunManifest;
  rules: GateRules;
  cells: readonly Cell[];
  twins: readonly Cell[];
  /** Rounds in which every cell and every twin was measured. */
  rounds: readonly number[];
  /** Gated ones. */
  metrics: readonly GateMetric[];
  /** A reduced launch; by id of a cell or a twin. */
  launchOf(cell: string, round: number): LaunchRecord;
};

export type GateMetric = {
  /** `cell::metric` */
  key: string;
  cell: Cell;
  metric: string;
  /** Value of each round; lower is better. */
  own: ReadonlyMap<number, number>;
  twin: ReadonlyMap<number, number>;
  burnt: readonly Burnt[];
};

type Burnt = {
  /** As asked for. */
  slowdown: number;
  /** What it is of this metric: a share of `ready` is a smaller one of `total`. */
  share: number;
  byRound: ReadonlyMap<number, number>;
};

export function gateData({ manifest, launches }: PackedRun, rules: GateRules): GateData {
  const reduced = reduceLaunches(manifest, launches);
  const byCell = Map.groupBy(reduced, ({ cell }) => cell);
  const twins = manifest.cells.filter(({ twinOf }) => twinOf !== undefined);
  const cells = manifest.cells.filter(({ id }) => twins.some(({ twinOf }) => twinOf === id));
  const good = new Map(
    [...cells, ...twins].map(({ id }) => [
      id,
      new Map((byCell.get(id) ?? []).filter(({ status }) => status === "ok").map((one) => [one.round, one])),
    ]),
  );
  const rounds = [...good.values().next().value!.keys()].filter((round) =>
    [...good.values()].every((launches) => launches.has(round)),
  );
  const launchOf = (cell: string, round: number): LaunchRecord => good.get(cell)!.get(round)!;
  const metrics = cells.flatMap((cell) => metricsOf(cell, manifest, byCell, rules));
  return { manifest, rules, cells, twins, rounds: rounds.toSorted((a, b) => a - b), metrics, launchOf };
}

function metricsOf(
  cell: Cell,
  manifest: RunManifest,
  byCell: ReadonlyMap<string, LaunchRecord[]>,
  rules: GateRules,
): GateMetric[] {
  const seriesOf = (id: string) => {
    const found = manifest.cells.find((one) => one.id === id)!;
    return cellData(found, byCell.get(id) ?? [], manifest.metrics[found.scenario] ?? []).series;
  };
  const own = seriesOf(cell.id);
  const twin = seriesOf(`${cell.id}~twin`);
  const { ruleOf } = gateRules(rules);
  return [...own.values()]
    .filter(({ meta }) => ruleOf(cell.id, meta).gated)
    .map(({ meta: { metric }, byRound }) => ({
      key: `${cell.id}::${metric}`,
      cell,
      metric,
      own: byRound,
      twin: twin.get(metric)!.byRound,
      burnt: SLOWDOWNS.map((slowdown) => {
        const name = burntName(cell.scenario, slowdown, cell.config);
        const burnt = seriesOf(cellId(cell.config, name)).get(metric)!.byRound;
        return { slowdown, share: trueShare(manifest, name, byRound, slowdown), byRound: burnt };
      }),
    }));
}

function trueShare(
  manifest: RunManifest,
  scenario: string,
  byRound: ReadonlyMap<number, number>,
  slowdown: number,
): number {
  const { scenarios } = manifest.config as { scenarios: { as: string; params: { burnNs?: number } }[] };
  const burnNs = scenarios.find(({ as }) => as === scenario)?.params.burnNs;
  return burnNs === undefined ? slowdown : burnNs / median([...byRound.values()]);
}

/** `runsc/systrap` of a cell, with the filter where it has one. */
export function shortName({ config }: Cell): string {
  const [sandbox = ""] = configurationId(config).split("/net=");
  return config.seccomp === "none" ? sandbox : `${sandbox}+seccomp`;
}
