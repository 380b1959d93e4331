import { expect, test } from "vitest";
import { holm } from "../../src/stats/families/holm.ts";

test("five p values", () => {
  const adjusted = holm([0.001, 0.008, 0.039, 0.041, 0.9]);
  expect(adjusted.map((p) => Number(p.toFixed(10)))).toEqual([0.005, 0.032, 0.117, 0.117, 0.9]);
});
