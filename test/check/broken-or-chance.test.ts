import { describe, expect, test } from "vitest";
import { interleaved, type Printed, verdictOf } from "./printed-values.ts";

const times = <T>(count: number, value: T): T[] => Array<T>(count).fill(value);
const sides = (a: Printed["a"], b: Printed["b"]) => interleaved({ unit: "ns", a, b });
const fails = (crashes: number, launches = 12): Printed["a"] => [
  ...times(crashes, "crash" as const),
  ...times(launches - crashes, 100),
];
const silent = (launches: number, of = 12): Printed["a"] => [
  ...times(launches, null),
  ...times(of - launches, 100),
];

describe("launches that fail", () => {
  test("in every round of the new side alone are broken, however few", () => {
    for (const rounds of [2, 12]) {
      const { outcome, broken } = sides(fails(0, rounds), fails(rounds, rounds));
      expect({ outcome, reason: broken[0]?.reason }).toEqual({
        outcome: "worse",
        reason: "failed: exit code 2",
      });
    }
  });

  test("far more often than before are broken, and a little more often may be chance", () => {
    expect(sides(fails(0), fails(8)).broken).toHaveLength(1);
    const { broken, warnings, metrics } = sides(fails(2), fails(3));
    expect(broken).toEqual([]);
    expect(warnings.join()).toContain(
      "3 of 12 launches of the new side failed, 2 of 12 launches of the old one",
    );
    expect(metrics).toHaveLength(2);
  });

  test("too often for figures, but not more than chance explains, are unseen", () => {
    const { broken, notCompared, outcome } = sides(fails(6), fails(8));
    expect({ broken, outcome }).toEqual({ broken: [], outcome: "unclear" });
    expect(notCompared).toMatchObject([{ metric: null, unseen: true }]);
  });
});

describe("a metric that the new side no longer prints", () => {
  test("is broken where every launch of the old one did", () => {
    expect(verdictOf(sides(silent(0), silent(12)))).toBe("broken");
    expect(verdictOf(sides(silent(0, 5), silent(5, 5)))).toBe("broken");
  });

  test("is no longer seen where it may be chance: rarely printed, or few launches", () => {
    for (const found of [sides(silent(11), silent(12)), sides(silent(0, 3), silent(3, 3))]) {
      expect({ broken: found.broken, outcome: found.outcome }).toEqual({ broken: [], outcome: "unclear" });
      expect(found.notCompared).toMatchObject([{ metric: "figure", unseen: true }]);
      expect(found.notCompared[0]!.reason).toContain("it may be chance");
    }
  });
});

test("values below 0 are left out with their round, and said", () => {
  const { warnings, metrics } = sides([-1, ...times(11, 100)], times(12, 100));
  expect(warnings).toContainEqual(
    expect.stringMatching(
      /::figure: 1 of 12 launches of the old side left out, with an impossible value \(-1 ns/,
    ),
  );
  expect(metrics.find(({ metric }) => metric === "figure")).toMatchObject({ n: 11, verdict: "same" });
});
