import { expect, test } from "vitest";
import { seededRandom, shuffle } from "../../src/plan/seeded-random.ts";

const take = (seed: string, count: number) => Array.from({ length: count }, seededRandom(seed));

test("the same seed gives the same numbers", () => {
  expect(take("42", 5)).toEqual(take("42", 5));
});

test("neighbouring seeds give other numbers", () => {
  expect(take("42", 5)).not.toEqual(take("43", 5));
  expect(take("", 5)).not.toEqual(take("0", 5));
});

test("numbers lie in [0, 1) and fill it evenly", () => {
  const numbers = take("even", 20_000);
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...numbers)).toBeLessThan(1);
  for (let tenth = 0; tenth < 10; tenth++) {
    const share = numbers.filter((number) => Math.floor(number * 10) === tenth).length / numbers.length;
    expect(share).toBeCloseTo(0.1, 1.9);
  }
});

test("shuffling keeps every item and leaves the input alone", () => {
  const items = [1, 2, 3, 4, 5, 6, 7, 8];
  const shuffled = shuffle(items, seededRandom("order"));
  expect(shuffled).not.toEqual(items);
  expect(shuffled.toSorted((a, b) => a - b)).toEqual(items);
  expect(items).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test("every order of three items is equally likely", () => {
  const random = seededRandom("orders");
  const counts = new Map<string, number>();
  for (let turn = 0; turn < 6000; turn++) {
    const order = shuffle(["a", "b", "c"], random).join("");
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(120);
});
