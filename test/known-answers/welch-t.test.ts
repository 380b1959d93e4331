import { expect, test } from "vitest";
import { welchT } from "../../src/stats/tests/welch-t.ts";

test("two samples of four", () => {
  const result = welchT([2, 1, 3, 4], [6, 5, 7, 9]);
  expect(result?.t).toBeCloseTo(-3.9703446, 6);
  expect(result?.freedom).toBeCloseTo(5.5846154, 6);
  expect(result?.p).toBeCloseTo(0.0085128631, 9);
});
