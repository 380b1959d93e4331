import { type Chart, factorTicks, sandboxColour } from "../../kit/chart.ts";
import { formatFactor } from "../../kit/format.ts";
import type { MatrixView } from "../view/report-view.ts";

/** Beside the key operations, this many of each group, so that no kind of cost is missing. */
const OF_EACH_GROUP = 2;

/** Overhead with its interval, operation by operation, the sandboxes below one another. */
export function forestChart(matrix: MatrixView): Chart | null {
  const chosen = matrix.groups.flatMap(({ rows }) =>
    rows.filter((row, index) => row.isKey || index < OF_EACH_GROUP),
  );
  const columns = matrix.columns
    .map((column, index) => ({ column, index }))
    .filter(({ column }) => column.evaluator === null);
  const values = chosen.flatMap((row) =>
    columns.flatMap(({ column, index }) => {
      const cell = row.cells[index];
      if (!cell?.ratio || cell.estimate === null) return [];
      const { value: ratio, low, high, n, text } = cell.ratio;
      return [
        {
          op: row.title,
          sandbox: column.sandbox,
          configuration: column.configuration,
          ratio,
          low,
          high,
          n,
          text,
          value: cell.estimate.text,
        },
      ];
    }),
  );
  if (values.length === 0) return null;
  const sandboxes = [...new Set(values.map(({ sandbox }) => sandbox))];
  const low = Math.min(0.8, ...values.map((value) => value.low ?? value.ratio)) * 0.9;
  const high = Math.max(2, ...values.map((value) => value.high ?? value.ratio)) * 1.1;
  const x = {
    type: "quantitative",
    scale: { type: "log", domain: [low, high], nice: false },
    axis: { title: "times native", values: factorTicks(low, high), format: "~g" },
  };
  const y = {
    field: "op",
    type: "nominal",
    sort: [...new Set(values.map(({ op }) => op))],
    scale: { paddingInner: 0.3, paddingOuter: 0.15 },
    axis: {
      title: null,
      ticks: false,
      domain: false,
      grid: true,
      bandPosition: -0.2,
      labelPadding: 8,
    },
  };
  const colour = sandboxColour(sandboxes, { title: null, orient: "top" });
  const offset = { yOffset: { field: "sandbox", type: "nominal", sort: sandboxes } };
  return {
    id: "intervals",
    title: "How sure the numbers are",
    caption:
      "A point is the cost relative to native, the line through it the exact 95 % interval over the paired rounds; on the dashed line it costs the same. Where an interval crosses the dashed line, this run cannot tell the two apart. Logarithmic axis, no seccomp filter.",
    description: `Overhead with 95 % intervals. ${values.map(({ op, sandbox, ratio }) => `${op}, ${sandbox}: ${formatFactor(ratio)}`).join("; ")}.`,
    fit: { kind: "width", narrowLabels: 150 },
    spec: {
      data: { values },
      width: 900,
      height: { step: 11, for: "offset" },
      autosize: { type: "fit-x", contains: "padding" },
      layer: [
        { mark: { type: "rule", style: "one" }, encoding: { x: { ...x, datum: 1 } } },
        {
          transform: [{ filter: "isValid(datum.low)" }],
          mark: { type: "rule", strokeWidth: 2 },
          encoding: {
            y,
            ...offset,
            x: { ...x, field: "low" },
            x2: { field: "high" },
            color: colour,
          },
        },
        {
          mark: { type: "point", filled: true, size: 42, opacity: 1 },
          encoding: {
            y,
            ...offset,
            x: { ...x, field: "ratio" },
            color: colour,
            tooltip: [
              { field: "op", title: "operation" },
              { field: "configuration", title: "configuration" },
              { field: "text", title: "times native" },
              { field: "value", title: "value" },
            ],
          },
        },
      ],
    },
    numbers: {
      head: ["operation", "sandbox", "times native", "value"],
      rows: values.map(({ op, sandbox, text, value }) => [op, sandbox, text, value]),
    },
    csv: {
      head: ["operation", "configuration", "ratio", "low", "high", "pairs"],
      rows: values.map(({ op, configuration, ratio, low, high, n }) => [
        op,
        configuration,
        ratio,
        low,
        high,
        n,
      ]),
    },
  };
}
