import { describe, expect, test } from "vitest";
import type { Configuration } from "../../../src/axes/configuration.ts";
import { factorEffects } from "../../../src/model/tune/factor-effects.ts";
import { levelsOf } from "../../../src/model/tune/factors.ts";
import { measuredSurface } from "../../../src/model/tune/measured-costs.ts";
import {
  contrastValues,
  mainEffects,
  pairInteractions,
} from "../../../src/stats/estimates/factorial-effects.ts";
import { hodgesLehmann } from "../../../src/stats/estimates/hodges-lehmann.ts";
import { candidate, EQUAL, madeCosts, OPS, PRESENT } from "./made-costs.ts";

const FULL = (["systrap", "ptrace"] as const).flatMap((platform) =>
  (["sandbox", "host"] as const).flatMap((network) =>
    (["none", "default"] as const).map((seccomp) => candidate({ platform, network, seccomp })),
  ),
);

/** ptrace doubles, the host's network saves 20 %, and both together cost half as much again; the filter does nothing. */
function factor({ platform, network }: Configuration): number {
  const [slow, host] = [platform === "ptrace", network === "host"];
  return (slow ? 2 : 1) * (host ? 0.8 : 1) * (slow && host ? 1.5 : 1);
}

function effectsOf(candidates = FULL, own = 0.01) {
  const surface = measuredSurface(madeCosts({ candidates, factor, own }), EQUAL, OPS);
  const members = candidates.map(({ configuration, config }) => ({
    configuration,
    levels: levelsOf(config, []),
  }));
  return factorEffects(surface, members, levelsOf(PRESENT, []));
}

const named = (factor: string) => (effect: { factor: string }) => effect.factor === factor;

describe("factorial effects", () => {
  test("a main effect is the geometric mean over its contexts", () => {
    const { main } = effectsOf(FULL, 0);
    expect(main.find(named("platform"))).toMatchObject({ from: "systrap", to: "ptrace", contexts: 4 });
    expect(main.find(named("platform"))!.estimate.ratio).toBeCloseTo(2 * Math.sqrt(1.5), 10);
    expect(main.find(named("network"))!.estimate.ratio).toBeCloseTo(0.8 * Math.sqrt(1.5), 10);
  });

  test("a factor without effect has an interval around 1", () => {
    const { low, high } = effectsOf().main.find(named("seccomp"))!.estimate;
    expect(low).toBeLessThan(1);
    expect(high).toBeGreaterThan(1);
  });

  test("an interaction is what both switches do beyond each alone", () => {
    const { interactions } = effectsOf();
    const [largest, ...others] = interactions;
    expect(largest!.factors.map(({ factor: name }) => name)).toEqual(["platform", "network"]);
    expect(largest!.contexts).toBe(2);
    expect(largest!.estimate.low).toBeLessThan(1.5);
    expect(largest!.estimate.high).toBeGreaterThan(1.5);
    expect(largest!.estimate.low).toBeGreaterThan(1.4);
    for (const { estimate } of others) {
      expect(estimate.low).toBeLessThan(1);
      expect(estimate.high).toBeGreaterThan(1);
    }
  });

  test("a context with a missing corner does not count", () => {
    const gap = candidate({ platform: "ptrace", network: "host", seccomp: "default" });
    const { main, interactions } = effectsOf(
      FULL.filter(({ configuration }) => configuration !== gap.configuration),
      0,
    );
    expect(main.find(named("platform"))!.contexts).toBe(3);
    expect(interactions[0]!.contexts).toBe(1);
    expect(interactions[0]!.estimate.ratio).toBeCloseTo(1.5, 10);
  });

  test("a factor with one level is named, and has no effect", () => {
    const { main, fixed } = effectsOf(FULL.filter(({ config }) => config.platform === "systrap"));
    expect(main.some(named("platform"))).toBe(false);
    expect(fixed).toEqual([{ factor: "platform", level: "systrap" }]);
  });

  test("variants of a sweep are factors of their own", () => {
    const variants = [
      { name: "directfs=false", flags: ["--directfs=false"], levels: { directfs: "false" } },
      { name: "overlay2=none", flags: ["--overlay2=none"], levels: { overlay2: "none" } },
      {
        name: "both",
        flags: ["--directfs=false", "--overlay2=none"],
        levels: { directfs: "false", overlay2: "none" },
      },
    ];
    const candidates = [undefined, ...variants.map(({ name }) => name)].map((flags) =>
      candidate(flags === undefined ? {} : { flags }),
    );
    const costs = madeCosts({
      candidates,
      factor: ({ flags }) =>
        ({ "directfs=false": 1.2, "overlay2=none": 0.9, both: 1.2 * 0.9 * 1.1 })[flags ?? ""] ?? 1,
      own: 0,
    });
    const members = candidates.map(({ configuration, config }) => ({
      configuration,
      levels: levelsOf(config, variants),
    }));
    const { main, interactions } = factorEffects(
      measuredSurface(costs, EQUAL, OPS),
      members,
      levelsOf(PRESENT, variants),
    );
    expect(main.find(named("directfs"))).toMatchObject({ from: "default", to: "false", contexts: 2 });
    expect(main.find(named("directfs"))!.estimate.ratio).toBeCloseTo(1.2 * Math.sqrt(1.1), 10);
    expect(interactions).toHaveLength(1);
    expect(interactions[0]!.estimate.ratio).toBeCloseTo(1.1, 10);
  });

  test("of one operation they are those of stats/factorial-effects", () => {
    const costs = madeCosts({ candidates: FULL, factor, own: 0.05 });
    const key = OPS[0]!.key;
    const members = FULL.map(({ configuration, config }) => ({
      configuration,
      levels: levelsOf(config, []),
    }));
    const reference = levelsOf(PRESENT, []);
    const cells = members.map(({ configuration, levels }) => ({
      levels: Object.fromEntries(Object.entries(levels).filter(([name, level]) => level !== reference[name])),
      logCosts: costs.get(configuration)!.get(key)!,
    }));
    const { main, interactions } = factorEffects(
      measuredSurface(costs, new Map([[key, 1]]), OPS),
      members,
      reference,
    );
    const estimateOf = (of: ReturnType<typeof mainEffects>[number]) =>
      Math.exp(hodgesLehmann(contrastValues(of))!.estimate);
    for (const effect of main) {
      const same = mainEffects(cells).find(
        ({ of }) => of[0]!.factor === effect.factor && of[0]!.level === effect.to,
      )!;
      expect(effect.estimate.ratio).toBeCloseTo(estimateOf(same), 12);
      expect(effect.contexts).toBe(same.contexts);
    }
    for (const effect of interactions) {
      const names = effect.factors.map(({ factor: name }) => name).sort();
      const same = pairInteractions(cells).find(
        ({ of }) =>
          of
            .map((one) => one.factor)
            .sort()
            .join() === names.join(),
      )!;
      expect(effect.estimate.ratio).toBeCloseTo(estimateOf(same), 12);
    }
    expect(main).toHaveLength(3);
    expect(interactions).toHaveLength(3);
  });
});
