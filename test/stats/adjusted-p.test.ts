import { expect, test } from "vitest";
import { holm } from "../../src/stats/families/holm.ts";

test("one p value stays as it is", () => {
  expect(holm([0.03])).toEqual([0.03]);
});

test("none give none", () => {
  expect(holm([])).toEqual([]);
});

test("the order given is kept", () => {
  expect(holm([0.5, 0.01])).toEqual([0.5, 0.02]);
});

test("nothing goes above 1, and ties stay ties", () => {
  expect(holm([0.9, 0.9, 0.9])).toEqual([1, 1, 1]);
});
