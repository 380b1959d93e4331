/** Stacked terms, an operation or program a bar, with what was measured beside the stack. */
import { GROUP_NAMES } from "../../../model/term-groups.ts";
import { TERM_NAMES, TERMS } from "../../../model/terms.ts";
import type { Chart, VegaLiteSpec } from "../../kit/chart.ts";
import { TOGETHER } from "../text.ts";
import type { WhyConfiguration, WhyRow } from "../view/model-view.ts";
import { whyCsv, whyNumbers } from "./why-numbers.ts";

export type WhyChartKind = "operations" | "programs";

/** Data of the chart for one configuration, small enough for a page that holds all of them. */
export type WhyData = {
  /** Names of the panels, and of the rows; the other arrays count in them. */
  panels: string[];
  rows: string[];
  /** panel, row, group, term, from, to, size */
  segments: number[][];
  /** panel, row, measured, low, high, modelled; low and high are `null` without an interval */
  marks: (number | null)[][];
};

const KINDS = {
  operations: {
    id: "why",
    title: "Why: what each operation is made of",
    caption:
      "A bar is what an operation costs more than natively, as the fitted terms of the model add up to it; to the left of 0 is what is cheaper here. The diamond is what was measured, the line through it its 90 % interval over resampled rounds. Where a diamond lies off the end of its bar, the model does not explain that operation. Each panel has an axis of its own.",
  },
  programs: {
    id: "why-programs",
    title: "Why: what each program is made of",
    caption:
      "A bar is what a program takes longer than natively, as a share of its native run, by the terms of the model as the programs of this run correct them. The diamond is what was measured, the line through it its 95 % interval.",
  },
} as const;

export function whyChart(configuration: WhyConfiguration, kind: WhyChartKind): Chart | null {
  const rows = rowsOf(configuration, kind);
  if (rows.length === 0) return null;
  const { id, title, caption } = KINDS[kind];
  const data = whyData(configuration, kind);
  const { head, rows: numbers } = whyNumbers(rows);
  return {
    id,
    title,
    caption,
    description: `${configuration.label}, more than natively. ${numbers.map(([name, measured, modelled]) => `${name}: measured ${measured}, modelled ${modelled}`).join(". ")}.`,
    fit: { kind: "rows", labelWidth: kind === "operations" ? 270 : 130, narrowLabels: 130 },
    spec: spec(data, kind),
    numbers: { head, rows: numbers },
    csv: whyCsv(configuration, rows),
  };
}

function rowsOf(configuration: WhyConfiguration, kind: WhyChartKind): WhyRow[] {
  return kind === "operations" ? configuration.ops : configuration.programs;
}

export function whyData(configuration: WhyConfiguration, kind: WhyChartKind): WhyData {
  const own = rowsOf(configuration, kind);
  const panels = [...new Set(own.map(({ panel }) => panel))];
  const place = (row: WhyRow) => panels.indexOf(row.panel);
  return {
    panels,
    rows: own.map(({ title }) => title),
    segments: own.flatMap((row, index) =>
      row.segments.map(({ term, group, from, to }) => [
        place(row),
        index,
        group === null ? GROUP_NAMES.length : GROUP_NAMES.indexOf(group),
        term === null ? TERM_NAMES.length : TERM_NAMES.indexOf(term),
        short(from, PLACE_DIGITS),
        short(to, PLACE_DIGITS),
        short(to - from),
      ]),
    ),
    marks: own.map((row, index) => [
      place(row),
      index,
      short(row.measured),
      row.low === null ? null : short(row.low),
      row.high === null ? null : short(row.high),
      short(row.modelled),
    ]),
  };
}

/** Of a figure that is written out with three, and of a place in the picture. */
const FIGURE_DIGITS = 7;
const PLACE_DIGITS = 5;

function short(value: number, digits = FIGURE_DIGITS): number {
  return Number(value.toPrecision(digits));
}

/** What a colour stands for. */
const KIND_NAMES = [...GROUP_NAMES, "not told apart"];

export const SEGMENT_FIELDS = ["panel", "row", "group", "term", "from", "to", "size"] as const;
export const MARK_FIELDS = ["panel", "row", "measured", "low", "high", "modelled"] as const;

/** Rows of data as objects, named by `fields`; the page's script does the same. */
function named(fields: readonly string[], rows: readonly (readonly (number | null)[])[]) {
  return rows.map((row) => Object.fromEntries(fields.map((field, index) => [field, row[index]!])));
}

/** Vega expression: `2.73 µs`, or `+52 %`, of a value with a sign. */
function textOf(value: string, kind: WhyChartKind, digits = ".3r"): string {
  if (kind === "programs") return `format(100 * ${value}, '+${digits}') + ' %'`;
  const step = (divisor: number, unit: string) =>
    `abs(${value}) >= ${divisor} ? format(${value} / ${divisor}, '${digits}') + ' ${unit}' : `;
  return `${step(1e9, "s")}${step(1e6, "ms")}${step(1e3, "µs")}format(${value}, '${digits}') + ' ns'`;
}

function spec({ panels, rows, segments, marks }: WhyData, kind: WhyChartKind): VegaLiteSpec {
  const y = {
    field: "row",
    type: "ordinal",
    axis: { title: null, ticks: false, domain: false, labelPadding: 6, labelExpr: "rowNames[datum.value]" },
  };
  const x = {
    type: "quantitative",
    scale: { nice: false, zero: true },
    axis: { title: null, tickCount: 6, labelExpr: textOf("datum.value", kind, "~g"), grid: true },
  };
  const isMark = { filter: "isDefined(datum.measured)" };
  return {
    params: [
      { name: "panelNames", value: panels },
      { name: "rowNames", value: rows },
      { name: "termNames", value: [...TERM_NAMES.map((term) => TERMS[term].title), TOGETHER] },
      { name: "groupNames", value: KIND_NAMES },
    ],
    data: { values: [...named(SEGMENT_FIELDS, segments), ...named(MARK_FIELDS, marks)] },
    transform: [
      { calculate: "groupNames[datum.group]", as: "kind" },
      { calculate: "termNames[datum.term]", as: "title" },
      { calculate: textOf("datum.size", kind), as: "adds" },
      { calculate: textOf("datum.measured", kind), as: "text" },
      { calculate: textOf("datum.modelled", kind), as: "sum" },
      { calculate: "isValid(datum.high) ? datum.high : datum.measured", as: "reach" },
      // Room for the text at the end of the longer of bar and diamond.
      {
        joinaggregate: [
          { op: "max", field: "to", as: "longest" },
          { op: "max", field: "reach", as: "farthest" },
        ],
        groupby: ["panel"],
      },
      { joinaggregate: [{ op: "max", field: "to", as: "end" }], groupby: ["row"] },
      { calculate: "max(datum.longest, datum.farthest, 0) * 1.16", as: "room" },
    ],
    spacing: 14,
    vconcat: panels.map((name, index) => ({
      title: { text: name, anchor: "start", frame: "group", fontSize: 12 },
      width: 620,
      height: { step: 19 },
      // First, so that the page's script can count anew for another configuration.
      transform: [{ filter: `datum.panel === ${index}` }],
      layer: [
        {
          transform: [{ filter: "!isDefined(datum.measured)" }],
          mark: { type: "bar", height: { band: 0.66 }, style: "tile", strokeWidth: 0.7 },
          encoding: {
            y,
            x: { ...x, field: "from" },
            x2: { field: "to" },
            color: {
              field: "kind",
              type: "nominal",
              scale: {
                domain: KIND_NAMES,
                range: KIND_NAMES.map((_, index) => ({ expr: `groupColours[${index}]` })),
              },
              legend: { title: null, orient: "top" },
            },
            tooltip: [
              { field: "title", title: "term" },
              { field: "adds", title: "adds" },
            ],
          },
        },
        {
          transform: [isMark, { filter: "datum.low !== null" }],
          mark: { type: "rule", strokeWidth: 1.5, style: "soft-rule" },
          encoding: { y, x: { ...x, field: "low" }, x2: { field: "high" } },
        },
        {
          transform: [isMark],
          mark: { type: "point", shape: "diamond", filled: true, size: 46, opacity: 1, style: "measured" },
          encoding: {
            y,
            x: { ...x, field: "measured" },
            tooltip: [
              { field: "text", title: "measured" },
              { field: "sum", title: "modelled" },
            ],
          },
        },
        {
          transform: [isMark, { calculate: "max(datum.end, datum.measured, datum.reach, 0)", as: "labelAt" }],
          mark: { type: "text", align: "left", dx: 8 },
          encoding: { y, x: { ...x, field: "labelAt" }, text: { field: "text" } },
        },
        {
          transform: [isMark],
          mark: { type: "point", opacity: 0 },
          encoding: { x: { ...x, field: "room" } },
        },
      ],
    })),
  };
}
