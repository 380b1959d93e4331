import { describe, expect, test } from "vitest";
import { costReport } from "../../../src/model/cost-report.ts";
import { factorTicks, panelTitle } from "../../../src/report/kit/chart.ts";
import { chartToSvg, svgToPng } from "../../../src/report/kit/render-chart.ts";
import {
  allCharts,
  chartList,
  modelChartList,
  modelCharts,
} from "../../../src/report/run/charts/all-charts.ts";
import { buildView } from "../../../src/report/run/view/build-view.ts";
import { madeCell } from "../../model/made-model.ts";
import { type FixtureOptions, fixture } from "../fixture.ts";

function chartsOf(options: FixtureOptions) {
  const { manifest, summary, launches } = fixture({ rounds: 7, ...options });
  return chartList(allCharts(buildView(manifest, summary, launches).performance!));
}

/** Those of the cost model, with programs that were predicted and measured. */
function chartsOfModel() {
  const { manifest, summary, launches } = fixture({ rounds: 7, scenarios: ["syscalls", "files"] });
  const configuration = "runsc/systrap/net=none/seccomp=none";
  const program = { program: "gzip", configuration, nativeNs: 1e8, measured: 2.2, modelled: 2 };
  const parts = [{ term: "trap" as const, ns: 80e6 }];
  const stored = {
    cells: ["gzip", "grep", "go", "redis", "sqlite"].map((name) => madeCell(name)),
    programs: [{ ...program, measuredLow: 2.1, measuredHigh: 2.3, parts }],
  };
  const cost = costReport(manifest, launches, new Map(), stored);
  return modelChartList(modelCharts(buildView(manifest, summary, launches, cost).model));
}

const ofRun = chartsOf({});
const ofModel = chartsOfModel();
const charts = [...ofRun, ...ofModel];

test("a run with programs has the charts of the cost model", () => {
  expect(ofModel.map(({ id }) => id)).toEqual(["why", "why-programs", "predicted"]);
});

test("a full run has every chart", () => {
  expect(ofRun.map(({ id }) => id)).toEqual([
    "ladder",
    "overhead-none",
    "overhead-sandbox",
    "overhead-host",
    "intervals",
    "distributions",
    "startup",
    "memory",
  ]);
});

describe.each(charts.map((chart) => [chart.id, chart] as const))("%s", (_id, chart) => {
  test("draws marks without a warning that changes it", async () => {
    const svg = await chartToSvg(chart, "light");
    const marks = svg.match(/class="mark-(symbol|rect|line) role-mark/g) ?? [];
    expect(marks.length).toBeGreaterThan(0);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  test("has as many columns in its numbers as in their heads", () => {
    for (const { head, rows } of [chart.numbers, chart.csv]) {
      expect(rows.length).toBeGreaterThan(0);
      expect(new Set<number>(rows.map((row: unknown[]) => row.length))).toEqual(new Set([head.length]));
    }
  });

  test("tells its gist in words", () => {
    expect(chart.description).toMatch(/\d/);
    expect(chart.description).not.toMatch(/undefined|NaN|\|/);
  });
});

test("light and dark differ in colour only", async () => {
  const [light, dark] = await Promise.all([chartToSvg(charts[0]!, "light"), chartToSvg(charts[0]!, "dark")]);
  const shape = (svg: string) => svg.replaceAll(/#[0-9a-f]{6}/g, "");
  expect(light).not.toBe(dark);
  expect(shape(light)).toBe(shape(dark));
});

test("a PNG is made without a browser", async () => {
  const png = svgToPng(await chartToSvg(charts.at(-1)!, "light"));
  expect(Buffer.from(png.subarray(1, 4)).toString()).toBe("PNG");
  expect(png.length).toBeGreaterThan(10_000);
});

test("a run of one scenario has the charts that it can fill", () => {
  expect(chartsOf({ scenarios: ["cpu"] }).map(({ id }) => id)).toEqual([
    "ladder",
    "overhead-none",
    "overhead-sandbox",
    "overhead-host",
    "intervals",
    "distributions",
  ]);
});

test("few rounds are drawn without intervals", async () => {
  for (const chart of chartsOf({ rounds: 2, scenarios: ["syscalls"] }))
    expect(await chartToSvg(chart, "light")).not.toMatch(/NaN|undefined/);
});

test("a run with nothing measured has no chart", () => {
  expect(chartsOf({ scenarios: [] })).toEqual([]);
});

test("ticks of a logarithmic axis stay few", () => {
  expect(factorTicks(0.5, 40)).toEqual([0.5, 1, 2, 5, 10, 20]);
  expect(factorTicks(0.5, 1_000)).toEqual([1, 10, 100, 1000]);
});

test("a long panel title is broken near its middle", () => {
  expect(panelTitle("TCP round trip")).toBe("TCP round trip");
  expect(panelTitle("PSS of the whole process tree, at the start")).toBe(
    "PSS of the whole process|tree, at the start",
  );
});
