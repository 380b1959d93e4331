import { agreement, holdsOne, RANGE_NOTE } from "../../kit/beside-ratios.ts";
import type { Chart } from "../../kit/chart.ts";
import { formatFactor, formatValue } from "../../kit/format.ts";
import type { MatrixCell, MatrixColumn, MatrixRow, MatrixView } from "../view/report-view.ts";

/** Colours are saturated at this many doublings; beyond it only the printed value differs. */
const MOST_DOUBLINGS = 7;
const LEAST_DOUBLINGS = -3;

/** Width of a column, and of a character of its header, px. */
const STEP = 44;
const HEADER_CHARACTER = 7.6;

const COMPACT = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 2 });

/** Rows are named `key|title`, so that two operations may share a title. */
const LABEL = "slice(datum.label, indexof(datum.label, '|') + 1)";

/** Op x configuration of one network; columns grouped by sandbox, which also says who evaluates the filter. */
export function heatmapChart(matrix: MatrixView): Chart {
  const rows = matrix.groups.flatMap(({ group, rows }) => [
    { key: group, label: `#|${group}`, row: null },
    ...rows.map((row) => ({ key: row.key, label: `${row.key}|${row.title}`, row })),
  ]);
  const data = rows.flatMap(({ row, label }) =>
    matrix.columns.map((column, index) => datum(label, column, row, row?.cells[index] ?? null)),
  );
  const present = data.map((cell) => cell.doublings).filter((value) => value !== null);
  const low = Math.max(LEAST_DOUBLINGS, Math.min(-1, ...present));
  const high = Math.min(MOST_DOUBLINGS, Math.max(2, ...present));
  const sandboxes = [...new Set(matrix.columns.map(sandboxHeader))];
  const y = {
    field: "row",
    type: "nominal",
    sort: rows.map(({ label }) => label),
    axis: {
      title: null,
      domain: false,
      ticks: false,
      labelExpr: LABEL,
      labelFontWeight: { condition: { test: "datum.label[0] === '#'", value: 700 }, value: 400 },
    },
  };
  const x = {
    field: "seccomp",
    type: "nominal",
    sort: [...new Set(matrix.columns.map((column) => column.seccomp))],
    axis: { title: null, orient: "top", domain: false, ticks: false, labelAngle: -45 },
  };
  const text = (test: string, style: string) => ({
    transform: [{ filter: test }],
    mark: { type: "text", style },
    encoding: { x, y, text: { field: "text" } },
  });
  const strong = `(datum.doublings > strong.above * ${high} || datum.doublings < strong.below * ${low})`;
  return {
    id: `overhead-${matrix.network}`,
    title: `Where the cost is: every operation, network ${matrix.network}`,
    caption: `A row is an operation, a column a configuration; the number is the cost relative to native: 1 costs the same, 2 twice as much, 0.5 half. Orange costs more, blue costs less, on a logarithmic colour scale; where the interval holds 1 neither is shown, and the cell has the colour of 1. The word over a column is its seccomp profile; under unshare and runc the kernel evaluates it, under runsc the Sentry, so compare those columns within their sandbox only. A figure without colour has nothing to be compared with; a cross marks a failed cell, a dot an operation that was not done there. ${RANGE_NOTE}`,
    description: describe(matrix),
    fit: { kind: "fixed", narrowLabels: 150 },
    spec: {
      data: { values: data },
      facet: {
        column: {
          field: "sandbox",
          type: "nominal",
          sort: sandboxes,
          title: null,
          header: { labelExpr: "split(datum.label, '|')", labelPadding: 4 },
        },
      },
      spacing: 8,
      resolve: { scale: { x: "independent" } },
      spec: {
        width: { step: stepOf(matrix.columns) },
        height: { step: 19 },
        layer: [
          {
            transform: [
              { filter: "isValid(datum.doublings)" },
              { calculate: LABEL.replaceAll("label", "row"), as: "op" },
              { calculate: "split(datum.sandbox, '|')[0] + ', seccomp ' + datum.seccomp", as: "where" },
            ],
            mark: { type: "rect", cornerRadius: 2, strokeWidth: 1.5, style: "tile" },
            encoding: {
              x,
              y,
              color: {
                field: "doublings",
                type: "quantitative",
                scale: {
                  domain: [low, 0, high / 2, high],
                  range: [0, 1, 2, 3].map((index) => ({ expr: `heat[${index}]` })),
                  clamp: true,
                  interpolate: "lab",
                },
                legend: {
                  title: "times native",
                  orient: "bottom",
                  gradientLength: 260,
                  values: [-3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7].filter(
                    (doublings) => doublings >= low && doublings <= high,
                  ),
                  labelExpr: "format(pow(2, datum.value), '~g') + 'x'",
                },
              },
              tooltip: [
                { field: "op", title: "operation" },
                { field: "where", title: "configuration" },
                { field: "overhead", title: "times native" },
                { field: "value", title: "value" },
                { field: "native", title: "native" },
              ],
            },
          },
          text(`isValid(datum.doublings) && ${strong}`, "strong"),
          text(`isValid(datum.doublings) && !${strong}`, "weak"),
          text("!isValid(datum.doublings)", "soft"),
        ],
      },
    },
    numbers: {
      head: [
        "operation",
        "native",
        ...matrix.columns.map((column) => `${column.sandbox}, ${filterName(column)}`),
      ],
      rows: matrix.groups.flatMap(({ rows }) =>
        rows.map((row) => [row.title, row.native?.text ?? "", ...row.cells.map(cellText)]),
      ),
    },
    csv: csv(matrix),
  };
}

function datum(label: string, column: MatrixColumn, row: MatrixRow | null, cell: MatrixCell | null) {
  const ratio = cell?.ratio ?? null;
  return {
    row: label,
    sandbox: sandboxHeader(column),
    seccomp: column.seccomp,
    doublings: ratio === null ? null : holdsOne(ratio) ? 0 : Number(Math.log2(ratio.value).toFixed(3)),
    text: cell === null ? "" : ratio === null ? mark(cell) : formatFactor(ratio.value),
    ...(ratio === null || row === null || cell === null
      ? {}
      : {
          overhead: ratio.text,
          value: cell.estimate?.text ?? "",
          native: row.native?.text ?? "not measured",
        }),
  };
}

/** Room for a figure, in px; where a sandbox has few columns, its two header lines decide. */
function stepOf(columns: readonly MatrixColumn[]): number {
  const groups = [...Map.groupBy(columns, sandboxHeader)];
  const needed = groups.map(([header, own]) => {
    const longest = Math.max(...header.split("|").map(({ length }) => length));
    return (longest * HEADER_CHARACTER) / own.length;
  });
  return Math.ceil(Math.max(STEP, ...needed));
}

/** Two lines: the sandbox, and who evaluates its filters. */
function sandboxHeader(column: MatrixColumn): string {
  const evaluator = column.sandbox.startsWith("runsc") ? "Sentry" : "kernel";
  return `${column.sandbox}|seccomp: ${evaluator}`;
}

function filterName(column: MatrixColumn): string {
  return column.evaluator === null ? "no filter" : `seccomp ${column.seccomp} (${column.evaluator})`;
}

function mark(cell: MatrixCell): string {
  if (cell.missing?.startsWith("failed")) return "✕";
  if (cell.estimate === null) return "·";
  const { value, unit } = cell.estimate;
  return unit === "count" ? COMPACT.format(value) : formatValue(value, unit);
}

function cellText(cell: MatrixCell): string {
  if (cell.estimate === null) return cell.missing ?? "";
  return `${cell.ratio?.text ?? cell.missing ?? ""} (${cell.estimate.text})`;
}

function csv(matrix: MatrixView): Chart["csv"] {
  return {
    head: [
      "scenario",
      "metric",
      "configuration",
      "unit",
      "value",
      "value_low",
      "value_high",
      "launches",
      "ratio",
      "ratio_low",
      "ratio_high",
      "pairs",
      "baseline",
      "missing",
      "values_agree",
    ],
    rows: matrix.groups.flatMap(({ rows }) =>
      rows.flatMap((row) =>
        row.cells.map(({ estimate, ratio, missing }, index) => [
          row.scenario,
          row.metric,
          matrix.columns[index]!.configuration,
          estimate?.unit ?? null,
          estimate?.value ?? null,
          estimate?.low ?? null,
          estimate?.high ?? null,
          estimate?.n ?? null,
          ratio?.value ?? null,
          ratio?.low ?? null,
          ratio?.high ?? null,
          ratio?.n ?? null,
          ratio?.baseline ?? null,
          missing,
          agreement([ratio]),
        ]),
      ),
    ),
  };
}

function describe(matrix: MatrixView): string {
  const tops = matrix.columns.flatMap((column, index) => {
    if (column.evaluator !== null) return [];
    const rows = matrix.groups.flatMap(({ rows }) => rows).filter((row) => row.cells[index]?.ratio);
    const top = rows.toSorted((a, b) => b.cells[index]!.ratio!.value - a.cells[index]!.ratio!.value)[0];
    return top === undefined
      ? []
      : [`${column.sandbox}: ${top.title}, ${formatFactor(top.cells[index]!.ratio!.value)} times native`];
  });
  return `Overhead of every operation with network ${matrix.network}. The dearest operation of each sandbox without a filter: ${tops.join("; ")}.`;
}
