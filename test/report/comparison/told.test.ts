import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { renderComparison } from "../../../src/report/comparison/render-comparison.ts";
import { interleaved } from "../../check/printed-values.ts";
import { parseCsv } from "../csv-records.ts";

const some = [0, 0, 0, 3, 4, 5, 4, 3, 4, 5, 4, 3];
const comparison = interleaved({ unit: "count", a: some, b: Array(12).fill(0) });
const json = JSON.parse(renderComparison(comparison, "json"));
const told = json.metrics.find(({ metric }: { metric: string }) => metric === "figure");

test("JSON has no ratio where a value is 0, nor what belongs to one", () => {
  expect(told).toMatchObject({
    effect: { ratio: null, ciLow: null, ciHigh: null },
    mde: null,
    values: { agree: null },
    offset: 1,
    a: { launches: 12, zeros: 3 },
    b: { launches: 12, zeros: 12 },
  });
  expect(json.metrics.find(({ metric }: { metric: string }) => metric === "other")).toMatchObject({
    effect: { ratio: 1 },
    values: { agree: true },
  });
});

test("CSV and SARIF say the same as JSON", () => {
  const [head, ...records] = parseCsv(renderComparison(comparison, "csv"));
  const record = records.find((one) => one.includes("figure"))!;
  const fields = Object.fromEntries(head!.map((name, at) => [name, record[at]]));
  expect(fields).toMatchObject({ cost_ratio: "", mde: "", values_agree: "", zeros_a: "3", zeros_b: "12" });
  const sarif = JSON.parse(renderComparison(comparison, "sarif"));
  const result = sarif.runs[0].results.find((one: { message: { text: string } }) =>
    one.message.text.startsWith("figure"),
  );
  expect(result.properties).toMatchObject({ ratio: null, ciLow: null, ciHigh: null, mde: null });
});

test("a row without a ratio says which launches were 0", () => {
  const words = "0 in 3 of 12 launches of a and in 12 of 12 of b";
  for (const format of ["terminal", "markdown", "github", "sarif"] as const) {
    expect(renderComparison(comparison, format, { all: true })).toContain(words);
  }
});

test("docs/ci.md names every field of a metric in the JSON", () => {
  const text = readFileSync(new URL("../../../docs/ci.md", import.meta.url), "utf8");
  expect(Object.keys(told).filter((field) => !text.includes(`\`${field}\``))).toEqual([]);
});
