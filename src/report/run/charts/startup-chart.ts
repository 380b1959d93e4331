import type { Chart } from "../../kit/chart.ts";
import { formatValue } from "../../kit/format.ts";
import type { StartupRow } from "../view/report-view.ts";

/** Stacked phases of a launch, a bar a configuration. */
export function startupChart(rows: readonly StartupRow[]): Chart | null {
  if (rows.length === 0) return null;
  const phases = [...new Set(rows.flatMap((row) => row.phases.map(({ phase }) => phase)))];
  const values = rows.flatMap((row) =>
    row.phases.map(({ phase, estimate }) => ({
      label: row.label,
      configuration: row.configuration,
      phase,
      order: phases.indexOf(phase),
      ms: estimate.value / 1e6,
      text: estimate.text,
    })),
  );
  const totals = rows.map((row) => {
    const sum = row.phases.reduce((total, { estimate }) => total + estimate.value, 0);
    return { label: row.label, sum: sum / 1e6, text: formatValue(sum, "ns") };
  });
  const longest = Math.max(...totals.map(({ sum }) => sum));
  const y = {
    field: "label",
    type: "nominal",
    sort: rows.map(({ label }) => label),
    axis: { title: null, ticks: false, domain: false, labelPadding: 6 },
  };
  return {
    id: "startup",
    title: "How long a launch takes, and which part of it",
    caption:
      "A bar is one configuration (sandbox, network, seccomp filter): from the spawn to the program's first line, then from its last line to the end of the process, then until nothing of the launch is left on the host. Each part is the median over the launches; the number beside the bar is its length: the time between the first line and the last, the program's own, is not in it.",
    description: `Start-up phases, stacked. ${totals.map(({ label, text }) => `${label}: ${text}`).join("; ")}.`,
    fit: { kind: "width", narrowLabels: 205 },
    spec: {
      width: 900,
      height: { step: 17 },
      autosize: { type: "fit-x", contains: "padding" },
      layer: [
        {
          data: { values },
          mark: { type: "bar", height: { band: 0.72 } },
          encoding: {
            y,
            x: {
              field: "ms",
              type: "quantitative",
              stack: "zero",
              scale: { domain: [0, longest * 1.38], nice: false },
              axis: { title: "ms", tickCount: 6 },
            },
            color: {
              field: "phase",
              type: "nominal",
              sort: phases,
              scale: { domain: phases },
              legend: { title: null, orient: "top", symbolType: "square", columns: 1 },
            },
            order: { field: "order" },
            tooltip: [
              { field: "configuration", title: "configuration" },
              { field: "phase", title: "phase" },
              { field: "text", title: "median" },
            ],
          },
        },
        {
          data: { values: totals },
          mark: { type: "text", align: "left", dx: 5 },
          encoding: { y, x: { field: "sum", type: "quantitative" }, text: { field: "text" } },
        },
      ],
    },
    numbers: {
      head: ["configuration", ...phases, "whole launch, the program's own time in it"],
      rows: rows.map((row) => [
        row.label,
        ...phases.map((phase) => row.phases.find((one) => one.phase === phase)?.estimate.text ?? ""),
        row.total?.text ?? "",
      ]),
    },
    csv: {
      head: ["configuration", "phase", "ns", "low", "high", "launches"],
      rows: rows.flatMap((row) =>
        row.phases.map(({ phase, estimate: { value, low, high, n } }) => [
          row.configuration,
          phase,
          value,
          low,
          high,
          n,
        ]),
      ),
    },
  };
}
