import { describe, expect, test } from "vitest";
import { verdictRow } from "../../src/report/comparison/verdict-view.ts";
import { interleaved, type Printed, stored, verdictOf } from "./printed-values.ts";

const always = (value: number, launches = 12): number[] => Array(launches).fill(value);
const once = (value: number, launches = 12): number[] => [value, ...always(0, launches - 1)];

for (const [name, compare] of Object.entries({ interleaved, stored })) {
  const verdict = (a: number[], b: number[], better: Printed["better"] = "lower") =>
    verdictOf(compare({ unit: "count", better, a, b }));

  describe(`a count of 0, ${name}`, () => {
    test("0 -> 0 is the same", () => {
      expect([verdict(always(0), always(0)), verdict(always(0), always(0), "higher")]).toEqual([
        "same",
        "same",
      ]);
    });

    test("0 -> 5 is worse where less is better, and better where more is", () => {
      expect(verdict(always(0), always(5))).toBe("worse");
      expect(verdict(always(0), always(5), "higher")).toBe("better");
    });

    test("5 -> 0 is better where less is better, and worse where more is", () => {
      expect(verdict(always(5), always(0))).toBe("better");
      expect(verdict(always(5), always(0), "higher")).toBe("worse");
    });

    test("a single 1 in one launch of 12 is chance", () => {
      expect(["same", "unclear"]).toContain(verdict(always(0), once(1)));
      expect(["same", "unclear"]).toContain(verdict(once(1), always(0)));
    });

    test("in some launches of each side is no verdict, and nothing broken", () => {
      const [a, b] = [once(3), [...once(3)].reverse()];
      expect(["same", "unclear"]).toContain(verdict(a, b));
    });
  });
}

test("a time of less than a clock tick is a small one, not an impossible one", () => {
  const ticks = (...launches: number[]) => launches.map((count) => count * 10_000_000);
  const a = ticks(0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1);
  const b = ticks(0, 0, 1, 0, 0, 0, 1, 1, 0, 1, 0, 1);
  for (const compare of [interleaved, stored]) {
    const comparison = compare({ unit: "ns", a, b });
    expect(comparison).toMatchObject({ broken: [], notCompared: [], counts: { worse: 0 } });
    expect(verdictOf(compare({ unit: "ns", a, b: b.map((value) => value + 50_000_000) }))).toBe("worse");
  }
});

test("what has no ratio is shown by its two values", () => {
  const { metrics } = interleaved({ unit: "count", a: always(0), b: always(5) });
  const { change, interval, figures } = verdictRow(metrics.find(({ unit }) => unit === "count")!);
  expect({ change, interval, figures }).toEqual({
    change: "no ratio",
    interval: "",
    figures: "0 → 5, no ratio: 0 in 12 of 12 launches of a and in 0 of 12 of b, limit 2 %",
  });
});
