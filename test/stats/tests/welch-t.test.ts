import { expect, test } from "vitest";
import { welchT } from "../../../src/stats/tests/welch-t.ts";

test("a sample of one says nothing", () => {
  expect(welchT([1], [1, 2])).toBeNull();
  expect(welchT([], [])).toBeNull();
});

test("samples without spread differ for certain, or not at all", () => {
  expect(welchT([1, 1], [2, 2, 2])).toMatchObject({ t: Number.NEGATIVE_INFINITY, p: 0 });
  expect(welchT([1, 1], [1, 1])).toMatchObject({ t: 0, p: 1 });
});

test("the deviation is the sample's: p of five and five is 0.234 with it, 0.188 without", () => {
  const result = welchT([0, 1, 2, 3, 4], [1.3, 2.3, 3.3, 4.3, 5.3]);
  // Independent: t = -1.3 / sqrt(2.5/5 + 2.5/5) = -1.3 with 8 degrees of freedom.
  expect(result?.t).toBeCloseTo(-1.3, 12);
  expect(result?.freedom).toBeCloseTo(8, 12);
  expect(result?.p).toBeCloseTo(0.2298, 3);
});
