import { expect, test } from "vitest";
import { type ComparisonFormat, renderComparison } from "../../../src/report/comparison/render-comparison.ts";
import { comparisonFixture } from "./fixture.ts";

const FILES: [ComparisonFormat, string][] = [
  ["terminal", "terminal.txt"],
  ["markdown", "comment.txt"],
  ["github", "annotations.txt"],
  ["junit", "junit.xml"],
  ["sarif", "results.sarif"],
  ["csv", "metrics.csv"],
];

test.each(FILES)("a comparison with every verdict as %s", async (format, file) => {
  const text = renderComparison(comparisonFixture(), format);
  await expect(text).toMatchFileSnapshot(`golden/${file}`);
});

test("as JSON it is the comparison itself", () => {
  expect(JSON.parse(renderComparison(comparisonFixture(), "json"))).toEqual(comparisonFixture());
});
