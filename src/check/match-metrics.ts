/** The metrics of a cell that both sides were launched with. Pure. */
import type { MetricMeta } from "../samples/metric-meta.ts";
import { zeroOffset } from "../stats/estimates/zero-offset.ts";
import type { CellData } from "../stats/summaries/cell-data.ts";
import type { MetricSeries } from "../stats/summaries/metric-series.ts";
import { fisherExact } from "../stats/tests/fisher-exact.ts";
import { type Suspect, timesText } from "./broken-or-chance.ts";
import type { NotCompared } from "./comparison-types.ts";
import type { Matched, Matching } from "./match-cells.ts";

/** Of the test that a metric is missing more often than before; it makes a strict gate ask, and no gate fail. */
const LACKING_LEVEL = 0.05;

export function matchMetrics(a: CellData, b: CellData, { ruleOf, isGated, paired }: Matching): Matched {
  const matched: Matched = { candidates: [], broken: [], suspects: [], notCompared: [], warnings: [] };
  const { id: cell, scenario } = b.cell;
  const disturbed = { a: disturbedRounds(a), b: disturbedRounds(b) };
  for (const [metric, series] of [...b.series, ...missingFrom(b, a)]) {
    const gated = isGated(cell, series.meta);
    const old = possible(a.series.get(metric));
    const fresh = possible(b.series.get(metric));
    const lacking = lackingSuspect(metric, [a, old], [b, fresh], gated);
    if (lacking !== null) matched.suspects.push(lacking);
    if (old === null || fresh === null) {
      const impossible = impossibleValue(a.series.get(metric));
      const reason =
        impossible === null ? "only on the new side" : `the old side has an impossible value: ${impossible}`;
      if (old === null) matched.notCompared.push({ cell, metric, reason });
      continue;
    }
    const changed = changedMeaning(old.meta, fresh.meta);
    if (changed !== null) {
      const isUnseen = gated || isGated(cell, old.meta);
      matched.notCompared.push({ cell, metric, reason: changed, ...(isUnseen && { unseen: true }) });
      continue;
    }
    if (paired && !sharesRounds(old, fresh)) {
      matched.notCompared.push({ cell, metric, reason: "no round has a value of both sides" });
      continue;
    }
    const offset = zeroOffset(fresh.meta.unit, [...old.byRound.values(), ...fresh.byRound.values()]);
    const rule = ruleOf(cell, series.meta);
    matched.candidates.push({ cell, cellA: a.cell.id, scenario, a: old, b: fresh, offset, disturbed, rule });
    matched.warnings.push(...leftOut(cell, metric, a, b));
  }
  return matched;
}

/** Figures of two units, or of which one is better the higher and one the lower; `null` where both mean the same. */
function changedMeaning(old: MetricMeta, fresh: MetricMeta): string | null {
  if (old.unit !== fresh.unit) return `in ${old.unit} on the old side, in ${fresh.unit} on the new one`;
  if (old.better === fresh.better) return null;
  return `${old.better} is better on the old side, ${fresh.better} on the new one`;
}

function disturbedRounds({ good }: CellData): Set<number> {
  return new Set(good.filter(({ load }) => load.disturbed.length > 0).map(({ round }) => round));
}

function sharesRounds(a: MetricSeries, b: MetricSeries): boolean {
  return [...a.byRound.keys()].some((round) => b.byRound.has(round));
}

function missingFrom(b: CellData, a: CellData): [string, MetricSeries][] {
  return [...a.series].filter(([metric]) => !b.series.has(metric));
}

/** Its values that can be; `null` where there is none. A small value is possible, 0 too; one below 0 is not. */
function possible(series: MetricSeries | undefined): MetricSeries | null {
  if (series === undefined) return null;
  const byRound = new Map([...series.byRound].filter(([, value]) => value >= 0));
  return byRound.size === 0 ? null : { ...series, byRound };
}

/** The first of a series; `null` where all values can be. */
function impossibleValue(series: MetricSeries | undefined): string | null {
  const [round, value] = [...(series?.byRound ?? [])].find(([, one]) => one < 0) ?? [0, 0];
  return value < 0 ? `${value} ${series!.meta.unit} in round ${round + 1}` : null;
}

type Measured = readonly [CellData, MetricSeries | null];

/** `null` where every launch of both sides has a possible value. */
function lackingSuspect(
  metric: string,
  [a, old]: Measured,
  [b, fresh]: Measured,
  gated: boolean,
): Suspect | null {
  const { id: cell, scenario } = b.cell;
  const lacking = ([data, series]: Measured) =>
    data.good.filter(({ round }) => !series?.byRound.has(round)).map(({ round }) => round);
  const [without, withoutNow] = [lacking([a, old]), lacking([b, fresh])];
  if (without.length + withoutNow.length === 0) return null;
  const was = { count: without.length, of: a.good.length };
  const is = { count: withoutNow.length, of: b.good.length };
  const impossible = impossibleValue(b.series.get(metric));
  const reason =
    impossible === null
      ? `measured on the old side only: ${whyMissing(b, metric)}`
      : `the new side has an impossible value: ${impossible}`;
  const had = timesText({ count: was.of - was.count, of: was.of });
  const isMissing = old !== null && fresh === null;
  const shown: NotCompared = { cell, metric, reason };
  const chance = { ...shown, reason: `${reason} (${had} of the old side had one: it may be chance)` };
  const test = { event: `${cell} ${without.join()} ${withoutNow.join()}`, p: fisherExact(was, is) };
  if (isMissing) {
    const otherwise = { notCompared: gated ? { ...chance, unseen: true as const } : shown };
    return { ...test, broken: gated ? { cell, scenario, metric, reason } : null, otherwise };
  }
  if (!gated || old === null) return { ...test, broken: null, otherwise: null };
  const partly = `${timesText(is)} of the new side ${lackText(is.count)} it, ${timesText(was)} of the old one; the others are compared`;
  const isLost = test.p <= LACKING_LEVEL;
  return {
    ...test,
    broken: null,
    otherwise: isLost
      ? { notCompared: { ...shown, reason: partly, unseen: true } }
      : { warning: `${cell}::${metric}: ${partly}` },
  };
}

function lackText(count: number): string {
  return count === 1 ? "lacks" : "lack";
}

function whyMissing(data: CellData, metric: string): string {
  const skip = data.good.flatMap(({ skips }) => skips).find(({ op }) => op === metric);
  return skip?.reason ?? "no launch has a value of it";
}

function leftOut(cell: string, metric: string, a: CellData, b: CellData): string[] {
  return [a, b].flatMap((data, side) => {
    const series = data.series.get(metric);
    const impossible = impossibleValue(series);
    if (impossible === null) return [];
    const count = [...series!.byRound.values()].filter((value) => value < 0).length;
    const often = timesText({ count, of: series!.byRound.size });
    return [
      `${cell}::${metric}: ${often} of the ${side === 0 ? "old" : "new"} side left out, with an impossible value (${impossible})`,
    ];
  });
}
