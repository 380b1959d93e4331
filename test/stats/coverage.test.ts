/** Intervals must hold the truth as often as they say: 95 % +- 1 %, seeded, as tachometer tests its own. */
import { expect, test } from "vitest";
import { seededRandom } from "../../src/plan/seeded-random.ts";
import { hodgesLehmann } from "../../src/stats/estimates/hodges-lehmann.ts";
import { medianInterval } from "../../src/stats/estimates/median-interval.ts";
import { quantileInterval } from "../../src/stats/estimates/quantile-interval.ts";
import { many, normal } from "./random-numbers.ts";

function coverage(trials: number, covers: (trial: number) => boolean): number {
  return many(trials, covers).filter(Boolean).length / trials;
}

function expectNominal(share: number): void {
  expect(share).toBeGreaterThan(0.94);
  expect(share).toBeLessThan(0.96);
}

const within = (value: number, interval: { low: number | null; high: number | null } | null) =>
  interval !== null &&
  (interval.low ?? Number.NEGATIVE_INFINITY) <= value &&
  value <= (interval.high ?? Number.POSITIVE_INFINITY);

test("Hodges-Lehmann interval of 15 paired log ratios", () => {
  const random = seededRandom("hodges-lehmann");
  const draw = () => many(15, () => 0.03 + 0.02 * normal(random));
  expectNominal(coverage(6000, () => within(0.03, hodgesLehmann(draw()))));
});

test("Hodges-Lehmann interval keeps its promise with one launch in ten disturbed", () => {
  const random = seededRandom("disturbed");
  const draw = () => many(15, () => 0.03 + (random() < 0.1 ? 0.2 : 0.02) * normal(random));
  expectNominal(coverage(6000, () => within(0.03, hodgesLehmann(draw()))));
});

test("median interval of 20 skewed launch values", () => {
  const random = seededRandom("median");
  const draw = () => many(20, () => Math.exp(normal(random)));
  expectNominal(coverage(6000, () => within(1, medianInterval(draw()))));
});

test("interval of p90 from 2000 calls", () => {
  const random = seededRandom("p90");
  const draw = () => many(2000, random);
  expectNominal(
    coverage(2500, () => {
      const interval = quantileInterval(draw(), 0.9);
      return interval.kind === "interval" && within(0.9, interval);
    }),
  );
});

test("one-sided bound of p99 from 299 calls", () => {
  const random = seededRandom("p99");
  const draw = () => many(299, random);
  expectNominal(
    coverage(3000, () => {
      const interval = quantileInterval(draw(), 0.99);
      return interval.kind === "interval" && within(0.99, interval);
    }),
  );
});
