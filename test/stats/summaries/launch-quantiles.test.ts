import { expect, test } from "vitest";
import { seededRandom } from "../../../src/plan/seeded-random.ts";
import type { OpSample } from "../../../src/samples/launch-record.ts";
import { launchQuantiles } from "../../../src/stats/summaries/launch-quantiles.ts";
import { many, normal } from "../random-numbers.ts";
import { opSample } from "../records.ts";

const launch = (calls: number, at: number): OpSample =>
  opSample("a", { histogram: [[at, calls]], p50: at, p90: 2 * at, p99: 3 * at });

test("a quantile is the median of the launches' own, with the interval of that median", () => {
  const { p50, p90 } = launchQuantiles([5, 1, 4, 2, 6, 3].map((at) => launch(400, at)));
  expect(p50).toEqual({ value: 3.5, ciLow: 1, ciHigh: 6, launches: 6 });
  expect(p90).toMatchObject({ value: 7, ciLow: 2, ciHigh: 12 });
});

test("fewer calls in all than a bound needs are refused: 5 for p50, 29 for p90, 299 for p99", () => {
  const given = [4, 5, 28, 29, 298, 299].map((calls) => {
    const { p50, p90, p99 } = launchQuantiles([launch(calls, 1)]);
    return [p50, p90, p99].map((quantile) => quantile !== null);
  });
  expect(given).toEqual([
    [false, false, false],
    [true, false, false],
    [true, false, false],
    [true, true, false],
    [true, true, false],
    [true, true, true],
  ]);
});

test("one launch with too few calls refuses the quantile: it is a slow one, and the others would flatter", () => {
  const withSlow = (calls: number) => launchQuantiles([...many(10, () => launch(400, 1)), launch(calls, 9)]);
  expect(withSlow(100).p99?.launches).toBe(11);
  expect(withSlow(99).p99).toBeNull();
  expect(withSlow(10).p90?.launches).toBe(11);
  expect(withSlow(9).p90).toBeNull();
});

test("fewer than six launches have no interval", () => {
  expect(launchQuantiles(many(5, () => launch(300, 1))).p99).toMatchObject({ ciLow: null, ciHigh: null });
});

test("no launch, or none with a figure, has no quantile", () => {
  const none = { p50: null, p90: null, p99: null };
  expect(launchQuantiles([])).toEqual(none);
  expect(launchQuantiles([opSample("a", { histogram: [[1, 1000]] })])).toEqual(none);
});

test("the interval covers the middle launch's p99 where launches differ and a fifth is disturbed", () => {
  const random = seededRandom("launch quantiles");
  // The p99 of a launch is log-normal; a fifth is shifted by 65 %. The median over launches solves
  // 0.8 F(x) + 0.2 F(x - 0.5) = 0.5 with F the normal distribution of sd 0.2: x = 0.06185.
  const truth = Math.exp(0.06185);
  let covered = 0;
  const gates = 2000;
  for (let gate = 0; gate < gates; gate++) {
    const launches = many(11, () => {
      const disturbed = random() > 0.8 ? 0.5 : 0;
      const p99 = Math.exp(disturbed + 0.2 * normal(random));
      return opSample("a", { histogram: [[p99, 300]], p99 });
    });
    const { ciLow, ciHigh } = launchQuantiles(launches).p99!;
    if (ciLow! <= truth && truth <= ciHigh!) covered++;
  }
  // Order statistics 2 and 10 of 11 cover the median in 98.8 %: never less than was promised.
  expect(covered / gates).toBeGreaterThan(0.975);
  expect(covered / gates).toBeLessThan(0.997);
});
