import { expect, test } from "vitest";
import { isLook, nextLook } from "../../src/plan/looks.ts";

test("looks are fixed in advance and thin out", () => {
  const looks: number[] = [];
  for (let look = nextLook(0); look < 300; look = nextLook(look)) looks.push(look);
  expect(looks).toEqual([6, 11, 15, 20, 30, 42, 59, 83, 117, 164, 230]);
});

test("a round is a look or it is not", () => {
  expect([0, 5, 6, 7, 11, 42, 43].map(isLook)).toEqual([false, false, true, false, true, true, false]);
});
