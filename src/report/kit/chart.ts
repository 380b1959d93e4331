/** A chart as data: what to draw, how to read it, and the numbers in it. */
import { SANDBOX_LABELS } from "../../axes/sandbox.ts";

/** A Vega-Lite specification without `config`: colours and type come with the theme that draws it. */
export type VegaLiteSpec = Record<string, unknown>;

/**
 * How a page makes the chart as wide as its column.
 * - `width`: one view that stretches
 * - `columns`: panels of at least `panelWidth` px beside row labels of `labelWidth` px, as many as fit
 * - `rows`: panels one below the other, each beside row labels of up to `labelWidth` px
 * - `fixed`: drawn at its own size, scrolls in its box
 *
 * `narrowLabels`: px that the row names may take on a phone.
 */
type ChartFit =
  | { kind: "width"; narrowLabels: number }
  | { kind: "columns"; panelWidth: number; labelWidth: number }
  | { kind: "rows"; labelWidth: number; narrowLabels: number }
  | { kind: "fixed"; narrowLabels: number };

export type Chart = {
  /** Also the file name of its exports. */
  id: string;
  /** What to see. */
  title: string;
  /** How to read it. */
  caption: string;
  /** For those who cannot see it: the gist, in words and numbers. */
  description: string;
  spec: VegaLiteSpec;
  fit: ChartFit;
  /** For people: finished texts. */
  numbers: { head: string[]; rows: string[][] };
  /** For programs: raw values. */
  csv: { head: string[]; rows: (string | number | null)[][] };
};

/** Colour channel by sandbox, which has the same colour in every chart. `null` as legend hides it where the rows are named anyway. */
export function sandboxColour(present: readonly string[], legend: VegaLiteSpec | null): VegaLiteSpec {
  const domain = SANDBOX_LABELS.filter((name) => present.includes(name));
  const range = domain.map((name) => ({ expr: `sandboxColours[${SANDBOX_LABELS.indexOf(name)}]` }));
  return { field: "sandbox", type: "nominal", scale: { domain, range }, sort: domain, legend };
}

/** Vega expression for an axis of nanoseconds: `100 ns`, `10 µs`, `1 ms`. */
export const NANOSECOND_LABELS =
  "datum.value >= 1e9 ? format(datum.value / 1e9, '~g') + ' s' : " +
  "datum.value >= 1e6 ? format(datum.value / 1e6, '~g') + ' ms' : " +
  "datum.value >= 1e3 ? format(datum.value / 1e3, '~g') + ' µs' : format(datum.value, '~g') + ' ns'";

/** First digit of a tick: a logarithmic axis has one at every digit, too many to label. */
export const MANTISSA = "round(datum.value / pow(10, floor(log(datum.value) / LN10 + 1e-9)))";

/** Ticks of a logarithmic axis of factors, few enough to read: 0.5, 1, 2, 5, 10, 20 ... within the domain. */
export function factorTicks(low: number, high: number): number[] {
  const wide = Math.log10(high / low) > 2.2;
  const steps = wide ? [1] : [1, 2, 5];
  const ticks: number[] = [];
  for (let exponent = -3; exponent <= 6; exponent++)
    for (const step of steps) ticks.push(Number((step * 10 ** exponent).toPrecision(1)));
  return ticks.filter((tick) => tick >= low && tick <= high);
}

/** Title of a panel, broken near its middle where it is long; `split(datum.label, '|')` makes the lines. */
export function panelTitle(title: string): string {
  if (title.length <= 36) return title;
  const spaces = [...title.matchAll(/ /g)].map(({ index }) => index);
  const middle = spaces.toSorted(
    (a, b) => Math.abs(a - title.length / 2) - Math.abs(b - title.length / 2),
  )[0];
  return middle === undefined ? title : `${title.slice(0, middle)}|${title.slice(middle + 1)}`;
}

/** Header of a facet whose panels are named by `panelTitle`. */
export const PANEL_HEADER = { labelExpr: "split(datum.label, '|')" };
