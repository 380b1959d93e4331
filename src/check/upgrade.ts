/** "Should I upgrade runsc?": each newer runsc of a run against the first one named. Pure. */
import { configurationId } from "../axes/axes.ts";
import type { RunscUsed } from "../samples/run-manifest.ts";
import type { CellData } from "../stats/summaries/cell-data.ts";
import { type CompareOptions, comparePairs } from "./compare.ts";
import type { Pair } from "./match-cells.ts";
import type { StoredSide } from "./side.ts";
import { sideOf } from "./side.ts";
import { upgradeMetrics } from "./upgrade-metrics.ts";
import type { OnlyOne, Upgrade, UpgradeSide } from "./upgrade-types.ts";

/** @returns one entry each runsc after the first; empty where the run names fewer than two */
export function upgradesOf(run: StoredSide, options: CompareOptions): Upgrade[] {
  const [old, ...newer] = run.manifest.runscs ?? [];
  return old === undefined ? [] : newer.map((fresh) => upgradeOf(run, old, fresh, options));
}

function upgradeOf(run: StoredSide, old: RunscUsed, fresh: RunscUsed, options: CompareOptions): Upgrade {
  const data = [...sideOf(run).cells.values()];
  const sides = [old, fresh].map(({ label }) => ({ ...run, label: `runsc ${label}` })) as [
    StoredSide,
    StoredSide,
  ];
  const pairs = pairsOf(data, old.label, fresh.label);
  const metrics = upgradeMetrics(pairs, options, run.manifest.emulated);
  const counts = { worse: 0, unclear: 0, better: 0, same: 0 };
  for (const { verdict } of metrics) counts[verdict]++;
  return {
    a: described(old),
    b: described(fresh),
    metrics,
    counts,
    alpha: options.rules.alpha,
    onlyA: pairs.flatMap(([a, b]) => onlyIn(a, b)),
    onlyB: pairs.flatMap(([a, b]) => onlyIn(b, a)),
    flags: flagDifference(old, fresh),
    cells: comparePairs(sides, pairs, options),
  };
}

function described({ label, version, sha256, source }: RunscUsed): UpgradeSide {
  return { label, version, sha256, source };
}

/** Cells that differ in the runsc alone, in the order of the plan. */
function pairsOf(cells: readonly CellData[], old: string, fresh: string): Pair[] {
  const place = ({ cell: { config, scenario } }: CellData) => {
    const { runsc: _, ...rest } = config;
    return `${configurationId(rest)}::${scenario}`;
  };
  const of = (label: string) =>
    new Map(cells.filter(({ cell }) => cell.config.runsc === label).map((one) => [place(one), one]));
  const [a, b] = [of(old), of(fresh)];
  return [...new Set([...a.keys(), ...b.keys()])].map((key) => [a.get(key), b.get(key)]);
}

function onlyIn(one: CellData | undefined, other: CellData | undefined): OnlyOne[] {
  if (one === undefined || one.series.size === 0 || (other?.series.size ?? 0) > 0) return [];
  return [{ cell: one.cell.id, reason: other?.reason ?? "not in the plan" }];
}

function flagDifference(a: RunscUsed, b: RunscUsed): Upgrade["flags"] {
  const byName = ({ flags }: RunscUsed) => new Map((flags ?? []).map((flag) => [flag.name, flag.default]));
  const [old, fresh] = [byName(a), byName(b)];
  const missing = (from: ReadonlyMap<string, unknown>, than: ReadonlyMap<string, unknown>) =>
    [...from.keys()].filter((name) => !than.has(name));
  const changedDefaults = [...old].flatMap(([name, before]) => {
    const after = fresh.get(name);
    return before === null || after === null || after === undefined || before === after
      ? []
      : [{ name, a: before, b: after }];
  });
  const known = a.flags !== null && b.flags !== null;
  return known
    ? { known, onlyA: missing(old, fresh), onlyB: missing(fresh, old), changedDefaults }
    : { known, onlyA: [], onlyB: [], changedDefaults: [] };
}
