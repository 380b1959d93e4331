import { expect, test } from "vitest";
import { roundOrder } from "../../src/plan/schedule.ts";

const IDS = Array.from({ length: 40 }, (_, number) => `cell-${number}`);

test("a round holds every cell once", () => {
  expect(roundOrder(IDS, 3, "1").toSorted()).toEqual(IDS.toSorted());
});

test("the same seed gives the same order, on every machine and for ever", () => {
  expect(roundOrder(IDS, 0, "1")).toEqual(roundOrder(IDS, 0, "1"));
  expect(roundOrder(IDS, 0, "1").slice(0, 5)).toMatchInlineSnapshot(`
    [
      "cell-5",
      "cell-28",
      "cell-21",
      "cell-22",
      "cell-7",
    ]
  `);
});

test("rounds differ, and so do seeds", () => {
  expect(roundOrder(IDS, 0, "1")).not.toEqual(roundOrder(IDS, 1, "1"));
  expect(roundOrder(IDS, 0, "1")).not.toEqual(roundOrder(IDS, 0, "2"));
});

test("no cell keeps its place: over many rounds every place is taken", () => {
  const places = new Set(
    Array.from({ length: 400 }, (_, round) => roundOrder(IDS, round, "1").indexOf("cell-0")),
  );
  expect(places.size).toBe(IDS.length);
});

test("the list that comes in stays as it is", () => {
  const ids = [...IDS];
  roundOrder(ids, 0, "1");
  expect(ids).toEqual(IDS);
});
