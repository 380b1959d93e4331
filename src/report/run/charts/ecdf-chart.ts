import {
  type Chart,
  MANTISSA,
  NANOSECOND_LABELS,
  PANEL_HEADER,
  panelTitle,
  sandboxColour,
} from "../../kit/chart.ts";
import type { DistributionView } from "../view/report-view.ts";

/** A panel an operation: the share of single calls that took at most so long. */
export function ecdfChart(distributions: readonly DistributionView[]): Chart | null {
  const timed = distributions.filter((distribution) => distribution.unit === "ns");
  if (timed.length === 0) return null;
  const values = timed.flatMap(({ title, series }) =>
    series.flatMap(({ label, points }) =>
      points.map(([time, share]) => ({ panel: panelTitle(title), sandbox: label, time, share })),
    ),
  );
  const sandboxes = [...new Set(values.map(({ sandbox }) => sandbox))];
  return {
    id: "distributions",
    title: "Not one number: how single calls are spread",
    caption:
      "A curve says which share of the single calls (up) took at most so long (right, logarithmic). Steep means that calls are alike; a step on the way means two speeds, such as runsc systrap's fast and slow path; a long tail at the top right is what a p99 feels. All launches pooled, no seccomp filter. The numbers beside it give p50, p90 and p99 as they are in the middle launch, with the interval over launches.",
    description: describe(timed),
    fit: { kind: "columns", panelWidth: 300, labelWidth: 56 },
    spec: {
      data: { values },
      facet: {
        field: "panel",
        type: "nominal",
        sort: timed.map(({ title }) => panelTitle(title)),
        title: null,
        header: PANEL_HEADER,
      },
      columns: 3,
      spacing: { row: 22, column: 22 },
      resolve: { scale: { x: "independent" } },
      spec: {
        width: 272,
        height: 170,
        mark: { type: "line", interpolate: "step-after", strokeWidth: 1.8, tooltip: false },
        encoding: {
          x: {
            field: "time",
            type: "quantitative",
            scale: { type: "log", nice: false, padding: 4 },
            axis: {
              title: null,
              labelExpr: `indexof([1, 2, 5], ${MANTISSA}) >= 0 ? (${NANOSECOND_LABELS}) : ""`,
              labelOverlap: "greedy",
              labelSeparation: 8,
              gridOpacity: { condition: { test: `${MANTISSA} === 1`, value: 1 }, value: 0 },
              tickOpacity: {
                condition: { test: `indexof([1, 2, 5], ${MANTISSA}) >= 0`, value: 1 },
                value: 0,
              },
            },
          },
          y: {
            field: "share",
            type: "quantitative",
            scale: { domain: [0, 1] },
            axis: { title: "share of calls", format: ".0%", tickCount: 5 },
          },
          color: sandboxColour(sandboxes, {
            title: null,
            orient: "bottom",
            symbolType: "stroke",
            symbolStrokeWidth: 3,
          }),
          tooltip: [
            { field: "sandbox", title: "sandbox" },
            { field: "share", title: "share of calls", format: ".1%" },
            { field: "time", title: "took at most, ns", format: ",.4~g" },
          ],
        },
      },
    },
    numbers: {
      head: ["operation", "sandbox", "p50", "p90", "p99", "calls", "modes"],
      rows: timed.flatMap(({ title, series }) =>
        series.map((one) => [
          title,
          one.label,
          one.p50,
          one.p90,
          one.p99,
          String(one.samples),
          one.modes || "one",
        ]),
      ),
    },
    csv: {
      head: ["operation", "sandbox", "at_most_ns", "share"],
      rows: values.map(({ panel, sandbox, time, share }) => [panel.replace("|", " "), sandbox, time, share]),
    },
  };
}

function describe(distributions: readonly DistributionView[]): string {
  const parts = distributions.map(
    ({ title, series }) =>
      `${title}: ${series.map((one) => `${one.label} median ${one.p50}, p99 ${one.p99}${one.modes === "" ? "" : `, two speeds (${one.modes})`}`).join("; ")}`,
  );
  return `Cumulative distributions of single calls. ${parts.join(". ")}.`;
}
