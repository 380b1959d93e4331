import { describe, expect, test } from "vitest";
import { configurationId } from "../../../src/axes/axes.ts";
import type { MeasuredProgram } from "../../../src/model/calibrate.ts";
import type { ConfigurationModel, CostModel } from "../../../src/model/cost-model.ts";
import { fitConfiguration } from "../../../src/model/fit-configuration.ts";
import type { ProgramDemand } from "../../../src/model/program-demand.ts";
import type { Demand } from "../../../src/model/terms.ts";
import { changeContrast } from "../../../src/model/tune/cost-surface.ts";
import { predictedSurface } from "../../../src/model/tune/predicted-costs.ts";
import { seededRandom } from "../../../src/plan/seeded-random.ts";
import { many, normal } from "../../stats/random-numbers.ts";
import { madeErrors } from "../made-errors.ts";
import { COSTS, madeObservations, NATIVE, SYSTRAP } from "../made-observations.ts";

const PTRACE = { ...SYSTRAP, platform: "ptrace" } as const;
const SLOW = { ...COSTS, trap: 5 * COSTS.trap };
const [systrapId, ptraceId, nativeId] = [SYSTRAP, PTRACE, NATIVE].map(configurationId) as [
  string,
  string,
  string,
];

const native = madeObservations({ config: NATIVE, costs: {} });
function fitted(
  config: typeof SYSTRAP | typeof PTRACE,
  costs: typeof COSTS,
  without?: string,
): ConfigurationModel {
  return fitConfiguration(
    madeObservations({ config, costs, noise: 0.02, without: (scenario) => scenario === without }),
    native,
  )!;
}
const model = (...configurations: ConfigurationModel[]): CostModel => ({
  runId: "made",
  fingerprint: "made",
  toolVersion: "0.1.0",
  configurations,
  unfitted: [],
});
const both = model(fitted(SYSTRAP, COSTS), fitted(PTRACE, SLOW));

const NATIVE_NS = 100e6;
const demanding = (demand: Demand): ProgramDemand => ({ demand, overlap: 1, unknown: [], unknownShare: 0 });
const traps = { nativeNs: NATIVE_NS, demand: demanding({ trap: 20_000 }) };
const slowdownOf = (count: number, costs: typeof COSTS) => 1 + (count * costs.trap) / NATIVE_NS;
const TRUE_RATIO = slowdownOf(20_000, COSTS) / slowdownOf(20_000, SLOW);

/** Whose times the model gets wrong by `wrong` in both configurations alike, and by `noise` in each. */
function programs(count: number, wrong: number, noise: number): MeasuredProgram[] {
  const random = seededRandom("programs of a change");
  return many(count, (index) => {
    const calls = 5000 + 40_000 * random();
    const alike = Math.exp(wrong * normal(random));
    const time = (costs: typeof COSTS) => {
      const slowdown = slowdownOf(calls, costs) * alike * Math.exp(noise * normal(random));
      return { nativeNs: NATIVE_NS, ns: NATIVE_NS * slowdown, slowdown, low: slowdown, high: slowdown };
    };
    return {
      program: `program ${index}`,
      demand: demanding({ trap: calls }),
      cells: new Map([
        [systrapId, time(COSTS)],
        [ptraceId, time(SLOW)],
      ]),
    };
  });
}

const ERRORS = madeErrors(0.5);
const change = [changeContrast(ptraceId, systrapId)];

describe("a predicted change", () => {
  test("is the ratio of the predicted slowdowns", () => {
    const { ratio, basis, gainP } = predictedSurface(traps, both, [], nativeId, ERRORS).estimate(change)!;
    expect(ratio).toBeCloseTo(TRUE_RATIO, 2);
    expect({ basis, gainP }).toEqual({ basis: "corpus", gainP: null });
  });

  test("against the baseline is the slowdown itself", () => {
    const slowdown = predictedSurface(traps, both, [], nativeId, ERRORS).estimate([
      changeContrast(nativeId, systrapId),
    ])!;
    expect(slowdown.ratio).toBeCloseTo(slowdownOf(20_000, COSTS), 1);
  });

  test("without programs has the error of the corpus, which the measured operations do not show", () => {
    const { low, high, ratio } = predictedSurface(traps, both, [], nativeId, ERRORS).estimate(change)!;
    expect(Math.log(ratio / low!)).toBeGreaterThan(0.2);
    expect(Math.log(high! / ratio)).toBeGreaterThan(0.2);
  });

  test("with programs has the interval of the errors in this very change: what is wrong alike cancels", () => {
    const alike = predictedSurface(traps, both, programs(14, 0.2, 0.01), nativeId, ERRORS).estimate(change)!;
    expect(alike).toMatchObject({ basis: "programs", n: 14 });
    expect(Math.log(alike.high! / alike.low!)).toBeLessThan(0.35);
    const apart = predictedSurface(traps, both, programs(14, 0.01, 0.2), nativeId, ERRORS).estimate(change)!;
    expect(Math.log(apart.high! / apart.low!)).toBeGreaterThan(2 * Math.log(alike.high! / alike.low!));
  });

  test("eight programs are too few to know the error", () => {
    expect(
      predictedSurface(traps, both, programs(8, 0.1, 0.1), nativeId, ERRORS).estimate(change),
    ).toMatchObject({
      basis: "corpus",
    });
  });

  const talks = { nativeNs: NATIVE_NS, demand: demanding({ trap: 20_000, message: 100_000 }) };

  test("is none where only one side has a cost of a term: the other would look faster for it", () => {
    const partly = predictedSurface(
      talks,
      model(fitted(SYSTRAP, COSTS, "network"), fitted(PTRACE, SLOW)),
      [],
      nativeId,
      ERRORS,
    );
    expect(partly.estimate(change)).toBeNull();
    expect(partly.configurations).toEqual([nativeId, ptraceId]);
  });

  test("names a term that neither side has a cost of", () => {
    const [first, second] = [fitted(SYSTRAP, COSTS, "network"), fitted(PTRACE, SLOW, "network")];
    const found = predictedSurface(talks, model(first, second), [], nativeId, ERRORS).estimate(change)!;
    expect(found.ratio).toBeCloseTo(TRUE_RATIO, 2);
    expect(found).toMatchObject({ covers: 1, lacks: ["network messages"] });
  });

  test("of a configuration without a model there is none", () => {
    expect(
      predictedSurface(traps, both, [], nativeId, ERRORS).estimate([changeContrast("runsc/kvm", systrapId)]),
    ).toBeNull();
  });
});
