import { describe, expect, test } from "vitest";
import { predictionInterval, score } from "../../src/model/conformal.ts";
import { kendallTau } from "../../src/model/kendall-tau.ts";
import { seededRandom } from "../../src/plan/seeded-random.ts";
import { many, normal } from "../stats/random-numbers.ts";

const item = (predicted: number, measured: number, spread = 0) => ({
  predicted,
  measured,
  low: measured - spread,
  high: measured + spread,
});

describe("Kendall's tau", () => {
  test("1 where the order is right, -1 where it is upside down", () => {
    expect(kendallTau([item(1, 10), item(2, 20), item(3, 30)])).toEqual({ tau: 1, pairs: 3 });
    expect(kendallTau([item(3, 10), item(2, 20), item(1, 30)])).toEqual({ tau: -1, pairs: 3 });
  });

  test("one wrong pair of six: (5 - 1) / 6", () => {
    const four = [item(1, 1), item(2, 2), item(4, 3), item(3, 4)];
    expect(kendallTau(four)).toEqual({ tau: 4 / 6, pairs: 6 });
  });

  test("pairs whose intervals overlap have no order to get wrong", () => {
    expect(kendallTau([item(2, 10, 3), item(1, 12, 3), item(3, 30, 3)])).toEqual({ tau: 1, pairs: 2 });
    expect(kendallTau([item(2, 10, 9), item(1, 12, 9)])).toBeNull();
  });

  test("a predicted tie counts for nothing", () => {
    expect(kendallTau([item(1, 1), item(1, 2)])).toEqual({ tau: 0, pairs: 1 });
  });
});

describe("prediction intervals", () => {
  test("fewer than nine scores bound no 90 %", () => {
    expect(
      predictionInterval(
        2,
        many(8, () => 1),
      ),
    ).toBeNull();
    expect(
      predictionInterval(
        2,
        many(9, () => 1),
      ),
    ).not.toBeNull();
  });

  test("the interval is the error that 90 % of the scores stay within", () => {
    const scores = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19];
    const { low, high } = predictionInterval(1, scores)!;
    expect(Math.log(high)).toBeCloseTo(18 * 0.03, 12);
    expect(low * high).toBeCloseTo(1, 12);
  });

  test("it covers as often as it says, also where errors have heavy tails", () => {
    const random = seededRandom("conformal");
    const draw = () => {
      const predicted = Math.exp(random());
      const wild = random() < 0.1 ? 6 : 1;
      return { predicted, measured: predicted * Math.exp(0.08 * wild * normal(random)) };
    };
    const gates = 3000;
    let held = 0;
    for (let gate = 0; gate < gates; gate++) {
      const scores = many(29, draw).map(({ predicted, measured }) => score(predicted, measured));
      const next = draw();
      const { low, high } = predictionInterval(next.predicted, scores)!;
      if (low <= next.measured && next.measured <= high) held++;
    }
    expect(held / gates).toBeGreaterThan(0.885);
    expect(held / gates).toBeLessThan(0.92);
  });
});
