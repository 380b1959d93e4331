import { describe, expect, test } from "vitest";
import { renderComparison } from "../../../src/report/comparison/render-comparison.ts";
import { comparisonFixture, onlyVerdicts } from "./fixture.ts";

const text = renderComparison(comparisonFixture(), "terminal");

describe("a comparison in a terminal", () => {
  test.each([60, 80, 120])("fits a window of %i columns", (columns) => {
    const lines = renderComparison(comparisonFixture(), "terminal", { columns, all: true }).split("\n");
    expect(lines.filter((line) => line.length > columns)).toEqual([]);
  });

  test("says what was decided in its first line", () => {
    expect(text).toMatch(/^Worse: 1 cell broken, 4 of 17 metrics cost more than the limit allows;/);
  });

  test("shows what is broken, then worse, unclear and better", () => {
    const places = ["Broken (1)", "Worse (4)", "Unclear (3)", "Better (2)", "Same: 8"].map((heading) =>
      text.indexOf(`\n${heading}`),
    );
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
  });

  test("folds what stayed the same to a count with the losses it would have found", () => {
    expect(text).toContain("Same: 8 metrics; would find losses of 5.2 % to 7.6 %");
    expect(text).not.toContain("sched-yield");
    expect(renderComparison(comparisonFixture(), "terminal", { all: true })).toContain("sched-yield");
  });

  test("says beside what is unclear what it could have found, and what would settle it", () => {
    const words = text.replaceAll(/\s+/g, " ");
    expect(words).toContain("would find a loss of 9.3 %; 41 rounds would settle it");
    expect(words).toContain("would find a loss of 45 %; settling it is out of reach");
    expect(words).toContain("too few launches to find any loss; 12 rounds would settle it");
  });

  test("says it once where it is the same for all", () => {
    const metrics = onlyVerdicts("unclear").metrics.map((one) => ({
      ...one,
      mde: 0.08,
      roundsToSettle: 30,
      settleNs: null,
      effect: { ratio: 1.03, ciLow: 0.98, ciHigh: 1.09 },
    }));
    const same = renderComparison(comparisonFixture({ metrics }), "terminal");
    expect(same.split("30 rounds would settle it").length - 1).toBe(1);
  });

  test("names some of the cells that were not compared, and all of them when asked to", () => {
    const notCompared = Array.from({ length: 40 }, (_, i) => ({
      cell: `cell-${i}`,
      metric: null,
      reason: "gone",
    }));
    const many = comparisonFixture({ notCompared });
    expect(renderComparison(many, "terminal")).toContain("  and 37 more\n");
    expect(renderComparison(many, "terminal", { all: true })).toContain("cell-39");
  });

  test("marks a limit that is the noise floor", () => {
    expect(text).toMatch(/rand-read .* 8\.1 %\*\n/);
    expect(text).toContain("* the A/A noise floor");
  });

  test("is plain text unless colour is asked for", () => {
    const esc = String.fromCharCode(27);
    expect(text).not.toContain(esc);
    expect(renderComparison(comparisonFixture(), "terminal", { colour: true })).toContain(`${esc}[31m`);
  });

  test("is short where nothing changed", () => {
    const lines = renderComparison(onlyVerdicts("same"), "terminal").trimEnd().split("\n");
    expect(lines[0]).toBe("No loss in 8 metrics; 8 the same within 5 %.");
    expect(lines.length).toBeLessThan(10);
  });

  test("shows no figure of an emulated processor", () => {
    const emulated = renderComparison(comparisonFixture({ emulated: true }), "terminal");
    expect(emulated).toMatch(/^Functional test only/);
    expect(emulated).not.toMatch(/getpid|µs/);
  });
});
