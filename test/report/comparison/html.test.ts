import { describe, expect, test } from "vitest";
import { verdictForest } from "../../../src/report/comparison/forest.ts";
import { renderComparisonHtml } from "../../../src/report/comparison/html.ts";
import { verdictView } from "../../../src/report/comparison/verdict-view.ts";
import { comparisonFixture } from "./fixture.ts";

describe("the page of a comparison", () => {
  test("text of programs cannot become markup", async () => {
    const broken = [{ cell: "c::s", scenario: "s", metric: null, reason: "<script>alert(1)</script>" }];
    const page = await renderComparisonHtml(comparisonFixture({ broken }));
    expect(page).not.toContain("<script>alert(1)");
    expect(page).toContain("&lt;script&gt;alert(1)");
  });

  test("shows no figure of an emulated processor", async () => {
    const page = await renderComparisonHtml(comparisonFixture({ emulated: true }));
    expect(page).toContain("Functional test only.");
    expect(page).not.toMatch(/<figure|µs/);
  });
});

describe("the chart of a comparison", () => {
  test("has every gated metric in its numbers, the worst first", () => {
    const chart = verdictForest(verdictView(comparisonFixture(), false))!;
    expect(chart.numbers.rows.length).toBe(17);
    expect(chart.csv.rows[0]!.slice(1, 3)).toEqual(["open-close", "worse"]);
  });

  test("draws so many rows that one can still read them, and says how many it leaves to the table", () => {
    const metrics = Array.from({ length: 10 }, () => comparisonFixture().metrics).flat();
    const chart = verdictForest(verdictView(comparisonFixture({ metrics }), false))!;
    expect((chart.spec.data as { values: unknown[] }).values.length).toBe(70);
    expect(chart.caption).toContain("The last 100 rows are in the table only.");
  });

  test("is left out where nothing was compared", () => {
    expect(verdictForest(verdictView(comparisonFixture({ metrics: [] }), false))).toBeNull();
  });
});
