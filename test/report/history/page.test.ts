import { expect, test } from "vitest";
import { historyChart } from "../../../src/report/history/chart.ts";
import { historyPage } from "../../../src/report/history/page.ts";
import { chartToSvg } from "../../../src/report/kit/render-chart.ts";
import { history, points, STEP } from "./points.ts";

test("the page has the chart, the newest runs and the changes, and loads nothing", async () => {
  const html = await historyPage(history(points(STEP), { skipped: ["x.ndjson:3: <broken>"] }));
  expect(html).toContain("<svg");
  expect(html).toContain("changed 2026-01-09 in run-8");
  expect(html).toContain("x.ndjson:3: &lt;broken&gt;");
  expect(html).not.toMatch(/(?:src|href)="https?:/);
});

test("one cell is a wide chart, more are panels; both can be drawn", async () => {
  const single = historyChart(history(points(STEP)))!;
  const panels = historyChart(
    history([...points(STEP), ...points(STEP, { cell: "native/net=host/seccomp=none::syscalls" })]),
  )!;
  expect([single.fit.kind, panels.fit.kind]).toEqual(["width", "columns"]);
  for (const chart of [single, panels]) expect(await chartToSvg(chart, "dark")).toContain("<svg");
  expect(panels.csv.rows).toHaveLength(2 * STEP.length);
  expect(panels.numbers.rows[0]).toHaveLength(panels.numbers.head.length);
});

test("without a point there is no chart and still a page", async () => {
  expect(historyChart(history([]))).toBeNull();
  expect(await historyPage(history([]))).toContain("None of 5.0 % or more.");
});
