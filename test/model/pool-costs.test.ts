import { describe, expect, test } from "vitest";
import type { Configuration } from "../../src/axes/configuration.ts";
import type { ConfigurationModel } from "../../src/model/cost-model.ts";
import { fitConfiguration } from "../../src/model/fit-configuration.ts";
import { poolCosts } from "../../src/model/pool-costs.ts";
import type { TermName } from "../../src/model/terms.ts";
import { COSTS, madeObservations, NATIVE, SYSTRAP } from "./made-observations.ts";

const NOISY = { noise: 0.3, rounds: 6 };
const native = madeObservations({ config: NATIVE, costs: {}, ...NOISY });
const fitted = (config: Configuration, costs: Partial<Record<TermName, number>> = COSTS, noise = NOISY) =>
  fitConfiguration(madeObservations({ config, costs, ...noise }), native)!;
const costOf = ({ terms }: ConfigurationModel, wanted: TermName) =>
  terms.find(({ term }) => term === wanted)!;
const widthOf = (model: ConfigurationModel, term: TermName) =>
  costOf(model, term).highNs - costOf(model, term).lowNs;

const NETWORKS = ["none", "host", "sandbox"] as const;
const kin = NETWORKS.flatMap((network) =>
  ["none", "default"].map((seccomp) => fitted({ ...SYSTRAP, network, seccomp })),
);

describe("costs of configurations that differ in network and filter alone", () => {
  const pooled = poolCosts(kin);

  test("come nearer to the truth where the fits are noisy, with narrower intervals", () => {
    const far = (models: readonly ConfigurationModel[]) =>
      models.reduce((sum, model) => sum + Math.abs(costOf(model, "list").costNs - COSTS.list), 0);
    expect(far(pooled)).toBeLessThan(far(kin));
    const width = (models: readonly ConfigurationModel[]) =>
      models.reduce((sum, model) => sum + widthOf(model, "list"), 0);
    expect(width(pooled)).toBeLessThan(width(kin));
  });

  test("stay apart where they differ by more than the noise", () => {
    const dear = fitted({ ...SYSTRAP, network: "sandbox" }, { ...COSTS, message: 1000 * COSTS.message });
    const [, , own] = poolCosts([kin[0]!, kin[2]!, dear]);
    expect(costOf(own!, "message").costNs / costOf(dear, "message").costNs).toBeCloseTo(1, 1);
  });

  test("add up to the operations again", () => {
    for (const { ops, terms } of pooled) {
      const open = ops.find(({ metric }) => metric === "unlink-bind")!;
      const cost = (term: TermName) => terms.find((one) => one.term === term)!.costNs;
      expect(open.modelledNs).toBeCloseTo(cost("trap") + cost("mutate"), 6);
      expect(open.parts.map(({ term }) => term).toSorted()).toEqual(["mutate", "trap"]);
    }
  });

  test("move the draws with them", () => {
    const [own] = pooled;
    const index = own!.terms.findIndex(({ term }) => term === "list");
    const drawn = own!.draws.map((draw) => draw[index]!).toSorted((a, b) => a - b);
    expect(drawn.at(-1)! - drawn[0]!).toBeGreaterThan(widthOf(own!, "list") / 2);
    const middle = drawn[drawn.length >> 1]!;
    expect(Math.abs(middle - costOf(own!, "list").costNs)).toBeLessThan(widthOf(own!, "list"));
  });
});

describe("costs stay as they were fitted", () => {
  test("of another platform, another runsc and other flags: those are compared", () => {
    const others = [
      kin[0]!,
      fitted({ ...SYSTRAP, platform: "ptrace" }),
      fitted({ ...SYSTRAP, runsc: "old" }),
      fitted({ ...SYSTRAP, flags: "directfs=off" }),
    ];
    expect(poolCosts(others).map(({ terms }) => terms)).toEqual(
      others.map(({ terms }) =>
        terms.map((cost) => ({
          ...cost,
          costNs: expect.closeTo(cost.costNs, 6),
          lowNs: expect.closeTo(cost.lowNs, 6),
          highNs: expect.closeTo(cost.highNs, 6),
        })),
      ),
    );
  });

  test("of a single round, whose error nobody knows", () => {
    const one = { noise: 0, rounds: 1 };
    const models = [
      fitted(SYSTRAP, COSTS, one),
      fitted({ ...SYSTRAP, network: "host" }, { ...COSTS, trap: 5000 }, one),
    ];
    expect(poolCosts(models)).toEqual(models);
  });
});
