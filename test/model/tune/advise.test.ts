import { describe, expect, test } from "vitest";
import type { Configuration } from "../../../src/axes/configuration.ts";
import { type Advice, advise } from "../../../src/model/tune/advise.ts";
import type { Candidate, ChangeRules } from "../../../src/model/tune/changes.ts";
import { measuredSurface } from "../../../src/model/tune/measured-costs.ts";
import { many } from "../../stats/random-numbers.ts";
import { candidate, EQUAL, madeCosts, OPS, VARIANTS } from "./made-costs.ts";

const RULES: ChangeRules = {
  goal: "work",
  smallest: 0.02,
  alpha: 0.05,
  variants: VARIANTS,
  waived: () => false,
};

type Options = {
  rules?: Partial<ChangeRules>;
  from?: Candidate;
  rounds?: number;
  own?: number;
  seed?: string;
};

function advice(
  candidates: readonly Candidate[],
  factor: (config: Configuration) => number,
  { rules = {}, from = candidate(), ...made }: Options = {},
): Advice {
  const work = measuredSurface(madeCosts({ candidates, factor, ...made }), EQUAL, OPS);
  return advise(from, candidates, { work, startup: null, memory: null }, { ...RULES, ...rules });
}

const decided = ({ decision }: Advice) =>
  decision.kind === "change" ? decision.change.configuration : "nothing";
const [present, faster, idle] = [candidate(), candidate({ flags: "faster" }), candidate({ flags: "idle" })];

describe("advice", () => {
  test("a flag that gains 20 % and gives nothing up is advised", () => {
    const found = advice([present, faster, idle], ({ flags }) => (flags === "faster" ? 0.8 : 1));
    expect(decided(found)).toBe(faster.configuration);
    expect(found.changes.find(({ configuration }) => configuration === faster.configuration)).toMatchObject({
      verdict: "gain",
      prices: [],
      switches: [{ factor: "flags", from: "default", to: "faster" }],
    });
  });

  test("where no flag gains, nothing is to be changed", () => {
    const found = advice([present, faster, idle], () => 1, { own: 0.005 });
    expect(decided(found)).toBe("nothing");
    expect(found.changes.map(({ verdict }) => verdict)).toEqual(["same", "same"]);
  });

  test("a gain that gives a layer up is shown, and not advised", () => {
    const host = candidate({ network: "host" });
    const found = advice([present, host], ({ network }) => (network === "host" ? 0.5 : 1));
    expect(decided(found)).toBe("nothing");
    expect(found.changes[0]).toMatchObject({ verdict: "gain", prices: [{ kind: "security" }] });
  });

  test("a function that the workload does not use is no price", () => {
    const none = candidate({ network: "none" });
    const gain = ({ network }: Configuration) => (network === "none" ? 0.8 : 1);
    expect(decided(advice([present, none], gain))).toBe("nothing");
    const waived: ChangeRules["waived"] = ({ kind }) => kind === "function";
    expect(decided(advice([present, none], gain, { rules: { waived } }))).toBe(none.configuration);
  });

  test("a gain below what is worth a change is none", () => {
    const found = advice([present, faster], ({ flags }) => (flags === "faster" ? 0.99 : 1), { own: 0.001 });
    expect(decided(found)).toBe("nothing");
    expect(found.changes[0]).toMatchObject({ verdict: "same" });
    expect(found.changes[0]!.estimate.high).toBeLessThan(1);
  });

  test("a loss is a loss, and a wide interval is unclear", () => {
    const found = advice([present, faster, idle], ({ flags }) => (flags === "faster" ? 1.5 : 1), {
      own: 0.2,
    });
    expect(found.changes.map(({ configuration, verdict }) => [configuration, verdict])).toEqual([
      [idle.configuration, "unclear"],
      [faster.configuration, "loss"],
    ]);
  });

  test("six rounds can't tell the best of eight changes from chance, and say so", () => {
    const all = (["systrap", "kvm"] as const).flatMap((platform) =>
      (["sandbox", "none", "host"] as const).flatMap((network) =>
        [undefined, "faster", "idle"].map((flags) =>
          candidate({ platform, network, ...(flags === undefined ? {} : { flags }) }),
        ),
      ),
    );
    const found = advice(all, ({ flags }) => (flags === "faster" ? 0.8 : 1), { rounds: 6 });
    const best = found.changes.find(({ configuration }) => configuration === faster.configuration)!;
    expect(best.estimate.high).toBeLessThan(1);
    expect(best).toMatchObject({ verdict: "unclear", why: expect.stringContaining("by chance") });
    expect(decided(found)).toBe("nothing");
  });

  test("of many runs in which nothing gains, at most one in twenty advises a change", () => {
    const candidates = [
      present,
      faster,
      idle,
      candidate({ platform: "kvm" }),
      candidate({ platform: "kvm", flags: "idle" }),
    ];
    const runs = 300;
    const wrong = many(runs, (index) =>
      decided(advice(candidates, () => 1, { own: 0.1, seed: `null ${index}` })),
    ).filter((answer) => answer !== "nothing").length;
    // Three standard errors above 5 %.
    expect(wrong / runs).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / runs));
  });
});

describe("several switches at once", () => {
  const kvm = candidate({ platform: "kvm" });
  const both = candidate({ platform: "kvm", flags: "faster" });
  const factor =
    (together: number) =>
    ({ platform, flags }: Configuration) => {
      if (platform === "kvm" && flags === "faster") return together;
      return platform === "kvm" || flags === "faster" ? 0.8 : 1;
    };

  test("are advised where they beat the best single one beyond doubt", () => {
    expect(decided(advice([present, faster, kvm, both], factor(0.6)))).toBe(both.configuration);
  });

  test("are not where the second switch adds nothing", () => {
    const found = advice([present, faster, kvm, both], factor(0.8));
    expect([faster.configuration, kvm.configuration]).toContain(decided(found));
    expect(found.combinations.map(({ configuration }) => configuration)).toEqual([both.configuration]);
  });

  test("only measured ones are looked at", () => {
    expect(advice([present, faster, kvm], factor(0.1)).combinations).toEqual([]);
  });
});
