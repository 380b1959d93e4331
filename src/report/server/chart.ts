import { type Chart, MANTISSA, NANOSECOND_LABELS, sandboxColour } from "../kit/chart.ts";
import type { ServerRow, ServerView } from "./view.ts";

/** Latency against rate, a line a configuration; `null` where nothing was measured. */
export function latencyChart(view: ServerView): Chart | null {
  const rows = view.rows.filter(({ missing }) => missing === null);
  const values = rows.flatMap((row) => [...points(row, "p99"), ...points(row, "p50")]);
  if (values.length === 0) return null;
  const sandboxes = [...new Set(rows.map(({ sandbox }) => sandbox))];
  const y = {
    type: "quantitative",
    scale: { type: "log", nice: false },
    axis: { title: null, labelExpr: `indexof([1, 2, 5], ${MANTISSA}) >= 0 ? (${NANOSECOND_LABELS}) : ""` },
  };
  const legend = { title: null, orient: "bottom" };
  const x = {
    field: "rate",
    type: "quantitative",
    scale: { type: "log", nice: false, padding: 12 },
    axis: { title: "requests a second", values: view.rates, format: ",~r" },
  };
  const common = {
    x,
    color: sandboxColour(sandboxes, { ...legend, symbolType: "stroke", symbolStrokeWidth: 3 }),
    detail: [{ field: "label" }, { field: "quantile" }],
    opacity: {
      field: "quantile",
      type: "nominal",
      scale: { domain: ["p99", "p50"], range: [1, 0.35] },
      legend: null,
    },
  };
  return {
    id: `server-${view.name.replaceAll(/[^\w-]/g, "_")}`,
    title: `${view.name}: latency by rate`,
    caption:
      "Strong lines are the p99, faint ones the p50, from the time at which each request was to leave; the bar at a point is the 95 % interval over launches. A line that turns upwards is a server that fills up; one that ends was full at its last point. Both axes are logarithmic.",
    description: `Latency by rate. ${rows.map(describe).join("; ")}.`,
    fit: { kind: "width", narrowLabels: 60 },
    spec: {
      width: 900,
      height: 300,
      autosize: { type: "fit-x", contains: "padding" },
      data: { values },
      layer: [
        {
          mark: { type: "line", strokeWidth: 2 },
          encoding: {
            ...common,
            y: { field: "ns", ...y },
            strokeDash: { field: "way", type: "nominal", legend: { ...legend, symbolType: "stroke" } },
          },
        },
        {
          mark: { type: "rule", strokeWidth: 1.5 },
          encoding: { ...common, y: { field: "low", ...y }, y2: { field: "high" } },
        },
        {
          mark: { type: "point", filled: true, size: 45 },
          encoding: {
            ...common,
            y: { field: "ns", ...y },
            tooltip: [
              { field: "label", title: "configuration" },
              { field: "quantile", title: "quantile" },
              { field: "rate", title: "requests a second", format: "," },
              { field: "text", title: "latency" },
            ],
          },
        },
      ],
    },
    numbers: {
      head: ["configuration", "quantile", "requests/s", "latency"],
      rows: values.map(({ label, quantile, rate, text }) => [
        label,
        quantile,
        rate.toLocaleString("en"),
        text,
      ]),
    },
    csv: {
      head: ["configuration", "quantile", "requests_per_second", "ns", "low", "high", "launches"],
      rows: values.map(({ configuration, quantile, rate, ns, bounds: [low, high], n }) => [
        configuration,
        quantile,
        rate,
        ns,
        low,
        high,
        n,
      ]),
    },
  };
}

function points(row: ServerRow, quantile: "p50" | "p99") {
  const { label, sandbox, configuration } = row;
  return row.rates.flatMap((at) => {
    const estimate = at[quantile];
    if (estimate === null || estimate.value <= 0) return [];
    const { value: ns, low, high, n, text } = estimate;
    const bounds = [low, high] as const;
    // Without an interval the bar is a point; with a bound of 0 a logarithmic axis has no place for it.
    const bar = { low: low === null || low <= 0 ? ns : low, high: high ?? ns };
    // Sandboxes have the colours; networks and filters have the dashes.
    const way = label === sandbox ? "host" : label.slice(sandbox.length + 3);
    return [{ label, sandbox, configuration, way, quantile, rate: at.rate, ns, n, text, bounds, ...bar }];
  });
}

function describe(row: ServerRow): string {
  const at = row.rates.flatMap(({ rate, p99 }) => (p99 === null ? [] : [`${p99.short} at ${rate}/s`]));
  return `${row.label}: p99 ${at.length === 0 ? "not known" : at.join(", ")}`;
}
