import { expect, test } from "vitest";
import { seededRandom } from "../../../src/plan/seeded-random.ts";
import { eDivisive } from "../../../src/stats/change-points/e-divisive.ts";
import { energySplit } from "../../../src/stats/change-points/energy-split.ts";
import { mergeChangePoints } from "../../../src/stats/change-points/merge-change-points.ts";
import { many, normal } from "../random-numbers.ts";

test("short and constant series do not change", () => {
  expect(eDivisive([])).toEqual([]);
  expect(eDivisive([1, 2, 3])).toEqual([]);
  expect(eDivisive(Array(50).fill(3))).toEqual([]);
  expect(energySplit([1, 2, 3])).toBeNull();
});

test("the distance is that of its formula, counted pair by pair", () => {
  const random = seededRandom("pairs");
  const values = many(12, () => normal(random));
  const split = energySplit(values)!;
  const x = values.slice(0, split.index);
  const y = values.slice(split.index, split.end);
  const sum = (a: number[], b: number[]) =>
    a.reduce((total, one) => total + b.reduce((inner, other) => inner + Math.abs(one - other), 0), 0);
  const [n, m] = [x.length, y.length];
  const expected =
    (2 / (n + m)) * sum(x, y) -
    ((2 * m) / ((n + m) * (n - 1))) * (sum(x, x) / 2) -
    ((2 * n) / ((n + m) * (m - 1))) * (sum(y, y) / 2);
  expect(split.q).toBeCloseTo(expected, 10);
});

test("noise alone is a change in about 4 % of series, and hardly ever one that counts", () => {
  const random = seededRandom("pure noise");
  const series = many(600, () => many(60, () => 100 + normal(random)));
  const alarms = (minChange: number) =>
    series.filter((values) => eDivisive(values, { minChange }).length > 0);
  expect(alarms(0).length).toBeLessThan(0.06 * series.length);
  expect(alarms(0.02).length).toBeLessThan(0.01 * series.length);
});

test("a step below the smallest change that counts is merged away", () => {
  const random = seededRandom("small step");
  const values = many(80, (index) => (index < 40 ? 100 : 102) + 0.3 * normal(random));
  expect(eDivisive(values)).toHaveLength(1);
  expect(eDivisive(values, { minChange: 0.05 })).toEqual([]);
});

test("windows find a change in a long history", () => {
  const random = seededRandom("history");
  const values = many(300, (index) => (index < 250 ? 100 : 110) + normal(random));
  const [point] = eDivisive(values, { window: 40 });
  expect(point?.index).toBe(250);
  expect(point?.meanBefore).toBeCloseTo(100, 0);
  expect(point?.meanAfter).toBeCloseTo(110, 0);
  expect(point?.change).toBeCloseTo(0.1, 2);
});

test("removing a weak point lets its neighbours see the whole stretch", () => {
  const values = [1, 1.1, 0.9, 1, 1.1, 0.9, 1, 1.1, 0.9, 5, 5.1, 4.9, 5, 5.1, 4.9];
  expect(mergeChangePoints(values, [3, 9, 12], 0.001, 0).map(({ index }) => index)).toEqual([9]);
});

test("windows too small to split, and NaN, are refused", () => {
  expect(() => eDivisive([1, 2, 3, 4], { window: 3 })).toThrow("at least 4");
  expect(() => eDivisive([1, 2, 3, Number.NaN])).toThrow("finite");
});
