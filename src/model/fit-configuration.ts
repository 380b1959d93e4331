/** Costs of the terms of one configuration, by robust regression on its operations. */
import { seededRandom } from "../plan/seeded-random.ts";
import { median } from "../stats/distributions/quantile.ts";
import type { ConfigurationModel, FittedOp } from "./cost-model.ts";
import { identifiable, varianceInflation } from "./identifiable.ts";
import type { ConfigurationObservations } from "./observations.ts";
import { OP_DEMANDS, type OpDemand, opParts } from "./op-demands.ts";
import { computeRatios, differences, extraOf, perByte } from "./over-native.ts";
import { intervalOf, middle, resampled, weightedMedian } from "./resampling.ts";
import { robustRegression } from "./robust-regression.ts";
import { TERM_NAMES, type TermName } from "./terms.ts";

/** Errors are relative: this share of an operation's time counts as an error of size one. */
const RELATIVE_ERROR = 0.1;
/** No operation is taken for more exact than this. */
const SMALLEST_ERROR_NS = 5;
const DRAWS = 60;
/**
 * Coefficients are called collinear from 5 or 10 on. Where every scenario was measured, trap and the network's terms
 * have come to 6.7; without `files`, bytes and reads begin at 8.8 and were seen to take each other's cost.
 */
const MOST_INFLATION = 7;
/** Terms of the regression: all but `compute`, which has operations of its own. */
const CALL_TERMS = TERM_NAMES.filter((term) => term !== "compute");

/** An operation in both configurations: what it costs more, round by round. */
type Row = { op: OpDemand; extra: [round: number, ns: number][]; nativeNs: number; ownNs: number };

/**
 * Each operation's extra time over native, paired by round, is the sum of its terms (`OP_DEMANDS`); Huber
 * regression with relative errors. Intervals: rounds are resampled as a whole, so that what one round did to all
 * operations stays together.
 *
 * @param cpus of the host; `null` = not known
 * @returns `null` where no operation was measured in both
 */
export function fitConfiguration(
  own: ConfigurationObservations,
  native: ConfigurationObservations,
  cpus: number | null = null,
): ConfigurationModel | null {
  const rows = OP_DEMANDS.flatMap((op) => rowOf(op, own, native));
  if (rows.length === 0) return null;
  const rounds = [...new Set(rows.flatMap(({ extra }) => extra.map(([round]) => round)))].sort(
    (a, b) => a - b,
  );
  const scales = rows.map(({ nativeNs, ownNs }) =>
    Math.max(RELATIVE_ERROR * Math.max(nativeNs, ownNs), SMALLEST_ERROR_NS),
  );
  const design = rows.map(({ op }) => CALL_TERMS.map((term) => op.demand[term] ?? 0));
  const scaled = design.map((row, index) => row.map((value) => value / scales[index]!));
  const { kept, absent, merged } = identifiable(scaled, CALL_TERMS.length);
  const terms = kept.map((column) => CALL_TERMS[column]!);
  const matrix = design.map((row) => kept.map((column) => row[column]!));
  const extrasOf = (weightOf: ReadonlyMap<number, number> | null) =>
    rows.map(({ extra }) => weightedMedian(extra, weightOf));
  const solve = (y: readonly number[]) =>
    robustRegression({
      rows: matrix,
      y,
      scales,
      prior: kept.map(() => 0),
      priorSpread: kept.map(() => Number.POSITIVE_INFINITY),
    });
  const compute = computeRatios(own, native);
  const extras = extrasOf(null);
  const costs = solve(extras);
  const random = seededRandom(`cost model ${own.id}`);
  const drawnExtras: number[][] = [];
  const draws = Array.from({ length: DRAWS }, () => {
    const weights = resampled(rounds, random);
    const drawn = extrasOf(weights);
    drawnExtras.push(drawn);
    return [...solve(drawn), ...(compute === null ? [] : [weightedMedian(compute, weights)])];
  });
  const inflation = varianceInflation(
    scaled.map((row) => kept.map((column) => row[column]!)),
    kept.length,
  );
  const names: TermName[] = compute === null ? terms : [...terms, "compute"];
  const all = compute === null ? costs : [...costs, weightedMedian(compute, null)];
  const name = (column: number) => CALL_TERMS[column]!;
  const priced = new Map(terms.map((term, index) => [term, costs[index]!]));
  const busyCpus = intervalOf([...own.busyCpus.values()]);
  return {
    configuration: own.id,
    config: own.config,
    rounds: rounds.length,
    terms: names.map((term, index) => {
      const { low, high } = middle(draws.map((draw) => draw[index]!));
      return { term, costNs: all[index]!, lowNs: low, highNs: high };
    }),
    entangled: terms.filter((_, index) => inflation[index]! > MOST_INFLATION),
    merged: merged.map(({ column, into }) => ({ term: name(column), into: into.map(name) })),
    absent: [...absent.map(name), ...(compute === null ? (["compute"] as const) : [])],
    ops: rows.map((row, index) => ({
      scenario: row.op.scenario,
      metric: row.op.metric,
      ...opParts(row.op.demand, priced),
      ...measuredOp(
        extras[index]!,
        drawnExtras.map((drawn) => drawn[index]!),
      ),
    })),
    startupNs: extraOf(own.host.get("startup::total"), native.host.get("startup::total")),
    startupCpuNs: intervalOf([...own.startupCpuNs.values()]),
    memoryBytes: extraOf(own.host.get("memory::pss@start"), native.host.get("memory::pss@start")),
    memoryPerByte: perByte(own, native),
    busyCpus,
    mostOverlap: cpus === null || busyCpus === null ? null : Math.max(1, cpus / busyCpus.value),
    draws,
  };
}

function rowOf(op: OpDemand, own: ConfigurationObservations, native: ConfigurationObservations): Row[] {
  const key = `${op.scenario}::${op.metric}`;
  const [here, there] = [own.ops.get(key), native.ops.get(key)];
  if (here === undefined || there === undefined) return [];
  const extra = differences(here, there);
  if (extra.length === 0) return [];
  return [{ op, extra, nativeNs: median([...there.values()]), ownNs: median([...here.values()]) }];
}

function measuredOp(
  measuredNs: number,
  drawn: readonly number[],
): Pick<FittedOp, "measuredNs" | "measuredLowNs" | "measuredHighNs"> {
  const { low, high } = middle(drawn);
  return { measuredNs, measuredLowNs: low, measuredHighNs: high };
}
