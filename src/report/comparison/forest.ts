/** Every change with its interval and its limit, one below the other. */
import { VERDICT_ORDER, type VerdictName } from "../../check/comparison-types.ts";
import type { Chart } from "../kit/chart.ts";
import { toldOf } from "./told.ts";
import { tableOf, type VerdictRow, type VerdictView } from "./verdict-view.ts";

/** More rows than this are a wall; the table has them all. */
const MOST_ROWS = 70;
const ROW_PX = 20;
/** The axis shows at least ±10 % and at most a tenth to ten times. */
const LEAST_SPAN = 1.1;
const MOST_SPAN = 10;
const TICKS = [0.1, 0.2, 0.5, 0.75, 0.9, 0.95, 1, 1.05, 1.1, 1.25, 1.5, 2, 5, 10];

export function verdictForest(
  { rows }: Pick<VerdictView, "rows">,
  {
    id = "changes",
    title = "How much each metric changed",
    order = VERDICT_ORDER,
  }: { id?: string; title?: string; order?: readonly VerdictName[] } = {},
): Chart | null {
  const all = order.flatMap((verdict) => rows[verdict]);
  const drawn = all.filter(({ metric }) => metric.offset === 0);
  const shown = drawn.slice(0, MOST_ROWS);
  if (shown.length === 0) return null;
  const span = Math.min(MOST_SPAN, Math.max(LEAST_SPAN, ...shown.map(reach)) * 1.03);
  const values = shown.map((row, index) => datum(row, index, span));
  const x = {
    type: "quantitative",
    scale: { type: "log", domain: [1 / span, span], nice: false },
    axis: {
      title: "cost of b relative to a",
      values: TICKS.filter((tick) => tick >= 1 / span && tick <= span),
      labelExpr:
        "datum.value >= 2 ? format(datum.value, '~g') + 'x' : datum.value === 1 ? 'same' : format(datum.value - 1, '+.0%')",
    },
  };
  const y = {
    field: "row",
    type: "nominal",
    sort: values.map(({ row }) => row),
    axis: {
      title: null,
      ticks: false,
      domain: false,
      labelPadding: 8,
      labelLimit: 420,
      labelExpr: "split(datum.label, '|')[1]",
    },
  };
  const present = VERDICT_ORDER.filter((verdict) => rows[verdict].length > 0);
  const color = {
    field: "verdict",
    type: "nominal",
    sort: present,
    scale: {
      domain: present,
      range: present.map((verdict) => ({ expr: `verdictColours[${VERDICT_ORDER.indexOf(verdict)}]` })),
    },
    legend: { title: null, orient: "top" },
  };
  const shape = {
    field: "verdict",
    type: "nominal",
    sort: present,
    scale: { domain: present, range: present.map((verdict) => SHAPES[verdict]) },
    legend: { title: null, orient: "top" },
  };
  const left = drawn.length - shown.length;
  const flat = all.length - drawn.length;
  const inTable = `${left > 0 ? ` The last ${left} rows are in the table only.` : ""}${flat > 0 ? ` Where a value is 0 there is no ratio to draw: ${flat} in the table only.` : ""}`;
  return {
    id,
    title,
    caption: `A point is the change in cost from a to b, the line through it the 95 % interval; the band is the limit within which a change does not count. On the dashed line nothing changed; to its right b costs more. Logarithmic axis.${inTable}`,
    description: `Change in cost with 95 % intervals. ${shown.map((row) => `${row.cell} ${row.name}: ${row.verdict}, ${row.change}`).join("; ")}.`,
    fit: { kind: "width", narrowLabels: 150 },
    spec: {
      data: { values },
      width: 900,
      height: { step: ROW_PX },
      autosize: { type: "fit-x", contains: "padding" },
      layer: [
        {
          mark: { type: "bar", style: "track", height: ROW_PX - 6, opacity: 0.35 },
          encoding: { y, x: { ...x, field: "limitLow" }, x2: { field: "limitHigh" } },
        },
        { mark: { type: "rule", style: "one" }, encoding: { x: { ...x, datum: 1 } } },
        {
          transform: [{ filter: "isValid(datum.low) && isValid(datum.high)" }],
          mark: { type: "rule", strokeWidth: 2, clip: true },
          encoding: { y, x: { ...x, field: "low" }, x2: { field: "high" }, color },
        },
        {
          mark: { type: "point", filled: true, size: 60, opacity: 1, clip: true },
          encoding: {
            y,
            x: { ...x, field: "ratio" },
            color,
            shape,
            tooltip: ["verdict", "cell", "metric", "change", "limit", "power"].map((field) => ({ field })),
          },
        },
      ],
    },
    numbers: tableOf(all),
    csv: {
      head: ["cell", "metric", "verdict", "ratio", "low", "high", "limit", "mde"],
      rows: all.map(({ cell, name, verdict, metric }) => {
        const { effect, mde } = toldOf(metric);
        return [cell, name, verdict, effect.ratio, effect.ciLow, effect.ciHigh, metric.delta, mde];
      }),
    },
  };
}

const SHAPES = { worse: "triangle-right", unclear: "diamond", better: "triangle-left", same: "circle" };

/** How far a row goes to either side, as a factor; an unbounded or very wide interval does not count. */
function reach({ metric: { effect, delta } }: VerdictRow): number {
  const ends = [effect.ratio, effect.ciLow ?? 1, effect.ciHigh ?? 1, 1 + delta];
  return Math.max(...ends.map((end) => (end > 0 ? Math.max(end, 1 / end) : 1)));
}

function datum(row: VerdictRow, index: number, span: number) {
  const { effect, delta } = row.metric;
  const within = (value: number) => Math.min(span, Math.max(1 / span, value));
  return {
    row: `${index}|${shortCell(row.cell)}  ${row.name}`,
    cell: row.cell,
    metric: row.name,
    verdict: row.verdict,
    ratio: within(effect.ratio),
    low: effect.ciLow === null ? null : within(effect.ciLow),
    high: effect.ciHigh === null ? null : within(effect.ciHigh),
    limitLow: within(1 / (1 + delta)),
    limitHigh: within(1 + delta),
    change: `${row.change} ${row.interval}`,
    limit: row.limit,
    power: row.power,
  };
}

/** `runsc/systrap net=none syscalls`: a filter is named only where there is one. */
function shortCell(cell: string): string {
  return cell
    .replace("/seccomp=none", "")
    .replace("::", " ")
    .replace("/net=", " net=")
    .replace("/seccomp=", " ");
}
