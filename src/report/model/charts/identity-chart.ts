/** Predicted against measured slowdowns; a point on the line is a prediction that came true. */

import { type Chart, factorTicks, sandboxColour } from "../../kit/chart.ts";
import { formatFactor, formatShare } from "../../kit/format.ts";
import type { ValidationView } from "../view/model-view.ts";

export function identityChart({ cells, lead }: ValidationView): Chart {
  const values = cells.map((cell) => ({
    program: cell.program,
    configuration: cell.configuration,
    sandbox: cell.sandbox,
    measured: cell.measured,
    measuredLow: cell.measuredLow,
    measuredHigh: cell.measuredHigh,
    predicted: cell.predicted,
    low: cell.low,
    high: cell.high,
    predictedText: predictedText(cell),
    measuredText: measuredText(cell),
    because: cell.because,
  }));
  // Of the points alone: a wide interval would push them into a corner.
  const all = values.flatMap(({ measured, predicted }) => [measured, predicted]);
  const domain = [Math.min(...all) / 1.25, Math.max(...all) * 1.25];
  const scale = { type: "log", domain, nice: false };
  const axis = { values: factorTicks(domain[0]!, domain[1]!), format: "~g", grid: true };
  const x = { type: "quantitative", scale, axis: { ...axis, title: "measured slowdown, times native" } };
  const y = { type: "quantitative", scale, axis: { ...axis, title: "predicted slowdown, times native" } };
  const colour = sandboxColour(
    values.map(({ sandbox }) => sandbox),
    { title: null, orient: "top" },
  );
  return {
    id: "predicted",
    title: "Predicted against measured",
    caption:
      "Each point is one program in one configuration. The model was corrected by the other programs alone, so it had not seen this one. On the dashed line the prediction is exact; above it the program was predicted to be slower than it is. Upright bars are 90 % prediction intervals, level bars 95 % intervals of the measurement; a bar that reaches the edge goes on beyond it. Both axes are logarithmic.",
    description: `${lead} Worst: ${cells
      .slice(0, 5)
      .map(
        (cell) =>
          `${cell.program} in ${cell.configuration}, predicted ${formatFactor(cell.predicted)}, measured ${formatFactor(cell.measured)}`,
      )
      .join("; ")}.`,
    fit: { kind: "width", narrowLabels: 80 },
    spec: {
      data: { values },
      width: 620,
      height: 460,
      layer: [
        {
          data: { values: [{ from: domain[0], to: domain[1] }] },
          mark: { type: "rule", style: "one" },
          encoding: {
            x: { ...x, field: "from" },
            x2: { field: "to" },
            y: { ...y, field: "from" },
            y2: { field: "to" },
          },
        },
        {
          transform: [{ filter: "isValid(datum.low)" }],
          mark: { type: "rule", opacity: 0.45, strokeWidth: 1.5, clip: true },
          encoding: {
            x: { ...x, field: "measured" },
            y: { ...y, field: "low" },
            y2: { field: "high" },
            color: colour,
          },
        },
        {
          transform: [{ filter: "isValid(datum.measuredLow)" }],
          mark: { type: "rule", opacity: 0.7, strokeWidth: 1.5, clip: true },
          encoding: {
            x: { ...x, field: "measuredLow" },
            x2: { field: "measuredHigh" },
            y: { ...y, field: "predicted" },
            color: colour,
          },
        },
        {
          mark: { type: "point", filled: true, size: 44, opacity: 1 },
          encoding: {
            x: { ...x, field: "measured" },
            y: { ...y, field: "predicted" },
            color: colour,
            tooltip: [
              { field: "program", title: "program" },
              { field: "configuration", title: "configuration" },
              { field: "predictedText", title: "predicted" },
              { field: "measuredText", title: "measured" },
              { field: "because", title: "mostly" },
            ],
          },
        },
      ],
    },
    numbers: {
      head: ["program", "configuration", "predicted [90 %]", "measured [95 %]", "off by", "mostly"],
      rows: cells.map((cell) => [
        cell.program,
        cell.configuration,
        predictedText(cell),
        measuredText(cell),
        formatShare(cell.error),
        cell.because,
      ]),
    },
    csv: {
      head: [
        ...["program", "configuration", "predicted", "predicted_low", "predicted_high"],
        ...["measured", "measured_low", "measured_high", "naive_getpid", "naive_average", "naive_calls"],
      ],
      rows: cells.map((cell) => [
        ...[cell.program, cell.configuration, cell.predicted, cell.low, cell.high],
        ...[cell.measured, cell.measuredLow, cell.measuredHigh],
        ...[cell.naive.getpid, cell.naive.average, cell.naive.callCount],
      ]),
    },
  };
}

type Cell = ValidationView["cells"][number];

function predictedText({ predicted, low, high }: Cell): string {
  return `${formatFactor(predicted)}x ${bounds(low, high, "too few other programs")}`;
}

function measuredText({ measured, measuredLow, measuredHigh }: Cell): string {
  return `${formatFactor(measured)}x ${bounds(measuredLow, measuredHigh, "needs 6 rounds")}`;
}

function bounds(low: number | null, high: number | null, without: string): string {
  return low === null || high === null ? `[${without}]` : `[${formatFactor(low)}, ${formatFactor(high)}]`;
}
