import { expect, test } from "vitest";
import { zeroOffset } from "../../../src/stats/estimates/zero-offset.ts";

test("values above 0 need none", () => {
  expect([zeroOffset("ns", [3, 5, 9]), zeroOffset("count", [1, 2])]).toEqual([0, 0]);
});

test("a 0 is taken for up to one step of the counter", () => {
  expect(zeroOffset("ns", [0, 30e6, 10e6, 10e6])).toBe(10e6);
  expect(zeroOffset("bytes", [0, 8192, 12_288])).toBe(4096);
  expect([zeroOffset("count", [0, 5]), zeroOffset("ns", [0, 0])]).toEqual([1, 1]);
});
