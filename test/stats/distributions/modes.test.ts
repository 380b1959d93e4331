import { expect, test } from "vitest";
import { type Random, seededRandom } from "../../../src/plan/seeded-random.ts";
import type { Histogram } from "../../../src/stats/distributions/histogram.ts";
import { modes } from "../../../src/stats/distributions/modes.ts";
import { many, normal } from "../random-numbers.ts";

/** Buckets as HdrHistogram makes them: whole units, 64 steps each power of two. */
function hdr(values: readonly number[]): Histogram {
  const counts = new Map<number, number>();
  for (const value of values) {
    const whole = Math.max(1, Math.round(value));
    const width = 2 ** Math.max(0, Math.floor(Math.log2(whole)) - 6);
    const upper = (Math.floor(whole / width) + 1) * width - 1;
    counts.set(upper, (counts.get(upper) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => a - b);
}

const lognormal = (random: Random, centre: number, spread: number) =>
  centre * Math.exp(spread * normal(random));

const mixture = (random: Random, fastShare: number, count: number) =>
  hdr(many(count, () => lognormal(random, random() < fastShare ? 5600 : 18_000, 0.12)));

test.each([0.1, 0.3, 0.5, 0.9])("5.6 us and 18 us are two modes with %d of the calls fast", (fastShare) => {
  const random = seededRandom(`mixture ${fastShare}`);
  const found = modes(mixture(random, fastShare, 5000));
  expect(found).toHaveLength(2);
  expect(found[0]!.value / 5600).toBeCloseTo(1, 1);
  expect(found[1]!.value / 18_000).toBeCloseTo(1, 1);
  expect(found[0]!.share).toBeCloseTo(fastShare, 1);
  expect(found[0]!.share + found[1]!.share).toBeCloseTo(1, 12);
});

test("three modes are found in ascending order", () => {
  const random = seededRandom("three");
  const centres = [100, 1000, 30_000];
  const found = modes(hdr(many(6000, (index) => lognormal(random, centres[index % 3]!, 0.1))));
  expect(found.map(({ value }) => Math.round(Math.log10(value)))).toEqual([2, 3, 4]);
});

test.each([0.01, 0.1, 0.3, 0.6, 1])("lognormal calls with spread %d are one mode, however many", (spread) => {
  const random = seededRandom(`unimodal ${spread}`);
  for (const count of [50, 200, 1000, 20_000]) {
    for (const centre of [20, 5600, 1e6]) {
      expect(modes(hdr(many(count, () => lognormal(random, centre, spread))))).toEqual([]);
    }
  }
});

test("a skewed tail is no mode", () => {
  const random = seededRandom("tail");
  expect(modes(hdr(many(5000, () => 1000 * (1 + -Math.log(1 - random())))))).toEqual([]);
});

test("the ticks of a coarse clock are no modes", () => {
  const random = seededRandom("ticks");
  const ticked = many(2000, () => Math.ceil(lognormal(random, 180, 0.4) / 100) * 100);
  expect(modes(hdr(ticked))).toEqual([]);
});

test("a cluster under 5 % of the calls is a tail", () => {
  const random = seededRandom("rare");
  expect(modes(mixture(random, 0.97, 5000))).toEqual([]);
});

test("too few calls, none, or zeros only say nothing", () => {
  expect(modes([])).toEqual([]);
  expect(modes([[0, 1000]])).toEqual([]);
  expect(
    modes([
      [5600, 20],
      [18_000, 20],
    ]),
  ).toEqual([]);
});
