/** History as Vega-Lite: a panel a cell, time to the right, the band behind the points. */
import { type Chart, PANEL_HEADER, panelTitle, type VegaLiteSpec } from "../kit/chart.ts";
import { formatEstimate, formatValue } from "../kit/format.ts";
import type { HistorySeries, HistoryView } from "./history-view.ts";

/** The axis starts where the data does: changes of a few per cent are what it is for. */
const Y_SCALE = { zero: false, nice: true };

/** `null` where no run has the metric. */
export function historyChart(view: HistoryView): Chart | null {
  const { series } = view;
  const first = series[0];
  if (first === undefined) return null;
  const values = series.flatMap((one) => pointValues(one));
  const single = series.length === 1;
  const layer = layers(`${view.metric}, ${unitText(first)}`);
  const panels: VegaLiteSpec = single
    ? { width: 900, height: 260, autosize: { type: "fit-x", contains: "padding" }, layer }
    : {
        facet: {
          field: "panel",
          type: "nominal",
          sort: series.map(({ cell }) => panelTitle(cell)),
          title: null,
          header: PANEL_HEADER,
        },
        columns: 2,
        spacing: { row: 22, column: 22 },
        resolve: { scale: { y: "independent" }, axis: { x: "independent" } },
        spec: { width: 400, height: 150, layer },
      };
  return {
    id: "history",
    title: `${first.title}: ${view.metric} over time`,
    caption:
      "A point is the median of one run's launches, the line through it its exact 95 % interval. The band is where 95 of 100 new runs were to be expected, given the earlier ones on the same host and level. A dashed line is a lasting change of the level (E-divisive, then merged), and the band begins anew there. A diamond lies outside its band.",
    description: series.map(describe).join(" "),
    fit: single ? { kind: "width", narrowLabels: 60 } : { kind: "columns", panelWidth: 380, labelWidth: 56 },
    spec: { data: { values }, ...panels },
    numbers: {
      head: ["cell", "run", "started", "median", "expected", "state"],
      rows: series.flatMap(({ cell, unit, points }) =>
        points.map(({ runId, startedAt, median: value, low, high, launches: n, band, state }) => [
          cell,
          runId,
          startedAt.slice(0, 16).replace("T", " "),
          formatEstimate({ value, low, high, n, unit }),
          band === null ? "" : `${formatValue(band.low, unit)} to ${formatValue(band.high, unit)}`,
          state ?? "",
        ]),
      ),
    },
    csv: {
      head: [
        "cell",
        "run",
        "started",
        "fingerprint",
        "median",
        "low",
        "high",
        "launches",
        "band_low",
        "band_high",
      ],
      rows: series.flatMap(({ cell, points }) =>
        points.map((point) => [
          cell,
          point.runId,
          point.startedAt,
          point.fingerprint,
          point.median,
          point.low,
          point.high,
          point.launches,
          point.band?.low ?? null,
          point.band?.high ?? null,
        ]),
      ),
    },
  };
}

function pointValues({ cell, points, changes, unit }: HistorySeries) {
  return points.map((point, index) => ({
    panel: panelTitle(cell),
    run: point.runId,
    time: point.startedAt,
    value: point.median,
    low: point.low,
    high: point.high,
    // A band far wider than the points would flatten them.
    bandLow: point.band === null ? null : Math.max(point.band.low, bounds(points).low),
    bandHigh: point.band === null ? null : Math.min(point.band.high, bounds(points).high),
    // A new level is a new stretch: the band does not lead over to it.
    stretch: changes.filter((change) => change.index <= index).length,
    isChange: changes.some((change) => change.index === index),
    outside: point.state === "worse" || point.state === "better",
    text: formatEstimate({
      value: point.median,
      low: point.low,
      high: point.high,
      n: point.launches,
      unit,
    }),
  }));
}

function bounds(points: HistorySeries["points"]): { low: number; high: number } {
  const medians = points.map(({ median }) => median);
  const [least, most] = [Math.min(...medians), Math.max(...medians)];
  const spread = most - least || Math.abs(most) * 0.1;
  return { low: least - spread, high: most + spread };
}

function layers(title: string): VegaLiteSpec[] {
  const x = {
    field: "time",
    type: "temporal",
    axis: { title: null, tickCount: 5, labelOverlap: "greedy", labelSeparation: 8 },
  };
  const y = { type: "quantitative", scale: Y_SCALE, axis: { title, tickCount: 5, format: ",.4~g" } };
  const detail = { field: "stretch", type: "nominal" };
  return [
    {
      transform: [{ filter: "isValid(datum.bandLow)" }],
      mark: { type: "area", style: "track", opacity: 0.35, interpolate: "step-before" },
      encoding: { x, y: { ...y, field: "bandLow" }, y2: { field: "bandHigh" }, detail },
    },
    {
      transform: [{ filter: "datum.isChange" }],
      mark: { type: "rule", style: "one" },
      encoding: { x },
    },
    {
      transform: [{ filter: "isValid(datum.low)" }],
      mark: { type: "rule", style: "soft-rule", strokeWidth: 1 },
      encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" } },
    },
    {
      mark: { type: "point", filled: true, size: 40, opacity: 1, strokeWidth: 1.6 },
      encoding: {
        x,
        y: { ...y, field: "value" },
        color: { value: { expr: "sandboxColours[1]" } },
        shape: { condition: { test: "datum.outside", value: "diamond" }, value: "circle" },
        size: { condition: { test: "datum.outside", value: 110 }, value: 40 },
        tooltip: [
          { field: "run", title: "run" },
          { field: "text", title: "median" },
        ],
      },
    },
  ];
}

/** Values are drawn in the unit of the record. */
function unitText({ unit }: HistorySeries): string {
  return unit === "1/s" ? "per second" : unit === "bytes/s" ? "bytes per second" : unit;
}

function describe({ cell, points, changes, unit }: HistorySeries): string {
  const { median, state } = points.at(-1)!;
  return `${cell}: ${points.length} runs, newest ${formatValue(median, unit)}${state === null ? "" : `, ${state === "inside" ? "inside its band" : state}`}, ${changes.length} lasting changes.`;
}
