import { describe, expect, test } from "vitest";
import { renderComparison } from "../../../src/report/comparison/render-comparison.ts";
import { parseCsv } from "../csv-records.ts";
import { comparisonFixture } from "./fixture.ts";

const [head, ...records] = parseCsv(renderComparison(comparisonFixture(), "csv"));
const column = (name: string) => records.map((record) => record[head!.indexOf(name)]);

describe("a comparison as CSV", () => {
  test("every record has every field", () => {
    expect(records.filter((record) => record.length !== head!.length)).toEqual([]);
  });

  test("has every metric, and what is broken or could not be compared with its reason", () => {
    expect(records.length).toBe(1 + 18 + 3);
    expect(column("verdict").filter((verdict) => verdict === "not compared").length).toBe(3);
    expect(column("reason").at(-1)).toBe('impossible on side a: "-1 ns" <below zero> & 100 % odd, see a|b');
  });

  test("no figure of an emulated processor is in it", () => {
    const emulated = parseCsv(renderComparison(comparisonFixture({ emulated: true }), "csv"));
    expect(emulated.length).toBe(1 + 1 + 3);
  });
});
