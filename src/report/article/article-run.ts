/** What claims are judged by: figures of a run with their intervals, and the options of its programs. Pure. */

import { median } from "../../stats/distributions/quantile.ts";
import { agreeingValues } from "../../stats/estimates/agreeing-values.ts";
import { hodgesLehmann } from "../../stats/estimates/hodges-lehmann.ts";
import { medianInterval } from "../../stats/estimates/median-interval.ts";
import type { MetricSeries } from "../../stats/summaries/metric-series.ts";
import { formatShown } from "../kit/format.ts";
import type { RunData } from "../run/view/run-data.ts";
import { missingReason } from "../run/view/summary-index.ts";
import type { ArticleRun, ClaimUnit, Formula, Measurement, Quantity } from "./formula.ts";
import { formulaText, measurementText } from "./formula-text.ts";

export function articleRun(run: RunData): ArticleRun {
  return {
    measure: (formula) => measure(run, formula),
    options: (command) => run.manifest.toolOptions?.[command] ?? null,
  };
}

type Estimated = Pick<Measurement, "value" | "low" | "high" | "n">;

function measure(run: RunData, formula: Formula): Measurement {
  const sides = [formula.of, ...otherSide(formula)];
  const series = sides.map((side) => seriesOf(run, side));
  const missing = series.find((found) => typeof found === "string");
  const found = series.filter((one): one is MetricSeries => typeof one !== "string");
  const unit: ClaimUnit = formula.kind === "ratio" ? "ratio" : (found[0]?.meta.unit ?? "ns");
  const estimated: Estimated =
    missing === undefined ? estimate(formula, found) : { value: null, low: null, high: null, n: 0 };
  const measurement = { formula: formulaText(formula), unit, ...scaled(estimated, formula.times) };
  const reason = missing ?? (estimated.value === null ? "no round has both sides" : null);
  const text = `${measurementText(measurement, reason)}${sidesText(formula, estimated, found)}`;
  return { ...measurement, missing: reason, text };
}

/** ` (4.05…10.5 µs ÷ 387 ns)` where the medians, which other claims give, divide to another ratio. */
function sidesText(
  formula: Formula,
  { value, low, high }: Estimated,
  [of, over]: readonly MetricSeries[],
): string {
  if (formula.kind !== "ratio" || value === null || of === undefined || over === undefined) return "";
  const values = [of, over].map(({ byRound }) => [...byRound.values()]);
  const shown = agreeingValues(values[0]!, values[1]!, { value, low, high, better: "lower" });
  if (shown.agree) return "";
  const { times } = formula;
  const first = formatShown({ low: shown.of.low * times, high: shown.of.high * times }, of.meta.unit);
  return ` (${first} ÷ ${formatShown(shown.over, over.meta.unit)}, a range is of launches that differ)`;
}

function otherSide(formula: Formula): Quantity[] {
  if (formula.kind === "value") return [];
  return [formula.kind === "ratio" ? formula.over : formula.minus];
}

/** The series, or why there is none. */
function seriesOf(run: RunData, { config, scenario, metric }: Quantity): MetricSeries | string {
  if (run.index.summary.emulated) return "the processor is emulated: its times say nothing";
  const cell = run.index.cell(config, scenario);
  if (cell?.metrics.some((one) => one.metric === metric)) {
    const series = run.seriesOf(config, scenario, metric);
    if (series !== null) return series;
  }
  return missingReason(cell, metric);
}

function estimate(formula: Formula, [of, other]: readonly MetricSeries[]): Estimated {
  if (formula.kind === "value") {
    const values = [...of!.byRound.values()];
    const interval = medianInterval(values);
    return {
      value: median(values),
      low: interval?.low ?? null,
      high: interval?.high ?? null,
      n: values.length,
    };
  }
  const isRatio = formula.kind === "ratio";
  const pairs = pairsOf(of!, other!).filter(([a, b]) => !isRatio || (a > 0 && b > 0));
  const effect = hodgesLehmann(pairs.map(([a, b]) => (isRatio ? Math.log(a / b) : a - b)));
  if (effect === null) return { value: null, low: null, high: null, n: 0 };
  const back = (figure: number | null) => (figure === null || !isRatio ? figure : Math.exp(figure));
  return { value: back(effect.estimate), low: back(effect.low), high: back(effect.high), n: effect.n };
}

function pairsOf(a: MetricSeries, b: MetricSeries): [number, number][] {
  return [...a.byRound].flatMap(([round, value]): [number, number][] => {
    const other = b.byRound.get(round);
    return other === undefined ? [] : [[value, other]];
  });
}

function scaled({ value, low, high, n }: Estimated, times: number): Estimated {
  const scale = (figure: number | null) => (figure === null ? null : figure * times);
  return { value: scale(value), low: scale(low), high: scale(high), n };
}
