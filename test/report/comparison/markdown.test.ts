import { describe, expect, test } from "vitest";
import { renderComparison } from "../../../src/report/comparison/render-comparison.ts";
import { comparisonFixture, onlyVerdicts } from "./fixture.ts";

describe("a comparison as Markdown", () => {
  test("begins with a heading that passes or fails", () => {
    expect(renderComparison(comparisonFixture(), "markdown")).toMatch(/^## ❌ sbx-bench: Worse:/);
    expect(renderComparison(onlyVerdicts("same"), "markdown")).toMatch(/^## ✅ sbx-bench: No loss/);
  });

  test("what is unclear fails only where the gate is strict", () => {
    expect(renderComparison(onlyVerdicts("unclear"), "markdown")).toMatch(/^## ⚠/);
    expect(renderComparison(onlyVerdicts("unclear"), "markdown", { strict: true })).toMatch(/^## ❌/);
  });

  test("text of programs cannot break out of its cell", () => {
    const text = renderComparison(comparisonFixture(), "markdown");
    expect(text).toContain("&lt;below zero>");
    expect(text).toContain("see a\\|b");
  });

  test("stays below the size of a comment, with what is worse kept and the cut announced", () => {
    const { metrics } = comparisonFixture();
    const many = Array.from({ length: 60 }, () => metrics).flat();
    const text = renderComparison(comparisonFixture({ metrics: many }), "markdown");
    expect(text.length).toBeLessThan(65_536);
    expect(text).toContain("### Worse: 240 metrics");
    expect(text).toMatch(/And \d+ more, in the full report\./);
  });

  test("every fold is closed", () => {
    const text = renderComparison(comparisonFixture(), "markdown");
    expect(text.split("<details>").length).toBe(text.split("</details>").length);
  });
});
