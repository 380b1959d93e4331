import { expect, test } from "vitest";
import { heatmapChart } from "../../../src/report/run/charts/heatmap-chart.ts";
import { buildView } from "../../../src/report/run/view/build-view.ts";
import { fixture } from "../fixture.ts";

test("a cell whose interval holds 1 has the colour of 1, and any other the colour of its ratio", () => {
  const { manifest, summary, launches } = fixture({ rounds: 7, scenarios: ["syscalls"] });
  const matrix = buildView(manifest, summary, launches).performance!.matrices[0]!;
  const { data } = heatmapChart(matrix).spec as { data: { values: { row: string; doublings: number }[] } };
  const ratios = matrix.groups
    .flatMap(({ rows }) => rows.flatMap(({ cells }) => cells))
    .map(({ ratio }) => ratio);
  const coloured = data.values.filter(({ row }) => !row.startsWith("#|")).map(({ doublings }) => doublings);
  const open = ratios.map((ratio) => ratio !== null && ratio.low! <= 1 && ratio.high! >= 1);
  expect(open.filter(Boolean).length).toBeGreaterThan(2);
  for (const [at, ratio] of ratios.entries()) {
    if (ratio === null) continue;
    expect(coloured[at]).toBeCloseTo(open[at] ? 0 : Math.log2(ratio.value), 2);
  }
});
