import { expect, test } from "vitest";
import { quantile } from "../../src/stats/distributions/quantile.ts";
import { sorted } from "../../src/stats/distributions/sorted.ts";

test("type 7, not type 8, which gives 27", () => {
  expect(quantile(sorted([15, 20, 35, 40, 50]), 0.4)).toBeCloseTo(29, 12);
});
