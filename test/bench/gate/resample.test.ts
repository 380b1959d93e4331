import { expect, test } from "vitest";
import { DESIGNS } from "../../../bench/gate/draw.ts";
import { type GateData, gateData } from "../../../bench/gate/gate-data.ts";
import { isFound, powerAtMde } from "../../../bench/gate/power.ts";
import { resampleGate, withFamily } from "../../../bench/gate/resample.ts";
import { tryBurnt } from "../../../bench/gate/try-burnt.ts";
import { tryDesign } from "../../../bench/gate/try-design.ts";
import { seededRandom } from "../../../src/plan/seeded-random.ts";
import { verdicts } from "../../../src/stats/families/verdict.ts";
import { madeData } from "./made-data.ts";

const RULES = { maxRegression: 0.02, alpha: 0.05, metrics: [] };
const [interleaved, , , consecutive] = DESIGNS as [
  (typeof DESIGNS)[0],
  unknown,
  unknown,
  (typeof DESIGNS)[0],
];

function madeGates(noise: number, made?: Parameters<typeof madeData>[1]): GateData {
  return gateData(madeData(noise, made), RULES);
}

test("equal cells with little noise: no alarm, all found, every verdict is same", () => {
  const found = tryDesign(madeGates(0.003), interleaved, 100, seededRandom("quiet"));
  expect(found.alarms["sbx-bench, paired by round"]).toBe(0);
  expect(found.verdicts.same).toBe(1);
  expect(found.metrics.map(({ power }) => power[2])).toEqual([1, 1]);
  expect(found.metrics.map(({ power }) => power[0])).toEqual([0, 0]);
});

test("the intervals of equal cells hold no difference in 95 of 100 cases", () => {
  const { metrics } = tryDesign(madeGates(0.02, { rounds: 600 }), interleaved, 600, seededRandom("covered"));
  for (const { coverage } of metrics) {
    expect(coverage).toBeGreaterThan(0.92);
    expect(coverage).toBeLessThan(0.98);
  }
});

test("what a gate prints as its MDE, another one finds in 75 to 95 of 100 cases", () => {
  const data = madeGates(0.03, { rounds: 600 });
  const random = seededRandom("printed");
  const gates = Array.from({ length: 300 }, () => resampleGate(data, interleaved, random));
  const samples = gates.map(({ samples }) => withFamily(samples, RULES.alpha).get(data.metrics[1]!.key)!);
  const power = powerAtMde(samples, { paired: true, alpha: 0.05, family: 2 })!;
  expect(power).toBeGreaterThan(0.75);
  expect(power).toBeLessThan(0.95);
});

test("a gate that compares two runs takes drift for a change; an interleaved one does not", () => {
  const data = madeGates(0.003, { drift: 0.5 });
  const name = "Mann-Whitney at 0.05 (benchstat)";
  const gates = 60;
  expect(tryDesign(data, consecutive, gates, seededRandom("drift")).alarms[name]).toBeGreaterThan(20);
  const [ours] = Object.values(tryDesign(data, interleaved, gates, seededRandom("drift")).alarms);
  expect(ours).toBe(0);
});

test("a lone slower metric is found exactly when it is in a whole family", () => {
  const data = madeGates(0.02);
  const { samples } = resampleGate(data, interleaved, seededRandom("family"));
  const family = withFamily(samples, RULES.alpha);
  const [key, sample] = [...family][0]!;
  for (const slowdown of [0.02, 0.03, 0.04, 0.05, 0.06, 0.08]) {
    const all = [...family].map(([other, { before, after, delta }]) => ({
      logRatios: after.map((value, place) =>
        Math.log((value * (other === key ? 1 + slowdown : 1)) / before[place]!),
      ),
      delta: Math.log1p(delta),
    }));
    const [whole] = verdicts(all, RULES.alpha).verdicts;
    const alone = isFound(sample, { paired: true, alpha: RULES.alpha, family: all.length }, slowdown);
    expect(alone, String(slowdown)).toBe(whole!.verdict === "worse");
  }
});

test("really slowed launches are seen as slow as they are, and found", () => {
  const burnt = tryBurnt(madeGates(0.003), seededRandom("burnt"));
  for (const { metrics, slowdown } of burnt) {
    for (const { seen, share } of metrics) {
      expect(share).toBe(slowdown);
      expect(seen.share).toBeCloseTo(slowdown, 2);
    }
  }
  expect(burnt.map(({ power }) => power["sbx-bench, paired by round"])).toEqual([
    0,
    expect.any(Number),
    1,
    1,
    1,
  ]);
});

test("too few rounds to resample are refused", () => {
  const data = madeGates(0.02, { rounds: 20 });
  expect(() => resampleGate(data, interleaved, seededRandom("few"))).toThrow("too few");
});
