import { expect, test } from "vitest";
import { benjaminiHochberg } from "../../src/stats/benjamini-hochberg.ts";

test("five p values", () => {
  const adjusted = benjaminiHochberg([0.001, 0.008, 0.039, 0.041, 0.9]);
  expect(adjusted.map((p) => Number(p.toFixed(10)))).toEqual([0.005, 0.02, 0.05125, 0.05125, 0.9]);
});
