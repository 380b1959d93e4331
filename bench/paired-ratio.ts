import { hodgesLehmann } from "../src/stats/estimates/hodges-lehmann.ts";

/** Ratio b/a of values taken in turn, with its exact 95 % interval. */
export type Ratio = { ratio: number; low: number | null; high: number | null; pairs: number };

export function pairedRatio(a: readonly number[], b: readonly number[]): Ratio {
  const logs = a.map((value, index) => Math.log((b[index] ?? Number.NaN) / value));
  const found = hodgesLehmann(logs);
  if (found === null) throw new Error("no pairs to compare");
  const exp = (value: number | null): number | null => (value === null ? null : Math.exp(value));
  return { ratio: Math.exp(found.estimate), low: exp(found.low), high: exp(found.high), pairs: logs.length };
}

export function ratioText(ratio: Ratio): string {
  const bound = (value: number | null): string => (value === null ? "?" : value.toFixed(3));
  return `${ratio.ratio.toFixed(3)}x [${bound(ratio.low)}, ${bound(ratio.high)}] n=${ratio.pairs}`;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}
