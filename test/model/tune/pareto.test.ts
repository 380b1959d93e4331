import { describe, expect, test } from "vitest";
import type { Estimate } from "../../../src/model/tune/cost-surface.ts";
import type { Layer } from "../../../src/model/tune/layers.ts";
import { paretoFront } from "../../../src/model/tune/pareto.ts";

type Made = { cost: number; layers: Layer[] };

/** Costs that are known up to `doubt`. */
function frontOf(made: Record<string, Made>, doubt = 1.01): string[] {
  const costOf = (first: string, second: string): Estimate => {
    const ratio = made[second]!.cost / made[first]!.cost;
    return {
      ratio,
      low: ratio / doubt,
      high: ratio * doubt,
      n: 11,
      basis: "measured",
      gainP: null,
      covers: 1,
      lacks: [],
    };
  };
  const candidates = Object.entries(made).map(([configuration, { layers }]) => ({ configuration, layers }));
  return [...paretoFront(candidates, costOf)].sort();
}

describe("the front", () => {
  test("holds what is cheaper and what keeps more, and not what is both dearer and barer", () => {
    expect(
      frontOf({
        bare: { cost: 1, layers: [] },
        kept: { cost: 6, layers: ["kernel", "network"] },
        worse: { cost: 7, layers: ["kernel"] },
      }),
    ).toEqual(["bare", "kept"]);
  });

  test("a layer is not given up for a gain within doubt", () => {
    const made = {
      more: { cost: 1, layers: ["network", "filter"] },
      less: { cost: 0.995, layers: ["network"] },
    } as const;
    expect(frontOf(structuredClone(made) as unknown as Record<string, Made>, 1.05)).toEqual(["more"]);
    expect(frontOf(structuredClone(made) as unknown as Record<string, Made>, 1.001)).toEqual([
      "less",
      "more",
    ]);
  });

  test("different layers are not weighed: gVisor without a filter stays beside runc with one", () => {
    expect(
      frontOf({
        gvisor: { cost: 6, layers: ["kernel", "network"] },
        runc: { cost: 1, layers: ["network", "filter"] },
      }),
    ).toEqual(["gvisor", "runc"]);
  });

  test("of two alike within doubt both stay", () => {
    expect(frontOf({ a: { cost: 1, layers: ["network"] }, b: { cost: 1.001, layers: ["network"] } })).toEqual(
      ["a", "b"],
    );
  });
});
