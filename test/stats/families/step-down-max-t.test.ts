/** Seeded: the chance of even one false alarm, and what is found, under noise as a busy host makes it. */
import { expect, test } from "vitest";
import { seededRandom } from "../../../src/plan/seeded-random.ts";
import { holm } from "../../../src/stats/families/holm.ts";
import { stepDownMaxAbsT, stepDownMaxT } from "../../../src/stats/families/step-down-max-t.ts";
import { signedRankTest } from "../../../src/stats/tests/signed-rank.ts";
import { many, normal } from "../random-numbers.ts";

const ROUNDS = 15;
const METRICS = 12;

/** Every third launch is disturbed, all metrics of a round together; spreads from 0.5 % to 20 %. */
function family(random: () => number, shift = 0): { logRatios: number[] }[] {
  const disturbed = many(ROUNDS, () => (random() < 0.33 ? 8 * normal(random) : 0));
  return many(METRICS, (index) => {
    const spread = 0.005 * 40 ** (index / (METRICS - 1));
    return {
      logRatios: disturbed.map((common) => (index === 0 ? shift : 0) + spread * (normal(random) + common)),
    };
  });
}

const anyUp = (found: number[], level: number) => found.some((p) => p <= level);

test("even one false alarm among 12 unchanged metrics comes in at most 5 of 100 families", () => {
  const random = seededRandom("family");
  const alarms = many(400, () => anyUp(stepDownMaxT(family(random), 0.05).up, 0.05)).filter(Boolean);
  // Exact, so 5 %; three standard errors of 400 families.
  expect(alarms.length / 400).toBeLessThan(0.083);
  expect(alarms.length / 400).toBeGreaterThan(0.02);
});

test("a true loss of one metric opens no door for the others", () => {
  const random = seededRandom("strong control");
  const alarms = many(300, () => anyUp(stepDownMaxT(family(random, 1), 0.05).up.slice(1), 0.05));
  expect(alarms.filter(Boolean).length / 300).toBeLessThan(0.088);
});

test("with a quarter of the launches disturbed on their own it finds what Holm over signed ranks does not", () => {
  const random = seededRandom("power");
  const slow = many(100, () =>
    many(METRICS, (index) => ({
      logRatios: many(
        ROUNDS,
        () => (index === 0 ? 0.05 : 0) + (random() < 0.25 ? 0.3 : 0.01) * normal(random),
      ),
    })),
  );
  const found = slow.filter((one) => stepDownMaxT(one, 0.01).up[0]! <= 0.01).length;
  const byHolm = slow.filter(
    (one) => holm(one.map(({ logRatios }) => signedRankTest(logRatios, "greater").p))[0]! <= 0.01,
  ).length;
  expect(found).toBeGreaterThan(2 * byHolm);
  expect(found).toBeGreaterThan(50);
});

test("the critical value is what a metric has to exceed to be called", () => {
  const metrics = family(seededRandom("critical"));
  const { critical } = stepDownMaxT(metrics, 0.05);
  const standingOut = (height: number) => {
    const clear = { logRatios: many(ROUNDS, (at) => height * 0.0015 + 1e-9 * at) };
    return stepDownMaxT([...metrics, clear], 0.05).up.at(-1)!;
  };
  expect(standingOut(critical * 1.05)).toBeLessThanOrEqual(0.05);
  expect(standingOut(critical * 0.95)).toBeGreaterThan(0.05);
});

test("values that are no numbers are refused; no metrics give no answers", () => {
  expect(() => stepDownMaxT([{ logRatios: [1, Number.NaN] }], 0.05)).toThrow("finite");
  expect(stepDownMaxT([], 0.05)).toEqual({ up: [], down: [], critical: Number.POSITIVE_INFINITY });
});

test("of both sides at once, too, a false alarm comes in at most 5 of 100 families", () => {
  const random = seededRandom("both sides");
  const alarms = many(400, () => anyUp(stepDownMaxAbsT(family(random), 0.05), 0.05)).filter(Boolean);
  expect(alarms.length / 400).toBeLessThan(0.083);
});

test("one that fell is seen beside many that rose far", () => {
  const random = seededRandom("a fall among rises");
  const metrics = many(40, (index) => ({
    logRatios: many(11, () => (index === 0 ? -0.5 : 3) + (index === 0 ? 0.1 : 0.02) * normal(random)),
  }));
  expect(stepDownMaxT(metrics, 0.02).down[0]).toBeGreaterThan(0.02);
  expect(stepDownMaxAbsT(metrics, 0.02)[0]).toBeLessThanOrEqual(0.02);
});
