import { expect, test } from "vitest";
import { binomialInterval } from "../../../bench/gate/binomial-interval.ts";
import { dependence } from "../../../bench/gate/conditions.ts";
import { seededRandom } from "../../../src/plan/seeded-random.ts";
import { many, normal } from "../../stats/random-numbers.ts";

const random = seededRandom("conditions");

test("independent rounds have no autocorrelation and no trend", () => {
  const { lag1, trend, spread } = dependence(many(800, () => 0.01 * normal(random)));
  expect(lag1).toBeCloseTo(0, 0.9);
  expect(trend).toBeCloseTo(0, 2);
  expect(spread).toBeCloseTo(0.01, 2);
});

test("a walk depends on itself, and a drift of 10 % is seen as one", () => {
  let at = 0;
  const walk = many(400, () => {
    at = 0.8 * at + normal(random);
    return at;
  });
  expect(dependence(walk).lag1).toBeGreaterThan(0.7);
  const drifting = many(200, (round) => Math.log(1.1) * (round / 199) + 0.01 * normal(random));
  expect(dependence(drifting).trend).toBeCloseTo(0.1, 2);
});

test("the exact interval of a binomial chance", () => {
  // R: binom.test(3, 100)$conf.int, and binom.test(0, 2000)$conf.int
  const some = binomialInterval(3, 100);
  expect(some.low).toBeCloseTo(0.006229972, 8);
  expect(some.high).toBeCloseTo(0.08517605, 7);
  expect(binomialInterval(0, 2000)).toEqual({ low: 0, high: expect.closeTo(0.001842739, 8) });
  expect(binomialInterval(5, 5).high).toBe(1);
});
