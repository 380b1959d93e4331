/** Numbers for people: three significant digits, a unit, and never without its interval and n. */
import type { Unit } from "../../samples/launch-record.ts";
import type { Shown } from "../../stats/estimates/agreeing-values.ts";
import type { MetricSummary, Overhead } from "../../stats/summaries/summary-types.ts";
import type { Estimate, Ratio } from "./figure.ts";

/** Below this, an exact 95 % interval does not exist (research: 2^-5 > 0.025). */
const ROUNDS_FOR_INTERVAL = 6;

const SCALES: Record<Unit, readonly (readonly [divisor: number, suffix: string])[]> = {
  ns: [
    [1e9, "s"],
    [1e6, "ms"],
    [1e3, "µs"],
    [1, "ns"],
  ],
  bytes: binary(""),
  "bytes/s": binary("/s"),
  "1/s": [
    [1e6, "M/s"],
    [1e3, "k/s"],
    [1, "/s"],
  ],
  count: [[1, ""]],
};

/** `412 ns`, `1.35 µs`, `38.2 MiB`, `41.0 k/s` */
export function formatValue(value: number, unit: Unit): string {
  const [divisor, suffix] = scaleFor(value, unit);
  return withSuffix(digits(value / divisor), suffix);
}

/** `412 ns`; `118…158 ns`, in the unit of the upper end, where a value moves between two. */
export function formatShown({ low, high }: Shown, unit: Unit): string {
  const [divisor, suffix] = scaleFor(high, unit);
  const [from, to] = [digits(low / divisor), digits(high / divisor)];
  return from === to ? withSuffix(to, suffix) : withSuffix(`${from}…${to}`, suffix);
}

/** `412 ns [405, 420] n=15`; the interval is in the unit of the value. */
export function formatEstimate(estimate: Omit<Estimate, "short" | "text">): string {
  const [divisor, suffix] = scaleFor(estimate.value, estimate.unit);
  const decimals = decimalsOf(estimate.value / divisor);
  const value = withSuffix(fixed(estimate.value / divisor, decimals), suffix);
  return `${value} ${interval(estimate, (bound) => fixed(bound / divisor, decimals), "launches")} n=${estimate.n}`;
}

/** `8.21x [7.90, 8.60] n=15` */
export function formatRatio(ratio: Omit<Ratio, "text" | "values">): string {
  const decimals = decimalsOf(ratio.value);
  const value = `${fixed(ratio.value, decimals)}x`;
  return `${value} ${interval(ratio, (bound) => fixed(bound, decimals), "rounds")} n=${ratio.n}`;
}

/** `8.2`, `135`, `1.02`: short, for a tile or a cell of a chart. */
export function formatFactor(ratio: number): string {
  if (ratio >= 9.95) return fixed(ratio, 0);
  return fixed(ratio, ratio >= 1.995 || ratio < 0.1 ? 1 : 2);
}

/** `[7.9, 8.6]` for narrow places; decimals follow the value that it belongs to. */
export function formatFactorInterval(ratio: Pick<Ratio, "value" | "low" | "high">): string {
  const decimals = ratio.value >= 9.95 ? 0 : ratio.value >= 1.995 ? 1 : 2;
  return interval(ratio, (bound) => fixed(bound, decimals), "rounds");
}

export function toEstimate(metric: MetricSummary): Estimate {
  const { median: value, ciLow: low, ciHigh: high, launches: n, unit } = metric;
  const figures = { value, low, high, n, unit };
  return { ...figures, short: formatValue(value, unit), text: formatEstimate(figures) };
}

export function toRatio(overhead: Overhead | null): Ratio | null {
  if (overhead === null) return null;
  const { ratio: value, ciLow: low, ciHigh: high, pairs: n, baseline, values } = overhead;
  return { value, low, high, n, baseline, values, text: formatRatio({ value, low, high, n, baseline }) };
}

/** `4.2 %` of a share between 0 and 1. */
export function formatShare(share: number): string {
  return `${fixed(share * 100, share < 0.1 ? 1 : 0)} %`;
}

/** `1 launch`, `2 launches` */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${fixed(count, 0)} ${count === 1 ? one : many}`;
}

function interval(
  bounds: { low: number | null; high: number | null },
  format: (bound: number) => string,
  what: "launches" | "rounds",
): string {
  if (bounds.low === null || bounds.high === null) return `[needs ${ROUNDS_FOR_INTERVAL} ${what}]`;
  return `[${format(bounds.low)}, ${format(bounds.high)}]`;
}

function binary(per: string): readonly (readonly [number, string])[] {
  return [
    [2 ** 30, `GiB${per}`],
    [2 ** 20, `MiB${per}`],
    [2 ** 10, `KiB${per}`],
    [1, `B${per}`],
  ];
}

function scaleFor(value: number, unit: Unit): readonly [number, string] {
  const scales = SCALES[unit];
  return scales.find(([divisor]) => Math.abs(value) >= divisor) ?? scales.at(-1)!;
}

function digits(value: number): string {
  return fixed(value, decimalsOf(value));
}

function decimalsOf(value: number): number {
  if (Number.isInteger(value)) return 0;
  const size = Math.abs(value);
  return size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
}

const formatters = [0, 1, 2].map(
  (decimals) =>
    new Intl.NumberFormat("en", { minimumFractionDigits: decimals, maximumFractionDigits: decimals }),
);

/** From here on digits say less than a power of ten, and a narrow column would cut off the size itself. */
const LONGEST = 1e12;

function fixed(value: number, decimals: number): string {
  if (Math.abs(value) >= LONGEST && Number.isFinite(value)) return value.toExponential(2).replace("e+", "e");
  return formatters[decimals]!.format(value);
}

function withSuffix(number: string, suffix: string): string {
  if (suffix === "" || suffix === "/s") return `${number}${suffix}`;
  return `${number} ${suffix}`;
}
