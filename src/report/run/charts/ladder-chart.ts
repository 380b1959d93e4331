import { agreement, RANGE_NOTE } from "../../kit/beside-ratios.ts";
import { type Chart, factorTicks, sandboxColour } from "../../kit/chart.ts";
import { formatFactor } from "../../kit/format.ts";
import type { LadderRung, LadderView } from "../view/report-view.ts";

/** Room right of the farthest point for its label, as a factor on the logarithmic axis. */
const ROOM_FOR_LABEL = 30;

/** A panel a key metric: times native on a shared logarithmic axis, a row a layer. */
export function ladderChart(ladders: readonly LadderView[]): Chart | null {
  const rows = ladders.flatMap((ladder) => ladder.rungs.map((rung) => datum(ladder, rung)));
  const drawn = rows.filter((row) => row.ratio !== null);
  if (drawn.length < 2) return null;
  const low = Math.min(0.5, ...drawn.map((row) => (row.low ?? row.ratio!) * 0.8));
  const high = Math.max(2, ...drawn.map((row) => row.high ?? row.ratio!));
  const domain = [low, high * ROOM_FOR_LABEL];
  const x = {
    type: "quantitative",
    scale: { type: "log", domain, nice: false },
    axis: { title: "times native", values: factorTicks(low, high * 2), format: "~g", grid: true },
  };
  const y = {
    field: "row",
    type: "nominal",
    sort: [...new Set(rows.map((row) => row.row))],
    axis: {
      title: null,
      ticks: false,
      domain: false,
      labelPadding: 6,
      labelExpr: "split(datum.label, '|')[1]",
    },
  };
  const measured = [{ filter: "datum.ratio !== null" }];
  const tooltip = [
    { field: "configuration", title: "configuration" },
    { field: "value", title: "value" },
    { field: "overhead", title: "times native" },
    { field: "step", title: "adds" },
  ];
  const colour = sandboxColour(
    rows.map((row) => row.sandbox),
    null,
  );
  return {
    id: "ladder",
    title: "What each layer adds",
    caption: `Each panel is one operation, each row one more layer between the program and the kernel. A point is the cost relative to native (dashed line, 1x), on a logarithmic axis; the bar through it is the 95 % interval. A row that begins with + adds a seccomp filter to the sandbox above it: the kernel evaluates it for unshare and runc, the Sentry for runsc, so those two are not comparable with each other. ${RANGE_NOTE}`,
    description: describe(ladders),
    fit: { kind: "columns", panelWidth: 250, labelWidth: 120 },
    spec: {
      data: { values: rows },
      facet: { field: "panel", type: "nominal", sort: ladders.map(panelTitle), title: null },
      columns: 3,
      spacing: { row: 18, column: 14 },
      spec: {
        width: 255,
        height: { step: 19 },
        layer: [
          { mark: { type: "rule", style: "one" }, encoding: { x: { ...x, datum: 1 } } },
          {
            transform: measured,
            mark: { type: "rule", style: "track", strokeWidth: 2 },
            encoding: { y, x: { ...x, field: "one" }, x2: { field: "ratio" } },
          },
          {
            transform: [{ filter: "datum.low !== null" }],
            mark: { type: "rule", strokeWidth: 5, strokeCap: "round", opacity: 0.45 },
            encoding: { y, x: { ...x, field: "low" }, x2: { field: "high" }, color: colour },
          },
          {
            transform: measured,
            mark: { type: "point", filled: true, size: 52, opacity: 1 },
            encoding: { y, x: { ...x, field: "ratio" }, color: colour, tooltip },
          },
          {
            transform: measured,
            mark: { type: "text", align: "left", dx: 9 },
            encoding: { y, x: { ...x, field: "labelAt" }, text: { field: "label" } },
          },
          {
            transform: [{ filter: "datum.ratio === null" }],
            mark: { type: "text", align: "left", dx: 9, style: "soft" },
            encoding: { y, x: { ...x, field: "one" }, text: { field: "label" } },
          },
        ],
      },
    },
    numbers: {
      head: ["operation", "layer", "value", "times native", "times the same sandbox without a filter"],
      rows: rows.map((row) => [row.panel, row.name, row.value, row.overhead, row.step]),
    },
    csv: {
      head: [
        "metric",
        "network",
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
        "step_ratio",
        "step_low",
        "step_high",
        "values_agree",
      ],
      rows: ladders.flatMap((ladder) => ladder.rungs.map((rung) => csvRow(ladder, rung))),
    },
  };
}

function panelTitle(ladder: LadderView): string {
  return ladder.title;
}

function datum(ladder: LadderView, rung: LadderRung) {
  const { estimate, evaluator } = rung;
  const isNative = estimate !== null && isReference(rung, ladder);
  const ratio = rung.ratio?.value ?? (isNative ? 1 : null);
  const sandbox = rung.label.split(" + ")[0]!;
  const name = evaluator === null ? rung.label : `+ seccomp (${evaluator})`;
  const value = estimate?.short ?? null;
  return {
    panel: panelTitle(ladder),
    row: `${sandbox}|${name}`,
    name: rung.label,
    sandbox,
    configuration: rung.configuration,
    one: 1,
    ratio,
    low: rung.ratio?.low ?? null,
    high: rung.ratio?.high ?? null,
    labelAt: ratio === null ? null : Math.max(1, rung.ratio?.high ?? ratio),
    label: ratio === null ? shorten(rung.missing) : isNative ? value : `${formatFactor(ratio)}x · ${value}`,
    value: estimate?.text ?? rung.missing ?? "",
    overhead: rung.ratio?.text ?? (isNative ? "baseline" : ""),
    step: rung.step === null ? "" : rung.step.ratio.text,
  };
}

/** What the ratios are against; a rung that merely has none is not compared. */
function isReference({ configuration, ratio }: LadderRung, { rungs }: LadderView): boolean {
  return ratio === null && rungs.some((rung) => rung.ratio?.baseline === configuration);
}

function shorten(reason: string | null): string {
  return reason === null ? "not compared" : `${reason.split(":")[0]}`;
}

function csvRow(ladder: LadderView, { configuration, estimate, ratio, step }: LadderRung) {
  return [
    ladder.key,
    ladder.network,
    configuration,
    estimate?.unit ?? null,
    estimate?.value ?? null,
    estimate?.low ?? null,
    estimate?.high ?? null,
    estimate?.n ?? null,
    ratio?.value ?? null,
    ratio?.low ?? null,
    ratio?.high ?? null,
    ratio?.n ?? null,
    step?.ratio.value ?? null,
    step?.ratio.low ?? null,
    step?.ratio.high ?? null,
    agreement([ratio, step?.ratio ?? null]),
  ];
}

function describe(ladders: readonly LadderView[]): string {
  const parts = ladders.map((ladder) => {
    const rungs = ladder.rungs.filter((rung) => rung.ratio !== null && rung.evaluator === null);
    return `${ladder.title}: ${rungs.map((rung) => `${rung.label} ${formatFactor(rung.ratio!.value)} times native`).join(", ")}`;
  });
  return `Cost of each layer relative to native. ${parts.join(". ")}.`;
}
