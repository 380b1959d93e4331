/** Cost against security as Vega-Lite: a row a set of layers, the slowdown to the right. */

import { sandboxLabel } from "../../axes/sandbox.ts";
import { type Chart, factorTicks, sandboxColour } from "../kit/chart.ts";
import type { TuneReport } from "./tune-report.ts";
import { FRONT_RULE, fronts, layersText, slowdownText } from "./words.ts";

/** `null` where no configuration has a slowdown. */
export function frontChart(report: TuneReport): Chart | null {
  const places = new Map<string, number>();
  const values = report.front.flatMap((row) => {
    const { configuration, config, layers, slowdown } = row;
    if (slowdown === null && configuration !== report.baseline) return [];
    const own = layersText(row);
    const place = places.get(own) ?? 0;
    places.set(own, place + 1);
    return [
      {
        configuration,
        // Rows are as high as the fullest one needs, not as all configurations together would.
        place,
        sandbox: sandboxLabel(config),
        layers: own,
        count: layers.length,
        ratio: slowdown?.ratio ?? 1,
        low: slowdown?.low ?? null,
        high: slowdown?.high ?? null,
        onFront: row.fronts.includes("work"),
        now: configuration === report.from,
        text: slowdown === null ? "1x (baseline)" : slowdownText(row),
        fronts: fronts(row),
      },
    ];
  });
  if (values.every(({ low, ratio }) => low === null && ratio === 1)) return null;
  const sandboxes = [...new Set(values.map(({ sandbox }) => sandbox))];
  const rows = [...new Set(values.map(({ layers }) => layers))];
  const low = Math.min(0.8, ...values.map((value) => value.low ?? value.ratio)) * 0.9;
  const high = Math.max(2, ...values.map((value) => value.high ?? value.ratio)) * 1.1;
  const x = {
    type: "quantitative",
    scale: { type: "log", domain: [low, high], nice: false },
    axis: { title: "times native", values: factorTicks(low, high), format: "~g" },
  };
  const y = { field: "layers", type: "nominal", sort: rows, axis: { title: "layers kept", grid: true } };
  const offset = { yOffset: { field: "place", type: "ordinal" } };
  const colour = sandboxColour(sandboxes, { title: null, orient: "top" });
  return {
    id: "front",
    title: "Cost against security",
    caption: `A row is a set of layers, most layers first; a point is the slowdown of this workload, the line through it its interval. Filled points are on the Pareto front, a diamond is what you have today. ${FRONT_RULE}`,
    description: `Slowdown and layers. ${values.map(({ configuration, layers, text }) => `${configuration}, ${layers}: ${text}`).join("; ")}.`,
    fit: { kind: "width", narrowLabels: 60 },
    spec: {
      data: { values },
      width: 900,
      height: { step: 9, for: "offset" },
      autosize: { type: "fit-x", contains: "padding" },
      layer: [
        { mark: { type: "rule", style: "one" }, encoding: { x: { ...x, datum: 1 } } },
        {
          transform: [{ filter: "isValid(datum.low)" }],
          mark: { type: "rule", strokeWidth: 2 },
          encoding: { y, ...offset, x: { ...x, field: "low" }, x2: { field: "high" }, color: colour },
        },
        {
          mark: { type: "point", size: 60, opacity: 1, strokeWidth: 1.6 },
          encoding: {
            y,
            ...offset,
            x: { ...x, field: "ratio" },
            color: colour,
            fillOpacity: { condition: { test: "datum.onFront", value: 1 }, value: 0 },
            fill: colour,
            shape: { condition: { test: "datum.now", value: "diamond" }, value: "circle" },
            tooltip: [
              { field: "configuration", title: "configuration" },
              { field: "layers", title: "layers" },
              { field: "text", title: "slowdown" },
              { field: "fronts", title: "on the Pareto front of" },
            ],
          },
        },
      ],
    },
    numbers: {
      head: ["configuration", "layers", "slowdown", "on the Pareto front of"],
      rows: values.map(({ configuration, layers, text, fronts: on }) => [configuration, layers, text, on]),
    },
    csv: {
      head: ["configuration", "layers", "slowdown", "low", "high", "on_front"],
      rows: values.map(({ configuration, layers, ratio, low: from, high: to, onFront }) => [
        configuration,
        layers,
        ratio,
        from,
        to,
        String(onFront),
      ]),
    },
  };
}
