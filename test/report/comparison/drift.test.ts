import { expect, test } from "vitest";
import type { MetricComparison } from "../../../src/check/comparison-types.ts";
import { renderComparison } from "../../../src/report/comparison/render-comparison.ts";
import { limitText } from "../../../src/report/comparison/words.ts";
import { comparisonFixture } from "./fixture.ts";

function driftedFixture() {
  const comparison = comparisonFixture();
  const raised = (metric: MetricComparison): MetricComparison => ({
    ...metric,
    delta: metric.delta + 0.07,
    driftAllowance: 0.07,
  });
  return { ...comparison, metrics: comparison.metrics.map(raised) };
}

test("a limit says how much of it is for drift", () => {
  const limits = new Set(driftedFixture().metrics.map(limitText));
  expect(limits).toContain("12 % (5 % + 7 % drift)");
  expect(limits).toContain("15 % (noise floor 8.1 % + 7 % drift)");
});

test("the terminal marks raised limits, and says what the mark means", () => {
  const text = renderComparison(driftedFixture(), "terminal");
  expect(text).toContain("12 %~");
  expect(text).toContain("~ raised for drift of the host between the two runs");
  expect(renderComparison(comparisonFixture(), "terminal")).not.toContain("~ raised");
});

test("each mark at a limit has one legend, and each legend a mark", () => {
  const legends = [/^\* /m, /^~ /m];
  const marks = [/%\*/, /%\*?~/];
  const plain = comparisonFixture();
  const configured = plain.metrics.map((metric) => ({ ...metric, deltaFrom: "configured" as const }));
  for (const comparison of [driftedFixture(), plain, { ...plain, metrics: configured }]) {
    const text = renderComparison(comparison, "terminal", { all: true });
    for (const [at, legend] of legends.entries()) {
      expect(legend.test(text)).toBe(marks[at]!.test(text));
      expect(text.match(new RegExp(legend, "gm"))?.length ?? 0).toBeLessThanOrEqual(1);
    }
  }
});

test("programs read it", () => {
  expect(renderComparison(driftedFixture(), "csv")).toMatch(/drift_allowance[\s\S]*,0\.07,/);
});
