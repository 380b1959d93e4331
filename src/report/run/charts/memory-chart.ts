import { type Chart, PANEL_HEADER, panelTitle, sandboxColour } from "../../kit/chart.ts";
import { formatValue } from "../../kit/format.ts";
import type { MemoryRow } from "../view/report-view.ts";

/** A panel a measure of memory, a bar a sandbox. */
export function memoryChart(rows: readonly MemoryRow[]): Chart | null {
  if (rows.length === 0) return null;
  const values = rows.map(({ label, configuration, title, estimate }) => ({
    panel: panelTitle(title),
    title,
    label,
    sandbox: label.split(" · ")[0]!,
    configuration,
    mib: estimate.value / 2 ** 20,
    low: estimate.low === null ? null : estimate.low / 2 ** 20,
    high: estimate.high === null ? null : estimate.high / 2 ** 20,
    text: formatValue(estimate.value, estimate.unit),
    full: estimate.text,
  }));
  const panels = [...new Set(values.map(({ panel }) => panel))];
  const most = Math.max(...values.map(({ mib, high }) => high ?? mib));
  const y = {
    field: "label",
    type: "nominal",
    sort: [...new Set(values.map(({ label }) => label))],
    axis: { title: null, ticks: false, domain: false, labelPadding: 6 },
  };
  const x = {
    type: "quantitative",
    scale: { domain: [0, most * 1.35], nice: false },
    axis: { title: "MiB", tickCount: 5 },
  };
  const colour = sandboxColour(
    values.map(({ sandbox }) => sandbox),
    null,
  );
  return {
    id: "memory",
    title: "What the host pays in memory",
    caption:
      "Each panel is one way to count, each bar a sandbox without a filter. PSS divides pages that processes share among them and is summed over every process of the launch. A cgroup is charged for the pages that were first touched within it: not for a binary that an earlier launch has read, but for memory of the kernel; native has no cgroup. So the two ways do not compare. The Sentry's and the program's memory under runsc is shared memory (shmem): look there, not at the program's own size. The line at a bar's end is the 95 % interval.",
    description: `Memory. ${panels
      .map(
        (panel) =>
          `${panel.replace("|", " ")}: ${values
            .filter((row) => row.panel === panel)
            .map(({ label, text }) => `${label} ${text}`)
            .join(", ")}`,
      )
      .join(". ")}.`,
    fit: { kind: "columns", panelWidth: 300, labelWidth: 100 },
    spec: {
      data: { values },
      facet: { field: "panel", type: "nominal", sort: panels, title: null, header: PANEL_HEADER },
      columns: 2,
      spacing: { row: 18, column: 22 },
      spec: {
        width: 400,
        height: { step: 21 },
        layer: [
          {
            mark: { type: "bar", height: { band: 0.68 }, opacity: 0.85 },
            encoding: {
              y,
              x: { ...x, field: "mib" },
              color: colour,
              tooltip: [
                { field: "configuration", title: "configuration" },
                { field: "full", title: "median" },
              ],
            },
          },
          {
            transform: [{ filter: "isValid(datum.low)" }],
            mark: { type: "rule", strokeWidth: 2, style: "soft-rule" },
            encoding: { y, x: { ...x, field: "low" }, x2: { field: "high" } },
          },
          {
            transform: [{ calculate: "isValid(datum.high) ? datum.high : datum.mib", as: "end" }],
            mark: { type: "text", align: "left", dx: 5 },
            encoding: { y, x: { ...x, field: "end" }, text: { field: "text" } },
          },
        ],
      },
    },
    numbers: {
      head: ["measure", "sandbox", "median"],
      rows: values.map(({ title, label, full }) => [title, label, full]),
    },
    csv: {
      head: ["metric", "configuration", "bytes", "low", "high", "launches"],
      rows: rows.map(({ metric, configuration, estimate: { value, low, high, n } }) => [
        metric,
        configuration,
        value,
        low,
        high,
        n,
      ]),
    },
  };
}
