import { expect, test } from "vitest";
import { chartToSvg } from "../../../src/report/kit/render-chart.ts";
import { frontChart } from "../../../src/report/tune/front-chart.ts";
import { tunePage } from "../../../src/report/tune/page.ts";
import { candidate, PRESENT_ID } from "../../model/tune/made-costs.ts";
import { madeFactor, madeReport } from "./made-report.ts";

const report = madeReport(madeFactor(0.8));

test("the page has the answer, the chart, prices and snippets, and loads nothing", async () => {
  const html = await tunePage(report);
  expect(html).toContain("<h1>Switch flags from default to faster");
  expect(html).toContain("<svg");
  expect(html).toContain("[runsc_config]");
  expect(html).toContain("security: gVisor hands socket calls");
  expect(html).not.toMatch(/(?:src|href)="https?:/);
});

test("the chart has every configuration with its layers, what is there now, and what stands on the front", async () => {
  const chart = frontChart(report)!;
  const { values } = chart.spec.data as {
    values: { configuration: string; now: boolean; onFront: boolean; layers: string }[];
  };
  expect(values).toHaveLength(7);
  expect(values.filter(({ now }) => now).map(({ configuration }) => configuration)).toEqual([PRESENT_ID]);
  expect(values.find(({ configuration }) => configuration.endsWith("flags=faster"))).toMatchObject({
    onFront: true,
    layers: "KN-M-",
  });
  expect(await chartToSvg(chart, "dark")).toContain("<svg");
  expect(chart.csv.rows[0]).toHaveLength(chart.csv.head.length);
});

test("without a baseline there is no chart, and still a page", async () => {
  const bare = madeReport(madeFactor(1), { candidates: [candidate(), candidate({ flags: "faster" })] });
  expect(frontChart(bare)).toBeNull();
  expect(await tunePage(bare)).toContain("Nothing can be held against the baseline");
});
