import type { Comparison } from "../../check/comparison-types.ts";
import { csvText } from "../kit/csv-text.ts";
import { toldOf } from "./told.ts";

const HEAD = [
  "cell",
  "cell_a",
  "scenario",
  "metric",
  "unit",
  "better",
  "gated",
  "verdict",
  "median_a",
  "median_b",
  "launches_a",
  "launches_b",
  "n",
  "cost_ratio",
  "ratio_ci_low",
  "ratio_ci_high",
  "p_worse",
  "p_better",
  "limit",
  "limit_from",
  "noise_floor",
  "drift_allowance",
  "mde",
  "rounds_to_settle",
  "reason",
  "values_agree",
  "zeros_a",
  "zeros_b",
];

/** A record a metric, without ratio where a value is 0; what is broken or could not be compared has one with its reason. Emulated: no figures. */
export function verdictCsv({ metrics, broken, notCompared, emulated }: Comparison): string {
  const compared = metrics.map((m) => {
    const { effect, mde, agree } = toldOf(m);
    return [
      m.cell,
      m.cellA,
      m.scenario,
      m.metric,
      m.unit,
      m.better,
      String(m.gated),
      m.verdict,
      m.a.median,
      m.b.median,
      m.a.launches,
      m.b.launches,
      m.n,
      effect.ratio,
      effect.ciLow,
      effect.ciHigh,
      m.pWorse,
      m.pBetter,
      m.delta,
      m.deltaFrom,
      m.noiseFloor,
      m.driftAllowance,
      mde,
      m.roundsToSettle,
      null,
      agree === null ? null : String(agree),
      m.a.zeros,
      m.b.zeros,
    ];
  });
  const gap = (verdict: string) => (one: { cell: string; metric: string | null; reason: string }) =>
    HEAD.map((column) => Object.entries({ verdict, ...one }).find(([key]) => key === column)?.[1] ?? null);
  return csvText(HEAD, [
    ...broken.map(gap("broken")),
    ...(emulated ? [] : compared),
    ...notCompared.map(gap("not compared")),
  ]);
}
